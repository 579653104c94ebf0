"""What the API takes and tells of places."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from ninja import Schema
from pydantic import Field

from sidan.core.inputs import CleanText, Input
from sidan.places.coordinates import Point
from sidan.places.enums import CoordinateSystem, DayKind, PlaceKind, PlaceState, Setting
from sidan.places.models import Place, PopUp, PopUpStop
from sidan.places.operations import PlaceFacts
from sidan.places.queries import DayTold, point_of
from sidan.places.references import PlaceRef

Name = Annotated[str, CleanText(max_length=80)]
ShortName = Annotated[str, CleanText(max_length=40, min_length=0)]
EnglishName = Annotated[str, CleanText(max_length=120, min_length=0)]


class PlaceOut(Schema):
    """A place in a list."""

    id: UUID
    kind: PlaceKind
    state: PlaceState
    name: str
    name_en: str
    short_name: str
    path_names: str
    division_code: str | None
    parent_id: UUID | None

    @classmethod
    def of(cls, place: Place) -> "PlaceOut":
        """Make it of a row read with its parent."""
        return cls(**_shared(place))


class PointOut(Schema):
    longitude: float
    latitude: float
    system: CoordinateSystem

    @classmethod
    def of(cls, row: Place | PopUp | PopUpStop) -> "PointOut | None":
        """Return where something lies, or nothing where nobody has said it."""
        point = point_of(row)
        if point is None:
            return None
        return cls(longitude=point.longitude, latitude=point.latitude, system=CoordinateSystem(point.system))


class PlaceDetailOut(PlaceOut):
    """All that is public of a place."""

    setting: Setting
    address: str
    phone: str
    opening_hours: str
    point: PointOut | None
    opened_on: date | None
    closed_on: date | None
    photos: list[UUID]

    @classmethod
    def of(cls, place: Place) -> "PlaceDetailOut":
        """Make it of a row read with its parent."""
        return cls(
            **_shared(place), setting=Setting(place.setting), address=place.address, phone=place.phone,
            opening_hours=place.opening_hours, point=PointOut.of(place), opened_on=place.opened_on,
            closed_on=place.closed_on, photos=[photo.file.uuid for photo in place.photos.select_related("file")],
        )  # fmt: skip


class PlacePageOut(Schema):
    """A page of places."""

    items: list[PlaceOut]
    next_cursor: str | None


class PointIn(Input):
    """A point, in the system of coordinates it was measured in."""

    longitude: Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False)]
    latitude: Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False)]
    system: CoordinateSystem

    def point(self) -> Point:
        """Return it as operations take it."""
        return Point(self.longitude, self.latitude, self.system)


class FactsIn(Input):
    """All that is told of a place besides its name; what is left out becomes empty."""

    address: Annotated[str, CleanText(max_length=200, min_length=0)] = ""
    phone: Annotated[str, CleanText(max_length=30, min_length=0)] = ""
    opening_hours: Annotated[str, CleanText(max_length=200, min_length=0)] = ""
    setting: Setting = Setting.OTHER
    point: PointIn | None = None

    def facts(self, *, sort_code: str) -> PlaceFacts:
        """Return what the operation takes; the place keeps its position in lists."""
        point = self.point.point() if self.point else None
        return PlaceFacts(
            address=self.address, phone=self.phone, opening_hours=self.opening_hours, point=point,
            setting=self.setting, sort_code=sort_code,
        )  # fmt: skip


class OpenIn(Input):
    """A place to open."""

    kind: PlaceKind
    name: Name
    parent_id: UUID
    short_name: ShortName = ""
    name_en: EnglishName = ""
    setting: Setting = Setting.OTHER
    division_code: Annotated[str, Field(pattern=r"^[0-9]{12}$")] | None = None
    on: date | None = None


class RenameIn(Input):
    """Another name for a place."""

    name: Name
    short_name: ShortName = ""
    name_en: EnglishName = ""
    on: date | None = None


class MoveIn(Input):
    """Where a place shall stand from a day on."""

    parent_id: UUID
    on: date | None = None


class CloseIn(Input):
    """From which day a place is closed."""

    on: date | None = None


class DayIn(Input):
    """What a place says of a day, and why; `as_above` takes back what it said."""

    day: date
    kind: DayKind
    reason: Annotated[str, CleanText(max_length=200)]


class DayOut(Schema):
    """A day of a place's calendar. Without `said` it is as its weekday is; without `said_by` the country says it."""

    day: date
    works: bool
    is_own: bool
    said: DayKind | None
    said_by: PlaceRef | None
    occasion: str
    reason: str

    @classmethod
    def of(cls, told: DayTold) -> "DayOut":
        entry = told.entry
        return cls(
            day=told.day, works=told.works, is_own=told.is_own, said=DayKind(entry.kind) if entry else None,
            said_by=PlaceRef.of(entry.place) if entry and entry.place else None,
            occasion=entry.occasion if entry else "", reason=entry.reason if entry else "",
        )  # fmt: skip


def _shared(place: Place) -> dict[str, Any]:
    return {
        "id": place.uuid,
        "kind": place.kind,
        "state": place.state,
        "name": place.name,
        "name_en": place.name_en,
        "short_name": place.short_name,
        "path_names": place.path_names,
        "division_code": place.division_id,
        "parent_id": place.parent.uuid if place.parent else None,
    }
