"""Places to choose one of: those of an office with all below them, and none that is closed."""

from datetime import date

import pytest
from django.test import RequestFactory
from pytest_django.fixtures import Settings

from sidan.places.enums import PlaceState
from sidan.places.models import Division, Place
from sidan.places.nearby import place_near
from sidan.places.queries import places_at_work, places_to_choose
from tests.cast import Cast

pytestmark = pytest.mark.django_db
County = dict[str, Place]


def test_an_office_chooses_among_its_places_and_all_below_in_official_order(county: County) -> None:
    changning, liuche = county["changning"], county["liuche"]
    found = list(places_to_choose(root_ids=[changning.pk]))
    assert set(found) == {changning, county["chengbei"], county["huangxiang"]}
    assert found == sorted(found, key=lambda place: (place.sort_code, place.pk))
    assert list(places_to_choose(root_ids=[], alone=[changning.pk])) == [changning]
    stations = places_to_choose(root_ids=[changning.pk], alone=[liuche.pk], kinds=["station"])
    assert set(stations) == {county["chengbei"], county["huangxiang"]}
    assert not places_to_choose(root_ids=[])


def test_a_place_that_is_closed_is_not_offered_and_a_planned_one_only_to_prepare(
    county: County,
) -> None:
    changning, chengbei, huangxiang = county["changning"], county["chengbei"], county["huangxiang"]
    Place.objects.filter(pk=chengbei.pk).update(state=PlaceState.CLOSED, closed_on=date(2026, 2, 1))
    Place.objects.filter(pk=huangxiang.pk).update(state=PlaceState.PLANNED)
    assert set(places_to_choose(root_ids=[changning.pk])) == {changning, huangxiang}
    assert list(places_at_work(root_ids=[changning.pk])) == [changning]


def test_where_many_centers_stand_the_one_that_is_named_opens_for_who_has_chosen_none(
    cast: Cast, rf: RequestFactory, settings: Settings
) -> None:
    center, other = cast.places.center, cast.places.other_center
    assert place_near(rf.get("/")) is None
    Division.objects.create(code="360734000000", name=center.short_name, level=3)
    Place.objects.filter(pk=center.pk).update(division="360734000000")
    settings.HOME_DIVISION = "360734000000"
    assert place_near(rf.get("/")) == center
    chosen = rf.get("/")
    chosen.COOKIES["sidan_place"] = str(other.uuid)
    assert place_near(chosen) == other
    settings.HOME_DIVISION = "360999000000"
    assert place_near(rf.get("/")) is None
