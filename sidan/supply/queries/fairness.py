"""Who is served again and again, and who is not served at all: places, kinds of service, groups (R-Z6)."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.db.models import Count, Q

from sidan.analytics.policies import Period
from sidan.analytics.queries import figures_of_each, last_days_of_each, place_figures
from sidan.catalogue.models import Category, TeamService
from sidan.people.enums import TeamState
from sidan.places.enums import PlaceKind, PlaceState, Setting
from sidan.places.models import Place, PlaceLink
from sidan.places.queries import ancestor_ids, subtree_of
from sidan.supply.policies import is_often, usual
from sidan.wishes.enums import ForWhom

SERVED: Final = "orders.served"
ASKED: Final = "orders.category"
WHERE_PEOPLE_LIVE: Final = (PlaceKind.STATION, PlaceKind.POINT, PlaceKind.BASE)
"""An institute's or a center's own people are few; its villages are what is asked about."""


@dataclass(frozen=True, slots=True)
class PlaceServed:
    """A village with what came to it in a time."""

    place: Place
    asked: int
    visits: int
    last: date | None
    is_often: bool

    @property
    def is_forgotten(self) -> bool:
        return self.visits == 0


def last_days(*, today: date, days: int) -> Period:
    """Return the period of so many days that ends today."""
    return Period(today - timedelta(days=days - 1), today)


def places_served(*, root: Place, today: date, days: int) -> list[PlaceServed]:
    """Return every open village at or below a place: those that nobody served first, then by how often."""
    counts = figures_of_each(root=root, figures=[SERVED, ASKED], period=last_days(today=today, days=days))
    last = last_days_of_each(root=root, figure=SERVED)
    rows = subtree_of(place_id=root.pk).filter(kind__in=WHERE_PEOPLE_LIVE, state=PlaceState.OPEN)
    places = list(rows.select_related("parent").order_by("sort_code", "id"))
    visits = {place.pk: counts[place.pk].total(SERVED) if place.pk in counts else 0 for place in places}
    middle = usual(visits.values())
    told = [
        PlaceServed(
            place=place,
            asked=counts[place.pk].total(ASKED) if place.pk in counts else 0,
            visits=visits[place.pk],
            last=last.get(place.pk),
            is_often=is_often(count=visits[place.pk], usual=middle, days=days),
        )
        for place in places
    ]
    return sorted(told, key=_by_need)


def _by_need(row: PlaceServed) -> tuple[object, ...]:
    if row.is_forgotten:
        return (0, -row.asked, row.last or date.min)
    return (1, -row.visits, row.last or date.min)


@dataclass(frozen=True, slots=True)
class KindServed:
    """A kind of service: asked for, done, and how many teams do it here."""

    category: Category
    asked: int
    visits: int
    teams: int


def kinds_served(*, root: Place, today: date, days: int) -> list[KindServed]:
    """Return the kinds that nobody gave here in a time, or that no team serves: the most wanted first."""
    found = place_figures(root=root, figures=[SERVED, ASKED], period=last_days(today=today, days=days)).total
    asked, visits = found.parts(ASKED), found.parts(SERVED)
    near = Q(area__in=ancestor_ids(place_id=root.pk)) | Q(
        area__in=PlaceLink.objects.filter(ancestor=root, during__upper_inf=True).values("descendant")
    )
    serving = TeamService.objects.filter(near, team__state=TeamState.ACTIVE).order_by().values("category")
    teams = dict(serving.annotate(count=Count("team", distinct=True)).values_list("category", "count"))
    parents = set(Category.objects.exclude(parent=None).values_list("parent_id", flat=True))
    rows = [
        KindServed(one, asked.get(one.code, 0), visits.get(one.code, 0), _teams(one, teams))
        for one in Category.objects.filter(is_active=True)
        if one.code not in parents or asked.get(one.code)
    ]
    unserved = [row for row in rows if not row.visits or not row.teams]
    return sorted(unserved, key=lambda row: (-row.asked, row.teams, row.category.position, row.category.code))


def _teams(category: Category, teams: dict[str, int]) -> int:
    """A team that serves a whole group of kinds serves each kind of it."""
    return teams.get(category.code, 0) + (teams.get(category.parent_id, 0) if category.parent_id else 0)


@dataclass(frozen=True, slots=True)
class GroupServed:
    """A group of people: how many of it there are where that is known, what it asked for, what it got."""

    label: str
    members: int | None
    left_out: int | None
    """How many of its places nobody served."""
    asked: int
    got: int


def groups_served(
    *, root: Place, today: date, days: int, places: Iterable[PlaceServed]
) -> tuple[list[GroupServed], list[GroupServed]]:
    """Return groups by where they are (villages, schools, companies …) and, of wishes, by whom they were for."""
    members: Counter[str] = Counter()
    left_out: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    visits: Counter[str] = Counter()
    for row in places:
        setting = row.place.setting
        members[setting] += 1
        left_out[setting] += row.is_forgotten
        asked[setting] += row.asked
        visits[setting] += row.visits
    settings = [
        GroupServed(str(Setting(code).label), members[code], left_out[code], asked[code], visits[code])
        for code in Setting.values
        if members[code]
    ]
    wished = place_figures(
        root=root, figures=["wishes.for_whom", "wishes.granted"], period=last_days(today=today, days=days)
    ).total
    whom = [
        GroupServed(str(one.label), None, None, wished.of("wishes.for_whom", one), wished.of("wishes.granted", one))
        for one in ForWhom
    ]  # fmt: skip
    return settings, whom
