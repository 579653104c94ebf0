"""What the calendar says of a day by itself: its lunar date, feast, term, names, and whether one works on it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sidan.activities.calendar import Festival, Pattern, festival_on
from sidan.activities.models import NamedDay
from sidan.activities.words import FESTIVALS, TERMS, lunar_date_words, short_lunar_words
from sidan.core.lunar import Term, term_on
from sidan.places.queries import DayTold


@dataclass(frozen=True, slots=True)
class DayWords:
    """A day in words."""

    day: date
    lunar: str
    lunar_short: str
    names: tuple[str, ...]
    """Feast, term, and what else it is called: the best known first."""
    off: str
    """"off" or "on" where it is otherwise than its weekday: a holiday, or a weekend that is worked."""


def words_of_days(
    days: Sequence[date], *, named: Sequence[NamedDay], told: Mapping[date, DayTold]
) -> dict[date, DayWords]:
    """Return the words of some days, of the years that people leaf through."""
    patterns = [(each.falls, each.shown_name) for each in named]
    return {
        day: DayWords(
            day, lunar_date_words(day), short_lunar_words(day), _names(day, patterns), _off(told.get(day))
        )
        for day in days
    }


def _names(day: date, patterns: Sequence[tuple[Pattern, str]]) -> tuple[str, ...]:
    feast, term = festival_on(day), term_on(day)
    names = [str(FESTIVALS[feast])] if feast else []
    # 清明 is both, and said once
    if term and not (feast is Festival.CLEAR_AND_BRIGHT and term is Term.CLEAR_AND_BRIGHT):
        names.append(str(TERMS[term]))
    return tuple(names + [name for pattern, name in patterns if pattern.falls_on(day)])


def _off(told: DayTold | None) -> str:
    if told is None or told.entry is None:
        return ""
    return "on" if told.works else "off"
