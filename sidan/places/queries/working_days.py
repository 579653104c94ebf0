"""Which days a place works: the country's calendar and what the places above it, and it itself, say otherwise."""

from calendar import Calendar
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from django.conf import settings
from django.db import connection

from sidan.places.enums import DayKind, YearSaid
from sidan.places.models import PlaceLink, WorkingDayEntry
from sidan.places.working_time import WorkingTime

SAID_SHOWN: Final = 50
NEWEST: Final = """
SELECT DISTINCT ON (place_id, day) place_id, day, kind FROM places_workingdayentry
WHERE %(everybody)s OR place_id IS NULL OR place_id = ANY(%(places)s::bigint[])
ORDER BY place_id, day, id DESC
"""
COUNTRY: Final = None
"""The place of what the country says."""


@dataclass(frozen=True, slots=True)
class WorkingDayBook:
    """What the country and each place say about days now."""

    said: Mapping[int | None, Mapping[date, bool]] = field(default_factory=dict)

    def time_of(self, *, chain: Sequence[int]) -> WorkingTime:
        """Return the calendar of a place; `chain` is the place and all above it, the nearest first."""
        days = dict(self.said.get(COUNTRY, {}))
        for place_id in reversed(chain):
            days |= self.said.get(place_id, {})
        return WorkingTime(parts=settings.OFFICE_HOURS, other_days=days)


def chain_of(*, place_id: int) -> list[int]:
    """Return a place and all above it today, the nearest first."""
    links = PlaceLink.objects.filter(descendant=place_id, during__upper_inf=True)
    return list(links.order_by("depth").values_list("ancestor_id", flat=True))


def working_day_book(*, place_ids: Sequence[int] | None = None) -> WorkingDayBook:
    """Read what is said of days by the country and by some places, or by all: one query."""
    said: dict[int | None, dict[date, bool]] = {}
    with connection.cursor() as cursor:
        cursor.execute(NEWEST, {"everybody": place_ids is None, "places": list(place_ids or ())})
        for place_id, day, kind in cursor.fetchall():
            if kind != DayKind.AS_ABOVE:
                said.setdefault(place_id, {})[day] = kind == DayKind.WORKS
    return WorkingDayBook(said=said)


def working_time_of(*, place_id: int) -> WorkingTime:
    """Return the calendar by which a place works today: two queries."""
    chain = chain_of(place_id=place_id)
    return working_day_book(place_ids=chain).time_of(chain=chain)


def working_times_of(*, place_ids: Collection[int]) -> dict[int, WorkingTime]:
    """Return the calendars by which some places work today: two queries, however many they are."""
    links = PlaceLink.objects.filter(descendant__in=place_ids, during__upper_inf=True).order_by("depth")
    chains: dict[int, list[int]] = {place_id: [] for place_id in place_ids}
    for place_id, ancestor_id in links.values_list("descendant_id", "ancestor_id"):
        chains[place_id].append(ancestor_id)
    book = working_day_book(place_ids=sorted({above for chain in chains.values() for above in chain}))
    return {place_id: book.time_of(chain=chain) for place_id, chain in chains.items()}


@dataclass(frozen=True, slots=True)
class DayTold:
    """A day of the calendar as a page shows it. `entry` is what makes it otherwise than its weekday, if anything."""

    day: date
    works: bool
    entry: WorkingDayEntry | None = None
    is_own: bool = False
    """Said by the place itself, and not by one above it."""


Month = list[list[DayTold | None]]


def year_told(*, place_id: int, year: int) -> list[tuple[date, Month]]:
    """Return the year of a place as months of weeks from Monday to Sunday; two queries, whatever was said."""
    told = {each.day: each for each in days_told(place_id=place_id, year=year)}
    weeks = Calendar()
    return [
        (
            date(year, month, 1),
            [
                [told[day] if day.month == month else None for day in week]
                for week in weeks.monthdatescalendar(year, month)
            ],
        )
        for month in range(1, 13)
    ]


def days_told(*, place_id: int, year: int) -> list[DayTold]:
    """Return the days of the year of a place, the first one first; two queries, whatever was said."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    return list(days_between(place_id=place_id, first=first, last=last).values())


def day_told(*, place_id: int, day: date) -> DayTold:
    """Return one day of a place."""
    return days_between(place_id=place_id, first=day, last=day)[day]


def days_between(*, place_id: int | None, first: date, last: date) -> dict[date, DayTold]:
    """Return some days of a place, or of the country alone, where the place is not known: two queries."""
    chain = chain_of(place_id=place_id) if place_id is not None else []
    rows = WorkingDayEntry.objects.filter(day__range=(first, last)).select_related("place")
    newest: dict[tuple[int | None, date], WorkingDayEntry] = {}
    for entry in rows.order_by("id"):
        if entry.place_id is COUNTRY or entry.place_id in chain:
            newest[entry.place_id, entry.day] = entry
    told = {}
    day = first
    while day <= last:
        said = (newest.get((place, day)) for place in (*chain, COUNTRY))
        nearest = next((each for each in said if each is not None and each.kind != DayKind.AS_ABOVE), None)
        works = WorkingTime(parts=()).works_on(day) if nearest is None else nearest.kind == DayKind.WORKS
        told[day] = DayTold(day, works, nearest, is_own=nearest is not None and nearest.place_id == place_id)
        day += timedelta(days=1)
    return told


def said_of_days(*, place_id: int, year: int) -> list[WorkingDayEntry]:
    """Return what a place itself said about the days of a year, the newest first."""
    rows = WorkingDayEntry.objects.filter(place=place_id, day__year=year).select_related("actor__person")
    return list(rows.order_by("-id")[:SAID_SHOWN])


def said_of_year(*, year: int) -> YearSaid:
    """Tell whether the country's calendar of a year is there; no year has been published without a weekend worked."""
    rows = WorkingDayEntry.objects.filter(place=COUNTRY, day__year=year)
    kinds = set(rows.order_by().values_list("kind", flat=True).distinct())
    if DayKind.WORKS in kinds:
        return YearSaid.PUBLISHED
    return YearSaid.BY_LAW if kinds else YearSaid.NOTHING


def national_days() -> dict[date, WorkingDayEntry]:
    """Return what the country says now, by day."""
    return {entry.day: entry for entry in WorkingDayEntry.objects.filter(place=COUNTRY).order_by("id")}
