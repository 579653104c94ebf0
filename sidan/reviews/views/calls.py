"""Calling back."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sidan.core.clock import now
from sidan.core.htmx import go_to
from sidan.core.idempotency import once_per_form
from sidan.core.lists import page_of
from sidan.core.pages import AND_WRITES, REFUSALS, put_errors, staff_page
from sidan.core.requests import actor_of
from sidan.orders.queries import FullContact, review_words
from sidan.reviews import operations, queries
from sidan.reviews.enums import CallState
from sidan.reviews.forms import CallForm
from sidan.reviews.models import CallBack
from sidan.reviews.permissions import require_calling, require_calling_role
from sidan.reviews.policies import CALL_WITHIN


@require_safe
@staff_page(require_calling_role, public=False)
def calls(request: HttpRequest) -> HttpResponse:
    """Whom to call: the longest waiting first, without the orders of one's own teams."""
    actor = actor_of(request)
    page = page_of(request, rows=queries.call_backs(actor=actor), sort="drawn_at")
    return render(
        request,
        "reviews/calls.html",
        {"page": page, "next_cursor": page.next_cursor, "call_within": CALL_WITHIN},
    )


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
        else:
            messages.success(request, _("The call is written down."))
            return go_to(request, reverse("reviews:calls"))
    return _shown(request, found, form)


@require_POST
@staff_page(require_calling_role, public=False)
def contact(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Show whom to call; the look is written down."""
    found = queries.call_back_by_uuid(uuid=uuid)
    shown = operations.look_to_call(actor=actor_of(request), at=now(), call_back=found)
    return _shown(request, found, CallForm(), contact=shown)


def _shown(
    request: HttpRequest, found: CallBack, form: CallForm, *, contact: FullContact | None = None
) -> HttpResponse:
    review = queries.review_of(call_back=found) if found.state != CallState.WAITING else None
    context: dict[str, Any] = {
        "call_back": found,
        "order": found.order,
        "calls": queries.calls_made(call_back=found),
        # Who calls hears the resident first: what was said before is shown when the call is over.
        "review": review,
        "review_words": review_words(review=review, order=found.order, reader=actor_of(request)),
        "form": form if found.state == CallState.WAITING else None,
        "contact": contact,
    }
    return render(request, "reviews/call.html", context, status=422 if form.errors else 200)
