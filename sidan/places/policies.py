"""Rules of the tree of places that need neither database nor clock."""

from dataclasses import dataclass
from datetime import date
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
