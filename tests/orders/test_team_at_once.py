"""The leader's telephone and computer at the same moment: one act stands, the others read that it has moved on."""

from collections import Counter
from collections.abc import Callable
from functools import partial

import pytest

from sidan.core.scope import everything
from sidan.orders.enums import OrderState
from sidan.orders.models import Assignment, Order
from sidan.orders.operations import name_members, schedule_visit
from sidan.orders.queries import assignment_by_uuid
from sidan.people.models import Person
from tests.at_once import all_at_once
from tests.orders.scene import AT, Scene, build_scene, later

AT_ONCE = 6


def pressed_at_once(card: Assignment, act: Callable[[Assignment], object]) -> Counter[str]:
    """Let each read the card before any of them acts, and return how each was answered."""
    reads = [assignment_by_uuid(uuid=card.uuid) for _nth in range(AT_ONCE)]
    return Counter(all_at_once(*[partial(act, read) for read in reads]))


@pytest.fixture
def raced(transactional_db: None) -> Scene:
    return build_scene()


def test_of_six_times_agreed_at_once_one_stands(raced: Scene) -> None:
    with everything("a race"):
        card, wang = raced.accepted(), raced.actor("wang")
        answers = pressed_at_once(
            card,
            lambda read: schedule_visit(
                actor=wang,
                at=AT,
                assignment=read,
                planned_from=later(days=1),
                planned_to=later(days=1, hours=1),
            ),
        )
        assert answers == {"done": 1, "order_moved_on": AT_ONCE - 1}
        assert card.visits.count() == 1
        order = Order.unscoped.get(pk=card.order_id)
        assert (order.state, order.turn) == (OrderState.SCHEDULED, order.steps.count())


def test_naming_the_same_people_at_once_names_each_once(raced: Scene) -> None:
    with everything("a race"):
        card, wang = raced.accepted(), raced.actor("wang")
        accounts = [raced.accounts["zhao"], raced.accounts["qian"]]
        people = list(Person.unscoped.filter(account__in=accounts).values_list("uuid", flat=True))
        answers = pressed_at_once(
            card, lambda read: name_members(actor=wang, at=AT, assignment=read, person_uuids=people)
        )
        assert answers == {"done": AT_ONCE}
        assert card.members.count() == len(people)
