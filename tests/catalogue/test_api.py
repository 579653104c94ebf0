"""The catalogue over the API: open menus, the library behind a sign-in, the same refusals as the pages."""

import json
from http import HTTPStatus
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from sidan.catalogue import operations as op
from sidan.catalogue.models import Category, Project
from sidan.core.actor import SYSTEM
from sidan.core.clock import now
from sidan.people.operations import issue_token
from tests.cast import Cast, Someone

ROOT = "/api/v1/catalogue"


class Caller:
    """A program that acts for somebody with a token; for nobody without."""

    def __init__(self, someone: Someone | None = None) -> None:
        self._client = Client()
        token = issue_token(actor=someone.actor, at=now())[0] if someone else ""
        self._headers = {"authorization": f"Bearer {token}"} if token else {}

    def __call__(self, method: str, path: str, body: dict[str, Any] | None = None, **query: str) -> Any:
        answer = self._client.generic(
            method, f"{ROOT}{path}", json.dumps(body or {}) if method != "GET" else "",
            content_type="application/json", headers=self._headers, query_params=query or None,
        )  # fmt: skip
        return answer.status_code, (json.loads(answer.content) if answer.content else None)


@pytest.fixture
def body(cast: Cast) -> dict[str, Any]:
    op.create_category(actor=SYSTEM, at=now(), name="上门理发", code="hair")
    return {
        "title": "上门理发", "category": "hair", "team": str(cast.team.uuid), "area": str(cast.places.center.uuid),
        "place": str(cast.places.center.uuid),
    }  # fmt: skip


def test_a_project_goes_onto_the_menu_and_is_read_without_an_account(
    cast: Cast, body: dict[str, Any]
) -> None:
    manager, anyone = Caller(cast.manager), Caller()
    status, made = manager("POST", "/projects", body)
    assert (status, made["state"]) == (HTTPStatus.CREATED, "draft")
    for verb, state in (("propose", "in_review"), ("publish", "published")):
        status, moved = manager("POST", f"/projects/{made['id']}/{verb}")
        assert (status, moved["state"]) == (HTTPStatus.OK, state)
    _status, menu = manager("POST", "/menus", {"place": body["place"], "month": f"{now():%Y-%m}"})
    manager("PUT", f"/menus/{menu['id']}/items", {"projects": [made["id"]]})
    status, menu = manager("POST", f"/menus/{menu['id']}/publish")
    assert (menu["state"], menu["items"][0]["title"]) == ("published", "上门理发")
    status, services = anyone("GET", "/services", place=str(cast.places.chengbei.uuid))
    assert [row["id"] for row in services["items"]] == [made["id"]]
    assert services["categories"] == [{"code": "hair", "name": "上门理发", "count": 1}]
    status, service = anyone("GET", f"/services/{made['id']}")
    assert service["team"] == "城北义剪队"
    assert [row["code"] for row in anyone("GET", "/categories")[1]] == ["hair"]


def test_the_menus_of_a_place_are_read_the_latest_first_in_pages(cast: Cast, body: dict[str, Any]) -> None:
    manager, place = Caller(cast.manager), str(cast.places.changning.uuid)
    year = now().year + 1
    for month in (f"{year}-01", f"{year}-03", f"{year}-02"):
        assert manager("POST", "/menus", {"place": place, "month": month})[0] == HTTPStatus.CREATED
    status, page = manager("GET", "/menus", place=place, limit="2")
    assert status == HTTPStatus.OK
    assert [(row["month"], row["state"], row["items"]) for row in page["items"]] == [
        (f"{year}-03", "draft", 0),
        (f"{year}-02", "draft", 0),
    ]
    status, rest = manager("GET", "/menus", place=place, limit="2", cursor=page["next_cursor"])
    assert ([row["month"] for row in rest["items"]], rest["next_cursor"]) == ([f"{year}-01"], None)
    assert manager("GET", f"/menus/{rest['items'][0]['id']}")[1]["place"]["id"] == place
    assert manager("GET", "/menus", place=str(cast.places.liuche.uuid))[1]["items"] == []
    for someone, expected in (
        (cast.mallory, HTTPStatus.NOT_FOUND),
        (cast.zhou, HTTPStatus.FORBIDDEN),
        (None, HTTPStatus.UNAUTHORIZED),
    ):
        assert Caller(someone)("GET", "/menus", place=place)[0] == expected
    assert manager("GET", "/menus", place=str(uuid4()))[0] == HTTPStatus.NOT_FOUND


def test_mallory_and_residents_are_refused(cast: Cast, body: dict[str, Any]) -> None:
    _status, made = Caller(cast.manager)("POST", "/projects", body)
    path = f"/projects/{made['id']}"
    text = {name: value for name, value in body.items() if name != "place"}
    for someone, expected in (
        (cast.mallory, HTTPStatus.NOT_FOUND),
        (cast.zhou, HTTPStatus.FORBIDDEN),
        (None, HTTPStatus.UNAUTHORIZED),
    ):
        caller = Caller(someone)
        assert caller("GET", path)[0] == expected
        assert caller("PUT", path, {**text, "title": "占用"})[0] == expected
        assert caller("POST", f"{path}/propose")[0] == expected
    assert Caller(cast.mallory)("POST", "/projects", body)[0] == HTTPStatus.FORBIDDEN
    assert Caller(cast.mallory)("GET", "/projects")[1]["items"] == []
    assert Project.unscoped.get().state == "draft"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", ""),
        ("title", "a\x00b"),
        ("duration_minutes", 0),
        ("mode", "by_post"),
        ("team", "x"),
        ("people_needed", 10**9),
    ],
)
def test_bad_input_names_its_field(cast: Cast, body: dict[str, Any], field: str, value: object) -> None:
    status, problem = Caller(cast.manager)("POST", "/projects", {**body, field: value})
    assert status == HTTPStatus.UNPROCESSABLE_ENTITY
    assert [error["pointer"] for error in problem["errors"]] == [f"/{field}"]


def test_ids_of_nothing_are_not_found(cast: Cast, body: dict[str, Any]) -> None:
    manager = Caller(cast.manager)
    for path in (f"/projects/{uuid4()}", f"/services/{uuid4()}", f"/menus/{uuid4()}"):
        assert manager("GET", path)[0] == HTTPStatus.NOT_FOUND
    assert manager("GET", "/services", place=str(uuid4()))[0] == HTTPStatus.NOT_FOUND
    assert manager("POST", "/projects", {**body, "category": "nothing"})[0] == HTTPStatus.NOT_FOUND
    assert (
        manager("POST", "/menus", {"place": body["place"], "month": "2026-13"})[0]
        == HTTPStatus.UNPROCESSABLE_ENTITY
    )
    assert manager("POST", "/menus", {"place": body["place"], "month": "2020-01"})[0] == HTTPStatus.CONFLICT


def test_what_was_done_already_is_a_conflict(cast: Cast, body: dict[str, Any]) -> None:
    manager = Caller(cast.manager)
    _status, made = manager("POST", "/projects", body)
    assert manager("POST", f"/projects/{made['id']}/publish")[1]["code"] == "project_moved_on"
    assert Category.objects.filter(code="hair").exists()
