"""What a rule is made into: activities for the next weeks, each once."""

from datetime import date, datetime

from django.db import transaction

from sidan.activities.enums import ActivityState, RecurringState
from sidan.activities.events import ActivityShifted
from sidan.activities.models import Activity, ActivityChange, ActivityText, Recurring
from sidan.activities.notices import tell_followers, tell_of_lost_room, tell_who_calls
from sidan.activities.operations.door import append_step, claim_turn
from sidan.activities.operations.drafting import free_number
from sidan.activities.operations.moving import go_on
from sidan.activities.operations.planning import columns_of, texts_of
from sidan.activities.operations.reminding import forget_reminders
from sidan.activities.operations.rooming import hold_for, let_room_go
from sidan.activities.operations.ruling import plan_on
from sidan.activities.operations.windows import move_windows
from sidan.activities.queries import is_over, to_be_made
from sidan.core.actor import SYSTEM, Actor
from sidan.core.errors import DomainError
from sidan.core.events import publish
from sidan.people.queries import account_ids_of_persons, actor_for_account


@transaction.atomic
def make_activities(*, at: datetime, recurring_id: int) -> int:
    """Make what a rule has held in the next weeks; returns how many. Done twice it makes nothing twice."""
    rows = Recurring.unscoped.select_for_update(of=("self",))
    recurring = rows.select_related("place", "lead", "team", "room__place").get(pk=recurring_id)
    if recurring.state != RecurringState.ACTIVE:
        return 0
    made = make_coming(recurring=recurring, at=at)
    if is_over(recurring=recurring, at=at):
        recurring.state, recurring.state_since = RecurringState.ENDED, at
        recurring.save(update_fields=["state", "state_since"])
    return made


def make_coming(*, recurring: Recurring, at: datetime) -> int:
    """The same within the caller's transaction, which holds the lock of the rule's row."""
    coming = to_be_made(recurring=recurring, at=at)
    for one in coming:
        make_on(recurring=recurring, at=at, of=one.of, day=one.day)
    return len(coming)


def make_on(*, recurring: Recurring, at: datetime, of: date, day: date) -> Activity:
    """Make one of a rule on a day and announce it, within the caller's transaction, which holds the lock of its row."""
    plan = plan_on(recurring, day)
    activity = Activity.unscoped.create(
        number=free_number(), place=recurring.place, county_id=recurring.county_id, series=recurring,
        occurrence=of, state=ActivityState.ANNOUNCED, state_since=at, created_at=at,
        created_by_id=recurring.created_by_id, **columns_of(plan, lead=recurring.lead),
    )  # fmt: skip
    ActivityText.objects.create(activity=activity, **texts_of(plan))
    append_step(activity=activity, actor=SYSTEM, at=at, verb="make", from_state="")
    _hold_room(activity, recurring, at)
    go_on(activity, actor=SYSTEM, at=at)
    return activity


def remake(*, activity: Activity, recurring: Recurring, at: datetime, plan_day: datetime) -> None:
    """Let what was made by one rule be as another has it, within the caller's transaction: it stays announced."""
    plan = plan_on(recurring, plan_day.date())
    before = claim_turn(activity=activity, at=at, verb="remake")
    held, room, begun = activity.booking, recurring.room, activity.span.begins
    old = {"during_before": activity.during, "venue_before": activity.venue}
    columns = columns_of(plan, lead=recurring.lead)
    keeps_room = bool(held and room and held.room_id == room.pk and held.span == plan.span)
    for name, value in {**columns, "series": recurring}.items():
        setattr(activity, name, value)
    activity.save(update_fields=["search", "series", *columns])
    ActivityText.objects.update_or_create(activity=activity, defaults=texts_of(plan))
    if not keeps_room:
        actor = _maker(recurring)
        if held is not None and actor is not None:
            let_room_go(actor=actor, at=at, activity=activity, words=activity.title)
        _hold_room(activity, recurring, at)
    step = append_step(activity=activity, actor=SYSTEM, at=at, verb="remake", from_state=before)
    if (old["during_before"], old["venue_before"]) != (activity.during, activity.venue):
        ActivityChange.objects.create(
            step=step, during_after=activity.during, venue_after=activity.venue, **old
        )
        publish(ActivityShifted(activity_id=activity.pk, step_id=step.pk, at=at))
        tell_followers(kind="activity_changed_for_team", activity=activity, at=at, but=None)
        tell_who_calls(activity=activity, at=at)
    if old["during_before"] != activity.during:
        move_windows(activity=activity, later=activity.span.begins - begun, at=at)
        forget_reminders(activity_id=activity.pk)


def _hold_room(activity: Activity, recurring: Recurring, at: datetime) -> None:
    """Hold the rule's room, in the name of who wrote the rule; where it is taken, whoever runs the place is told."""
    if recurring.room is None:
        return
    actor = _maker(recurring)
    try:
        if actor is not None:
            hold_for(actor=actor, at=at, activity=activity, room=recurring.room)
    except DomainError:
        actor = None
    if actor is None:
        tell_of_lost_room(activity=activity, at=at)


def _maker(recurring: Recurring) -> Actor | None:
    accounts = account_ids_of_persons(person_ids=[recurring.created_by_id] if recurring.created_by_id else [])
    return actor_for_account(accounts[0]) if accounts else None
