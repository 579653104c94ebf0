"""What pages show of a request to take an order over."""

from typing import Any

from sidan.core.actor import Actor
from sidan.orders import queries
from sidan.orders.enums import ENDED, AssignmentState
from sidan.orders.forms.passing import AskTakeOverForm, KeepForm
from sidan.orders.models import Assignment, Order
from sidan.orders.states import BEFORE_A_VISIT


def passing_context(assignment: Assignment) -> dict[str, Any]:
    """Gather what a leader's card shows: the request that is open, or the form for one."""
    if assignment.state != AssignmentState.ACCEPTED:
        return {}
    open_one = queries.open_take_over(assignment=assignment)
    if open_one is not None or assignment.standing not in BEFORE_A_VISIT:
        return {"asked": open_one}
    return {"ask_form": AskTakeOverForm(teams=teams_choices(assignment))}


def asked_context(
    order: Order, *, reader: Actor, answered: str = "", form: KeepForm | None = None
) -> dict[str, Any]:
    """Gather what the dispatcher's page shows of the requests that wait: one of each team that asks.

    Each with its words as this reader reads those of the order: a supervisor no name and no house number.

    Args:
        answered: the request whose `form` was sent with something missing.
    """
    if order.state in ENDED:
        return {}
    found = list(queries.open_take_overs(order=order))
    read = queries.reading_of(reader=reader, order=order)
    return {
        "asked": [
            (
                each,
                read(each.words),
                form if form and answered in {"", str(each.uuid)} else KeepForm(auto_id=f"id_{each.uuid}_%s"),
            )
            for each in found
        ]
    }


def teams_choices(assignment: Assignment) -> list[tuple[str, str]]:
    """Return whom one may ask, as a form offers them."""
    return [
        (str(each.team.uuid), each.team.shown_name) for each in queries.teams_to_ask(assignment=assignment)
    ]
