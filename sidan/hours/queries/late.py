"""What nobody has settled ten working days after the end, by the calendar of each place (Order 67, art. 11)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import reduce
from operator import or_
from typing import Any, Final

from django.db.models import Count, Q, QuerySet

from sidan.attendance.models import Mark
from sidan.attendance.queries import UNSAID
from sidan.hours.enums import ASKED
from sidan.hours.models import Claim, Occasion
from sidan.hours.permissions import AGREEING_ROLES, READING_ROLES
from sidan.hours.policies import RECORDED_WITHIN
from sidan.people.enums import SERVING
from sidan.people.models import Volunteer
from sidan.places.queries import within, working_times_of

NOBODY: Final = Q(pk__in=())
REMEMBERED: Final = timedelta(days=90)
"""Whoever said nothing about a time for so long is not asked about it any more; a claim waits for ever."""
MOST_SHOWN: Final = 50


@dataclass(frozen=True, slots=True)
class LateTime:
    """A time that waits for somebody of a place; whose it is and who told it are no second person."""

    place_id: int
    person_id: int
    told_by: int | None
    roles: frozenset[str]
    """Who says the word: of a claim who agrees, of a mark who looks after the place."""


@dataclass(frozen=True, slots=True)
class UnsaidOccasion:
    """What is over, and of how many people a time waits for somebody's word."""

    occasion: Occasion
    people: int


def late_claims(rows: QuerySet[Claim], *, at: datetime) -> QuerySet[Claim]:
    """Return those of some claims that wait too long for somebody's word: three queries for the calendars."""
    asked = rows.filter(state__in=sorted(ASKED))
    return asked.filter(_over(asked, place="holder", ended="occasion__ended_at", at=at))


def unsaid_occasions(
    *, root_ids: Sequence[int], at: datetime, place_id: int | None = None
) -> list[UnsaidOccasion]:
    """Return what is as long over at some places and below, with times that nobody has confirmed, the latest first.

    Of a place only, where one is given.
    """
    marks = _unsaid(at).filter(within(field="cause__occasion__place", root_ids=root_ids))
    if place_id:
        marks = marks.filter(within(field="cause__occasion__place", root_ids=(place_id,)))
    counted = marks.values("cause__occasion", "cause__occasion__ended_at").annotate(
        people=Count("person", distinct=True)
    )
    found = counted.order_by("-cause__occasion__ended_at", "-cause__occasion")[:MOST_SHOWN]
    people = {row["cause__occasion"]: row["people"] for row in found}
    occasions = Occasion.objects.select_related("team", "place").in_bulk(people)
    return [UnsaidOccasion(occasions[pk], number) for pk, number in people.items()]


def late_times(*, at: datetime) -> list[LateTime]:
    """Return all that is late, everywhere: a time of somebody at an occasion once."""
    claims = late_claims(Claim.unscoped.all(), at=at).order_by("id")
    told = _unsaid(at).order_by("cause", "person", "id").distinct("cause", "person")
    asked = claims.values_list("holder", "person", "told_by")
    unsaid = told.values_list("cause__occasion__place", "person", "recorded_by")
    return [
        *(LateTime(*row, AGREEING_ROLES) for row in asked),
        *(LateTime(*row, READING_ROLES) for row in unsaid),
    ]


def _unsaid(at: datetime) -> QuerySet[Mark]:
    """Return the times of volunteers that nobody has confirmed in time; those of others become no hours."""
    serving = Volunteer.unscoped.filter(state__in=sorted(SERVING)).values("person")
    rows = Mark.objects.filter(UNSAID, person__in=serving, cause__occasion__ended_at__gte=at - REMEMBERED)
    return rows.filter(_over(rows, place="cause__occasion__place", ended="cause__occasion__ended_at", at=at))


def _over(rows: QuerySet[Any], *, place: str, ended: str, at: datetime) -> Q:
    """Return the condition that what some rows are about ended too long ago by the calendar of their place."""
    places: Collection[int] = set(rows.order_by().values_list(place, flat=True).distinct())
    since: dict[datetime, list[int]] = {}
    for place_id, calendar in working_times_of(place_ids=places).items():
        since.setdefault(calendar.still_running_since(at, RECORDED_WITHIN), []).append(place_id)
    conditions = [Q(**{f"{place}__in": ids, f"{ended}__lt": moment}) for moment, ids in since.items()]
    return reduce(or_, conditions, NOBODY)
