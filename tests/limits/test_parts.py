"""The clocks of an order that was split: one each part, and the order is due when the first of them is."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from sidan.catalogue.models import Category
from sidan.core.actor import SYSTEM
from sidan.limits.models import Firing, Timer
from sidan.limits.operations import NotDue, Terms, fire_timer, set_limit, start_missing_clocks
from sidan.limits.tasks import fire
from sidan.notify.models import Notice
from sidan.orders.models import Order, WorkPart
from sidan.orders.operations import (
    PartWish,
    accept_order,
    cancel_order,
    close_order,
    decline_order,
    dispatch_order,
    give_up,
    join_order,
    leave_out_part,
    open_call,
    schedule_visit,
    send_down_order,
    split_order,
)
from tests.limits.helpers import DAY, HOUR
from tests.orders.browsing import browser, text_of
from tests.orders.scene import AT, Scene, later
from tests.orders.splits import divided, fresh, offered, served, share_of, taken


def clock_of(part: WorkPart) -> Timer:
    return Timer.objects.get(part=part, ended_at=None)


def steps_running(order: Order) -> dict[int | None, str]:
    """What each clock of an order measures, by the part."""
    return dict(Timer.objects.filter(order=order, ended_at=None).values_list("part", "effect"))


def told(scene: Scene, name: str, kind: str) -> int:
    return Notice.objects.filter(account_id=scene.accounts[name], kind=kind).count()


def test_each_part_has_a_clock_and_the_order_has_none_of_its_own(scene: Scene) -> None:
    order, (hair, lamp) = divided(scene)
    assert steps_running(order) == {hair.pk: "dispatch", lamp.pk: "dispatch"}
    offered(scene, order, hair)
    taken(scene, order, lamp, other=True)
    assert steps_running(order) == {hair.pk: "accept", lamp.pk: "contact"}
    assert clock_of(hair).due_at == later(minutes=2) + DAY
    assert clock_of(lamp).due_at == later(minutes=3) + DAY
    told_of_order = fresh(order)
    assert (told_of_order.due_at, told_of_order.half_at) == (
        later(minutes=2) + DAY,
        later(minutes=2) + DAY / 2,
    )
    lamp.refresh_from_db()
    assert lamp.due_at == later(minutes=3) + DAY


def test_a_split_gains_no_time_and_what_it_was_told_is_not_told_again(scene: Scene) -> None:
    order = scene.admitted()
    due, half = order.due_at, order.half_at
    assert due is not None
    assert half is not None
    assert fire.run(at=half) == 1
    kind = scene.project.category
    wishes = [PartWish("剪头发", kind), PartWish("修电灯", kind)]
    parts = split_order(actor=scene.actor("li"), at=half + HOUR, order=fresh(order), parts=wishes)
    assert {clock_of(part).due_at for part in parts} == {due}
    assert {clock_of(part).next_at for part in parts} == {due}, "half of it is over, and was told of"
    assert fresh(order).due_at == due
    join_order(actor=scene.actor("li"), at=half + 2 * HOUR, order=fresh(order))
    assert steps_running(order) == {None: "dispatch"}
    assert (fresh(order).due_at, Timer.objects.get(order=order, ended_at=None).next_at) == (due, due)
    assert not WorkPart.objects.filter(order=order, due_at__isnull=False).exists()
    assert fire.run(at=due) == 1
    split_order(actor=scene.actor("li"), at=due + HOUR, order=fresh(order), parts=wishes)
    assert fire.run(at=due + 2 * HOUR) == 0, "that the time is over was told, too"


def test_offers_made_at_different_times_end_at_different_times(scene: Scene) -> None:
    order, (hair, lamp) = divided(scene)
    first = offered(scene, order, hair)
    dispatch_order(
        actor=scene.actor("li"), at=later(hours=20), order=fresh(order), team=scene.other_team, part=lamp
    )
    assert fire.run(at=later(hours=25)) == 1
    first.refresh_from_db()
    assert (first.state, share_of(lamp).state) == ("withdrawn", "offered")
    assert fresh(order).state == "admitted", "one part waits for a team again"
    assert steps_running(order) == {hair.pk: "dispatch", lamp.pk: "accept"}
    assert (told(scene, "wang", "order_withdrawn"), told(scene, "sun", "order_withdrawn")) == (0 + 1, 0)
    assert fire.run(at=later(hours=45)) >= 1
    assert share_of(lamp).state == "withdrawn"


def test_at_half_only_the_team_of_the_part_is_reminded_and_the_message_names_the_part(scene: Scene) -> None:
    order, (hair, lamp) = divided(scene)
    taken(scene, order, hair)
    dispatch_order(
        actor=scene.actor("li"), at=later(hours=6), order=fresh(order), team=scene.other_team, part=lamp
    )
    assert fire.run(at=later(minutes=3) + 12 * HOUR) == 1
    reminded = "limit_half_for_team"
    assert (told(scene, "wang", reminded), told(scene, "sun", reminded)) == (1, 0)
    assert fire.run(at=later(hours=18)) == 1
    assert told(scene, "sun", reminded) == 1
    assert "part 2" in text_of(browser(scene, "sun").get("/notices/"))
    page = text_of(browser(scene, "li").get("/console/limits/clocks/"))
    assert "part 1" in page
    assert "part 2" in page


def test_a_moment_of_a_part_is_fired_once(scene: Scene) -> None:
    order, (hair, _lamp) = divided(scene)
    offered(scene, order, hair)
    timer = clock_of(hair)
    fire_timer(at=timer.half_at, timer_id=timer.pk)
    with pytest.raises(NotDue):
        fire_timer(at=timer.half_at, timer_id=timer.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        Firing.objects.create(timer=timer, kind="half", did="who_acts", at=AT)
    with pytest.raises(IntegrityError, match="limits_one_timer_runs_a_part"), transaction.atomic():
        Timer.objects.create(
            order=order, part=hair, step=timer.step, effect="report", limit=timer.limit, begun_at=AT, half_at=AT,
            due_at=AT,
        )  # fmt: skip


def test_a_killed_worker_leaves_the_part_as_it_was(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    order, (hair, _lamp) = divided(scene)
    offered(scene, order, hair)
    timer = clock_of(hair)

    def killed(**_facts: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("sidan.limits.operations.taking.record", killed)
        with pytest.raises(KeyboardInterrupt):
            fire_timer(at=timer.due_at, timer_id=timer.pk)
    hair.refresh_from_db()
    assert (hair.state, share_of(hair).state, clock_of(hair).pk) == ("dispatched", "offered", timer.pk)
    assert fire.run(at=timer.due_at) == 1
    assert share_of(hair).state == "withdrawn"


def test_agreeing_on_another_time_for_a_part_gains_none(scene: Scene) -> None:
    order, (hair, _lamp) = divided(scene)
    share = taken(scene, order, hair)
    for hours in (1, 5):
        schedule_visit(
            actor=scene.actor("wang"), at=later(minutes=5 + hours), assignment=share_of(hair),
            planned_from=later(hours=hours), planned_to=later(hours=hours + 1),
        )  # fmt: skip
    assert clock_of(hair).begun_at == later(minutes=6)
    assert (clock_of(hair).effect, share.part_id) == ("visit", hair.pk)


def test_when_the_last_part_is_done_the_resident_has_time_to_review(scene: Scene) -> None:
    order, (hair, lamp) = divided(scene)
    taken(scene, order, hair)
    served(scene, hair, "wang")
    assert steps_running(order) == {lamp.pk: "dispatch"}, "what is done waits for nobody"
    leave_out_part(
        actor=scene.actor("li"), at=later(hours=3), order=fresh(order), part=lamp, reason="no_people"
    )
    assert steps_running(order) == {None: "review"}
    assert fresh(order).due_at == later(hours=3) + 7 * DAY
    assert not WorkPart.objects.filter(order=order, due_at__isnull=False).exists()


def test_a_part_that_failed_waits_for_the_dispatcher_and_a_closed_order_for_nobody(scene: Scene) -> None:
    order, (hair, lamp) = divided(scene)
    for part, leader in ((hair, "wang"), (lamp, "sun")):
        taken(scene, order, part, other=leader == "sun")
        give_up(actor=scene.actor(leader), at=later(minutes=9), assignment=share_of(part), reason="no_skill")
    assert fresh(order).state == "failed"
    assert steps_running(order) == {hair.pk: "dispatch", lamp.pk: "dispatch"}
    close_order(actor=scene.actor("li"), at=later(minutes=10), order=fresh(order))
    assert steps_running(order) == {}
    assert not WorkPart.objects.filter(order=order, due_at__isnull=False).exists()
    assert start_missing_clocks(at=later(hours=1)) == 0
    order, parts = divided(scene)
    taken(scene, order, parts[0])
    cancel_order(actor=scene.actor("zhou"), at=later(minutes=9), order=fresh(order))
    assert steps_running(order) == {}


def test_where_all_is_left_out_the_whole_order_waits_for_the_dispatcher(scene: Scene) -> None:
    order, parts = divided(scene)
    for part in parts:
        leave_out_part(
            actor=scene.actor("li"), at=later(minutes=5), order=fresh(order), part=part, reason="no_people"
        )
    assert steps_running(order) == {None: "dispatch"}


def test_a_part_is_measured_by_its_own_kind(scene: Scene) -> None:
    kind = Category.objects.create(code="lamps", name="修电灯")
    terms = Terms(3, "hours", "who_acts", "remind")
    set_limit(
        actor=SYSTEM, at=AT, place=scene.center, step="dispatch", category="lamps", terms=terms, reason="试行"
    )
    wishes = [PartWish("剪头发", scene.project.category), PartWish("修电灯", kind)]
    order = scene.admitted()
    hair, lamp = split_order(actor=scene.actor("li"), at=AT, order=order, parts=wishes)
    assert clock_of(lamp).due_at == AT + 3 * HOUR
    assert clock_of(hair).due_at > clock_of(lamp).due_at
    assert fresh(order).due_at == AT + 3 * HOUR


def test_a_place_that_hands_on_gives_time_to_what_waits_and_teams_keep_theirs(scene: Scene) -> None:
    order, (hair, lamp) = divided(scene)
    taken(scene, order, hair)
    kept, former = clock_of(hair).pk, clock_of(lamp).pk
    send_down_order(
        actor=scene.actor("li"), at=later(hours=8), order=fresh(order), to=scene.town, reason="nearer"
    )
    assert clock_of(hair).pk == kept
    assert clock_of(lamp).pk != former
    assert clock_of(lamp).begun_at == later(hours=8)


def test_a_part_that_nobody_finds_a_team_for_takes_the_order_one_level_up(scene: Scene) -> None:
    order, (hair, lamp) = divided(scene)
    taken(scene, order, hair)
    Order.unscoped.filter(pk=order.pk).update(holder_place=scene.town)
    due = clock_of(lamp).due_at
    fire.run(at=due)
    assert fresh(order).holder_place_id == scene.center.pk
    assert Firing.objects.filter(timer__part=lamp, kind="end").get().did == "up"
    assert clock_of(lamp).begun_at == due
    assert share_of(hair).state == "accepted"


def test_clocks_that_are_missing_are_started_part_by_part(scene: Scene) -> None:
    order, (hair, lamp) = divided(scene)
    offered(scene, order, hair)
    whole = Timer.objects.filter(order=order, part=None).latest("id")
    Timer.objects.filter(part__isnull=False).delete()
    Timer.objects.filter(pk=whole.pk).update(ended_at=None, next_at=whole.half_at)
    WorkPart.objects.update(due_at=None, half_at=None)
    assert start_missing_clocks(at=later(hours=2)) == 1
    assert steps_running(order) == {hair.pk: "accept", lamp.pk: "dispatch"}, "the one of the whole has ended"
    assert clock_of(hair).due_at == later(hours=26)
    assert start_missing_clocks(at=later(hours=3)) == 0


def test_a_call_of_a_part_ends_that_call_alone(scene: Scene) -> None:
    order, (hair, lamp) = divided(scene)
    open_call(
        actor=scene.actor("li"), at=later(minutes=2), order=fresh(order), part=hair, area=scene.center,
        way="first_come", until=later(hours=4),
    )  # fmt: skip
    offered(scene, order, lamp, other=True)
    assert clock_of(hair).due_at == later(hours=4)
    assert fresh(order).state == "dispatched"
    assert fire.run(at=later(hours=4)) == 1
    hair.refresh_from_db()
    assert (hair.state, share_of(lamp).state) == ("admitted", "offered")
    assert Firing.objects.filter(timer__part=hair, kind="end").get().did == "to_pool"


def test_a_call_of_a_part_goes_on_in_a_wider_area(scene: Scene) -> None:
    terms = Terms(24, "hours", "who_acts", "widen")
    set_limit(actor=SYSTEM, at=AT, place=scene.center, step="accept", terms=terms, reason="试行")
    order, (hair, _lamp) = divided(scene)
    call = open_call(
        actor=scene.actor("li"), at=later(minutes=2), order=fresh(order), part=hair, area=scene.town,
        way="first_come", until=later(days=1),
    )  # fmt: skip
    assert fire.run(at=call.until) >= 1
    wider = hair.calls.get(state="open")
    assert wider.area_id == scene.center.pk
    assert clock_of(hair).due_at == wider.until == call.until + (call.until - later(minutes=2))


def test_a_declined_part_waits_anew_while_the_other_clock_runs_on(scene: Scene) -> None:
    order, (hair, lamp) = divided(scene)
    share = offered(scene, order, hair)
    offered(scene, order, lamp, other=True)
    kept = clock_of(lamp).pk
    decline_order(actor=scene.actor("wang"), at=later(hours=1), assignment=share, reason="no_people")
    assert clock_of(lamp).pk == kept
    assert (clock_of(hair).effect, clock_of(hair).begun_at) == ("dispatch", later(hours=1))
    accept_order(actor=scene.actor("sun"), at=later(hours=2), assignment=share_of(lamp))
    assert clock_of(lamp).due_at == later(hours=26)


def test_what_is_left_stands_at_each_part(scene: Scene) -> None:
    order, (hair, _lamp) = divided(scene)
    share = taken(scene, order, hair)
    WorkPart.objects.filter(pk=hair.pk).update(due_at=AT - timedelta(days=365), half_at=AT - 2 * DAY * 300)
    drawer = text_of(browser(scene, "li").get(f"/console/queue/{order.uuid}/"))
    assert "a time is to be agreed by" in drawer
    assert "to be offered to a team by" in drawer
    card = text_of(browser(scene, "wang").get(f"/console/board/{share.uuid}/"))
    assert "a time is to be agreed by" in card
    assert "to be offered to a team by" not in card
