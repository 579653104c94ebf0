"""A wish is changed or given up: by the resident on the portal, by staff for a resident in the console."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sidan.core.clock import now
from sidan.core.htmx import go_to
from sidan.core.idempotency import once_per_form
from sidan.core.pages import AND_WRITES, REFUSALS, put_errors, staff_page
from sidan.core.requests import actor_of, turn_seen
from sidan.orders import queries
from sidan.orders.enums import CANCELLABLE, CHANGEABLE
from sidan.orders.forms.changing import ChangeForForm, ChangeForm
from sidan.orders.forms.console import CancelForForm
from sidan.orders.models import Order
from sidan.orders.operations import OrderMovedOn, WishChanged, cancel_order_for, change_order
from sidan.orders.permissions import require_any_entering, require_changing, require_own
from sidan.orders.views.shared import tell_and_go, tell_whom_to_call


@require_http_methods(AND_WRITES)
@once_per_form
def change(request: HttpRequest, number: str) -> HttpResponse:
    """Another time, more people, other words: as long as no team has accepted."""
    found = queries.order_by_number(number=number)
    require_own(actor=actor_of(request), order=found)
    # One's own contact is no look: the resident reads what they wrote.
    known = queries.full_contact(order=found)
    initial = {"name": known.name, "phone": known.phone, "address": known.address, "need": known.need}
    form = ChangeForm(_posted(request), order=found, at=now(), initial=initial)
    here = reverse("orders:order", args=[found.number])
    return _changed(request, found, form, page="orders/portal/change.html", here=here)


@require_http_methods(AND_WRITES)
@staff_page(require_any_entering)
@once_per_form
def change_for(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The same for a resident who calls; the contact is not shown, what is left empty stays."""
    found = queries.order_by_uuid(uuid=uuid)
    require_changing(actor=actor_of(request), order=found)
    known = {} if found.is_private else {"need": found.text.need}
    form = ChangeForForm(_posted(request), order=found, at=now(), initial=known)
    here = reverse("orders:queue_order", args=[uuid])
    return _changed(request, found, form, page="orders/console/change.html", here=here)


@require_http_methods(AND_WRITES)
@staff_page(require_any_entering)
@once_per_form
def cancel_for(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Cancel for a resident who calls; it is kept who did it and how they asked."""
    actor, found = actor_of(request), queries.order_by_uuid(uuid=uuid)
    require_changing(actor=actor, order=found)
    here = reverse("orders:queue_order", args=[uuid])
    form = CancelForForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            cancel_order_for(actor=actor, at=now(), order=found, **form.cleaned_data)
        except OrderMovedOn as error:
            return tell_and_go(request, url=here, error=error)
        except REFUSALS as error:
            put_errors(form, error)
        else:
            messages.success(
                request,
                _("The order was cancelled. The resident and everybody who was to come have been told."),
            )
            tell_whom_to_call(request)
            return go_to(request, here)
    context = {"form": form, "order": found, "here": here, "still": found.state in CANCELLABLE}
    return render(request, "orders/console/cancel_for.html", context, status=422 if form.errors else 200)


def _posted(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _changed(request: HttpRequest, found: Order, form: ChangeForm, *, page: str, here: str) -> HttpResponse:
    """Ask, or do it and go to the page that shows how it stands."""
    # A form that is refused for anything else is still about the wish that its page showed.
    turn = found.turn if (seen := turn_seen(request)) is None else seen
    if request.method == "POST" and form.is_valid():
        try:
            change_order(actor=actor_of(request), at=now(), order=found, change=form.change(), seen=seen)
        except WishChanged as error:
            form.tell_present(error)
            turn = found.turn
        except OrderMovedOn as error:
            return tell_and_go(request, url=here, error=error)
        except REFUSALS as error:
            put_errors(form, error)
        else:
            messages.success(request, _("The wish was changed. Everybody concerned has been told."))
            return go_to(request, here)
    context = {"form": form, "order": found, "here": here, "turn": turn, "still": found.state in CHANGEABLE}
    return render(request, page, context, status=422 if form.errors else 200)
