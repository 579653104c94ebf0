"""What presses may be over by a general limit that is shorter: its own says what is done then, and who is told."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sidan.core.actor import SYSTEM
from sidan.limits.models import Firing, Limit, TaskTimer, Timer
from sidan.limits.operations import Terms, set_limit
from sidan.limits.operations.tasks import begin_task
from sidan.limits.policies import PRESSING, Deadline, Key, Rule, rules_for, soonest
from sidan.limits.tasks import fire
from sidan.notify.models import Notice
from sidan.orders.models import Order
from sidan.orders.operations import (
    Change,
    change_order,
    dispatch_order,
    join_order,
    merge_order,
    withdraw_offer,
)
from tests.limits.helpers import HOUR
from tests.limits.test_gaining_no_time import DANGER, all_is_sound
from tests.orders.browsing import browser, text_of
from tests.orders.scene import AT, Scene, later
from tests.orders.splits import divided, fresh

BEGINS: Final = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
WRITTEN: Final = st.dictionaries(
    st.sampled_from(["danger", "urgent", "normal"]),
    st.tuples(st.integers(1, 9), st.sampled_from(["remind", "up"])),
    max_size=3,
)


def counted(rule: Rule) -> Deadline:
    due = BEGINS + timedelta(hours=rule.amount)
    return Deadline(half_at=BEGINS, due_at=due)


@given(WRITTEN, st.sampled_from(["danger", "urgent", "normal"]))
def test_the_shortest_time_ends_as_the_limit_of_what_presses_most_says_unless_it_only_reminds(
    told: dict[str, tuple[int, str]], urgency: str
) -> None:
    written: dict[Key, Rule] = {
        (None, "admit", None, "", each): Rule(number, amount, "hours", each, at_end)
        for number, (each, (amount, at_end)) in enumerate(told.items(), 1)
    }
    found = rules_for(written, chain=[], level="", categories=[], step="admit", urgency=urgency)
    held = soonest(found, count=counted)
    said = [each for each in PRESSING.get(urgency, ("normal",)) if each in told]
    if not said:
        assert held is None
        return
    assert held is not None
    assert held[1].amount == min(told[each][0] for each in said)
    acts = held[1].acts_by or held[1].limit_id
    most = written[None, "admit", None, "", said[0]]
    does_more = most.at_end == "remind" and held[1].at_end == "up"
    assert acts == (held[1] if does_more else most).limit_id


def limit(scene: Scene, urgency: str, hours: int, at_end: str, **more: Any) -> int:
    """Write what holds at the center, and return who is named, or none."""
    step, half = more.pop("step", "dispatch"), more.pop("at_half", "nobody")
    person = scene.accounts[more.pop("who")] if "who" in more else None
    terms = Terms(hours, "hours", half, at_end, person)
    written = set_limit(
        actor=SYSTEM, at=AT, place=scene.center, step=step, urgency=urgency, terms=terms, reason="试行"
    )
    return written.pk


def running(order: Order) -> Timer:
    return Timer.objects.get(order=order, ended_at=None)


def ends(timer: Timer) -> tuple[datetime, int]:
    return timer.due_at, timer.acting.pk


def test_an_urgent_order_goes_up_as_its_limit_says_though_a_general_one_is_over_first(scene: Scene) -> None:
    own, _all = (
        limit(scene, "urgent", 8, "up", step="admit"),
        limit(scene, "normal", 2, "remind", step="admit"),
    )
    order = scene.placed(urgency="urgent")
    Order.unscoped.update(holder_place=scene.town)
    assert ends(running(order)) == (later(hours=2), own)
    assert fire.run(at=later(hours=2)) == 1
    assert (Firing.objects.get().did, fresh(order).holder_place_id) == ("up", scene.center.pk)


def test_an_ordinary_order_ends_as_the_general_limit_says(scene: Scene) -> None:
    limit(scene, "urgent", 1, "up", step="admit")
    general = limit(scene, "normal", 2, "remind", step="admit")
    order = scene.placed()
    Order.unscoped.update(holder_place=scene.town)
    assert (ends(running(order)), running(order).acts_by_id) == ((later(hours=2), general), None)
    fire.run(at=later(hours=2))
    assert (Firing.objects.get().did, fresh(order).holder_place_id) == ("remind", scene.town.pk)


def test_the_person_whom_the_limit_of_urgent_orders_names_is_told_and_the_page_says_so(scene: Scene) -> None:
    limit(scene, "urgent", 8, "to_person", step="admit", who="li")
    limit(scene, "normal", 2, "remind", step="admit")
    scene.placed(urgency="urgent")
    fire.run(at=later(hours=2))
    assert Firing.objects.get().did == "to_person"
    assert Notice.objects.filter(account=scene.accounts["li"], kind="limit_see_to_it").count() == 1
    page = text_of(browser(scene, "li").get("/console/limits/clocks/"))
    assert "李文 was told to see to it" in page


def test_at_half_time_too_those_are_told_whom_the_limit_of_what_presses_says(scene: Scene) -> None:
    limit(scene, "urgent", 8, "remind", step="admit", at_half="who_acts")
    limit(scene, "normal", 2, "remind", step="admit")
    scene.placed(urgency="urgent")
    assert fire.run(at=later(hours=1)) == 1
    assert (Firing.objects.get().kind, Firing.objects.get().did) == ("half", "who_acts")


def test_a_limit_for_danger_that_only_reminds_does_not_soften_a_general_one_that_is_over_first(
    scene: Scene,
) -> None:
    limit(scene, "danger", 1, "remind", step="admit")
    terms = Terms(20, "minutes", "nobody", "to_person", scene.accounts["li"])
    general = set_limit(
        actor=SYSTEM, at=AT, place=scene.center, step="admit", urgency="normal", terms=terms, reason="试行"
    )
    order = scene.placed(need=DANGER)
    assert ends(running(order)) == (later(minutes=20), general.pk)
    fire.run(at=later(minutes=20))
    assert Firing.objects.get().did == "to_person"


def test_what_turns_out_to_be_a_danger_after_its_end_was_told_has_its_own_time_and_goes_up(
    scene: Scene,
) -> None:
    general = limit(scene, "normal", 2, "remind", step="admit")
    order = scene.placed()
    Order.unscoped.update(holder_place=scene.town)
    fire.run(at=later(hours=2))
    change_order(actor=scene.actor("zhou"), at=later(hours=3), order=fresh(order), change=Change(need=DANGER))
    assert (running(order).due_at, running(order).acting.urgency) == (later(hours=3.5), "danger")
    told = Firing.objects.get()
    assert (told.did, told.timer.acting.pk, told.timer.ended_at) == ("remind", general, later(hours=3))
    for minutes in (15, 30):
        fire.run(at=later(hours=3, minutes=minutes))
    assert (Firing.objects.latest("id").did, fresh(order).holder_place_id) == ("up", scene.center.pk)
    assert all_is_sound()


def test_what_turns_out_to_be_a_danger_ends_as_one_where_its_time_is_over_sooner(scene: Scene) -> None:
    order = scene.admitted()
    Order.unscoped.update(holder_place=scene.town)
    due = running(order).due_at
    change_order(actor=scene.actor("zhou"), at=due - HOUR / 4, order=fresh(order), change=Change(need=DANGER))
    assert (running(order).due_at, running(order).acting.urgency) == (due, "danger")
    fire.run(at=due)
    assert (Firing.objects.latest("id").did, fresh(order).holder_place_id) == ("up", scene.center.pk)


def test_it_ends_so_also_when_a_team_was_asked_and_the_offer_taken_back(scene: Scene) -> None:
    order, li = scene.admitted(), scene.actor("li")
    due = running(order).due_at
    dispatch_order(actor=li, at=later(hours=1), order=order, team=scene.team)
    change_order(actor=scene.actor("zhou"), at=due - HOUR / 4, order=fresh(order), change=Change(need=DANGER))
    for minutes in (5, 3):
        withdraw_offer(actor=li, at=due - HOUR * minutes / 60, order=fresh(order))
        assert (running(order).due_at, running(order).acting.urgency) == (due, "danger")
        dispatch_order(actor=li, at=due - HOUR * (minutes - 1) / 60, order=fresh(order), team=scene.team)
    assert all_is_sound()


@pytest.mark.parametrize("joined", [False, True], ids=["split", "joined"])
def test_parts_and_what_is_joined_of_them_end_so_too(scene: Scene, joined: bool) -> None:
    order, (hair, lamp) = divided(scene)
    due = Timer.objects.get(part=hair, ended_at=None).due_at
    other = scene.placed(need=DANGER)
    merge_order(actor=scene.actor("li"), at=due - HOUR / 4, order=other, into=fresh(order))
    if joined:
        join_order(actor=scene.actor("li"), at=due - HOUR / 6, order=fresh(order))
    rows = Timer.objects.filter(order=order, ended_at=None)
    assert {row.part_id for row in rows} == ({None} if joined else {hair.pk, lamp.pk})
    assert {(row.due_at, row.acting.urgency) for row in rows} == {(due, "danger")}
    assert all_is_sound()


def test_a_call_back_about_an_urgent_order_ends_as_its_limit_says(scene: Scene) -> None:
    own = limit(scene, "urgent", 8, "up", step="call_back")
    limit(scene, "normal", 2, "remind", step="call_back")
    order = scene.placed(urgency="urgent")
    begin_task(task="call_back", order=order, turn=order.turn, at=AT)
    timer = TaskTimer.objects.get(ended_at=None)
    assert (timer.due_at, timer.acting.pk) == (later(hours=2), own)


def test_the_form_and_the_api_say_whose_end_is_carried_out(scene: Scene) -> None:
    own = limit(scene, "urgent", 8, "up", step="admit")
    limit(scene, "normal", 2, "remind", step="admit", at_half="who_acts")
    client = browser(scene, "director")
    page = client.get(f"/console/limits/{scene.town.uuid}/change/?step=admit&urgency=urgent").content.decode()
    assert re.search(r'<input[^>]*name="amount"[^>]*value="2"|<input[^>]*value="2"[^>]*name="amount"', page)
    assert re.search(r'value="up"[^>]*(selected|checked)', page)
    told = browser(scene, "li").get(f"/api/v1/limits/{scene.center.uuid}/deadlines?urgency=urgent").json()
    (admit,) = (each for each in told if each["step"] == "admit")
    assert (admit["limit"] == admit["acts_by"], admit["acts_by"]) == (
        False, str(Limit.objects.get(pk=own).uuid),
    )  # fmt: skip
