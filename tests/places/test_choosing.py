"""Places to choose one of: those of an office with all below them, and none that is closed."""

from datetime import date

import pytest

from sidan.places.enums import PlaceState
from sidan.places.models import Place
from sidan.places.queries import places_at_work, places_to_choose

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
