"""Lists whose rows are about orders (reviews, call-backs, reports of messages …): found and sorted by the order."""

from dataclasses import dataclass
from typing import Final, TypeVar

from django.db.models import F, Model, Q, QuerySet
from django.db.models.functions import Coalesce

from sidan.core.ids import BadNumber, parse_number
from sidan.core.search import search_q
from sidan.orders.models import Order
from sidan.places.queries import within

_Row = TypeVar("_Row", bound=Model)


@dataclass(frozen=True, slots=True)
class OrderSearch:
    """What of a list about orders is wanted: words or a number, a place with all below it."""

    text: str = ""
    place_id: int | None = None


EVERY: Final = OrderSearch()
"""Searches for nothing: every order in scope."""


def text_condition(text: str) -> Q:
    """A number read out finds its order; anything else is looked for in the need, the resident's name and the title.

    All three stand in the search column of the order's text (migration 0023): one index, whose statistics tell
    PostgreSQL whether a word is rare or walking down the list finds a page of it sooner.
    """
    try:
        return Q(number=parse_number(text))
    except BadNumber:
        return search_q("text__search", text)


def about_orders(rows: QuerySet[_Row], *, search: OrderSearch = EVERY, path: str = "order") -> QuerySet[_Row]:
    """Keep the rows whose order is in scope and fits, with the keys "service_key" and "place_key" to sort by.

    `path` leads from a row to its order.
    """
    orders = Order.objects.filter(text_condition(search.text)) if search.text else Order.objects.all()
    if search.place_id:
        orders = orders.filter(within(field="origin_place", root_ids=(search.place_id,)))
    keyed: QuerySet[_Row] = rows.filter(**{f"{path}__in": orders.values("pk")}).annotate(
        service_key=Coalesce(f"{path}__project__title", f"{path}__category__name"),
        place_key=F(f"{path}__origin_place__path_names"),
    )  # type: ignore[assignment] # the plugin knows annotations of models that it can name only
    return keyed
