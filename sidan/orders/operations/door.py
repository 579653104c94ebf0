"""The one door through which an order, its assignments and its visits change state.

Recipe: read the order (its `turn` included), check the right, then pass here. The door moves the row only if nobody
took a turn in between, and appends one step per move: all in one statement, so there is no lock to hold and no moment
between check and change. Whoever comes second is told what happened. An act that has to write before it passes the door
locks the order's row first (`lock_order`, `lock_turn`, `lock_share`); everybody locks the order before anything that
hangs on it. Before the order stands only the team that takes something on (`people.operations.hold_team`).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import connection

from sidan.audit.operations import record
from sidan.core.actor import Actor
from sidan.core.compiled import Compiled
from sidan.core.errors import NotFound
from sidan.core.events import publish
from sidan.core.ids import uuid7
from sidan.core.transitions import KEEPS
from sidan.orders.enums import WAITING_PART, Machine
from sidan.orders.events import OrderMoved
from sidan.orders.models import Order, OrderNote, WorkPart
from sidan.orders.operations.clock import BACK_CLOCKWORK, CLOCKWORK, PARTS_BACK_CLOCKWORK, PARTS_CLOCKWORK
from sidan.orders.operations.standing import after_part, moved_on, require_verb, require_whole
from sidan.orders.queries.route import keeping_place, waiting_since
from sidan.orders.states import MACHINES, OFFICE_GOES_ON, ORDER, WAITS_ON


@dataclass(frozen=True, slots=True)
class Move:
    """One transition asked of the door: of the order itself, or of an assignment or visit that goes with it."""

    machine: Machine
    verb: str
    from_state: str
    assignment_id: int | None = None
    visit_id: int | None = None
    team_id: int | None = None
    part_id: int | None = None
    """Of an order that was split: which part walks by this verb, and where it stands then."""
    part_state: str = ""
    follows: str = ""
    """Where the order stands then, which follows from all its parts."""

    @property
    def to_state(self) -> str:
        return self.follows or MACHINES[self.machine][self.verb].reached_from(self.from_state)


BEGINS_ANEW: Final = frozenset({"take_over"})
"""Verbs that may leave the state as it was and yet start its time: another team has it now."""
MOVED_BY_OTHERS: Final = (
    "state", "state_since", "turn", "holder_place_id", "keeper_place_id", "due_at", "half_at",
)  # fmt: skip
"""What a step may have changed of an order since it was read."""

MOVE_ORDER = """
WITH moved AS (
    UPDATE orders_order SET state = %(state)s, state_since = %(since)s, turn = turn + %(count)s,
                            holder_place_id = %(holder)s, keeper_place_id = %(keeper)s
    WHERE id = %(order)s AND turn = %(turn)s
    RETURNING id, turn - %(count)s AS before, county_id
)
INSERT INTO orders_orderstep (uuid, order_id, turn, machine, verb, from_state, to_state, assignment_id, visit_id,
                              team_id, part_id, actor_id, place_id, county_id, reason_code, at)
SELECT move.uuid, moved.id, moved.before + move.nth, move.machine, move.verb, move.from_state, move.to_state,
       move.assignment_id, move.visit_id, move.team_id, move.part_id, %(actor)s, %(place)s, moved.county_id,
       %(reason)s, %(at)s
FROM moved, unnest(%(uuids)s::uuid[], %(machines)s::text[], %(verbs)s::text[], %(sources)s::text[],
                   %(targets)s::text[], %(assignments)s::bigint[], %(visits)s::bigint[], %(teams)s::bigint[],
                   %(parts)s::bigint[])
     WITH ORDINALITY AS move(uuid, machine, verb, from_state, to_state, assignment_id, visit_id, team_id, part_id, nth)
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


def lock_share(*, order: Order, part_id: int | None) -> None:
    """Lock the order's row for an act on one part of it; without a part as `lock_turn`.

    Teams that act on their own parts at the same moment do not trip over each other: who comes second goes on from
    what the first one wrote. Where the part itself stands is asked afterwards (`own_move`).

    Raises:
        OrderMovedOn: another turn was taken of an order that was not split.
    """
    if part_id is None:
        lock_turn(order=order)
        return
    now = lock_order(order_id=order.pk)
    for name in MOVED_BY_OTHERS:
        setattr(order, name, getattr(now, name))


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
        OrderMovedOn: another turn was taken since `order` was read, or a share or visit stands elsewhere by now.
    """
    _require_sources(order, moves)
    own = next((move for move in moves if move.machine == Machine.ORDER), None)
    state, since = own.to_state if own else order.state, _since(order, own, at)
    with connection.cursor() as cursor:
        cursor.execute(
            MOVE_ORDER,
            _parameters(order, actor, at, moves, state, reason) | _hands(order, since, to_place_id),
        )
        steps: list[tuple[int, str]] = cursor.fetchall()
    if not steps:
        raise moved_on(Order.unscoped.values_list("state", flat=True).get(pk=order.pk))
    # A verb may be the same for the order and for the assignment that goes with it: the machine tells them apart.
    step_id = next((step for step, machine in steps if machine == Machine.ORDER), steps[-1][0])
    if words:
        OrderNote.objects.create(step_id=step_id, words=words)
    order.state, order.state_since, order.turn = state, since, order.turn + len(moves)
    record(
        actor=actor, at=at, verb=f"order.{(own or moves[-1]).verb}", subject=("order", order.pk),
        place_id=order.holder_place_id, county_id=order.county_id, turn=order.turn, **_reason_fact(reason),
    )  # fmt: skip
    _take_hands(order, to_place_id)
    if own:
        _run_clock(order, own, step_id, at, to_place_id, by_office=actor.account_id is not None)
        publish(_event(order, own, step_id, at))
    return step_id


def _require_sources(order: Order, moves: Sequence[Move]) -> None:
    """Refuse a verb of a share or a visit that its table does not allow; the order's own was asked for (`own_move`).

    The order may stand where its verb fits because of another share than the one that is moved.
    """
    for move in moves:
        table = MACHINES[move.machine]
        if move.machine != Machine.ORDER and move.from_state not in table[move.verb].sources:
            raise moved_on(order.state)


def _run_clock(
    order: Order, own: Move, step_id: int, at: datetime, to_place_id: int | None, *, by_office: bool
) -> None:
    """Start the time of what came to stand elsewhere or into other hands; a part has a time of its own.

    When a place hands an order on, the time begins anew for what waits for a place: the teams keep their parts. Where
    the office itself undoes what it asked teams, or says that none was found, its time goes on.
    """
    goes_on, anew = by_office and own.verb in OFFICE_GOES_ON, own.verb in BEGINS_ANEW
    if own.part_id is not None:
        part = WorkPart.objects.get(pk=own.part_id)
        if anew or part.state != own.part_state:
            part.state = own.part_state
            part.save(update_fields=["state"])
            _tell_parts(
                (PARTS_BACK_CLOCKWORK if goes_on else PARTS_CLOCKWORK).tell, order, [part], step_id, at
            )
    elif to_place_id is not None:
        waiting = list(WorkPart.objects.filter(order=order, ended_at=None, state__in=sorted(WAITING_PART)))
        if waiting:
            _tell_parts(PARTS_CLOCKWORK.tell, order, waiting, step_id, at)
        else:
            CLOCKWORK.tell(order, step_id=step_id, at=at)
    elif anew or own.from_state != own.to_state:
        (BACK_CLOCKWORK if goes_on else CLOCKWORK).tell(order, step_id=step_id, at=at)


def _tell_parts(
    tell: Callable[..., None], order: Order, parts: Sequence[WorkPart], step_id: int, at: datetime
) -> None:
    """Tell the clock of some parts; the earliest of them all is when the order is due."""
    for part in parts:
        part.order = order
        tell(part, step_id=step_id, at=at)
    order.refresh_from_db(fields=["due_at", "half_at"])


def _since(order: Order, own: Move | None, at: datetime) -> datetime:
    """Return since when the order waits where it stands then.

    A part that moves while the order waits for another one does not make the order wait anew, and what comes back
    because no team agreed, or was found, has waited all the time.
    """
    if own is None or (own.part_id and own.from_state == own.to_state):
        return order.state_since
    if own.verb in WAITS_ON:
        return waiting_since(order=order)
    return at if own.part_id or ORDER[own.verb].target != KEEPS else order.state_since


def _hands(order: Order, since: datetime, to_place_id: int | None) -> dict[str, Any]:
    """Return who held the order, who holds it now, and since when it waits."""
    return {
        "place": order.holder_place_id,
        "holder": to_place_id or order.holder_place_id,
        "keeper": _keeper(order, to_place_id),
        "since": since,
    }


def _keeper(order: Order, to_place_id: int | None) -> int | None:
    """Return where a private order is handled from now on; of any other, nothing."""
    moves = order.is_private and to_place_id is not None
    return keeping_place(place_id=to_place_id or 0) if moves else order.keeper_place_id


def _take_hands(order: Order, to_place_id: int | None) -> None:
    """Bring the order that was read up to what the statement wrote of who holds it."""
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
        "parts": [move.part_id for move in moves],
    }


def own_move(order: Order, verb: str, *, part_id: int | None = None, team_id: int | None = None) -> Move:
    """Build the order's own move after checking that the table allows it; of a part, that it allows it for the part.

    The parts are read after the order: whoever moved one since then took a turn, which the door notices.

    Raises:
        OrderMovedOn: it does not.
        PartMissing: the order was split, and the verb is about one part.
        PartsTaken, PartDone: the verb is about the whole, and a team has or has done a part of it.
    """
    if part_id is not None:
        part_state, follows = after_part(order=order, verb=verb, part_id=part_id)
        return Move(
            Machine.ORDER, verb, order.state, team_id=team_id, part_id=part_id, part_state=part_state,
            follows=follows,
        )  # fmt: skip
    require_verb(order=order, verb=verb)
    require_whole(order=order, verb=verb)
    return Move(machine=Machine.ORDER, verb=verb, from_state=order.state, team_id=team_id)
