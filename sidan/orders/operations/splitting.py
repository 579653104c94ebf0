"""An order is split into kinds of work for different teams, or put together again (分项)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from sidan.catalogue.models import Category
from sidan.core.actor import Actor
from sidan.core.errors import Conflict, Invalid
from sidan.core.numbers import separate_numbers
from sidan.core.transactions import act
from sidan.orders.enums import OrderState
from sidan.orders.models import Order, WorkPart
from sidan.orders.notices import tell_resident
from sidan.orders.operations.clock import SPLITS_CLOCKWORK
from sidan.orders.operations.danger import hear_and_warn
from sidan.orders.operations.door import lock_share, lock_turn, own_move, pass_door
from sidan.orders.operations.handling import require_reason
from sidan.orders.permissions import require_handling
from sidan.orders.policies import FEWEST_PARTS, LONGEST_PART, MOST_PARTS, MOST_PEOPLE


class PartsRefused(Invalid):
    code = "parts_refused"
    sentence = _("An order is split into two to six parts, each with a few words and the people it needs.")


class PartNamesSomebody(Invalid):
    code = "part_names_somebody"
    sentence = _("Every team reads what a part is called: no telephone or identity numbers, please.")


class PrivatePartHasNoWords(Invalid):
    code = "private_part_has_no_words"
    sentence = _("A part of a private order is named by its kind of service alone.")


class SplitAlready(Conflict):
    code = "split_already"
    sentence = _("This order was split already. Put it together again first.")


class NotSplit(Conflict):
    code = "not_split"
    sentence = _("This order was not split.")


@dataclass(frozen=True, slots=True)
class PartWish:
    """One kind of work: what is to be done, of which kind, by how many."""

    words: str
    """None of a private order, whose words nobody reads who has not accepted: its kind names the part."""
    category: Category
    people_needed: int = 1


def split_order(*, actor: Actor, at: datetime, order: Order, parts: Sequence[PartWish]) -> list[WorkPart]:
    """Split an order that no team has into parts, which are offered to teams one by one.

    Raises:
        NotYourQueue, PartsRefused, PartNamesSomebody, PrivatePartHasNoWords, SplitAlready, OrderMovedOn.
    """
    require_handling(actor=actor, order=order)
    _check(order, parts)
    with act():
        lock_turn(order=order)
        if order.parts.filter(ended_at=None).exists():
            raise SplitAlready
        own = own_move(order, "split")
        made = WorkPart.objects.bulk_create(
            [
                WorkPart(
                    order=order, category=part.category, words=part.words.strip(), position=nth, made_at=at,
                    people_needed=part.people_needed, made_by_id=actor.account_id,
                )
                for nth, part in enumerate(parts, start=1)
            ]
        )  # fmt: skip
        step_id = pass_door(order=order, actor=actor, at=at, moves=[own])
        SPLITS_CLOCKWORK.tell(order, step_id=step_id, at=at)
        tell_resident(kind="order_split", order=order, at=at)
        # After its parts have their time: what turns out to be a danger is due sooner.
        hear_and_warn(actor=actor, at=at, order=order, words="\n".join(part.words for part in parts))
    return made


def join_order(*, actor: Actor, at: datetime, order: Order) -> Order:
    """Undo a split of which no team has a part and nothing is done. Raises NotYourQueue, NotSplit, OrderMovedOn."""
    require_handling(actor=actor, order=order)
    with act():
        lock_turn(order=order)
        own = own_move(order, "join")
        if order.parts.filter(ended_at=None).update(ended_at=at) == 0:
            raise NotSplit
        step_id = pass_door(order=order, actor=actor, at=at, moves=[own])
        SPLITS_CLOCKWORK.tell(order, step_id=step_id, at=at)
    return order


def leave_out_part(
    *, actor: Actor, at: datetime, order: Order, part: WorkPart, reason: str, words: str = ""
) -> Order:
    """Leave out a part that no team has and nobody can do, or nobody wants any more; the others go on.

    Where all others are done the order is done, and its resident is asked how it was: half of it was. Where nothing
    is left it could not be done.

    Raises:
        NotYourQueue, ReasonMissing, OrderMovedOn.
    """
    require_handling(actor=actor, order=order)
    require_reason(reason)
    with act():
        lock_share(order=order, part_id=part.pk)
        own = own_move(order, "leave_out", part_id=part.pk)
        pass_door(order=order, actor=actor, at=at, moves=[own], reason=reason, words=words)
        kind = {OrderState.DONE: "order_done", OrderState.FAILED: "order_failed"}
        tell_resident(kind=kind.get(OrderState(order.state), "order_part_left_out"), order=order, at=at)
        hear_and_warn(actor=actor, at=at, order=order, words=words)
    return order


def _check(order: Order, parts: Sequence[PartWish]) -> None:
    if not FEWEST_PARTS <= len(parts) <= MOST_PARTS:
        raise PartsRefused
    if any(not 1 <= part.people_needed <= MOST_PEOPLE for part in parts):
        raise PartsRefused
    words = [part.words.strip() for part in parts]
    if order.is_private:
        if any(words):
            raise PrivatePartHasNoWords
        return
    if not all(0 < len(each) <= LONGEST_PART for each in words):
        raise PartsRefused
    if any(separate_numbers(each).numbers for each in words):
        raise PartNamesSomebody
