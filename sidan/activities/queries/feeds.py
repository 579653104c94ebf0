"""Questions of calendars elsewhere: what a place or a team has announced, and to what somebody comes."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Lower

from sidan.activities.enums import LIVE, TOLD, EnrolmentState
from sidan.activities.models import Activity, ActivityStep, CalendarAddress, Enrolment
from sidan.activities.queries.enrolments import mine_q
from sidan.activities.queries.finding import Wanted, narrowed
from sidan.core.actor import Actor
from sidan.core.promised import Promise, promised
from sidan.people.models import Team
from sidan.people.queries import token_hash

KEPT: Final = timedelta(days=31)
"""What is over stays for a month in a calendar that reads us; one that was read before keeps what it has."""
MOST: Final = 1000
PROMISED_AHEAD: Final = timedelta(days=366)
NOTHING: Final = UUID(int=0)


@dataclass(frozen=True, slots=True)
class OwnFeed:
    """To what somebody comes, or answers for; of some it is not sure yet. And what else they promised a time for."""

    activities: list[Activity]
    waiting: frozenset[int]
    promised: list[Promise]


def feed_of_place(*, wanted: Wanted) -> list[Activity]:
    """Return what a place and all below it have announced, what is called off too."""
    return _feed(narrowed(Activity.objects.all(), wanted=wanted), at=wanted.at)


def feed_of_team(*, team: Team, at: datetime) -> list[Activity]:
    """Return what is announced that a team organises."""
    return _feed(Activity.objects.filter(team=team), at=at)


def feed_of_person(*, actor: Actor, at: datetime) -> OwnFeed:
    """Return to what somebody and their family come, what they answer for, and what other apps know as promised."""
    live = Enrolment.unscoped.filter(mine_q(actor), state__in=sorted(LIVE))
    states = list(live.values_list("activity_id", "state"))
    sure = {activity for activity, state in states if state == EnrolmentState.ENROLLED}
    comes = {activity for activity, _state in states}
    answers = Q(lead=actor.person_id or 0)
    rows = _feed(Activity.objects.filter(Q(pk__in=comes) | answers), at=at)
    led = {row.pk for row in rows if row.lead_id == actor.person_id}
    return OwnFeed(rows, frozenset(comes - sure - led), _promised_elsewhere(actor, comes, at=at))


def _promised_elsewhere(actor: Actor, comes: Collection[int], *, at: datetime) -> list[Promise]:
    """Return what is ahead that somebody promised to other apps: visits, for one."""
    if actor.person_id is None:
        return []
    found = promised(person_ids=[actor.person_id], begins=at, ends=at + PROMISED_AHEAD, besides=NOTHING)
    ours = set(Activity.unscoped.filter(pk__in=comes).values_list("uuid", flat=True))
    return [one for one in found if one.subject not in ours][:MOST]


def account_of_address(*, token: str) -> int | None:
    """Return whose calendar a secret address is."""
    rows = CalendarAddress.objects.filter(token_hash=token_hash(token))
    return rows.values_list("account_id", flat=True).first()


def own_calendar_address(*, actor: Actor) -> CalendarAddress | None:
    """Return since when one's calendar has an address; what it is nobody knows but who wrote it down."""
    return CalendarAddress.objects.filter(account=actor.account_id or 0).first()


def _feed(rows: QuerySet[Activity], *, at: datetime) -> list[Activity]:
    last = ActivityStep.objects.filter(activity=OuterRef("pk")).order_by("-turn")
    told = rows.annotate(begins_key=Lower("during"), revised_at=Subquery(last.values("at")[:1]))
    told = told.filter(state__in=sorted(TOLD)).select_related("place", "team", "text")
    # What is ahead comes first: a busy month behind must not leave no room for it.
    ahead = list(told.filter(begins_key__gte=at).order_by("begins_key", "id")[:MOST])
    over = told.filter(begins_key__gte=at - KEPT, begins_key__lt=at).order_by("-begins_key", "-id")
    return [*reversed(over[: MOST - len(ahead)]), *ahead]
