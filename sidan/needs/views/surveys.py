"""The surveys of an office: the list, a new one, its answers counted, its link, code and paper."""

from pathlib import Path
from typing import Any, Final
from uuid import UUID

import segno
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sidan.core.clock import now
from sidan.core.htmx import go_to
from sidan.core.idempotency import once_per_form
from sidan.core.lists import Column, asked_sort, filter_chips, keeps_views, list_view, page_of
from sidan.core.pages import AND_WRITES, REFUSALS, act, put_errors
from sidan.core.pdf import pdf_answer, pdf_of, qr_of
from sidan.core.requests import actor_of
from sidan.core.tables import moment_cell
from sidan.needs import operations, queries
from sidan.needs.enums import SurveyState
from sidan.needs.forms import SurveyForm, VillageSearch
from sidan.needs.models import Survey
from sidan.needs.permissions import may_decide
from sidan.needs.views.shared import places_of, staff_page
from sidan.orders.listing import order_search, take_along
from sidan.places.models import Place

WORDS_SHOWN: Final = 100
"""Answers in words to each question that a page holds."""
MOST_VILLAGES: Final = 1000
"""Of one survey's place to choose a link for; a county has some hundreds."""
SHEET: Final = Path(__file__).parent.parent / "templates" / "needs" / "paper.typ"


NEWEST: Final = "-id"
COLUMNS: Final = (
    Column("title", _("Title"), up="title", down="-title", is_fixed=True),
    Column("place", _("Place"), up="place_key", down="-place_key"),
    Column("state", _("State"), up="state", down="-state"),
    Column("answers", _("Answers"), up="answered", down="-answered"),
    Column("made", _("Made on"), up="id", down=NEWEST),
)


@require_safe
@keeps_views
@staff_page
def surveys(request: HttpRequest) -> HttpResponse:
    """The surveys of one's office, newest first."""
    chosen, sort = _chosen(request), asked_sort(request, columns=COLUMNS, default=NEWEST)
    rows = queries.surveys(**chosen)
    context = {
        "page": page_of(request, rows=rows, sort=sort),
        "list": list_view(request, columns=COLUMNS, sort=sort, rows=rows),
        "filters": filter_chips(
            request, name="state", choices=list(SurveyState.choices), everything=_("Every state")
        ),
        "query": chosen["text"],
        "state": chosen["state"],
        "place": request.GET.get("place", ""),
        "places": places_of(request),
        "is_filtered": any(chosen.values()),
    }
    return render(request, "needs/surveys.html", context)


def _chosen(request: HttpRequest) -> dict[str, Any]:
    """Return what the address asks for; what cannot be understood filters nothing."""
    search, state = order_search(request), request.GET.get("state", "")
    return {
        "text": search.text,
        "place_id": search.place_id,
        "state": state if state in SurveyState.values else "",
    }


@require_safe
@staff_page
def export_surveys(request: HttpRequest) -> HttpResponseBase:
    """The list as a table, without what was answered; taking it is written down."""
    chosen = _chosen(request)
    header = [
        gettext("Title"),
        gettext("Place"),
        gettext("State"),
        gettext("Answers"),
        gettext("Made on"),
        gettext("Opened"),
        gettext("Closed"),
    ]
    facts = {"state": chosen["state"], "filter_place": chosen["place_id"]}
    return take_along(
        request, name="surveys", verb="needs.surveys_exported", columns=COLUMNS, first=NEWEST, header=header,
        rows=queries.surveys(**chosen), cells=_cells, facts=facts,
    )  # fmt: skip


def _cells(row: Survey) -> list[object]:
    moments = (row.created_at, row.opened_at, row.closed_at)
    return [
        row.title, row.place.shown_name, row.get_state_display(), getattr(row, "answered", 0),
        *(moment_cell(at) if at else "" for at in moments),
    ]  # fmt: skip


@require_http_methods(AND_WRITES)
@staff_page
@once_per_form
def new(request: HttpRequest) -> HttpResponse:
    """Draft a survey."""
    form = SurveyForm(request.POST if request.method == "POST" else None, places=places_of(request))
    if request.method == "POST" and form.is_valid():
        try:
            made = operations.draft_survey(actor=actor_of(request), at=now(), **form.cleaned_data)
        except REFUSALS as refusal:
            put_errors(form, refusal)
        else:
            return go_to(request, reverse("needs:survey", args=[made.uuid]))
    return render(request, "needs/new_survey.html", {"form": form}, status=422 if form.errors else 200)


@require_safe
@staff_page
def survey(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One survey: its questions with the answers counted, and the ways to answer."""
    return survey_page(request, queries.survey_by_uuid(uuid=uuid))


def survey_page(request: HttpRequest, found: Survey, *, opened: UUID | None = None) -> HttpResponse:
    """Draw a survey; the words of the sheet that was opened with their numbers."""
    actor = actor_of(request)
    villages = queries.villages_of(survey=found)
    village = VillageSearch(request.GET).chosen(villages)
    link = _link(request, found, village)
    tallies = queries.tallies(survey=found)
    most = max((len(tally.said) for tally in tallies), default=0)
    words = Paginator(range(most), WORDS_SHOWN).get_page(request.GET.get("words"))
    shown = slice((words.number - 1) * WORDS_SHOWN, words.number * WORDS_SHOWN)
    context = {
        "survey": found,
        "villages": villages[:MOST_VILLAGES],
        "village": village,
        "by_place": queries.answers_by_place(survey=found),
        "tallies": [
            (tally, queries.answers_shown(said=tally.said[shown], survey=found, reader=actor, opened=opened))
            for tally in tallies
        ],
        "words": words,
        "answered": found.answers.count(),
        "link": link,
        # drawn by our own code from our own address
        "qr": mark_safe(segno.make(link, error="m").svg_inline(scale=4, border=2, dark="#000", light="#fff")),
        "decides": may_decide(actor=actor, place_id=found.place_id),
        "notes": bool(places_of(request)),
    }
    return render(request, "needs/survey.html", context)


def _link(request: HttpRequest, found: Survey, village: Place | None) -> str:
    of = f"?place={village.uuid}" if village else ""
    return request.build_absolute_uri(reverse("needs:sheet", args=[found.uuid]) + of)


@require_POST
@staff_page
@once_per_form
def open_(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Let people answer."""
    actor, found = actor_of(request), queries.survey_by_uuid(uuid=uuid)
    url = reverse("needs:survey", args=[found.uuid])
    return act(
        request, url=url, done=_("The survey is open."),
        write=lambda: operations.open_survey(actor=actor, at=now(), survey=found),
    )  # fmt: skip


@require_POST
@staff_page
@once_per_form
def close(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Take no more answers."""
    actor, found = actor_of(request), queries.survey_by_uuid(uuid=uuid)
    url = reverse("needs:survey", args=[found.uuid])
    return act(
        request, url=url, done=_("The survey is closed."),
        write=lambda: operations.close_survey(actor=actor, at=now(), survey=found),
    )  # fmt: skip


@require_safe
@staff_page
def paper(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The questions on A4, with the code that leads to the same on a telephone."""
    found = queries.survey_by_uuid(uuid=uuid)
    village = VillageSearch(request.GET).chosen(queries.villages_of(survey=found))
    facts = {
        "title": found.title, "place": (village or found.place).shown_name, "qr": qr_of(_link(request, found, village)),
        "hint": gettext("No name is needed. Or answer on your telephone:"),
        "questions": [
            {"words": one.words, "kind": one.kind, "choices": one.choices,
             "hint": gettext("several may be chosen") if one.kind == "many" else ""}
            for one in found.asked
        ],
    }  # fmt: skip
    return pdf_answer(content=pdf_of(sheet=SHEET, facts=facts), name="survey.pdf")
