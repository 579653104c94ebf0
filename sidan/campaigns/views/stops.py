"""The stops of a campaign: the list by day, and one of them with what proves it."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from sidan.campaigns import queries
from sidan.campaigns.enums import IN_HAND, OPEN, StopState
from sidan.campaigns.forms import ActivityForm, OrderForm, RecordForm, WhenForm, WhyForm
from sidan.campaigns.models import Stop, StopRecord
from sidan.campaigns.permissions import may_plan_at, may_record, may_take_back
from sidan.campaigns.queries import StopFilter
from sidan.campaigns.views.shared import shown_person, staff_page, stop_of
from sidan.campaigns.views.taking import trail_of_export
from sidan.campaigns.words import clock_words
from sidan.core.actor import Actor
from sidan.core.clock import business_date, now
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
from sidan.core.pages import keep_typed
from sidan.core.pagination import key_order
from sidan.core.requests import actor_of
from sidan.core.tables import table_response
from sidan.places.nearby import place_asked

CHIP_WORDS: Final[dict[str, str | Promise]] = {
    "": pgettext_lazy("stops", "To be done"),
    "planned": pgettext_lazy("stops", "To come"),
    "waiting": pgettext_lazy("stops", "Wait for a second person"),
    "done": pgettext_lazy("stops", "Done"),
    "called_off": pgettext_lazy("stops", "Called off"),
}
COLUMNS: Final = (
    Column("site", pgettext_lazy("column of stops", "Where"), up="name_key", down="-name_key", is_fixed=True),
    Column("day", pgettext_lazy("column of stops", "When"), up="day", down="-day"),
    Column(
        "place", pgettext_lazy("column of sites", "Village or township"), up="place_key", down="-place_key"
    ),
    Column("people", pgettext_lazy("column of stops", "People"), is_number=True),
    Column("leaflets", pgettext_lazy("column of stops", "Leaflets"), is_number=True),
    Column("checks", pgettext_lazy("column of stops", "Checks"), is_number=True),
    Column("state", _("State"), up="state", down="-state"),
)


@require_safe
@keeps_views
@staff_page
def stops(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The stops of a campaign at one's places, by day."""
    found, chosen, sort = queries.campaign_by_uuid(uuid=uuid), _chosen(request), _sort(request)
    rows = queries.stops(campaign=found, chosen=chosen)
    counts = queries.stop_counts(campaign=found, chosen=chosen)
    context = {
        "campaign": found,
        "page": page_of(request, rows=rows, sort=sort),
        "list": list_view(request, columns=COLUMNS, sort=sort, rows=rows),
        "filters": desk_chips(request, words=CHIP_WORDS, counts=counts, urgent="waiting"),
        "query": chosen.text,
        "chosen": chosen,
        "today": business_date(now()),
        "place": request.GET.get("place", ""),
        "places": queries.townships_of(campaign=found),
        "is_filtered": replace(chosen, state="") != StopFilter(),
    }
    return render(request, "campaigns/stops.html", context)


def _chosen(request: HttpRequest) -> StopFilter:
    """Return what the address asks for; what cannot be understood filters nothing."""
    chip, place, kind = request.GET.get("chip", ""), place_asked(request), uuid_of(request, "kind")
    return StopFilter(
        state=chip if chip in CHIP_WORDS else "",
        kind_id=queries.kind_by_uuid(uuid=kind).pk if kind else None,
        place_id=place.pk if place else None,
        text=query_of(request),
    )


def _sort(request: HttpRequest) -> str:
    return asked_sort(request, columns=COLUMNS, default="day")


@require_safe
@staff_page
def export(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """The list as a table; taking it is written down."""
    found = queries.campaign_by_uuid(uuid=uuid)
    rows = queries.stops(campaign=found, chosen=_chosen(request)).order_by(*key_order(_sort(request)))
    trail_of_export(request, found)
    header = [
        pgettext("column of stops", "When"), pgettext("column of sites", "Time"), pgettext("column of stops", "Where"),
        pgettext("column of sites", "Kind of place"), pgettext("column of sites", "Village or township"),
        pgettext("column of stops", "People"), pgettext("column of stops", "Leaflets"),
        pgettext("column of stops", "Checks"), gettext("State"),
    ]  # fmt: skip
    return table_response(request, name="stops", header=header, rows=_table(rows.iterator(chunk_size=500)))


def _table(rows: Iterator[Any]) -> Iterator[list[object]]:
    for row in rows:
        yield [
            row.day, clock_words(row.clock), row.site.shown_name, row.site.kind.shown_name, row.site.shown_where,
            row.people, row.leaflets, row.checks, row.get_state_display(),
        ]  # fmt: skip


@require_safe
@staff_page
def stop(request: HttpRequest, uuid: UUID, stop: UUID) -> HttpResponse:
    """One stop: what proves it, and what can be done."""
    _actor, found = stop_of(request, uuid, stop)
    return shown(request, found)


def shown(
    request: HttpRequest, found: Stop, *, name: str = "", form: forms.Form | None = None
) -> HttpResponse:
    """Show a stop as it is; a refused form stands under its `name`."""
    actor, campaign = actor_of(request), found.campaign
    records = queries.records_of(stop=found)
    context: dict[str, Any] = {
        "campaign": campaign,
        "stop": found,
        "told": [_told(actor, found, record) for record in records],
        "back_form": WhyForm(auto_id="back_%s"),
        **_forms(actor, found),
    }
    keep_typed(context, name=name, form=form)
    return render(request, "campaigns/stop.html", context)


def _forms(actor: Actor, found: Stop) -> dict[str, Any]:
    """Return the forms of what can be done with a stop now."""
    campaign, site, today = found.campaign, found.site, business_date(now())
    if found.state != StopState.PLANNED or campaign.state not in IN_HAND:
        return {}
    made: dict[str, Any] = {}
    if campaign.state in OPEN and may_record(actor=actor, site=site):
        day = min(found.day, today)
        made["record_form"] = RecordForm(auto_id="record_%s", initial={"day": day})
        made["order_form"] = OrderForm(auto_id="order_%s")
        made["activity_form"] = ActivityForm(
            auto_id="activity_%s", activities=queries.activities_to_prove(stop=found)
        )
    if may_plan_at(actor=actor, place_id=site.place_id, county_id=site.county_id):
        made["move_form"] = WhenForm(auto_id="move_%s", initial={"day": found.day, "clock": found.clock})
    return made


def _told(actor: Actor, found: Stop, record: StopRecord) -> dict[str, Any]:
    """Return a record as the page shows it, with what the reader may do with it."""
    counter, word = getattr(record, "counter", None), getattr(record, "word", None)
    works = may_record(actor=actor, site=found.site)
    asks = record.needs_word and counter is None
    return {
        "record": record,
        "who": shown_person(actor, record.by),
        "words": getattr(record, "text", None) if works else None,
        "word": word,
        "word_by": shown_person(actor, word.by) if word else "",
        "counter": counter,
        "counter_by": shown_person(actor, counter.by) if counter else "",
        "why": getattr(counter, "text", None) if counter and works else None,
        "waits": asks and not record.counts,
        "counts": record.told if asks and not record.counts else record.counts,
        "awaits": record.awaits if asks and record.counts else None,
        "may_say": asks and works and record.by_id != actor.account_id,
        "may_take_back": counter is None and may_take_back(actor=actor, site=found.site, record=record),
    }
