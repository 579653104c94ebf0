"""What people said of their orders: the console's list of reviews (评单)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, NullIf

from sidan.core.actor import Actor
from sidan.core.language import reads_english
from sidan.orders.enums import OrderState, Outcome
from sidan.orders.models import Order, Review
from sidan.orders.policies import review_ends
from sidan.orders.queries.about import EVERY, OrderSearch, about_orders
from sidan.orders.queries.page import words_for
from sidan.orders.queries.rounds import finishings
from sidan.people.models import Team


@dataclass(frozen=True, slots=True)
class ReviewFilter:
    """What of the reviews is wanted: an outcome (or "not_well": all but done), a team, and what their orders are."""

    outcome: str = ""
    team_id: int | None = None
    search: OrderSearch = EVERY


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """One review in words' material."""

    order: Order
    outcome: str
    outcome_words: str
    stars: int | None
    words: str
    team_name: str
    at: datetime


NOT_WELL = "not_well"
"""The filter that shows what somebody should look at."""


def reviews(*, chosen: ReviewFilter) -> QuerySet[Review]:
    """Reviews of the orders in scope that fit the filter, for a keyset page by "-at"."""
    name = Coalesce(NullIf("name_en", Value("")), "name") if reads_english() else F("name")
    # Who finished the round that was reviewed: another one may have gone after the order was opened again.
    last = Subquery(finishings().order_by("-turn").values("team_id")[:1])
    rows = about_orders(Review.objects.all(), search=chosen.search).annotate(team=last)
    if chosen.outcome == NOT_WELL:
        rows = rows.exclude(outcome=Outcome.DONE)
    elif chosen.outcome:
        rows = rows.filter(outcome=chosen.outcome)
    if chosen.team_id:
        rows = rows.filter(team=chosen.team_id)
    told = ("order__project", "order__category", "order__origin_place", "order__text", "order__requester")
    return rows.select_related("text", *told).annotate(
        team_name=Subquery(Team.objects.filter(pk=OuterRef("team")).values(shown=name)[:1])
    )


def review_rows(*, items: Sequence[Review], reader: Actor) -> list[ReviewRow]:
    """Return reviews as the reader may see them: telephone numbers in the words are masked."""
    return [
        ReviewRow(
            order=item.order, outcome=item.outcome, outcome_words=item.get_outcome_display(), stars=item.stars,
            words=words_for(reader=reader, order=item.order, words=item.text.words) if hasattr(item, "text") else "",
            team_name=getattr(item, "team_name", "") or "", at=item.at,
        )
        for item in items
    ]  # fmt: skip


def teams_to_filter(*, root_ids: Iterable[int]) -> list[Team]:
    """Return the teams at or below some places, by name."""
    below = Q(place__links_up__ancestor__in=list(root_ids), place__links_up__during__upper_inf=True)
    return list(Team.objects.filter(below).order_by("name", "id").distinct())


def reviewed_team(*, uuid: UUID | None) -> int | None:
    """Return the id of a team by its public one, or nothing."""
    return Team.objects.filter(uuid=uuid).values_list("pk", flat=True).first() if uuid else None


def review_until(*, order: Order) -> datetime | None:
    """Return until when the resident may say how it was; nothing of an order of which nobody is asked that."""
    if order.state != OrderState.DONE:
        return None
    return review_ends(done_at=order.state_since, due_at=order.due_at)
