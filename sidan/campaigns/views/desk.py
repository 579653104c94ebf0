"""The campaigns of an office: the list, one of them with how far it is and who still lacks, a new one."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from sidan.audit.operations import record
from sidan.campaigns import operations, queries
from sidan.campaigns.enums import IN_HAND, OPEN, TOLD, CampaignKind
from sidan.campaigns.forms import CampaignForm, NewCampaignForm, WhyForm
from sidan.campaigns.models import Campaign
from sidan.campaigns.permissions import may_run_it
from sidan.campaigns.states import CAMPAIGN
from sidan.campaigns.views.shared import (
    campaign_of_ours,
    staff_page,
    tell_now,
    told_bars,
    told_rows,
    told_steps,
)
from sidan.core.actor import Actor
from sidan.core.clock import business_date, now
from sidan.core.htmx import go_to
from sidan.core.idempotency import once_per_form
from sidan.core.lists import Column, asked_sort, desk_chips, keeps_views, list_view, page_of, query_of
from sidan.core.pages import AND_WRITES, REFUSALS, keep_typed, put_errors
from sidan.core.pagination import key_order
from sidan.core.requests import actor_of
from sidan.core.scope import current_scope
from sidan.core.tables import table_response
from sidan.people.enums import ORDER_STAFF_ROLES
from sidan.places.nearby import place_asked
from sidan.places.queries import ids_within, places_to_filter

CHIP_WORDS: Final[dict[str, str | Promise]] = {
    "": pgettext_lazy("campaigns", "In hand"),
    "draft": pgettext_lazy("campaigns", "Drafts"),
    "announced": pgettext_lazy("campaigns", "Announced"),
    "running": pgettext_lazy("campaigns", "Under way"),
    "over": pgettext_lazy("campaigns", "Over"),
    "dropped": pgettext_lazy("campaigns", "Dropped"),
}
COLUMNS: Final = (
    Column("name", pgettext_lazy("column of campaigns", "Campaign"), up="name", down="-name", is_fixed=True),
    Column("kind", pgettext_lazy("column of campaigns", "Kind"), up="kind", down="-kind"),
    Column("place", _("Place"), up="place_key", down="-place_key"),
    Column("days", pgettext_lazy("column of campaigns", "From – to"), up="first_day", down="-first_day"),
    Column("done", pgettext_lazy("column of campaigns", "Stops done"), is_number=True),
    Column("ahead", pgettext_lazy("column of campaigns", "Stops to come"), is_number=True),
    Column("state", _("State"), up="state", down="-state"),
)


@require_safe
@keeps_views
@staff_page
def desk(request: HttpRequest) -> HttpResponse:
    """The campaigns of one's office, and those of the county that come to it."""
    actor, chosen = actor_of(request), _chosen(request)
    rows, sort = queries.desk(chosen=chosen), _sort(request)
    context = {
        "page": page_of(request, rows=rows, sort=sort),
        "list": list_view(request, columns=COLUMNS, sort=sort, rows=rows),
        "filters": desk_chips(request, words=CHIP_WORDS, counts=queries.desk_counts(chosen=chosen)),
        "query": chosen.text,
        "chosen": chosen,
        "place": request.GET.get("place", ""),
        "places": places_to_filter(root_ids=actor.places_where(frozenset(ORDER_STAFF_ROLES))),
        "kinds": CampaignKind.choices,
        "is_filtered": replace(chosen, chip="") != queries.CampaignFilter(),
        "may_keep_kinds": queries.county_kept(actor=actor) is not None,
        "may_draft": queries.places_to_lead(actor=actor).exists(),
    }
    return render(request, "campaigns/desk.html", context)


def _chosen(request: HttpRequest) -> queries.CampaignFilter:
    """Return what the address asks for; what cannot be understood filters nothing."""
    chip, kind = (request.GET.get(name, "") for name in ("chip", "kind"))
    place = place_asked(request)
    return queries.CampaignFilter(
        chip=chip if chip in CHIP_WORDS else "",
        kind=kind if kind in CampaignKind.values else "",
        place_id=place.pk if place else None,
        text=query_of(request),
    )


def _sort(request: HttpRequest) -> str:
    return asked_sort(request, columns=COLUMNS, default="-first_day")


@require_safe
@staff_page
def export(request: HttpRequest) -> HttpResponseBase:
    """The list as a table; taking it is written down."""
    chosen = _chosen(request)
    rows = queries.desk(chosen=chosen).order_by(*key_order(_sort(request)))
    record(
        actor=actor_of(request), at=now(), verb="campaigns.exported", subject=("campaigns", None),
        chip=chosen.chip, filter_place=chosen.place_id,
    )  # fmt: skip
    header = [
        pgettext("column of campaigns", "Campaign"), pgettext("column of campaigns", "Kind"), gettext("Place"),
        gettext("First day"), gettext("Last day"), pgettext("column of campaigns", "Stops done"),
        pgettext("column of campaigns", "Stops to come"), gettext("Who answers for it"), gettext("State"),
    ]  # fmt: skip
    return table_response(
        request, name="campaigns", header=header, rows=_table(rows.iterator(chunk_size=500))
    )


def _table(rows: Iterator[Any]) -> Iterator[list[object]]:
    for row in rows:
        yield [
            row.shown_name, row.get_kind_display(), row.place.shown_name, row.first_day, row.last_day,
            row.done or 0, row.ahead or 0, row.answers, row.get_state_display(),
        ]  # fmt: skip


@require_safe
@staff_page
def campaign(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One campaign: how far it is, who still lacks, and what can be done now."""
    return shown(request, queries.campaign_by_uuid(uuid=uuid))


def shown(
    request: HttpRequest, found: Campaign, *, name: str = "", form: forms.Form | None = None
) -> HttpResponse:
    """Show a campaign as it is; a refused form stands under its `name`."""
    actor, today = actor_of(request), business_date(now())
    verbs, leads = _verbs(actor, found), may_run_it(actor=actor, campaign=found)
    context: dict[str, Any] = {
        "campaign": found,
        "leads": leads,
        "verbs": dict.fromkeys(verbs, True),
        "is_open": found.state in OPEN,
        "is_in_hand": found.state in IN_HAND,
        "is_public": found.state in TOLD,
        "is_past": found.state in OPEN and found.last_day < today,
        "bars": told_bars(queries.bars(campaign=found)),
        "rows": told_rows(queries.by_place(campaign=found, only=_seen(found))),
        "late": queries.late_stops(campaign=found, today=today),
        "counts": queries.stop_counts(campaign=found, chosen=queries.StopFilter()),
        "steps": told_steps(actor, queries.history(campaign=found)),
    }
    if "stop" in verbs:
        context["stop_form"] = WhyForm(auto_id="stop_%s")
    keep_typed(context, name=name, form=form)
    return render(request, "campaigns/campaign.html", context)


def _seen(found: Campaign) -> frozenset[int] | None:
    """Return of which places below the reader sees the rows: all of a campaign of their own office, else their part."""
    scope = current_scope()
    if found.county_id in scope.whole_county_ids:
        return None
    below = frozenset(ids_within(root_ids=[*scope.root_ids, *scope.whole_county_ids]))
    return None if found.place_id in below else below


def _verbs(actor: Actor, found: Campaign) -> set[str]:
    """Return what fits the state and is this reader's to do."""
    if not may_run_it(actor=actor, campaign=found):
        return set()
    return {verb for verb, step in CAMPAIGN.items() if found.state in step.sources}


@require_http_methods(AND_WRITES)
@staff_page
@once_per_form
def new(request: HttpRequest) -> HttpResponse:
    """Begin a campaign."""
    actor = actor_of(request)
    posted = request.POST if request.method == "POST" else None
    form = NewCampaignForm(posted, places=queries.places_to_lead(actor=actor))
    if posted is not None and form.is_valid():
        try:
            made = operations.draft_campaign(
                actor=actor, at=now(), place=form.cleaned_data["place"], text=form.text()
            )
        except REFUSALS as refusal:
            put_errors(form, refusal)
        else:
            messages.success(
                request, str(_("The campaign is begun. Now say how much of what is to be reached."))
            )
            return go_to(request, reverse("campaigns:targets", args=[made.uuid]))
    context = {"form": form, "back_url": reverse("campaigns:desk")}
    return render(request, "campaigns/form.html", context, status=422 if form.errors else 200)


@require_http_methods(AND_WRITES)
@staff_page
@once_per_form
def edit(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Write the head of a draft anew."""
    actor, found = campaign_of_ours(request, uuid)
    posted = request.POST if request.method == "POST" else None
    form = CampaignForm(posted, initial=CampaignForm.known(found))
    url = reverse("campaigns:campaign", args=[uuid])
    if posted is not None and form.is_valid():
        try:
            operations.edit_campaign(actor=actor, at=now(), campaign=found, text=form.text())
        except REFUSALS as refusal:
            put_errors(form, refusal)
            found = queries.campaign_by_uuid(uuid=uuid)
            if isinstance(refusal, operations.CampaignMovedOn):
                tell_now(form, CampaignForm.known(found))
        else:
            messages.success(request, str(_("The campaign is kept.")))
            return go_to(request, url)
    context = {"form": form, "campaign": found, "back_url": url}
    return render(request, "campaigns/form.html", context, status=422 if form.errors else 200)
