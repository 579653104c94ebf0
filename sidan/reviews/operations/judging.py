"""Reading reviews by the rules, and deciding whether they count."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sidan.audit.operations import record
from sidan.core.actor import Actor
from sidan.core.errors import Conflict, Invalid
from sidan.orders.models import Review
from sidan.orders.operations.door import lock_order
from sidan.reviews.enums import Rule, Standing
from sidan.reviews.models import ReviewCheck, ReviewDevice, ReviewFlag, ReviewStanding, StandingNote
from sidan.reviews.permissions import require_judging
from sidan.reviews.policies import flags_of, is_satisfied, parks
from sidan.reviews.queries import circumstances, given


class DecisionNeeded(Invalid):
    code = "review_decision_needed"
    sentence = _("Please say whether the review counts, and why.")


class NothingToDecide(Conflict):
    code = "review_nothing_to_decide"
    sentence = _("A colleague has decided about this review already, or nothing was noticed about it.")


def keep_device(*, review: Review, mark: str) -> None:
    """Keep for a day by which browser a review came, for the rules to read; staff enter reviews on their own."""
    if mark and not review.is_typed_by_staff:
        ReviewDevice.objects.create(review=review, mark_hash=mark)


def forget_devices(*, before: datetime) -> int:
    """Remove by which browsers reviews came that are older and were read; returns how many rows went."""
    read = ReviewDevice.objects.filter(review__at__lt=before, review__check_row__isnull=False)
    return read.delete()[0]


def check_review(*, at: datetime, review_id: int) -> list[str]:
    """Read a review by the rules, once; returns the codes of what was noticed.

    A second reading, after a kill or by another worker, does nothing and returns nothing.
    """
    with transaction.atomic():
        review = Review.objects.select_related("order__requester", "text").get(pk=review_id)
        _row, is_new = ReviewCheck.objects.get_or_create(review=review, defaults={"at": at})
        if not is_new:
            return []
        codes = flags_of(given(review), circumstances(review=review))
        for code in codes:
            flag_review(at=at, review=review, rule=Rule(code))
    return codes


def flag_review(*, at: datetime, review: Review, rule: Rule) -> None:
    """Note something about a review. Within a transaction.

    Until somebody has looked at it, it is counted apart; where only how it came about is noted, and of a
    low review, it is not.
    """
    lock_order(order_id=review.order_id)
    _flag, is_new = ReviewFlag.objects.get_or_create(review=review, rule=rule, defaults={"at": at})
    if not parks(rule=rule, outcome=review.outcome, stars=review.stars):
        return
    stands = _standing(review)
    if is_new and stands != Standing.PENDING:
        _append(review, stands, Standing.PENDING, None, at)


def decide_review(*, actor: Actor, at: datetime, review: Review, standing: str, words: str) -> ReviewStanding:
    """Say whether a flagged review counts, with the reason; who has to do with the order may not.

    Raises:
        NotYoursToJudge, NotOutside, DecisionNeeded, NothingToDecide.
    """
    order = review.order
    require_judging(actor=actor, order=order)
    if standing not in {Standing.COUNTED, Standing.SET_ASIDE} or not words.strip():
        raise DecisionNeeded
    with transaction.atomic():
        lock_order(order_id=review.order_id)
        if _standing(review) != Standing.PENDING:
            raise NothingToDecide
        row = _append(review, Standing.PENDING, Standing(standing), actor.account_id, at)
        StandingNote.objects.create(standing=row, words=words.strip())
        record(
            actor=actor, at=at, verb=f"reviews.{standing}", subject=("order", order.pk),
            place_id=order.origin_place_id, county_id=order.county_id, turn=review.turn,
        )  # fmt: skip
    return row


def _standing(review: Review) -> Standing:
    newest = ReviewStanding.objects.filter(review=review).order_by("-nth").first()
    return Standing(newest.standing) if newest else Standing.COUNTED


def _append(
    review: Review, before: Standing, standing: Standing, by_id: int | None, at: datetime
) -> ReviewStanding:
    return ReviewStanding.objects.create(
        review=review, nth=ReviewStanding.objects.filter(review=review).count() + 1, before=before,
        standing=standing, is_satisfied=is_satisfied(outcome=review.outcome, stars=review.stars), by_id=by_id, at=at,
    )  # fmt: skip
