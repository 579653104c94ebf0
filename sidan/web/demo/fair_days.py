"""On which Saturdays since 2022 Xunwu's fair was held, and how many came: by a rule, alike for whoever asks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import accumulate
from typing import Final

from sidan.activities.calendar import DaysOfWeek
from sidan.core.lunar import first_of_year
from sidan.web.demo.draw import Draw

FIRST: Final = date(2022, 1, 1)
"""A Saturday, as it happens."""
SATURDAYS: Final = DaysOfWeek(frozenset({5}), since=FIRST)
WEEK: Final = timedelta(weeks=1)
REST_BEFORE, REST_AFTER = timedelta(days=7), timedelta(days=15)
"""Around the first day of the lunar year nobody holds a fair; nor in the week of National Day."""
NATIONAL_WEEK: Final = range(1, 8)
MONTHS: Final = (60, 70, 90, 110, 120, 125, 140, 145, 130, 115, 95, 70)
"""How many come in each month, of a hundred: people stay out late in summer."""
YEARS: Final[Mapping[int, int]] = {2022: 80, 2023: 100, 2024: 105, 2025: 110}
LATER_YEARS: Final = 115


@dataclass(frozen=True, slots=True)
class Saturdays:
    """The Saturdays before the last weeks on which the fair was held and those on which it was not; how many follow."""

    held: Sequence[date]
    left_out: Sequence[date]
    follow: int
    sessions: int
    """How many were asked for."""

    def share_of(self, visitors: int) -> int:
        """Return the visitors of all sessions: fewer where there were not so many Saturdays yet."""
        return visitors * (len(self.held) + self.follow) // self.sessions


def saturdays_of(*, begun: date, now: datetime, sessions: int) -> Saturdays:
    """Choose the days before the last weeks, which begin on a day, by a rule: the same for everybody who asks that day.

    It rests around the Spring Festival and in the National Day week. Of all other Saturdays it rained on as many as
    make the number right, on those of the highest number that is drawn for a day. Where it still were too few, the
    days of rest are given back; where there were not so many Saturdays yet, it was held on all of them.
    """
    every = [FIRST + nth * WEEK for nth in range((last_before(now) - FIRST).days // 7 + 1)]
    days = [day for day in every if day < begun]
    follow = len(every) - len(days)
    chosen = set(sorted(days, key=lambda day: (is_rest(day), _drawn(day)))[: sessions - follow])
    held, left_out = [day for day in days if day in chosen], [day for day in days if day not in chosen]
    return Saturdays(held, left_out, follow, sessions)


def is_rest(day: date) -> bool:
    """Tell whether people are at home with their families."""
    new_year = first_of_year(day.year)
    return new_year - REST_BEFORE <= day <= new_year + REST_AFTER or (
        day.month == 10 and day.day in NATIONAL_WEEK
    )


def _drawn(day: date) -> int:
    return Draw(day.toordinal()).number(0, 1_000_000)


def shared_out(days: Sequence[date], *, visitors: int) -> list[int]:
    """Share the visitors out over the days by season, year and weather: whole people, and all of them."""
    weights = [
        MONTHS[day.month - 1] * YEARS.get(day.year, LATER_YEARS) * Draw(-day.toordinal()).number(85, 115)
        for day in days
    ]
    total = sum(weights)
    until = [visitors * upto // total for upto in accumulate(weights)]
    return [upto - before for before, upto in zip([0, *until], until, strict=False)]


def last_before(now: datetime) -> date:
    """Return the last Saturday whose fair is over."""
    day = now.date()
    return day - timedelta(days=(day.weekday() - 5) % 7 or 7)
