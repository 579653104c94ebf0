"""What a campaign means to reach: the list of who still lacks, and one of them, for a telephone in the village."""

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
from django.utils.translation import gettext, ngettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sidan.campaigns import operations, queries
from sidan.campaigns.enums import IN_HAND, OPEN
from sidan.campaigns.forms import RecordForm, SiteForm, WhenForm
from sidan.campaigns.models import Campaign, Site
from sidan.campaigns.operations import SiteFacts
from sidan.campaigns.permissions import STOP_PHOTO, may_plan_at, may_record, may_run_it
from sidan.campaigns.queries import SiteFilter, kind_of_place
from sidan.campaigns.views.shared import campaign_of_ours, site_of, staff_page, stop_url, upload_of
from sidan.campaigns.views.taking import trail_of_export
from sidan.core.clock import business_date, now
from sidan.core.htmx import go_to
from sidan.core.idempotency import once_per_form
from sidan.core.lists import (
    Column,
    asked_sort,
    desk_chips,
    keeps_views,
    list_view,
    page_of,
    query_of,
    uuid_of,
)
from sidan.core.pages import AND_WRITES, REFUSALS, act, act_by_form, keep_typed, put_errors
from sidan.core.pagination import key_order
from sidan.core.requests import actor_of
from sidan.core.tables import table_response
from sidan.files.operations import store_picture
from sidan.places.models import Place
from sidan.places.nearby import place_asked

CHIP_WORDS: Final[dict[str, str | Promise]] = {
    "": pgettext_lazy("sites", "Still to be reached"),
    "reached": pgettext_lazy("sites", "Reached"),
    "all": pgettext_lazy("sites", "All"),
}
STANDING: Final = {"": "missing", "reached": "reached", "all": ""}
COLUMNS: Final = (
    Column("name", pgettext_lazy("column of sites", "Name"), up="name_key", down="-name_key", is_fixed=True),
    Column("kind", pgettext_lazy("column of sites", "Kind of place"), up="kind_key", down="-kind_key"),
    Column(
        "place", pgettext_lazy("column of sites", "Village or township"), up="place_key", down="-place_key"
    ),
    Column("last", pgettext_lazy("column of sites", "Reached on")),
    Column("next", pgettext_lazy("column of sites", "Planned for")),
)


@require_safe
@keeps_views
@staff_page
def sites(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """What is still to be reached, by kind and township."""
    actor, found = actor_of(request), queries.campaign_by_uuid(uuid=uuid)
    chosen, chip, sort = _chosen(request), _chip(request), _sort(request)
    rows = queries.sites(campaign=found, chosen=chosen)
    context = {
        "campaign": found,
        "page": page_of(request, rows=rows, sort=sort),
        "list": list_view(request, columns=COLUMNS, sort=sort, rows=rows),
        "filters": desk_chips(request, words=CHIP_WORDS, counts={}),
        "query": chosen.text,
        "chip": chip,
        "kind": request.GET.get("kind", ""),
        "kinds": _kinds(found),
        "place": request.GET.get("place", ""),
        "places": queries.townships_of(campaign=found),
        "is_filtered": replace(chosen, standing="missing") != SiteFilter() or chip == "reached",
        "may_add": found.state in IN_HAND and queries.places_to_plan(actor=actor, campaign=found).exists(),
        "leads": found.state in IN_HAND and may_run_it(actor=actor, campaign=found),
        "total": queries.sites_in_all(campaign=found),
    }
    return render(request, "campaigns/sites.html", context)


def _kinds(found: Campaign) -> list[tuple[str, str]]:
    return [(str(kind.uuid), kind.shown_name) for kind in queries.kinds_of(county_id=found.county_id)]


def _chip(request: HttpRequest) -> str:
    chip = request.GET.get("chip", "")
    return chip if chip in CHIP_WORDS else ""


def _chosen(request: HttpRequest) -> SiteFilter:
    """Return what the address asks for; what cannot be understood filters nothing."""
    place, kind = place_asked(request), uuid_of(request, "kind")
    return SiteFilter(
        standing=STANDING[_chip(request)],
        kind_id=queries.kind_by_uuid(uuid=kind).pk if kind else None,
        place_id=place.pk if place else None,
        text=query_of(request),
    )


def _sort(request: HttpRequest) -> str:
    return asked_sort(request, columns=COLUMNS, default="place_key")


@require_safe
@staff_page
def export(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """The list as a table, which can be filled in and brought back; taking it is written down."""
    found = queries.campaign_by_uuid(uuid=uuid)
    rows = queries.sites(campaign=found, chosen=_chosen(request)).order_by(*key_order(_sort(request)))
    trail_of_export(request, found)
    header = [
        pgettext("column of sites", "Kind of place"), pgettext("column of sites", "Name"),
        pgettext("column of sites", "Village or township"), pgettext("column of sites", "Address"),
        pgettext("column of sites", "Reached on"), pgettext("column of sites", "Planned for"),
    ]  # fmt: skip
    return table_response(request, name="sites", header=header, rows=_table(rows.iterator(chunk_size=500)))


def _table(rows: Iterator[Any]) -> Iterator[list[object]]:
    for row in rows:
        yield [
            row.kind.shown_name, row.shown_name, row.place.shown_path, row.address, row.last_day, row.next_day,
        ]  # fmt: skip


@require_http_methods(AND_WRITES)
@staff_page
@once_per_form
def new(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One more that is to be reached."""
    actor, found = actor_of(request), queries.campaign_by_uuid(uuid=uuid)
    posted = request.POST if request.method == "POST" else None
    form = SiteForm(
        posted, kinds=queries.kinds_of(county_id=found.county_id),
        places=queries.places_to_plan(actor=actor, campaign=found),
    )  # fmt: skip
    if posted is not None and form.is_valid():
        try:
            added = operations.add_sites(actor=actor, at=now(), campaign=found, sites=[_facts(form)])
        except REFUSALS as refusal:
            put_errors(form, refusal)
        else:
            words = _("It is in the list now.") if added.sites else _("It was in the list already.")
            messages.success(request, str(words))
            return go_to(request, reverse("campaigns:sites", args=[uuid]))
    context = {"form": form, "campaign": found, "back_url": reverse("campaigns:sites", args=[uuid])}
    return render(request, "campaigns/site_form.html", context, status=422 if form.errors else 200)


def _facts(form: SiteForm) -> SiteFacts:
    place: Place = form.cleaned_data["place"]
    kind = form.chosen_kind() if form.cleaned_data["name"] else kind_of_place(place=place)
    assert kind is not None, "the form asks for a kind"
    return SiteFacts(place, kind, form.cleaned_data["name"], form.cleaned_data["address"])


@require_POST
@staff_page
@once_per_form
def network(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Take in what the network has of the kinds to be reached and the list has not."""
    actor, found = campaign_of_ours(request, uuid)

    def done(count: int) -> str:
        words = ngettext("%(count)s place was added.", "%(count)s places were added.", count)
        return words % {"count": count} if count else gettext("The list has them all already.")

    return act(
        request, url=reverse("campaigns:sites", args=[uuid]), done=done,
        write=lambda: operations.take_network_in(actor=actor, at=now(), campaign=found),
    )  # fmt: skip


@require_safe
@staff_page
def site(request: HttpRequest, uuid: UUID, site: UUID) -> HttpResponse:
    """One of them: what was done there, and the button to write down that it is reached now."""
    _actor, found = site_of(request, uuid, site)
    return _shown(request, found)


def _shown(
    request: HttpRequest, found: Site, *, name: str = "", form: forms.Form | None = None
) -> HttpResponse:
    actor, today, campaign = actor_of(request), business_date(now()), found.campaign
    stops = queries.stops_at(site=found)
    plans = campaign.state in IN_HAND and may_plan_at(
        actor=actor, place_id=found.place_id, county_id=found.county_id
    )
    context: dict[str, Any] = {"campaign": campaign, "site": found, "stops": stops, "plans": plans}
    has_day = campaign.first_day <= today <= campaign.last_day
    if campaign.state in OPEN and may_record(actor=actor, site=found):
        day = today if has_day else min(today, campaign.last_day)
        context["record_form"] = RecordForm(auto_id="record_%s", initial={"day": day})
    if plans:
        context["plan_form"] = WhenForm(auto_id="plan_%s")
    context["may_remove"] = plans and not stops
    keep_typed(context, name=name, form=form)
    return render(request, "campaigns/site.html", context)


@require_POST
@staff_page
@once_per_form
def record_now(request: HttpRequest, uuid: UUID, site: UUID) -> HttpResponse:
    """Write down that it was reached."""
    actor, found = site_of(request, uuid, site)
    form = RecordForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            photo = None
            if upload := upload_of(form):
                photo = store_picture(actor=actor, at=now(), upload=upload.file, purpose=STOP_PHOTO)
            made = operations.record_at(actor=actor, at=now(), site=found, told=form.told(), photo=photo)
        except REFUSALS as refusal:
            put_errors(form, refusal, field="photo")
        else:
            messages.success(request, str(_("Written down. Thank you.")))
            made.stop.campaign = found.campaign
            return go_to(request, stop_url(made.stop))
    answer = _shown(request, found, name="record_form", form=form)
    answer.status_code = 422
    return answer


@require_POST
@staff_page
@once_per_form
def plan(request: HttpRequest, uuid: UUID, site: UUID) -> HttpResponse:
    """Say when it is reached."""
    actor, found = site_of(request, uuid, site)
    return act_by_form(
        request, form=WhenForm(request.POST), done=_("The stop is planned."),
        url=reverse("campaigns:site", args=[uuid, site]),
        write=lambda data: operations.plan_stop(actor=actor, at=now(), site=found, **data),
        page=lambda refused: _shown(request, found, name="plan_form", form=refused),
    )  # fmt: skip


@require_POST
@staff_page
@once_per_form
def remove(request: HttpRequest, uuid: UUID, site: UUID) -> HttpResponse:
    """Take out what was written down by mistake."""
    actor, found = site_of(request, uuid, site)
    return act(
        request, url=reverse("campaigns:sites", args=[uuid]), done=_("It is out of the list."),
        write=lambda: operations.remove_site(actor=actor, at=now(), site=found),
    )  # fmt: skip
