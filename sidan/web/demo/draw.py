"""Drawing lots: names, phones, numbers and ids from one seed, the same on every machine."""

import random
from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Final, TypeVar
from uuid import UUID

from sidan.core.clock import BUSINESS_ZONE
from sidan.core.ids import check_digit
from sidan.people.enums import Sex
from sidan.web.demo.names import FEMALE, MALE, SURNAMES

_Thing = TypeVar("_Thing")
MORNING: Final = 8
EVENING: Final = 20


class Draw:
    """A seeded source of everything that chance decides."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)
        self._phones = 0
        self._numbers: set[str] = set()
        self._moment, self._milliseconds = datetime.min, 0  # noqa: DTZ901 # no moment that is ever drawn

    def chance(self, share: float) -> bool:
        """Say yes in this share of cases."""
        return self._random.random() < share

    def number(self, least: int, most: int) -> int:
        """Return a whole number, both ends included."""
        return self._random.randint(least, most)

    def one(self, things: Sequence[_Thing]) -> _Thing:
        """Return one of some things."""
        return things[self._random.randrange(len(things))]

    def some(self, things: Sequence[_Thing], count: int) -> list[_Thing]:
        """Return some different things in a drawn order, all of them when there are fewer."""
        return self._random.sample(things, min(count, len(things)))

    def weighted(self, things: Sequence[tuple[_Thing, int]]) -> _Thing:
        """Return one of some things by their weights."""
        return self._random.choices([thing for thing, _w in things], [weight for _t, weight in things])[0]

    def sex(self) -> Sex:
        """Two of three volunteers are women, as everywhere."""
        return Sex.FEMALE if self.chance(0.62) else Sex.MALE

    def person_name(self, sex: Sex) -> str:
        """Return an invented name."""
        given = FEMALE if sex == Sex.FEMALE else MALE
        length = 1 if self.chance(0.12) else 2
        return self.weighted(SURNAMES) + "".join(self.one(given) for _nth in range(length))

    def phone(self) -> str:
        """Return the next phone of the unassigned range 12x; those of the demo accounts stand apart in 120."""
        self._phones += 1
        return f"121{self._phones:08d}"

    def order_number(self) -> str:
        """Return nine digits with their check digit, each once."""
        while True:
            digits = str(10_000_000 + self._random.randrange(90_000_000))
            if digits not in self._numbers:
                self._numbers.add(digits)
                return digits + check_digit(digits)

    def uuid(self, at: datetime) -> UUID:
        """Return a UUIDv7 of a moment, its random part drawn."""
        if at is not self._moment:
            self._moment, self._milliseconds = at, int(at.timestamp() * 1000)
        milliseconds = self._milliseconds
        value = (milliseconds & 0xFFFF_FFFF_FFFF) << 80 | 0x7 << 76 | self._random.getrandbits(12) << 64
        return UUID(int=value | 0b10 << 62 | self._random.getrandbits(62))

    def later(self, at: datetime, least_minutes: int, most_minutes: int) -> datetime:
        """Return a moment some time later, at an hour at which people are up."""
        then = at + timedelta(minutes=self.number(least_minutes, most_minutes), seconds=self.number(0, 59))
        return awake(then, minutes=self.number(0, 90))


class DrawnNames:
    """Names for all that the operations write while the demo is loaded, from a seed of their own.

    Each is a millisecond later than the one before, so that they sort as they were given.
    """

    def __init__(self, *, seed: int, at: datetime) -> None:
        self._draw, self._at = Draw(seed), at

    def uuid(self) -> UUID:
        """Return the next UUIDv7."""
        self._at += timedelta(milliseconds=1)
        return self._draw.uuid(self._at)

    def number(self) -> str:
        """Return the next number."""
        return self._draw.order_number()


def awake(at: datetime, *, minutes: int = 0) -> datetime:
    """Move a moment of the night to the next morning."""
    local = at.astimezone(BUSINESS_ZONE)
    if local.hour < MORNING:
        return datetime.combine(local.date(), time(MORNING), BUSINESS_ZONE) + timedelta(minutes=minutes)
    if local.hour >= EVENING:
        tomorrow = local.date() + timedelta(days=1)
        return datetime.combine(tomorrow, time(MORNING), BUSINESS_ZONE) + timedelta(minutes=minutes)
    return local


def before_night(at: datetime, *, minutes: int) -> datetime:
    """Move a moment of the night so many minutes before the evening's end: never later than it was."""
    local = at.astimezone(BUSINESS_ZONE)
    if MORNING <= local.hour < EVENING:
        return local
    day = local.date() if local.hour >= EVENING else local.date() - timedelta(days=1)
    return datetime.combine(day, time(EVENING), BUSINESS_ZONE) - timedelta(minutes=minutes)
