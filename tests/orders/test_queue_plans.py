"""The queue's statements are built once for each shape of scope: by that nobody may see what is another's."""

from datetime import timedelta

import pytest
from django.db import connection

from sidan.core.compiled import CompiledRows, PublicRows
from sidan.core.errors import NotFound
from sidan.core.ids import uuid7
from sidan.core.scope import NoScope, Scope, everything, scoped
from sidan.core.search import name_terms, search_terms
from sidan.orders import queries
from sidan.orders.models import Order, OrderParty, OrderText
from sidan.orders.queries import QueueFilter
from sidan.people.models import Person
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
    far, others = Scope(root_ids=(scene.far_center.pk,)), QueueFilter(chip="handed_over")
    party = OrderParty.objects.create(order=order, place=scene.far_center, since=AT)
    assert seen(far, others) == [order.number]
    party.until = AT + timedelta(hours=1)
    party.save()
    assert seen(far, others) == []


def test_the_second_page_goes_on_behind_the_first(scene: Scene) -> None:
    order = scene.placed()
    scope = Scope(whole_county_ids=(scene.center.pk,))
    _many(order, 70)
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


def _many(order: Order, count: int) -> None:
    with everything("many orders at the same moment"):
        for nth in range(count):
            order.pk, order.uuid, order.number = None, uuid7(), f"x{nth:03d}"
            order.save()


def test_nothing_is_counted_beyond_what_a_chip_shows(scene: Scene) -> None:
    order = scene.placed()
    _many(order, 130)
    with scoped(Scope(whole_county_ids=(scene.center.pk,))):
        counts = queries.queue_counts(chosen=QueueFilter(at=AT))
    assert counts["to_admit"] == queries.COUNTED_TO + 1 == 100
    assert (counts["offered"], counts["handed_over"], "ended" in counts) == (0, 0, False)


@pytest.fixture
def named(scene: Scene) -> Scene:
    """The scene with people who are found by their names."""
    with everything("their terms, as the operation writes them"):
        for person in Person.objects.all():
            Person.objects.filter(pk=person.pk).update(search=name_terms(person.name))
    return scene


def test_an_order_is_found_by_need_title_and_name_together(named: Scene) -> None:
    order = named.placed()
    scope = Scope(whole_county_ids=(named.center.pk,))
    name, title = order.requester.name, order.title
    for words in (name, title, f"{name} {title}", name[:1], order.number):
        assert seen(scope, QueueFilter(text=words)) == [order.number]
    assert seen(scope, QueueFilter(text="没有这样的词")) == []
    assert seen(Scope(whole_county_ids=(named.far_center.pk,)), QueueFilter(text=name)) == []


def test_words_that_are_changed_leave_name_and_title_findable(named: Scene) -> None:
    order = named.placed()
    scope = Scope(whole_county_ids=(named.center.pk,))
    text = order.text
    text.need, text.search = "水管漏了", search_terms("水管漏了")
    text.save(update_fields=["need", "search"])
    for words in ("水管", order.requester.name, order.title):
        assert seen(scope, QueueFilter(text=words)) == [order.number]
    text.need, text.search, text.contact_name, text.erased_at = "", [], "", AT
    text.save()
    assert seen(scope, QueueFilter(text=order.requester.name)) == []


def test_what_is_searched_for_stands_latest_first_and_goes_on_behind_the_page(named: Scene) -> None:
    orders = [named.placed() for _nth in range(3)]
    scope, chosen = Scope(whole_county_ids=(named.center.pk,)), QueueFilter(text=orders[0].requester.name)
    assert seen(scope, chosen) == [order.number for order in reversed(orders)]
    with everything("fifty more with the same words"):
        for nth in range(50):
            copied = Order.unscoped.get(pk=orders[0].pk)
            copied.pk, copied.uuid, copied.number = None, uuid7(), f"y{nth:03d}"
            copied.save()
            OrderText.objects.create(order=copied)
    with scoped(scope):
        first = queries.queue_page(chosen=chosen)
        second = queries.queue_page(chosen=chosen, cursor=first.next_cursor)
        assert queries.queue_counts(chosen=chosen) == {}
    numbers = [line.number for line in (*first.items, *second.items)]
    assert (len(first.items), len(numbers), len(set(numbers))) == (50, 53, 53)


@pytest.mark.parametrize("sort", queries.SORTS)
def test_any_column_sorts_what_is_open_page_by_page(scene: Scene, sort: str) -> None:
    scene.offered()
    order = scene.placed()
    with everything("some with limits, some elsewhere"):
        for nth in range(5):
            order.pk, order.uuid, order.number = None, uuid7(), f"x{nth:03d}"
            order.due_at = AT + timedelta(hours=nth % 3) if nth % 2 else None
            order.origin_place = scene.town if nth % 3 else scene.station
            order.state_since = AT + timedelta(minutes=nth % 4)
            order.save()
    scope, chosen = Scope(whole_county_ids=(scene.center.pk,)), QueueFilter(sort=sort)
    numbers, cursor = list[str](), None
    with scoped(scope):
        whole = [row.number for row in queries.ordered(queries.queue(chosen=chosen), chosen=chosen)]
        while True:
            page = queries.queue_page(chosen=chosen, cursor=cursor, limit=2)
            numbers += [line.number for line in page.items]
            cursor = page.next_cursor
            if not cursor:
                break
    assert numbers == whole
    assert len(whole) == 7


def test_what_has_no_limit_stands_last_whichever_way_limits_are_sorted(scene: Scene) -> None:
    late, soon, never = scene.placed(), scene.placed(), scene.placed()
    with everything("limits"):
        for order, hours in ((late, 9), (soon, 1), (never, None)):
            due = AT + timedelta(hours=hours) if hours else None
            Order.unscoped.filter(pk=order.pk).update(due_at=due)
    scope = Scope(whole_county_ids=(scene.center.pk,))
    assert seen(scope, QueueFilter(sort="due")) == [soon.number, late.number, never.number]
    assert seen(scope, QueueFilter(sort="-due")) == [late.number, soon.number, never.number]


@pytest.mark.parametrize(
    "chosen", [QueueFilter(chip="ended", sort="place"), QueueFilter(text="周", sort="place")]
)
def test_what_is_without_end_is_sorted_by_its_own_order_only(chosen: QueueFilter) -> None:
    assert queries.chosen_sort(chosen) == ""
    assert queries.chosen_sort(QueueFilter(sort="'; DROP")) == ""
