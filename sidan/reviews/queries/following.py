"""What is to be seen to, and what is to be answered."""

from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.db.models import Count, QuerySet

from sidan.core.actor import Actor
from sidan.core.scope import everything
from sidan.orders.models import Order
from sidan.orders.queries import EVERY, OrderSearch, about_orders, words_for
from sidan.places.models import Place
from sidan.reviews.enums import AfterLow, CallState, FollowUpState, Standing, SuggestionState
from sidan.reviews.models import FollowUp, Suggestion
from sidan.reviews.permissions import NoSuchThing
from sidan.reviews.queries.calling import call_backs
from sidan.reviews.queries.standing import flagged

MOST_COUNTED = 99
"""A chip says "99+" beyond it: what a list's head costs does not grow with the list."""
TOLD_OF_ORDER: Final = (
    "order__project", "order__category", "order__origin_place", "order__text", "order__requester",
)  # fmt: skip
"""What a row shows of its order, and what is known of its resident, to be hidden in words."""


def follow_ups(*, state: str = FollowUpState.OPEN, search: OrderSearch = EVERY) -> QuerySet[FollowUp]:
    """Follow-ups of the orders in scope that people see to, for a keyset page."""
    rows = about_orders(FollowUp.objects.filter(state=state, way=AfterLow.FOLLOW_UP), search=search)
    return rows.select_related(*TOLD_OF_ORDER)


def all_follow_ups() -> QuerySet[FollowUp]:
    """Return what people are to see to, of everywhere; nobody reads it: its time is counted."""
    return FollowUp.objects.filter(state=FollowUpState.OPEN, way=AfterLow.FOLLOW_UP)


def is_follow_up_open(*, order_id: int, turn: int) -> bool:
    """Tell whether something of a closing waits to be seen to."""
    return all_follow_ups().filter(order=order_id, turn=turn).exists()


def follow_up_by_uuid(*, uuid: UUID) -> FollowUp:
    """Find a follow-up whose order is in scope. Raises NoSuchThing."""
    rows = FollowUp.objects.filter(uuid=uuid, order__in=Order.objects.all().values("pk"))
    row = rows.select_related("order__project", "order__category", "order__origin_place").first()
    if row is None:
        raise NoSuchThing
    return row


def suggestions(*, state: str = SuggestionState.OPEN, search: OrderSearch = EVERY) -> QuerySet[Suggestion]:
    """Suggestions of the orders in scope, for a keyset page."""
    rows = about_orders(Suggestion.objects.filter(state=state), search=search)
    return rows.select_related(*TOLD_OF_ORDER, "review__text")


def suggestion_counts() -> dict[str, int]:
    """Count the suggestions of the orders in scope by what came of them: each is adopted or answered, and counted."""
    rows = Suggestion.objects.filter(order__in=Order.objects.all().values("pk"))
    return dict(rows.order_by().values_list("state").annotate(number=Count("pk")))


def suggestion_by_uuid(*, uuid: UUID) -> Suggestion:
    """Find a suggestion whose order is in scope. Raises NoSuchThing."""
    rows = Suggestion.objects.filter(uuid=uuid, order__in=Order.objects.all().values("pk"))
    row = rows.select_related(
        "order__project", "order__category", "order__origin_place", "review__text"
    ).first()
    if row is None:
        raise NoSuchThing
    return row


def wish_words(*, suggestion: Suggestion, reader: Actor) -> str:
    """Return what was suggested, as the reader may see it; nothing once it was erased."""
    review = suggestion.review
    if not hasattr(review, "text"):
        return ""
    return words_for(reader=reader, order=suggestion.order, words=review.text.wish)


def answer_words(*, answered: FollowUp | Suggestion, reader: Actor) -> str:
    """Return what the resident was told, as the reader may see it: whole for the resident; nothing before an answer."""
    return words_for(reader=reader, order=answered.order, words=answered.answer)


def answers_of(*, order: Order) -> list[str]:
    """Return all that the resident of an order was told, whole: of `full_contact`, whose caller records the look."""
    rows = (FollowUp.objects.filter(order=order), Suggestion.objects.filter(order=order))
    return [each.answer for found in rows for each in found.order_by("id") if each.answer]


@dataclass(frozen=True, slots=True)
class SuggestionsTold:
    """How many suggestions a place was given, and what came of them: told to everybody."""

    made: int
    adopted: int
    answered: int


def suggestions_at(*, place: Place) -> SuggestionsTold:
    """Count the suggestions of a place with all below it. Numbers only, hence for everybody."""
    with everything("counting suggestions for everybody"):
        rows = Suggestion.objects.filter(
            order__origin_place__links_up__ancestor=place,
            order__origin_place__links_up__during__upper_inf=True,
        )
        counts = dict(rows.order_by().values_list("state").annotate(number=Count("pk")))
    adopted, answered = (
        counts.get(SuggestionState.ADOPTED.value, 0), counts.get(SuggestionState.ANSWERED.value, 0),
    )  # fmt: skip
    return SuggestionsTold(made=sum(counts.values()), adopted=adopted, answered=answered)


def follow_ups_of(*, order: Order) -> list[FollowUp]:
    """Return what came of each time that something was not well, the newest first."""
    return list(FollowUp.objects.filter(order=order).select_related(*TOLD_OF_ORDER).order_by("-id"))


def suggestions_of(*, order: Order) -> list[Suggestion]:
    """Return what the resident of an order suggested, the newest first."""
    rows = Suggestion.objects.filter(order=order).select_related(*TOLD_OF_ORDER, "review__text")
    return list(rows.order_by("-id"))


def waiting_counts(*, actor: Actor) -> dict[str, int]:
    """Count what waits in each list of the console, up to a hundred."""
    lists: dict[str, QuerySet[Any]] = {
        "calls": call_backs(actor=actor, state=CallState.WAITING),
        "flags": flagged(standing=Standing.PENDING),
        "follow_ups": follow_ups(),
        "suggestions": suggestions(),
    }
    return {name: len(rows.order_by().values_list("pk")[: MOST_COUNTED + 1]) for name, rows in lists.items()}
