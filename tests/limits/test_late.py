"""What is over and stays where it is: told again each working day, once a day, so many days at most."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from sidan.core.actor import SYSTEM
from sidan.limits.models import Firing, Timer
from sidan.limits.operations import NotDue, Terms, fire_timer, run_clock, set_limit
from sidan.limits.policies import MOST_DAYS_TOLD
from sidan.limits.tasks import fire
from sidan.notify.models import Notice
from sidan.orders.models import Order
from sidan.orders.operations import admit_order, dispatch_order, withdraw_offer
from sidan.places.operations import set_working_day
from tests.limits.helpers import DAY, HOUR
from tests.limits.test_firing import done_by_hand, kinds_told
from tests.orders.browsing import browser, text_of
from tests.orders.scene import AT, Scene, later

OPENS = timedelta(hours=0, minutes=30)
"""Half past eight in the morning, in UTC."""


def running() -> Timer:
    return Timer.objects.get(ended_at=None)


def over(scene: Scene) -> Order:
    """An order at the center that nobody admitted, of which everybody was told on Monday evening."""
    order = scene.placed()
    assert order.due_at is not None
    assert fire.run(at=order.due_at) == 1
    return order


def test_it_is_told_again_when_the_office_opens_on_the_next_working_day(scene: Scene) -> None:
    set_working_day(
        actor=SYSTEM, at=AT, place_id=scene.center.pk, day=date(2026, 11, 24), kind="rests", reason="大雪"
    )
    over(scene)
    wednesday = datetime(2026, 11, 25, tzinfo=UTC) + OPENS
    assert running().next_at == wednesday
    assert fire.run(at=wednesday - HOUR) == 0
    assert fire.run(at=wednesday) == 1
    assert fire.run(at=wednesday + HOUR) == 0
    last = Firing.objects.latest("id")
    assert (last.kind, last.did, last.day) == ("late", "remind", date(2026, 11, 25))
    assert kinds_told(scene, "li").count("limit_end") == 2
    assert running().next_at == wednesday + DAY


def test_it_ends_after_so_many_days(scene: Scene) -> None:
    order = over(scene)
    assert order.due_at is not None
    for _day in range(MOST_DAYS_TOLD):
        due = running().next_at
        assert due is not None
        assert due.weekday() < 5
        assert fire.run(at=due) == 1
    assert running().next_at is None
    assert Firing.objects.filter(kind="late").count() == MOST_DAYS_TOLD
    assert fire.run(at=order.due_at + 60 * DAY) == 0


def test_it_ends_with_what_was_late(scene: Scene) -> None:
    order = over(scene)
    admit_order(actor=scene.actor("li"), at=order.state_since + 4 * DAY, order=order)
    assert not Firing.objects.filter(kind="late").exists()
    assert Timer.objects.exclude(ended_at=None).get().next_at is None


def test_one_day_is_told_once_whoever_asks(scene: Scene) -> None:
    over(scene)
    timer = running()
    assert timer.next_at is not None
    fire_timer(at=timer.next_at, timer_id=timer.pk)
    with pytest.raises(NotDue):
        fire_timer(at=timer.next_at, timer_id=timer.pk)
    for values in ({"kind": "late", "day": timer.next_at.date()}, {"kind": "end"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Firing.objects.create(timer=timer, did="remind", at=AT, **values)
    with pytest.raises(IntegrityError), transaction.atomic():
        Firing.objects.create(timer=timer, kind="late", did="remind", at=AT)


def test_a_killed_worker_tells_it_the_next_time(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    over(scene)
    timer = running()
    assert timer.next_at is not None
    told = Notice.objects.count()

    def killed(**_row: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("sidan.limits.operations.taking.record", killed)
        with pytest.raises(KeyboardInterrupt), transaction.atomic():
            fire_timer(at=timer.next_at, timer_id=timer.pk)
    assert (Notice.objects.count(), Firing.objects.count()) == (told, 1)
    assert fire_timer(at=timer.next_at, timer_id=timer.pk).kind == "late"


def test_who_offers_and_takes_back_what_is_late_is_told_all_the_same(scene: Scene) -> None:
    order, li = scene.admitted(), scene.actor("li")
    assert order.due_at is not None
    at = order.due_at
    fire.run(at=at)
    dispatch_order(actor=li, at=at + HOUR, order=order, team=scene.team)
    withdraw_offer(actor=li, at=at + 2 * HOUR, order=order)
    assert running().next_at == datetime(2026, 11, 24, tzinfo=UTC) + OPENS
    assert fire.run(at=at + 3 * HOUR) == 0
    assert fire.run(at=at + DAY) == 1


def test_a_named_person_is_told_again(scene: Scene) -> None:
    terms = Terms(2, "hours", "nobody", "to_person", person_id=scene.accounts["li"])
    set_limit(actor=SYSTEM, at=AT, place=scene.center, step="admit", terms=terms, reason="专人督办")
    scene.placed()
    for moment in (later(hours=2), later(days=3)):
        fire.run(at=moment)
    assert list(Firing.objects.values_list("kind", "did")) == [
        ("end", "to_person"),
        ("late", "to_person"),
    ]
    assert kinds_told(scene, "li").count("limit_see_to_it") == 2


def test_nobody_is_late_with_a_review(scene: Scene) -> None:
    terms = Terms(2, "hours", "nobody", "remind")
    set_limit(actor=SYSTEM, at=AT, place=scene.center, step="review", terms=terms, reason="试行")
    done_by_hand(Order.unscoped.get(pk=scene.placed().pk))
    assert fire.run(at=later(hours=2)) == 1
    assert running().next_at is None


def at_report(scene: Scene, *, holder: str = "town") -> Order:
    """An order of which somebody is at the resident's: only its clock is of interest here."""
    order = scene.placed()
    place = getattr(scene, holder)
    Order.unscoped.filter(pk=order.pk).update(state="under_way", turn=order.turn + 1, holder_place=place)
    order = Order.unscoped.get(pk=order.pk)
    Timer.objects.update(ended_at=AT, next_at=None)
    run_clock(order=order, step_id=Timer.objects.get().step_id, at=AT)
    return order


def test_of_a_late_report_one_level_up_is_told_and_the_team_keeps_the_order(scene: Scene) -> None:
    order = at_report(scene)
    assert order.due_at is not None
    fire.run(at=order.due_at)
    last, order = Firing.objects.latest("id"), Order.unscoped.get()
    assert (last.kind, last.did) == ("end", "up")
    assert (order.state, order.holder_place_id) == ("under_way", scene.town.pk)
    assert kinds_told(scene, "li")[-1] == "limit_see_to_it"
    assert "limit_end" in kinds_told(scene, "director")
    page = text_of(browser(scene, "li").get("/console/limits/clocks/"))
    assert "Those one level up were told; it stays where it is" in page
    shown = text_of(browser(scene, "director").get(f"/console/limits/{scene.town.uuid}/"))
    assert "One level up is told; it stays where it is" in shown


def test_where_nobody_stands_above_those_who_must_act_are_reminded(scene: Scene) -> None:
    order = at_report(scene, holder="center")
    assert order.due_at is not None
    fire.run(at=order.due_at)
    assert Firing.objects.latest("id").did == "remind"
    assert "limit_see_to_it" not in kinds_told(scene, "li")
