"""What nobody has settled ten working days after the end, by the calendar of each place (Order 67, art. 11)."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import reduce
from operator import attrgetter, or_
from typing import Any, Final, Protocol

from django.db.models import Count, Q, QuerySet, prefetch_related_objects

from sidan.attendance.models import Mark
from sidan.attendance.queries import UNSAID
from sidan.core.pagination import beyond, key_order
from sidan.hours.enums import ASKED
from sidan.hours.models import Claim, Occasion
from sidan.hours.permissions import AGREEING_ROLES, READING_ROLES
from sidan.hours.policies import RECORDED_WITHIN
from sidan.hours.queries.counting import serving_among
from sidan.people.enums import SERVING
from sidan.people.models import Volunteer
from sidan.places.queries import within, working_times_of

NOBODY: Final = Q(pk__in=())
REMEMBERED: Final = timedelta(days=90)
"""Whoever said nothing about a time for so long is not asked about it any more; a claim waits for ever."""
MOST_SHOWN: Final = 50
WALKED_AT_ONCE: Final = 400
"""Times in a slice of the walk: most have not been over for too long yet, and two or more belong together."""
LATEST: Final = "-at"
ONE_DAY: Final = timedelta(days=1)


class Told(Protocol):
    """A time as it is walked over: no more of it is read."""

    at: datetime
    id: int
    cause_id: int
    person_id: int


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

    Of a place only, where one is given. The times are walked back from the latest that may be late until a page is
    full: it costs what it shows, however much waits.
    """
    found, since = dict[int, Occasion](), dict[int, datetime]()
    for told in _walked_back(_weak(at).filter(_standing(root_ids=root_ids, place_id=place_id)), at=at):
        occasions = _over_of(told, at=at)
        since |= _late_since({each.place_id for each in occasions} - since.keys(), at=at)
        found |= {each.pk: each for each in occasions if each.ended_at < since[each.place_id]}
        if len(found) >= MOST_SHOWN:
            break
    return _with_people(sorted(found.values(), key=attrgetter("ended_at", "pk"), reverse=True)[:MOST_SHOWN])


def _standing(*, root_ids: Sequence[int], place_id: int | None) -> Q:
    within_roots = within(field="place_id", root_ids=root_ids)
    return within_roots & within(field="place_id", root_ids=(place_id,)) if place_id else within_roots


def _walked_back(marks: QuerySet[Mark], *, at: datetime) -> Iterator[Sequence[Told]]:
    """Yield some times in slices, the latest first, as far back as anybody is still asked about them."""
    # With a lower bound a prepared plan would expect few rows, and sort them all instead of walking their index.
    walk = marks.order_by(*key_order(LATEST)).values_list("at", "id", "cause_id", "person_id", named=True)
    rows = list(walk[:WALKED_AT_ONCE])
    while rows:
        yield [row for row in rows if row.at >= at - REMEMBERED]
        if len(rows) < WALKED_AT_ONCE or rows[-1].at < at - REMEMBERED:
            break
        rows = list(walk.filter(beyond(sort=LATEST, value=rows[-1].at, row_id=rows[-1].id))[:WALKED_AT_ONCE])


def _over_of(told: Sequence[Told], *, at: datetime) -> list[Occasion]:
    """Return what the volunteers of some times did, where it may be over for too long."""
    serving = serving_among(person_ids={each.person_id for each in told})
    causes = {each.cause_id for each in told if each.person_id in serving}
    return list(Occasion.objects.filter(cause__in=causes, ended_at__lt=_perhaps_until(at)))


def _with_people(occasions: Sequence[Occasion]) -> list[UnsaidOccasion]:
    prefetch_related_objects(occasions, "team", "place")
    marks = Mark.objects.filter(
        UNSAID, person__in=_serving(), cause__in=[each.cause_id for each in occasions]
    )
    people = dict(marks.values_list("cause").annotate(Count("person", distinct=True)))
    return [UnsaidOccasion(each, people[each.cause_id]) for each in occasions]


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
    rows = _weak(at).filter(person__in=_serving(), at__gte=at - REMEMBERED)
    rows = rows.filter(cause__occasion__ended_at__lt=_perhaps_until(at))
    return rows.filter(_over(rows, place="cause__occasion__place", ended="cause__occasion__ended_at", at=at))


def _weak(at: datetime) -> QuerySet[Mark]:
    """Return the times that wait for a word, perhaps for too long. Some stay on after the end, though not for a day."""
    return Mark.objects.filter(UNSAID, at__lt=_perhaps_until(at) + ONE_DAY)


def _perhaps_until(at: datetime) -> datetime:
    """Return before when something ended that is late by a calendar without a day of rest."""
    return at - timedelta(days=RECORDED_WITHIN - 1)


def _serving() -> QuerySet[Volunteer, Any]:
    return Volunteer.unscoped.filter(state__in=sorted(SERVING)).values("person")


def _over(rows: QuerySet[Any], *, place: str, ended: str, at: datetime) -> Q:
    """Return the condition that what some rows are about ended too long ago by the calendar of their place."""
    places: Collection[int] = set(rows.order_by().values_list(place, flat=True).distinct())
    since: dict[datetime, list[int]] = {}
    for place_id, moment in _late_since(places, at=at).items():
        since.setdefault(moment, []).append(place_id)
    conditions = [Q(**{f"{place}__in": ids, f"{ended}__lt": moment}) for moment, ids in since.items()]
    return reduce(or_, conditions, NOBODY)


def _late_since(place_ids: Collection[int], *, at: datetime) -> dict[int, datetime]:
    """Return before which moment something must have ended to be late, by the calendar of each place."""
    if not place_ids:
        return {}
    calendars = working_times_of(place_ids=place_ids).items()
    return {place_id: calendar.still_running_since(at, RECORDED_WITHIN) for place_id, calendar in calendars}
