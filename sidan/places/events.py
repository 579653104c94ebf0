"""What happened to places, for apps above that keep something per place."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class PlaceOpened:
    place_id: int
    on: date


@dataclass(frozen=True, slots=True)
class PlaceRenamed:
    place_id: int
    on: date


@dataclass(frozen=True, slots=True)
class PlaceMoved:
    """The place and all below it stand under another parent from that day on."""

    place_id: int
    from_parent_id: int
    to_parent_id: int
    on: date


@dataclass(frozen=True, slots=True)
class DaysMadeFree:
    """Days between two days are worked no longer, at a place and below it; everywhere where no place is named."""

    place_id: int | None
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class PlaceClosed:
    place_id: int
    on: date
