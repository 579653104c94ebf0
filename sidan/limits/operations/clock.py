"""Setting the clock of an order or a wish: in the transaction of its step, by one statement (ADR 0010)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any, Final

from sidan.core.jobs import each_alone
from sidan.core.transactions import act
from sidan.limits.enums import Unit
from sidan.limits.models import Running, Timer
from sidan.limits.policies import (
    OF_WORKING_DAYS,
    STEP_OF_STATE,
    STEP_OF_WISH,
    Deadline,
    Rule,
    set_later,
    takes_visit_back,
)
from sidan.limits.queries import (
    EDITIONS,
    Rules,
    earliest_running,
    former_of,
    has_running_parts,
    held_since,
    is_told_over,
    orders_without_timer,
    parts_without_timer,
    pressed_since,
    rules_now,
    step_of,
    visits_running,
    wishes_without_timer,
)
from sidan.orders import operations as orders
from sidan.orders.enums import Urgency
from sidan.orders.models import Order, WorkPart
from sidan.orders.queries import agreed_end, open_call_of, visit_waits_until
from sidan.wishes import operations as wishes
from sidan.wishes.models import Wish

FRESH: Final = f"""
fresh AS (
    SELECT 1 WHERE ({EDITIONS}) = %(editions)s::bigint[]
)"""
_END: Final = """, {name} AS (
    UPDATE {timers} SET ended_at = %(at)s, next_at = NULL
    WHERE {whose} AND ended_at IS NULL AND EXISTS (SELECT FROM fresh) RETURNING id
)"""
_BEGIN: Final = """, begun AS (
    INSERT INTO {timers} ({columns}, step_id, effect, limit_id, acts_by_id, begun_at, half_at, due_at, next_at)
    SELECT {keys}, %(step)s, %(effect)s, %(rule)s::bigint, %(acts_by)s::bigint, %(begins)s::timestamptz,
           %(half)s::timestamptz, %(due)s::timestamptz, %(next)s::timestamptz
    FROM {done}
    WHERE %(rule)s::bigint IS NOT NULL AND EXISTS (SELECT FROM fresh)
)"""
_DONE: Final = "(SELECT count(*) FROM ended) AS done"
_BOTH_DONE: Final = f"{_DONE}, (SELECT count(*) FROM parts_ended) AS parts_done"
"""They make the new timer wait for the end of the old ones: a thing has one that runs."""
_OF_ALL: Final = _END.format(
    name="ended", timers="limits_timer", whose="order_id = %({key})s AND part_id IS NULL"
)
_OF_PARTS: Final = _END.format(
    name="parts_ended", timers="limits_timer", whose="{whose} AND part_id IS NOT NULL"
)
OF_ORDERS: Final = (
    FRESH
    + _OF_ALL.format(key="thing")
    + _OF_PARTS.format(whose="order_id = %(thing)s")
    + f", {orders.PARTS_ARE_UNTIMED}"
    + _BEGIN.format(timers="limits_timer", columns="order_id", keys="%(thing)s", done=_BOTH_DONE)
)
"""A clock of the whole order ends those of its parts, and that of a part the one of the whole."""
OF_PARTS: Final = (
    FRESH
    + _OF_ALL.format(key="order")
    + _OF_PARTS.format(whose="order_id = %(order)s AND part_id = %(thing)s")
    + f", {orders.WHOLE_IS_DUE}"
    + _BEGIN.format(
        timers="limits_timer", columns="order_id, part_id", keys="%(order)s, %(thing)s", done=_BOTH_DONE
    )
)
OF_WISHES: Final = (
    FRESH
    + _END.format(name="ended", timers="limits_wishtimer", whose="wish_id = %(thing)s")
    + _BEGIN.format(timers="limits_wishtimer", columns="wish_id", keys="%(thing)s", done=_DONE)
)
Found = tuple[str, Rule, Deadline] | None
"""What must be done, by which limit, until when."""
TRIES: Final = 5


class RulesKeepChanging(RuntimeError):
    """Limits or calendars were changed faster than they could be read."""


class NothingMissing(RuntimeError):
    """What had no clock moved on meanwhile, and needs none any more."""


@dataclass(frozen=True, slots=True)
class Start:
    """When the time of a clock began, and which of its moments are still to come."""

    begins: datetime
    at: datetime
    is_over: bool = False
    """That it was over was told by what it goes on from."""
    again_at: datetime | None = None
    """When that is told again, if it was."""
    former: Timer | None = None
    """Whose end holds: what goes on ends when it would have, whatever limits and calendars say by now."""
    urgency: str | None = None
    """Of a time that began before, or when, an order came to press more: how urgent it was from then on."""

    def next_of(self, due: Deadline) -> datetime | None:
        """Return when the clock does something first: nobody is told twice of what is half over, or over."""
        if due.half_at > self.at or self.begins == self.at:
            return due.half_at
        return self.again_at if self.is_over and due.due_at <= self.at else due.due_at


def run_clock(*, order: Order, step_id: int, at: datetime) -> None:
    """End the clock of the state an order left and start that of the state it entered, by its holder's limits.

    A time that is agreed anew does not come here but to `agree_clock`: agreeing again and again gains no time.

    Raises:
        RulesKeepChanging: which undoes the step.
    """
    _run_whole(order, step_id, [Start(begins=at, at=at)])


def run_part_clock(*, part: WorkPart, step_id: int, at: datetime) -> None:
    """Do the same for one part of an order that was split, by the limit of its own kind.

    When the last part is done, or left out, the order's own time begins. Raises RulesKeepChanging.
    """
    start, order = Start(begins=at, at=at), part.order
    if step_of(order=order, part=part) is None and not has_running_parts(order=order, besides=part):
        _run_whole(order, step_id, [start])
    else:
        _run_part(part, step_id, [start])


def hand_on_clock(*, order: Order, step_id: int, at: datetime) -> None:
    """Let the time of an order go on in its parts, or theirs in the order's, from where it has run longest.

    Raises:
        RulesKeepChanging: which undoes the step.
    """
    step = step_of(order=order, part=None) or ""
    former = earliest_running(order=order, step=step)
    starts: Sequence[Start] = [Start(begins=at, at=at)]
    if former:
        whole = former_of(order=order, part=None, step=step)
        held = whole if whole is not None and whole.begun_at == former.begun_at else former
        begun = Start(former.begun_at, at, is_told_over(timer=former), former.next_at, held)
        starts = _until_it_pressed(order, former, begun)
    parts = list(order.parts.filter(ended_at=None))
    for part in parts:
        part.order = order
        _run_part(part, step_id, starts)
    if parts:
        order.refresh_from_db(fields=["due_at", "half_at"])
    else:
        _run_whole(order, step_id, starts)


def take_up_clock(*, order: Order, step_id: int, at: datetime) -> None:
    """Let the office's own time go on: it asked a team and took that back, or says that none was found.

    Raises:
        RulesKeepChanging: which undoes the step.
    """
    _run(order, None, step_id, _where_it_was(order, None, at))


def take_up_part_clock(*, part: WorkPart, step_id: int, at: datetime) -> None:
    """Do the same for one part of an order that was split. Raises RulesKeepChanging."""
    _run_part(part, step_id, _where_it_was(part.order, part, at))


def _where_it_was(order: Order, part: WorkPart | None, at: datetime) -> Sequence[Start]:
    """Return from where the time of a step goes on; a place that has it from another one does not inherit its time."""
    former = former_of(order=order, part=part, step=step_of(order=order, part=part) or "")
    if former is None:
        return [Start(begins=at, at=at)]
    begins = max(former.begun_at, held_since(order=order) or former.begun_at)
    opens = rules_now(fresh=True).time(order.holder_place_id).next_opening(at)
    held = former if begins == former.begun_at else None
    return _until_it_pressed(order, former, Start(begins, at, is_told_over(timer=former), opens, held))


def _until_it_pressed(order: Order, former: Timer, start: Start) -> Sequence[Start]:
    """Return from where a time goes on, and anew from each moment since at which its order came to press more.

    What ends first holds. Nobody is late with a danger before it was heard of: it never counts from the former start.
    """
    pressed = pressed_since(order=order, since=start.begins)
    if not pressed:
        return [start]
    anew = [replace(start, begins=at, former=None, urgency=urgency) for at, urgency in pressed]
    return [replace(start, urgency=former.limit.urgency), *anew]


def hasten_clock(*, order: Order, step_id: int, at: datetime) -> None:
    """Count what turned out to be a danger, or urgent, anew, from now on, where its time is over sooner then.

    How long an open call lasts says who opened it, who knew of no danger: it ends sooner then, too.

    Raises:
        RulesKeepChanging: which undoes what brought the danger to light.
    """
    parts, rules = list(order.parts.filter(ended_at=None)), rules_now(fresh=True)
    for part in parts:
        part.order = order
    works: list[WorkPart | None] = [*parts] or [None]
    for work in works:
        _hasten(rules, order, work, step_id, at)
    if parts:
        order.refresh_from_db(fields=["due_at", "half_at"])


def _hasten(rules: Rules, order: Order, part: WorkPart | None, step_id: int, at: datetime) -> None:
    """Count anew where that is over sooner; where it is not, the end that comes is carried out as what presses says.

    An end that was told already is history: what came to press after it has its own time from now on.
    """
    found, call = rules.for_order(order=order, part=part, begins=at), open_call_of(order=order, part=part)
    if found is None:
        return
    step, rule, due = found
    due_at = call.until if call else (part or order).due_at
    running = Timer.objects.filter(order=order, part=part, effect=step, ended_at=None).first()
    goes_as_before = running is None or rule.pressing in {None, running.limit_id, running.acts_by_id}
    is_over = running is not None and (_has_told_end(running, at) or is_told_over(timer=running))
    if due_at is None or due.due_at < due_at or (is_over and not goes_as_before and call is None):
        if call is not None:
            orders.shorten_call(call=call, until=due.due_at)
            order.called_until = due.due_at
        _run(order, part, step_id, [Start(begins=at, at=at)])
        order.called_until = None
    elif running is not None and not goes_as_before:
        Timer.objects.filter(pk=running.pk).update(acts_by=rule.pressing)


def agree_clock(*, order: Order, step_id: int, at: datetime) -> None:
    """Count the time until a visit that was agreed anew from where it began: no more is gained than its limit.

    By its own limit: that of now was told to nobody. A clock that has told of its end, and takes back, waits for what
    is agreed now: earlier or later than before.

    Raises:
        RulesKeepChanging: which undoes the agreement.
    """
    rules = rules_now(fresh=True)
    for former in visits_running(order=order):
        part = former.part
        if part is not None:
            part.order = order
        is_over = _has_told_end(former, at) or is_told_over(timer=former)
        start = Start(former.begun_at, at, is_over, _after_visit(order, former, at), former)
        starts = _until_it_pressed(order, former, start)
        _start, found = _soonest(partial(_found, rules, order, part), starts)
        if found is not None and found[-1].due_at != former.due_at:
            _run(order, part, step_id, starts)
            order.refresh_from_db(fields=["due_at", "half_at"])
        elif start.again_at != former.next_at:
            Timer.objects.filter(pk=former.pk, ended_at=None).update(next_at=start.again_at)


def _has_told_end(timer: Timer, at: datetime) -> bool:
    """Tell whether the end was told, by the clock or by the one from which it went on: what comes lies beyond it."""
    return timer.due_at <= at and (timer.next_at is None or timer.next_at > at)


def _after_visit(order: Order, timer: Timer, at: datetime) -> datetime | None:
    """Return when a clock speaks next; where it takes back and its end was told, after what is agreed now."""
    takes_back = takes_visit_back(step=timer.effect, at_end=timer.acting.at_end)
    if not takes_back or not _has_told_end(timer, at):
        return timer.next_at
    return visit_waits_until(order=order, part=timer.part) or timer.next_at


def run_wish_clock(*, wish: Wish, step_id: int, at: datetime) -> None:
    """Do the same for a wish: it waits for an answer. Raises RulesKeepChanging."""
    keep_by_rules(
        lambda rules, start: rules.for_wish(wish=wish, at=start.begins),
        partial(wishes.CLOCKWORK.keep_due, wish, beside=OF_WISHES),
        {"step": step_id},
        [Start(begins=at, at=at)],
    )


def _found(rules: Rules, order: Order, part: WorkPart | None, start: Start) -> Found:
    """Count by the limits; what goes on keeps its former end, later only by days made free.

    A part that is made has the limit of its own kind, and no more time than the order had; a danger has its own.
    """
    urgency, former = start.urgency or order.urgency, start.former
    found = rules.for_order(order=order, part=part, begins=start.begins, urgency=urgency)
    if found is None or former is None or urgency == Urgency.DANGER:
        return found
    kept = _kept(rules, order, part, former)
    is_own = former.part_id == (part.pk if part else None)
    return found if not is_own and found[-1].due_at < kept[-1].due_at else kept


def _kept(rules: Rules, order: Order, part: WorkPart | None, timer: Timer) -> tuple[str, Rule, Deadline]:
    """Return when what goes on ends by its own limit; a visit with what is agreed by now, as far as that lets it."""
    place_id = order.holder_place_id
    agreed = agreed_end(order=order, part=part) if timer.limit.unit == Unit.WISHED else None
    if agreed is None:
        return end_kept(timer=timer, place_id=place_id, rules=rules)
    rule = _rule_of(timer)
    due = rules.deadline(
        rule=rule, place_id=place_id, begins=timer.begun_at, wished_to=order.wished_to, agreed_to=agreed
    )
    return timer.effect, rule, due


def _rule_of(timer: Running) -> Rule:
    limit = timer.limit
    return Rule(limit.pk, limit.amount, limit.unit, limit.urgency, limit.at_end, timer.acts_by_id)


def end_kept(*, timer: Running, place_id: int, rules: Rules) -> tuple[str, Rule, Deadline]:
    """Return when a clock ends by its own limit: as it was told, or later where days were made free meanwhile."""
    former, rule = Deadline(half_at=timer.half_at, due_at=timer.due_at), _rule_of(timer)
    if rule.unit not in OF_WORKING_DAYS:
        return timer.effect, rule, former
    counted = rules.deadline(rule=rule, place_id=place_id, begins=timer.begun_at, wished_to=timer.begun_at)
    return timer.effect, rule, set_later(former=former, counted=counted, time=rules.time(place_id))


def _run(order: Order, part: WorkPart | None, step_id: int, starts: Sequence[Start]) -> None:
    if part is None:
        _run_whole(order, step_id, starts)
    else:
        _run_part(part, step_id, starts)


def _run_whole(order: Order, step_id: int, starts: Sequence[Start]) -> None:
    keep_by_rules(
        lambda rules, start: _found(rules, order, None, start),
        partial(orders.CLOCKWORK.keep_due, order, beside=OF_ORDERS),
        {"step": step_id},
        starts,
    )


def _run_part(part: WorkPart, step_id: int, starts: Sequence[Start]) -> None:
    keep_by_rules(
        lambda rules, start: _found(rules, part.order, part, start),
        partial(orders.PARTS_CLOCKWORK.keep_due, part, beside=OF_PARTS),
        {"step": step_id, "order": part.order_id},
        starts,
    )


def _soonest(find: Callable[[Start], Found], starts: Sequence[Start]) -> tuple[Start, Found]:
    """Return from which start the time is over first, and how it is counted; of equals the first.

    What is done at its end says the limit of how urgent it is by now: that of the last start.
    """
    counted = [(start, found) for start in starts if (found := find(start)) is not None]
    if not counted:
        return starts[0], None
    start, (step, rule, due) = min(counted, key=lambda each: each[1][-1].due_at)
    _last, (_step, pressing, _due) = counted[-1]
    return start, (step, rule.acted_by(pressing.pressing), due)


def keep_by_rules(
    find: Callable[[Rules, Start], Found],
    keep: Callable[..., bool],
    values: Mapping[str, Any],
    starts: Sequence[Start],
) -> None:
    """Count by the rules at hand and keep what came of it; where they are outdated, read them anew and count again.

    Raises:
        RulesKeepChanging: which undoes what the clock was to run for.
    """
    for tried in range(TRIES):
        rules = rules_now(fresh=tried > 0)
        start, found = _soonest(partial(find, rules), starts)
        step, rule, due = found or ("", None, None)
        told = {
            **values, "editions": rules.editions, "at": start.at, "begins": start.begins, "effect": step,
            "rule": rule.limit_id if rule else None, "acts_by": rule.acts_by if rule else None,
            "next": start.next_of(due) if due else None,
        }  # fmt: skip
        if keep(
            due_at=due.due_at if due else None, half_at=due.half_at if due else None,
            condition="EXISTS (SELECT FROM fresh)", values=told,
        ):  # fmt: skip
            return
    raise RulesKeepChanging


def start_missing_clocks(*, at: datetime, most: int = 500) -> int:
    """Start the clock of open orders that have none: those of before this app, and those loaded in bulk.

    Nobody is late for what he could not know: their time begins now. Returns how many were started.
    """
    missing = orders_without_timer(most=most)
    return each_alone(missing, lambda found: _start_of_order(*found, at), passing=(NothingMissing,))


def _start_of_order(order_id: int, step_id: int, at: datetime) -> None:
    with act():
        order = Order.objects.select_for_update().get(pk=order_id)
        if order.state not in STEP_OF_STATE or order.turn < 1:
            raise NothingMissing
        _start_missing(order, step_id, at)


def _start_missing(order: Order, step_id: int, at: datetime) -> None:
    parts = parts_without_timer(order=order)
    for part in parts:
        part.order = order
        call = open_call_of(order=order, part=part)
        order.called_until = call.until if call else None
        run_part_clock(part=part, step_id=step_id, at=at)
    if not parts:
        call = open_call_of(order=order)
        order.called_until = call.until if call else None
        run_clock(order=order, step_id=step_id, at=at)


def start_missing_wish_clocks(*, at: datetime, most: int = 500) -> int:
    """Do the same for wishes that wait for an answer: those of before they had clocks."""
    missing = wishes_without_timer(states=sorted(STEP_OF_WISH), most=most)
    return each_alone(missing, lambda found: _start_of_wish(*found, at), passing=(NothingMissing,))


def _start_of_wish(wish_id: int, step_id: int, at: datetime) -> None:
    with act():
        wish = Wish.unscoped.select_for_update().get(pk=wish_id)
        if wish.state not in STEP_OF_WISH:
            raise NothingMissing
        run_wish_clock(wish=wish, step_id=step_id, at=at)
