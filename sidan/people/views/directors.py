"""Who heads a place: the terms, and writing a new one down."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sidan.core.clock import business_date, now
from sidan.core.errors import NotFound
from sidan.core.htmx import go_to
from sidan.core.lists import query_of, uuid_of
from sidan.core.pages import AND_WRITES, REFUSALS, put_errors
from sidan.core.requests import actor_of
from sidan.people import operations, permissions, queries
from sidan.people.forms.staff import LastDayForm, TermForm
from sidan.places.models import Place
from sidan.places.queries import place_by_uuid


@require_http_methods(AND_WRITES)
def directors(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The terms of a place; a person is found by name, then the term is entered."""
    actor, place = actor_of(request), _found(uuid)
    permissions.require_managing(actor=actor, place_id=place.pk)
    person_uuid = uuid_of(request, "person")
    person = queries.person_in_scope(uuid=person_uuid) if person_uuid else None
    form = TermForm(request.POST or None, initial={"starts_on": business_date(now())})
    if request.method == "POST" and person is not None and form.is_valid():
        try:
            operations.appoint_director(
                actor=actor, at=now(), place_id=place.pk, person_uuid=person.uuid, **form.cleaned_data
            )
        except REFUSALS as refusal:
            put_errors(form, refusal)
        else:
            messages.success(request, _("The term is written down."))
            return go_to(request, _page_of(place))
    words = query_of(request)
    context = {
        "place": place, "terms": queries.directors_of(place_id=place.pk), "person": person, "form": form,
        "query": words, "persons": queries.persons_named(query=words) if person is None else [],
    }  # fmt: skip
    return render(request, "people/directors.html", context)


@require_http_methods(AND_WRITES)
def end_term(request: HttpRequest, uuid: UUID, term_uuid: UUID) -> HttpResponse:
    """End a term with a day."""
    actor, place = actor_of(request), _found(uuid)
    permissions.require_managing(actor=actor, place_id=place.pk)
    form = LastDayForm(request.POST or None, initial={"last_day": business_date(now())})
    if request.method == "POST" and form.is_valid():
        try:
            operations.end_term(actor=actor, at=now(), uuid=term_uuid, last_day=form.cleaned_data["last_day"])
        except REFUSALS as refusal:
            put_errors(form, refusal)
        else:
            messages.success(request, _("The term has its end."))
            return go_to(request, _page_of(place))
    context = {
        "form": form,
        "heading": _("End of the term"),
        "submit": _("Keep"),
        "back_url": _page_of(place),
    }
    return render(request, "people/form.html", context, status=422 if form.is_bound and form.errors else 200)


def _found(uuid: UUID) -> Place:
    place = place_by_uuid(uuid=uuid)
    if place is None:
        raise NotFound
    return place


def _page_of(place: Place) -> str:
    return reverse("people:directors", args=[place.uuid])
