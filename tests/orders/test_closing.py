"""The last word is the resident's: the office closes what is done only after the time for a review is over."""

from datetime import datetime

import pytest

from sidan.core.actor import SYSTEM
from sidan.limits.models import Timer
from sidan.limits.operations import Terms, set_limit
from sidan.orders.models import Order
from sidan.orders.operations import close_order, review_order
from sidan.orders.operations.handling import ReviewAwaited
from sidan.orders.policies import REVIEW_TIME
from sidan.people.operations import issue_token
from tests.orders.browsing import browser, once, text_of
from tests.orders.scene import AT, Scene, later
from tests.orders.test_portal_order import finished

ACTS = "sidan.orders.views.acts"


def done(scene: Scene) -> Order:
    return Order.unscoped.get(pk=finished(scene).pk)


def ends(order: Order) -> datetime:
    assert order.due_at is not None
    return order.due_at


def test_the_office_does_not_end_the_time_for_a_review(scene: Scene) -> None:
    order = done(scene)
    until = ends(order)
    assert until == order.state_since + REVIEW_TIME
    with pytest.raises(ReviewAwaited) as refused:
        close_order(actor=scene.actor("li"), at=until.replace(microsecond=0) - (until - AT) / 2, order=order)
    assert refused.value.facts["until"] == until.isoformat()
    review_order(actor=scene.actor("zhou"), at=later(days=3), order=order, outcome="done", stars=5)
    assert Order.unscoped.get().state == "closed"


def test_after_it_the_office_may_close(scene: Scene) -> None:
    order = done(scene)
    close_order(actor=scene.actor("li"), at=ends(order), order=order)
    assert Order.unscoped.get().state == "closed"


def test_a_place_says_how_long_it_is(scene: Scene) -> None:
    terms = Terms(10, "hours", "nobody", "remind")
    set_limit(actor=SYSTEM, at=AT, place=scene.center, step="review", terms=terms, reason="试行")
    order = done(scene)
    with pytest.raises(ReviewAwaited):
        close_order(actor=scene.actor("li"), at=later(days=1, hours=10), order=order)
    close_order(actor=scene.actor("li"), at=later(days=1, hours=11), order=order)


def test_where_no_clock_runs_it_is_seven_days(scene: Scene) -> None:
    order = done(scene)
    Timer.objects.all().delete()
    Order.unscoped.update(due_at=None, half_at=None)
    order.refresh_from_db()
    with pytest.raises(ReviewAwaited):
        close_order(actor=scene.actor("li"), at=later(days=8), order=order)
    close_order(actor=scene.actor("li"), at=later(days=8, hours=1), order=order)


def test_the_page_says_until_when_and_offers_no_close(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    order = done(scene)
    client, page = browser(scene, "li"), f"/console/queue/{order.uuid}/"
    monkeypatch.setattr(f"{ACTS}.now", lambda: later(days=2))
    shown = text_of(client.get(page))
    assert "The resident may say how it was until" in shown
    assert "Close without a review" not in shown
    assert "Enter the resident's review" in shown.replace("&#x27;", "'")
    pressed = {"once": once(), "turn": order.turn}
    answer = client.post(f"{page}close/", pressed, headers={"hx-request": "true"})
    assert "The resident may say how it was until" in text_of(answer)
    assert Order.unscoped.get().state == "done"
    monkeypatch.setattr(f"{ACTS}.now", lambda: ends(order))
    assert "Close without a review" in text_of(client.get(page))
    client.post(f"{page}close/", pressed | {"once": once()}, headers={"hx-request": "true"})
    assert Order.unscoped.get().state == "closed"


def test_the_api_answers_the_same(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    order = done(scene)
    monkeypatch.setattr("sidan.orders.api.orders.now", lambda: later(days=2))
    token = issue_token(actor=scene.actor("li"), at=AT)[0]
    answer = browser(scene, "li").post(
        f"/api/v1/orders/{order.number}/close", "{}", content_type="application/json",
        headers={"authorization": f"Bearer {token}", "idempotency-key": once()},
    )  # fmt: skip
    assert answer.status_code == 409
    assert answer.json()["code"] == "review_awaited"
    assert Order.unscoped.get().state == "done"
