"""What a county decides about its reviews; every word stays."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sidan.audit.operations import record
from sidan.core.actor import Actor
from sidan.core.errors import Invalid
from sidan.places.models import Place
from sidan.reviews.enums import AfterLow
from sidan.reviews.models import ReviewRule
from sidan.reviews.permissions import require_setting
from sidan.reviews.policies import FEWEST_TIMES, MOST_TIMES
from sidan.reviews.queries import RuleTold


class PercentOutside(Invalid):
    code = "review_percent_outside"
    sentence = _("Choose from 1 to 100 of a hundred: without call-backs nobody knows what reviews are worth.")


class TimesOutside(Invalid):
    code = "review_times_outside"
    sentence = _(
        "Choose from 2 to 10 times: what staff type in is called back more often than what residents say."
    )


class NotARule(Invalid):
    code = "review_rule_unknown"
    sentence = _("Please say for each outcome what follows.")


class ReasonNeeded(Invalid):
    code = "review_reason_needed"
    sentence = _("Please say why: colleagues will read it.")


class NotACenter(Invalid):
    code = "review_rule_not_at_a_center"
    sentence = _("This is decided at the center of the county, for all below it.")


def set_review_rule(*, actor: Actor, at: datetime, place: Place, rule: RuleTold, reason: str) -> ReviewRule:
    """Write down how the reviews of a county are looked after from now on.

    Raises:
        MayNotSetReviews, NotACenter, PercentOutside, TimesOutside, NotARule, ReasonNeeded.
    """
    require_setting(actor=actor, place=place)
    if place.county_id != place.pk:
        raise NotACenter
    if not 1 <= rule.percent <= 100:
        raise PercentOutside
    if not FEWEST_TIMES <= rule.typed_times <= MOST_TIMES:
        raise TimesOutside
    if not {rule.after_half, rule.after_not_done, rule.after_still_needed} <= set(AfterLow.values):
        raise NotARule
    if not reason.strip():
        raise ReasonNeeded
    with transaction.atomic():
        row = ReviewRule.objects.create(
            place=place, percent=rule.percent, after_half=rule.after_half, after_not_done=rule.after_not_done,
            after_still_needed=rule.after_still_needed, typed_times=rule.typed_times,
            reason=reason.strip(), actor_id=actor.account_id, at=at,
        )  # fmt: skip
        record(
            actor=actor, at=at, verb="reviews.rule_set", subject=("place", place.pk), place_id=place.pk,
            county_id=place.county_id, percent=rule.percent, typed_times=rule.typed_times,
            after_half=rule.after_half, after_not_done=rule.after_not_done,
            after_still_needed=rule.after_still_needed,
        )  # fmt: skip
    return row
