"""What pages show of a request to take an order over."""

from typing import Any

from sidan.orders import queries
from sidan.orders.enums import ENDED, AssignmentState
from sidan.orders.forms.passing import AskTakeOverForm, KeepForm
from sidan.orders.models import Assignment, Order
from sidan.orders.states import BEFORE_A_VISIT


def passing_context(assignment: Assignment) -> dict[str, Any]:
    """Gather what a leader's card shows: the request that is open, or the form for one."""
    order = assignment.order
    if assignment.state != AssignmentState.ACCEPTED:
        return {}
    open_one = queries.open_take_over(order=order, assignment=assignment)
    if open_one is not None or assignment.standing not in BEFORE_A_VISIT:
        return {"asked": open_one}
    return {"ask_form": AskTakeOverForm(teams=teams_choices(assignment))}


def asked_context(order: Order) -> dict[str, Any]:
    """Gather what the dispatcher's page shows of a request that waits."""
    if order.state in ENDED:
        return {}
    found = queries.open_take_over(order=order)
    return {"asked": found, "keep_form": KeepForm()} if found else {}


def teams_choices(assignment: Assignment) -> list[tuple[str, str]]:
    """Return whom one may ask, as a form offers them."""
    return [
        (str(each.team.uuid), each.team.shown_name) for each in queries.teams_to_ask(assignment=assignment)
    ]
