"""What the page of an order shows of its way through the tree, and the forms by which it changes hands."""

from typing import Any

from sidan.core.actor import Actor
from sidan.orders import queries
from sidan.orders.forms.console import AskHelpForm, PassUpForm, SendDownForm
from sidan.orders.models import Order
from sidan.orders.permissions import may_hand_over, may_handle
from sidan.orders.states import WITH_A_PLACE


def hand_over_context(*, actor: Actor, order: Order) -> dict[str, Any]:
    """Return who holds the order, who was asked for help, and a form for each way it may go from here."""
    holder = queries.place_of_holder(order=order)
    context: dict[str, Any] = {"holder": holder, "helped": queries.help_asked(order=order)}
    if order.state not in WITH_A_PLACE or not may_hand_over(actor=actor, order=order):
        return context
    context["above"] = queries.place_above(place=holder)
    if context["above"]:
        context["pass_up_form"] = PassUpForm(auto_id="up_%s")
        if not order.is_private:
            context["ask_help_form"] = AskHelpForm(auto_id="help_%s")
    if may_handle(actor=actor, order=order):
        places = places_below(order=order)
        if places:
            context["send_down_form"] = SendDownForm(auto_id="down_%s", places=places)
    return context


def places_below(*, order: Order) -> list[tuple[str, str]]:
    """Return the places to choose from, as a select offers them."""
    return [(str(place.uuid), place.shown_choice) for place in queries.places_to_send_down(order=order)]
