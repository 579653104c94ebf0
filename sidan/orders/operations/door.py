"""The one door through which an order, its assignments and its visits change state.

Recipe: read the order (its `turn` included), check the right, then pass here. The door moves the row only if nobody
took a turn in between, and appends one step per move: all in one statement, so there is no lock to hold and no moment
between check and change. Whoever comes second is told what happened. An act that has to write before it passes the door
locks the order's row first (`lock_order`, `lock_turn`); everybody locks the order before anything that hangs on it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.utils.translation import gettext_lazy as _

from sidan.audit.operations import record
from sidan.core.actor import Actor
from sidan.core.compiled import Compiled
from sidan.core.errors import Conflict, NotFound
from sidan.core.events import publish
from sidan.core.ids import uuid7
from sidan.orders.enums import Machine, OrderState
from sidan.orders.events import OrderMoved
from sidan.orders.models import Order, OrderNote
from sidan.orders.operations.clock import set_clock
from sidan.orders.queries.route import keeping_place
from sidan.orders.states import KEEPS, MACHINES, ORDER


class OrderMovedOn(Conflict):
    """Somebody was faster, or the step does not fit the state the order is in."""

    code = "order_moved_on"
    sentence = _(
        "This order has moved on in the meantime: it is now “%(state_words)s”. Look again and decide."
    )


@dataclass(frozen=True, slots=True)
class Move:
    """One transition asked of the door: of the order itself, or of an assignment or visit that goes with it."""

    machine: Machine
    verb: str
    from_state: str
    assignment_id: int | None = None
    visit_id: int | None = None
    team_id: int | None = None

    @property
    def to_state(self) -> str:
        return MACHINES[self.machine][self.verb].reached_from(self.from_state)


MOVE_ORDER = """
WITH moved AS (
    UPDATE orders_order SET state = %(state)s, state_since = %(since)s, turn = turn + %(count)s,
                            holder_place_id = %(holder)s, keeper_place_id = %(keeper)s
    WHERE id = %(order)s AND turn = %(turn)s
    RETURNING id, turn - %(count)s AS before, county_id
)
INSERT INTO orders_orderstep (uuid, order_id, turn, machine, verb, from_state, to_state, assignment_id, visit_id,
                              team_id, actor_id, place_id, county_id, reason_code, at)
SELECT move.uuid, moved.id, moved.before + move.nth, move.machine, move.verb, move.from_state, move.to_state,
       move.assignment_id, move.visit_id, move.team_id, %(actor)s, %(place)s, moved.county_id,
       %(reason)s, %(at)s
FROM moved, unnest(%(uuids)s::uuid[], %(machines)s::text[], %(verbs)s::text[], %(sources)s::text[],
                   %(targets)s::text[], %(assignments)s::bigint[], %(visits)s::bigint[], %(teams)s::bigint[])
     WITH ORDINALITY AS move(uuid, machine, verb, from_state, to_state, assignment_id, visit_id, team_id, nth)
RETURNING id, machine
"""


# Two volunteers at a door ask this within a breath of each other, so it is built once (core.compiled).
_LOCKED = Compiled(lambda pk: Order.unscoped.select_for_update().filter(pk=pk), pk=-9)


def lock_order(*, order_id: int) -> Order:
    """Lock the order's row and return it as it is now. Raises NotFound."""
    order = _LOCKED.first(pk=order_id)
    if order is None:
        raise NotFound
    return order


def lock_turn(*, order: Order) -> None:
    """Lock the order's row if nobody took a turn since `order` was read: what was read with it still holds then.

    Raises:
        OrderMovedOn: another turn was taken.
    """
    now = lock_order(order_id=order.pk)
    if now.turn != order.turn:
        raise moved_on(now.state)


def require_verb(*, order: Order, verb: str) -> None:
    """Refuse a verb that the table does not allow from the order's present state.

    Raises:
        OrderMovedOn: with the present state in words.
    """
    if order.state not in ORDER[verb].sources:
        raise moved_on(order.state)


def moved_on(state: str) -> OrderMovedOn:
    """Build the answer for whoever came second."""
    return OrderMovedOn(state=state, state_words=OrderState(state).label)


def pass_door(
    *,
    order: Order,
    actor: Actor,
    at: datetime,
    moves: Sequence[Move],
    reason: str = "",
    words: str = "",
    to_place_id: int | None = None,
) -> int:
    """Make the moves, append their steps, keep the words beside the last step, leave a trail, tell the listeners.

    Runs inside the caller's transaction. The order's own move, if there is one, decides its state; `to_place_id` is
    who holds the order from now on, where that changes. The steps belong to the place that held it until now. An order
    that changes hands goes on waiting since the moment it began to: the resident waits no less. Returns the id of the
    order's own step (or the last).

    Raises:
        OrderMovedOn: another turn was taken since `order` was read.
    """
    own = next((move for move in moves if move.machine == Machine.ORDER), None)
    state = own.to_state if own else order.state
    with connection.cursor() as cursor:
        cursor.execute(
            MOVE_ORDER,
            _parameters(order, actor, at, moves, state, reason) | _hands(order, own, at, to_place_id),
        )
        steps: list[tuple[int, str]] = cursor.fetchall()
    if not steps:
        raise moved_on(Order.unscoped.values_list("state", flat=True).get(pk=order.pk))
    # A verb may be the same for the order and for the assignment that goes with it: the machine tells them apart.
    step_id = next((step for step, machine in steps if machine == Machine.ORDER), steps[-1][0])
    if words:
        OrderNote.objects.create(step_id=step_id, words=words)
    order.state, order.turn = state, order.turn + len(moves)
    record(
        actor=actor, at=at, verb=f"order.{(own or moves[-1]).verb}", subject=("order", order.pk),
        place_id=order.holder_place_id, county_id=order.county_id, turn=order.turn, **_reason_fact(reason),
    )  # fmt: skip
    _take_hands(order, own, at, to_place_id)
    if own:
        if own.from_state != own.to_state or to_place_id is not None:
            set_clock(order=order, step_id=step_id, at=at)
        publish(_event(order, own, step_id, at))
    return step_id


def _since(order: Order, own: Move | None, at: datetime) -> datetime:
    return at if own and ORDER[own.verb].target != KEEPS else order.state_since


def _hands(order: Order, own: Move | None, at: datetime, to_place_id: int | None) -> dict[str, Any]:
    """Return who held the order, who holds it now, and since when it waits."""
    return {
        "place": order.holder_place_id,
        "holder": to_place_id or order.holder_place_id,
        "keeper": _keeper(order, to_place_id),
        "since": _since(order, own, at),
    }


def _keeper(order: Order, to_place_id: int | None) -> int | None:
    """Return where a private order is handled from now on; of any other, nothing."""
    moves = order.is_private and to_place_id is not None
    return keeping_place(place_id=to_place_id or 0) if moves else order.keeper_place_id


def _take_hands(order: Order, own: Move | None, at: datetime, to_place_id: int | None) -> None:
    """Bring the order that was read up to what the statement wrote."""
    order.state_since = _since(order, own, at)
    if to_place_id is not None:
        order.keeper_place_id = _keeper(order, to_place_id)
        order.holder_place_id = to_place_id


def _reason_fact(reason: str) -> dict[str, str]:
    return {"reason": reason} if reason else {}


def _event(order: Order, own: Move, step_id: int, at: datetime) -> OrderMoved:
    return OrderMoved(
        order_id=order.pk, step_id=step_id, verb=own.verb, from_state=own.from_state, to_state=own.to_state,
        origin_place_id=order.origin_place_id, county_id=order.county_id, team_id=own.team_id, at=at,
    )  # fmt: skip


def _parameters(
    order: Order, actor: Actor, at: datetime, moves: Sequence[Move], state: str, reason: str
) -> dict[str, Any]:
    return {
        "order": order.pk,
        "turn": order.turn,
        "count": len(moves),
        "state": state,
        "at": at,
        "actor": actor.account_id,
        "reason": reason,
        "uuids": [uuid7() for _move in moves],
        "machines": [str(move.machine.value) for move in moves],
        "verbs": [move.verb for move in moves],
        "sources": [str(move.from_state) for move in moves],
        "targets": [move.to_state for move in moves],
        "assignments": [move.assignment_id for move in moves],
        "visits": [move.visit_id for move in moves],
        "teams": [move.team_id for move in moves],
    }


def own_move(order: Order, verb: str, **ids: int | None) -> Move:
    """Build the order's own move after checking that the table allows it.

    Raises:
        OrderMovedOn: it does not.
    """
    require_verb(order=order, verb=verb)
    return Move(machine=Machine.ORDER, verb=verb, from_state=order.state, **ids)
