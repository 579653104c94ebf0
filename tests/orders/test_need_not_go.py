"""Whoever was named to go is told that they need not any more, whatever ended it."""

import pytest

from sidan.notify.models import Notice
from sidan.orders.models import Order, Visit
from sidan.orders.operations import cancel_order, give_up, name_members, release_order
from sidan.people.models import Person
from tests.orders.scene import AT, Scene

pytestmark = pytest.mark.django_db
NEED_NOT_GO = "order_no_longer_yours"


def _told(scene: Scene, kind: str = NEED_NOT_GO) -> set[str]:
    """Return who was told so."""
    accounts = set(Notice.objects.filter(kind=kind).values_list("account", flat=True))
    return {name for name, account in scene.accounts.items() if account in accounts}


def _order(visit: Visit) -> Order:
    return Order.unscoped.get(pk=visit.assignment.order_id)


def test_when_the_team_gives_the_order_back(scene: Scene) -> None:
    visit = scene.scheduled()
    release_order(actor=scene.actor("wang"), at=AT, assignment=visit.assignment, reason="no_people")
    assert _told(scene) == {"zhao", "qian"}


def test_when_the_resident_cancels(scene: Scene) -> None:
    visit = scene.scheduled()
    cancel_order(actor=scene.actor("zhou"), at=AT, order=_order(visit), reason="no_longer_needed")
    assert _told(scene) == {"zhao", "qian"}


def test_when_the_leader_takes_a_name_off_the_list(scene: Scene) -> None:
    visit = scene.scheduled()
    staying = Person.unscoped.get(account=scene.accounts["zhao"])
    name_members(actor=scene.actor("wang"), at=AT, assignment=visit.assignment, person_uuids=[staying.uuid])
    assert _told(scene) == {"qian"}


def test_when_one_of_them_hands_it_back_the_leader_is_told_too(scene: Scene) -> None:
    visit = scene.scheduled()
    give_up(actor=scene.actor("zhao"), at=AT, assignment=visit.assignment, reason="nobody_home")
    assert (_told(scene), _told(scene, "order_handed_back")) == ({"qian"}, {"wang"})


def test_a_leader_who_hands_it_back_is_not_told_of_it(scene: Scene) -> None:
    visit = scene.scheduled()
    give_up(actor=scene.actor("wang"), at=AT, assignment=visit.assignment, reason="nobody_home")
    assert (_told(scene), _told(scene, "order_handed_back")) == ({"zhao", "qian"}, set())
