"""The way of an order through the tree: who holds it, who stands above, to whom it can be sent down."""

from datetime import datetime
from typing import Final

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from sidan.orders.enums import HandoverKind, Machine
from sidan.orders.models import Order, OrderHandover, OrderStep
from sidan.orders.states import KEEPING, SEEKING
from sidan.people.enums import DISPATCHING_ROLES, HOLDING_ROLES
from sidan.people.queries import nearest_place_with_roles
from sidan.places.enums import INSIDE_COUNTY, PlaceState
from sidan.places.models import Place, PlaceLink
from sidan.places.queries import ancestors_of

LEAVES_HELP_OPEN: Final = ("change", "split", "join", "danger", "urgent")
"""What may happen to an order while the help that was asked for is still to come: nobody has decided anything."""


def place_of_holder(*, order: Order) -> Place:
    """Read who holds an order."""
    return Place.objects.get(pk=order.holder_place_id)


def keeping_place(*, place_id: int) -> int:
    """Return where a private order that a place holds is handled: there, or at the nearest place above with people.

    A station's practitioner counts at the station itself; above it only who decides for all below. Where nobody
    decides anywhere, the place itself: then nobody sees it, and the time limits pass it up.
    """
    found = nearest_place_with_roles(place_id=place_id, roles=DISPATCHING_ROLES, here=HOLDING_ROLES)
    return found or place_id


def place_above(*, place: Place) -> Place | None:
    """Return the next open place above within the county: the center is where the loop ends, cities look on."""
    line = reversed(ancestors_of(place_id=place.pk))
    takes = (above for above in line if above.state == PlaceState.OPEN and above.kind in INSIDE_COUNTY)
    return next(takes, None)


def stands_below(*, place: Place, holder_id: int) -> bool:
    """Tell whether an open place stands below the holder today."""
    links = PlaceLink.objects.filter(
        ancestor=holder_id, descendant=place.pk, depth__gt=0, during__upper_inf=True
    )
    return place.state == PlaceState.OPEN and links.exists()


def help_asked(*, order: Order) -> OrderHandover | None:
    """Return who asked whom for help, as long as nobody has decided or passed the order on since."""
    return help_open().filter(order=order).select_related("from_place", "to_place").first()


def help_open() -> QuerySet[OrderHandover]:
    """Return what was asked for and has not come: a change of the wish, for one, is no answer."""
    since = OrderStep.objects.filter(order=OuterRef("order"), turn__gt=OuterRef("step__turn"))
    decided = since.exclude(verb__in=LEAVES_HELP_OPEN)
    return OrderHandover.objects.filter(~Exists(decided), kind=HandoverKind.ASK_HELP)


def places_to_send_down(*, order: Order) -> list[Place]:
    """Return the open places one may send an order down to: on the way to its origin first, then right below."""
    way = Q(links_down__descendant=order.origin_place_id, links_down__during__upper_inf=True)
    below = Place.objects.filter(links_up__ancestor=order.holder_place_id, links_up__during__upper_inf=True)
    open_below = below.exclude(pk=order.holder_place_id).filter(state=PlaceState.OPEN)
    # the nearest to the resident last: whoever is right below the holder is asked first
    nearest = list(open_below.filter(way).order_by("-links_down__depth"))
    others = open_below.filter(parent=order.holder_place_id).exclude(pk__in=[place.pk for place in nearest])
    return nearest + list(others.order_by("sort_code", "id"))


def waiting_since(*, order: Order) -> datetime:
    """Return since when an order waits for a team, whoever was asked meanwhile without agreeing."""
    moved = Q(part_id=None) & ~Q(verb__in=KEEPING) | Q(part_id__isnull=False) & ~Q(from_state=F("to_state"))
    steps = OrderStep.objects.filter(moved, order=order, machine=Machine.ORDER).exclude(verb__in=SEEKING)
    return steps.order_by("-turn").values_list("at", flat=True)[0]
