"""Calling back."""

from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sidan.core.clock import now
from sidan.core.clockwork import Due
from sidan.core.htmx import go_to
from sidan.core.idempotency import once_per_form
from sidan.core.lists import Column, asked_sort, filter_chips, keeps_views, page_of
from sidan.core.pages import AND_WRITES, REFUSALS, put_errors, staff_page
from sidan.core.requests import actor_of
from sidan.core.tables import moment_cell
from sidan.orders.listing import list_about_orders, order_search, take_along
from sidan.orders.queries import review_words
from sidan.orders.telling import call_at_once
from sidan.reviews import operations, queries
from sidan.reviews.enums import CallState
from sidan.reviews.forms import CallForm
from sidan.reviews.models import CallBack
from sidan.reviews.permissions import may_look_to_call, require_calling, require_calling_role
from sidan.reviews.policies import CALL_TASK
from sidan.reviews.views.shared import NUMBER, PLACE, SERVICE, chosen_of, dues_of, order_cells

DRAWN: Final = Column("drawn", _lazy("Drawn"), up="drawn_at", down="-drawn_at")
TRIES: Final = Column("tries", _lazy("Calls so far"), up="tries", down="-tries", is_number=True)
WAITING: Final = (NUMBER, SERVICE, PLACE, DRAWN, Column("left", _lazy("Time left")), TRIES)
ENDED: Final = (NUMBER, SERVICE, PLACE, DRAWN, Column("ended", _lazy("Ended")), TRIES)


@require_safe
@keeps_views
@staff_page(require_calling_role, public=False)
def calls(request: HttpRequest) -> HttpResponse:
    """Whom to call: the longest waiting first, without the orders of one's own teams; by a chip how calls went."""
    state, search = _state(request), order_search(request)
    columns, first = _columns(state)
    rows = queries.call_backs(actor=actor_of(request), state=state, search=search)
    sort = asked_sort(request, columns=columns, default=first)
    page = page_of(request, rows=rows, sort=sort)
    due_of = dues_of(task=CALL_TASK, order_ids=[each.order_id for each in page.items])
    (_waiting, everything), *others = CallState.choices
    context = list_about_orders(request, columns=columns, sort=sort, rows=rows, search=search) | {
        "rows": [(each, due_of(each.order_id, each.step.turn)) for each in page.items],
        "next_cursor": page.next_cursor,
        "filters": filter_chips(request, name="state", choices=others, everything=everything),
    }
    return render(request, "reviews/calls.html", context)


def _state(request: HttpRequest) -> str:
    return chosen_of(request, "state", known=CallState.values, first=CallState.WAITING)


def _columns(state: str) -> tuple[tuple[Column, ...], str]:
    """Return the columns of a list, and its own order: what waits the longest first, what has ended the latest."""
    return (WAITING, "drawn_at") if state == CallState.WAITING else (ENDED, "-drawn_at")


@require_safe
@staff_page(require_calling_role, public=False)
def export_calls(request: HttpRequest) -> HttpResponseBase:
    """The list as a table, without whom to call; taking it is written down."""
    state, search = _state(request), order_search(request)
    columns, first = _columns(state)
    header = [
        _("Number"), _("Service"), _("Place"), _("State"), _("Drawn"), _("Call by"), _("Ended"), _("Calls so far"),
    ]  # fmt: skip
    rows = queries.call_backs(actor=actor_of(request), state=state, search=search)
    due_of = dues_of(task=CALL_TASK, order_ids=rows.values_list("order_id", flat=True))
    return take_along(
        request, name="call-backs", verb="reviews.calls_exported", columns=columns, first=first, header=header,
        rows=rows, cells=lambda row: _cells(row, due_of(row.order_id, row.step.turn)),
        facts={"state": state, "filter_place": search.place_id},
    )  # fmt: skip


def _cells(row: CallBack, due: Due) -> list[object]:
    return [
        *order_cells(row.order), row.get_state_display(),
        moment_cell(row.drawn_at), moment_cell(due.due_at) if due.due_at else "",
        moment_cell(row.ended_at) if row.ended_at else "", row.tries,
    ]  # fmt: skip


@require_http_methods(AND_WRITES)
@staff_page(require_calling_role, public=False)
@once_per_form
def call(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One call-back: whom, about what, and how the calls went."""
    actor, found = actor_of(request), queries.call_back_by_uuid(uuid=uuid)
    require_calling(actor=actor, order=found.order)
    form = CallForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            operations.record_call(actor=actor, at=now(), call_back=found, heard=form.heard())
        except REFUSALS as refusal:
            put_errors(form, refusal)
            # What a colleague wrote down meanwhile is shown, not what this page knew.
            found = queries.call_back_by_uuid(uuid=uuid)
        else:
            messages.success(request, _("The call is written down."))
            if told := call_at_once(form.cleaned_data["words"]):
                messages.error(request, told)
            return go_to(request, reverse("reviews:calls"))
    return _shown(request, found, form)


@require_POST
@staff_page(require_calling_role, public=False)
def contact(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Show whom to call; the look is written down."""
    found = queries.call_back_by_uuid(uuid=uuid)
    shown = operations.look_to_call(actor=actor_of(request), at=now(), call_back=found)
    return _shown(request, found, CallForm(), looked=shown)


def _shown(
    request: HttpRequest, found: CallBack, form: CallForm, *, looked: operations.ToCall | None = None
) -> HttpResponse:
    actor = actor_of(request)
    review = queries.review_of(call_back=found) if found.state != CallState.WAITING else None
    context: dict[str, Any] = {
        "call_back": found,
        "order": found.order,
        "calls": looked.calls if looked else queries.calls_made(call_back=found, reader=actor),
        # Who calls hears the resident first: what was said before is shown when the call is over.
        "review": review,
        "review_words": review_words(review=review, order=found.order, reader=actor),
        "form": form if found.state == CallState.WAITING else None,
        "contact": looked.contact if looked else None,
        "may_look": may_look_to_call(actor=actor, call_back=found),
    }
    return render(request, "reviews/call.html", context, status=422 if form.errors else 200)
