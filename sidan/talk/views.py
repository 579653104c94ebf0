"""The talk about an order: a page of its own, and a piece in the pages of the order."""

from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sidan.core.clock import now
from sidan.core.errors import BadRequest
from sidan.core.htmx import go_to, is_fragment, page_or_piece
from sidan.core.idempotency import once_per_form
from sidan.core.lists import Column, asked_sort, filter_chips, keeps_views, page_of
from sidan.core.pages import AND_WRITES, REFUSALS, act, act_by_form, put_errors, staff_page
from sidan.core.requests import actor_of
from sidan.core.tables import moment_cell
from sidan.orders.enums import OrderState
from sidan.orders.listing import list_about_orders, order_search, take_along
from sidan.orders.models import Order
from sidan.orders.permissions import require_dispatching
from sidan.orders.words import calls_for
from sidan.talk import operations, queries
from sidan.talk.enums import Side, Verdict, Why
from sidan.talk.forms import BeforeForm, OfficeSayForm, PhraseForm, ReadForm, ReportForm, SayForm, VerdictForm
from sidan.talk.models import Report
from sidan.talk.permissions import NoPartOfIt, phrase_county, require_phrases, seat_of

REPORTS: Final = (
    Column("number", gettext_lazy("Order"), is_fixed=True),
    Column("message", gettext_lazy("Message")),
    Column("why", gettext_lazy("Why"), up="why", down="-why"),
    Column("place", gettext_lazy("Place"), up="place_key", down="-place_key"),
    Column("at", pgettext_lazy("a column", "When"), up="id", down="-id"),
)


def _context(request: HttpRequest, order: Order, form: SayForm | None = None) -> dict[str, Any]:
    actor = actor_of(request)
    seat = seat_of(actor=actor, order=order)
    before = _before(request)
    stretch = queries.stretch_of(actor=actor, order=order, seat=seat, before=before)
    lines = stretch.lines
    phrases = queries.phrases_for(order=order, side=seat.side) if seat.may_write else []
    shown_upto = lines[-1].uuid if lines else ""
    return {
        "order": order,
        "seat": seat,
        "lines": lines,
        "has_earlier": stretch.has_earlier,
        # Earlier messages are read on a page of their own: it neither asks for new ones nor takes an answer.
        "is_earlier": before is not None,
        "unread": sum(line.is_new for line in lines),
        "calls": calls_for(queries.last_own(lines)),
        "form": form or SayForm(initial={"shown_upto": shown_upto}),
        "shown_upto": shown_upto,
        "phrases": phrases,
        "is_office": seat.side == Side.OFFICE,
        # Within the page of an order the one main act is the order's own.
        "is_within": "within" in request.GET or "within" in request.POST,
        "base": "web/console.html" if seat.side == Side.OFFICE else "web/portal.html",
    }


def _before(request: HttpRequest) -> UUID | None:
    if request.method == "POST" or "before" not in request.GET:
        return None
    form = BeforeForm(request.GET)
    if not form.is_valid():
        raise BadRequest
    return form.cleaned_data["before"]  # type: ignore[no-any-return] # a UUIDField


def place_of_talk(request: HttpRequest, order: Order) -> dict[str, Any] | None:
    """Fill the place for the talk in the pages of an order, for who has a seat in it: others would find nothing."""
    try:
        seat_of(actor=actor_of(request), order=order)
    except NoPartOfIt:
        return None
    return {"order": order}


@require_safe
def thread(request: HttpRequest, number: str) -> HttpResponse:
    """Everything that was said, and a box to answer."""
    try:
        context = _context(request, queries.order_talked_of(number=number))
    except NoPartOfIt:
        if not is_fragment(request):
            raise
        # Within the page of an order, which others may read too, a sentence takes the place of the talk.
        return render(request, "talk/_not_yours.html")
    return page_or_piece(request, page="talk/thread.html", piece="talk/_thread.html", context=context)


@require_safe
def lines(request: HttpRequest, number: str) -> HttpResponse:
    """Only what was said: asked for again and again while the page is open, so that nothing typed is lost."""
    return render(request, "talk/_lines.html", _context(request, queries.order_talked_of(number=number)))


@require_POST
@once_per_form
def say(request: HttpRequest, number: str) -> HttpResponse:
    """Send a message, written or chosen."""
    order = queries.order_talked_of(number=number)
    is_office = seat_of(actor=actor_of(request), order=order).side == Side.OFFICE
    form = (OfficeSayForm if is_office else SayForm)(request.POST)
    if form.is_valid():
        words = form.cleaned_data["words"]
        try:
            operations.say(
                actor=actor_of(request), at=now(), order=order, words=words,
                sentence=form.cleaned_data["sentence"], shown_upto=form.cleaned_data["shown_upto"],
            )  # fmt: skip
        except REFUSALS as refusal:
            put_errors(form, refusal, field="words")
        else:
            if is_fragment(request):
                return render(request, "talk/_thread.html", _context(request, order))
            return go_to(request, reverse("talk:thread", args=[order.number]))
    context = _context(request, order, form)
    return page_or_piece(
        request, page="talk/thread.html", piece="talk/_thread.html", context=context, status=422
    )


@require_POST
def read(request: HttpRequest, number: str) -> HttpResponse:
    """Mark as read what was shown."""
    order = queries.order_talked_of(number=number)
    form = ReadForm(request.POST)
    if not form.is_valid():
        raise BadRequest
    operations.mark_read(actor=actor_of(request), at=now(), order=order, upto=form.cleaned_data["upto"])
    if is_fragment(request):
        return HttpResponse(status=204)
    return go_to(request, reverse("talk:thread", args=[order.number]))


@require_http_methods(AND_WRITES)
def report(request: HttpRequest, number: str, uuid: UUID) -> HttpResponse:
    """Say why a message should not stand there."""
    order, actor = queries.order_talked_of(number=number), actor_of(request)
    url = reverse("talk:thread", args=[order.number])
    line = queries.line_of(actor=actor, order=order, seat=seat_of(actor=actor, order=order), uuid=uuid)

    def page(form: Form) -> HttpResponse:
        return render(request, "talk/report.html", {"form": form, "line": line, "back_url": url})

    if request.method == "POST":
        return act_by_form(
            request,
            form=ReportForm(request.POST),
            page=page,
            url=url,
            done=_("Thank you. The office looks at it."),
            write=lambda data: operations.report_message(
                actor=actor, at=now(), order=order, uuid=uuid, why=Why(data["why"])
            ),
        )
    return page(ReportForm())


@require_safe
@keeps_views
@staff_page(require_dispatching)
def reports(request: HttpRequest) -> HttpResponse:
    """What was reported and waits for a word, the longest first; by a chip what was decided."""
    verdict, search = _verdict(request), order_search(request)
    rows, sort = queries.reports(verdict=verdict, search=search), _sort(request, verdict)
    page = page_of(request, rows=rows, sort=sort)
    context = list_about_orders(request, columns=REPORTS, sort=sort, rows=rows, search=search) | {
        "page": page,
        "next_cursor": page.next_cursor,
        "waits": not verdict,
        "filters": filter_chips(
            request, name="verdict", choices=Verdict.choices, everything=pgettext("reports", "To be decided")
        ),
    }
    return render(request, "talk/reports.html", context)


def _verdict(request: HttpRequest) -> str:
    asked = request.GET.get("verdict", "")
    return asked if asked in Verdict.values else ""


def _sort(request: HttpRequest, verdict: str) -> str:
    return asked_sort(request, columns=REPORTS, default="-id" if verdict else "id")


@require_safe
@staff_page(require_dispatching)
def export_reports(request: HttpRequest) -> HttpResponseBase:
    """The list as a table, without the words that were reported; taking it is written down."""
    verdict, search = _verdict(request), order_search(request)
    header = [
        _("Order"), _("Service"), _("Place"), _("Why"), pgettext("a column", "When"),
        pgettext("reports", "What was decided"), _("Settled on"),
    ]  # fmt: skip
    return take_along(
        request, name="reported-messages", verb="talk.reports_exported", columns=REPORTS,
        first=_sort(request, verdict), header=header, rows=queries.reports(verdict=verdict, search=search),
        cells=_cells, facts={"verdict": verdict, "filter_place": search.place_id},
    )  # fmt: skip


def _cells(row: Report) -> list[object]:
    order = row.message.order
    return [
        order.number, order.shown_title, order.origin_place.shown_name, row.get_why_display(), moment_cell(row.at),
        row.get_verdict_display() if row.verdict else "", moment_cell(row.settled_at) if row.settled_at else "",
    ]  # fmt: skip


@require_POST
@staff_page(require_dispatching)
def settle(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Take it off, or leave it."""
    return act_by_form(
        request,
        form=VerdictForm(request.POST),
        url=reverse("talk:reports"),
        done=_("Settled."),
        write=lambda data: operations.settle_report(
            actor=actor_of(request), at=now(), uuid=uuid, verdict=Verdict(data["verdict"])
        ),
    )


@require_http_methods(AND_WRITES)
@staff_page(require_phrases)
def phrases(request: HttpRequest) -> HttpResponse:
    """The county's own sentences to send with a tap, and a new one."""
    actor = actor_of(request)
    form = PhraseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        operations.add_phrase(
            actor=actor, at=now(), side=Side(data["side"]), step=data["step"], words=data["words"],
            words_en=data["words_en"],
        )  # fmt: skip
        messages.success(request, _("The sentence is added."))
        return go_to(request, request.path)
    rows = queries.phrases_of(county_id=phrase_county(actor=actor))
    states = dict(OrderState.choices)
    context = {"form": form, "phrases": [(row, states.get(row.step, "")) for row in rows]}
    return render(request, "talk/phrases.html", context, status=422 if form.errors else 200)


@require_POST
@staff_page(require_phrases)
def end_phrase(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Take a sentence away."""
    return act(
        request,
        url=reverse("talk:phrases"),
        done=_("The sentence is gone."),
        write=lambda: operations.end_phrase(actor=actor_of(request), at=now(), uuid=uuid),
    )
