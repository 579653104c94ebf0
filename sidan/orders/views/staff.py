"""What the console's pages of the loop have in common: who may come in, and whose rows they see there."""

import csv
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import wraps
from typing import Any, Final, Protocol

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils import translation
from django.utils.functional import Promise

from sidan.core.actor import Actor
from sidan.core.requests import actor_of
from sidan.core.scope import current_scope, scoped

AND_WRITES: Final = ["GET", "HEAD", "POST"]
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


class Gate(Protocol):
    """A predicate that raises when the actor may not come in."""

    def __call__(self, *, actor: Actor) -> None: ...


View = Callable[..., HttpResponse]


def staff_page(gate: Gate) -> Callable[[View], View]:
    """Let in whom the gate lets in, and show only what their office opens: not their own orders nor their teams'."""

    def decorate(view: View) -> View:
        @wraps(view)
        def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            gate(actor=actor_of(request))
            with scoped(replace(current_scope(), person_id=None, team_ids=())):
                return view(request, *args, **kwargs)

        return page

    return decorate


@dataclass(frozen=True, slots=True)
class Chip:
    """A chip of `web/_filters.html`."""

    label: str | Promise
    url: str
    active: bool
    count: int | None = None
    urgent: bool = False


class _Echo:
    """A file that hands back what is written to it."""

    def write(self, text: str) -> str:
        return text


def csv_file(*, name: str, rows: Iterable[list[object]]) -> StreamingHttpResponse:
    """Send a table row by row. A cell that a spreadsheet would take for a formula is shown as text."""
    language = translation.get_language()

    def lines() -> Iterator[str]:
        writer = csv.writer(_Echo())
        # The mark by which spreadsheets know that it is UTF-8.
        yield "\ufeff"
        # Rows are made after the page's own language has been left.
        with translation.override(language):
            for row in rows:
                yield writer.writerow([_cell(value) for value in row])

    response = StreamingHttpResponse(lines(), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _cell(value: object) -> str:
    text = str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text
