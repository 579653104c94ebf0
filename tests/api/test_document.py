"""What the document of the API promises, compared with what the operations do."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from sidan.api.document import SidanAPI
from sidan.api.urls import api
from sidan.core.idempotency import HEADER
from tests.cast import Cast

KEY = {"$ref": "#/components/parameters/IdempotencyKey"}


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    return json.loads(json.dumps(api.get_openapi_schema()))  # type: ignore[no-any-return] # what it was


def fields(schema: Any) -> Iterator[str]:
    """Yield the names of all fields of a schema, however deep."""
    if isinstance(schema, dict):
        yield from schema.get("properties", {})
        for part in schema.values():
            yield from fields(part)
    elif isinstance(schema, list):
        for part in schema:
            yield from fields(part)


def test_public_ids_have_one_name(document: dict[str, Any]) -> None:
    named = {
        f"{name}.{field}"
        for name, schema in document["components"]["schemas"].items()
        for field in fields(schema)
        if "uuid" in field
    }
    asked = {
        f"{path}: {parameter['name']}"
        for path, operations in document["paths"].items()
        for operation in operations.values()
        for parameter in operation.get("parameters", [])
        if "uuid" in parameter.get("name", "")
    }
    assert not named | asked


def test_the_key_for_repeating_is_told_where_it_is_honoured_and_only_there(document: dict[str, Any]) -> None:
    assert document["components"]["parameters"]["IdempotencyKey"]["name"] == HEADER
    told = {
        operation["operationId"]
        for operations in document["paths"].values()
        for operation in operations.values()
        if KEY in operation.get("parameters", [])
    }
    assert isinstance(api, SidanAPI)
    assert told == api.repeatable_ids()
    assert len(told) > 70
    for path in ("/api/v1/orders", "/api/v1/limits/{place_id}"):
        assert KEY in document["paths"][path]["post"]["parameters"]
    assert KEY not in document["paths"]["/api/v1/places"]["get"].get("parameters", [])


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "pointers"),
    [
        ("/api/v1/places?knd=station", ["/knd"]),
        ("/api/v1/places?limit=3&a~b/c=1&x=", ["/a~0b~1c", "/x"]),
        ("/api/v1/me?verbose=1", ["/verbose"]),
        ("/api/v1/orders?chips=late", ["/chips"]),
    ],
)
def test_a_parameter_that_no_operation_knows_is_refused_by_its_name(
    cast: Cast, path: str, pointers: list[str]
) -> None:
    for language, title in (
        ("en", "This cannot be asked for: the address holds a parameter that does not exist."),
        ("zh-CN", "地址里有不存在的参数，无法查询。"),
    ):
        answer = cast.dispatcher.client().get(path, headers={"accept-language": language})
        told = answer.json()
        assert (answer.status_code, told["code"], told["title"]) == (422, "unknown_parameter", title)
        assert answer.headers["Content-Type"] == "application/problem+json"
        assert [error["pointer"] for error in told["errors"]] == pointers


@pytest.mark.django_db
def test_a_write_with_a_parameter_that_is_not_known_is_not_done(cast: Cast) -> None:
    answer = cast.dispatcher.client().post("/api/v1/notices/read?all=1")
    assert (answer.status_code, answer.json()["code"]) == (422, "unknown_parameter")


@pytest.mark.django_db
def test_every_parameter_of_the_document_is_known(document: dict[str, Any]) -> None:
    """What the document tells of is not taken for unknown."""
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            names = [each["name"] for each in operation.get("parameters", []) if each.get("in") == "query"]
            if not names or "{" in path:
                continue
            asked = "&".join(f"{name}=1" for name in names)
            answer = Client().generic(method.upper(), f"{path}?{asked}")
            assert b"unknown_parameter" not in answer.content, f"{method} {path}"
