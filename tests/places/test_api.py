"""Places over the API: the same operations and rights as the pages."""

import json
from typing import Any

import pytest
from django.test import Client

from sidan.places.models import Place
from tests.cast import Cast, Someone

pytestmark = pytest.mark.django_db
ROOT = "/api/v1/places"


def _post(someone: Someone, url: str, payload: dict[str, Any]) -> Any:
    return someone.client().post(url, json.dumps(payload), content_type="application/json")


def test_places_are_listed_by_name_kind_and_what_they_stand_under(cast: Cast) -> None:
    client = cast.zhou.client()
    answer = client.get(ROOT, {"q": "城北", "kind": "station", "under": str(cast.places.changning.uuid)})
    assert [item["id"] for item in answer.json()["items"]] == [str(cast.places.chengbei.uuid)]
    first = client.get(ROOT, {"limit": 2}).json()
    second = client.get(ROOT, {"limit": 2, "cursor": first["next_cursor"]}).json()
    seen = [item["id"] for item in first["items"] + second["items"]]
    assert len(set(seen)) == 4


def test_a_place_tells_what_is_public_and_its_children(cast: Cast) -> None:
    client, place = cast.zhou.client(), cast.places.changning
    told = client.get(f"{ROOT}/{place.uuid}").json()
    assert (told["name"], told["parent_id"]) == (place.name, str(cast.places.center.uuid))
    children = client.get(f"{ROOT}/{place.uuid}/children").json()
    assert {child["id"] for child in children} == {
        str(cast.places.chengbei.uuid), str(cast.places.huangxiang.uuid),
    }  # fmt: skip


def test_a_manager_opens_moves_and_closes(cast: Cast) -> None:
    payload = {
        "kind": "station",
        "name": "河东社区新时代文明实践站",
        "parent_id": str(cast.places.changning.uuid),
    }
    made = _post(cast.manager, ROOT, payload)
    assert made.status_code == 201
    url = f"{ROOT}/{made.json()['id']}"
    moved = _post(cast.manager, f"{url}/move", {"parent_id": str(cast.places.liuche.uuid)})
    assert moved.json()["parent_id"] == str(cast.places.liuche.uuid)
    assert (
        _post(cast.manager, f"{url}/rename", {"name": "河西社区新时代文明实践站"}).json()["short_name"]
        == "河西社区"
    )
    assert _post(cast.manager, f"{url}/close", {}).json()["state"] == "closed"
    again = _post(cast.manager, f"{url}/close", {})
    assert (again.status_code, again.json()["code"]) == (409, "place_not_open")


def test_strangers_and_residents_change_nothing(cast: Cast) -> None:
    url = f"{ROOT}/{cast.places.chengbei.uuid}"
    for someone in (cast.mallory, cast.zhou):
        for path, payload in (
            (ROOT, {"kind": "station", "name": "x", "parent_id": str(cast.places.changning.uuid)}),
            (f"{url}/rename", {"name": "x"}),
            (f"{url}/move", {"parent_id": str(cast.places.liuche.uuid)}),
            (f"{url}/close", {}),
        ):
            refused = _post(someone, path, payload)
            assert (refused.status_code, refused.json()["code"]) == (403, "may_not_edit_places")
    assert Place.objects.get(pk=cast.places.chengbei.pk).name == cast.places.chengbei.name


@pytest.mark.parametrize(
    "payload",
    [
        {"name": ""}, {"name": "x" * 81}, {"name": "a\u0000b"}, {"name": 5}, {}, {"name": "x", "on": "31/12/2026"},
        {"name": "x", "on": "9999-12-31"},
    ],
)  # fmt: skip
def test_bad_input_is_refused_by_a_sentence(cast: Cast, payload: dict[str, Any]) -> None:
    answer = _post(cast.manager, f"{ROOT}/{cast.places.chengbei.uuid}/rename", payload)
    assert answer.status_code == 422
    assert answer.json()["title"]


def test_unknown_places_are_not_found(cast: Cast, client: Client) -> None:
    nowhere = "00000000-0000-7000-8000-000000000000"
    assert cast.zhou.client().get(f"{ROOT}/{nowhere}").status_code == 404
    assert cast.zhou.client().get(ROOT, {"under": nowhere}).status_code == 404
    assert (
        _post(cast.manager, f"{ROOT}/{cast.places.chengbei.uuid}/move", {"parent_id": nowhere}).status_code
        == 404
    )


def test_a_day_of_the_calendar_is_corrected_and_read(cast: Cast) -> None:
    url = f"{ROOT}/{cast.places.changning.uuid}/working-days"
    said = {"day": "2027-03-01", "kind": "rests", "reason": "大雪封路"}
    told = _post(cast.manager, url, said).json()
    assert (told["works"], told["is_own"], told["said"]) == (False, True, "rests")
    below = f"{ROOT}/{cast.places.chengbei.uuid}/working-days"
    days = {day["day"]: day for day in cast.practitioner.client().get(below, {"year": 2027}).json()}
    assert len(days) == 365
    assert days["2027-03-01"]["said_by"] == {
        "id": str(cast.places.changning.uuid), "name": cast.places.changning.short_name,
    }  # fmt: skip
    assert (days["2027-03-01"]["works"], days["2027-03-01"]["is_own"]) == (False, False)
    assert (days["2027-03-02"]["works"], days["2027-03-02"]["said"]) == (True, None)
    again = _post(cast.manager, url, said)
    assert (again.status_code, again.json()["code"]) == (409, "places_day_is_so_already")
    for bad in ({**said, "day": "2101-01-01"}, {**said, "kind": "dances"}, {**said, "reason": ""}):
        assert _post(cast.manager, url, bad).status_code == 422
    assert cast.manager.client().get(url, {"year": 1900}).status_code == 422


def test_the_calendar_is_for_who_works_here(cast: Cast) -> None:
    url = f"{ROOT}/{cast.places.changning.uuid}/working-days"
    assert cast.zhou.client().get(url).status_code == 403
    body = {"day": "2027-03-01", "kind": "rests", "reason": "大雪封路"}
    for someone in (cast.zhou, cast.mallory):
        assert _post(someone, url, body).status_code == 403
