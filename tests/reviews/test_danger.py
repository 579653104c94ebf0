"""A review that speaks of danger to life: the order stands first, open again; a number is shown."""

import json

import pytest
from django.urls import reverse

from sidan.core.scope import everything
from sidan.notify.models import Notice
from sidan.orders.models import Order
from sidan.orders.operations import dispatch_order
from sidan.reviews.models import FollowUp
from tests.orders.browsing import browser, once, sent, text_of
from tests.orders.scene import Scene, later
from tests.reviews.helpers import reviewed, served

DANGER = "老人倒在地上叫不醒，快来人"


@pytest.mark.parametrize("outcome", ["still_needed", "done"])
@pytest.mark.parametrize("where", ["words", "wish"])
def test_it_is_marked_told_at_once_and_opened_again(scene: Scene, outcome: str, where: str) -> None:
    order = Order.unscoped.get(pk=reviewed(scene, outcome, **{where: DANGER}).order_id)
    assert (order.urgency, order.state) == ("danger", "reopened")
    assert Notice.objects.filter(account_id=scene.accounts["li"], kind="order_danger").count() == 1
    assert FollowUp.objects.get(order=order).way == "reopen"


def test_words_without_danger_leave_the_order_as_it_was(scene: Scene) -> None:
    order = Order.unscoped.get(pk=reviewed(scene, "still_needed", words="头发没理好").order_id)
    assert order.urgency == "normal"
    assert not Notice.objects.filter(kind="order_danger").exists()


def test_the_page_that_follows_shows_whom_to_call_and_the_queue_has_it_first(scene: Scene) -> None:
    order, client = served(scene), browser(scene, "zhou")
    sent = {"outcome": "still_needed", "words": DANGER, "once": once()}
    assert client.post(f"/orders/{order.number}/review/", sent).status_code == 303
    assert "120 Ambulance" in text_of(client.get(f"/orders/{order.number}/"))
    assert "Danger to life" in text_of(browser(scene, "li").get("/console/queue/"))


def test_the_number_stays_on_the_offices_page_when_another_team_is_looked_for(scene: Scene) -> None:
    order = Order.unscoped.get(pk=reviewed(scene, "still_needed", words=DANGER).order_id)
    assert order.calls_heard == "120"
    dispatch_order(actor=scene.actor("li"), at=later(days=3), order=order, team=scene.team)
    page = browser(scene, "li").get(reverse("orders:queue_order", args=[order.uuid])).content.decode()
    assert page.count('href="tel:120"') == 1


def test_the_api_answers_with_whom_to_call(scene: Scene) -> None:
    order = served(scene)
    told = browser(scene, "zhou").post(
        f"/api/v1/orders/{order.number}/review",
        json.dumps({"outcome": "still_needed", "words": DANGER}),
        content_type="application/json",
    )
    assert (told.status_code, told.json()["call_now"], told.json()["urgency"]) == (200, ["120"], "danger")
    with everything("read again"):
        assert Order.objects.get(pk=order.pk).state == "reopened"


def test_who_types_it_in_after_a_call_is_shown_whom_to_call(scene: Scene) -> None:
    order, client = served(scene), browser(scene, "li")
    said = {"outcome": "still_needed", "words": DANGER, "channel": "telephone", "_once": once()}
    page = sent(client, reverse("orders:review_for", args=[order.uuid]), said)
    assert "120 Ambulance" in page
    assert "Make sure that help has been called" in page


def test_it_is_heard_before_the_word_that_closes_and_stands_once_in_the_history(scene: Scene) -> None:
    order = Order.unscoped.get(pk=reviewed(scene, "done", words=DANGER).order_id)
    steps = list(order.steps.filter(machine="order").order_by("turn").values_list("verb", flat=True))
    assert steps[-3:] == ["danger", "review", "reopen"]
