"""Menus as those who draw them up see them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from sidan.catalogue.enums import ProjectState
from sidan.catalogue.models import Menu, MenuItem, Project
from sidan.catalogue.queries.menu import fits_menu_of
from sidan.core.search import search_q
from sidan.places.models import Place
from sidan.places.queries import children_of


@dataclass(frozen=True, slots=True)
class MonthRow:
    """A month of a place's year: its menu, if there is one."""

    month: date
    menu: Menu | None
    items: int
    is_past: bool


def months_of(*, place_id: int, today: date, before: int = 3, after: int = 2) -> list[MonthRow]:
    """Return the months around today, newest first, with the menu of each: one query."""
    this = today.year * 12 + today.month - 1
    months = [date(number // 12, number % 12 + 1, 1) for number in range(this + after, this - before - 1, -1)]
    menus = Menu.objects.filter(place=place_id, month__in=months).annotate(item_count=Count("items"))
    found = {menu.month: menu for menu in menus}
    return [
        MonthRow(
            month=month,
            menu=found.get(month),
            items=found[month].item_count if month in found else 0,
            is_past=month < today.replace(day=1),
        )
        for month in months
    ]


def menus_of(*, place_id: int) -> QuerySet[Menu]:
    """Return all menus of a place."""
    return Menu.objects.filter(place=place_id).select_related("place")


def item_counts(*, menu_ids: Iterable[int]) -> dict[int, int]:
    """Return how many projects are on each of some menus: one query; a menu with none is left out."""
    rows = MenuItem.objects.filter(menu__in=list(menu_ids)).order_by().values_list("menu_id")
    return dict(rows.annotate(count=Count("id")))


def menu_of_month(*, uuid: UUID) -> Menu | None:
    """Return a menu with its place. Menus are public once published; who edits them is asked separately."""
    return Menu.objects.select_related("place").filter(uuid=uuid).first()


def items_of(*, menu_id: int) -> QuerySet[MenuItem]:
    """Return a menu's items in order, with what their rows show."""
    return MenuItem.objects.filter(menu=menu_id).select_related(
        "project", "project__category", "project__team", "project__area"
    )


def addable_projects(*, menu: Menu, words: str = "") -> QuerySet[Project]:
    """Return the published projects that may be put on this menu and are not on it yet, newest first."""
    rows = Project.objects.filter(
        fits_menu_of(place_id=menu.place_id),
        search_q("search", words),
        Q(county=menu.county_id) | Q(county=None),
        state=ProjectState.PUBLISHED,
    )
    return (
        rows.exclude(pk__in=menu.items.values("project")).select_related("category", "team").order_by("-id")
    )


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """How a place below stands: its menu of this month and of the next, if there are any."""

    place: Place
    this_month: Menu | None
    next_month: Menu | None


def months_below(*, place_id: int, today: date) -> list[PlaceRow]:
    """Return the open places right below a place with their menus of this month and next: two queries."""
    this = today.replace(day=1)
    following = date(this.year + this.month // 12, this.month % 12 + 1, 1)
    places = list(children_of(place_id=place_id))
    menus = Menu.objects.filter(place__in=places, month__in=[this, following])
    found = {(menu.place_id, menu.month): menu for menu in menus}
    return [
        PlaceRow(
            place=place, this_month=found.get((place.pk, this)), next_month=found.get((place.pk, following))
        )
        for place in places
    ]
