"""Time limits over the API: the same operations and the same rights as their pages."""

import json
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from sidan.core.actor import SYSTEM
from sidan.limits.models import Limit
from sidan.limits.operations import Terms, set_limit
from sidan.people.models import Person
from sidan.people.operations import issue_token
from tests.orders.scene import AT, Scene

SIX_HOURS = {
    "step": "accept", "amount": 6, "unit": "hours", "at_half": "who_acts", "at_end": "to_pool", "reason": "试行",
}  # fmt: skip


class Program:
    """A program of somebody, which asks about one place."""

    def __init__(self, scene: Scene, name: str, place: Any) -> None:
        token = issue_token(actor=scene.actor(name), at=AT)[0]
        self.headers = {"authorization": f"Bearer {token}", "accept-language": "en"}
        self.root = f"/api/v1/limits/{place.uuid}"

    def get(self, path: str = "", **asked: str) -> Any:
        return Client().get(f"{self.root}{path}", asked, headers=self.headers)

    def post(self, body: Any, path: str = "", **headers: str) -> Any:
        content = json.dumps(body)
        return Client().post(
            f"{self.root}{path}",
            content,
            content_type="application/json",
            headers={**self.headers, **headers},
        )


@pytest.fixture
def director(scene: Scene) -> Program:
    return Program(scene, "director", scene.town)


def test_a_limit_is_set_read_and_taken_back(scene: Scene, director: Program) -> None:
    made = director.post(SIX_HOURS)
    assert made.status_code == 201, made.content
    told = [limit for limit in director.get().json() if limit["step"] == "accept" and limit["is_own"]]
    assert [limit["id"] for limit in told] == [made.json()["id"]]
    assert (told[0]["amount"], told[0]["reason"]) == (6, "试行")
    body = {"step": "accept", "reason": "试行结束"}
    back = director.post({**body, "seen": told[0]["id"]}, "/take-back")
    assert (back.status_code, back.json()["in_force"]) == (201, False)
    assert not any(limit["is_own"] for limit in director.get().json())
    assert [limit["reason"] for limit in director.get("/written").json()] == ["试行结束", "试行"]
    again = director.post(body, "/take-back")
    assert (again.status_code, again.json()["code"]) == (409, "limit_nothing_of_its_own")


def test_sent_twice_with_one_key_a_limit_is_written_once(scene: Scene, director: Program) -> None:
    key = {"idempotency-key": "limit-of-the-town-1"}
    first, second = director.post(SIX_HOURS, **key), director.post(SIX_HOURS, **key)
    assert first.json() == second.json()
    assert Limit.objects.filter(place=scene.town).count() == 1


def test_of_two_programs_that_read_the_same_the_second_is_told_what_stands_now(
    scene: Scene, director: Program
) -> None:
    first = director.post(SIX_HOURS).json()["id"]
    unread = director.post({**SIX_HOURS, "amount": 9})
    assert (unread.status_code, unread.json()["code"]) == (409, "limit_moved_on")
    assert "6 hours" in unread.json()["title"]
    second = director.post({**SIX_HOURS, "amount": 9, "seen": first})
    assert second.status_code == 201, second.content
    for path, body in (("", SIX_HOURS), ("/take-back", {"step": "accept", "reason": "试行结束"})):
        late = director.post({**body, "seen": first}, path)
        assert (late.status_code, late.json()["code"]) == (409, "limit_moved_on")
        assert "9 hours" in late.json()["title"]
    assert Limit.objects.filter(place=scene.town).count() == 2


def test_a_person_is_named_by_the_public_id_and_must_look_after_orders_there(
    scene: Scene, director: Program
) -> None:
    known = director.get("/people").json()
    assert known
    body = {**SIX_HOURS, "at_end": "to_person"}
    made = director.post({**body, "person": known[0]["id"]})
    assert (made.status_code, made.json()["person"]) == (201, known[0])
    resident = Person.unscoped.get(account=scene.accounts["zhou"])
    for person in (str(uuid4()), str(resident.uuid)):
        refused = director.post({**body, "person": person})
        assert (refused.status_code, refused.json()["code"]) == (422, "limit_person_missing")
        assert refused.json()["errors"][0]["pointer"] == "/person"
    assert director.post(body).json()["code"] == "limit_person_missing"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"at_end": "close"}, "limit_end_does_not_fit"),
        ({"unit": "working_days", "amount": 251}, "limit_amount_outside"),
        ({"category": "no-such"}, "limit_unknown"),
        ({"amount": 0}, "invalid"),
        ({"reason": " "}, "invalid"),
        ({"step": "sleep"}, "invalid"),
    ],
)
def test_what_is_not_right_is_refused(
    scene: Scene, director: Program, change: dict[str, Any], code: str
) -> None:
    refused = director.post({**SIX_HOURS, **change})
    assert (refused.status_code, refused.json()["code"]) == (422, code)
    assert not Limit.objects.filter(place=scene.town).exists()


def test_what_would_hold_is_counted(scene: Scene) -> None:
    terms = Terms(amount=3, unit="hours", at_half="nobody", at_end="remind")
    set_limit(
        actor=SYSTEM, at=AT, place=scene.center, step="accept", category="hair", terms=terms, reason="试行"
    )
    program = Program(scene, "li", scene.center)
    asked = {"category": "hair", "begins": "2026-09-30T10:00"}
    told = {each["step"]: each["due_at"] for each in program.get("/deadlines", **asked).json()}
    assert told["accept"] == "2026-09-30T13:00:00+08:00"
    far = program.get("/deadlines", begins="9999-12-31T23:00:00Z")
    assert (far.status_code, far.json()["code"]) == (422, "limit_begins_too_far")


def test_who_may_read_may_not_write_and_a_stranger_neither(scene: Scene) -> None:
    reader = Program(scene, "li", scene.center)
    assert reader.get().status_code == 200
    assert (reader.post(SIX_HOURS).status_code, reader.get("/people").status_code) == (403, 403)
    for name in ("zhou", "mallory"):
        stranger = Program(scene, name, scene.center)
        for answer in (stranger.get(), stranger.get("/written"), stranger.post(SIX_HOURS)):
            assert (answer.status_code, answer.json()["code"]) == (403, "may_not_see_limits")
