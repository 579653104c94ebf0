"""Where one can go: the portal's tabs and the console's rail, from top to bottom as the loop runs.

An entry whose page does not exist in this installation is not shown, nor one that the actor's roles do not open.
Showing is a courtesy, not a protection: every page checks for itself.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sidan.core.actor import Actor
from sidan.mediation.permissions import MEDIATING_ROLES
from sidan.people.enums import (
    ACCOUNT_ROLES,
    DISPATCHING_ROLES,
    ENTERING_ROLES,
    FIGURE_ROLES,
    MANAGING_ROLES,
    ORDER_STAFF_ROLES,
    PEOPLE_ROLES,
    Role,
)

ANYONE: Final[frozenset[str]] = frozenset()


@dataclass(frozen=True, slots=True)
class Door:
    """One place to go. Empty `roles` means everybody; `leads` opens it to those who lead a team."""

    label: str | Promise
    url_name: str
    icon: str
    roles: frozenset[str] = ANYONE
    leads: bool = False

    def opens_to(self, actor: Actor) -> bool:
        """Tell whether the actor is shown this door."""
        return not self.roles or bool(self.roles & actor.roles) or (self.leads and bool(actor.led_team_ids))


@dataclass(frozen=True, slots=True)
class Link:
    """A door as a page shows it."""

    label: str | Promise
    url: str
    icon: str
    active: bool


@dataclass(frozen=True, slots=True)
class Group:
    """Doors of the rail under one heading."""

    label: str | Promise
    links: list[Link]


PORTAL_TABS: Final = (
    Door(_("Home"), "web:home", icon="house"),
    Door(_("Services"), "catalogue:services", icon="heart-handshake"),
    Door(_("My orders"), "orders:mine", icon="clipboard-list"),
    Door(_("Me"), "people:me", icon="user-round"),
)

RAIL: Final[tuple[tuple[str | Promise, tuple[Door, ...]], ...]] = (
    (
        _("The loop"),
        (
            Door(_("Menus"), "catalogue:menus", icon="book-open-text", roles=MANAGING_ROLES),
            Door(_("Projects"), "catalogue:projects", icon="library", roles=MANAGING_ROLES | {Role.LEADER}),
            Door(_("Enter an order"), "orders:enter", icon="clipboard-pen", roles=ENTERING_ROLES),
            Door(_("Telephone desk"), "desk:phone", icon="phone", roles=ENTERING_ROLES),
            Door(_("Orders and dispatch"), "orders:queue", icon="inbox", roles=ORDER_STAFF_ROLES),
            Door(
                _("Team board"),
                "orders:board",
                icon="square-kanban",
                roles=frozenset({Role.LEADER}),
                leads=True,
            ),
            Door(_("Needs"), "needs:desk", icon="list-checks", roles=ORDER_STAFF_ROLES),
            Door(_("Wishes"), "wishes:desk", icon="sparkles", roles=ORDER_STAFF_ROLES),
            Door(_("Reviews"), "orders:reviews", icon="star", roles=DISPATCHING_ROLES),
            Door(_("Call-backs"), "reviews:calls", icon="phone-outgoing", roles=ENTERING_ROLES),
        ),
    ),
    (
        pgettext_lazy("heading", "People and places"),
        (
            Door(_("Volunteers"), "people:volunteers", icon="users-round", roles=PEOPLE_ROLES),
            Door(_("Teams"), "people:teams", icon="flag", roles=ORDER_STAFF_ROLES, leads=True),
            Door(_("Service hours"), "hours:desk", icon="clock", roles=PEOPLE_ROLES),
            Door(_("Certificates"), "honours:desk", icon="scroll-text", roles=PEOPLE_ROLES),
            Door(_("Stars and titles"), "honours:proposals", icon="star", roles=PEOPLE_ROLES),
            Door(_("Mediation"), "mediation:cases", icon="scale", roles=MEDIATING_ROLES),
            Door(_("Places"), "places:tree", icon="map-pin-house", roles=MANAGING_ROLES),
            Door(_("Buses, fairs, stands"), "places:staff_pop_ups", icon="bus", roles=ORDER_STAFF_ROLES),
            Door(_("Plans"), "plans:desk", icon="calendar-days", roles=ORDER_STAFF_ROLES),
            Door(_("Campaigns"), "campaigns:desk", icon="route", roles=ORDER_STAFF_ROLES),
            Door(_("Activities"), "activities:desk", icon="calendar-heart", roles=ORDER_STAFF_ROLES),
            Door(_("Ledger of activities"), "dossiers:desk", icon="folder-check", roles=ORDER_STAFF_ROLES),
            Door(
                pgettext_lazy("door", "Stalls of fairs"), "fairs:desk", icon="store", roles=ORDER_STAFF_ROLES
            ),
            Door(_("Talks"), "lectures:desk", icon="presentation", roles=ORDER_STAFF_ROLES),
            Door(_("Evening schools"), "schools:desk", icon="school", roles=ORDER_STAFF_ROLES),
            Door(_("Rotas"), "rotas:rotas", icon="calendar-clock", roles=ORDER_STAFF_ROLES),
            Door(_("Bookings of rooms"), "bookings:desk", icon="calendar-check", roles=ORDER_STAFF_ROLES),
            Door(_("Rooms"), "bookings:staff_rooms", icon="door-open", roles=ORDER_STAFF_ROLES),
            Door(_("Terminals"), "kiosk:terminals", icon="monitor-smartphone", roles=PEOPLE_ROLES),
        ),
    ),
    (
        pgettext_lazy("heading", "Figures and settings"),
        (
            Door(_("Time limits"), "limits:home", icon="alarm-clock", roles=ORDER_STAFF_ROLES),
            Door(_("Figures"), "analytics:figures", icon="chart-column", roles=FIGURE_ROLES),
            Door(_("Supply and demand"), "supply:demand", icon="chart-no-axes-combined", roles=FIGURE_ROLES),
            Door(_("Who is served"), "supply:fairness", icon="hand-heart", roles=FIGURE_ROLES),
            Door(_("Times that stand out"), "orders:standing_out", icon="clock-alert", roles=FIGURE_ROLES),
            Door(
                _("Accounts and roles"),
                "people:accounts",
                icon="key-round",
                roles=ACCOUNT_ROLES,
            ),
            Door(
                _("Sentences to send with a tap"),
                "talk:phrases",
                icon="message-circle",
                roles=frozenset({Role.MANAGER}),
            ),
            Door(_("Messages out"), "notify:outbox", icon="mail", roles=frozenset({Role.SYSTEM_ADMIN})),
            Door(
                _("Audit trail"),
                "audit:trail",
                icon="scroll-text",
                roles=frozenset({Role.AUDIT_ADMIN, Role.SECURITY_ADMIN}),
            ),
        ),
    ),
)


@cache
def url_of(url_name: str) -> str:
    """Return the address of a page, or nothing where its app is not part of this installation."""
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return ""


def _links(doors: tuple[Door, ...], *, actor: Actor, path: str) -> Iterator[Link]:
    for door in doors:
        url = url_of(door.url_name)
        if url and door.opens_to(actor):
            active = path == url or (url != "/" and path.startswith(url))
            yield Link(door.label, url, door.icon, active)


def portal_tabs(*, actor: Actor, path: str) -> list[Link]:
    """Return the portal's tabs."""
    return list(_links(PORTAL_TABS, actor=actor, path=path))


def is_in_rail(path: str) -> bool:
    """Tell whether a door of the rail leads to this very page."""
    return bool(path) and any(path == url_of(door.url_name) for _label, doors in RAIL for door in doors)


def console_nav(*, actor: Actor, path: str) -> list[Group]:
    """Return the rail's groups that have something for this actor."""
    groups = [Group(label, list(_links(doors, actor=actor, path=path))) for label, doors in RAIL]
    return [group for group in groups if group.links]
