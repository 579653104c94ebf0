"""The console's first page: what waits for this person now, as tiles that lead to the work."""

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sidan.catalogue.queries import review_count
from sidan.core.actor import Actor
from sidan.notify.queries import unread_count
from sidan.orders.enums import TO_DISPATCH, OrderState
from sidan.orders.models import Order
from sidan.orders.permissions import sees_what_others_hold
from sidan.orders.queries import held_by_us
from sidan.people.enums import DISPATCHING_ROLES, HOLDING_ROLES, MANAGING_ROLES, STAFF_ROLES
from sidan.web.navigation import Group, console_nav, url_of

WAITING: Final = TO_DISPATCH | {OrderState.SUBMITTED}


@dataclass(frozen=True, slots=True)
class Tile:
    """A number of things that wait, and where to do them."""

    label: str | Promise
    count: int
    url: str
    icon: str


@dataclass(frozen=True, slots=True)
class Desk:
    """What the page shows: tiles of waiting work, and every door of the rail."""

    tiles: list[Tile]
    groups: list[Group]


def desk_roles(actor: Actor) -> bool:
    """Tell whether somebody works in the console: staff and team leaders do."""
    return bool(STAFF_ROLES & actor.roles or actor.led_team_ids)


def desk_of(*, actor: Actor) -> Desk | None:
    """Return the desk of staff and team leaders; nobody else has one."""
    if not desk_roles(actor):
        return None
    return Desk(tiles=_tiles(actor), groups=console_nav(actor=actor, path=""))


def _waiting(actor: Actor) -> int:
    """How many orders wait for a decision of this person: what others hold waits for others."""
    rows = Order.objects.filter(state__in=WAITING)
    return (held_by_us(rows) if sees_what_others_hold(actor) else rows).count()


def _tiles(actor: Actor) -> list[Tile]:
    tiles = []
    queue, projects, inbox = url_of("orders:queue"), url_of("catalogue:review"), url_of("notify:inbox")
    if (DISPATCHING_ROLES | HOLDING_ROLES) & actor.roles and queue:
        tiles.append(Tile(_("Orders waiting for a decision"), _waiting(actor), queue, icon="inbox"))
    if MANAGING_ROLES & actor.roles and projects:
        tiles.append(Tile(_("Projects waiting for review"), review_count(), projects, icon="search-check"))
    if inbox:
        tiles.append(Tile(_("Unread messages"), unread_count(actor=actor), inbox, icon="bell"))
    return tiles
