"""What a county decided about its reviews, or what holds where it decided nothing."""

from dataclasses import dataclass
from typing import Final

from sidan.orders.enums import Outcome
from sidan.places.models import Place
from sidan.reviews.enums import AfterLow
from sidan.reviews.models import ReviewRule
from sidan.reviews.policies import TYPED_TIMES, rate_of


@dataclass(frozen=True, slots=True)
class RuleTold:
    """How many are called back, and what follows after each outcome that is not well."""

    percent: int
    after_half: str
    after_not_done: str
    after_still_needed: str
    typed_times: int = TYPED_TIMES
    """How many times as often reviews that staff typed are called back."""

    def rate(self, *, is_typed: bool) -> int:
        """Return how many of a hundred closings are called back."""
        return rate_of(percent=self.percent, times=self.typed_times, is_typed=is_typed)

    @property
    def typed_percent(self) -> int:
        """How many of a hundred reviews that staff typed are called back."""
        return self.rate(is_typed=True)

    def after(self, outcome: str) -> str:
        """Return what follows after an outcome that is not well."""
        return {
            Outcome.HALF.value: self.after_half,
            Outcome.NOT_DONE.value: self.after_not_done,
            Outcome.STILL_NEEDED.value: self.after_still_needed,
        }[outcome]


DEFAULTS: Final = RuleTold(
    percent=10,
    after_half=AfterLow.FOLLOW_UP,
    after_not_done=AfterLow.REOPEN,
    after_still_needed=AfterLow.FOLLOW_UP,
)


def rule_of(*, county_id: int | None) -> RuleTold:
    """Return what holds in a county."""
    row = ReviewRule.objects.filter(place=county_id or 0).order_by("-id").first()
    if row is None:
        return DEFAULTS
    return RuleTold(row.percent, row.after_half, row.after_not_done, row.after_still_needed, row.typed_times)


def rules_written(*, place: Place, most: int = 50) -> list[ReviewRule]:
    """Return what a county wrote down, the newest first."""
    return list(ReviewRule.objects.filter(place=place).select_related("actor__person").order_by("-id")[:most])
