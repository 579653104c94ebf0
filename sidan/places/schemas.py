"""What the API takes and tells of places."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from ninja import Schema
from pydantic import Field

from sidan.core.inputs import CleanText, Input
from sidan.places.enums import CoordinateSystem, PlaceKind, PlaceState, Setting
from sidan.places.models import Place

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


class PlaceDetailOut(PlaceOut):
    """All that is public of a place."""

    setting: Setting
    address: str
    phone: str
    opening_hours: str
    point: PointOut | None
    opened_on: date | None
    closed_on: date | None

    @classmethod
    def of(cls, place: Place) -> "PlaceDetailOut":
        """Make it of a row read with its parent."""
        point = None
        if place.longitude is not None and place.latitude is not None:
            point = PointOut(
                longitude=float(place.longitude),
                latitude=float(place.latitude),
                system=CoordinateSystem(place.coordinate_system),
            )
        return cls(
            **_shared(place), setting=Setting(place.setting), address=place.address, phone=place.phone,
            opening_hours=place.opening_hours, point=point, opened_on=place.opened_on, closed_on=place.closed_on,
        )  # fmt: skip


class PlacePageOut(Schema):
    """A page of places."""

    items: list[PlaceOut]
    next_cursor: str | None


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
