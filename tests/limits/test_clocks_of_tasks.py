"""Calls back and what was not well have limits as orders have: working days of the place, half and end, each once."""

from datetime import date, datetime, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse

from sidan.audit.operations import record
from sidan.core.actor import SYSTEM
from sidan.desk.operations import confirm_order
from sidan.limits.models import TaskFiring, TaskTimer
from sidan.limits.operations import NotDue, Terms, fire_task_timer, set_limit, start_missing_task_clocks
from sidan.limits.tasks import fire
from sidan.notify.models import Notice
from sidan.orders.models import Order, Review
from sidan.orders.operations import SPOKEN, cancel_order_for, place_order_for
from sidan.people.models import Person
from sidan.people.operations import close_account
from sidan.places.operations import set_working_day
from sidan.reviews.models import FollowUp
from sidan.reviews.operations import see_to
from sidan.reviews.operations.calling import Heard, record_call
from tests.desk.helpers import looked
from tests.limits.helpers import at_office_end
from tests.orders.browsing import browser, text_of
from tests.orders.scene import AT, Scene, later, make_account
from tests.reviews.helpers import NEXT_DAY, decide, drawn, reviewed

MONDAY = date(2026, 11, 23)
"""The scene is of a Friday, what is reviewed of the Sunday after it."""
DAY = timedelta(days=1)


def entered(scene: Scene) -> Order:
    """Let staff enter an order for Grandma Zhou."""
    zhou = Person.unscoped.get(account=scene.accounts["zhou"])
    actor = scene.actor("keeper")
    return place_order_for(actor=actor, at=AT, wish=scene.wish(), person=zhou, consent=SPOKEN)


def not_well(scene: Scene) -> Review:
    decide(scene)
    return reviewed(scene, outcome="half")


def running(task: str) -> TaskTimer:
    return TaskTimer.objects.get(effect=task, ended_at=None)


def told(scene: Scene, name: str) -> list[str]:
    rows = Notice.objects.filter(account_id=scene.accounts[name], kind__startswith="limit").order_by("id")
    return list(rows.values_list("kind", flat=True))


def test_who_was_entered_is_called_back_in_a_working_day_and_a_holiday_does_not_count(scene: Scene) -> None:
    entered(scene)
    assert running("confirm").due_at == at_office_end(MONDAY), "the weekend does not count"
    set_working_day(
        actor=SYSTEM, at=AT, place_id=scene.center.pk, day=MONDAY, kind="rests", reason="大雪"
    )  # fmt: skip
    entered(scene)
    assert TaskTimer.objects.latest("id").due_at == at_office_end(MONDAY + DAY)


def test_an_order_of_the_residents_own_needs_no_call(scene: Scene) -> None:
    scene.placed()
    assert not TaskTimer.objects.exists()


def test_a_closing_is_asked_about_and_seen_to_in_three_working_days(scene: Scene) -> None:
    not_well(scene)
    due = {timer.effect: timer.due_at for timer in TaskTimer.objects.filter(ended_at=None)}
    wednesday = at_office_end(MONDAY + 2 * DAY)
    assert due == {"call_back": wednesday, "follow_up": wednesday}


@pytest.mark.parametrize("task", ["confirm", "call_back", "follow_up"])
def test_half_and_end_are_told_once_and_the_order_stays_where_it_is(scene: Scene, task: str) -> None:
    order = entered(scene) if task == "confirm" else not_well(scene).order
    TaskTimer.objects.exclude(effect=task).update(next_at=None)
    before = Order.unscoped.values_list("state", "turn", "holder_place").get(pk=order.pk)
    timer = running(task)
    assert [fire_only(timer, at=timer.half_at), fire_only(timer, at=timer.half_at)] == [1, 0]
    assert told(scene, "li")[-1] == "limit_half"
    assert [fire_only(timer, at=timer.due_at), fire_only(timer, at=timer.due_at)] == [1, 0]
    assert told(scene, "li")[-1] == "limit_end"
    found = TaskFiring.objects.filter(timer=timer).values_list("kind", "did")
    assert list(found) == [("half", "who_acts"), ("end", "remind")]
    assert Order.unscoped.values_list("state", "turn", "holder_place").get(pk=order.pk) == before


def fire_only(timer: TaskTimer, *, at: datetime) -> int:
    """Run the job and count what this clock did."""
    before = TaskFiring.objects.filter(timer=timer).count()
    fire.run(at=at)
    return TaskFiring.objects.filter(timer=timer).count() - before


@pytest.mark.parametrize("outcomes", [["confirmed"], ["not_wanted"], ["no_answer"] * 3])
def test_who_was_reached_or_tried_thrice_is_reminded_of_no_more(scene: Scene, outcomes: list[str]) -> None:
    order = entered(scene)
    for nth, outcome in enumerate(outcomes):
        assert running("confirm").next_at is not None
        fresh = Order.unscoped.get(pk=order.pk)
        looked(scene, "li", fresh, later(hours=3 * nth))
        confirm_order(actor=scene.actor("li"), at=later(hours=3 * nth), order=fresh, outcome=outcome)
    assert TaskTimer.objects.get().ended_at == later(hours=3 * (len(outcomes) - 1))
    fire.run(at=later(days=30))
    assert not TaskFiring.objects.exists()


def test_what_ended_with_its_order_loses_its_clock_without_a_word(scene: Scene) -> None:
    order = entered(scene)
    cancel_order_for(
        actor=scene.actor("li"), at=AT, order=Order.unscoped.get(pk=order.pk), asked_by="telephone"
    )
    timer = running("confirm")
    with pytest.raises(NotDue):
        fire_task_timer(at=timer.half_at, timer_id=timer.pk)
    timer.refresh_from_db()
    assert (timer.ended_at, timer.next_at) == (timer.half_at, None)
    assert not TaskFiring.objects.exists()


def test_a_call_that_was_answered_and_a_follow_up_that_was_seen_to_end_their_clocks(scene: Scene) -> None:
    order = not_well(scene).order
    record(
        actor=scene.actor("director"), at=NEXT_DAY, verb="reviews.look_contact", subject=("order", order.pk)
    )
    heard = Heard(result="answered", outcome="half")
    record_call(actor=scene.actor("director"), at=NEXT_DAY + DAY, call_back=drawn(order), heard=heard)
    assert TaskTimer.objects.get(effect="call_back").ended_at == NEXT_DAY + DAY
    see_to(actor=scene.actor("li"), at=NEXT_DAY + 2 * DAY, follow_up=FollowUp.objects.get(), words="已补做")
    assert TaskTimer.objects.get(effect="follow_up").ended_at == NEXT_DAY + 2 * DAY


def test_a_place_says_it_otherwise_for_a_category_and_names_somebody(scene: Scene) -> None:
    scene.accounts["chen"] = make_account("陈督", "12010000011", None, [("manager", scene.center)]).pk
    terms = Terms(4, "hours", "nobody", "to_person", scene.accounts["chen"])
    set_limit(
        actor=SYSTEM, at=AT, place=scene.center, step="confirm", category=scene.project.category_id, terms=terms,
        reason="试行",
    )  # fmt: skip
    entered(scene)
    assert running("confirm").due_at == later(hours=4)
    fire.run(at=later(hours=4))
    assert told(scene, "chen") == ["limit_see_to_it"]
    entered(scene)
    close_account(actor=SYSTEM, at=later(hours=5), account_id=scene.accounts["chen"])
    fire.run(at=later(hours=8))
    assert TaskFiring.objects.latest("id").did == "to_office"
    assert told(scene, "li")[-1] == "limit_see_to_it"


def test_the_database_lets_one_clock_run_and_keeps_what_it_did(scene: Scene) -> None:
    entered(scene)
    timer = running("confirm")
    with pytest.raises(IntegrityError), transaction.atomic():
        TaskTimer.objects.create(
            order_id=timer.order_id, turn=timer.turn, effect="confirm", limit_id=timer.limit_id, begun_at=AT,
            half_at=AT, due_at=AT,
        )  # fmt: skip
    fire.run(at=timer.half_at)
    with pytest.raises(DatabaseError), transaction.atomic():
        TaskFiring.objects.update(did="nobody")
    with pytest.raises(IntegrityError), transaction.atomic():
        TaskFiring.objects.create(timer=timer, kind="half", did="who_acts", at=AT)


def test_what_was_there_before_gets_a_clock_that_begins_now(scene: Scene) -> None:
    entered(scene)
    not_well(scene)
    TaskTimer.objects.all().delete()
    assert start_missing_task_clocks(at=later(days=9)) == 3
    assert start_missing_task_clocks(at=later(days=9)) == 0
    assert set(TaskTimer.objects.values_list("effect", "begun_at")) == {
        (task, later(days=9)) for task in ("confirm", "call_back", "follow_up")
    }


@pytest.mark.parametrize(
    ("url", "name"), [("desk:phone", "li"), ("reviews:calls", "director"), ("reviews:follow_ups", "li")]
)
def test_every_queue_shows_what_is_left_in_words_and_colour(
    scene: Scene, monkeypatch: pytest.MonkeyPatch, url: str, name: str
) -> None:
    entered(scene)
    not_well(scene)
    shown = []
    for at in (later(days=2, hours=1), at_office_end(MONDAY + 2 * DAY) + DAY):
        monkeypatch.setattr("sidan.core.clock.now", lambda at=at: at)
        answer = browser(scene, name).get(reverse(url))
        page = answer.content.decode()
        shown.append("tone-overdue" in page)
        assert '<time class="state' in page
        assert ("overdue" in text_of(answer)) == shown[-1]
    assert shown == [False, True]
    TaskTimer.objects.all().delete()
    assert "not timed" in text_of(browser(scene, name).get(reverse(url)))
