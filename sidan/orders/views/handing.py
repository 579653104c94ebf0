"""An order changes hands between places: up, for help, down."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from sidan.core.actor import Actor
from sidan.core.idempotency import once_per_form
from sidan.core.pages import staff_page
from sidan.core.requests import actor_of
from sidan.orders import operations, queries
from sidan.orders.forms.console import AskHelpForm, PassUpForm, SendDownForm
from sidan.orders.models import Order
from sidan.orders.operations.handing import NotBelowHolder
from sidan.orders.permissions import require_handing_over, require_handling, require_order_staff
from sidan.orders.views.acts import act_on, order_shown
from sidan.orders.views.routes import places_below
from sidan.places.queries import place_by_uuid

Hand = Callable[..., Order]


@require_POST
@staff_page(require_order_staff)
@once_per_form
def pass_up(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Give the order to the place above."""
    form = PassUpForm(request.POST, auto_id="up_%s")
    done = gettext("Passed up. The resident and the place above have been told.")
    return _up(request, uuid, form, operations.pass_up_order, name="pass_up_form", done=done)


@require_POST
@staff_page(require_order_staff)
@once_per_form
def ask_help(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Keep the order and ask the place above for help."""
    form = AskHelpForm(request.POST, auto_id="help_%s")
    done = gettext("The place above has been asked to help.")
    return _up(request, uuid, form, operations.ask_for_help, name="ask_help_form", done=done)


@require_POST
@staff_page(require_order_staff)
@once_per_form
def send_down(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Give the order to a place below."""
    found = queries.order_by_uuid(uuid=uuid)
    require_handling(actor=actor_of(request), order=found)
    form = SendDownForm(request.POST, auto_id="down_%s", places=places_below(order=found))
    if not form.is_valid():
        return order_shown(request, found, status=422, send_down_form=form)
    data = form.cleaned_data

    def write(actor: Actor, at: datetime, order: Order) -> object:
        to = place_by_uuid(uuid=data["to"])
        if to is None:
            raise NotBelowHolder
        return operations.send_down_order(
            actor=actor, at=at, order=order, to=to, reason=data["reason"], words=data["words"]
        )

    return act_on(request, uuid, write, done=gettext("Sent down. The resident and the place have been told."))


def _up(
    request: HttpRequest, uuid: UUID, form: PassUpForm | AskHelpForm, hand: Hand, *, name: str, done: str
) -> HttpResponse:
    if not form.is_valid():
        found = queries.order_by_uuid(uuid=uuid)
        require_handing_over(actor=actor_of(request), order=found)
        return order_shown(request, found, status=422, problem="", **{name: form})
    data = form.cleaned_data

    def write(actor: Actor, at: datetime, order: Order) -> object:
        return hand(actor=actor, at=at, order=order, reason=data["reason"], words=data["words"])

    return act_on(request, uuid, write, done=done)
