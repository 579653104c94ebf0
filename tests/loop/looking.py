"""What must hold of the loop at every moment, said a second time and independently of the code."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction

from sidan.analytics.operations import rebuild
from sidan.analytics.policies import Period
from sidan.analytics.queries import TODAY
from sidan.core.clock import business_date
from sidan.core.errors import DomainError
from sidan.core.scope import scoped
from sidan.core.soundness import look_at_all
from sidan.limits.models import Firing, Timer
from sidan.limits.policies import OF_WORKING_DAYS
from sidan.notify.models import Notice
from sidan.orders.models import (
    Assignment,
    Order,
    OrderHandover,
    OrderStep,
)
from sidan.orders.operations import look_at_contact
from sidan.orders.queries import open_call_of
from sidan.orders.states import MACHINES, PART
from sidan.people.access import scope_for
from sidan.places.models import Place
from sidan.talk.permissions import NoPartOfIt, seat_of
from tests.figures import (
    ENDED,
    all_counters,
    counted_directly,
    directly_counted_of,
    each_place_has_what_its_parents_show_of_it,
)
from tests.loop.county import DISPATCHING, ENTERING, HOLDING, SEATS, County

LEADS = {"wang": "team", "sun": "other_team"}
NAMED = frozenset({"zhao", "qian"})
"""Whom the leaders of the scene name to go; they are members of Wang's team."""
WAITS_FOR = {
    "submitted": "admit", "admitted": "dispatch", "failed": "dispatch", "reopened": "dispatch",
    "dispatched": "accept", "accepted": "contact", "scheduled": "visit", "under_way": "report", "done": "review",
}  # fmt: skip


def no_rule_of_the_data_is_broken() -> None:
    broken = {kept.rule.code: kept.broken for kept in look_at_all() if kept.broken}
    assert not broken, broken


def every_step_stands_in_the_tables(order: Order) -> None:
    present: dict[tuple[str, int | None], str] = {}
    steps = list(OrderStep.objects.filter(order=order).order_by("turn"))
    assert [step.turn for step in steps] == list(range(1, order.turn + 1))
    for step in steps:
        key = {"assignment": step.assignment_id, "visit": step.visit_id}.get(step.machine)
        rule = (MACHINES[step.machine] | (PART if step.part_id else {}))[step.verb]
        assert step.from_state == present.get((step.machine, key), "")
        # The step of a part has the state of the order that follows from all parts: rules of its own say how.
        assert step.part_id or step.from_state in rule.sources
        present[step.machine, key] = step.to_state
    assert present["order", None] == order.state


def what_is_open_has_its_clock_and_what_has_ended_none(order: Order) -> None:
    running = list(Timer.objects.filter(order=order, ended_at=None))
    parts = [timer.part_id for timer in running if timer.part_id]
    if parts:
        # A split order has no clock of its own while its parts have theirs, one each.
        assert len(set(parts)) == len(running)
        assert order.state in WAITS_FOR
    else:
        assert [timer.effect for timer in running] == (
            [WAITS_FOR[order.state]] if order.state in WAITS_FOR else []
        )


def new_clocks_end_on_days_that_are_worked(county: County, known: set[int]) -> None:
    """Only of what has begun since: what runs keeps the moment that people were told."""
    for timer in Timer.objects.filter(ended_at=None).exclude(pk__in=known).select_related("limit", "order"):
        assert timer.begun_at < timer.half_at < timer.due_at
        if timer.limit.unit == "working_days":
            holder = timer.order.holder_place_id
            assert county.works(holder, business_date(timer.due_at)), f"{timer.due_at} is not worked"
            assert county.works(holder, business_date(timer.half_at)), f"{timer.half_at} is not worked"
        known.add(timer.pk)


def each_moment_of_a_clock_did_its_work_once() -> None:
    fired = list(Firing.objects.values_list("timer", "kind", "day"))
    assert len(fired) == len(set(fired))
    for firing in Firing.objects.select_related("timer"):
        # Half and end may have been set later since, when days were made free.
        assert firing.timer.begun_at <= firing.at
    # A visit that was agreed on is waited for: what the end says is done late, once nobody came.
    did = Counter(Firing.objects.exclude(kind="half").values_list("did", flat=True))
    own = OrderStep.objects.filter(machine="order")
    # The office may take back what is overdue, too; a clock acts as nobody.
    steps = Counter(own.filter(actor=None).values_list("verb", "reason_code"))
    back = steps["withdraw_offer", "expired"] + steps["take_back", "overdue"]
    # A call is ended by its clock, to be widened or not, or by the job that comes where no clock did.
    calls = own.filter(verb="end_call", actor=None).count()
    # What goes up from a team, or from a call, is taken back first.
    from_teams = Firing.objects.filter(did="up", timer__effect__in=["accept", "contact", "visit"]).count()
    assert back <= did["to_pool"] + did["widen"] + from_teams <= back + calls, (did, from_teams, steps, calls)
    assert did["up"] == steps["pass_up", "overdue"]
    assert did["close"] == steps["close", "not_reviewed"]


def nobody_is_told_twice() -> None:
    told = list(Notice.objects.exclude(effect="").values_list("account", "effect"))
    assert len(told) == len(set(told))


ROWS = """
SELECT ARRAY[
    (SELECT count(*) FROM orders_orderstep WHERE order_id = %(order)s),
    (SELECT sum(hashtext(one::text)) FROM orders_assignment one WHERE order_id = %(order)s),
    (SELECT sum(hashtext(one::text)) FROM orders_visit one
     WHERE assignment_id IN (SELECT id FROM orders_assignment WHERE order_id = %(order)s)),
    (SELECT sum(hashtext(one::text)) FROM orders_opencall one WHERE order_id = %(order)s),
    (SELECT sum(hashtext(one::text)) FROM orders_callanswer one
     WHERE call_id IN (SELECT id FROM orders_opencall WHERE order_id = %(order)s)),
    (SELECT sum(hashtext(one::text)) FROM orders_takeover one WHERE order_id = %(order)s),
    (SELECT sum(hashtext(one::text)) FROM orders_orderparty one WHERE order_id = %(order)s),
    (SELECT sum(hashtext(one::text)) FROM limits_timer one WHERE order_id = %(order)s),
    (SELECT sum(hashtext(one::text)) FROM orders_order one WHERE id = %(order)s),
    (SELECT count(*) FROM talk_message), (SELECT count(*) FROM orders_review), (SELECT count(*) FROM notify_notice),
    (SELECT count(*) FROM audit_entry), (SELECT count(*) FROM attendance_mark),
    (SELECT count(*) FROM procrastinate_jobs)
]
"""


def rows_of(order: Order) -> object:
    """Return a digest of everything that hangs on an order, to be compared before and after."""
    with connection.cursor() as cursor:
        cursor.execute(ROWS, {"order": order.pk})
        return cursor.fetchone()


def whoever_may_sees_it_and_nobody_else(county: County, order: Order) -> None:
    assert _who(county, lambda actor: _sees(actor, order)) == _should_see(county, order)
    assert _who(county, lambda actor: _reads_contact(actor, order)) == _should_reach(county, order)
    assert _who(county, lambda actor: _talks(actor, order)) == should_talk(county, order)


def _who(county: County, may: Any) -> set[str]:
    return {name for name in county.scene.accounts if may(county.scene.actor(name))}


def _sees(actor: Any, order: Order) -> bool:
    with scoped(scope_for(actor)):
        return Order.objects.filter(pk=order.pk).exists()


def _reads_contact(actor: Any, order: Order) -> bool:
    with transaction.atomic():
        try:
            look_at_contact(actor=actor, at=order.created_at, order=order)
        except DomainError:
            return False
        finally:
            transaction.set_rollback(True)
    return True


def _talks(actor: Any, order: Order) -> bool:
    try:
        seat_of(actor=actor, order=order)
    except NoPartOfIt:
        return False
    return True


def deciders(county: County, order: Order) -> set[str]:
    """Who decides about an order: its holder or who is above; at a station its keeper too; a private one at one."""
    at_station = {who for who in HOLDING if county.seat_of(who) == order.holder_place_id}
    if order.is_private:
        at_keeper = {who for who in DISPATCHING if county.seat_of(who) == order.keeper_place_id}
        return at_keeper | (at_station if order.keeper_place_id == order.holder_place_id else set())
    return at_station | {who for who in DISPATCHING if county.looks_over(who, order.holder_place_id)}


def offices(county: County, order: Order, among: Iterable[str], *places: int) -> set[str]:
    """Who of some works at one of the places or above; of a private order who decides where it is kept."""
    if order.is_private:
        return deciders(county, order)
    return {who for who in among if county.looks_over(who, *places)}


def _of_the_team(order: Order, county: County, states: set[str]) -> set[str]:
    """Who leads a team whose share stands so, and who was named to go for it."""
    people = set()
    for share in Assignment.objects.filter(order=order, state__in=states):
        people |= {who for who, team in LEADS.items() if getattr(county.scene, team).pk == share.team_id}
        accounts = share.members.filter(removed_at=None).values_list("person__account", flat=True)
        people |= {who for who in county.scene.accounts if county.scene.accounts[who] in set(accounts)}
    return people


def _should_see(county: County, order: Order) -> set[str]:
    if order.is_private:
        team = set() if order.state in ENDED else _of_the_team(order, county, {"accepted", "finished"})
        return {"zhou"} | offices(county, order, ()) | team
    gave = set(OrderHandover.objects.filter(order=order).values_list("from_place", flat=True))
    helps = OrderHandover.objects.filter(order=order, kind="ask_help").values_list("to_place", flat=True)
    places = {order.origin_place_id, order.holder_place_id, *gave, *helps}
    parties = set(order.parties.filter(until=None, team__isnull=False).values_list("team", flat=True))
    scene = county.scene
    team = {"wang", *NAMED} if scene.team.pk in parties else set()
    return (
        {"zhou"}
        | offices(county, order, SEATS, *places)
        | team
        | ({"sun"} if scene.other_team.pk in parties else set())
    )


def _should_reach(county: County, order: Order) -> set[str]:
    """The contact is shown to those who handle it and to the team that has accepted, until it ends (R-Z10)."""
    if order.state in ENDED:
        return {"zhou"}
    places = (order.holder_place_id, order.origin_place_id)
    return {"zhou"} | offices(county, order, ENTERING, *places) | _of_the_team(order, county, {"accepted"})


def should_talk(county: County, order: Order) -> set[str]:
    places = (order.holder_place_id, order.origin_place_id)
    team = _of_the_team(order, county, {"accepted", "finished", "failed"})
    return {"zhou"} | offices(county, order, ENTERING, *places) | team


def every_place_has_its_own_and_its_children_s_figures(county: County) -> None:
    """For every figure that any app declares, as the places stood on each day and as they stand now."""
    for tree in ("of_the_day", TODAY):
        found = each_place_has_what_its_parents_show_of_it(county.places, period=Period(), tree=tree)
        for place in county.places if tree == "of_the_day" else ():

            def is_below(place_id: int, moment: datetime, root: int = place.pk) -> bool:
                return root in county.chain(place_id, business_date(moment))

            assert directly_counted_of(found[place.pk]) == counted_directly(is_below=is_below)


def the_counters_are_what_counting_anew_gives() -> None:
    """Whatever moved after it was counted."""
    kept = all_counters()
    no_rule_of_the_data_is_broken()
    rebuild()
    assert all_counters() == kept


def ends_of_clocks() -> dict[int, datetime]:
    """Return when each clock that runs is over."""
    return dict(Timer.objects.filter(ended_at=None).values_list("pk", "due_at"))


def clocks_end_later_or_as_before(
    county: County, before: dict[int, datetime], *, place: Place, day: date
) -> None:
    """After the job that follows a corrected day."""
    for timer in Timer.objects.filter(ended_at=None).select_related("limit", "order", "part"):
        assert timer.due_at >= before[timer.pk]
        (timer.part or timer.order).refresh_from_db(fields=["due_at"])
        assert (timer.part or timer.order).due_at == timer.due_at
        holder = timer.order.holder_place_id
        is_counted = timer.limit.unit in OF_WORKING_DAYS
        is_call = open_call_of(order=timer.order, part=timer.part) is not None
        if (
            is_counted
            and not is_call
            and place.pk in county.chain(holder)
            and business_date(timer.due_at) == day
        ):
            assert county.works(holder, day)
