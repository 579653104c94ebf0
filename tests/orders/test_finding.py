"""Reads that are built once show each asker exactly what a read of their own would."""

import pytest

from sidan.core.errors import NotFound
from sidan.core.ids import order_number
from sidan.core.scope import NoScope, scoped
from sidan.orders.models import Assignment, Order
from sidan.orders.operations import give_up, withdraw_offer
from sidan.orders.queries import (
    NoOpenOffer,
    NotYoursNow,
    assignment_by_uuid,
    order_by_number,
    order_by_uuid,
    visit_by_uuid,
)
from sidan.people.access import scope_for
from tests.orders.scene import AT, Scene

pytestmark = pytest.mark.django_db
# Many have scopes of the same shape, li and mallory say: what is built for one serves the other.
PEOPLE = ("li", "mallory", "zhou", "zhao", "qian", "sun", "director", "keeper", "supervisor", "wang")


def test_everybody_finds_what_their_scope_holds_and_nothing_else(scene: Scene) -> None:
    visit = scene.scheduled()
    assignment, order = visit.assignment, visit.assignment.order
    for name in (*PEOPLE, *reversed(PEOPLE)):
        with scoped(scope_for(scene.actor(name))):
            is_seen = Order.objects.filter(pk=order.pk).exists()
            found = []
            for read in (
                lambda: order_by_number(number=order.number).pk,
                lambda: order_by_uuid(uuid=order.uuid).pk,
                lambda: assignment_by_uuid(uuid=assignment.uuid).order_id,
                lambda: visit_by_uuid(uuid=visit.uuid).assignment.order_id,
            ):
                try:
                    found.append(read())
                except NotFound:
                    found.append(None)
            assert found == [order.pk if is_seen else None] * 4, name


def test_whose_team_had_it_reads_what_became_of_it_and_all_others_nothing(scene: Scene) -> None:
    offered = scene.offered()
    withdraw_offer(actor=scene.actor("li"), at=AT, order=offered.order)
    visit = scene.scheduled()
    give_up(actor=scene.actor("wang"), at=AT, assignment=visit.assignment, reason="no_people")
    for name, over, lost in (
        ("wang", NoOpenOffer, NotYoursNow),
        ("zhao", NoOpenOffer, NotYoursNow),
        ("sun", NotFound, NotFound),
        ("mallory", NotFound, NotFound),
    ):
        with scoped(scope_for(scene.actor(name))):
            with pytest.raises(over):
                assignment_by_uuid(uuid=offered.uuid)
            with pytest.raises(lost):
                assignment_by_uuid(uuid=visit.assignment.uuid)
            with pytest.raises(lost):
                visit_by_uuid(uuid=visit.uuid)


def test_what_is_read_is_what_django_reads(scene: Scene) -> None:
    offered = scene.offered()
    with scoped(scope_for(scene.actor("li"))):
        mine = assignment_by_uuid(uuid=offered.uuid)
        theirs = Assignment.objects.select_related("order__project", "order__category", "team").get(
            pk=offered.pk
        )
    for ours, django in (
        (mine, theirs),
        (mine.order, theirs.order),
        (mine.team, theirs.team),
        (mine.order.project, theirs.order.project),
    ):
        names = [field.attname for field in django._meta.concrete_fields]
        assert [getattr(ours, name) for name in names] == [getattr(django, name) for name in names]


def test_outside_a_scope_the_read_refuses() -> None:
    with pytest.raises(NoScope):
        order_by_number(number=order_number())
