"""Danger to life in the words beside an act of the office, or of a team that offers: heard, marked and told."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.urls import reverse

from sidan.notify.models import Notice
from sidan.orders.models import OpenCall, Order
from sidan.orders.operations import (
    Change,
    ask_for_help,
    change_order,
    close_order,
    open_call,
    say_cannot,
    send_down_order,
)
from tests.orders.browsing import browser, once
from tests.orders.scene import AT, Scene, later
from tests.orders.splits import divided, fresh
from tests.orders.test_danger_in_reports import DANGER, told_to_decide, verbs_of

pytestmark = pytest.mark.django_db
CALM = "没有人手"
NOW = later(minutes=5)
HTMX = {"HX-Request": "true"}
Typed = dict[str, str]


@pytest.fixture(autouse=True)
def _at(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("views.acts", "views.calls", "api.handing", "api.orders", "api.splitting", "api.team"):
        monkeypatch.setattr(f"sidan.orders.{module}.now", lambda: NOW)


@dataclass
class Ready:
    """What is to be done by whom with an order in the right state, on its page and over the API."""

    order: Order
    page: str
    api: str
    typed: Typed = field(default_factory=dict)
    told: Typed = field(default_factory=dict)
    who: str = "li"
    box: str = "words"
    marked: Order | None = None

    @property
    def heard_of(self) -> Order:
        return fresh(self.marked or self.order)


def on_queue(order: Order, verb: str, **more: Any) -> Ready:
    """An act on the page beside the queue, which has the same name over the API."""
    return Ready(order, f"/console/queue/{order.uuid}/{verb}/", f"orders/{order.number}/{verb}", **more)


def because(reason: str, prefix: str = "") -> dict[str, Any]:
    return {"typed": {f"{prefix}reason": reason}, "told": {"reason": reason}, "box": f"{prefix}words"}


def failed(scene: Scene) -> Order:
    return say_cannot(actor=scene.actor("li"), at=AT, order=scene.admitted(), reason="no_people")


def in_town(scene: Scene) -> Order:
    return send_down_order(
        actor=scene.actor("li"), at=AT, order=scene.placed(), to=scene.town, reason="nearer"
    )


def _send_down(scene: Scene) -> Ready:
    to = str(scene.town.uuid)
    typed, told = {"to": to, "reason": "nearer"}, {"place": to, "reason": "nearer"}
    return on_queue(scene.placed(), "send-down", typed=typed, told=told)


def _dispatch(scene: Scene) -> Ready:
    team = {"team": str(scene.team.uuid)}
    return on_queue(scene.admitted(), "dispatch", typed=team, told=team)


def _reopen(scene: Scene) -> Ready:
    return on_queue(close_order(actor=scene.actor("li"), at=AT, order=failed(scene)), "reopen")


def _apply(scene: Scene) -> Ready:
    call, team = called(scene), {"team": str(scene.team.uuid)}
    page, api = reverse("orders:apply", args=[call.uuid]), f"team-work/calls/{call.uuid}/apply"
    return Ready(call.order, page, api, typed=team, told=team, who="wang")


def called(scene: Scene) -> OpenCall:
    return open_call(
        actor=scene.actor("li"), at=AT, order=scene.admitted(), area=scene.center, way="best_fit",
        until=later(days=1),
    )  # fmt: skip


def _leave_out(scene: Scene) -> Ready:
    order, (part, _other) = divided(scene)
    typed, told = {"out-reason": "no_people"}, {"reason": "no_people"}
    for said in (typed, told):
        said["part"] = str(part.uuid)
    return on_queue(order, "leave-out", typed=typed, told=told, box="out-words")


def _merge(scene: Scene) -> Ready:
    into, order = scene.placed(), scene.placed()
    typed, told = {"into": str(into.uuid)}, {"into": into.number}
    return on_queue(order, "merge", typed=typed, told=told, marked=into)


ACTS: dict[str, Callable[[Scene], Ready]] = {
    "pass_up": lambda scene: on_queue(in_town(scene), "pass-up", who="director", **because("beyond_us")),
    "ask_help": lambda scene: on_queue(in_town(scene), "ask-help", who="director", **because("no_people")),
    "send_down": _send_down,
    "refuse": lambda scene: on_queue(scene.placed(), "refuse", **because("not_our_task")),
    "cannot": lambda scene: on_queue(scene.admitted(), "cannot", **because("no_people", "cannot-")),
    "dispatch": _dispatch,
    "withdraw": lambda scene: on_queue(scene.offered().order, "withdraw"),
    "close": lambda scene: on_queue(failed(scene), "close"),
    "reopen": _reopen,
    "apply": _apply,
    "end_call": lambda scene: on_queue(called(scene).order, "end-call"),
    "leave_out": _leave_out,
    "merge": _merge,
}


def is_told() -> bool:
    return Notice.objects.filter(kind="order_danger").exists()


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize(("words", "heard"), [(DANGER, True), (CALM, False)])
def test_it_is_heard_marked_told_and_the_next_page_says_whom_to_call(
    scene: Scene, act: str, words: str, heard: bool
) -> None:
    ready = ACTS[act](scene)
    client = browser(scene, ready.who)
    answer = client.post(ready.page, {**ready.typed, ready.box: words, "once": once()})
    assert answer.status_code == 303, answer.content.decode()
    page = client.get(answer.headers["Location"]).content.decode()
    assert page.count('href="tel:110"') == int(heard)
    order = ready.heard_of
    assert (order.urgency, order.calls_heard) == (("danger", "110") if heard else ("normal", ""))
    assert ("danger" in verbs_of(order), is_told()) == (heard, heard)


@pytest.mark.parametrize("act", ACTS)
def test_the_api_says_whom_to_call(scene: Scene, act: str) -> None:
    ready = ACTS[act](scene)
    answer = browser(scene, ready.who).post(
        f"/api/v1/{ready.api}", json.dumps({**ready.told, "words": DANGER}), content_type="application/json"
    )
    assert answer.status_code == (201 if act == "dispatch" else 200), answer.content.decode()
    assert answer.json()["call_now"] == ["110"]
    assert ready.heard_of.urgency == "danger"


@pytest.mark.parametrize("act", ["refuse", "dispatch", "merge"])
@pytest.mark.parametrize(("words", "event"), [(DANGER, "sidan:changed"), (CALM, "sidan:acted")])
def test_beside_the_queue_it_is_read_before_one_is_led_on_to_the_next(
    scene: Scene, act: str, words: str, event: str
) -> None:
    ready = ACTS[act](scene)
    answer = browser(scene, "li").post(
        ready.page, {**ready.typed, "words": words, "once": once()}, headers=HTMX
    )
    assert (answer.status_code, event in answer.headers["HX-Trigger"]) == (200, True)
    assert answer.content.decode().count('href="tel:110"') == int(words == DANGER)


def test_the_place_that_is_asked_for_help_is_told_at_once(scene: Scene) -> None:
    order = in_town(scene)
    ask_for_help(actor=scene.actor("director"), at=NOW, order=order, reason="no_people", words=DANGER)
    assert told_to_decide(scene) == 1


@pytest.mark.parametrize("act", ["cannot", "withdraw", "end_call"])
def test_what_waits_again_has_the_time_of_a_danger_from_that_moment_on(scene: Scene, act: str) -> None:
    ready = ACTS[act](scene)
    typed = {**ready.typed, ready.box: DANGER, "once": once()}
    assert browser(scene, "li").post(ready.page, typed).status_code == 303
    assert fresh(ready.order).due_at == NOW + (later(minutes=30) - AT)


def test_the_words_beside_a_change_over_the_api_are_heard_where_the_wish_itself_stays_calm(
    scene: Scene,
) -> None:
    order = scene.placed(need="剪短一些")
    answer = browser(scene, "zhou").post(
        f"/api/v1/orders/{order.number}/change", json.dumps({"people_needed": 3, "words": DANGER}),
        content_type="application/json",
    )  # fmt: skip
    assert (answer.status_code, answer.json()["call_now"]) == (200, ["110"])
    assert (fresh(order).urgency, fresh(order).calls_heard, told_to_decide(scene)) == ("danger", "110", 1)


def test_a_change_of_the_wish_answers_whom_to_call(scene: Scene) -> None:
    order = scene.placed()
    answer = browser(scene, "zhou").post(
        f"/api/v1/orders/{order.number}/change", json.dumps({"need": DANGER}), content_type="application/json"
    )
    assert answer.json()["call_now"] == ["110"]


def test_a_calm_change_beside_calm_words_marks_nothing(scene: Scene) -> None:
    order = scene.placed()
    change_order(actor=scene.actor("zhou"), at=NOW, order=order, change=Change(people_needed=3), words=CALM)
    assert (fresh(order).urgency, is_told()) == ("normal", False)
