"""What every page of the console has at its top: search over everything, and the switch of the place."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from sidan.core.actor import Actor
from sidan.core.errors import BadRequest
from sidan.core.finders import found_by
from sidan.core.htmx import page_or_piece
from sidan.core.inputs import UncleanText, clean_text
from sidan.core.requests import actor_of
from sidan.people.narrowing import NARROW_KEY
from sidan.places.models import Place
from sidan.places.pickers import PlaceField, choose_among
from sidan.places.queries import places_to_choose
from sidan.web.desk import desk_roles
from sidan.web.navigation import url_of
from sidan.web.views import NotForResidents


class NarrowForm(forms.Form):
    """The place to look at alone."""

    place = PlaceField(
        label=_("Place"), required=False, empty_label=_("All my places"),
        help_text=_("Lists, figures and what you may choose from are narrowed to this place and all below it."),
    )  # fmt: skip

    def __init__(self, *args: Any, places: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_among(self, "place", places)


@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """Everything that these words find, kind by kind; the piece is what unfolds under the field."""
    actor = _worker(request)
    try:
        words = clean_text(text=request.GET.get("q", ""), max_length=60)
    except UncleanText as exc:
        raise BadRequest from exc
    context = {"words": words, "found": found_by(actor=actor, words=words)}
    return page_or_piece(request, page="web/find.html", piece="web/_found.html", context=context)


@require_http_methods(["GET", "HEAD", "POST"])
def narrow(request: HttpRequest) -> HttpResponse:
    """Narrow the console to one place of one's own, or widen it again."""
    _worker(request)
    # The choice is always among all one's places, not among those of the last choice.
    actor: Actor = getattr(request, "whole_actor", actor_of(request))
    roots = [grant.place_id for grant in actor.grants]
    places = places_to_choose(root_ids=roots)
    if request.method != "POST":
        chosen = _chosen(request)
        form = NarrowForm(places=places, initial={"place": chosen})
        return render(request, "web/narrow.html", {"form": form})
    form = NarrowForm(request.POST, places=places)
    if not form.is_valid():
        return render(request, "web/narrow.html", {"form": form}, status=422)
    place: Place | None = form.cleaned_data["place"]
    if place is None:
        request.session.pop(NARROW_KEY, None)
    else:
        request.session[NARROW_KEY] = place.pk
    return redirect(url_of("web:console"))


def _chosen(request: HttpRequest) -> UUID | None:
    place_id = request.session.get(NARROW_KEY)
    return Place.objects.filter(pk=place_id).values_list("uuid", flat=True).first() if place_id else None


def _worker(request: HttpRequest) -> Actor:
    actor = actor_of(request)
    if not desk_roles(actor):
        raise NotForResidents
    return actor
