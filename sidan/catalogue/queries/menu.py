"""What residents of a place can order today: read at every visit of the portal, so few queries and light rows.

A place shows its own menu, its institute's and its center's: of each the newest published one that is not of a later
month. From these, the published projects whose area covers the place, each once, the nearest place's order first.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from sidan.catalogue.enums import MenuState, Mode, ProjectState
from sidan.catalogue.models import Category, Menu, MenuItem, Project, ProjectPhoto
from sidan.catalogue.queries.capacity import rooms_in
from sidan.core.compiled import PublicRows
from sidan.core.database import is_among
from sidan.core.errors import BadRequest
from sidan.core.language import shown
from sidan.core.search import search_q
from sidan.places.enums import INSIDE_COUNTY
from sidan.places.models import PlaceLink

PAGE_SIZE: Final = 24
_CARD: Final = (
    "pk", "uuid", "title", "title_en", "summary", "summary_en", "mode", "duration_minutes", "people_needed",
    "month_capacity", "category__icon", "category__name", "category__name_en", "team__name", "team__name_en",
)  # fmt: skip
# Of a link up: the place itself, whatever it is, and what stands above it inside its county.
_HAS_ITS_MENU_SHOWN: Final = Q(depth=0) | Q(ancestor__kind__in=INSIDE_COUNTY)


Naming = Callable[[str], Sequence[int]]
_naming: Final[list[Naming]] = []


def register_naming(naming: Naming) -> None:
    """Let words also find the projects that a higher app knows by them; called from its ready()."""
    _naming.append(naming)


@dataclass(frozen=True, slots=True)
class MenuFilter:
    """What of a menu is wanted: words, a top category, a mode."""

    words: str = ""
    category: str = ""
    mode: str = ""


@dataclass(frozen=True, slots=True)
class MenuCard:
    """A service as its card shows it, in the reader's language."""

    uuid: UUID
    title: str
    summary: str
    mode: str
    minutes: int
    people: int
    icon: str
    category: str
    team: str
    photo: UUID | None
    is_full: bool = False
    """It has as many orders for this month as it can take."""

    @property
    def mode_words(self) -> str:
        return str(Mode(self.mode).label)


@dataclass(frozen=True, slots=True)
class MenuChip:
    """A top category with how many services of it are on this menu."""

    code: str
    name: str
    icon: str
    count: int


@dataclass(frozen=True, slots=True)
class MenuPage:
    """Some services of a menu; `total` is how many match the filter, `has_menu` tells an empty menu from no match."""

    cards: list[MenuCard]
    chips: list[MenuChip]
    next_cursor: str | None
    total: int
    has_menu: bool


@dataclass(frozen=True, slots=True)
class _Item:
    rank: tuple[int, int, int]
    project_id: int
    category: str
    mode: str


def menu_at(
    *, place_id: int, today: date, wanted: MenuFilter, cursor: str = "", limit: int = PAGE_SIZE
) -> MenuPage:
    """Return what is on the menu of a place: three queries, however long the menu.

    Raises:
        BadRequest: the cursor is not of this list.
    """
    after = _rank_of(cursor)
    items = _items(place_id, today, wanted.words)
    if not items:
        has_menu = bool(wanted.words) and bool(_items(place_id, today, ""))
        return MenuPage(cards=[], chips=[], next_cursor=None, total=0, has_menu=has_menu)
    chips, root_of = _chips(items)
    matching = [
        item
        for item in items
        if (
            not wanted.category
            or root_of.get(item.category) == wanted.category
            or item.category == wanted.category
        )
        and (not wanted.mode or item.mode == wanted.mode)
    ]
    rest = [item for item in matching if after is None or item.rank > after]
    shown, more = rest[:limit], len(rest) > limit
    cards = _cards([item.project_id for item in shown], today)
    next_cursor = ".".join(map(str, shown[-1].rank)) if more else None
    return MenuPage(cards=cards, chips=chips, next_cursor=next_cursor, total=len(matching), has_menu=True)


def is_offered_at(*, project_id: int, place_id: int, today: date) -> bool:
    """Tell whether residents of a place can order a project today: it is on one of the menus the place shows."""
    return _offered(place_id, today).filter(project=project_id).exists()


def fits_menu_of(*, place_id: int) -> Q:
    """Return the condition that a project may be put on a place's menu.

    It is published and serves the place, or a part of it: a center's menu also holds what only one township gets.
    """
    links = PlaceLink.objects.filter(during__upper_inf=True)
    covers = links.filter(descendant=place_id, ancestor=OuterRef("area"))
    is_part = links.filter(ancestor=place_id, descendant=OuterRef("area"))
    return Q(Exists(covers) | Exists(is_part), state=ProjectState.PUBLISHED)


def _offered(place_id: int, today: date) -> QuerySet[MenuItem]:
    """Return the items of the newest menus of a place and of those above it whose projects serve the place."""
    above = PlaceLink.objects.filter(descendant=place_id, during__upper_inf=True)
    newest = (
        Menu.objects.filter(
            place__in=above.filter(_HAS_ITS_MENU_SHOWN).values("ancestor"),
            state=MenuState.PUBLISHED,
            month__lte=today,
        )
        .order_by("place_id", "-month")
        .distinct("place_id")
        .values("pk")
    )
    return MenuItem.objects.filter(
        menu__in=newest, project__state=ProjectState.PUBLISHED, project__area__in=above.values("ancestor")
    )


def _columns(rows: QuerySet[MenuItem], place_id: int) -> QuerySet[MenuItem, tuple[Any, ...]]:
    # The one link from the menu's place down to this place tells how near the menu is.
    to_here = {
        "menu__place__links_down__descendant": place_id,
        "menu__place__links_down__during__upper_inf": True,
    }
    return (
        rows.filter(**to_here)
        .order_by()
        .values_list(
            "menu__place__links_down__depth",
            "position",
            "id",
            "project_id",
            "project__category_id",
            "project__mode",
        )
    )


_ITEMS: Final = PublicRows(
    lambda place, today: _columns(_offered(place, today), place), place=-1, today=date.min
)


def offered_ids_at(*, place_id: int, today: date) -> frozenset[int]:
    """Return which projects residents of a place find on its menus today: one query."""
    return frozenset(item.project_id for item in _items(place_id, today, ""))


def _items(place_id: int, today: date, words: str) -> list[_Item]:
    """Return the items of a place's menus in their order, each project once, at its nearest place."""
    if words:
        named = [pk for naming in _naming for pk in naming(words)]
        fits = search_q("project__search", words) | is_among("project", named)
        rows = _offered(place_id, today).filter(fits)
        found: Iterable[Sequence[Any]] = _columns(rows, place_id)
    else:
        found = _ITEMS.rows(place=place_id, today=today)
    nearest: dict[int, _Item] = {}
    for depth, position, item_id, project_id, category, mode in found:
        item = _Item((depth, position, item_id), project_id, category, mode)
        known = nearest.get(project_id)
        if known is None or item.rank < known.rank:
            nearest[project_id] = item
    return sorted(nearest.values(), key=lambda item: item.rank)


def _chips(items: list[_Item]) -> tuple[list[MenuChip], dict[str, str]]:
    """Count the items by top category; also return each category's top one."""
    kinds = {row[0]: row for row in _KINDS.rows()}
    root_of = {code: _top_of(code, kinds) for code in kinds}
    counts: dict[str, int] = {}
    for item in items:
        top = root_of[item.category]
        counts[top] = counts.get(top, 0) + 1
    chips = [
        MenuChip(code=code, name=shown(name, name_en), icon=icon, count=counts[code])
        for code, _parent, name, name_en, icon in kinds.values()
        if code in counts
    ]
    return chips, root_of


_KINDS: Final = PublicRows(
    lambda: Category.objects.values_list("code", "parent_id", "name", "name_en", "icon")
)


def _top_of(code: str, kinds: Mapping[str, Sequence[Any]]) -> str:
    """Return the topmost kind above a kind."""
    seen = {code}
    while (above := kinds[code][1]) is not None and above not in seen:
        seen.add(above)
        code = above
    return code


def _cards(project_ids: list[int], today: date) -> list[MenuCard]:
    """Return the cards of some projects that were found on a menu, in this order."""
    cards, rows = {}, _CARDS.rows(ids=project_ids)
    rooms = rooms_in(capacities=((row[0], row[9]) for row in rows), month=today.replace(day=1))
    for (pk, uuid, title, title_en, summary, summary_en, mode, minutes, people, _capacity,
         icon, kind, kind_en, team, team_en, picture) in rows:  # fmt: skip
        cards[pk] = MenuCard(
            uuid=uuid,
            title=shown(title, title_en),
            summary=shown(summary, summary_en),
            mode=mode,
            minutes=minutes,
            people=people,
            icon=icon,
            category=shown(kind, kind_en),
            team=shown(team, team_en),
            photo=picture,
            is_full=pk in rooms and rooms[pk].is_full,
        )
    return [cards[pk] for pk in project_ids]


# Found on a published menu already, so no scope: they are public.
_CARDS: Final = PublicRows(
    lambda ids: (
        Project.unscoped.filter(is_among("pk", ids))
        .annotate(
            photo=Subquery(ProjectPhoto.objects.filter(project=OuterRef("pk")).values("file__uuid")[:1])
        )
        .values_list(*_CARD, "photo")
    ),
    ids=(-1,),
)


def _rank_of(cursor: str) -> tuple[int, int, int] | None:
    """Read a cursor: nearness, position and id of the last item seen.

    Raises:
        BadRequest
    """
    if not cursor:
        return None
    parts = cursor.split(".")
    if len(parts) != 3 or not all(part.isascii() and part.isdigit() and len(part) < 19 for part in parts):
        raise BadRequest
    return int(parts[0]), int(parts[1]), int(parts[2])
