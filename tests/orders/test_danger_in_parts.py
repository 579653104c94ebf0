"""Danger to life in the words that name the parts of an order: heard as all words of those who decide are."""

import json

import pytest
from django.urls import reverse

from sidan.orders.models import Order
from tests.orders.browsing import browser, once
from tests.orders.scene import AT, Scene, later
from tests.orders.splits import fresh
from tests.orders.test_danger_beside_acts import HTMX, is_told
from tests.orders.test_danger_in_reports import verbs_of

pytestmark = pytest.mark.django_db
DANGER, CALM = "煤气泄漏，关总阀", "关好窗户"
NOW = later(minutes=5)


@pytest.fixture(autouse=True)
def _at(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("views.acts", "api.splitting"):
        monkeypatch.setattr(f"sidan.orders.{module}.now", lambda: NOW)


def typed(words: str) -> dict[str, str]:
    parts = {f"split-{name}_{nth}": value for nth in (1, 2) for name, value in _part}
    return parts | {"split-words_1": "剪头发", "split-words_2": words, "once": once()}


_part = (("category", "hair"), ("people", "1"))


def split_url(order: Order) -> str:
    return reverse("orders:split", args=[order.uuid])


@pytest.mark.parametrize(("words", "heard"), [(DANGER, True), (CALM, False)])
def test_it_is_heard_marked_told_and_the_next_page_says_whom_to_call(
    scene: Scene, words: str, heard: bool
) -> None:
    order, li = scene.admitted(), browser(scene, "li")
    answer = li.post(split_url(order), typed(words))
    assert answer.status_code == 303, answer.content.decode()
    page = li.get(answer.headers["Location"]).content.decode()
    assert page.count('href="tel:119"') == int(heard)
    order = fresh(order)
    assert (order.urgency, "119" in order.calls_heard) == ("danger" if heard else "normal", heard)
    assert ("danger" in verbs_of(order), is_told()) == (heard, heard)


@pytest.mark.parametrize(("words", "heard"), [(DANGER, True), (CALM, False)])
def test_beside_the_queue_the_piece_says_whom_to_call(scene: Scene, words: str, heard: bool) -> None:
    answer = browser(scene, "li").post(split_url(scene.admitted()), typed(words), headers=HTMX)
    assert answer.status_code == 200
    assert answer.content.decode().count('href="tel:119"') == int(heard)


def test_each_part_has_the_time_of_a_danger_from_that_moment_on(scene: Scene) -> None:
    order = scene.admitted()
    browser(scene, "li").post(split_url(order), typed(DANGER))
    half_an_hour = later(minutes=30) - AT
    assert {part.due_at for part in order.parts.all()} == {NOW + half_an_hour}
    assert fresh(order).due_at == NOW + half_an_hour


def test_the_api_says_with_the_part_whom_to_call(scene: Scene) -> None:
    order = scene.admitted()
    parts = [{"words": words, "category": "hair"} for words in ("剪头发", DANGER)]
    answer = browser(scene, "li").post(
        f"/api/v1/orders/{order.number}/split", json.dumps({"parts": parts}), content_type="application/json"
    )
    calm, danger = answer.json()
    assert (answer.status_code, calm["call_now"], "119" in danger["call_now"]) == (200, [], True)
    assert fresh(order).urgency == "danger"


def test_what_is_refused_marks_nothing(scene: Scene) -> None:
    order = scene.admitted()
    answer = browser(scene, "li").post(split_url(order), {**typed(DANGER), "turn": "0"})
    assert answer.status_code == 303
    assert (fresh(order).urgency, is_told(), order.parts.count()) == ("normal", False, 0)
