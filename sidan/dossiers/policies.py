"""Which parts of a ledger are there, which lack, who can still add them, and when it is filed by itself."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sidan.dossiers.enums import AT_THE_DOOR, Part

FILED: Final = "filed"


@dataclass(frozen=True, slots=True)
class Held:
    """What there is of an activity, as far as it counts for being whole."""

    is_planned: bool = False
    """It stands for a line of a plan, or comes by a rule that was decided on."""
    is_told: bool = False
    listed: int = 0
    """Who signed up or was marked at the door."""
    came: int = 0
    heads: int | None = None
    photos: int = 0
    has_minutes: bool = False
    has_news: bool = False


@dataclass(frozen=True, slots=True)
class Completeness:
    """Which parts are there, and which lack: told as "5 of 7 parts", never as a share."""

    there: tuple[Part, ...]
    lacking: tuple[Part, ...]

    @property
    def count(self) -> int:
        return len(self.there)

    @property
    def of(self) -> int:
        return len(self.there) + len(self.lacking)

    @property
    def is_whole(self) -> bool:
        return not self.lacking


def completeness_of(held: Held) -> Completeness:
    """Tell which parts are there. All count alike."""
    is_there = {
        Part.PLAN: held.is_planned,
        Part.NOTICE: held.is_told,
        Part.LIST: held.listed > 0,
        Part.PHOTOS: held.photos > 0,
        Part.MINUTES: held.has_minutes,
        Part.NUMBERS: held.came > 0 or held.heads is not None,
        Part.NEWS: held.has_news,
    }
    return Completeness(
        there=tuple(part for part in Part if is_there[part]),
        lacking=tuple(part for part in Part if not is_there[part]),
    )


def can_be_added(part: Part, *, state: str) -> bool:
    """Tell whether a part can still be added: who came is fixed once the activity is filed, all else can follow."""
    return part != Part.NOTICE and not (part in AT_THE_DOOR and state == FILED)


@dataclass(frozen=True, slots=True)
class Closing:
    """What decides whether an activity that is over is filed without anybody."""

    is_whole: bool
    is_door_shut: bool
    """Nobody can come or go any more, and no time waits for a second person."""
    over_since: datetime


def files_itself(closing: Closing, *, at: datetime, days: int) -> bool:
    """Tell whether it is filed by itself: whole and with its door shut, or after some days, whatever it lacks."""
    is_done = closing.is_whole and closing.is_door_shut
    return is_done or at >= closing.over_since + timedelta(days=days)
