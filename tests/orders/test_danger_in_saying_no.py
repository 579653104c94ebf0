"""Danger to life in the words of who cancels, or of a team that says no or gives the order back."""

import json

import pytest
from django.urls import reverse

from sidan.orders.models import Assignment, Order
from sidan.orders.operations import decline_order
from tests.orders.browsing import browser, once
from tests.orders.scene import Scene, later
from tests.orders.splits import divided, fresh, offered
from tests.orders.test_danger_in_reports import DANGER, told_to_decide, verbs_of

pytestmark = pytest.mark.django_db
CALM = "没有人手"


def ends(scene: Scene, how: str) -> tuple[str, str, dict[str, str], Order]:
    """Return who ends how on which page, without the words."""
    if how in {"decline", "release"}:
        assignment: Assignment = scene.offered() if how == "decline" else scene.accepted()
        name = "reason" if how == "decline" else "release-reason"
        return "wang", reverse(f"orders:{how}", args=[assignment.uuid]), {name: "no_people"}, assignment.order
    order = scene.placed()
    if how == "cancel":
        return "zhou", f"/orders/{order.number}/cancel/", {}, order
    return "li", reverse("orders:cancel_for", args=[order.uuid]), {"asked_by": "telephone"}, order


WAYS = ("decline", "release", "cancel", "cancel_for")


@pytest.mark.parametrize("how", WAYS)
@pytest.mark.parametrize(("words", "heard"), [(DANGER, True), (CALM, False)])
def test_it_is_heard_marked_told_and_the_next_page_says_whom_to_call(
    scene: Scene, how: str, words: str, heard: bool
) -> None:
    name, url, typed, order = ends(scene, how)
    client = browser(scene, name)
    field = "release-words" if how == "release" else "words"
    answer = client.post(url, {**typed, field: words, "once": once()})
    assert answer.status_code == 303
    page = client.get(answer.headers["Location"]).content.decode()
    assert ('href="tel:110"' in page) is heard
    order = fresh(order)
    assert (order.urgency, order.calls_heard) == (("danger", "110") if heard else ("normal", ""))
    assert told_to_decide(scene) == int(heard)
    verb = "cancel" if how == "cancel_for" else how
    assert verbs_of(order)[-1] == verb
    assert ("danger" in verbs_of(order)) is heard


@pytest.mark.parametrize("how", ["decline", "release"])
def test_the_api_says_whom_to_call_when_a_team_says_no(scene: Scene, how: str) -> None:
    assignment = scene.offered() if how == "decline" else scene.accepted()
    answer = browser(scene, "wang").post(
        f"/api/v1/team-work/assignments/{assignment.uuid}/{how}",
        json.dumps({"reason": "no_people", "words": DANGER}), content_type="application/json",
    )  # fmt: skip
    assert (answer.status_code, answer.json()["call_now"], answer.json()["urgency"]) == (
        200,
        ["110"],
        "danger",
    )


@pytest.mark.parametrize(
    ("who", "how", "more"), [("zhou", "cancel", {}), ("li", "cancel-for", {"asked_by": "telephone"})]
)
def test_and_when_somebody_cancels(scene: Scene, who: str, how: str, more: dict[str, str]) -> None:
    order = scene.placed()
    answer = browser(scene, who).post(
        f"/api/v1/orders/{order.number}/{how}",
        json.dumps({"words": DANGER, **more}),
        content_type="application/json",
    )
    assert (answer.status_code, answer.json()["call_now"], answer.json()["state"]) == (
        200,
        ["110"],
        "cancelled",
    )


def test_of_a_part_the_whole_order_is_marked(scene: Scene) -> None:
    order, parts = divided(scene)
    offer = offered(scene, order, parts[0])
    decline_order(
        actor=scene.actor("wang"), at=later(minutes=30), assignment=offer, reason="no_people", words=DANGER
    )
    assert (fresh(order).urgency, fresh(order).calls_heard, told_to_decide(scene)) == ("danger", "110", 1)
