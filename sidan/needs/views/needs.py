"""The list of needs beside the menu, a new one, one with what came of it, and the list to take along."""

from collections.abc import Iterator
from typing import Any, Final
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sidan.audit.operations import record
from sidan.catalogue.models import Category
from sidan.catalogue.queries import category_options
from sidan.core.clock import business_date, now
from sidan.core.errors import NotFound
from sidan.core.htmx import go_to
from sidan.core.idempotency import once_per_form
from sidan.core.lists import Column, asked_sort, filter_chips, keeps_views, list_view, page_of
from sidan.core.pages import AND_WRITES, REFUSALS, act, act_by_form, put_errors
from sidan.core.pagination import key_order
from sidan.core.requests import actor_of
from sidan.core.tables import table_response
from sidan.needs import operations, queries
from sidan.needs.enums import NeedState, Source
from sidan.needs.forms import (
    HeardNeedForm,
    HeardSearch,
    KindForm,
    MergeForm,
    NeedForm,
    NeedSearch,
    OrderSearch,
    TraceForm,
)
from sidan.needs.models import Need
from sidan.needs.permissions import may_decide
from sidan.needs.views.shared import places_of, staff_page
from sidan.orders.models import Order
from sidan.orders.queries import order_by_number, visit_reports
from sidan.orders.words import EmergencyCall, calls_for
from sidan.places.queries import place_by_uuid

TITLE: Final = 80
"""Of what somebody said, so much goes into the title; the writer shortens it."""
OFFERED_SHOWN: Final = 8
"""Services beside a need before the rest is folded."""
COLUMNS: Final = (
    Column("need", _("Need"), is_fixed=True),
    Column("place", _("Place"), up="place_key", down="-place_key"),
    Column("kind", _("Category"), up="kind_key", down="-kind_key"),
    Column("voices", _("Voices"), up="all_voices", down="-all_voices", is_number=True),
    Column("offers", _("Services on offer"), up="offers", down="-offers", is_number=True),
    Column("state", _("State"), up="state", down="-state"),
    Column("noted", _("Written down"), up="id", down="-id"),
)
STATES: Final = (
    (NeedState.NOTED.value, _("Nothing came of it yet")),
    (NeedState.TRACED.value, pgettext_lazy("need", "Something came of it")),
)


def _chosen(request: HttpRequest) -> tuple[queries.NeedFilter, dict[str, Any]]:
    search = NeedSearch(request.GET)
    search.is_valid()
    told: dict[str, Any] = {name: value for name, value in search.cleaned_data.items() if value}
    place = place_by_uuid(uuid=told["place"]) if "place" in told else None
    chosen = queries.NeedFilter(
        category=told.get("category", ""),
        place_id=place.pk if place else None,
        state=told.get("state", ""),
        text=told.get("q", ""),
    )
    return chosen, told


@require_safe
@keeps_views
@staff_page
def desk(request: HttpRequest) -> HttpResponse:
    """Needs by place and category, each with its voices, what the menu offers for it, and what came of it."""
    chosen, told = _chosen(request)
    rows, sort = queries.needs(chosen=chosen), asked_sort(request, columns=COLUMNS, default="-id")
    context = {
        "page": page_of(request, rows=rows, sort=sort),
        "list": list_view(request, columns=COLUMNS, sort=sort, rows=rows),
        "told": told,
        "query": told.get("q", ""),
        "filters": filter_chips(request, name="state", choices=list(STATES), everything=_("Every state")),
        "is_filtered": chosen != queries.NeedFilter(),
        "categories": category_options(),
        "place": request.GET.get("place", ""),
        "places": places_of(request),
    }
    return render(request, "needs/desk.html", context)


@require_safe
@staff_page
def export(request: HttpRequest) -> HttpResponseBase:
    """The list as a table: no words of anybody; that it was taken out is written down."""
    chosen, _told = _chosen(request)
    record(actor=actor_of(request), at=now(), verb="needs.exported", subject=("needs", None))
    sort = asked_sort(request, columns=COLUMNS, default="-id")
    rows = queries.needs(chosen=chosen).order_by(*key_order(sort))
    header = [
        gettext("Need"), gettext("Place"), gettext("Category"), gettext("Voices"), gettext("Heard by"),
        gettext("Services on offer"), gettext("What came of it"), gettext("Written down"),
    ]  # fmt: skip
    return table_response(request, name="needs", header=header, rows=_table(rows.iterator(chunk_size=500)))


def _table(rows: Iterator[Need]) -> Iterator[list[object]]:
    for one in rows:
        counted: Any = one
        yield [
            one.title, one.place.shown_name, one.category.shown_name if one.category else "", counted.all_voices,
            one.heard_by.label, counted.offers if one.category_id else "", counted.trace_count,
            business_date(one.at),
        ]  # fmt: skip


@require_http_methods(AND_WRITES)
@staff_page
@once_per_form
def new(request: HttpRequest) -> HttpResponse:
    """Write a need down; of an order's visit or talk with what is known of it, to be read before it is kept."""
    order, source = _heard_of(request)
    places = places_of(request)
    initial = _known_of(request, order, source) if order else {}
    form = NeedForm(request.POST if request.method == "POST" else None, places=places, initial=initial)
    if request.method == "POST" and form.is_valid():
        made = _note(request, form, {"order": order, "source": source} if order else {})
        if made is not None:
            return go_to(request, reverse("needs:need", args=[made.uuid]))
    context = {"form": form, "order": order, "source": source}
    return render(request, "needs/new.html", context, status=422 if form.errors else 200)


def _heard_of(request: HttpRequest) -> tuple[Order | None, str]:
    """Return of which order's visit or talk the need is. Raises NotFound where it is not the reader's to see."""
    search = OrderSearch(request.GET)
    if not search.is_valid():
        return None, ""
    return order_by_number(number=search.cleaned_data["order"]), search.cleaned_data["source"]


def _known_of(request: HttpRequest, order: Order, source: str) -> dict[str, Any]:
    """Return what stands in the form before anybody types: nothing of who it was, and no title."""
    known = {"place": order.origin_place.uuid, "category": order.category_id, "source": source}
    if source == Source.VISIT and not order.is_private:
        told = visit_reports(order=order, reader=actor_of(request))
        known["words"] = "\n".join(report.words for report in told if report.words)
    return known


@require_http_methods(AND_WRITES)
@staff_page
@once_per_form
def heard(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Make a need of what a survey says: the words of one sheet, or a choice with all who made it."""
    survey = queries.survey_by_uuid(uuid=uuid)
    try:
        question, choice, sheet = HeardSearch(request.GET).told()
    except ValueError:
        raise NotFound from None
    said = queries.heard(survey=survey, question=question, choice=choice, answer_uuid=sheet)
    source = said.answer.source if said.answer else Source.SURVEY
    # Numbers stay with the sheet, where whoever looks at them is written down.
    words = queries.answer_shown(words=said.words, survey=survey, reader=actor_of(request))
    told = {"title": words[:TITLE], "place": (said.place or survey.place).uuid}
    if said.answer:
        told["words"] = words
    places = queries.places_below(surveys=[survey], places=places_of(request))[survey.pk]
    form = HeardNeedForm(request.POST if request.method == "POST" else None, places=places, initial=told)
    if request.method == "POST" and form.is_valid():
        more = {
            "source": source, "survey": survey, "answer": said.answer, "question": said.question,
            "choice": said.choice, "voices": said.voices,
        }  # fmt: skip
        made = _note(request, form, more)
        if made is not None:
            return go_to(request, reverse("needs:need", args=[made.uuid]))
    context = {"form": form, "survey": survey, "said": said, "words": words}
    return render(request, "needs/heard.html", context, status=422 if form.errors else 200)


def _note(request: HttpRequest, form: NeedForm, more: dict[str, Any]) -> Need | None:
    """Write down what a form holds; nothing where it is refused, and the form says why."""
    data = form.cleaned_data | more
    data["category"] = Category.objects.filter(code=data["category"]).first()
    try:
        return operations.note_need(actor=actor_of(request), at=now(), told=operations.NewNeed(**data))
    except REFUSALS as refusal:
        put_errors(form, refusal)
        return None


@require_safe
@staff_page
def need(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One need: its likes, what the menu offers for it, what came of it."""
    found = queries.need_by_uuid(uuid=uuid)
    return need_page(request, found, note=queries.note_shown(need=found, reader=actor_of(request)))


def need_page(
    request: HttpRequest, found: Need, *, note: str, refused: TraceForm | None = None
) -> HttpResponse:
    """Draw a need with its note as the reader may see it, and with what was typed into a form that was refused."""
    likes = list(Need.objects.filter(same_as=found).select_related("place"))
    decides = may_decide(actor=actor_of(request), place_id=found.place_id)
    offered = queries.offered_beside(need=found, today=business_date(now()))
    joins, asked = decides and found.same_as is None, _words_asked(request)
    alike = queries.alike(need=found, text=asked) if joins else []
    context = {
        "need": found,
        "note": note,
        "may_look": bool(note) and note != queries.whole_note(need=found),
        # Whoever does not see the order reads only how the need was heard.
        "order": queries.order_of(need=found),
        "likes": likes,
        "voices": getattr(found, "all_voices", found.voices),
        "offered": [part for part in (offered[:OFFERED_SHOWN], offered[OFFERED_SHOWN:]) if part],
        "traces": queries.traces_of(need=found),
        "decides": decides,
        "calls": _whom_to_call(found),
        "chosen": queries.chosen_for(need=found),
        "kind_form": KindForm() if decides and found.category_id is None else None,
        "joins": joins,
        "query": asked,
        "merge_form": MergeForm(likes=alike) if alike else None,
        "trace_form": refused or TraceForm(projects=queries.linkable(need=found)),
    }
    return render(request, "needs/need.html", context)


def _whom_to_call(found: Need) -> list[EmergencyCall]:
    """Return whom to call by title and words, while nothing came of the need."""
    if (found.same_as or found).state != NeedState.NOTED:
        return []
    said = str(found.text.words) if hasattr(found, "text") else ""
    return calls_for(f"{found.title}\n{said}")


def _words_asked(request: HttpRequest) -> str:
    search = NeedSearch(request.GET)
    search.is_valid()
    return str(search.cleaned_data.get("q", ""))


def _here(found: Need) -> str:
    return reverse("needs:need", args=[found.uuid])


@require_POST
@staff_page
@once_per_form
def kind(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Say of which kind of service it is."""
    actor, found = actor_of(request), queries.need_by_uuid(uuid=uuid)
    form = KindForm(request.POST)
    return act_by_form(
        request, form=form, url=_here(found), done=_("Now it stands beside the services of its kind."),
        write=lambda _data: operations.say_kind(actor=actor, at=now(), need=found, category=form.chosen()),
    )  # fmt: skip


@require_POST
@staff_page
@once_per_form
def merge(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Count it with another."""
    actor, found = actor_of(request), queries.need_by_uuid(uuid=uuid)
    form = MergeForm(request.POST, likes=[])
    if not form.is_valid():
        raise NotFound
    into = queries.need_by_uuid(uuid=form.cleaned_data["into"])
    return act(
        request, url=_here(into), done=_("They are counted together now."),
        write=lambda: operations.merge_need(actor=actor, at=now(), need=found, into=into),
    )  # fmt: skip


@require_POST
@staff_page
@once_per_form
def part(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Count it by itself again."""
    actor, found = actor_of(request), queries.need_by_uuid(uuid=uuid)
    return act(
        request, url=_here(found), done=_("It is counted by itself again."),
        write=lambda: operations.part_need(actor=actor, at=now(), need=found),
    )  # fmt: skip
