"""What the console's pages of places have in common."""

from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from sidan.core.actor import Actor
from sidan.core.errors import DomainError, NotFound
from sidan.core.requests import actor_of
from sidan.places import queries
from sidan.places.models import Place
from sidan.places.permissions import check_may_see_console


def worker_of(request: HttpRequest) -> Actor:
    """Return the actor, who must work at some place. Raises NotSignedIn, NotForYou."""
    actor = actor_of(request)
    check_may_see_console(actor=actor)
    return actor


def place_or_404(uuid: UUID) -> Place:
    """Return a place by its public id. Raises NotFound."""
    place = queries.place_by_uuid(uuid=uuid)
    if place is None:
        raise NotFound()
    return place


def posted(request: HttpRequest) -> QueryDict | None:
    """Return what a form sent, even if it sent nothing; none when the page is only looked at."""
    return request.POST if request.method == "POST" else None


def form_page(
    request: HttpRequest, form: forms.Form, *, refusal: DomainError | None = None, **words: object
) -> HttpResponse:
    """Show a form with what was typed; a refusal stands at its top."""
    if refusal is not None:
        form.add_error(None, str(refusal))
    status = 422 if form.errors else 200
    return render(request, "places/form.html", {"form": form, **words}, status=status)
