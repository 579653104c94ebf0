"""Danger to life in the words of who asks to be taken over, declines that, or takes an order from a silent team."""

import json

import pytest
from django.urls import reverse

from sidan.core.actor import SYSTEM
from sidan.orders.models import Assignment, Order, TakeOver
from sidan.orders.operations import ask_take_over, take_from_team
from sidan.orders.operations.taking import TeamInTime
from sidan.people.operations import pause_team
from tests.orders.browsing import browser, once
from tests.orders.scene import AT, Scene, later
from tests.orders.splits import fresh
from tests.orders.test_danger_in_reports import DANGER, told_to_decide, verbs_of

pytestmark = pytest.mark.django_db
CALM = "没有人手"
LAST = {"ask": "ask_take_over", "keep": "end_take_over", "leave": "end_take_over", "take": "take_back"}
Sent = tuple[str, str, dict[str, str]]


@pytest.fixture(autouse=True)
def _at(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("views.acts", "views.board", "views.passing", "api.passing", "api.handing"):
        monkeypatch.setattr(f"sidan.orders.{module}.now", lambda: later(minutes=5))


def asked(scene: Scene, share: Assignment, how: str) -> TakeOver:
    """Another team is asked, which may keep it with who asked; or the office, which may leave it."""
    return ask_take_over(
        actor=scene.actor("wang"), at=AT, assignment=share, to_team=scene.other_team if how == "keep" else None,
        until=later(days=1), reason="no_people",
    )  # fmt: skip


def on_page(scene: Scene, share: Assignment, how: str) -> Sent:
    """Return who does it on which page, without the words."""
    if how == "ask":
        chosen = {"ask-to": "office", "ask-hours": "2", "ask-reason": "no_people"}
        return "wang", reverse("orders:ask_take_over", args=[share.uuid]), chosen
    if how == "take":
        pause_team(actor=SYSTEM, at=AT, uuid=scene.team.uuid)
        return "li", reverse("orders:take_from_team", args=[share.order.uuid]), {"take-reason": "team_gone"}
    request, chosen = asked(scene, share, how), {"keep-reason": "no_people"}
    if how == "keep":
        return "sun", reverse("orders:keep_with_team", args=[request.uuid]), chosen
    return "li", reverse("orders:leave_with_team", args=[share.order.uuid]), chosen


def over_the_api(scene: Scene, share: Assignment, how: str) -> Sent:
    team_work, order = "/api/v1/team-work", f"/api/v1/orders/{share.order.number}"
    if how == "ask":
        until = later(days=1).isoformat()
        url = f"{team_work}/assignments/{share.uuid}/ask-take-over"
        return "wang", url, {"reason": "no_people", "until": until}
    if how == "take":
        pause_team(actor=SYSTEM, at=AT, uuid=scene.team.uuid)
        return "li", f"{order}/take-from-team", {"reason": "team_gone"}
    request = asked(scene, share, how)
    url = f"{team_work}/take-overs/{request.uuid}/decline" if how == "keep" else f"{order}/leave"
    return "sun" if how == "keep" else "li", url, {"reason": "no_people"}


@pytest.mark.parametrize("how", LAST)
@pytest.mark.parametrize(("words", "heard"), [(DANGER, True), (CALM, False)])
def test_it_is_heard_marked_told_and_the_next_page_says_whom_to_call(
    scene: Scene, how: str, words: str, heard: bool
) -> None:
    share = scene.accepted()
    name, url, typed = on_page(scene, share, how)
    client = browser(scene, name)
    field = "keep-words" if how == "leave" else f"{how}-words"
    answer = client.post(url, {**typed, field: words, "once": once()})
    assert answer.status_code == 303, answer.content.decode()
    page = client.get(answer.headers["Location"]).content.decode()
    assert ('href="tel:110"' in page) is heard
    order = fresh(share.order)
    assert (order.urgency, order.calls_heard) == (("danger", "110") if heard else ("normal", ""))
    assert told_to_decide(scene) == int(heard)
    assert verbs_of(order)[-1] == LAST[how]
    assert ("danger" in verbs_of(order)) is heard


@pytest.mark.parametrize("how", LAST)
def test_the_api_says_whom_to_call(scene: Scene, how: str) -> None:
    share = scene.accepted()
    name, url, told = over_the_api(scene, share, how)
    answer = browser(scene, name).post(
        url, json.dumps(told | {"words": DANGER}), content_type="application/json"
    )
    assert (answer.status_code, answer.json()["call_now"]) == (201 if how == "ask" else 200, ["110"])
    assert fresh(share.order).urgency == "danger"


def test_what_is_refused_marks_nothing(scene: Scene) -> None:
    order: Order = scene.accepted().order
    with pytest.raises(TeamInTime):
        take_from_team(
            actor=scene.actor("li"), at=later(), order=fresh(order), reason="overdue", words=DANGER
        )
    assert (fresh(order).urgency, told_to_decide(scene)) == ("normal", 0)
