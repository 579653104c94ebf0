"""Calling back: who is drawn, what each call heard, and what follows from it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sidan.audit.operations import record
from sidan.core.actor import Actor
from sidan.core.calls import require_pause
from sidan.core.crypto import lookup_hash
from sidan.core.danger import numbers_to_call
from sidan.core.errors import Conflict, Invalid
from sidan.orders.enums import WELL, Outcome
from sidan.orders.models import Order, Review
from sidan.orders.operations import TASK_CLOCKS, hear_and_warn, require_looked
from sidan.orders.operations.door import lock_order
from sidan.orders.queries import FullContact, full_contact
from sidan.people.permissions import require_signed_in
from sidan.reviews.enums import CallResult, CallState, Rule, ToldBy
from sidan.reviews.models import CallBack, CallBackTry, CallBackWords
from sidan.reviews.operations.following import follow_danger, follow_low_outcome
from sidan.reviews.operations.judging import flag_review
from sidan.reviews.permissions import may_look_to_call, require_calling
from sidan.reviews.policies import CALL_TASK, MOST_TRIES, contradicts, is_drawn
from sidan.reviews.queries import CallTold, calls_in_full, rule_of

LOOK: Final = "reviews.look_contact"
HASHED_FOR: Final = "reviews.sample"
HEAD_OF_HASH: Final = 2
"""Version and algorithm stand before the digest."""


class CallEnded(Conflict):
    code = "call_back_ended"
    sentence = _("A colleague has called this resident already.")


class ResultNeeded(Invalid):
    code = "call_back_result_needed"
    sentence = _("Please say how the call went and, if somebody answered, what came of the order.")


@dataclass(frozen=True, slots=True)
class Heard:
    """How one call went; the outcome only where somebody answered."""

    result: str
    outcome: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class ToCall:
    """Whom to call, and all that the calls before heard: it may be another number that was said."""

    contact: FullContact
    calls: list[CallTold]


def draw_call_back(
    *, at: datetime, order: Order, step_id: int, turn: int, is_typed: bool = False
) -> CallBack | None:
    """Draw a closed order for a call-back, or not, as the county's rate and a keyed hash say; once for each closing.

    Where staff typed the review that closed it, the higher rate holds: whom the lower one drew, it draws too.
    """
    digest = lookup_hash(value=f"{order.uuid}:{turn}", purpose=HASHED_FOR)[HEAD_OF_HASH:]
    rule = rule_of(county_id=order.county_id)
    if not is_drawn(digest=digest, percent=rule.rate(is_typed=is_typed)):
        return None
    row, is_new = CallBack.objects.get_or_create(step_id=step_id, defaults={"order": order, "drawn_at": at})
    if is_new:
        TASK_CLOCKS.begin(task=CALL_TASK, thing=order, turn=turn, at=at)
    return row


def look_to_call(*, actor: Actor, at: datetime, call_back: CallBack) -> ToCall:
    """Show whom to call and what was said in full, as `may_look_to_call` says; the look is recorded (R-Z10).

    Raises:
        NotYourCall, NotOutside, CallEnded.
    """
    order = call_back.order
    require_calling(actor=actor, order=order)
    if not may_look_to_call(actor=actor, call_back=call_back):
        raise CallEnded
    record(
        actor=actor, at=at, verb=LOOK, subject=("order", order.pk),
        place_id=order.origin_place_id, county_id=order.county_id,
    )  # fmt: skip
    return ToCall(full_contact(order=order), calls_in_full(call_back=call_back))


def record_call(*, actor: Actor, at: datetime, call_back: CallBack, heard: Heard) -> CallBackTry:
    """Write down how a call went. After the third time that nobody answered, the resident is left in peace.

    What is answered stands beside the review: if both cannot be so, the review is flagged; if it is not well, the
    county's rule is followed. Words that speak of danger to life open the order again, whoever answered.

    Raises:
        NotYourCall, NotOutside, ResultNeeded, CallEnded
        LookFirst: the caller has not opened the contact within the last day.
        TriedJustNow: nobody was reached, and less than two hours ago neither.
    """
    order = call_back.order
    require_calling(actor=actor, order=order)
    account_id, _person_id = require_signed_in(actor=actor)
    _check(heard)
    require_looked(actor=actor, at=at, order=order, verb=LOOK)
    with transaction.atomic():
        now_so = lock_order(order_id=order.pk)
        row = CallBack.objects.select_for_update(of=("self",)).select_related("step").get(pk=call_back.pk)
        if row.state != CallState.WAITING:
            raise CallEnded
        if heard.result == CallResult.NOT_REACHED:
            require_pause(tried_at=row.calls.order_by("at").values_list("at", flat=True).last(), at=at)
        row.tries += 1
        call = CallBackTry.objects.create(
            call_back=row, nth=row.tries, result=heard.result, outcome=heard.outcome, by_id=account_id, at=at
        )
        if heard.words.strip():
            CallBackWords.objects.create(call=call, words=heard.words.strip())
        row.state = _state_after(heard, row.tries)
        row.ended_at = at if row.state != CallState.WAITING else None
        row.save(update_fields=["state", "tries", "ended_at"])
        if row.state != CallState.WAITING:
            TASK_CLOCKS.end(task=CALL_TASK, thing_id=order.pk, turn=row.step.turn, at=at)
        record(
            actor=actor, at=at, verb=f"reviews.call_{heard.result}", subject=("order", order.pk),
            place_id=order.origin_place_id, county_id=order.county_id,
        )  # fmt: skip
        _listen(actor, at, now_so, row.step.turn, heard)
        if heard.outcome:
            _weigh(order, row.step.turn, heard.outcome, at)
    return call


def _check(heard: Heard) -> None:
    if heard.result not in CallResult.values:
        raise ResultNeeded
    if (heard.result == CallResult.ANSWERED) != (heard.outcome in Outcome.values):
        raise ResultNeeded


def _state_after(heard: Heard, tries: int) -> CallState:
    if heard.result == CallResult.ANSWERED:
        return CallState.ANSWERED
    if heard.result == CallResult.DECLINED:
        return CallState.DECLINED
    return CallState.UNREACHED if tries >= MOST_TRIES else CallState.WAITING


def _listen(actor: Actor, at: datetime, order: Order, turn: int, heard: Heard) -> None:
    """Open the order again first: what is over is not marked any more."""
    if not numbers_to_call(heard.words):
        return
    # Who answered for the resident, a neighbour for instance, said no outcome: help is needed still.
    outcome = heard.outcome or Outcome.STILL_NEEDED
    follow_danger(at=at, order=order, turn=turn, outcome=outcome, told_by=ToldBy.CALL_BACK)
    hear_and_warn(actor=actor, at=at, order=order, words=heard.words)


def _weigh(order: Order, turn: int, outcome: str, at: datetime) -> None:
    """Set what was heard beside the review of the same closing, if there is one."""
    review = Review.objects.filter(order=order, turn=turn).first()
    if review is not None and contradicts(review.outcome, outcome):
        flag_review(at=at, review=review, rule=Rule.CONTRADICTED)
    if outcome not in WELL:
        order.refresh_from_db(fields=["state", "state_since", "turn"])
        follow_low_outcome(at=at, order=order, turn=turn, outcome=outcome, told_by=ToldBy.CALL_BACK)
