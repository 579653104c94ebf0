"""Address, telephone, point and pictures of a place."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.db import IntegrityError, connection, transaction

from sidan.core.actor import SYSTEM, Actor
from sidan.core.errors import NotFound
from sidan.core.phones import BadPhone
from sidan.files.models import StoredFile
from sidan.places.coordinates import Point
from sidan.places.models import Place, PlaceChange, PlacePhoto
from sidan.places.operations import PlaceFacts, add_photo, correct_place, remove_photo
from sidan.places.operations.errors import PointOutside, TooManyPhotos
from sidan.places.operations.facts import PHOTO_LIMIT
from sidan.places.permissions import MayNotEditPlaces

County = dict[str, Place]


def _picture(at: datetime, number: int = 0) -> StoredFile:
    return StoredFile.objects.create(
        purpose="place_photo", content_type="image/webp", size=1, width=1, height=1, sha256="0" * 64,
        storage_key=f"test/{number}", at=at,
    )  # fmt: skip


def test_what_is_corrected_is_kept_with_what_it_was(county: County, at: datetime) -> None:
    facts = PlaceFacts(address="城北路 1 号", phone="120 0000 0001", point=Point(115.64, 24.95, "gcj02"))
    place = correct_place(actor=SYSTEM, at=at, place_id=county["chengbei"].pk, facts=facts)
    place.refresh_from_db()
    assert (place.phone, str(place.longitude), place.coordinate_system) == (
        "12000000001",
        "115.640000",
        "gcj02",
    )
    change = PlaceChange.objects.get(kind="corrected")
    assert change.before["address"] == ""
    assert change.after["longitude"] == "115.640000"


def test_the_same_facts_again_leave_no_trace(county: County, at: datetime) -> None:
    for _ in range(2):
        facts = PlaceFacts(address="城北路 1 号", point=Point(115.64, 24.95, "wgs84"))
        correct_place(actor=SYSTEM, at=at, place_id=county["chengbei"].pk, facts=facts)
    assert PlaceChange.objects.filter(kind="corrected").count() == 1


def test_wrong_facts_are_refused(county: County, at: datetime) -> None:
    with pytest.raises(PointOutside):
        correct_place(
            actor=SYSTEM,
            at=at,
            place_id=county["chengbei"].pk,
            facts=PlaceFacts(point=Point(24.9, 115.6, "wgs84")),
        )
    with pytest.raises(BadPhone):
        correct_place(actor=SYSTEM, at=at, place_id=county["chengbei"].pk, facts=PlaceFacts(phone="911"))


def test_a_stranger_corrects_nothing(
    county: County, manager_of: Callable[[Place], Actor], at: datetime
) -> None:
    stranger, file = manager_of(county["liuche"]), _picture(at)
    with pytest.raises(MayNotEditPlaces):
        correct_place(actor=stranger, at=at, place_id=county["chengbei"].pk, facts=PlaceFacts(address="x"))
    with pytest.raises(MayNotEditPlaces):
        add_photo(actor=stranger, at=at, place_id=county["chengbei"].pk, file_id=file.pk)


def test_pictures_are_added_in_order_up_to_a_limit_and_removed(county: County, at: datetime) -> None:
    place_id = county["chengbei"].pk
    photos = [
        add_photo(actor=SYSTEM, at=at, place_id=place_id, file_id=_picture(at, number).pk)
        for number in range(PHOTO_LIMIT)
    ]
    assert [photo.position for photo in photos] == list(range(PHOTO_LIMIT))
    with pytest.raises(TooManyPhotos):
        add_photo(actor=SYSTEM, at=at, place_id=place_id, file_id=_picture(at, 99).pk)
    remove_photo(actor=SYSTEM, at=at, place_id=place_id, photo_id=photos[0].pk)
    assert PlacePhoto.objects.filter(place=place_id).count() == PHOTO_LIMIT - 1
    with pytest.raises(NotFound):
        remove_photo(actor=SYSTEM, at=at, place_id=county["liuche"].pk, photo_id=photos[1].pk)


def test_the_database_refuses_a_point_without_its_system(county: County) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Place.objects.filter(pk=county["chengbei"].pk).update(longitude=115, latitude=25)


def test_the_history_of_places_cannot_be_changed(county: County) -> None:
    with (
        pytest.raises(Exception, match=r"permission denied|appended"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE places_placechange SET kind = 'moved'")
