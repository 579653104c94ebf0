"""The clock of an order: set by each step in one statement, by the nearest limit, ended by the next step."""

from datetime import UTC, date, datetime

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from sidan.attendance.operations import Proof
from sidan.catalogue.models import Category
from sidan.core.actor import SYSTEM
from sidan.core.clock import now
from sidan.core.moments import when_words
from sidan.limits import operations
from sidan.limits.models import Firing, Limit, Timer
from sidan.limits.operations import Terms, clock, set_limit, start_missing_clocks, take_back_limit
from sidan.limits.queries import preview
from sidan.limits.tasks import fire, start_missing
from sidan.orders.models import Order, Visit
from sidan.orders.operations import (
    admit_order,
    check_in,
    dispatch_order,
    pass_up_order,
    refuse_order,
    schedule_visit,
)
from sidan.places.models import Place
from sidan.places.operations import set_working_day
from tests.limits.helpers import DAY, HOUR, at_office_end
from tests.orders.browsing import browser, text_of
from tests.orders.scene import AT, Scene, later
from tests.orders.splits import divided, share_of, taken


def running(order: Order) -> Timer:
    return Timer.objects.get(order=order, ended_at=None)


def test_a_new_order_is_due_after_one_working_day(scene: Scene) -> None:
    order = scene.placed()  # Friday, 9 in the morning
    assert order.due_at == at_office_end(date(2026, 11, 23))
    stored = Order.unscoped.get(pk=order.pk)
    assert (stored.due_at, stored.half_at) == (order.due_at, order.half_at)
    timer = running(order)
    assert (timer.effect, timer.due_at, timer.next_at) == ("admit", order.due_at, order.half_at)


def test_each_state_has_its_own_clock_and_one_runs(scene: Scene) -> None:
    visit = scene.scheduled()
    order = Order.unscoped.get()
    told = list(Timer.objects.order_by("id").values_list("effect", flat=True))
    assert told == ["admit", "dispatch", "accept", "contact", "visit"]
    assert running(order).effect == "visit"
    assert order.due_at == order.wished_to
    assert Timer.objects.exclude(ended_at=None).filter(next_at__isnull=False).count() == 0
    assert visit.state == "planned"


def agree(scene: Scene, visit: Visit, *, days: int, at: datetime = AT) -> Visit:
    """Agree on the ninth hour of a day so many days later, for two hours."""
    return schedule_visit(
        actor=scene.actor("wang"), at=at, assignment=visit.assignment, planned_from=later(days=days),
        planned_to=later(days=days, hours=2),
    )  # fmt: skip


def test_a_visit_agreed_for_a_later_day_is_due_when_that_ends_and_is_not_late_before(scene: Scene) -> None:
    visit = agree(scene, scene.scheduled(), days=5)
    order = Order.unscoped.get()
    assert visit.planned_to == order.due_at == running(order).due_at
    assert order.due_at > order.wished_to
    client = browser(scene, "zhou")
    page = text_of(client.get(f"/orders/{order.number}/"))
    with translation.override("en"):
        assert f"the visit is to begin by {when_words(order.due_at, now=now())}" in page
    fire.run(at=order.wished_to + HOUR)
    assert not Firing.objects.filter(timer=running(order), kind="end").exists()


def test_agreeing_anew_moves_the_end_but_gains_no_more_than_the_limit_since_the_first_time(
    scene: Scene,
) -> None:
    visit = scene.scheduled()
    wished = Order.unscoped.get().wished_to
    assert Order.unscoped.get().due_at == wished, "what is agreed within the wish shortens nothing"
    for hour, days in ((1, 20), (40, 30)):
        visit = agree(scene, visit, days=days, at=later(hours=hour))
        assert Order.unscoped.get().due_at == AT + 7 * DAY
    agree(scene, visit, days=3, at=later(hours=41))
    order = Order.unscoped.get()
    assert (order.due_at, running(order).begun_at) == (later(days=3, hours=2), AT)
    agree(scene, running_visit(order), days=1, at=later(hours=20))
    assert Order.unscoped.get().due_at == wished
    assert Timer.objects.filter(ended_at=None).count() == 1


@pytest.mark.parametrize(("unit", "most"), [("wished", 48), ("hours", 28), ("wished", 500)])
def test_agreeing_anew_is_counted_by_the_limit_it_was_begun_by(scene: Scene, unit: str, most: int) -> None:
    visit = scene.scheduled()
    before = running(Order.unscoped.get())
    terms = Terms(most, unit, "nobody", "remind")
    set_limit(actor=SYSTEM, at=AT, place=scene.center, step="visit", terms=terms, reason="试行")
    visit = agree(scene, visit, days=5, at=later(hours=1))
    order = Order.unscoped.get()
    assert (order.due_at, running(order).limit_id) == (visit.planned_to, before.limit_id)
    agree(scene, visit, days=20, at=later(hours=2))
    order = Order.unscoped.get()
    assert (order.due_at, running(order).limit_id) == (AT + 7 * DAY, before.limit_id)


def running_visit(order: Order) -> Visit:
    return Visit.objects.get(assignment__order=order, state="planned")


def test_each_part_is_due_by_its_own_agreed_time_and_the_order_by_the_first(scene: Scene) -> None:
    order, parts = divided(scene)
    for part, other, days in ((parts[0], False, 4), (parts[1], True, 5)):
        taken(scene, order, part, other=other)
        visit = schedule_visit(
            actor=scene.actor("sun" if other else "wang"), at=later(hours=1), assignment=share_of(part),
            planned_from=later(days=days), planned_to=later(days=days, hours=2),
        )  # fmt: skip
        part.refresh_from_db()
        assert part.due_at == visit.planned_to
    assert Order.unscoped.get(pk=order.pk).due_at == parts[0].due_at
    schedule_visit(
        actor=scene.actor("wang"), at=later(hours=2), assignment=share_of(parts[0]), planned_from=later(days=6),
        planned_to=later(days=6, hours=2),
    )  # fmt: skip
    assert Order.unscoped.get(pk=order.pk).due_at == parts[1].due_at


def test_what_has_ended_is_never_due(scene: Scene) -> None:
    order = scene.placed()
    refuse_order(actor=scene.actor("li"), at=AT, order=order, reason="duplicate")
    assert Order.unscoped.get().due_at is None
    assert not Timer.objects.filter(ended_at=None).exists()


def test_an_urgent_order_has_two_hours_for_an_answer(scene: Scene) -> None:
    order = admit_order(actor=scene.actor("li"), at=AT, order=scene.placed(urgency="urgent"))
    dispatch_order(actor=scene.actor("li"), at=AT, order=order, team=scene.team)
    assert order.due_at == AT + 2 * HOUR


@pytest.mark.parametrize("urgency", ["urgent", "danger"])
def test_what_presses_is_never_given_longer_than_what_does_not(scene: Scene, urgency: str) -> None:
    terms = Terms(20, "minutes", "nobody", "to_pool")
    set_limit(
        actor=SYSTEM,
        at=AT,
        place=scene.center,
        step="accept",
        terms=terms,
        reason="理发须快",
        category="hair",
    )
    order = admit_order(actor=scene.actor("li"), at=AT, order=scene.placed(urgency=urgency))
    dispatch_order(actor=scene.actor("li"), at=AT, order=order, team=scene.team)
    assert order.due_at == AT + HOUR / 3
    assert Timer.objects.get(ended_at=None).limit.at_end == "to_pool"
    (told,) = [
        each
        for each in preview(place_id=scene.center.pk, category="hair", urgency=urgency, begins=AT)
        if each.step == "accept"
    ]
    assert (told.deadline.due_at, told.limit.amount) == (AT + HOUR / 3, 20)


def test_a_holiday_and_a_day_off_of_the_place_do_not_count(scene: Scene) -> None:
    set_working_day(
        actor=SYSTEM, at=AT, place_id=scene.center.pk, day=date(2026, 11, 23), kind="rests", reason="大雪"
    )
    assert scene.placed().due_at == at_office_end(date(2026, 11, 24))


def test_the_nearest_place_and_the_most_special_category_win(scene: Scene) -> None:
    city = scene.center.parent
    assert city is not None
    set_hours(city, 10)
    assert scene.placed().due_at == AT + 10 * HOUR
    set_hours(scene.center, 8)
    assert scene.placed().due_at == AT + 8 * HOUR
    Category.objects.create(code="care", name="照料")
    Category.objects.filter(code="hair").update(parent="care")
    Category.objects.create(code="other", name="其他")
    set_hours(scene.center, 6, category="care")
    set_hours(scene.center, 5, category="other")
    set_hours(city, 4, category="hair")
    assert scene.placed().due_at == AT + 6 * HOUR
    set_hours(scene.town, 1)
    assert scene.placed().due_at == AT + 6 * HOUR


def test_what_is_taken_back_lets_the_place_above_speak_again(scene: Scene) -> None:
    set_hours(scene.center, 8)
    take_back_limit(
        actor=SYSTEM,
        at=AT,
        place=scene.center,
        step="admit",
        category=None,
        urgency="normal",
        reason="试行结束",
        seen=Limit.objects.latest("id").uuid,
    )
    assert scene.placed().due_at == at_office_end(date(2026, 11, 23))


def test_an_order_that_is_passed_up_has_the_time_of_its_new_holder(scene: Scene) -> None:
    set_hours(scene.town, 3)
    set_hours(scene.center, 9)
    order = scene.placed()
    Order.unscoped.filter(pk=order.pk).update(holder_place=scene.town)
    order.holder_place_id = scene.town.pk
    pass_up_order(actor=SYSTEM, at=later(hours=2), order=order, reason="beyond_us")
    assert order.due_at == later(hours=2) + 9 * HOUR
    assert running(order).due_at == order.due_at


def test_setting_a_clock_costs_one_statement(scene: Scene) -> None:
    scene.placed()
    order = scene.placed()
    with CaptureQueriesContext(connection) as asked:
        admit_order(actor=scene.actor("li"), at=AT, order=order)
    of_clock = [query["sql"] for query in asked.captured_queries if "limits_" in query["sql"]]
    assert len(of_clock) == 1


def test_a_rule_changed_by_another_process_is_noticed(scene: Scene) -> None:
    scene.placed()
    with connection.cursor() as cursor:  # behind the back of what this process has at hand
        cursor.execute(
            "INSERT INTO limits_limit (uuid, step, level, urgency, word, in_force, amount, unit, at_half, at_end,"
            " reason, at)"
            " VALUES (gen_random_uuid(), 'admit', '', 'normal', 2, true, 5, 'hours', 'nobody', 'remind', '', now())"
        )
    assert scene.placed().due_at == AT + 5 * HOUR


def test_the_database_lets_one_clock_run_an_order(scene: Scene) -> None:
    timer = running(scene.placed())
    with pytest.raises(IntegrityError), transaction.atomic():
        Timer.objects.create(
            order_id=timer.order_id, step_id=timer.step_id, effect="review", limit_id=timer.limit_id, begun_at=AT,
            half_at=AT, due_at=AT,
        )  # fmt: skip


def test_limits_and_firings_are_never_changed(scene: Scene) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        Limit.objects.update(amount=9)
    with pytest.raises(DatabaseError), transaction.atomic():
        Firing.objects.all().delete()


def test_open_orders_without_a_clock_get_one_that_begins_now(scene: Scene) -> None:
    order = scene.placed()
    Timer.objects.all().delete()
    Order.unscoped.update(due_at=None, half_at=None)
    much_later = AT + 30 * DAY
    assert start_missing_clocks(at=much_later) == 1
    assert running(order).begun_at == much_later
    assert start_missing_clocks(at=much_later) == 0
    assert Order.unscoped.get().due_at > much_later


def test_one_order_whose_clock_cannot_start_holds_no_other_up(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken, other = scene.placed(), scene.placed()
    Timer.objects.all().delete()
    run = clock.run_clock

    def run_but_one(*, order: Order, step_id: int, at: datetime) -> None:
        if order.pk == broken.pk:
            raise RuntimeError("a rule that cannot be counted")
        run(order=order, step_id=step_id, at=at)

    monkeypatch.setattr(clock, "run_clock", run_but_one)
    wishes: list[datetime] = []

    def start_wishes(*, at: datetime) -> int:
        wishes.append(at)
        return 0

    monkeypatch.setattr(operations, "start_missing_wish_clocks", start_wishes)
    with pytest.raises(RuntimeError):
        start_missing.run(at=AT + 30 * DAY)
    assert set(Timer.objects.values_list("order", flat=True)) == {other.pk}
    assert wishes == [AT + 30 * DAY], "nor what comes behind the orders"


def test_the_report_is_due_ten_working_days_after_the_visit_began(scene: Scene) -> None:
    visit = scene.scheduled()
    begun = datetime(2026, 12, 21, 1, 0, tzinfo=UTC)
    check_in(
        actor=scene.actor("zhao"), at=begun, visit=visit, proof=Proof(way="hand", reason_code="no_phone")
    )
    # 22 to 25, 28 to 31 December, not the first of January, then 4 and 5
    assert Order.unscoped.get().due_at == at_office_end(date(2027, 1, 5))


def set_hours(place: Place, hours: int, category: str | None = None) -> None:
    terms = Terms(amount=hours, unit="hours", at_half="nobody", at_end="remind")
    set_limit(
        actor=SYSTEM, at=AT, place=place, step="admit", terms=terms, reason="试行", category=category
    )  # fmt: skip


def test_half_of_the_time_is_half_of_the_office_hours(scene: Scene) -> None:
    # Friday from 9:00 has six hours of work, Monday six and a half: half of them are over a quarter hour into Monday's
    # first hour, at 8:45.
    assert scene.placed().half_at == datetime(2026, 11, 23, 0, 45, tzinfo=UTC)
