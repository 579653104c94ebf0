"""Seeing to what is not well, and answering suggestions."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from sidan.core.clock import now
from sidan.core.idempotency import once_per_form
from sidan.core.lists import page_of
from sidan.core.pages import act_by_form, staff_page
from sidan.core.requests import actor_of
from sidan.reviews import operations, queries
from sidan.reviews.enums import FollowUpState, SuggestionState
from sidan.reviews.forms import AnswerForm
from sidan.reviews.models import FollowUp, Suggestion
from sidan.reviews.permissions import require_answering, require_judging_role
from sidan.reviews.policies import ANSWER_WITHIN

Typed = tuple[FollowUp | Suggestion, Form]
"""What somebody wanted to answer, and the form that was refused."""


@require_safe
@staff_page(require_judging_role, public=False)
def follow_ups(request: HttpRequest) -> HttpResponse:
    """What residents say is not well yet, the longest waiting first; by a chip what was seen to."""
    return _follow_ups(request, request.GET.get("state", ""))


def _follow_ups(request: HttpRequest, asked: str, typed: Typed | None = None) -> HttpResponse:
    state = asked if asked in FollowUpState.values else FollowUpState.OPEN.value
    sort = "id" if state == FollowUpState.OPEN else "-id"
    page = page_of(request, rows=queries.follow_ups(state=state), sort=sort)
    context = {
        "page": page, "next_cursor": page.next_cursor, "state": state, "answer_within": ANSWER_WITHIN,
        "filters": _chips("reviews:follow_ups", FollowUpState.choices, state), **_kept(typed, page.items),
    }  # fmt: skip
    return render(request, "reviews/follow_ups.html", context)


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
    actor, found = actor_of(request), queries.follow_up_by_uuid(uuid=uuid)
    require_answering(actor=actor, order=found.order)

    def write(data: dict[str, Any]) -> object:
        return operations.see_to(actor=actor, at=now(), follow_up=found, words=data["words"])

    return act_by_form(
        request, form=AnswerForm(request.POST), url=reverse("reviews:follow_ups"), write=write,
        done=_("The resident is told."), page=lambda form: _follow_ups(request, "", (found, form)),
    )  # fmt: skip


@require_safe
@staff_page(require_judging_role, public=False)
def suggestions(request: HttpRequest) -> HttpResponse:
    """What residents would like to be done better."""
    return _suggestions(request, request.GET.get("state", ""))


def _suggestions(request: HttpRequest, asked: str, typed: Typed | None = None) -> HttpResponse:
    actor = actor_of(request)
    state = asked if asked in SuggestionState.values else SuggestionState.OPEN.value
    sort = "id" if state == SuggestionState.OPEN else "-id"
    page = page_of(request, rows=queries.suggestions(state=state), sort=sort)
    context = {
        "rows": [(each, queries.wish_words(suggestion=each, reader=actor)) for each in page.items],
        "next_cursor": page.next_cursor, "state": state, **_kept(typed, page.items),
        "filters": _chips("reviews:suggestions", SuggestionState.choices, state, queries.suggestion_counts()),
    }  # fmt: skip
    return render(request, "reviews/suggestions.html", context)


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
    actor, found = actor_of(request), queries.suggestion_by_uuid(uuid=uuid)
    require_answering(actor=actor, order=found.order)

    def write(data: dict[str, Any]) -> object:
        return verb(actor=actor, at=now(), suggestion=found, words=data["words"])

    return act_by_form(
        request, form=AnswerForm(request.POST), url=reverse("reviews:suggestions"), write=write, done=done,
        page=lambda form: _suggestions(request, "", (found, form)),
    )  # fmt: skip


def _chips(
    url_name: str, choices: list[tuple[str, Any]], chosen: str, counts: Mapping[str, int] | None = None
) -> list[dict[str, Any]]:
    return [
        {
            "label": label, "url": f"{reverse(url_name)}?state={code}", "active": code == chosen,
            "count": None if counts is None else counts.get(code, 0),
        }
        for code, label in choices
    ]  # fmt: skip
