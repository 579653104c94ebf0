"""What is known of a place besides its name and where it stands: address, telephone, hours, point, pictures."""

from dataclasses import asdict, dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, Final

from django.db import transaction

from sidan.audit.operations import record
from sidan.core import clock
from sidan.core.actor import Actor
from sidan.core.errors import NotFound
from sidan.core.phones import normalise_phone
from sidan.places.coordinates import Point
from sidan.places.enums import PlaceChangeKind, Setting
from sidan.places.models import Place, PlaceChange, PlacePhoto
from sidan.places.operations.errors import PointOutside, TooManyPhotos
from sidan.places.permissions import check_may_edit

PHOTO_LIMIT: Final = 9
_PRECISION: Final = Decimal("0.000001")
"""Six decimals of a degree are a tenth of a metre."""


@dataclass(frozen=True, slots=True)
class PlaceFacts:
    """All that is told of a place. What is left empty is not known."""

    address: str = ""
    phone: str = ""
    opening_hours: str = ""
    point: Point | None = None
    setting: str = Setting.OTHER
    sort_code: str = ""


@transaction.atomic
def correct_place(*, actor: Actor, at: datetime, place_id: int, facts: PlaceFacts) -> Place:
    """Write down what is known of a place. The same facts again change nothing and leave no trace.

    Raises:
        PointOutside, BadPhone: what was given is not right.
        MayNotEditPlaces: the actor does not manage the place.
    """
    place = Place.objects.select_for_update().filter(pk=place_id).first()
    if place is None:
        raise NotFound()
    check_may_edit(actor=actor, place=place)
    wanted = _columns(facts)
    changed = {name: value for name, value in wanted.items() if getattr(place, name) != value}
    if not changed:
        return place
    before = {name: getattr(place, name) for name in changed}
    for name, value in changed.items():
        setattr(place, name, value)
    place.save(update_fields=list(changed))
    PlaceChange.objects.create(
        place=place, kind=PlaceChangeKind.CORRECTED, on=clock.business_date(at), at=at, actor_id=actor.account_id,
        before=_plain(before), after=_plain(changed),
    )  # fmt: skip
    _audit(actor=actor, at=at, verb="places.corrected", place=place, fields=sorted(changed))
    return place


@transaction.atomic
def add_photo(*, actor: Actor, at: datetime, place_id: int, file_id: int) -> PlacePhoto:
    """Put a stored picture behind those that a place shows already.

    Raises:
        TooManyPhotos: it shows as many as it may.
        MayNotEditPlaces: the actor does not manage the place.
    """
    place = Place.objects.select_for_update().filter(pk=place_id).first()
    if place is None:
        raise NotFound()
    check_may_edit(actor=actor, place=place)
    positions = list(PlacePhoto.objects.filter(place=place).values_list("position", flat=True))
    if len(positions) >= PHOTO_LIMIT:
        raise TooManyPhotos(limit=PHOTO_LIMIT)
    photo = PlacePhoto.objects.create(place=place, file_id=file_id, position=max(positions, default=-1) + 1)
    _audit(actor=actor, at=at, verb="places.photo_added", place=place, file=file_id)
    return photo


@transaction.atomic
def remove_photo(*, actor: Actor, at: datetime, place_id: int, photo_id: int) -> None:
    """Take a picture away from a place; the stored file is cleaned up by `files` when nothing shows it any more.

    Raises:
        NotFound: this place has no such picture.
        MayNotEditPlaces: the actor does not manage the place.
    """
    photo = PlacePhoto.objects.select_related("place").filter(pk=photo_id, place=place_id).first()
    if photo is None:
        raise NotFound()
    check_may_edit(actor=actor, place=photo.place)
    photo.delete()
    _audit(actor=actor, at=at, verb="places.photo_removed", place=photo.place, file=photo.file_id)


def _columns(facts: PlaceFacts) -> dict[str, Any]:
    """Return the columns of a place's facts, in the form in which they are stored."""
    columns = asdict(facts)
    del columns["point"]
    columns["phone"] = normalise_phone(facts.phone) if facts.phone else ""
    return {**columns, **point_columns(facts.point)}


def point_columns(point: Point | None) -> dict[str, Any]:
    """Return the columns of a point, with its system. Raises PointOutside."""
    if point is None:
        return {"longitude": None, "latitude": None, "coordinate_system": ""}
    if not (-180 <= point.longitude <= 180 and -90 <= point.latitude <= 90):
        raise PointOutside()
    return {
        "longitude": Decimal(str(point.longitude)).quantize(_PRECISION),
        "latitude": Decimal(str(point.latitude)).quantize(_PRECISION),
        "coordinate_system": point.system,
    }


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    return {name: str(value) if isinstance(value, Decimal) else value for name, value in values.items()}


def _audit(*, actor: Actor, at: datetime, verb: str, place: Place, **facts: object) -> None:
    record(
        actor=actor, at=at, verb=verb, subject=("place", place.pk), place_id=place.pk, county_id=place.county_id,
        **facts,
    )  # fmt: skip
