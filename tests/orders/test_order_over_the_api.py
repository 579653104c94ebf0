"""What the API tells of an order is what its page tells the same person."""

from typing import Any

from django.test import Client

from sidan.core.scope import scope_of, scoped
from sidan.orders.queries import named_members
from sidan.people.enums import ORDER_STAFF_ROLES
from sidan.people.operations import issue_token
from tests.orders.scene import AT, Scene


def read(scene: Scene, name: str, number: str) -> Any:
    """Return the status and what the API answers to this person's program."""
    actor = scene.actor(name)
    token = issue_token(actor=actor, at=AT)[0]
    with scoped(scope_of(actor, staff_roles=ORDER_STAFF_ROLES)):
        answer = Client().get(f"/api/v1/orders/{number}", headers={"authorization": f"Bearer {token}"})
    return answer.status_code, answer.json()


def test_an_order_tells_how_many_it_needs_and_who_is_named(scene: Scene) -> None:
    visit = scene.scheduled()
    named = named_members(assignment=visit.assignment)
    assert {each.name for each in named} == {"赵敏", "钱多"}
    told = [{"id": str(each.uuid), "name": each.name} for each in named]
    number = visit.assignment.order.number
    for name in ("zhou", "li", "wang", "zhao"):
        status, order = read(scene, name, number)
        assert status == 200, name
        assert order["people_needed"] == visit.assignment.order.people_needed
        assert order["members"] == told
    assert read(scene, "mallory", number)[0] == 404


def test_before_a_team_has_it_nobody_is_named(scene: Scene) -> None:
    _status, order = read(scene, "zhou", scene.placed().number)
    assert order["members"] == []
