"""A fair on paper: its plan on A4, a sign for the table of each stall; and its stalls as a table."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext, pgettext
from django.views.decorators.http import require_safe

from sidan.activities.models import Activity
from sidan.audit.operations import record
from sidan.core.clock import now
from sidan.core.moments import dated_span_words
from sidan.core.pdf import pdf_answer, pdf_of, qr_of
from sidan.core.requests import actor_of
from sidan.core.tables import table_response
from sidan.fairs import queries
from sidan.fairs.queries import StallTold
from sidan.fairs.views.shared import fair_of_ours, staff_page

_SHEETS: Final = Path(__file__).parent.parent / "templates" / "fairs"
PLAN: Final = _SHEETS / "plan.typ"
SIGNS: Final = _SHEETS / "signs.typ"


@require_safe
def plan(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The stalls of a fair on A4, by number and by kind of service: to hang up and to hand out."""
    found = queries.fair_by_uuid(uuid=uuid)
    stalls = queries.stalls_of(activity=found)
    link = request.build_absolute_uri(reverse("activities:activity", args=[uuid]))
    facts: dict[str, Any] = {
        **_head(found),
        "qr": qr_of(link),
        "scan": gettext("All stalls on your telephone"),
        "heads": [
            pgettext("on paper", "No."), pgettext("on paper", "Team"), pgettext("on paper", "What is there"),
            pgettext("on paper", "Where"),
        ],
        "stalls": [_line(told) for told in stalls],
        "by_kind": gettext("By kind of service"),
        "kinds": [
            {"name": one.kind.shown_name, "numbers": [told.stall.number for told in one.stalls if told.stands]}
            for one in queries.by_kind(stalls=stalls)
        ],
    }  # fmt: skip
    return pdf_answer(content=pdf_of(sheet=PLAN, facts=facts), name="fair.pdf")


@require_safe
@staff_page
def signs(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """A sign for each stall that somebody has, to be folded in the middle: number, team, QR code."""
    _actor, found = fair_of_ours(request, uuid)
    stalls = [told for told in queries.stalls_of(activity=found) if told.holder is not None]
    facts = {
        **_head(found),
        "word": pgettext("at a fair", "Stall"),
        "scan": gettext("What there is at this stall"),
        "none": gettext("Nobody has a stall yet."),
        "signs": [_sign(request, found, told) for told in stalls],
    }
    return pdf_answer(content=pdf_of(sheet=SIGNS, facts=facts), name="signs.pdf")


def _head(found: Activity) -> dict[str, str]:
    span = found.span
    return {
        "title": found.shown_title, "when": dated_span_words(span.begins, span.ends),
        "where": " · ".join(filter(None, (found.place.shown_short, found.venue))),
    }  # fmt: skip


def _what(told: StallTold) -> str:
    return told.stall.shown_about or " · ".join(kind.shown_name for kind in told.kinds)


def _line(told: StallTold) -> list[str]:
    name = told.holder.shown_name if told.holder and told.stands else pgettext("stall", "Free")
    return [str(told.stall.number), name, _what(told), told.stall.spot]


def _sign(request: HttpRequest, found: Activity, told: StallTold) -> dict[str, str]:
    assert told.holder is not None, "only stalls that somebody has get a sign"
    link = request.build_absolute_uri(reverse("fairs:public_stall", args=[found.uuid, told.stall.uuid]))
    return {
        "number": str(told.stall.number), "team": told.holder.shown_name, "what": _what(told),
        "kinds": " · ".join(kind.shown_name for kind in told.kinds), "qr": qr_of(link),
    }  # fmt: skip


@require_safe
@staff_page
def export(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """The stalls of a fair as a table; taking it is written down."""
    found = queries.fair_by_uuid(uuid=uuid)
    record(
        actor=actor_of(request), at=now(), verb="fair.exported", subject=("activity", found.pk),
        place_id=found.place_id, county_id=found.county_id,
    )  # fmt: skip
    header = [
        pgettext("of a stall", "Number"), pgettext("of a stall", "Where it stands"), gettext("Team"), gettext("Place"),
        pgettext("of a stall", "Kinds of services"), gettext("What is there"), gettext("State"),
        pgettext("column of fairs", "Served"),
    ]  # fmt: skip
    return table_response(
        request, name="stalls", header=header, rows=_table(queries.stalls_of(activity=found))
    )


def _table(stalls: Sequence[StallTold]) -> Iterator[list[object]]:
    for told in stalls:
        holder = told.holder
        yield [
            told.stall.number, told.stall.spot, holder.shown_name if holder else "",
            holder.team.place.shown_name if holder and holder.team else "",
            " · ".join(kind.shown_name for kind in told.kinds), told.stall.about,
            holder.get_state_display() if holder else pgettext("stall", "Free"), told.served,
        ]  # fmt: skip
