"""Rules of the tree of places that need neither database nor clock."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time
from typing import Final

from sidan.places.enums import INSIDE_COUNTY, PARENT_KINDS, PlaceKind

PATH_SIGN: Final = " › "
_OFFICIAL_ENDINGS: Final = tuple(
    f"新时代文明实践{unit}"
    for unit in ("示范中心", "中心", "分中心", "所", "站", "点", "基地", "广场", "驿站")
)


@dataclass(frozen=True, slots=True)
class Term:
    """Days from `begins` up to, but not including, `ends`; None: still running."""

    begins: date
    ends: date | None = None

    def holds_on(self, day: date) -> bool:
        return self.begins <= day and (self.ends is None or day < self.ends)


def may_stand_under(*, kind: str, parent_kind: str | None) -> bool:
    """Tell whether a place of one kind may stand under another; a root may be of any kind (R-N1)."""
    return parent_kind is None or parent_kind in PARENT_KINDS[kind]


def is_own_county(*, kind: str, parent_kind: str | None) -> bool:
    """Tell whether a place is its own county: a center, or the root of an installation smaller than a county."""
    return kind == PlaceKind.CENTER or (parent_kind is None and kind in INSIDE_COUNTY)


SHORT_NAME_LENGTH = 40
"""Of the column; a name itself may have 80 characters."""


def short_name_of(name: str) -> str:
    """Return what people call a place: 「长宁镇新时代文明实践所」 is 「长宁镇」. A very long name is cut."""
    for ending in sorted(_OFFICIAL_ENDINGS, key=len, reverse=True):
        if name.endswith(ending) and len(name) > len(ending):
            return name.removesuffix(ending)[:SHORT_NAME_LENGTH]
    return name[:SHORT_NAME_LENGTH]


def kinds_under(parent_kind: str | None) -> tuple[str, ...]:
    """Return the kinds that may be opened under a kind, from large to small."""
    return tuple(kind for kind in PlaceKind.values if may_stand_under(kind=kind, parent_kind=parent_kind))


_STOP: Final = re.compile(
    r"(?:([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})\s+)?"
    r"([0-9]{1,2})[:\uff1a]([0-9]{2})\s*[-\u2013\u2014~\u81f3\u5230]\s*([0-9]{1,2})[:\uff1a]([0-9]{2})"
    r"[\s,\uff0c]+(\S.*)"
)
"""A colon and a comma may be the wide ones; between the times stands a dash or one of the two words for "to"."""


@dataclass(frozen=True, slots=True)
class StopLine:
    """A stop of a bus as somebody writes it down: from when to when, and on which day where that was said."""

    name: str
    arrives: time
    leaves: time
    day: date | None = None
    name_en: str = ""


class BadStop(ValueError):
    """A line that is no stop."""


def read_stops(text: str) -> list[StopLine]:
    """Return the stops that somebody typed, one a line: "9:00-10:00 South gate"; of a later day with the day before it.

    Behind a bar may stand the name in English.

    Raises:
        BadStop: a line has no two times and a name, or there is no such time or day.
    """
    return [_read_stop(line.strip()) for line in text.splitlines() if line.strip()]


def _read_stop(line: str) -> StopLine:
    found = _STOP.fullmatch(line)
    if found is None:
        raise BadStop(line)
    year, month, day, hour, minute, until_hour, until_minute, names = found.groups()
    name, _bar, name_en = (part.strip() for part in names.replace("\uff5c", "|").partition("|"))
    if not name:
        raise BadStop(line)
    try:
        return StopLine(
            name=name, arrives=time(int(hour), int(minute)), leaves=time(int(until_hour), int(until_minute)),
            day=date(int(year), int(month), int(day)) if year else None, name_en=name_en,
        )  # fmt: skip
    except ValueError as bad:
        raise BadStop(line) from bad


def written_stops(stops: Iterable[StopLine]) -> str:
    """Return stops as `read_stops` reads them."""
    return "\n".join(
        f"{stop.day.isoformat() + ' ' if stop.day else ''}{stop.arrives:%H:%M}-{stop.leaves:%H:%M} {stop.name}"
        f"{' | ' + stop.name_en if stop.name_en else ''}"
        for stop in stops
    )
