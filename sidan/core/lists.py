"""What every list of the console has: heads that sort, columns one chooses, a count only when it is asked for.

All of it stands in the address, so that a view of a list can be kept, sent on, and taken away as a table.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import Any, Final, Protocol, TypeVar
from uuid import UUID

from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.shortcuts import redirect
from django.utils.functional import Promise

from sidan.core.errors import BadRequest, NotFound
from sidan.core.htmx import is_fragment
from sidan.core.ids import read_uuid
from sidan.core.inputs import UncleanText, clean_text
from sidan.core.pagination import DEFAULT_LIMIT, Page, keyset_page
from sidan.core.requests import asker_of, on_phone

SORT: Final = "sort"
COLUMNS: Final = "cols"
COUNT: Final = "count"
CURSOR: Final = "cursor"
ALL: Final = "all"
"""Says in the address that the list is wanted as it is, not as the reader's default view."""
KEEPING: Final = (COUNT, ALL)
PHONE_ROWS: Final = 20
View = Callable[..., HttpResponseBase]
_Row = TypeVar("_Row", bound=Model)


class ViewKeeper(Protocol):
    """Who knows the views of lists that people have kept."""

    def default_view(self, request: HttpRequest) -> str:
        """Return the address part with which a list is opened; nothing where it is opened as it is."""
        ...

    def asks_too_far(self, request: HttpRequest) -> bool:
        """Tell whether a kept view is shown that asks for a place outside what the reader has now."""
        ...

    def mended(self, request: HttpRequest) -> str:
        """Return the address part that shows of a kept view what can be shown; nothing where none is shown."""
        ...


_keepers: Final[list[ViewKeeper]] = []


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a list. `up` and `down` are the words for its two orders in the address; empty, it cannot sort."""

    name: str
    label: str | Promise
    up: str = ""
    down: str = ""
    is_number: bool = False
    is_fixed: bool = False
    """The column that leads to the row's page cannot be left out."""
    css: str = ""
    """The class of a column that gives way to others where there is little room."""


@dataclass(frozen=True, slots=True)
class Head:
    """A column as the head of a table shows it. `direction` is ascending, descending, or nothing."""

    label: str | Promise
    url: str
    direction: str
    css: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A column to choose."""

    name: str
    label: str | Promise
    is_shown: bool
    is_fixed: bool


@dataclass(frozen=True, slots=True)
class ListView:
    """A list as its reader asked for it."""

    heads: list[Head]
    choices: list[Choice]
    shows: Mapping[str, bool]
    sort: str
    count_url: str
    total: int | None
    kept: list[tuple[str, str]]
    """What else stands in the address: the form that chooses columns sends it along."""
    columns: list[str]
    """The columns that were chosen, none where all are shown: the form that filters sends them along."""


def register_views(keeper: ViewKeeper) -> None:
    """Tell who knows the views of lists; called from ready() of the app that keeps them."""
    _keepers.append(keeper)


def keeps_views(view: View) -> View:
    """Open a list with the reader's default view where its address asks for nothing.

    A view is kept for long, and what its reader has may become less meanwhile: it never shuts the list.
    """

    @wraps(view)
    def page(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        is_shown = request.method == "GET" and asker_of(request).is_signed_in and not is_fragment(request)
        keepers = _keepers if is_shown else []
        for keeper in keepers:
            if query := _instead(request, keeper):
                return redirect(f"{request.path}?{query}")
        try:
            return view(request, *args, **kwargs)
        except (BadRequest, NotFound):
            for keeper in keepers:
                if query := keeper.mended(request):
                    return redirect(f"{request.path}?{query}")
            raise

    return page


def _instead(request: HttpRequest, keeper: ViewKeeper) -> str:
    """Return with what else the list is opened: the default view, or one that no longer asks too far."""
    if not request.GET:
        return keeper.default_view(request)
    return keeper.mended(request) if keeper.asks_too_far(request) else ""


def query_of(request: HttpRequest, name: str = "q") -> str:
    """Return a word of the address, cleaned; what cannot be read asks for nothing."""
    try:
        return clean_text(text=request.GET.get(name, ""), max_length=60)
    except UncleanText:
        return ""


def uuid_of(request: HttpRequest, name: str) -> UUID | None:
    """Return an id of the address; none when it is none."""
    return read_uuid(request.GET.get(name))


def rows_a_page(request: HttpRequest) -> int:
    """Return how many rows a page of a list has: on a telephone fewer, because each takes more of the screen."""
    return PHONE_ROWS if on_phone(request) else DEFAULT_LIMIT


def page_of(request: HttpRequest, *, rows: QuerySet[_Row], sort: str) -> Page[_Row]:
    """Return the page of a list that the address asks for. Raises BadCursor."""
    cursor = request.GET.get(CURSOR) or None
    return keyset_page(rows=rows, sort=sort, cursor=cursor, limit=rows_a_page(request))


def asked_sort(request: HttpRequest, *, columns: Iterable[Column], default: str) -> str:
    """Return the order that the address asks for, if the list has it."""
    asked = request.GET.get(SORT, "")
    known = {word for column in columns for word in (column.up, column.down) if word}
    return asked if asked in known else default


def list_view(
    request: HttpRequest,
    *,
    columns: tuple[Column, ...],
    sort: str,
    rows: QuerySet[Model] | None = None,
    count: Callable[[], int] | None = None,
) -> ListView:
    """Return what the head and the tools of a list show.

    `rows` are counted when the address asks for it; a list that is no QuerySet says by `count` how many it has.
    """
    wanted = set(request.GET.getlist(COLUMNS))
    shows = {column.name: column.is_fixed or not wanted or column.name in wanted for column in columns}
    counter = count or (rows.count if rows is not None else None)
    return ListView(
        heads=[_head(request, column, sort) for column in columns if shows[column.name]],
        choices=[
            Choice(column.name, column.label, shows[column.name], column.is_fixed) for column in columns
        ],
        shows=shows,
        sort=sort,
        count_url=_address(request, **{COUNT: "1"}),
        total=counter() if counter and COUNT in request.GET else None,
        columns=sorted(wanted & shows.keys()),
        kept=[
            (name, value) for name, values in _kept(request).lists() for value in values if name != COLUMNS
        ],
    )


def filter_chips(
    request: HttpRequest,
    *,
    name: str,
    choices: list[tuple[str, Any]],
    everything: str | Promise,
    counts: Mapping[str, int] | None = None,
) -> list[dict[str, Any]]:
    """Return the chips of one filter; a chip keeps the other filters and begins at the top of the list.

    `counts` are those that are known, the first chip's by the empty value.
    """
    chosen = request.GET.get(name, "")
    chips = []
    for value, label in [("", everything), *choices]:
        query = request.GET.copy()
        query.pop(CURSOR, None)
        query.pop(ALL, None)
        query[name] = value
        if not value:
            query.pop(name, None)
        # Nothing asked would be the default view of the list.
        url = f"{request.path}?{query.urlencode() or f'{ALL}=1'}"
        chips.append(
            {"label": label, "url": url, "active": chosen == value, "count": (counts or {}).get(value)}
        )
    return chips


def desk_chips(
    request: HttpRequest, *, words: Mapping[str, str | Promise], counts: Mapping[str, int], urgent: str = ""
) -> list[dict[str, Any]]:
    """Return the chips above a desk's list, the first for what is in hand; one of them may press."""
    (_code, first), *others = words.items()
    chips = filter_chips(request, name="chip", choices=others, everything=first, counts=counts)
    return [
        chip | {"urgent": bool(urgent) and code == urgent} for chip, code in zip(chips, words, strict=True)
    ]


def _head(request: HttpRequest, column: Column, sort: str) -> Head:
    direction = {column.up: "ascending", column.down: "descending"}.get(sort, "") if sort else ""
    following = column.down if sort == column.up and column.down else column.up or column.down
    url = _address(request, **{SORT: following}) if following else ""
    css = " ".join(filter(None, ["number" if column.is_number else "", column.css]))
    return Head(column.label, url, direction if following else "", css)


def _kept(request: HttpRequest) -> QueryDict:
    query = request.GET.copy()
    query.pop(CURSOR, None)
    return query


def _address(request: HttpRequest, **values: str) -> str:
    query = _kept(request)
    for name, value in values.items():
        query[name] = value
    return f"?{query.urlencode()}"
