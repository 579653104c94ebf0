"""Seeing to what is not well, and answering suggestions."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, Final
from uuid import UUID

from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from sidan.core.clock import now
from sidan.core.clockwork import Due
from sidan.core.idempotency import once_per_form
from sidan.core.lists import Column, asked_sort, filter_chips, keeps_views, page_of
from sidan.core.pages import act_by_form, staff_page
from sidan.core.requests import actor_of
from sidan.core.tables import moment_cell
from sidan.orders.listing import list_about_orders, order_search, take_along
from sidan.reviews import operations, queries
from sidan.reviews.enums import FollowUpState, SuggestionState
from sidan.reviews.forms import AnswerForm
from sidan.reviews.models import FollowUp, Suggestion
from sidan.reviews.permissions import require_answering, require_judging_role
from sidan.reviews.policies import FOLLOW_TASK
from sidan.reviews.views.shared import PLACE, SERVICE, chosen_of, dues_of, order_cells

OPEN: Final = "open"
"""What both lists begin with."""
Typed = tuple[FollowUp | Suggestion, Form]
"""What somebody wanted to answer, and the form that was refused."""


SINCE: Final = Column("since", _("Brought up"), up="id", down="-id")
FOLLOW_UPS: Final = (
    SINCE, PLACE, SERVICE, Column("outcome", _("Outcome"), up="outcome", down="-outcome"),
)  # fmt: skip
SUGGESTIONS: Final = (SINCE, PLACE, SERVICE)


@require_safe
@keeps_views
@staff_page(require_judging_role, public=False)
def follow_ups(request: HttpRequest) -> HttpResponse:
    """What residents say is not well yet, the longest waiting first; by a chip what was seen to."""
    return _follow_ups(request)


def _follow_ups(request: HttpRequest, typed: Typed | None = None) -> HttpResponse:
    state, search = _state(request, FollowUpState), order_search(request)
    rows, sort = queries.follow_ups(state=state, search=search), _sort(request, FOLLOW_UPS, state)
    page = page_of(request, rows=rows, sort=sort)
    due_of = dues_of(task=FOLLOW_TASK, order_ids=[each.order_id for each in page.items])
    context = list_about_orders(request, columns=FOLLOW_UPS, sort=sort, rows=rows, search=search) | {
        "rows": [
            (each, due_of(each.order_id, each.turn), queries.answer_words(answered=each, reader=actor_of(request)))
            for each in page.items
        ],
        "next_cursor": page.next_cursor, "state": state,
        "filters": _chips(request, FollowUpState.choices), **_kept(typed, page.items),
    }  # fmt: skip
    return render(request, "reviews/follow_ups.html", context)


def _state(request: HttpRequest, states: type[FollowUpState | SuggestionState]) -> str:
    return chosen_of(request, "state", known=states.values, first=OPEN)


def _sort(request: HttpRequest, columns: tuple[Column, ...], state: str) -> str:
    """Return the order asked for, or the list's own: what waits the longest first, what was answered the latest."""
    return asked_sort(request, columns=columns, default="id" if state == OPEN else "-id")


@require_safe
@staff_page(require_judging_role, public=False)
def export_follow_ups(request: HttpRequest) -> HttpResponseBase:
    """The list as a table, without what the residents are told; taking it is written down."""
    state, search = _state(request, FollowUpState), order_search(request)
    header = [
        gettext("Number"), gettext("Service"), gettext("Place"), gettext("Outcome"), gettext("Told by"),
        gettext("Brought up"), gettext("Answer by"), gettext("State"), gettext("Ended"),
    ]  # fmt: skip
    rows = queries.follow_ups(state=state, search=search)
    due_of = dues_of(task=FOLLOW_TASK, order_ids=rows.values_list("order_id", flat=True))
    return take_along(
        request, name="follow-ups", verb="reviews.follow_ups_exported", columns=FOLLOW_UPS,
        first=_sort(request, (), state), header=header, rows=rows,
        cells=lambda row: _follow_up_cells(row, due_of(row.order_id, row.turn)),
        facts={"state": state, "filter_place": search.place_id},
    )  # fmt: skip


def _follow_up_cells(row: FollowUp, due: Due) -> list[object]:
    return [
        *order_cells(row.order), "" if row.is_of_danger else row.get_outcome_display(),
        row.get_told_by_display(), moment_cell(row.opened_at), moment_cell(due.due_at) if due.due_at else "",
        row.get_state_display(), moment_cell(row.closed_at) if row.closed_at else "",
    ]  # fmt: skip


def _kept(typed: Typed | None, shown: Sequence[FollowUp | Suggestion]) -> dict[str, Any]:
    """Return what was typed and refused: with its row, or above the list where that does not show it (any more)."""
    if typed is None:
        return {}
    found, form = typed
    # A colleague may have been faster: then there is nothing left to answer.
    found.refresh_from_db(fields=["state"])
    return {"typed_of": found, "typed": form, "is_listed": found.pk in {each.pk for each in shown}}


@require_POST
@staff_page(require_judging_role, public=False)
@once_per_form
def follow_up(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Tell the resident what came of it."""
    found = queries.follow_up_by_uuid(uuid=uuid)
    return _tell(
        request, found, verb=partial(operations.see_to, follow_up=found), url=reverse("reviews:follow_ups"),
        done=_("The resident is told."), page=_follow_ups,
    )  # fmt: skip


def _tell(
    request: HttpRequest,
    found: FollowUp | Suggestion,
    *,
    verb: Callable[..., object],
    url: str,
    done: str | Promise,
    page: Callable[[HttpRequest, Typed], HttpResponse],
) -> HttpResponse:
    """Tell the resident in words; what is refused is shown again in the list, with what was typed."""
    actor = actor_of(request)
    require_answering(actor=actor, order=found.order)

    def write(data: dict[str, Any]) -> object:
        return verb(actor=actor, at=now(), words=data["words"])

    return act_by_form(
        request, form=AnswerForm(request.POST), url=url, write=write, done=done,
        page=lambda form: page(request, (found, form)),
    )  # fmt: skip


@require_safe
@keeps_views
@staff_page(require_judging_role, public=False)
def suggestions(request: HttpRequest) -> HttpResponse:
    """What residents would like to be done better."""
    return _suggestions(request)


def _suggestions(request: HttpRequest, typed: Typed | None = None) -> HttpResponse:
    actor, state, search = actor_of(request), _state(request, SuggestionState), order_search(request)
    rows, sort = queries.suggestions(state=state, search=search), _sort(request, SUGGESTIONS, state)
    page = page_of(request, rows=rows, sort=sort)
    context = list_about_orders(request, columns=SUGGESTIONS, sort=sort, rows=rows, search=search) | {
        "rows": [
            (
                each, queries.wish_words(suggestion=each, reader=actor),
                queries.answer_words(answered=each, reader=actor),
            )
            for each in page.items
        ],
        "next_cursor": page.next_cursor, "state": state, **_kept(typed, page.items),
        "filters": _chips(request, SuggestionState.choices, queries.suggestion_counts()),
    }  # fmt: skip
    return render(request, "reviews/suggestions.html", context)


@require_safe
@staff_page(require_judging_role, public=False)
def export_suggestions(request: HttpRequest) -> HttpResponseBase:
    """The list as a table, without what was suggested or answered; taking it is written down."""
    state, search = _state(request, SuggestionState), order_search(request)
    header = [
        gettext("Number"), gettext("Service"), gettext("Place"), gettext("Brought up"), gettext("State"),
    ]  # fmt: skip
    return take_along(
        request, name="suggestions", verb="reviews.suggestions_exported", columns=SUGGESTIONS,
        first=_sort(request, (), state), header=header, rows=queries.suggestions(state=state, search=search),
        cells=_suggestion_cells,
        facts={"state": state, "filter_place": search.place_id},
    )  # fmt: skip


def _suggestion_cells(row: Suggestion) -> list[object]:
    return [
        *order_cells(row.order), moment_cell(row.made_at), row.get_state_display(),
    ]  # fmt: skip


@require_POST
@staff_page(require_judging_role, public=False)
@once_per_form
def adopt(request: HttpRequest, uuid: UUID) -> HttpResponse:
    return _answer(
        request, uuid, operations.adopt_suggestion, _("The suggestion is adopted; the resident is told.")
    )


@require_POST
@staff_page(require_judging_role, public=False)
@once_per_form
def answer(request: HttpRequest, uuid: UUID) -> HttpResponse:
    return _answer(request, uuid, operations.answer_suggestion, _("The answer was sent."))


def _answer(
    request: HttpRequest, uuid: UUID, verb: Callable[..., Suggestion], done: str | Promise
) -> HttpResponse:
    found = queries.suggestion_by_uuid(uuid=uuid)
    return _tell(
        request, found, verb=partial(verb, suggestion=found), url=reverse("reviews:suggestions"), done=done,
        page=_suggestions,
    )  # fmt: skip


def _chips(
    request: HttpRequest, choices: list[tuple[str, Any]], counts: Mapping[str, int] | None = None
) -> list[dict[str, Any]]:
    (_open, everything), *others = choices
    known = counts and {"" if code == OPEN else code: counts.get(code, 0) for code, _label in choices}
    return filter_chips(request, name="state", choices=others, everything=everything, counts=known)
