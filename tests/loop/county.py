"""A county with a tree of its own in each run, told a second time in plain Python: who stands below whom, which day
is worked. What the database says of both is compared with this.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final

from sidan.core.actor import SYSTEM
from sidan.core.clock import business_date
from sidan.core.errors import DomainError
from sidan.people.models import Person
from sidan.places.models import Place
from sidan.places.operations import move_place, open_place, read_national_days, set_working_day
from tests.orders.scene import AT, SINCE, Scene

NATIONAL: Final = {each.day: each.kind == "works" for each in read_national_days()}
SEATS: Final = {
    "li": "center", "director": "town", "keeper": "station", "supervisor": "city", "mallory": "far",
}  # fmt: skip
"""Who of the scene works where; all others are residents and volunteers."""
DISPATCHING: Final = frozenset({"li", "director"})
HOLDING: Final = frozenset({"keeper"})
"""Who decides only about what the own station holds."""
ENTERING: Final = frozenset({"li", "director", "keeper"})


@dataclass
class County:
    """The scene's county with more places, and what was done to them, in the order in which it was."""

    scene: Scene
    towns: list[Place]
    stations: list[Place]
    stood: dict[int, list[tuple[date, int | None]]] = field(default_factory=dict)
    """Of each place: since when under which."""
    said: dict[tuple[int, date], bool | None] = field(default_factory=dict)
    """What places said of days: worked or not; None takes it back."""

    @property
    def places(self) -> list[Place]:
        """Everything from the city down; the neighbour's center is not of ours."""
        return [
            Place.objects.get(pk=self.scene.center.parent_id), self.scene.center, *self.towns, *self.stations,
        ]  # fmt: skip

    def chain(self, place_id: int | None, day: date = date.max) -> Iterator[int]:
        """Yield a place and all above it, as they stood on a day."""
        while place_id is not None:
            yield place_id
            place_id = next(above for since, above in reversed(self.stood[place_id]) if since <= day)

    def seat_of(self, who: str) -> int | None:
        """Return where somebody works."""
        seats = {
            "center": self.scene.center.pk, "town": self.scene.town.pk, "station": self.scene.station.pk,
            "city": self.scene.center.parent_id, "far": self.scene.far_center.pk,
        }  # fmt: skip
        return seats[SEATS[who]] if who in SEATS else None

    def looks_over(self, who: str, *place_ids: int) -> bool:
        """Tell whether somebody's seat is one of the places, or above one."""
        seat = self.seat_of(who)
        return seat is not None and any(seat in self.chain(place_id) for place_id in place_ids)

    def works(self, place_id: int, day: date) -> bool:
        """Tell whether a place works on a day: what it says, else who stands above, the country, the week."""
        for each in self.chain(place_id):
            told = self.said.get((each, day))
            if told is not None:
                return told
        return NATIONAL.get(day, day.weekday() not in {5, 6})

    def reorganise(self, place: Place, under: Place, *, at: datetime, days_back: int = 0) -> None:
        """Let a station stand under another town from today or some days before on, if it can."""
        day = business_date(at) - timedelta(days=days_back)
        try:
            move_place(actor=SYSTEM, at=at, place_id=place.pk, parent_id=under.pk, on=day)
        except DomainError:
            return
        self.stood[place.pk].append((day, under.pk))

    def correct_day(self, place: Place, day: date, *, kind: str, at: datetime) -> None:
        """Say that a place works or rests on a day, or take that back, if it says anything new."""
        try:
            set_working_day(actor=SYSTEM, at=at, place_id=place.pk, day=day, kind=kind, reason="大雪")
        except DomainError:
            return
        self.said[place.pk, day] = {"works": True, "rests": False, "as_above": None}[kind]


def grow(scene: Scene, *, towns: int, under: list[int], home: int) -> County:
    """Open more towns, a station for each of `under` (in which town), and let Grandma Zhou live somewhere of it."""
    opened = SINCE + timedelta(days=1)
    more = [_open("institute", f"第{nth}镇", scene.center, opened) for nth in range(towns)]
    county = County(scene, [scene.town, *more], [scene.station])
    for nth, town in enumerate(under):
        county.stations.append(_open("station", f"第{nth}村", county.towns[town % len(county.towns)], opened))
    for place in [
        *Place.objects.filter(pk__in=[scene.center.parent_id, scene.far_center.pk]),
        *county.places,
    ]:
        county.stood[place.pk] = [(date.min, place.parent_id)]
    lives = [*county.towns, *county.stations][home % (len(county.towns) + len(county.stations))]
    Person.unscoped.filter(account=scene.accounts["zhou"]).update(home_place=lives, county=scene.center)
    return county


def _open(kind: str, name: str, under: Place, on: date) -> Place:
    return open_place(actor=SYSTEM, at=AT, kind=kind, name=name, parent_id=under.pk, on=on)
