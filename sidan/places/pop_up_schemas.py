"""What the API takes and tells of what stands somewhere for a while."""

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field

from sidan.core.clock import BUSINESS_ZONE, aware
from sidan.core.inputs import CleanText, Input
from sidan.places.enums import PopUpKind, PopUpState
from sidan.places.models import PopUp, PopUpStop
from sidan.places.operations import NewPopUp, NewRounds, Stop
from sidan.places.references import PlaceRef
from sidan.places.rounds import MOST_DAYS, Rounds
from sidan.places.schemas import EnglishName, PointIn, PointOut


class StopIn(Input):
    """Where a bus stops, and from when to when."""

    name: Annotated[str, CleanText(max_length=60)]
    name_en: EnglishName = ""
    arrives: datetime
    leaves: datetime
    point: PointIn | None = None

    def stop(self) -> Stop:
        """Return it as operations take it."""
        point = self.point.point() if self.point else None
        return Stop(self.name, aware(self.arrives), aware(self.leaves), point, self.name_en)


class PopUpIn(Input):
    """All that is told of what stands somewhere for a while. Times without an offset are the county's own."""

    kind: PopUpKind
    name: Annotated[str, CleanText(max_length=60)]
    name_en: EnglishName = ""
    begins: datetime
    ends: datetime
    spot: Annotated[str, CleanText(max_length=120, min_length=0)] = ""
    spot_en: Annotated[str, CleanText(max_length=200, min_length=0)] = ""
    about: Annotated[str, CleanText(max_length=300, min_length=0)] = ""
    about_en: Annotated[str, CleanText(max_length=500, min_length=0)] = ""
    point: PointIn | None = None
    stops: Annotated[list[StopIn], Field(max_length=60)] = []

    def told(self) -> NewPopUp:
        """Return it as operations take it."""
        return NewPopUp(
            kind=self.kind, name=self.name, name_en=self.name_en, begins=aware(self.begins), ends=aware(self.ends),
            spot=self.spot, spot_en=self.spot_en, about=self.about, about_en=self.about_en,
            point=self.point.point() if self.point else None, stops=[stop.stop() for stop in self.stops],
        )  # fmt: skip


class NewPopUpIn(PopUpIn):
    """What is announced, and which place answers for it."""

    place_id: UUID


class RoundsIn(Input):
    """A fair or a stand that comes again: on market days (`endings` of the lunar day) or on weekdays (Monday is 0)."""

    place_id: UUID
    kind: Literal["fair", "market_stand"]
    name: Annotated[str, CleanText(max_length=60)]
    name_en: EnglishName = ""
    endings: Annotated[list[Annotated[int, Field(ge=0, le=9)]], Field(max_length=10)] = []
    weekdays: Annotated[list[Annotated[int, Field(ge=0, le=6)]], Field(max_length=7)] = []
    first: date
    count: Annotated[int, Field(ge=1, le=MOST_DAYS)] = MOST_DAYS
    begins_at: time
    ends_at: time
    spot: Annotated[str, CleanText(max_length=120, min_length=0)] = ""
    spot_en: Annotated[str, CleanText(max_length=200, min_length=0)] = ""
    about: Annotated[str, CleanText(max_length=300, min_length=0)] = ""
    about_en: Annotated[str, CleanText(max_length=500, min_length=0)] = ""
    point: PointIn | None = None

    def again(self) -> NewRounds:
        """Return when it comes again."""
        return NewRounds(
            rounds=Rounds(frozenset(self.endings), frozenset(self.weekdays)), first=self.first, count=self.count,
            begins_at=self.begins_at.replace(tzinfo=None), ends_at=self.ends_at.replace(tzinfo=None),
        )  # fmt: skip

    def told(self) -> NewPopUp:
        """Return what comes again; its hours are those of each day, which the operation writes."""
        begins = datetime.combine(self.first, self.begins_at.replace(tzinfo=None), BUSINESS_ZONE)
        return NewPopUp(
            kind=self.kind, name=self.name, name_en=self.name_en, begins=begins, ends=begins, spot=self.spot,
            spot_en=self.spot_en, about=self.about, about_en=self.about_en,
            point=self.point.point() if self.point else None,
        )  # fmt: skip


class PopUpChangeIn(PopUpIn):
    """The same anew; `turn` says which one was read."""

    turn: int


class PopUpCallOffIn(Input):
    """Why it is called off, which everybody reads; `turn` says which one was read."""

    why: Annotated[str, CleanText(max_length=200)]
    turn: int


class StopOut(Schema):
    """A stop of a bus."""

    name: str
    name_en: str
    arrives: datetime
    leaves: datetime
    point: PointOut | None


class PopUpOut(Schema):
    """What stands somewhere for a while."""

    id: UUID
    kind: PopUpKind
    state: PopUpState
    why: str
    name: str
    name_en: str
    place: PlaceRef
    begins: datetime
    ends: datetime
    spot: str
    spot_en: str
    about: str
    about_en: str
    point: PointOut | None
    turn: int

    @classmethod
    def of(cls, row: PopUp) -> "PopUpOut":
        """Make it of a row read with its place."""
        return cls(**_of_pop_up(row))


class OnePopUpOut(PopUpOut):
    """One of them with the stops of its way."""

    stops: list[StopOut]

    @classmethod
    def with_stops(cls, row: PopUp, stops: Iterable[PopUpStop]) -> "OnePopUpOut":
        told = [
            StopOut(
                name=one.name,
                name_en=one.name_en,
                arrives=one.arrives,
                leaves=one.leaves,
                point=PointOut.of(one),
            )
            for one in stops
        ]
        return cls(**_of_pop_up(row), stops=told)


class PopUpPageOut(Schema):
    """A page of what stands somewhere for a while."""

    items: list[PopUpOut]
    next_cursor: str | None


def _of_pop_up(row: PopUp) -> dict[str, Any]:
    same = (
        "kind",
        "state",
        "why",
        "name",
        "name_en",
        "begins",
        "ends",
        "spot",
        "spot_en",
        "about",
        "about_en",
        "turn",
    )
    told = {name: getattr(row, name) for name in same}
    return told | {"id": row.uuid, "place": PlaceRef.of(row.place), "point": PointOut.of(row)}
