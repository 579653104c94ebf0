"""A list that is brought along: each row is looked at before it is taken in."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from sidan.campaigns import operations, queries
from sidan.campaigns.forms import MOST_PASTED, BringForm, TakeInForm
from sidan.campaigns.models import Campaign
from sidan.campaigns.permissions import NotYourStop
from sidan.campaigns.sheets import HEADS, Reader, RowRead, pasted_again, split_pasted
from sidan.campaigns.views.shared import staff_page
from sidan.core.clock import now
from sidan.core.errors import Invalid
from sidan.core.htmx import go_to
from sidan.core.idempotency import once_per_form
from sidan.core.pages import AND_WRITES, REFUSALS, put_errors
from sidan.core.requests import actor_of
from sidan.core.workbooks import MOST_BYTES, read_table

Table = list[list[str]]


@require_http_methods(AND_WRITES)
@staff_page
def bring(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Read a list and show each row as it would be taken in, or what is wrong with it; nothing is written."""
    found = _found(request, uuid)
    if request.method != "POST":
        return _page(request, found, BringForm())
    form = BringForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, found, form)
    try:
        upload = form.cleaned_data["table"]
        table = (
            read_table(upload.read(MOST_BYTES + 1)) if upload else split_pasted(form.cleaned_data["pasted"])
        )
        return _preview(request, found, table)
    except Invalid as refusal:
        put_errors(form, refusal, field="pasted")
    return _page(request, found, form)


@require_POST
@staff_page
@once_per_form
def take_in(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Take in the list that was looked at: it is read anew, all of it or nothing."""
    found = _found(request, uuid)
    form = TakeInForm(request.POST)
    if not form.is_valid():
        return _page(request, found, BringForm(), status=422)
    table = form.cleaned_data["rows"]
    try:
        rows = _read(request, found, table)
        facts = [row.facts for row in rows if row.facts is not None]
        if len(facts) < len(rows) or not facts:
            return _preview(request, found, table, status=422)
        added = operations.add_sites(actor=actor_of(request), at=now(), campaign=found, sites=facts)
    except REFUSALS as refusal:
        messages.error(request, str(refusal))
        return _page(request, found, _again(table), status=422)
    told = _("Taken in: %(sites)s new, %(known)s were there already; %(stops)s stops planned.")
    messages.success(request, told % {"sites": added.sites, "known": added.known, "stops": added.stops})
    return go_to(request, reverse("campaigns:sites", args=[uuid]))


def _found(request: HttpRequest, uuid: UUID) -> Campaign:
    """Return a campaign to whose list the reader adds. Raises NoSuchCampaign, NotYourStop."""
    found = queries.campaign_by_uuid(uuid=uuid)
    if not queries.places_to_plan(actor=actor_of(request), campaign=found).exists():
        raise NotYourStop
    return found


def _read(request: HttpRequest, found: Campaign, table: Table) -> list[RowRead]:
    places = queries.places_to_plan(actor=actor_of(request), campaign=found).select_related("parent")
    kinds = queries.kinds_of(county_id=found.county_id)
    return Reader(campaign=found, kinds=kinds, places=places).read(table)


def _preview(request: HttpRequest, found: Campaign, table: Table, *, status: int = 200) -> HttpResponse:
    rows = _read(request, found, table)
    wrong = sum(bool(row.problems) for row in rows)
    context: dict[str, Any] = {
        "campaign": found,
        "rows": rows,
        "wrong": wrong,
        "form": TakeInForm(initial={"rows": table}) if rows and not wrong else None,
        "mend_form": _again(table) if wrong else None,
        "back_url": reverse("campaigns:sites", args=[found.uuid]),
    }
    return render(request, "campaigns/preview.html", context, status=status)


def _again(table: Table) -> BringForm:
    """Return the form with the list as it was brought, to be mended on the spot."""
    return BringForm(initial={"pasted": pasted_again(table)[:MOST_PASTED]})


def _page(request: HttpRequest, found: Campaign, form: forms.Form, *, status: int = 0) -> HttpResponse:
    context = {
        "campaign": found,
        "form": form,
        "heads": HEADS.values(),
        "back_url": reverse("campaigns:sites", args=[found.uuid]),
    }
    return render(request, "campaigns/bring.html", context, status=status or (422 if form.errors else 200))
