"""The same person, or household, asks for the same again within two weeks: often a mistake, sometimes not (R-Z6).

Everything is read in the reader's scope: of a private order nothing is told to whom it is not shown anyway.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery

from sidan.core.errors import NotFound
from sidan.core.ids import read_uuid
from sidan.core.search import search_q
from sidan.orders.enums import ENDED, OrderState
from sidan.orders.models import Order, OrderMerge
from sidan.people.queries import rows_of_person
from sidan.people.queries.sharing import ids_sharing_a_number
from sidan.places.models import Place
from sidan.places.queries import within

ALIKE_WITHIN: Final = timedelta(days=14)
SHOWN: Final = 5


@dataclass(frozen=True, slots=True)
class Alike:
    """The other orders of a person for the same: those one could still join, and how many there are in all.

    Beside them those of who shares a telephone with the person: two visits to one door, perhaps. They never become one
    order, for each has its own person.
    """

    going: list[Order]
    ended: int
    count: int
    household: list[Order]


@dataclass(frozen=True, slots=True)
class Asked:
    """The newest order for the same, and how many there are."""

    newest: Order
    count: int


@dataclass(frozen=True, slots=True)
class Twice:
    """An order, and the one before it that the same person placed for the same within two weeks."""

    order: Order
    before: Order


def asked_twice(*, root: Place, since: datetime, place_words: str = "") -> QuerySet[Order]:
    """Return the orders from a place and all below it whose person had asked for the same shortly before.

    With the key "place_key" to sort by; `with_the_earlier` finds the ones before.
    """
    wanted = Order.objects.exclude(state__in=[OrderState.REFUSED, OrderState.CANCELLED])
    before = wanted.filter(
        requester=OuterRef("requester"), category=OuterRef("category"), pk__lt=OuterRef("pk"),
        created_at__gte=OuterRef("created_at") - ALIKE_WITHIN, created_at__lte=OuterRef("created_at"),
    )  # fmt: skip
    here = within(field="origin_place", root_ids=(root.pk,)) & search_q("origin_place__search", place_words)
    rows = wanted.filter(here, created_at__gte=since).annotate(
        before_id=Subquery(before.order_by("-pk").values("pk")[:1]), place_key=F("origin_place__path_names")
    )
    return rows.exclude(before_id=None).select_related("project", "category", "origin_place")


def with_the_earlier(*, orders: Iterable[Order]) -> list[Twice]:
    """Return orders that `asked_twice` found, each with the one before it."""
    found: list[Any] = list(orders)
    earlier = Order.objects.in_bulk([order.before_id for order in found])
    return [Twice(order, earlier[order.before_id]) for order in found]


def _of_person(person_id: int) -> QuerySet[Order]:
    """What one human asked for, by whichever of their rows if they were merged."""
    return _of_people(rows_of_person(person_id=person_id))


def _of_people(ids: list[int]) -> QuerySet[Order]:
    """What people asked for and did not take back, newest first, within the reader's scope."""
    rows = Order.objects.filter(requester__in=ids).exclude(
        state__in=[OrderState.REFUSED, OrderState.CANCELLED]
    )
    return rows.select_related("project", "category").order_by("-id")


def _alike(order: Order) -> QuerySet[Order]:
    return _near(_of_person(order.requester_id), order)


def _near(rows: QuerySet[Order], order: Order) -> QuerySet[Order]:
    window = (order.created_at - ALIKE_WITHIN, order.created_at + ALIKE_WITHIN)
    return rows.filter(category=order.category_id, created_at__range=window).exclude(pk=order.pk)


def alike_in_household(*, order: Order) -> list[Order]:
    """Return the newest orders for the same, not over, of who shares a telephone with the one who asked for this."""
    sharing = ids_sharing_a_number(person_id=order.requester_id)
    return list(_near(_of_people(sharing), order).exclude(state__in=ENDED)[:SHOWN]) if sharing else []


def alike_orders(*, order: Order) -> list[Order]:
    """Return the newest other orders of the same person and kind that were placed within two weeks of this one."""
    return list(_alike(order)[:SHOWN])


def alike_told(*, order: Order) -> Alike | None:
    """Return what the order's page tells of the others: ended ones are only counted, for nothing can join them."""
    rows = _alike(order)
    told = rows.order_by().aggregate(count=Count("pk"), ended=Count("pk", filter=Q(state__in=ENDED)))
    household = alike_in_household(order=order)
    if not told["count"] and not household:
        return None
    going = list(rows.exclude(state__in=ENDED)[:SHOWN]) if told["count"] > told["ended"] else []
    return Alike(going=going, household=household, **told)


def alike_by_uuid(*, order: Order, uuid: str) -> Order:
    """Find among the orders that are alike the one that was chosen. Raises NotFound."""
    wanted = read_uuid(uuid)
    found = _alike(order).filter(uuid=wanted).first() if wanted else None
    if found is None:
        raise NotFound
    return found


def asked_already(*, person_id: int, category: str, at: datetime) -> list[Order]:
    """Return what a person ordered of this kind in the last two weeks, to be told before ordering again."""
    return list(_already(person_id, category, at)[:SHOWN])


def asked_told(*, person_id: int, category: str, at: datetime) -> Asked | None:
    """Return in a line what a person ordered of this kind in the last two weeks, for the page one orders on."""
    rows = _already(person_id, category, at)
    newest = rows.first()
    return Asked(newest=newest, count=rows.count()) if newest else None


def _already(person_id: int, category: str, at: datetime) -> QuerySet[Order]:
    return _of_person(person_id).filter(category=category, created_at__gt=at - ALIKE_WITHIN)


def asked_lately(*, person_id: int, at: datetime) -> list[Order]:
    """Return what a person ordered in the last two weeks, whatever it was, for whoever enters another order."""
    return list(_of_person(person_id).filter(created_at__gt=at - ALIKE_WITHIN)[:SHOWN])


def merge_of(*, order: Order) -> OrderMerge | None:
    """Return into which other order this one was put, if it was."""
    if order.state != OrderState.CANCELLED:
        return None
    return OrderMerge.objects.filter(order=order).select_related("into").first()


def merged_into(*, order: Order) -> list[str]:
    """Return the numbers of the orders that were put together with this one."""
    return list(OrderMerge.objects.filter(into=order).order_by("at").values_list("order__number", flat=True))


def put_into(*, order_id: int) -> set[int]:
    """Return an order with all that were put together with it, and with these before."""
    found = newest = {order_id}
    while newest:
        newest = set(OrderMerge.objects.filter(into__in=newest).values_list("order", flat=True)) - found
        found = found | newest
    return found


def as_they_go_on(*, orders: Iterable[Order]) -> list[Order]:
    """Return orders, in place of each that was merged the one as which it goes on; each once."""
    found = list(orders)
    while merged := [order.pk for order in found if order.state == OrderState.CANCELLED]:
        rows = OrderMerge.objects.filter(order__in=merged).select_related("into__project", "into__category")
        ways = {row.order_id: row.into for row in rows}
        if not ways:
            break
        found = [ways.get(order.pk, order) for order in found]
    return list({order.pk: order for order in found}.values())
