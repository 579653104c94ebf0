"""Questions of the calendar: what is held on some days, whether it is ahead or over."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from django.db.models import Count, QuerySet
from django.db.models.functions import ExtractMonth, Lower

from sidan.activities.enums import HELD, MOST_DAYS
from sidan.activities.models import Activity
from sidan.activities.queries.finding import Wanted, narrowed, shown_rows
from sidan.bookings.policies import Span
from sidan.core.clock import BUSINESS_ZONE, business_date, midnight
from sidan.core.language import shown
from sidan.places.models import Place, PopUp
from sidan.places.queries import pop_ups_within

MOST_HELD: Final = 1500
"""On a page of the calendar; a county holds some 700 a month."""


@dataclass(frozen=True, slots=True)
class YearShown:
    """Which year of which place the wheel shows, for who puts something beside it."""

    year: int
    place: Place | None


@dataclass(frozen=True, slots=True)
class Occasion:
    """An activity, or what stands somewhere for a while, as a day of the calendar names it."""

    uuid: UUID
    title: str
    span: Span
    state: str
    place: str
    is_pop_up: bool = False


def held_within(*, wanted: Wanted, first: date, after: date) -> QuerySet[Activity]:
    """Return what is held from a day on and before another, as cards show it."""
    return shown_rows(_within(Activity.objects.filter(state__in=sorted(HELD)), first, after, wanted))


def days_with(*, wanted: Wanted, first: date, after: date) -> tuple[Mapping[date, list[Occasion]], bool]:
    """Return what is held on each day, in order, and whether there is more than a page holds: two queries.

    What lasts over midnight stands under each of its days. Buses, fairs and stands stand among them, unless one looks
    for a kind of activity or for an audience: they have neither.
    """
    rows = _within(Activity.objects.filter(state__in=sorted(HELD)), first, after, wanted)
    told = rows.order_by(Lower("during"), "id").values_list(
        "uuid", "title", "title_en", "during", "state", "place__short_name", "place__name_en"
    )[: MOST_HELD + 1]
    found = [
        Occasion(
            uuid, shown(title, title_en), Span(during.lower, during.upper), state, shown(place, place_en)
        )
        for uuid, title, title_en, during, state, place, place_en in told
    ]
    beside = [_of_pop_up(each) for each in pop_ups_of_days(wanted=wanted, first=first, after=after)]
    shown_all = sorted([*found[:MOST_HELD], *beside], key=lambda each: each.span.begins)
    return _by_day(shown_all, first=first, after=after), len(found) > MOST_HELD


def pop_ups_of_days(*, wanted: Wanted, first: date, after: date) -> list[PopUp]:
    """Return the buses, fairs and stands of some days; none for who looks for a kind of activity or an audience."""
    if wanted.kind or wanted.audience:
        return []
    rows = pop_ups_within(
        begins=midnight(first), ends=midnight(after), county_id=wanted.county_id, place_id=wanted.place_id
    )
    return list(rows[:MOST_HELD])


def _of_pop_up(row: PopUp) -> Occasion:
    place = row.shown_spot or row.place.shown_short
    return Occasion(row.uuid, row.shown_name, Span(row.begins, row.ends), row.state, place, is_pop_up=True)


@dataclass(frozen=True, slots=True)
class Returning:
    """What came again and again within a year, by its rule, and how often."""

    title: str
    place: str
    times: int


def months_of_year(*, wanted: Wanted, year: int) -> Mapping[int, int]:
    """Return how much is held in each month of a year: what began in it."""
    month = ExtractMonth("during__startswith", tzinfo=BUSINESS_ZONE)
    rows = _of_year(wanted, year).annotate(month=month).order_by().values("month")
    return {row["month"]: row["count"] for row in rows.annotate(count=Count("id"))}


def returning_in_year(*, wanted: Wanted, year: int, most: int) -> list[Returning]:
    """Return what is held by a rule in a year, the most often first: practice days, markets, evening classes."""
    rows = _of_year(wanted, year).filter(series__isnull=False).order_by().values(
        "series", "series__title", "series__title_en", "series__place__short_name", "series__place__name_en"
    )  # fmt: skip
    found = rows.annotate(count=Count("id")).order_by("-count", "series")[:most]
    return [
        Returning(
            shown(row["series__title"], row["series__title_en"]),
            shown(row["series__place__short_name"], row["series__place__name_en"]),
            row["count"],
        )
        for row in found
    ]


def _of_year(wanted: Wanted, year: int) -> QuerySet[Activity]:
    begins, ends = midnight(date(year, 1, 1)), midnight(date(year + 1, 1, 1))
    rows = Activity.objects.filter(state__in=sorted(HELD)).annotate(begins_key=Lower("during"))
    return narrowed(rows.filter(begins_key__gte=begins, begins_key__lt=ends), wanted=wanted)


def _by_day(occasions: Iterable[Occasion], *, first: date, after: date) -> Mapping[date, list[Occasion]]:
    days: dict[date, list[Occasion]] = defaultdict(list)
    for each in occasions:
        day = max(business_date(each.span.begins), first)
        while day < after and midnight(day) < each.span.ends:
            days[day].append(each)
            day += timedelta(days=1)
    return days


def _within(rows: QuerySet[Activity], first: date, after: date, wanted: Wanted) -> QuerySet[Activity]:
    """Keep what overlaps some days; nothing lasts longer than some days, so that the index of beginnings answers."""
    begins, ends = midnight(first), midnight(after)
    rows = rows.annotate(begins_key=Lower("during")).filter(
        begins_key__gte=_earliest(begins), begins_key__lt=ends, during__endswith__gt=begins
    )
    return narrowed(rows, wanted=wanted)


def _earliest(begins: datetime) -> datetime:
    return begins - timedelta(days=MOST_DAYS)
