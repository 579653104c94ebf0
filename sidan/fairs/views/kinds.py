"""The kinds of services at the fairs of a county."""

from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from sidan.core.actor import Actor
from sidan.core.clock import now
from sidan.core.idempotency import once_per_form
from sidan.core.pages import act, act_by_form
from sidan.core.requests import actor_of
from sidan.fairs import operations, queries
from sidan.fairs.forms import KindForm
from sidan.fairs.permissions import NotYourKinds
from sidan.fairs.views.shared import staff_page
from sidan.places.models import Place


@require_safe
@staff_page
def kinds(request: HttpRequest) -> HttpResponse:
    """What the county offers, and what it put aside."""
    _actor, county = _county(request)
    return _shown(request, county, KindForm())


def _shown(request: HttpRequest, county: Place, form: forms.Form) -> HttpResponse:
    context = {"county": county, "rows": queries.kind_rows(county_id=county.pk), "form": form}
    return render(request, "fairs/kinds.html", context)


@require_POST
@staff_page
@once_per_form
def add(request: HttpRequest) -> HttpResponse:
    """One kind more."""
    actor, county = _county(request)
    form = KindForm(request.POST)
    return act_by_form(
        request, form=form, url=reverse("fairs:kinds"), done=_("The kind is added."),
        write=lambda _typed: operations.add_kind(actor=actor, at=now(), county=county, text=form.text()),
        page=lambda refused: _shown(request, county, refused),
    )  # fmt: skip


@require_POST
@staff_page
@once_per_form
def put_aside(request: HttpRequest, kind: UUID) -> HttpResponse:
    """Offer a kind no longer."""
    actor, county = _county(request)
    found = queries.kind_by_uuid(uuid=kind)
    return act(
        request, url=reverse("fairs:kinds"), done=_("Put aside: stalls that have it keep it."),
        write=lambda: operations.put_kind_aside(actor=actor, at=now(), county=county, kind=found),
    )  # fmt: skip


@require_POST
@staff_page
@once_per_form
def take_up(request: HttpRequest, kind: UUID) -> HttpResponse:
    """Offer a kind again."""
    actor, county = _county(request)
    found = queries.kind_by_uuid(uuid=kind)
    return act(
        request, url=reverse("fairs:kinds"), done=_("It is offered again."),
        write=lambda: operations.take_kind_up(actor=actor, at=now(), county=county, kind=found),
    )  # fmt: skip


def _county(request: HttpRequest) -> tuple[Actor, Place]:
    """Return who reads and the county whose kinds they look after. Raises NotYourKinds."""
    actor = actor_of(request)
    counties = queries.counties_to_keep(actor=actor)
    if not counties:
        raise NotYourKinds
    return actor, counties[0]
