"""Whatever the document allows is asked, by several people: no error of ours, and only the refusals it tells of."""

from collections.abc import Iterator
from typing import Any
from zlib import crc32

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from config.wsgi import application
from tests.matrix.lines import Line
from tests.matrix.stage import Stage
from tests.matrix.table import TABLE

CHECKS = [
    not_a_server_error, status_code_conformance, content_type_conformance, response_headers_conformance,
    response_schema_conformance,
]  # fmt: skip
ROLES = ("manager", "dispatcher", "resident", "leader")
LINES: dict[tuple[str, str], Line] = {(line.method, line.route): line for line in TABLE if line.is_api}
schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)


@pytest.fixture(autouse=True)
def _one_transaction() -> Iterator[None]:
    """A request through the WSGI door closes what is in a transaction; Django's own test client avoids it so too."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@schema.parametrize()
@settings(
    max_examples=8, deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.filter_too_much],
)  # fmt: skip
def test_an_operation_answers_as_its_document_says(stage: Stage, case: Any) -> None:
    line = LINES.get((case.method.upper(), case.operation.path))
    if line is None:
        # A method that the document does not know.
        assert case.call().status_code == 405
        return
    lot = crc32(repr((case.path_parameters, case.query, case.body)).encode("utf-8", "surrogatepass"))
    if lot % 2 and line.parts:
        # Ids out of the air only ever name nothing.
        case.path_parameters = {
            name: str(stage.thing(f"@{told}") if told in stage.things else told)
            for name, told in line.parts.items()
        }
    token = stage.tokens[ROLES[lot // 2 % len(ROLES)]]
    with transaction.atomic():
        case.call_and_validate(
            headers={"Authorization": f"Bearer {token}", "Accept-Language": "en"}, checks=CHECKS
        )
        transaction.set_rollback(True)


def test_every_operation_tells_of_every_refusal() -> None:
    for path, operations in schema.raw_schema["paths"].items():
        for method, operation in operations.items():
            told = set(operation["responses"])
            assert {"400", "401", "403", "404", "409", "413", "422", "429", "503"} <= told, f"{method} {path}"


@pytest.mark.parametrize("path", ["/api/v1/openapi.json"])
def test_the_document_is_open_to_all(client: Any, path: str) -> None:
    assert client.get(path).status_code == 200
