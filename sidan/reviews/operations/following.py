"""What follows from a review: opening again or seeing to it, and answering suggestions."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sidan.audit.operations import record
from sidan.core.actor import Actor
from sidan.core.errors import Conflict, Invalid
from sidan.orders.enums import OrderState, Outcome
from sidan.orders.models import Order, Review
from sidan.orders.operations import TASK_CLOCKS, reopen_after_review
from sidan.orders.operations.door import lock_order
from sidan.reviews.enums import AfterLow, FollowUpState, SuggestionState, ToldBy
from sidan.reviews.models import FollowUp, Suggestion, SuggestionStep
from sidan.reviews.notices import tell
from sidan.reviews.permissions import require_answering
from sidan.reviews.policies import FOLLOW_TASK, is_worse, leaves_more_to_do
from sidan.reviews.queries import is_follow_up_open, rule_of


class WordsNeeded(Invalid):
    code = "review_answer_needed"
    sentence = _("Please write a few words: the resident will read them.")


class SeenToAlready(Conflict):
    code = "follow_up_done"
    sentence = _("A colleague has seen to this already.")


class AnsweredAlready(Conflict):
    code = "suggestion_answered_already"
    sentence = _("A colleague has answered this suggestion already.")


def follow_low_outcome(
    *, at: datetime, order: Order, turn: int, outcome: str, told_by: ToldBy
) -> FollowUp | None:
    """Do what the county decided for an outcome that is not well; once for each closing and who told of it.

    An order that has been opened again meanwhile, or is not closed any more, is followed up by people. Runs in the
    caller's transaction. Returns nothing where this closing is being followed already: but what is told anew after
    people have answered is followed anew, and so is what opens the order again while they only see to it. What is
    worse than what they see to already stands with it from now on.
    """
    wanted = rule_of(county_id=order.county_id).after(outcome)
    return _follow(at, order, turn, outcome, told_by, AfterLow(wanted))


def follow_danger(*, at: datetime, order: Order, turn: int, outcome: str, told_by: ToldBy) -> FollowUp | None:
    """Open an order again at once of which danger to life is told, whatever the county does otherwise.

    So also where somebody sees already to what the review of this closing said.
    """
    row = _follow(at, order, turn, outcome, told_by, AfterLow.REOPEN)
    if row is None and order.state == OrderState.CLOSED and order.turn == turn:
        reopen_after_review(at=at, order=order)
    return row


def _follow(
    at: datetime, order: Order, turn: int, outcome: str, told_by: ToldBy, wanted: AfterLow
) -> FollowUp | None:
    reopens = wanted == AfterLow.REOPEN and order.state == OrderState.CLOSED and order.turn == turn
    way = AfterLow.REOPEN if reopens else AfterLow.FOLLOW_UP
    before = FollowUp.objects.exclude(told_by__in=[ToldBy.STARS, told_by]).filter(order=order, turn=turn)
    if not all(
        leaves_more_to_do(way=row.way, is_done=row.state == FollowUpState.DONE, wanted=way) for row in before
    ):
        _make_worse(before, outcome)
        return None
    row, is_new = FollowUp.objects.get_or_create(
        order=order, turn=turn, told_by=told_by,
        defaults={
            "outcome": outcome, "way": way, "opened_at": at,
            "state": FollowUpState.DONE if reopens else FollowUpState.OPEN, "closed_at": at if reopens else None,
        },
    )  # fmt: skip
    if not is_new:
        _make_worse([row], outcome)
        return None
    if reopens:
        reopen_after_review(at=at, order=order)
    else:
        TASK_CLOCKS.begin(task=FOLLOW_TASK, thing=order, turn=turn, at=at)
        tell(kind="review_to_follow_up", order=order, at=at)
    return row


def _make_worse(rows: Iterable[FollowUp], outcome: str) -> None:
    """Let what people see to yet say how bad it is: the worst they were told."""
    for row in rows:
        if row.state == FollowUpState.OPEN and is_worse(outcome, than=row.outcome):
            row.outcome = outcome
            row.save(update_fields=["outcome"])


def follow_ending(*, at: datetime, order: Order, turn: int, told_by: ToldBy) -> FollowUp:
    """Have people see to danger to life that was told of an order that ended unserved: it is over, that may not be.

    Runs in the caller's transaction, which has told those who decide.
    """
    row = FollowUp.objects.create(
        order=order, turn=turn, told_by=told_by, outcome=Outcome.NOT_DONE, way=AfterLow.FOLLOW_UP,
        state=FollowUpState.OPEN, opened_at=at,
    )  # fmt: skip
    TASK_CLOCKS.begin(task=FOLLOW_TASK, thing=order, turn=turn, at=at)
    return row


def follow_few_stars(*, at: datetime, order: Order, turn: int, outcome: str) -> FollowUp | None:
    """Have people see to few stars under an outcome that is well: at the order itself nothing is left to do.

    Runs in the caller's transaction. Returns nothing where the stars of this closing have been followed already.
    """
    row, is_new = FollowUp.objects.get_or_create(
        order=order, turn=turn, told_by=ToldBy.STARS,
        defaults={
            "outcome": outcome, "way": AfterLow.FOLLOW_UP, "state": FollowUpState.OPEN, "opened_at": at,
        },
    )  # fmt: skip
    if not is_new:
        return None
    TASK_CLOCKS.begin(task=FOLLOW_TASK, thing=order, turn=turn, at=at)
    tell(kind="review_few_stars", order=order, at=at)
    return row


def see_to(*, actor: Actor, at: datetime, follow_up: FollowUp, words: str) -> FollowUp:
    """Answer the resident what came of it.

    Raises:
        NotYoursToJudge, WordsNeeded, SeenToAlready.
    """
    order = follow_up.order
    require_answering(actor=actor, order=order)
    if not words.strip():
        raise WordsNeeded
    with transaction.atomic():
        # What is told anew of this closing waits until the answer stands, or the answer until that is read.
        lock_order(order_id=order.pk)
        row = FollowUp.objects.select_for_update().get(pk=follow_up.pk)
        if row.state != FollowUpState.OPEN:
            raise SeenToAlready
        row.state, row.answer, row.closed_at = FollowUpState.DONE, words.strip(), at
        row.closed_by_id = actor.account_id
        row.save(update_fields=["state", "answer", "closed_at", "closed_by"])
        if not is_follow_up_open(order_id=order.pk, turn=row.turn):
            TASK_CLOCKS.end(task=FOLLOW_TASK, thing_id=order.pk, turn=row.turn, at=at)
        _record(actor, at, "reviews.followed_up", order)
        tell(kind="review_followed_up", order=order, at=at)
    return row


def take_suggestion(*, at: datetime, review: Review) -> Suggestion:
    """Put a suggestion before those who answer it; within the transaction of its review."""
    row = Suggestion.objects.create(review=review, order=review.order, made_at=at)
    SuggestionStep.objects.create(suggestion=row, state=SuggestionState.OPEN, by_id=review.by_id, at=at)
    tell(kind="suggestion_made", order=review.order, at=at)
    return row


def adopt_suggestion(*, actor: Actor, at: datetime, suggestion: Suggestion, words: str) -> Suggestion:
    """Say that it will be done, and how. Raises NotYoursToJudge, WordsNeeded, AnsweredAlready."""
    return _answer(actor, at, suggestion, words, SuggestionState.ADOPTED)


def answer_suggestion(*, actor: Actor, at: datetime, suggestion: Suggestion, words: str) -> Suggestion:
    """Say why it is not done, or not yet. Raises NotYoursToJudge, WordsNeeded, AnsweredAlready."""
    return _answer(actor, at, suggestion, words, SuggestionState.ANSWERED)


def _answer(
    actor: Actor, at: datetime, suggestion: Suggestion, words: str, state: SuggestionState
) -> Suggestion:
    order = suggestion.order
    require_answering(actor=actor, order=order)
    if not words.strip():
        raise WordsNeeded
    with transaction.atomic():
        row = Suggestion.objects.select_for_update().get(pk=suggestion.pk)
        if row.state != SuggestionState.OPEN:
            raise AnsweredAlready
        row.state, row.answer = state, words.strip()
        row.save(update_fields=["state", "answer"])
        SuggestionStep.objects.create(suggestion=row, state=state, by_id=actor.account_id, at=at)
        _record(actor, at, f"reviews.suggestion_{state.value}", order)
        tell(kind=f"suggestion_{state.value}", order=order, at=at)
    return row


def _record(actor: Actor, at: datetime, verb: str, order: Order) -> None:
    record(
        actor=actor, at=at, verb=verb, subject=("order", order.pk), place_id=order.origin_place_id,
        county_id=order.county_id,
    )  # fmt: skip
