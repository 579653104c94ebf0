"""Questions about places."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from django.db.models import Case, Count, Exists, IntegerField, OuterRef, Q, QuerySet, When

from sidan.core.scope import Scope, nothing
from sidan.core.search import search_q
from sidan.places.coordinates import Point
from sidan.places.enums import PARENT_KINDS, PlaceKind, PlaceState
from sidan.places.models import Division, Place, PlaceChange, PlaceLink, PlacePhoto

HISTORY_SHOWN: Final = 50


def scope_condition(scope: Scope, *, place: str, county: str) -> Q:
    """Return the condition "this row belongs to a subtree the scope may see".

    A grant at a center is answered by the county column alone; below it by the dated closure of today. A grant above
    the county (city, province) uses the closure as well: it is a list of a few centers.
    """
    condition = nothing()
    if scope.whole_county_ids:
        condition |= Q(**{f"{county}__in": scope.whole_county_ids})
    if scope.root_ids:
        condition |= within(field=place, root_ids=scope.root_ids)
    return condition


def within(*, field: str, root_ids: Sequence[int]) -> Q:
    """Return the condition "stands at one of these places or below it, today"."""
    links = PlaceLink.objects.filter(
        ancestor__in=root_ids, descendant=OuterRef(field), during__upper_inf=True
    )
    return Q(Exists(links))


def ancestor_ids(*, place_id: int) -> frozenset[int]:
    """Return the ids of a place and all above it, today: one indexed query."""
    return frozenset(
        PlaceLink.objects.filter(descendant=place_id, during__upper_inf=True).values_list(
            "ancestor_id", flat=True
        )
    )


def subtree_ids(*, place_id: int) -> frozenset[int]:
    """Return the ids of a place and all below it, today."""
    return frozenset(
        PlaceLink.objects.filter(ancestor=place_id, during__upper_inf=True).values_list(
            "descendant_id", flat=True
        )
    )


def stands_within(*, place_id: int, root_ids: tuple[int, ...]) -> bool:
    """Tell whether a place stands in the subtree of any of the roots, today."""
    if not root_ids:
        return False
    if place_id in root_ids:
        return True
    return PlaceLink.objects.filter(
        ancestor__in=root_ids, descendant=place_id, during__upper_inf=True
    ).exists()


def place_by_uuid(*, uuid: UUID | str) -> Place | None:
    """Find a place by its public id."""
    return Place.objects.select_related("county", "parent").filter(uuid=uuid).first()


def photo_id(*, place_id: int, file_uuid: UUID) -> int | None:
    """Return the inner id of a picture of a place by the public one of its file."""
    rows = PlacePhoto.objects.filter(place=place_id, file__uuid=file_uuid)
    return rows.values_list("pk", flat=True).first()


def place_of(*, place_id: int) -> Place | None:
    """Find a place by its inner id, with its parent and county."""
    return Place.objects.select_related("county", "parent").filter(pk=place_id).first()


def place_point(*, place_id: int) -> Point | None:
    """Return where a place lies, with the system of its coordinates, or nothing where nobody has said it."""
    row = Place.objects.filter(pk=place_id).values_list("longitude", "latitude", "coordinate_system").first()
    if row is None or row[0] is None or row[1] is None:
        return None
    return Point(longitude=float(row[0]), latitude=float(row[1]), system=row[2])


def children_of(*, place_id: int | None) -> QuerySet[Place]:
    """Return the open places right under a place (None: the roots), in official order."""
    return Place.objects.filter(parent=place_id).exclude(state=PlaceState.CLOSED).order_by("sort_code", "id")


def ancestors_of(*, place_id: int, on: date | None = None) -> list[Place]:
    """Return the places above a place, the uppermost first; on a past day as they stood then."""
    during = Q(links_down__during__contains=on) if on else Q(links_down__during__upper_inf=True)
    rows = Place.objects.filter(during, links_down__descendant=place_id, links_down__depth__gt=0)
    return list(rows.order_by("-links_down__depth"))


def subtree_of(*, place_id: int) -> QuerySet[Place]:
    """Return a place and all below it today, closed ones too."""
    return Place.objects.filter(links_up__ancestor=place_id, links_up__during__upper_inf=True)


def open_places(
    *, query: str = "", kind: str = "", under: int | None = None, state: str = ""
) -> QuerySet[Place]:
    """Return places by name, pinyin, initials or code, kind, state, subtree; only open ones unless a state is asked."""
    rows = Place.objects.all() if under is None else subtree_of(place_id=under)
    rows = rows.filter(state=state) if state else rows.exclude(state=PlaceState.CLOSED)
    if kind:
        rows = rows.filter(kind=kind)
    if query:
        code = query.strip()
        is_code = code.isascii() and code.isdigit()
        rows = rows.filter(
            search_q("search", query) | (Q(sort_code__startswith=code) if is_code else nothing())
        )
    return rows


def place_ids(*, uuids: Iterable[UUID]) -> list[int]:
    """Return the inner ids of some places; one that is not there is left out."""
    wanted = list(uuids)
    return list(Place.objects.filter(uuid__in=wanted).values_list("pk", flat=True)) if wanted else []


def picker_places(*, query: str, under: Sequence[int] = (), limit: int = 20) -> list[Place]:
    """Return the few places that a picker offers: the best match first, larger places before smaller ones."""
    rows = open_places(query=query)
    if under:
        rows = rows.filter(pk__in=ids_within(root_ids=under))
    if query:
        typed = query.strip().lower()
        rows = rows.annotate(
            near=Case(
                When(short_name=query.strip(), then=0),
                When(Q(short_name__startswith=query.strip()) | Q(pinyin__startswith=typed), then=1),
                default=2,
                output_field=IntegerField(),
            )
        ).order_by("near", "path_names", "id")
    else:
        rows = rows.order_by("sort_code", "id")
    return list(rows[:limit])


@dataclass(frozen=True, slots=True)
class Branch:
    """One line of the drawn tree."""

    place: Place
    depth: int
    child_count: int


def tree_under(*, root_ids: Iterable[int]) -> list[Branch]:
    """Return the open places of some subtrees in the order in which a tree is drawn, with their depth: two queries."""
    roots = list(root_ids)
    places = list(
        Place.objects.filter(links_up__ancestor__in=roots, links_up__during__upper_inf=True)
        .exclude(state=PlaceState.CLOSED)
        .order_by("sort_code", "id")
        .distinct()
    )
    below: dict[int | None, list[Place]] = defaultdict(list)
    known = {place.pk for place in places}
    for place in places:
        below[place.parent_id if place.parent_id in known else None].append(place)
    drawn: list[Branch] = []
    todo = [(place, 0) for place in reversed(below[None])]
    while todo:
        place, depth = todo.pop()
        children = below[place.pk]
        drawn.append(Branch(place=place, depth=depth, child_count=len(children)))
        todo += [(child, depth + 1) for child in reversed(children)]
    return drawn


@dataclass(frozen=True, slots=True)
class PlacePage:
    """What the page of a place shows of this app."""

    place: Place
    above: list[Place]
    children: list[Place]
    photos: list[PlacePhoto]
    changes: list[PlaceChange]
    parent_names: dict[int, str]
    """Short names of the parents that the history speaks of."""


def place_page(*, uuid: UUID | str) -> PlacePage | None:
    """Gather the page of a place: six queries, whatever there is to show."""
    place = Place.objects.select_related("county", "parent", "division").filter(uuid=uuid).first()
    if place is None:
        return None
    changes = list(
        PlaceChange.objects.filter(place=place)
        .select_related("actor__person")
        .order_by("-id")[:HISTORY_SHOWN]
    )
    parents = {row.get("parent") for change in changes for row in (change.before, change.after)} - {None}
    return PlacePage(
        place=place,
        above=ancestors_of(place_id=place.pk),
        children=list(children_of(place_id=place.pk)),
        photos=list(PlacePhoto.objects.filter(place=place).select_related("file")),
        changes=changes,
        parent_names=dict(Place.objects.filter(pk__in=parents).values_list("pk", "short_name")),
    )


def used_files(file_ids: Sequence[int]) -> set[int]:
    """Return which stored files a place shows; what no app uses is removed after a day."""
    return set(PlacePhoto.objects.filter(file__in=file_ids).values_list("file_id", flat=True))


def movable_under(*, place: Place) -> QuerySet[Place]:
    """Return the open places of the same county (for a center: of the tree) under which a place may stand."""
    kinds = PARENT_KINDS[place.kind]
    rows = (
        Place.objects.filter(kind__in=kinds).exclude(state=PlaceState.CLOSED).exclude(pk=place.parent_id or 0)
    )
    if place.kind != PlaceKind.CENTER:
        rows = rows.filter(county=place.county_id)
    below = PlaceLink.objects.filter(ancestor=place, during__upper_inf=True).values("descendant")
    return rows.exclude(pk__in=below).order_by("path_names", "id")


def divisions_under(*, code: str = "") -> QuerySet[Division]:
    """Return the official divisions right under one (none: the provinces), as a form offers them."""
    return Division.objects.filter(parent_code=code, withdrawn_on=None).order_by("code")


def ids_within(*, root_ids: Sequence[int]) -> QuerySet[PlaceLink, int]:
    """Return, as a subquery, the ids of some places and all below them today."""
    links = PlaceLink.objects.filter(ancestor__in=root_ids, during__upper_inf=True)
    return links.values_list("descendant_id", flat=True)


def ids_named(*, query: str) -> QuerySet[PlaceLink, int]:
    """Return, as a subquery, the ids of the open places that a query names and of all below them today."""
    links = PlaceLink.objects.filter(
        ancestor__in=open_places(query=query).values("pk"), during__upper_inf=True
    )
    return links.values_list("descendant_id", flat=True)


def next_level(*, root_ids: Sequence[int]) -> list[Branch]:
    """Return some places and the open ones right under them, each with how many stand under it."""
    is_open = ~Q(children__state=PlaceState.CLOSED)
    rows = Place.objects.filter(Q(pk__in=root_ids) | Q(parent__in=root_ids)).exclude(state=PlaceState.CLOSED)
    counted = rows.annotate(open_children=Count("children", filter=is_open)).order_by("sort_code", "id")
    roots = [place for place in counted if place.pk in root_ids]
    drawn: list[Branch] = []
    for root in roots:
        drawn.append(Branch(place=root, depth=0, child_count=root.open_children))
        drawn += [
            Branch(place=place, depth=1, child_count=place.open_children)
            for place in counted
            if place.parent_id == root.pk and place.pk not in root_ids
        ]
    return drawn


def places_to_choose(
    *, root_ids: Iterable[int], alone: Iterable[int] = (), kinds: Iterable[str] = ()
) -> QuerySet[Place]:
    """Return the places to choose one of, in official order: some with all below them, and others `alone`; none closed.

    Of some kinds only, if any are named.
    """
    below = Q(pk__in=ids_within(root_ids=list(root_ids)))
    rows = open_places().filter(below | Q(pk__in=list(alone)))
    if of_kind := list(kinds):
        rows = rows.filter(kind__in=of_kind)
    return rows.order_by("sort_code", "id")


def places_at_work(*, root_ids: Iterable[int]) -> QuerySet[Place]:
    """Return those of the places to choose one of that are open already, not only planned."""
    return places_to_choose(root_ids=root_ids).filter(state=PlaceState.OPEN)


def places_to_filter(*, root_ids: Iterable[int]) -> list[Place]:
    """Return the places of one's office and those right under them, in official order."""
    roots = list(root_ids)
    rows = Place.objects.filter(Q(pk__in=roots) | Q(parent__in=roots)).exclude(state="closed")
    return list(
        rows.only("uuid", "name", "short_name", "name_en", "path_names", "path_names_en").order_by(
            "sort_code", "id"
        )
    )
