"""What would become of the coming times of a rule that is changed from a day on: read before it is done."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final

from sidan.activities.calendar import Occurrence, Series, next_occurrences
from sidan.activities.enums import Fate
from sidan.activities.models import Activity, Recurring
from sidan.activities.operations.planning import Plan
from sidan.activities.operations.ruling import Rule, columns_of_rule
from sidan.activities.operations.series import made_for_later, rest_of_rule
from sidan.activities.queries import series_of
from sidan.places.queries import working_time_of

SHOWN: Final = 12
"""Of each rule, the old one and the new one."""
_OF_DAYS: Final = frozenset({"pattern", "wanted", "otherwise", "first", "last", "times"})
ONE_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Foreseen:
    """One time: known by the day of its pattern, when it is held now, when it would be, and what that comes to."""

    of: date
    before: date | None
    after: date | None
    fate: Fate
    made: Activity | None = None


def foresee_change(
    *, at: datetime, recurring: Recurring, day: date, rule: Rule, plan: Plan
) -> list[Foreseen]:
    """Return what becomes of each coming time from a day on, in order: nothing is written.

    Raises:
        BadRule
    """
    before = series_of(recurring=recurring)
    after = rest_of_rule(recurring, before, replace(rule, first=max(day, rule.first)), day).series()
    old, new = (_next(recurring, series, day) for series in (before, after))
    until = min([days[-1].day for days in (old, new) if len(days) == SHOWN], default=date.max)
    untouched, touched = made_for_later(recurring, day)
    made = {one.occurrence: one for one in [*untouched, *touched] if one.occurrence}
    kept = {one.occurrence for one in touched}
    days = _by_pattern(old, until, made), _by_pattern(new, until, made)
    otherwise = {Fate.SAME: Fate.OTHER} if _is_other(recurring, rule, plan) else {}
    told = []
    for of in sorted({*days[0], *days[1], *made}):
        one = Foreseen(of, days[0].get(of), days[1].get(of), Fate.KEPT, made.get(of))
        fate = Fate.KEPT if of in kept else _fate(one)
        told.append(replace(one, fate=otherwise.get(fate, fate)))
    return told


def _next(recurring: Recurring, series: Series, day: date) -> list[Occurrence]:
    is_working = working_time_of(place_id=recurring.place_id).works_on
    return next_occurrences(series, after=day - ONE_DAY, count=SHOWN, is_working=is_working)


def _by_pattern(days: Sequence[Occurrence], until: date, made: Mapping[date, Activity]) -> dict[date, date]:
    """Return when each is held, as far as both rules were looked through; what is made already in any case."""
    return {one.of: one.day for one in days if one.day <= until or one.of in made}


def _fate(one: Foreseen) -> Fate:
    if one.after is None:
        return Fate.OFF if one.made else Fate.GONE
    if one.before is None:
        return Fate.NEW
    return Fate.SAME if one.before == one.after else Fate.MOVED


def _is_other(recurring: Recurring, rule: Rule, plan: Plan) -> bool:
    """Tell whether the hours, the spot or what it is made with are other than they were."""
    told = columns_of_rule(rule, plan, lead=plan.lead or recurring.lead)
    return any(getattr(recurring, name) != value for name, value in told.items() if name not in _OF_DAYS)
