"""What the pages of needs have in common."""

import csv
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import wraps
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils import translation
from django.utils.functional import Promise

from sidan.core.errors import Conflict, DomainError, Invalid
from sidan.core.htmx import go_to
from sidan.core.requests import actor_of
from sidan.core.scope import current_scope, scoped
from sidan.needs.permissions import require_desk
from sidan.needs.queries import places_to_note
from sidan.people.enums import ENTERING_ROLES
from sidan.places.models import Place

AND_WRITES: Final = ["GET", "HEAD", "POST"]
REFUSALS: Final = (Conflict, Invalid)
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
View = Callable[..., HttpResponse]


def staff_page(view: View) -> View:
    """Let staff in, and show what their office opens."""

    @wraps(view)
    def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        require_desk(actor=actor_of(request))
        with scoped(replace(current_scope(), person_id=None, team_ids=(), public=False)):
            return view(request, *args, **kwargs)

    return page


def places_of(request: HttpRequest) -> list[Place]:
    """Return the places that the actor may write down for."""
    return places_to_note(root_ids=actor_of(request).places_where(frozenset(ENTERING_ROLES)))


def put_errors(form: forms.Form, refusal: DomainError) -> None:
    """Show a refusal at the field it names, else at the top of the form."""
    problems = refusal.errors if isinstance(refusal, Invalid) else ()
    for problem in problems:
        name = problem.pointer.removeprefix("/")
        form.add_error(name if name in form.fields else None, str(problem.detail))
    if not problems:
        form.add_error(None, str(refusal))


def act(request: HttpRequest, *, url: str, done: str | Promise, write: Callable[[], object]) -> HttpResponse:
    """Do one write and go on; why it could not be done is told there."""
    try:
        write()
    except REFUSALS as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, str(done))
    return go_to(request, url)


class _Echo:
    """A file that hands back what is written to it."""

    def write(self, text: str) -> str:
        return text


def csv_file(*, name: str, rows: Iterable[list[object]]) -> StreamingHttpResponse:
    """Send a table row by row; a cell that a spreadsheet would take for a formula is shown as text."""
    language = translation.get_language()

    def lines() -> Iterator[str]:
        writer = csv.writer(_Echo())
        yield "\ufeff"
        with translation.override(language):
            for row in rows:
                cells = [str(value) for value in row]
                yield writer.writerow([f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in cells])

    response = StreamingHttpResponse(lines(), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
