"""Who is served again and again, and who is not served at all: places, kinds of service, groups (R-Z6)."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.db.models import CharField, Count, Q

from sidan.analytics.policies import Period
from sidan.analytics.queries import over_each_place, place_figures
from sidan.catalogue.enums import Audience
from sidan.catalogue.models import Category, TeamService
from sidan.catalogue.queries import audiences
from sidan.core.pagination import BadCursor, Page, decode_cursor, encode_cursor
from sidan.core.search import query_terms
from sidan.people.enums import TeamState
from sidan.places.enums import PlaceKind, PlaceState, Setting
from sidan.places.models import Place, PlaceLink
from sidan.places.queries import ancestor_ids
from sidan.supply.policies import MONTH_DAYS, OFTEN_A_MONTH, OFTEN_TIMES
from sidan.wishes.enums import ForWhom

SERVED: Final = "orders.served"
ASKED: Final = "orders.category"
WHERE_PEOPLE_LIVE: Final = (PlaceKind.STATION, PlaceKind.POINT, PlaceKind.BASE)
"""An institute's or a center's own people are few; its villages are what is asked about."""


FORGOTTEN: Final = "forgotten"
OFTEN: Final = "often"
EVERYTHING: Final = "all"
BY_NEED: Final = "need"
"""The order that is the finding itself: who was left out, the most wanted first, then who was served most."""
_KEYS: Final[dict[str, tuple[tuple[str, Callable[[str], Any]], ...]]] = {
    BY_NEED: (("part", int), ("need", int), ("since", date.fromisoformat)),
    "name": (("pinyin", str),),
    "under": (("path_names", str),),
    "asked": (("asked", int),),
    "visits": (("visits", int),),
    "last": (("since", date.fromisoformat),),
}
"""By which columns each order of the list stands, and how one is read out of a cursor; the id comes last."""
_BETWEEN: Final = "\t"
_JUDGED: Final = """
, village AS (
    SELECT place.id, place.setting,
           coalesce(sum(counted.count) FILTER (WHERE counted.figure = %(served)s), 0)::bigint AS visits,
           coalesce(sum(counted.count) FILTER (WHERE counted.figure = %(asked)s), 0)::bigint AS asked
    FROM standing JOIN places_place place ON place.id = standing.place_id LEFT JOIN counted USING (place_id)
    WHERE place.kind = ANY(%(kinds)s) AND place.state = %(open)s GROUP BY 1, 2
), middle AS (
    SELECT coalesce(percentile_cont(0.5) WITHIN GROUP (ORDER BY visits), 0) AS usual FROM village WHERE visits > 0
), judged AS (
    SELECT village.*, visits <= 0 AS is_forgotten,
           visits * %(month)s >= %(a_month)s * %(days)s AND visits >= %(times)s * middle.usual AS is_often
    FROM village, middle
)
"""
"""Every open village with what `supply.policies` says of it: `usual` and `is_often`, in SQL."""
_SETTINGS: Final = """
SELECT setting, count(*), count(*) FILTER (WHERE is_forgotten), count(*) FILTER (WHERE is_often),
       sum(asked)::bigint, sum(visits)::bigint
FROM judged GROUP BY setting
"""
_ROWS: Final = """
, row AS (
    SELECT judged.*, place.pinyin, place.path_names, last_day.day AS last,
           CASE WHEN is_forgotten THEN 0 ELSE 1 END AS part,
           CASE WHEN is_forgotten THEN -asked ELSE -visits END AS need, coalesce(last_day.day, %(never)s) AS since
    FROM judged JOIN places_place place ON place.id = judged.id
    LEFT JOIN last_day ON last_day.place_id = judged.id
    WHERE {shown} AND place.search @> %(terms)s::text[]
)
SELECT id, asked, visits, last, is_often, {key} FROM row WHERE {behind} ORDER BY {order} LIMIT %(limit)s
"""
_COUNT: Final = """
SELECT count(*) FROM judged JOIN places_place place ON place.id = judged.id
WHERE {shown} AND place.search @> %(terms)s::text[]
"""
_SHOWN: Final = {FORGOTTEN: "is_forgotten", OFTEN: "is_often", EVERYTHING: "TRUE"}
CHUNK: Final = 500


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
        return self.visits <= 0


@dataclass(frozen=True, slots=True)
class SettingServed:
    """All villages, schools or companies together: how many there are, which stand out, what came to them."""

    setting: str
    places: int
    forgotten: int
    often: int
    asked: int
    visits: int

    def showing(self, show: str) -> int:
        """Return how many of the places a list shows."""
        return {FORGOTTEN: self.forgotten, OFTEN: self.often}.get(show, self.places)


def last_days(*, today: date, days: int) -> Period:
    """Return the period of so many days that ends today."""
    return Period(today - timedelta(days=days - 1), today)


def places_served(
    *,
    root: Place,
    today: date,
    days: int,
    show: str = EVERYTHING,
    words: str = "",
    sort: str = BY_NEED,
    cursor: str | None = None,
    limit: int = 50,
) -> tuple[Page[PlaceServed], list[SettingServed]]:
    """Return a page of the open villages at or below a place that are called so, and all counted by what they are.

    Unless another order is asked for, those that nobody served stand first, the most wanted of them at the top;
    then by how often they were served.

    Raises:
        BadCursor: the cursor is not of this list.
    """
    wanted = {"limit": limit + 1, "terms": query_terms(words)} | (_behind(cursor, sort) if cursor else {})
    settings, rows = _read(root, today, days, [_SETTINGS, _rows(show, sort, goes_on=bool(cursor))], wanted)
    shown, after = rows[:limit], None
    if len(rows) > limit:
        after = encode_cursor(sort=sort, value=_key(shown[-1]), row_id=shown[-1][0])
    page = Page(items=list(_with_places(shown)), next_cursor=after)
    return page, [SettingServed(*row) for row in settings]


def settings_served(*, root: Place, today: date, days: int) -> list[SettingServed]:
    """Return all open villages at or below a place counted by what they are."""
    (found,) = _read(root, today, days, [_SETTINGS], {})
    return [SettingServed(*row) for row in found]


def places_shown(*, root: Place, today: date, days: int, show: str = EVERYTHING, words: str = "") -> int:
    """Return how many places a list shows."""
    statement = _COUNT.format(shown=_SHOWN[show])
    ((found,),) = _read(root, today, days, [statement], {"terms": query_terms(words)})[0]
    return int(found)


def every_place_served(
    *, root: Place, today: date, days: int, show: str = EVERYTHING, words: str = "", sort: str = BY_NEED
) -> Iterator[PlaceServed]:
    """Yield all open villages that a list shows, in the same order: for a table to take away."""
    wanted = {"limit": None, "terms": query_terms(words)}
    (rows,) = _read(root, today, days, [_rows(show, sort)], wanted)
    for begin in range(0, len(rows), CHUNK):
        yield from _with_places(rows[begin : begin + CHUNK])


def _rows(show: str, sort: str, *, goes_on: bool = False) -> str:
    """Return the statement of the list in an order ("asked", "-asked"), behind the row of a cursor where it goes on."""
    columns = [name for name, _read_by in _KEYS[sort.removeprefix("-")]]
    than, direction = (" < ", " DESC") if sort.startswith("-") else (" > ", "")
    behind = f"({', '.join([*columns, 'id'])}){than}({', '.join(f'%(after_{name})s' for name in [*columns, 'id'])})"
    return _ROWS.format(
        shown=_SHOWN[show], key=", ".join(columns), behind=behind if goes_on else "TRUE",
        order=", ".join(f"{name}{direction}" for name in [*columns, "id"]),
    )  # fmt: skip


def _read(
    root: Place, today: date, days: int, statements: list[str], wanted: dict[str, Any]
) -> list[list[tuple[Any, ...]]]:
    return over_each_place(
        root=root, figures=[SERVED, ASKED], last_of=SERVED, period=last_days(today=today, days=days),
        statements=[_JUDGED + statement for statement in statements], served=SERVED, asked=ASKED, days=days,
        kinds=[kind.value for kind in WHERE_PEOPLE_LIVE], open=PlaceState.OPEN.value, month=MONTH_DAYS,
        a_month=OFTEN_A_MONTH, times=OFTEN_TIMES, never=date.min, **wanted,
    )  # fmt: skip


def _with_places(rows: list[tuple[Any, ...]]) -> Iterator[PlaceServed]:
    places = Place.objects.select_related("parent").in_bulk([row[0] for row in rows])
    for pk, asked, visits, last, often, *_key_values in rows:
        yield PlaceServed(place=places[pk], asked=asked, visits=visits, last=last, is_often=often)


def _key(row: tuple[Any, ...]) -> str:
    _pk, _asked, _visits, _last, _often, *key = row
    return _BETWEEN.join(map(str, key))


def _behind(cursor: str, sort: str) -> dict[str, Any]:
    """Return the values of a cursor's row by their columns. Raises BadCursor."""
    value, row_id = decode_cursor(cursor=cursor, sort=sort, field=CharField())
    columns, told = _KEYS[sort.removeprefix("-")], str(value).split(_BETWEEN)
    try:
        key = {f"after_{name}": read(text) for (name, read), text in zip(columns, told, strict=True)}
    except ValueError:
        raise BadCursor from None
    return key | {"after_id": row_id}


@dataclass(frozen=True, slots=True)
class KindServed:
    """A kind of service: asked for, done, and how many teams do it here."""

    category: Category
    asked: int
    visits: int
    teams: int
    is_group: bool = False
    """Others stand below it: it is asked for under their names."""


def kinds_here(*, root: Place, today: date, days: int) -> list[KindServed]:
    """Return every kind of service with what came of it at a place and below it in a time."""
    found = place_figures(root=root, figures=[SERVED, ASKED], period=last_days(today=today, days=days)).total
    asked, visits = found.parts(ASKED), found.parts(SERVED)
    near = Q(area__in=ancestor_ids(place_id=root.pk)) | Q(
        area__in=PlaceLink.objects.filter(ancestor=root, during__upper_inf=True).values("descendant")
    )
    serving = TeamService.objects.filter(near, team__state=TeamState.ACTIVE).order_by().values("category")
    teams = dict(serving.annotate(count=Count("team", distinct=True)).values_list("category", "count"))
    categories = list(Category.objects.all())
    parents = {one.parent_id for one in categories}
    return [
        KindServed(
            one, asked.get(one.code, 0), visits.get(one.code, 0), _teams(one, teams), is_group=one.code in parents
        )
        for one in categories
    ]  # fmt: skip


def kinds_unserved(*, kinds: Iterable[KindServed]) -> list[KindServed]:
    """Return of them what nobody gave, or what no team serves: the most wanted first."""
    unserved = [
        row
        for row in kinds
        if row.category.is_active and (row.asked or not row.is_group) and not (row.visits and row.teams)
    ]
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
    kinds: int | None = None
    """How many kinds of service that are meant for it a team serves here."""


def audiences_served(*, kinds: Iterable[KindServed]) -> list[GroupServed]:
    """Return the groups for whom kinds of service are meant, with what was asked for and given of those kinds.

    A kind that is meant for two groups counts for both; one that is for everybody says nothing of any group.
    """
    whom, told = audiences(), list(kinds)
    rows = []
    for group in Audience:
        mine = [row for row in told if group in whom.get(row.category.code, ())]
        served_here = sum(bool(row.teams) and row.category.is_active and not row.is_group for row in mine)
        rows.append(
            GroupServed(
                str(group.label), None, None, sum(row.asked for row in mine), sum(row.visits for row in mine),
                kinds=served_here,
            )
        )  # fmt: skip
    return rows


def groups_served(
    *, root: Place, today: date, days: int, settings: Iterable[SettingServed]
) -> tuple[list[GroupServed], list[GroupServed]]:
    """Return groups by where they are (villages, schools, companies …) and, of wishes, by whom they were for."""
    found = {row.setting: row for row in settings}
    by_setting = [
        GroupServed(str(one.label), row.places, row.forgotten, row.asked, row.visits)
        for one in Setting
        if (row := found.get(one.value))
    ]
    wished = place_figures(
        root=root, figures=["wishes.for_whom", "wishes.granted"], period=last_days(today=today, days=days)
    ).total
    whom = [
        GroupServed(str(one.label), None, None, wished.of("wishes.for_whom", one), wished.of("wishes.granted", one))
        for one in ForWhom
    ]  # fmt: skip
    return by_setting, whom
