"""Entering what a resident says of an order by telephone or on paper."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sidan.core.clock import now
from sidan.core.htmx import go_to
from sidan.core.idempotency import once_per_form
from sidan.core.pages import AND_WRITES, REFUSALS, put_errors, staff_page
from sidan.core.requests import actor_of
from sidan.orders import operations, queries
from sidan.orders.enums import OrderState
from sidan.orders.forms.console import EnterReviewForm
from sidan.orders.operations.standing import moved_on
from sidan.orders.permissions import require_any_entering, require_entering


@require_http_methods(AND_WRITES)
@staff_page(require_any_entering)
@once_per_form
def review_for(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Write down what the resident says; it is kept who entered it and how it reached the office."""
    actor, order = actor_of(request), queries.order_by_uuid(uuid=uuid)
    require_entering(actor=actor, place_id=order.origin_place_id, county_id=order.county_id)
    form = EnterReviewForm(request.POST if request.method == "POST" else None)
    back = reverse("orders:queue_order", args=[order.uuid])
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            operations.review_order_for(
                actor=actor, at=now(), order=order, said=form.said(), channel=data["channel"]
            )
        except REFUSALS as refusal:
            put_errors(form, refusal)
        else:
            messages.success(request, _("The review is written down."))
            return go_to(request, back)
    moved = "" if order.state == OrderState.DONE else str(moved_on(order.state))
    context = {"form": form, "order": order, "back_url": back, "moved": moved}
    return render(request, "orders/console/enter_review.html", context, status=422 if form.errors else 200)
