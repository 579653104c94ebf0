"""A cancellation that speaks of danger to life: its order is over by it, and something is left to be seen to."""

import pytest
from django.urls import reverse

from sidan.limits.models import TaskTimer
from sidan.orders.models import Order
from sidan.orders.operations import cancel_order, cancel_order_for
from sidan.reviews import operations
from sidan.reviews.models import FollowUp
from tests.orders.browsing import browser, text_of
from tests.orders.scene import AT, Scene, later

pytestmark = pytest.mark.django_db
DANGER = "老人倒在地上叫不醒，不用来理发了"


def cancelled(scene: Scene, words: str) -> Order:
    return cancel_order(actor=scene.actor("zhou"), at=AT, order=scene.placed(), words=words)


def test_it_leaves_something_that_the_office_must_see_to(scene: Scene) -> None:
    order = cancelled(scene, DANGER)
    row = FollowUp.objects.get()
    assert (row.order, row.turn, row.told_by, row.way, row.state) == (
        order, order.turn, "cancelling", "follow_up", "open",
    )  # fmt: skip
    assert TaskTimer.objects.filter(order=order, effect="follow_up", ended_at=None).exists()
    assert order.state == "cancelled"
    page = text_of(browser(scene, "li").get(reverse("reviews:follow_ups")))
    assert "Cancelling, with words of danger" in page
    mine = browser(scene, "zhou")
    assert "When you cancelled you told us of danger. We are" in text_of(mine.get(f"/orders/{order.number}/"))
    operations.see_to(actor=scene.actor("li"), at=later(hours=1), follow_up=row, words="医生已到")
    assert "医生已到" in text_of(mine.get(f"/orders/{order.number}/"))


def test_so_it_does_where_staff_write_down_what_the_resident_said(scene: Scene) -> None:
    order = scene.placed()
    cancel_order_for(actor=scene.actor("li"), at=AT, order=order, asked_by="telephone", words=DANGER)
    assert FollowUp.objects.get().told_by == "cancelling"


def test_other_words_leave_nothing(scene: Scene) -> None:
    cancelled(scene, "家里有事")
    assert not FollowUp.objects.exists()
