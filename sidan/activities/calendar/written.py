"""Patterns as JSON, as rows keep them and as the API speaks of them.

The one key is the kind, and below it stand the parts: `{"week": {"days": [3], "since": "2026-01-01"}}` is every
Thursday. Days of a week are counted from Monday, which is 0; -1 is the last of a month. What is as usual is left out:
every week, every month.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import MISSING, dataclass, fields
from datetime import date
from typing import Any, Final

from sidan.activities.calendar.patterns import (
    BadPattern,
    DaysOfMonth,
    DaysOfWeek,
    Festival,
    Festivals,
    LunarDays,
    Pattern,
    Terms,
    WeekdaysOfMonth,
)
from sidan.core.lunar import Term

Written = dict[str, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class _Part:
    """How one part is called, which field it is, and how it is read and written.

    `read` raises a ValueError that says what should stand there.
    """

    name: str
    field: str
    read: Callable[[object], Any]
    write: Callable[[Any], Any]


def written(pattern: Pattern) -> Written:
    """Return a pattern as JSON has it; the same pattern is always written alike."""
    kind = next(kind for kind, (made, _parts) in KINDS.items() if type(pattern) is made)
    made, parts = KINDS[kind]
    usual = _usual(made)
    told = {part: getattr(pattern, part.field) for part in parts}
    return {kind: {p.name: p.write(value) for p, value in told.items() if usual.get(p.field) != value}}


def pattern_of(told: object) -> Pattern:
    """Return the pattern that is written in some JSON.

    Raises:
        BadPattern: it cannot be read, with the place; or it names a day there is not.
    """
    if not isinstance(told, Mapping) or len(told) != 1:
        raise BadPattern("unreadable", told="one kind of repetition, and its parts")
    ((kind, below),) = told.items()
    if kind not in KINDS:
        raise BadPattern("unknown_kind", told=f"one of {', '.join(KINDS)}")
    if not isinstance(below, Mapping):
        raise BadPattern("unreadable", told="the parts by their names", where=f"/{kind}")
    made, parts = KINDS[kind]
    _check_names(kind, below, made, parts)
    read = {part.field: _read(kind, part, below[part.name]) for part in parts if part.name in below}
    try:
        pattern: Pattern = made(**read)
    except BadPattern as error:
        raise BadPattern(error.code, told=error.told, where=f"/{kind}") from error
    return pattern


def _check_names(kind: str, below: Mapping[Any, Any], made: type[Any], parts: Iterable[_Part]) -> None:
    known = {part.name: part for part in parts}
    for name in below:
        if name not in known:
            # what somebody made up is not repeated as a place to look at
            raise BadPattern("unknown_part", told=f"only {', '.join(known)}", where=f"/{kind}")
    for name, part in known.items():
        if name not in below and part.field not in _usual(made):
            raise BadPattern("missing_part", told=name, where=f"/{kind}/{name}")


def _read(kind: str, part: _Part, told: object) -> Any:
    try:
        return part.read(told)
    except ValueError as error:
        raise BadPattern("unreadable", told=str(error), where=f"/{kind}/{part.name}") from error


def _usual(made: type[Any]) -> dict[str, Any]:
    """Return what the fields are where nothing is said; a field that must be said is not among them."""
    return {each.name: each.default for each in fields(made) if each.default is not MISSING}


def _number(told: object) -> int:
    # true is a number in Python, but nobody's day
    if isinstance(told, bool) or not isinstance(told, int):
        raise ValueError("a whole number")
    return told


def _numbers(told: object) -> frozenset[int]:
    if not isinstance(told, list):
        raise ValueError("a list of whole numbers")
    return frozenset(_number(each) for each in told)


def _day(told: object) -> date:
    try:
        day = date.fromisoformat(told) if isinstance(told, str) else None
    except ValueError:
        day = None
    # the reader knows more ways to write a day (20260101, 2026-W01-4) than are agreed on here
    if day is None or day.isoformat() != told:
        raise ValueError("a day as 2026-01-31")
    return day


def _names_of(choices: type[Festival] | type[Term]) -> Callable[[object], frozenset[Any]]:
    def read(told: object) -> frozenset[Any]:
        if not isinstance(told, list) or not all(isinstance(each, str) for each in told):
            raise ValueError("a list of names")
        try:
            return frozenset(choices(each) for each in told)
        except ValueError:
            raise ValueError(f"some of {', '.join(choices)}") from None

    return read


def _in_calendar_order(choices: type[Festival] | type[Term]) -> Callable[[frozenset[Any]], list[str]]:
    return lambda names: [each.value for each in choices if each in names]


def _one_part(name: str, field: str) -> _Part:
    return _Part(name, field, _number, int)


def _many_part(name: str, field: str) -> _Part:
    return _Part(name, field, _numbers, sorted)


MONTHS_PART: Final = _many_part("months", "months")
KINDS: Final[dict[str, tuple[type[Any], tuple[_Part, ...]]]] = {
    "week": (
        DaysOfWeek,
        (
            _many_part("days", "weekdays"),
            _one_part("every", "every"),
            _Part("since", "since", _day, date.isoformat),
        ),
    ),
    "nth_weekday": (
        WeekdaysOfMonth,
        (_one_part("weekday", "weekday"), _many_part("nths", "nths"), MONTHS_PART),
    ),
    "month": (DaysOfMonth, (_many_part("days", "days"), MONTHS_PART)),
    "lunar": (LunarDays, (_many_part("days", "days"), MONTHS_PART)),
    "feasts": (
        Festivals,
        (_Part("names", "festivals", _names_of(Festival), _in_calendar_order(Festival)),),
    ),
    "terms": (Terms, (_Part("names", "terms", _names_of(Term), _in_calendar_order(Term)),)),
}
"""Each kind: what it is made of, and its parts in the order in which they are written. A name that is known stays."""
