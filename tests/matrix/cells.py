"""Asking one cell: the request as this person sends it, and what it wrote."""

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.files.uploadedfile import UploadedFile
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests.matrix.lines import WRITING, Line
from tests.matrix.stage import Stage

# Every row that this transaction wrote, rolled back or not, but for the sessions' own.
WRITTEN = (
    "SELECT coalesce(sum(n_tup_ins + n_tup_upd + n_tup_del), 0) FROM pg_stat_xact_user_tables"
    " WHERE relname <> 'django_session'"
)


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    target: str
    text: str
    rows_written: int

    @property
    def refuses(self) -> bool:
        """Tell whether it sends away: 401, 403, 404, or on to the page to sign in."""
        return self.status in {401, 403, 404} or (
            self.status in {302, 303} and self.target.startswith("/sign-in/")
        )

    @property
    def is_ours(self) -> bool:
        """Tell whether we understood it: nothing broken, no method or body that we do not know."""
        return self.status < 500 and self.status not in {400, 405}


def rows_written() -> int:
    """Return how many rows this transaction has written so far."""
    with connection.cursor() as cursor:
        cursor.execute(WRITTEN)
        return int(cursor.fetchone()[0])


def address(stage: Stage, line: Line) -> str:
    """Return where a line's request goes."""
    parts = {
        name: stage.thing(f"@{told}") if told in stage.things else told for name, told in line.parts.items()
    }
    if line.is_api:
        return line.route.format(**parts)
    return reverse(line.route, kwargs=parts or None)


def send(client: Client, line: Line, url: str, body: Any) -> HttpResponse:
    """Send the line's request."""
    if line.method not in WRITING:
        return client.get(f"{url}?{urlencode(body)}" if body else url)
    if line.is_api and _has_upload(body):
        return client.post(url, body)
    if line.is_api:
        return client.generic(
            line.method, url, _json(body), content_type="application/json" if body is not None else ""
        )
    return client.post(url, body or {})


def ask(stage: Stage, line: Line, role: str) -> Answer:
    """Ask as this person, and undo it."""
    client = stage.program(role) if line.is_api else stage.client(role)
    with transaction.atomic():
        before = rows_written()
        url = address(stage, line) + (f"?{line.query}={stage.things[line.query]}" if line.query else "")
        response = send(client, line, url, stage.thing(line.send))
        content = b"".join(response.streaming_content) if response.streaming else response.content
        answer = Answer(
            status=response.status_code, target=response.headers.get("Location", ""),
            text=content.decode("utf-8", "replace"), rows_written=rows_written() - before,
        )  # fmt: skip
        transaction.set_rollback(True)
    return answer


def _has_upload(body: Any) -> bool:
    return isinstance(body, dict) and any(isinstance(value, UploadedFile) for value in body.values())


def _json(body: Any) -> str:
    return "" if body is None else json.dumps(body, default=str)
