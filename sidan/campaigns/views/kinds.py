"""The kinds of places that a county reaches: everybody's, and its own."""

from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from sidan.campaigns import operations, queries
from sidan.campaigns.forms import KindForm
from sidan.campaigns.permissions import NotYourCampaign
from sidan.campaigns.views.shared import staff_page
from sidan.core.clock import now
from sidan.core.idempotency import once_per_form
from sidan.core.pages import AND_WRITES, act, act_by_form
from sidan.core.requests import actor_of
from sidan.places.models import Place


def _county(request: HttpRequest) -> Place:
    """Return the county whose kinds the reader keeps. Raises NotYourCampaign."""
    county = queries.county_kept(actor=actor_of(request))
    if county is None:
        raise NotYourCampaign
    return county


@require_http_methods(AND_WRITES)
@staff_page
@once_per_form
def kinds(request: HttpRequest) -> HttpResponse:
    """The kinds, and one more."""
    actor, county = actor_of(request), _county(request)

    def page(form: forms.Form) -> HttpResponse:
        rows = list(queries.kinds_of(county_id=county.pk))
        context = {"county": county, "kinds": rows, "form": form, "back_url": reverse("campaigns:desk")}
        return render(request, "campaigns/kinds.html", context)

    if request.method != "POST":
        return page(KindForm())
    return act_by_form(
        request, form=KindForm(request.POST), url=reverse("campaigns:kinds"), done=_("The kind is added."),
        write=lambda data: operations.add_kind(actor=actor, at=now(), county=county, **data), page=page,
    )  # fmt: skip


@require_POST
@staff_page
@once_per_form
def retire(request: HttpRequest, kind: UUID) -> HttpResponse:
    """Put a kind of the county's own away; entered again, it is taken up again."""
    actor, county = actor_of(request), _county(request)
    found = queries.kind_by_uuid(uuid=kind)
    return act(
        request, url=reverse("campaigns:kinds"),
        done=_("It is not offered any more. Enter it again, and it is."),
        write=lambda: operations.retire_kind(actor=actor, at=now(), county=county, kind=found),
    )  # fmt: skip
