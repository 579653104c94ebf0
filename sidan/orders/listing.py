"""What the console's lists about orders have in common: found by word, number and place, sorted, kept, taken along."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, TypeVar

from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponseBase

from sidan.audit.operations import record
from sidan.core.clock import now
from sidan.core.lists import (
    ALL,
    COLUMNS,
    COUNT,
    CURSOR,
    SORT,
    Column,
    asked_sort,
    list_view,
    query_of,
)
from sidan.core.pagination import key_order
from sidan.core.requests import actor_of
from sidan.core.tables import table_response
from sidan.orders.queries import EVERY, OrderSearch
from sidan.people.enums import ORDER_STAFF_ROLES
from sidan.places.nearby import place_asked
from sidan.places.queries import places_to_filter

_Row = TypeVar("_Row", bound=Model)
CHUNK: Final = 500
OWN: Final = frozenset({"q", "place", SORT, COLUMNS, COUNT, CURSOR, ALL})
"""What the form of the filters sends itself, or begins anew: everything else in the address is a chip."""


def order_search(request: HttpRequest) -> OrderSearch:
    """Return what the address asks for; what cannot be understood filters nothing."""
    place = place_asked(request)
    return OrderSearch(text=query_of(request), place_id=place.pk if place else None)


def list_about_orders(
    request: HttpRequest,
    *,
    columns: tuple[Column, ...],
    sort: str,
    rows: QuerySet[Any],
    search: OrderSearch,
    fields: Sequence[str] = (),
) -> dict[str, Any]:
    """Return what `orders/console/_list_filters.html` and the tools of a list show.

    `fields` are those that the page adds to the form of the filters.
    """
    roots = actor_of(request).places_where(frozenset(ORDER_STAFF_ROLES))
    return {
        "list": list_view(request, columns=columns, sort=sort, rows=rows),
        "query": search.text,
        "place": request.GET.get("place", ""),
        "places": places_to_filter(root_ids=roots),
        "is_filtered": search != EVERY,
        "chips_chosen": [
            (name, value) for name, value in request.GET.items() if name not in OWN.union(fields)
        ],
    }


def take_along(
    request: HttpRequest,
    *,
    name: str,
    verb: str,
    rows: QuerySet[_Row],
    columns: tuple[Column, ...],
    first: str,
    header: Sequence[str],
    cells: Callable[[_Row], Sequence[object]],
    facts: Mapping[str, Any],
) -> HttpResponseBase:
    """Answer with a list as a table, in the order the address asks for; that it was taken out is written down.

    `facts` say for the audit trail what was chosen. The cells hold no names, telephones or words of residents.
    """
    sort = asked_sort(request, columns=columns, default=first)
    record(actor=actor_of(request), at=now(), verb=verb, subject=(name, None), **facts)
    ordered = rows.order_by(*key_order(sort)).iterator(chunk_size=CHUNK)
    return table_response(request, name=name, header=header, rows=(cells(row) for row in ordered))
