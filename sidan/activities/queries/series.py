"""Questions about what comes again."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db.models import F, QuerySet

from sidan.activities.calendar import Occurrence, Series, next_occurrences, occurrences
from sidan.activities.enums import RecurringState
from sidan.activities.models import Activity, ActivityStep, DayDecision, Recurring, SeriesException
from sidan.activities.permissions import NoSuchSeries
from sidan.core.clock import business_date
from sidan.core.search import search_q
from sidan.places.queries import within, working_time_of

NEXT_SHOWN: Final = 12
MOST_DECISIONS: Final = 50
MOST_RULES: Final = 200
ONE_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class SeriesFilter:
    """What the reader chose above the list."""

    state: str = RecurringState.ACTIVE
    place_id: int | None = None
    text: str = ""


def series_list(*, chosen: SeriesFilter) -> QuerySet[Recurring]:
    """Return the rules in scope that fit, with what a row shows."""
    rows = Recurring.objects.select_related("place", "team", "room", "follows").annotate(
        place_key=F("place__path_names")
    )
    rows = rows.filter(state=chosen.state) if chosen.state else rows
    rows = rows.filter(within(field="place", root_ids=(chosen.place_id,))) if chosen.place_id else rows
    return rows.filter(search_q("search", chosen.text))


def recurring_by_uuid(*, uuid: UUID) -> Recurring:
    """Find a rule by its public id, within the scope. Raises NoSuchSeries."""
    rows = Recurring.objects.select_related("place", "team", "lead", "room__place", "follows")
    found = rows.filter(uuid=uuid).first()
    if found is None:
        raise NoSuchSeries
    return found


def exceptions_of(*, recurring: Recurring) -> list[SeriesException]:
    """Return what somebody decided about single days."""
    return list(SeriesException.objects.filter(recurring=recurring))


def decisions_of(*, recurring: Recurring) -> list[DayDecision]:
    """Return what was decided about single days of a rule, the latest first, with who did it and why."""
    rows = DayDecision.objects.filter(recurring=recurring).select_related("note", "actor__person")
    return list(rows.order_by("-id")[:MOST_DECISIONS])


def follower_of(*, recurring: Recurring) -> Recurring | None:
    """Return the rule that took the place of one, within the scope."""
    return Recurring.objects.filter(follows=recurring).first()


def series_of(*, recurring: Recurring) -> Series:
    """Return the rule with its exceptions."""
    return recurring.series(exceptions_of(recurring=recurring))


def series_of_many(*, rows: Collection[Recurring]) -> dict[int, Series]:
    """Return the rules of a page by their ids: one query."""
    found: dict[int, list[SeriesException]] = {row.pk: [] for row in rows}
    for one in SeriesException.objects.filter(recurring__in=list(found)):
        found[one.recurring_id].append(one)
    return {row.pk: row.series(found[row.pk]) for row in rows}


def occurrences_of(*, recurring: Recurring, at: datetime, until: date | None = None) -> list[Occurrence]:
    """Return when it is held from today on: as far as it is made ahead, or to a later day."""
    today = business_date(at)
    last = max(today + timedelta(days=settings.SERIES_DAYS_AHEAD), until or today)
    is_working = working_time_of(place_id=recurring.place_id).works_on
    return occurrences(series_of(recurring=recurring), first=today, last=last, is_working=is_working)


def to_be_made(*, recurring: Recurring, at: datetime) -> list[Occurrence]:
    """Return what of the next weeks is not made yet and has not begun."""
    coming = occurrences_of(recurring=recurring, at=at)
    rows = Activity.unscoped.filter(series=recurring, occurrence__in=[one.of for one in coming])
    made = set(rows.values_list("occurrence", flat=True))
    return [one for one in coming if one.of not in made and recurring.span_on(one.day).begins > at]


def next_days(*, series: Series, place_id: int, at: datetime, count: int = NEXT_SHOWN) -> list[Occurrence]:
    """Return the next times of a rule, today included."""
    is_working = working_time_of(place_id=place_id).works_on
    return next_occurrences(series, after=business_date(at) - ONE_DAY, count=count, is_working=is_working)


def is_over(*, recurring: Recurring, at: datetime) -> bool:
    """Tell whether it is held no more."""
    if recurring.last is None and recurring.times is None:
        return False
    return not next_days(series=series_of(recurring=recurring), place_id=recurring.place_id, at=at, count=1)


def made_from(*, recurring: Recurring, since: datetime, states: Collection[str]) -> list[Activity]:
    """Return what was made from a rule for a moment and later, in some states."""
    rows = Activity.unscoped.filter(series=recurring, state__in=sorted(states), during__startswith__gte=since)
    return list(rows.select_related("place", "booking__room__place", "lead", "team").order_by("occurrence"))


def activities_of_series(*, recurring: Recurring, at: datetime) -> list[Activity]:
    """Return what was made from a rule and is not over, by when it begins."""
    rows = Activity.objects.filter(series=recurring, during__endswith__gt=at)
    return list(rows.order_by("during", "id"))


def touched_of(*, activities: Collection[Activity]) -> frozenset[int]:
    """Return in which of what was made from a rule somebody had a hand, by their ids."""
    steps = ActivityStep.objects.filter(activity__in=activities, actor__isnull=False)
    return frozenset(steps.values_list("activity", flat=True))


def series_to_choose(*, place_id: int, team_id: int | None = None) -> list[Recurring]:
    """Return the rules in scope of a place, or of one of its teams, that are held still, by title."""
    rows = Recurring.objects.filter(place=place_id, state=RecurringState.ACTIVE)
    rows = rows.filter(team=team_id) if team_id else rows
    return list(rows.order_by("title", "id")[:MOST_RULES])


def rules_since(*, recurring_id: int) -> list[int]:
    """Return the ids of a rule and of all that took its place, one after another. Whoever asks checks the reader."""
    found, ids = [recurring_id], [recurring_id]
    while ids := list(Recurring.unscoped.filter(follows__in=ids).values_list("pk", flat=True)):
        found += ids
    return found


def rules_before(*, recurring_id: int) -> list[int]:
    """Return the ids of a rule and of those whose place it took, one after another. Whoever asks checks the reader."""
    found, before = [recurring_id], _before(recurring_id)
    while before is not None:
        found.append(before)
        before = _before(before)
    return found


def _before(recurring_id: int) -> int | None:
    return Recurring.unscoped.values_list("follows", flat=True).get(pk=recurring_id)


def active_series() -> Sequence[int]:
    """Return every rule that is held still, for the daily job."""
    rows = Recurring.unscoped.filter(state=RecurringState.ACTIVE).order_by("id")
    return list(rows.values_list("pk", flat=True))
