"""Satisfaction as it may be shown: with how it was collected, and how many did not answer (R-Z5)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from sidan.orders.enums import COLLECTED_BY_STAFF, AssignmentState, Machine, OrderState, ReviewChannel
from sidan.orders.models import Assignment, OrderStep, Review
from sidan.orders.queries import finishings, reopenings
from sidan.reviews.enums import Standing
from sidan.reviews.models import ReviewStanding
from sidan.reviews.policies import is_satisfied, share

YEAR: Final = timedelta(days=365)
"""How far back a team or a service is judged: what was four years ago says little of today, and costs."""
WAYS: Final[Mapping[str, str | Promise]] = {
    ReviewChannel.PORTAL: pgettext_lazy("satisfaction", "online"),
    ReviewChannel.API: pgettext_lazy("satisfaction", "by a programme"),
    ReviewChannel.TELEPHONE: pgettext_lazy("satisfaction", "by telephone"),
    ReviewChannel.KIOSK: pgettext_lazy("satisfaction", "at a kiosk"),
    ReviewChannel.PAPER: pgettext_lazy("satisfaction", "on paper"),
}
"""Each way by its own name, in this order: none is put together with another one."""


@dataclass(frozen=True, slots=True)
class Satisfaction:
    """Everything that one sentence of satisfaction tells."""

    satisfied: int
    counted: int
    by_channel: Mapping[str, int]
    unanswered: int
    pending: int
    set_aside: int
    typed: int = 0
    """Of all reviews, those that staff typed in."""

    @property
    def percent(self) -> int | None:
        """How many of a hundred that count are satisfied; nothing where there are few."""
        return share(part=self.satisfied, whole=self.counted)

    @property
    def reviews(self) -> int:
        """All reviews, those too that do not count."""
        return self.counted + self.pending + self.set_aside

    @property
    def ways(self) -> list[tuple[str | Promise, int]]:
        """How they were collected: the ways by which some came."""
        told = ((word, self.by_channel.get(channel, 0)) for channel, word in WAYS.items())
        return [(word, count) for word, count in told if count]


def satisfaction_of_project(*, project_id: int, at: datetime) -> Satisfaction:
    """Return what residents said of a service within a year."""
    reviews = Review.objects.filter(order__project=project_id)
    closed = OrderStep.objects.filter(order__project=project_id)
    return _satisfaction(reviews, closed, at - YEAR)


def satisfaction_of_team(*, team_id: int, at: datetime) -> Satisfaction:
    """Return what residents said of a team within a year: of what it finished itself, not of another round."""
    done = Assignment.objects.filter(team=team_id, state=AssignmentState.FINISHED).values("order")
    its_own = Q(Exists(finishings().filter(team_id=team_id)), order__in=done)
    return _satisfaction(Review.objects.filter(its_own), OrderStep.objects.filter(its_own), at - YEAR)


def _satisfaction(reviews: QuerySet[Review], steps: QuerySet[OrderStep], since: datetime) -> Satisfaction:
    newest = ReviewStanding.objects.filter(review=OuterRef("pk")).order_by("-nth").values("standing")[:1]
    rows = (
        reviews.filter(at__gte=since).annotate(stands=Subquery(newest)).order_by()
        .values_list("outcome", "stars", "channel", "stands")
        .annotate(number=Count("pk"), typed=Count("pk", filter=_typed()))
    )  # fmt: skip
    unanswered = steps.filter(_unanswered(), at__gte=since).count()
    return summed([_Row(outcome, stars, channel, stands or Standing.COUNTED.value, number, typed)
                   for outcome, stars, channel, stands, number, typed in rows], unanswered)  # fmt: skip


class _Row(NamedTuple):
    """Reviews that are alike in what satisfaction asks of them."""

    outcome: str
    stars: int | None
    channel: str
    standing: str
    number: int
    typed: int


def _typed() -> Q:
    """What `Review.is_typed_by_staff` says, for the database."""
    return Q(by__isnull=False, channel__in=COLLECTED_BY_STAFF)


def _unanswered() -> Q:
    """Of an order that was opened again the closing before is taken back, as in the figures: it is done anew."""
    closed = Q(machine=Machine.ORDER, verb="close", from_state=OrderState.DONE)
    return closed & ~Q(Exists(reopenings()))


def summed(rows: list[_Row], unanswered: int) -> Satisfaction:
    """Add up reviews by outcome, stars, channel and standing."""
    told = dict.fromkeys(Standing.values, 0)
    channels: dict[str, int] = {}
    satisfied = 0
    for row in rows:
        told[row.standing] += row.number
        channels[row.channel] = channels.get(row.channel, 0) + row.number
        if row.standing == Standing.COUNTED and is_satisfied(outcome=row.outcome, stars=row.stars):
            satisfied += row.number
    return Satisfaction(
        satisfied=satisfied, counted=told[Standing.COUNTED], by_channel=channels, unanswered=unanswered,
        pending=told[Standing.PENDING], set_aside=told[Standing.SET_ASIDE], typed=sum(row.typed for row in rows),
    )  # fmt: skip


def satisfaction_of_figures(
    *,
    satisfied: Mapping[str, int],
    doubted: Mapping[str, int],
    collected: Mapping[str, int],
    typed: Mapping[str, int],
    unanswered: int,
) -> Satisfaction:
    """Return satisfaction from the parts of the figures that this app declares, for any place and period."""
    pending = {good: doubted.get(f"pending_{good}", 0) for good in ("satisfied", "not_satisfied")}
    aside = {good: doubted.get(f"set_aside_{good}", 0) for good in ("satisfied", "not_satisfied")}
    doubts = sum(pending.values()) + sum(aside.values())
    return Satisfaction(
        satisfied=satisfied.get("satisfied", 0) - pending["satisfied"] - aside["satisfied"],
        counted=sum(satisfied.values()) - doubts, by_channel=collected, unanswered=unanswered,
        pending=sum(pending.values()), set_aside=sum(aside.values()), typed=sum(typed.values()),
    )  # fmt: skip
