"""What a call-back hears although a review was followed already: what is newer or worse is followed as well."""

import pytest

from sidan.limits.models import TaskTimer
from sidan.orders.models import Order
from sidan.reviews import operations
from sidan.reviews.enums import AfterLow
from sidan.reviews.models import FollowUp
from tests.at_once import DONE, second_behind
from tests.orders.scene import Scene, later
from tests.reviews.helpers import decide, drawn, reviewed
from tests.reviews.test_reviews import heard

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("after", "state"), [("reopen", "reopened"), ("follow_up", "closed")])
def test_a_call_back_that_hears_it_is_not_well_after_the_office_answered_is_followed_anew(
    scene: Scene, after: str, state: str
) -> None:
    decide(scene, after_not_done=after)
    order = reviewed(scene, "half").order
    first = FollowUp.objects.get()
    operations.see_to(actor=scene.actor("li"), at=later(days=2, hours=1), follow_up=first, words="明天再来")
    heard(scene, "li", drawn(order), result="answered", outcome="not_done", words="没人来")
    second = FollowUp.objects.exclude(pk=first.pk).get()
    assert (second.told_by, second.way, second.outcome) == ("call_back", after, "not_done")
    assert Order.unscoped.get(pk=order.pk).state == state
    running = TaskTimer.objects.filter(order=order, effect="follow_up", ended_at=None).exists()
    assert running == (after == "follow_up"), "who sees to it has a time for it again"


def test_a_call_back_that_hears_worse_opens_an_order_again_that_people_only_see_to(scene: Scene) -> None:
    decide(scene, after_not_done=AfterLow.REOPEN)
    order = reviewed(scene, "half").order
    heard(scene, "li", drawn(order), result="answered", outcome="not_done")
    told = list(FollowUp.objects.values_list("told_by", "way", "state"))
    assert told == [("review", "follow_up", "open"), ("call_back", "reopen", "done")]
    assert Order.unscoped.get(pk=order.pk).state == "reopened"


def test_a_call_back_about_a_closing_that_was_opened_again_already_asks_for_no_more(scene: Scene) -> None:
    decide(scene, after_half=AfterLow.REOPEN)
    order = reviewed(scene, "half").order
    heard(scene, "li", drawn(order), result="answered", outcome="not_done")
    assert FollowUp.objects.count() == 1


def test_what_is_heard_worse_stands_with_what_people_see_to(scene: Scene) -> None:
    decide(scene, after_half=AfterLow.FOLLOW_UP, after_not_done=AfterLow.FOLLOW_UP)
    order = reviewed(scene, "half").order
    heard(scene, "li", drawn(order), result="answered", outcome="not_done")
    row = FollowUp.objects.get()
    assert (row.told_by, row.outcome, row.state) == ("review", "not_done", "open")


def test_what_is_heard_better_takes_nothing_off(scene: Scene) -> None:
    decide(scene, after_half=AfterLow.FOLLOW_UP, after_not_done=AfterLow.FOLLOW_UP)
    order = reviewed(scene, "not_done").order
    heard(scene, "li", drawn(order), result="answered", outcome="half")
    assert FollowUp.objects.get().outcome == "not_done"


@pytest.mark.django_db(transaction=True)
def test_what_is_heard_while_somebody_answers_is_followed_anew(scene: Scene) -> None:
    decide(scene, after_half=AfterLow.FOLLOW_UP, after_not_done=AfterLow.FOLLOW_UP)
    order = reviewed(scene, "half").order
    first, call, li = FollowUp.objects.get(), drawn(order), scene.actor("li")
    told = second_behind(
        lambda: operations.see_to(actor=li, at=later(days=2, hours=1), follow_up=first, words="明天再来"),
        lambda: heard(scene, "li", call, result="answered", outcome="not_done"),
    )
    assert told == DONE
    rows = FollowUp.objects.order_by("id").values_list("told_by", "state", "outcome")
    assert list(rows) == [("review", "done", "half"), ("call_back", "open", "not_done")]
