"""The dispatcher's queue: the list, its rows, and the list to take along."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from sidan.audit.operations import record
from sidan.catalogue.queries import category_options
from sidan.core.actor import Actor
from sidan.core.clock import now
from sidan.core.lists import Column, keeps_views, list_view, rows_a_page
from sidan.core.pages import staff_page
from sidan.core.requests import actor_of
from sidan.core.tables import moment_cell, table_response
from sidan.orders import queries
from sidan.orders.forms.console import HELD_CHOICES, QueueSearch
from sidan.orders.models import Order
from sidan.orders.permissions import decides_somewhere, require_order_staff, sees_what_others_hold
from sidan.orders.views.queue_rows import queue_rows
from sidan.orders.views.staff import Chip
from sidan.orders.words import ASKERS
from sidan.people.enums import ENTERING_ROLES, ORDER_STAFF_ROLES
from sidan.places.queries import place_by_uuid, places_to_filter

CHIP_WORDS: Final[Mapping[str, str | Promise]] = {
    "": _("Waiting for us"),
    "danger": _("Danger to life"),
    "to_admit": _("To admit"),
    "to_dispatch": _("To dispatch"),
    "offered": _("Offered, not yet taken"),
    "returned": _("Handed back"),
    "soon": pgettext_lazy("time limit", "Due soon"),
    "overdue": pgettext_lazy("time limit", "Overdue"),
    "help_asked": _("Help asked of us"),
    "with_team": _("With a team"),
    "to_review": _("To be reviewed"),
    "handed_over": _("Handed over by us"),
    "ended": _("Ended"),
}
URGENT: Final = frozenset({"danger", "returned", "help_asked", "overdue"})
"""The chips that are marked while anything stands behind them."""
COLUMNS: Final = (
    Column("number", _("Number"), is_fixed=True),
    Column("service", _("Service"), up="kind", down="-kind"),
    Column("place", _("Place"), up="place", down="-place", css="gives-way"),
    Column(
        "since", pgettext_lazy("how long", "Waiting"), up="-state_since", down="state_since", css="gives-way"
    ),
    Column("left", _("Time left"), up="due", down="-due"),
    Column("state", _("State"), up="state", down="-state", css="gives-way-soon"),
    Column("team", _("Team"), css="gives-way"),
)


@require_safe
@keeps_views
@staff_page(require_order_staff)
def queue(request: HttpRequest) -> HttpResponse:
    """The queue, longest waiting first; what has ended, latest first."""
    actor, search = actor_of(request), QueueSearch(request.GET)
    told = search.told()
    chosen = _chosen(told, actor)
    page = queries.queue_page(
        chosen=chosen, cursor=search.cleaned_data.get("cursor") or None, limit=rows_a_page(request)
    )
    back = urlencode(told)
    roots = actor.places_where(frozenset(ORDER_STAFF_ROLES))
    context = {
        "page": page,
        "rows": queue_rows(lines=page.items, back=back, at=now()),
        "filters": _chips(told, queries.queue_counts(chosen=chosen), actor),
        "categories": category_options(),
        "places": places_to_filter(root_ids=roots),
        "askers": list(ASKERS.items()),
        "told": told,
        "held": _held(told, actor),
        "held_choices": HELD_CHOICES,
        "list": list_view(
            request, columns=_columns(chosen), sort=queries.chosen_sort(chosen) or "state_since"
        ),
        "may_enter": bool(actor.roles & ENTERING_ROLES),
        "back": back,
        "live_url": f"{settings.LIVE_URL}queue",
        "row_url": _row_url(told),
    }
    return render(request, "orders/console/queue.html", context)


def _columns(chosen: queries.QueueFilter) -> tuple[Column, ...]:
    """Return the columns; what has ended, and what words were found in, stands in one order only."""
    if chosen.chip == "ended":
        return tuple(
            replace(one, label=_("Ended") if one.name == "since" else one.label, up="", down="")
            for one in COLUMNS
        )
    return tuple(replace(one, up="", down="") for one in COLUMNS) if chosen.text else COLUMNS


@require_safe
@staff_page(require_order_staff)
def row(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The row of one order as it is now; struck through where it no longer belongs into this list.

    A row is read again after each act and each piece of news, so the counts of the chips come along.
    """
    told = QueueSearch(request.GET).told()
    line, chosen = queries.queue_line(uuid=uuid), _chosen(told, actor_of(request))
    gone = frozenset() if queries.stands_in_queue(uuid=uuid, chosen=chosen) else frozenset({uuid})
    rows = queue_rows(lines=[line], back=urlencode(told), at=now(), gone=gone)
    counts = _all_counts(queries.queue_counts(chosen=chosen))
    told_counts = {chip: [_shown(count), chip in URGENT and count > 0] for chip, count in counts.items()}
    return HttpResponse(rows, headers={"Sidan-Counts": json.dumps(told_counts)})


@require_safe
@staff_page(require_order_staff)
def export(request: HttpRequest) -> HttpResponseBase:
    """The filtered queue as a table: no names, telephones or addresses; that it was taken out is written down."""
    told, actor = QueueSearch(request.GET).told(), actor_of(request)
    chosen = _chosen(told, actor)
    rows = queries.ordered(queries.queue(chosen=chosen), chosen=chosen)
    record(
        actor=actor, at=now(), verb="orders.exported", subject=("queue", None), chip=chosen.chip,
        category=chosen.category, filter_place=chosen.place_id, filter_by=chosen.by,
    )  # fmt: skip
    table = _table(queries.with_results(rows).iterator(chunk_size=500))
    return table_response(request, name="orders", header=next(table), rows=table)


def _table(rows: Iterator[Order]) -> Iterator[list[object]]:
    yield [
        gettext("Number"), gettext("Service"), gettext("Category"), gettext("Place"), gettext("Held by"),
        gettext("State"), gettext("In this state since"), gettext("Due"), gettext("Placed"), gettext("Team"),
        gettext("Entered by"), gettext("In the name of"), gettext("Kind of organisation"),
        gettext("Results of the visits"),
    ]  # fmt: skip
    for each in rows:
        yield [
            each.number, each.shown_title, each.category.shown_name, each.origin_place.shown_name,
            each.holder_place.shown_name, each.get_state_display(), moment_cell(each.state_since),
            moment_cell(each.due_at) if each.due_at else "", moment_cell(each.created_at),
            getattr(each, "team_name", "") or "", each.get_channel_display(),
            each.organisation_name, each.get_organisation_kind_display() if each.organisation_kind else "",
            queries.results_in_a_cell(each),
        ]  # fmt: skip


def _chosen(told: dict[str, str], actor: Actor) -> queries.QueueFilter:
    place = place_by_uuid(uuid=told["place"]) if "place" in told else None
    return queries.QueueFilter(
        chip=told.get("chip", ""),
        category=told.get("category", ""),
        place_id=place.pk if place else None,
        text=told.get("q", ""),
        by=told.get("by", ""),
        at=now(),
        held=_held(told, actor),
        sort=told.get("sort", ""),
    )


def _held(told: dict[str, str], actor: Actor) -> str:
    """Return whose orders are meant: everybody begins with what waits for them, and chooses to see what others hold.

    Words that are searched for are looked for in all, as on every list. Nothing where there are no others.
    """
    if not sees_what_others_hold(actor):
        return ""
    return told.get("held", queries.EVERYWHERE if "q" in told else queries.OURS)


def _chips(told: dict[str, str], counts: dict[str, int], actor: Actor) -> list[Chip]:
    others = {name: value for name, value in told.items() if name != "chip"}
    all_counts = _all_counts(counts)
    words = CHIP_WORDS if decides_somewhere(actor) else {**CHIP_WORDS, "": _("Waiting for a decision")}
    return [
        Chip(
            label=label,
            url=f"{reverse('orders:queue')}?{urlencode(others | ({'chip': chip} if chip else {}))}",
            active=told.get("chip", "") == chip,
            count=_shown(all_counts[chip]) if chip in all_counts else None,
            urgent=chip in URGENT,
        )
        for chip, label in words.items()
    ]


def _all_counts(counts: dict[str, int]) -> dict[str, int]:
    """Add what stands behind no chip: all that waits for us."""
    return {"": sum(counts[chip] for chip in queries.WAITING), **counts} if counts else {}


def _shown(count: int) -> int | str:
    """Return a number as its chip shows it: nobody counts further than that."""
    return count if count <= queries.COUNTED_TO else f"{queries.COUNTED_TO}+"


def _row_url(told: dict[str, str]) -> str:
    """Return the address of a row with {id} where its id goes, as the script of the queue fills it in."""
    nobody = UUID(int=0)
    url = reverse("orders:queue_row", args=[nobody]).replace(str(nobody), "{id}")
    return f"{url}?{urlencode(told)}"
