"""Every route × every role: who may is served, who may not is sent away and changes nothing."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from sidan.api.urls import api
from tests.matrix.cells import address, ask
from tests.matrix.lines import ROLES, Line
from tests.matrix.stage import SECRET_ADDRESS, SECRET_PHONE, Stage
from tests.matrix.table import SHOW_CONTACT, TABLE

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
OF_NINJA = frozenset({"api:api-root"})
"""A name for reversing, which answers nothing."""


def _pages(patterns: list[URLPattern | URLResolver], prefix: str = "") -> Iterator[str]:
    for entry in patterns:
        if isinstance(entry, URLResolver):
            if entry.namespace != "api":
                yield from _pages(entry.url_patterns, f"{entry.namespace}:" if entry.namespace else prefix)
        else:
            assert entry.name, f"{entry.pattern} has no name"
            yield prefix + entry.name


def _operations() -> set[tuple[str, str]]:
    paths = api.get_openapi_schema()["paths"]
    return {(path, method.upper()) for path, verbs in paths.items() for method in verbs}


def test_every_page_has_a_line_and_every_line_a_page() -> None:
    pages = set(_pages(get_resolver().url_patterns))
    assert pages == {line.route for line in TABLE if not line.is_api}


def test_every_operation_of_the_api_has_a_line_and_every_line_an_operation() -> None:
    assert _operations() == {(line.route, line.method) for line in TABLE if line.is_api}


def test_no_line_stands_twice() -> None:
    names = [line.name for line in TABLE]
    assert len(names) == len(set(names)), sorted(name for name in names if names.count(name) > 1)


@pytest.mark.parametrize("line", TABLE, ids=lambda line: line.name)
def test_who_may_is_served_and_who_may_not_is_sent_away(stage: Stage, line: Line) -> None:
    wrong = []
    for role in ROLES:
        answer = ask(stage, line, role)
        said = f"{role}: {answer.status} {answer.target} wrote {answer.rows_written}"
        if role in line.may:
            writes = answer.rows_written > 0
            right = answer.status < 400 and not answer.refuses and writes == (line.leaves == "rows")
        elif role in line.told:
            right = answer.is_ours and not answer.refuses and not answer.rows_written
        else:
            right = answer.refuses and not answer.rows_written
        if not right:
            wrong.append(f"{said} {answer.text[:300] if answer.status >= 400 else ''}")
        if (SECRET_PHONE in answer.text or SECRET_ADDRESS in answer.text) and role not in SHOW_CONTACT.get(
            line.name, ()
        ):
            wrong.append(f"{said}: shows the contact")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("route", sorted({line.route for line in TABLE}))
def test_a_method_without_a_line_is_refused_as_such(stage: Stage, route: str) -> None:
    lines = [line for line in TABLE if line.route == route]
    client: Client = stage.program("manager") if lines[0].is_api else stage.client("manager")
    for method in sorted(set(METHODS) - {line.method for line in lines}):
        response = client.generic(method, address(stage, lines[0]), "", content_type="application/json")
        assert response.status_code == 405, f"{method} {route}: {response.status_code}"
