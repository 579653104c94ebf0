"""An order that is a danger to life and is refused, or closed as not possible: something is left to be seen to."""

import pytest
from django.urls import reverse

from sidan.limits.models import TaskTimer
from sidan.orders.models import Order
from sidan.orders.operations import admit_order, close_order, refuse_order, reopen_order, say_cannot
from sidan.reviews import operations
from sidan.reviews.models import FollowUp
from tests.orders.browsing import browser, text_of
from tests.orders.scene import AT, Scene, later
from tests.orders.splits import fresh
from tests.reviews.helpers import served

pytestmark = pytest.mark.django_db
DANGER = "老人倒在地上叫不醒"
CALM = "没有人手"


def refused(scene: Scene, *, need: str = "", words: str = CALM) -> Order:
    order = scene.placed(need=need)
    return refuse_order(actor=scene.actor("li"), at=AT, order=order, reason="not_our_task", words=words)


def not_possible(scene: Scene, *, need: str = "", words: str = CALM) -> Order:
    """Close what could not be done."""
    li = scene.actor("li")
    admitted = admit_order(actor=li, at=AT, order=scene.placed(need=need))
    failed = say_cannot(actor=li, at=AT, order=fresh(admitted), reason="no_people")
    return close_order(actor=li, at=later(hours=1), order=fresh(failed), words=words)


ENDS = {"refusing": refused, "closing": not_possible}
LISTED = {"refusing": "Refused, with danger to life", "closing": "Closed, with danger to life"}


@pytest.mark.parametrize("said", ["need", "words"])
@pytest.mark.parametrize("how", ENDS)
def test_it_leaves_something_that_the_office_must_see_to(scene: Scene, how: str, said: str) -> None:
    order = ENDS[how](scene, **{said: DANGER})
    row = FollowUp.objects.get()
    assert (row.order, row.turn, row.told_by, row.way, row.state) == (
        order, order.turn, how, "follow_up", "open",
    )  # fmt: skip
    assert TaskTimer.objects.filter(order=order, effect="follow_up", ended_at=None).exists()
    page = text_of(browser(scene, "li").get(reverse("reviews:follow_ups")))
    assert LISTED[how] in page
    assert "Not done" not in page, "nobody said how it was"
    assert row.outcome == "not_done"
    mine = browser(scene, "zhou")
    assert "Danger to life was spoken of. We are" in text_of(mine.get(f"/orders/{order.number}/"))
    operations.see_to(actor=scene.actor("li"), at=later(hours=2), follow_up=row, words="医生已到")
    answered = text_of(mine.get(f"/orders/{order.number}/"))
    assert "Danger to life was spoken of. Our answer: 医生已到" in answered


@pytest.mark.parametrize("how", ENDS)
def test_what_is_calm_leaves_nothing(scene: Scene, how: str) -> None:
    ENDS[how](scene)
    assert not FollowUp.objects.exists()


def test_a_danger_that_was_served_leaves_nothing_when_nobody_reviewed_it(scene: Scene) -> None:
    order = served(scene)
    Order.unscoped.filter(pk=order.pk).update(urgency="danger")
    close_order(actor=scene.actor("li"), at=later(days=40), order=fresh(order))
    assert not FollowUp.objects.exists()


def test_but_words_of_danger_beside_its_closing_do(scene: Scene) -> None:
    order = served(scene)
    close_order(actor=scene.actor("li"), at=later(days=40), order=fresh(order), words=DANGER)
    assert FollowUp.objects.get().told_by == "closing"


def test_each_end_of_one_order_is_followed_by_itself(scene: Scene) -> None:
    order, li = not_possible(scene, need=DANGER), scene.actor("li")
    again = reopen_order(actor=li, at=later(hours=2), order=fresh(order))
    say_cannot(actor=li, at=later(hours=3), order=fresh(again), reason="no_people")
    close_order(actor=li, at=later(hours=4), order=fresh(order), words=CALM)
    assert FollowUp.objects.filter(told_by="closing", state="open").count() == 2
