"""What the library and the menus offer at a place and below it, beside what is asked for there."""

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db import connection
from django.db.models import Q, QuerySet

from sidan.analytics.policies import Period
from sidan.analytics.queries import place_figures
from sidan.catalogue.enums import MenuState, ProjectState
from sidan.catalogue.models import Menu, MenuItem, Project
from sidan.catalogue.queries import fits_menu_of
from sidan.needs.queries import open_needs
from sidan.places.enums import INSIDE_COUNTY
from sidan.places.models import Place, PlaceLink
from sidan.places.queries import ancestor_ids

PROJECT: Final = "orders.project"
WISHES: Final = ("wishes.state", "wishes.for_whom", "wishes.granted", "wishes.ended")

_OFFER: Final = """
newest AS (
    SELECT DISTINCT ON (place_id) id, place_id FROM catalogue_menu
    WHERE state = 'published' AND month <= %(today)s ORDER BY place_id, month DESC
), offer AS (
    SELECT DISTINCT project.category_id, project.area_id, newest.place_id AS shown_at
    FROM newest JOIN catalogue_menuitem item ON item.menu_id = newest.id
    JOIN catalogue_project project ON project.id = item.project_id AND project.state = 'published'
)
"""
_SHOWN: Final = """
FROM place
JOIN places_placelink up ON up.descendant_id = place.id AND upper_inf(up.during)
JOIN places_place holder ON holder.id = up.ancestor_id AND (up.depth = 0 OR holder.kind = ANY(%(inside)s))
JOIN offer ON offer.shown_at = up.ancestor_id
JOIN places_placelink reach ON reach.descendant_id = place.id AND reach.ancestor_id = offer.area_id
    AND upper_inf(reach.during)
"""
"""By the rule of the portal (`is_offered_at`): what the newest menus of a place and of those above it in its county
hold, if it serves the place. Above a county nobody orders."""
COVERED: Final = f"""
WITH place AS (
    SELECT link.descendant_id AS id FROM places_placelink link JOIN places_place place ON place.id = link.descendant_id
    WHERE link.ancestor_id = %(root)s AND upper_inf(link.during) AND place.state = 'open'
      AND place.kind = ANY(%(inside)s)
), {_OFFER}
SELECT offer.category_id, count(DISTINCT place.id) {_SHOWN} GROUP BY 1
UNION ALL SELECT '', count(*) FROM place
"""
"""The last row has the number of places."""
ON_MENUS: Final = f"""
WITH place AS (SELECT unnest(%(places)s::bigint[]) AS id), {_OFFER}
SELECT DISTINCT place.id, unnest(array_remove(ARRAY[offer.category_id, kind.parent_id], NULL))
{_SHOWN} JOIN catalogue_category kind ON kind.code = offer.category_id
"""
"""A service is of its kind and of the one above, as beside a need and beside a menu."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """At how many of the open places at and below a place something of a kind can be ordered."""

    covered: dict[str, int]
    places: int

    def is_whole(self, kind: str) -> bool:
        return self.covered.get(kind, 0) >= self.places


def coverage_of(*, root: Place, today: date) -> Coverage:
    """Return for each kind of service at how many places a service of it can be ordered from the menus today."""
    with connection.cursor() as cursor:
        cursor.execute(
            COVERED, {"root": root.pk, "today": today, "inside": [str(one) for one in INSIDE_COUNTY]}
        )
        counts = dict(cursor.fetchall())
    places = counts.pop("")
    return Coverage(counts, places)


@dataclass(frozen=True, slots=True)
class NeededOffMenu:
    """Open needs of one kind (or none) that no menu of their places answers, in or out of the library too."""

    kind: str
    in_library: bool
    needs: int
    voices: int


def needed_off_the_menu(*, root: Place, today: date) -> list[NeededOffMenu]:
    """Return the open needs at a place and below it whose kind is on no menu where they arose: the most voices first.

    A need without a kind cannot be compared, and is on none.
    """
    needs = open_needs(place_id=root.pk)
    shown = _kinds_on_menus({need.place_id for need in needs if need.kind}, today)
    found: dict[tuple[str, bool], list[int]] = defaultdict(list)
    for need in needs:
        if (need.place_id, need.kind) not in shown:
            found[need.kind, need.offers > 0].append(need.voices)
    rows = [NeededOffMenu(*key, needs=len(each), voices=sum(each)) for key, each in found.items()]
    return sorted(rows, key=lambda row: (-row.voices, row.kind, row.in_library))


def _kinds_on_menus(place_ids: Collection[int], today: date) -> set[tuple[int, str]]:
    """Return of which kinds something can be ordered at each of these places: one query, however many they are."""
    if not place_ids:
        return set()
    with connection.cursor() as cursor:
        inside = [str(one) for one in INSIDE_COUNTY]
        cursor.execute(ON_MENUS, {"places": list(place_ids), "today": today, "inside": inside})
        return set(cursor.fetchall())


@dataclass(frozen=True, slots=True)
class Offered:
    """A service with how often it was asked for: in the time looked at, and ever."""

    project: Project
    count: int
    ever: int


def on_the_menu(*, root: Place, today: date) -> QuerySet[Project]:
    """Return the services on the newest menu of the place, of any below it and of those above that serve it."""
    line = ancestor_ids(place_id=root.pk)
    below = PlaceLink.objects.filter(ancestor=root, during__upper_inf=True).values("descendant")
    newest = (
        Menu.objects.filter(
            Q(place__in=line) | Q(place__in=below), state=MenuState.PUBLISHED, month__lte=today
        )
        .order_by("place_id", "-month")
        .distinct("place_id")
        .values("pk")
    )
    items = MenuItem.objects.filter(menu__in=newest).values("project")
    return Project.unscoped.filter(
        fits_menu_of(place_id=root.pk), pk__in=items, state=ProjectState.PUBLISHED
    ).select_related("category", "team", "area")


def never_asked(*, root: Place, period: Period, today: date) -> list[Offered]:
    """Return what stands on the menus and nobody here asked for in a time: longest in the library first."""
    asked = _asked(root, period)
    ever = _asked(root, Period())
    rows = on_the_menu(root=root, today=today).order_by("created_at", "id")
    return [Offered(project, 0, ever[project.pk]) for project in rows if not asked[project.pk]]


def asked_off_the_menu(*, root: Place, period: Period, today: date) -> list[Offered]:
    """Return what was asked for in a time and stands on no menu now: the most wanted first."""
    asked, ever = _asked(root, period), _asked(root, Period())
    shown = set(on_the_menu(root=root, today=today).values_list("pk", flat=True))
    gone = Project.unscoped.filter(pk__in=asked.keys() - shown).select_related("category", "team", "area")
    rows = [Offered(project, asked[project.pk], ever[project.pk]) for project in gone]
    return sorted(rows, key=lambda row: (-row.count, row.project.pk))


def _asked(root: Place, period: Period) -> Counter[int]:
    found = place_figures(root=root, figures=[PROJECT], period=period).total
    return Counter({int(key): count for key, count in found.parts(PROJECT).items()})


def wishes_of(*, root: Place, period: Period) -> dict[str, dict[str, int]]:
    """Return the figures of wishes of a place with all below it, each by its parts."""
    found = place_figures(root=root, figures=WISHES, period=period).total
    return {figure: found.parts(figure) for figure in WISHES}
