"""The queue's statements are built once for each shape of scope: by that nobody may see what is another's."""

from datetime import timedelta

import pytest
from django.db import connection

from sidan.core.compiled import CompiledRows, PublicRows
from sidan.core.errors import NotFound
from sidan.core.ids import uuid7
from sidan.core.scope import NoScope, Scope, everything, scoped
from sidan.orders import queries
from sidan.orders.models import Order, OrderParty
from sidan.orders.queries import QueueFilter
from tests.orders.scene import AT, Scene

ALL = QueueFilter()


def seen(scope: Scope, chosen: QueueFilter = ALL) -> list[str]:
    with scoped(scope):
        return [line.number for line in queries.queue_page(chosen=chosen).items]


def test_two_offices_share_a_statement_and_not_what_it_finds(scene: Scene) -> None:
    order = scene.placed()
    here, elsewhere = (
        Scope(whole_county_ids=(scene.center.pk,)),
        Scope(whole_county_ids=(scene.far_center.pk,)),
    )
    for _again in range(2):
        assert seen(here) == [order.number]
        assert seen(elsewhere) == []
        with scoped(elsewhere):
            assert sum(queries.queue_counts(chosen=QueueFilter()).values()) == 0


def test_a_filter_of_one_reader_is_not_another_s(scene: Scene) -> None:
    order = scene.placed()
    scope = Scope(whole_county_ids=(scene.center.pk,))
    assert seen(scope, QueueFilter(category="none", place_id=scene.town.pk)) == []
    assert seen(scope, QueueFilter(category="hair", place_id=scene.town.pk)) == [order.number]
    assert seen(scope, QueueFilter(category="hair", place_id=scene.far_center.pk)) == []


def test_a_scope_without_rights_sees_nothing(scene: Scene) -> None:
    order = scene.placed()
    assert seen(Scope(whole_county_ids=(scene.center.pk,)))
    with scoped(Scope()):
        assert queries.queue_page(chosen=ALL).items == []
        assert sum(queries.queue_counts(chosen=ALL).values()) == 0
        with pytest.raises(NotFound):
            queries.order_by_number(number=order.number)


@pytest.mark.parametrize("root", ["center", "town"])
def test_the_lines_are_those_of_the_table_that_is_taken_along(scene: Scene, root: str) -> None:
    scene.placed()
    scene.offered()
    place = getattr(scene, root).pk
    for scope in (Scope(root_ids=(place,)), Scope(whole_county_ids=(place,))):
        for chip in ("", *queries.CHIPS):
            chosen = QueueFilter(chip=chip)
            with scoped(scope):
                rows = queries.queue(chosen=chosen).order_by("state_since", "id")
                assert seen(scope, chosen) == [row.number for row in rows]


def test_a_place_that_is_a_party_sees_the_order(scene: Scene) -> None:
    order = scene.placed()
    far = Scope(whole_county_ids=(scene.far_center.pk,))
    party = OrderParty.objects.create(order=order, place=scene.far_center, since=AT)
    assert seen(far) == [order.number]
    party.until = AT + timedelta(hours=1)
    party.save()
    assert seen(far) == []


def test_the_second_page_goes_on_behind_the_first(scene: Scene) -> None:
    order = scene.placed()
    scope = Scope(whole_county_ids=(scene.center.pk,))
    with everything("many orders at the same moment"):
        for nth in range(70):
            order.pk, order.uuid, order.number = None, uuid7(), f"x{nth:03d}"
            order.save()
    with scoped(scope):
        first = queries.queue_page(chosen=QueueFilter())
        second = queries.queue_page(chosen=QueueFilter(), cursor=first.next_cursor)
    numbers = [line.number for line in (*first.items, *second.items)]
    assert len(first.items) == 50
    assert second.next_cursor is None
    assert len(numbers) == len(set(numbers)) == 71


@pytest.mark.django_db
def test_statements_without_a_scope_never_read_what_has_one() -> None:
    public = PublicRows(lambda: Order.objects.values_list("number"))
    with scoped(Scope(whole_county_ids=(1,))), pytest.raises(NoScope):
        public.rows()


@pytest.mark.django_db
def test_a_scoped_statement_needs_a_scope() -> None:
    with pytest.raises(NoScope):
        CompiledRows(lambda: Order.objects.values_list("number")).rows()


@pytest.mark.django_db
def test_what_stands_in_the_text_is_quoted() -> None:
    rows = CompiledRows(lambda number: Order.unscoped.filter(number=number).values_list("number"))
    with everything("an odd constant"):
        assert rows.rows(number="'; DROP TABLE orders_order; -- 100%s") == []
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM orders_order")
