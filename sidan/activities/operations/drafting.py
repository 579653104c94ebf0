"""Preparing an activity: a draft, and working on it until somebody shall read it."""

from datetime import datetime

from django.db import transaction

from sidan.activities.enums import ActivityState
from sidan.activities.models import Activity, ActivityText
from sidan.activities.operations.door import append_step, claim_turn
from sidan.activities.operations.planning import Plan, check_plan, columns_of, texts_of
from sidan.activities.operations.rooming import hold_for, let_room_go
from sidan.activities.permissions import require_running
from sidan.core.actor import Actor
from sidan.core.ids import order_number
from sidan.people.queries import person_of
from sidan.places.models import Place

TRIES_OF_A_NUMBER = 20


def draft_activity(*, actor: Actor, at: datetime, place: Place, plan: Plan) -> Activity:
    """Write down an activity of a place; a room that is named is held for it.

    Raises:
        NotSignedIn, NotYourActivities
        what `check_plan` and `hold_room` raise
    """
    require_running(actor=actor, place_id=place.pk, county_id=place.county_id)
    maker = person_of(actor)
    lead = plan.lead or maker
    check_plan(place=place, plan=plan, lead=lead, at=at)
    with transaction.atomic():
        activity = Activity.unscoped.create(
            number=free_number(), place=place, county_id=place.county_id, state=ActivityState.DRAFT,
            state_since=at, created_at=at, created_by=maker, **columns_of(plan, lead=lead),
        )  # fmt: skip
        ActivityText.objects.create(activity=activity, **texts_of(plan))
        if plan.room is not None:
            hold_for(actor=actor, at=at, activity=activity, room=plan.room)
        append_step(activity=activity, actor=actor, at=at, verb="draft", from_state="")
    return activity


def edit_activity(*, actor: Actor, at: datetime, activity: Activity, plan: Plan) -> Activity:
    """Write a draft anew, its room too: where room and time stay, it stays booked.

    Raises:
        NotYourActivities, ActivityMovedOn
        what `check_plan` and `hold_room` raise
    """
    require_running(actor=actor, place_id=activity.place_id, county_id=activity.county_id)
    lead = plan.lead or activity.lead
    check_plan(place=activity.place, plan=plan, lead=lead, at=at)
    columns, keeps_room = columns_of(plan, lead=lead), _keeps_room(activity, plan)
    with transaction.atomic():
        before = claim_turn(activity=activity, at=at, verb="edit")
        for name, value in columns.items():
            setattr(activity, name, value)
        activity.save(update_fields=["search", *columns])
        ActivityText.objects.update_or_create(activity=activity, defaults=texts_of(plan))
        if not keeps_room:
            let_room_go(actor=actor, at=at, activity=activity, words=activity.title)
            if plan.room is not None:
                hold_for(actor=actor, at=at, activity=activity, room=plan.room)
        append_step(activity=activity, actor=actor, at=at, verb="edit", from_state=before)
    return activity


def _keeps_room(activity: Activity, plan: Plan) -> bool:
    booking = activity.booking
    if booking is None or plan.room is None:
        return booking is None and plan.room is None
    return booking.room_id == plan.room.pk and booking.span == plan.span


def free_number() -> str:
    """Return a number that no activity has; two of the same moment are told apart by the database."""
    drawn = [order_number() for _try in range(TRIES_OF_A_NUMBER)]
    taken = set(Activity.unscoped.filter(number__in=drawn).values_list("number", flat=True))
    return next(number for number in drawn if number not in taken)
