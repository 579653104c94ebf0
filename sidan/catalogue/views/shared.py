"""What the console's pages of the catalogue have in common."""

from typing import TypeVar
from uuid import UUID

from django import forms
from django.http import HttpRequest

from sidan.catalogue import queries
from sidan.catalogue.models import Project
from sidan.catalogue.operations.errors import NoSuchProject
from sidan.catalogue.permissions import may_see_console
from sidan.core.actor import Actor
from sidan.core.errors import BadRequest, Forbidden
from sidan.core.ids import read_uuid
from sidan.core.requests import actor_of

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


def checked(form: _Form) -> _Form:
    """Return a form of buttons and hidden fields that a page of ours always fills in rightly.

    Raises:
        BadRequest: somebody wrote it by hand.
    """
    if not form.is_valid():
        raise BadRequest
    return form


def own_project(uuid: UUID) -> Project:
    """Return a project of the own subtree or team; published ones elsewhere have their page on the portal.

    Raises:
        NoSuchProject
    """
    found = queries.project_page(uuid=uuid)
    if found is None or not queries.library(wanted=queries.LibraryFilter()).filter(pk=found.pk).exists():
        raise NoSuchProject
    return found


def uuid_in(text: str) -> UUID | None:
    """Return the id in an address's query, or nothing when there is none.

    Raises:
        NoSuchProject: it is no id.
    """
    found = read_uuid(text)
    if text and found is None:
        raise NoSuchProject
    return found
