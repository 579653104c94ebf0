"""Where the door of an order is: pinned by the resident, or by staff there with the resident's consent; removed."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from sidan.core.actor import Actor
from sidan.core.clock import now
from sidan.core.idempotency import once_per_form
from sidan.core.pages import act, act_by_form, staff_page
from sidan.core.requests import actor_of
from sidan.orders import operations, queries
from sidan.orders.enums import ENDED
from sidan.orders.forms.visiting import PinForForm, PinForm
from sidan.orders.models import Order
from sidan.orders.permissions import may_pin, may_unpin, require_order_staff, require_own

KEPT = _("Kept. A check-in by place is now measured to this door, until the order ends.")
GONE = _("Removed. A check-in by place is measured to the village again.")


def point_context(*, actor: Actor, order: Order) -> dict[str, Any]:
    """Gather what a page of an order says about where its door is; nothing where one may not, or it has ended."""
    if order.state in ENDED or not may_unpin(actor=actor, order=order):
        return {}
    point = queries.point_of(order=order)
    if not may_pin(actor=actor, order=order):
        return {"point": point}
    is_own = order.requester_id == actor.person_id
    form = PinForm(auto_id="id_pin_%s") if is_own else PinForForm(auto_id="id_pin_%s")
    return {"point": point, "point_form": form}


@require_POST
@once_per_form
def pin(request: HttpRequest, number: str) -> HttpResponse:
    """The resident says where the door is."""
    return _pin(request, _own(request, number), PinForm(request.POST), _own_page)


@require_POST
@once_per_form
def unpin(request: HttpRequest, number: str) -> HttpResponse:
    """The resident takes it back."""
    return _unpin(request, _own(request, number), _own_page)


@require_POST
@staff_page(require_order_staff)
@once_per_form
def pin_for(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Staff at the door say where it is; the resident agrees."""
    return _pin(request, queries.order_by_uuid(uuid=uuid), PinForForm(request.POST), _desk_page)


@require_POST
@staff_page(require_order_staff)
@once_per_form
def unpin_for(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Staff remove it, as when the resident asks for it."""
    return _unpin(request, queries.order_by_uuid(uuid=uuid), _desk_page)


def _own(request: HttpRequest, number: str) -> Order:
    found = queries.order_by_number(number=number)
    require_own(actor=actor_of(request), order=found)
    return found


def _own_page(order: Order) -> str:
    return reverse("orders:order", args=[order.number])


def _desk_page(order: Order) -> str:
    return reverse("orders:queue_order", args=[order.uuid])


def _pin(request: HttpRequest, order: Order, form: PinForm, page: Callable[[Order], str]) -> HttpResponse:
    return act_by_form(
        request, form=form, url=page(order), done=KEPT,
        write=lambda data: operations.pin_point(
            actor=actor_of(request), at=now(), order=order, reading=form.reading,
            resident_agrees=bool(data.get("agrees")),
        ),
    )  # fmt: skip


def _unpin(request: HttpRequest, order: Order, page: Callable[[Order], str]) -> HttpResponse:
    return act(
        request, url=page(order), done=GONE,
        write=lambda: operations.unpin_point(actor=actor_of(request), at=now(), order=order),
    )  # fmt: skip
