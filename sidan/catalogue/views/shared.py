"""What the console's pages of the catalogue have in common."""

from collections.abc import Callable
from typing import TypeVar
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise

from sidan.catalogue.operations.errors import NoSuchProject
from sidan.catalogue.permissions import may_see_console
from sidan.core.actor import Actor
from sidan.core.errors import BadRequest, Conflict, DomainError, Forbidden, Invalid
from sidan.core.htmx import go_to
from sidan.core.requests import actor_of

AND_WRITES = ["GET", "HEAD", "POST"]
_Form = TypeVar("_Form", bound=forms.Form)


class NotForYou(Forbidden):
    """The library is where staff and team leaders work."""

    code = "library_not_open"


def worker_of(request: HttpRequest) -> Actor:
    """Return the actor, who must be staff or lead a team.

    Raises:
        NotSignedIn, NotForYou
    """
    actor = actor_of(request)
    if not may_see_console(actor=actor):
        raise NotForYou
    return actor


def act(request: HttpRequest, *, done: str | Promise, url: str, write: Callable[[], object]) -> HttpResponse:
    """Do one write and go on to a page that tells how it went: done, or why it could not be done."""
    try:
        write()
    except (Conflict, Invalid) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, str(done))
    return go_to(request, url)


def put_errors(form: forms.Form, refusal: DomainError) -> None:
    """Show a refusal at the field it names, else at the top of the form."""
    fields = refusal.errors if isinstance(refusal, Invalid) else ()
    for problem in fields:
        name = problem.pointer.removeprefix("/")
        form.add_error(name if name in form.fields else None, str(problem.detail))
    if not fields:
        form.add_error(None, str(refusal))


def checked(form: _Form) -> _Form:
    """Return a form of buttons and hidden fields that a page of ours always fills in rightly.

    Raises:
        BadRequest: somebody wrote it by hand.
    """
    if not form.is_valid():
        raise BadRequest
    return form


def uuid_in(text: str) -> UUID | None:
    """Return the id in an address's query, or nothing when there is none.

    Raises:
        NoSuchProject: it is no id.
    """
    try:
        return UUID(text) if text else None
    except ValueError:
        raise NoSuchProject from None
