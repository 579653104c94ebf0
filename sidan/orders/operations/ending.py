"""An order ends before its visit: whoever was asked or was to come is told, and nothing of it stays planned."""

from datetime import datetime

from sidan.core.actor import Actor
from sidan.orders.enums import LIVE_ASSIGNMENT, AssignmentState, Machine, VisitState
from sidan.orders.models import Order, Visit
from sidan.orders.notices import tell_leader
from sidan.orders.operations.calling import drop_call
from sidan.orders.operations.door import Move, own_move, pass_door
from sidan.orders.operations.handling import end_assignment, end_party, end_split, tell_named


def end_early(
    *, actor: Actor, at: datetime, order: Order, verb: str, reason: str = "", words: str = ""
) -> int:
    """Take the order's own verb with all that hangs on it through the door; return the step. Raises OrderMovedOn.

    Runs inside the caller's transaction.
    """
    own = own_move(order, verb)
    live = list(order.assignments.filter(state__in=sorted(LIVE_ASSIGNMENT)))
    planned = list(
        Visit.objects.filter(assignment__in=live, state=VisitState.PLANNED).select_related("assignment")
    )
    moves = [
        *(
            Move(Machine.VISIT, "call_off", v.state, v.assignment_id, v.pk, v.assignment.team_id)
            for v in planned
        ),
        *(Move(Machine.ASSIGNMENT, "withdraw", a.state, a.pk, None, a.team_id) for a in live),
        own,
    ]
    step_id = pass_door(order=order, actor=actor, at=at, moves=moves, reason=reason, words=words)
    Visit.objects.filter(pk__in=[visit.pk for visit in planned]).update(state=VisitState.CALLED_OFF)
    for assignment in live:
        tell_named(actor=actor, at=at, share=assignment, order=order)
        end_assignment(assignment=assignment, state=AssignmentState.WITHDRAWN, at=at)
        end_party(order=order, team_id=assignment.team_id, at=at)
        tell_leader(team_id=assignment.team_id, kind="order_cancelled", order=order, at=at)
    end_split(order=order, at=at)
    drop_call(order=order, at=at)
    return step_id
