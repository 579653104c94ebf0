"""What staff see of wishes, and what they choose from."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final

from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce

from sidan.catalogue.queries import MenuCard, MenuFilter, menu_at
from sidan.core.search import search_q
from sidan.orders.enums import Urgency
from sidan.people.enums import MANAGING_ROLES, TeamState
from sidan.people.models import Person, Team
from sidan.people.queries import accounts_with_roles, nearest_place_with_roles
from sidan.places.models import Place
from sidan.places.queries import within
from sidan.wishes.enums import ENDED, OVER, WishState
from sidan.wishes.models import Wish, WishOrder
from sidan.wishes.queries.finding import goes_on_q

CHIPS: Final[dict[str, frozenset[str]]] = {
    "": frozenset({WishState.SUBMITTED.value}),
    "on_wall": frozenset({WishState.ON_WALL.value}),
    "adopted": frozenset({WishState.ADOPTED.value}),
    "in_hand": frozenset({WishState.IN_HAND.value}),
    "order_over": frozenset({WishState.IN_HAND.value}),
    "ended": frozenset(state.value for state in ENDED),
}
MOST_SERVICES: Final = 60
MOST_TEAMS: Final = 300
MOST_DRAFTERS: Final = 5
LONG_AGO: Final = datetime(2000, 1, 1, tzinfo=UTC)
FAR_OFF: Final = datetime(3000, 1, 1, tzinfo=UTC)
"""What speaks of danger to life stands before everything that is due, and what has no limit after it."""


_ORDERS: Final = WishOrder.objects.filter(wish=OuterRef("pk"))
_ORDER_OVER: Final = (
    Q(state=WishState.IN_HAND) & Q(Exists(_ORDERS)) & ~Q(Exists(_ORDERS.filter(goes_on_q(OVER))))
)
"""It is being arranged, and nobody is at work for any order of it: the office says what follows."""


@dataclass(frozen=True, slots=True)
class WishFilter:
    """What the reader chose above the list."""

    chip: str = ""
    for_whom: str = ""
    place_id: int | None = None
    text: str = ""


def desk(*, chosen: WishFilter) -> QuerySet[Wish]:
    """Return the wishes in scope behind a chip that fit, with the names a row shows."""
    states = CHIPS.get(chosen.chip, CHIPS[""])
    rows = _filtered(chosen).filter(state__in=sorted(states)).select_related("place")
    rows = rows.annotate(is_order_over=_ORDER_OVER)
    rows = rows.filter(is_order_over=True) if chosen.chip == "order_over" else rows
    danger = Case(When(urgency=Urgency.DANGER, then=Value(LONG_AGO)))
    return rows.annotate(place_key=F("place__path_names"), due_key=Coalesce(danger, "due_at", Value(FAR_OFF)))


def desk_counts(*, chosen: WishFilter) -> dict[str, int]:
    """Return how many wishes stand behind each chip but the last, which grows with the years."""
    rows = _filtered(chosen).exclude(state__in=sorted(ENDED)).order_by().values_list("state")
    over = Count("pk", filter=_ORDER_OVER)
    told = list(rows.annotate(count=Count("pk"), over=over).values_list("state", "count", "over"))
    by_state = {state: count for state, count, _over in told}
    counts = {
        chip: sum(by_state.get(state, 0) for state in states)
        for chip, states in CHIPS.items()
        if chip != "ended"
    }
    return counts | {"order_over": sum(over for _state, _count, over in told)}


def _filtered(chosen: WishFilter) -> QuerySet[Wish]:
    rows = Wish.objects.filter(search_q("search", chosen.text))
    if chosen.for_whom:
        rows = rows.filter(for_whom=chosen.for_whom)
    if chosen.place_id:
        rows = rows.filter(within(field="place", root_ids=(chosen.place_id,)))
    return rows


def services_for(*, wish: Wish, today: date, words: str = "") -> list[MenuCard]:
    """Return what can be ordered where the wish arose."""
    return menu_at(
        place_id=wish.place_id, today=today, wanted=MenuFilter(words=words), limit=MOST_SERVICES
    ).cards


@dataclass(frozen=True, slots=True)
class Drafters:
    """Who can draft a service for a wish: the managers and directors of a place, by name, the first few."""

    place: Place
    names: list[str]


def drafters_for(*, wish: Wish) -> Drafters | None:
    """Return who drafts services where the wish arose, else at the nearest place above; nothing where nobody does."""
    place_id = nearest_place_with_roles(place_id=wish.place_id, roles=MANAGING_ROLES)
    if place_id is None:
        return None
    accounts = accounts_with_roles(place_id=place_id, roles=MANAGING_ROLES)
    persons = Person.objects.filter(account__in=accounts[:MOST_DRAFTERS]).order_by("id")
    return Drafters(place=Place.objects.get(pk=place_id), names=list(persons.values_list("name", flat=True)))


def teams_for_project(*, wish: Wish) -> list[Team]:
    """Return the active teams of the county, for a new project."""
    rows = Team.objects.filter(county=wish.county_id, state=TeamState.ACTIVE).select_related("place")
    return list(rows.order_by("pinyin", "id")[:MOST_TEAMS])
