"""Reviews that somebody should look at."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from sidan.core.actor import Actor
from sidan.core.phones import mask_name
from sidan.orders.models import Order, Review
from sidan.orders.queries import EVERY, OrderSearch, about_orders, reading_of, review_words
from sidan.reviews.enums import Rule, Standing
from sidan.reviews.models import ReviewCheck, ReviewFlag, ReviewStanding
from sidan.reviews.permissions import NoSuchThing


@dataclass(frozen=True, slots=True)
class FlaggedRow:
    """A review with what was noticed about it."""

    review: Review
    order: Order
    words: str
    rules: list[str]
    standing: str
    by: str
    """Who entered it: staff by name, the resident by a masked one (R-Z10); nobody where a code stood for them."""


def _newest() -> Subquery:
    rows = ReviewStanding.objects.filter(review=OuterRef("pk")).order_by("-nth")
    return Subquery(rows.values("standing")[:1])


def flagged(*, standing: str, search: OrderSearch = EVERY) -> QuerySet[Review]:
    """Reviews of the orders in scope that a rule noticed and that stand so now, for a keyset page."""
    return _with_flag(ReviewFlag.objects.all(), search, standing=standing)


def noted(*, rule: Rule | None = None, search: OrderSearch = EVERY) -> QuerySet[Review]:
    """Reviews of the orders in scope of which a rule says so, however they count, for a keyset page.

    Without a rule those of which any says something: a low one that goes on to count stands in no other list.
    """
    return _with_flag(ReviewFlag.objects.filter(rule=rule) if rule else ReviewFlag.objects.all(), search)


def _with_flag(flags: QuerySet[ReviewFlag], search: OrderSearch, *, standing: str = "") -> QuerySet[Review]:
    found = Review.objects.filter(Exists(flags.filter(review=OuterRef("pk")))).annotate(stands=_newest())
    if standing:
        found = found.filter(stands=standing)
    return about_orders(found, search=search).select_related(
        "text",
        "order__project",
        "order__category",
        "order__origin_place",
        "order__text",
        "order__requester",
        "by__person",
    )


def flagged_rows(*, items: Sequence[Review], reader: Actor) -> list[FlaggedRow]:
    """Return flagged reviews as the reader may see them, with what was noticed."""
    rules: dict[int, list[str]] = {item.pk: [] for item in items}
    for flag in ReviewFlag.objects.filter(review__in=list(rules)).order_by("id"):
        rules[flag.review_id].append(str(Rule(flag.rule).label))
    return [
        FlaggedRow(
            review=item, order=item.order, words=review_words(review=item, order=item.order, reader=reader),
            rules=rules[item.pk], standing=getattr(item, "stands", None) or Standing.COUNTED.value,
            by=_entered_by(item),
        )
        for item in items
    ]  # fmt: skip


def _entered_by(review: Review) -> str:
    if review.by is None:
        return ""
    name = review.by.person.name
    return name if review.is_typed_by_staff else mask_name(name)


def review_to_judge(*, order_uuid: UUID, turn: int) -> Review:
    """Find the review that closed an order in scope at a turn. Raises NoSuchThing."""
    rows = Review.objects.filter(
        order__uuid=order_uuid, turn=turn, order__in=Order.objects.all().values("pk")
    ).annotate(stands=_newest())
    row = rows.select_related(
        "text", "order__project", "order__category", "order__origin_place", "order__requester", "order__text",
        "by__person",
    ).first()  # fmt: skip
    if row is None:
        raise NoSuchThing
    return row


@dataclass(frozen=True, slots=True)
class StandingTold:
    """How a review stood from then on, with the reason as the reader may see it; nothing once it was erased."""

    standing: ReviewStanding
    words: str


def standings_of(*, review: Review, reader: Actor) -> list[StandingTold]:
    """Return how a review stood, from the first to the last."""
    read = reading_of(reader=reader, order=review.order)
    return [
        StandingTold(standing=each, words=read(each.note.words) if hasattr(each, "note") else "")
        for each in review.standings.select_related("note", "by__person")
    ]


def unread_reviews(*, most: int) -> list[int]:
    """Return reviews that the rules have not read, the oldest first: those loaded in bulk, or left by a kill."""
    rows = Review.objects.filter(~Exists(ReviewCheck.objects.filter(review=OuterRef("pk"))))
    return list(rows.order_by("id").values_list("pk", flat=True)[:most])
