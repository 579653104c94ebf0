"""The console's search over everything, and the switch of the place."""

import pytest
from django.urls import reverse

from sidan.people.access import scope_for
from sidan.people.narrowing import NARROW_KEY, narrowed_to
from tests.cast import Cast
from tests.factories import make_volunteer

pytestmark = pytest.mark.django_db

FIND, NARROW = "/console/find/", "/console/place/"


def test_one_field_finds_people_teams_and_places(cast: Cast) -> None:
    client = cast.manager.client()
    person = cast.leader.person
    page = client.get(FIND, {"q": person.name}).content.decode()
    assert person.name in page
    assert person.contact_phone is None or str(person.contact_phone) not in page
    assert cast.team.shown_name in client.get(FIND, {"q": cast.team.name[:3]}).content.decode()
    place = client.get(FIND, {"q": "cbsq"}).content.decode()
    assert reverse("places:console_place", args=[cast.places.chengbei.uuid]) in place


def test_another_county_is_not_found(cast: Cast) -> None:
    client = cast.mallory.client()
    for words in (cast.team.name, cast.places.chengbei.short_name, cast.leader.person.name):
        page = client.get(FIND, {"q": words}).content.decode()
        assert "found-title" not in page, words


def test_the_piece_is_only_what_was_found(cast: Cast) -> None:
    answer = cast.manager.client().get(FIND, {"q": "cbsq"}, headers={"HX-Request": "true"})
    assert "<html" not in answer.content.decode()
    assert "found-group" in answer.content.decode()


def test_a_resident_has_no_search_over_everything(cast: Cast) -> None:
    assert cast.zhou.client().get(FIND, {"q": "x"}).status_code == 403


def test_more_hits_than_are_shown_lead_to_the_list(cast: Cast) -> None:
    for number in range(7):
        make_volunteer(f"寻找{number}", at_place=cast.places.chengbei)
    page = cast.manager.client().get(FIND, {"q": "寻找"}).content.decode()
    assert page.count("found-title") == 10, "five volunteers, and they as residents to order for"
    assert f"{reverse('people:volunteers')}?q=" in page


def test_a_narrowed_console_shows_one_place_and_what_is_below_it(cast: Cast) -> None:
    client, places = cast.manager.client(), cast.places
    make_volunteer("北边的人", at_place=places.chengbei)
    make_volunteer("南边的人", at_place=places.liuche)
    answer = client.post(NARROW, {"place": str(places.changning.uuid)})
    assert answer.status_code == 302
    page = client.get(reverse("people:volunteers")).content.decode()
    assert "北边的人" in page
    assert "南边的人" not in page
    assert places.changning.short_name in page
    assert client.get(reverse("people:volunteers"), {"place": str(places.liuche.uuid)}).status_code == 200
    client.post(NARROW, {"place": ""})
    assert "南边的人" in client.get(reverse("people:volunteers")).content.decode()


def test_nobody_widens_the_console_by_narrowing_it(cast: Cast) -> None:
    client = cast.director.client()
    assert client.post(NARROW, {"place": str(cast.places.other_station.uuid)}).status_code == 422
    session = client.session
    session[NARROW_KEY] = cast.places.other_center.pk
    session.save()
    page = client.get(reverse("people:teams")).content.decode()
    assert cast.places.other_center.short_name not in page


def test_grants_below_the_place_stay_as_they_are(cast: Cast) -> None:
    actor, places = cast.manager.actor, cast.places
    narrowed = narrowed_to(actor=actor, place_id=places.changning.pk)
    assert narrowed is not None
    assert {grant.place_id for grant in narrowed.actor.grants} == {places.changning.pk}
    assert narrowed.actor.roles == actor.roles
    assert scope_for(narrowed.actor).root_ids == (places.changning.pk,)
    above = narrowed_to(actor=narrowed.actor, place_id=places.center.pk)
    assert above is not None
    assert above.actor.grants == narrowed.actor.grants
    assert narrowed_to(actor=actor, place_id=places.other_center.pk) is None
