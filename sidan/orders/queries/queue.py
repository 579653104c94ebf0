"""The dispatcher's queue."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final
from uuid import UUID

from django.db.models import (
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Coalesce, NullIf

from sidan.core.compiled import CompiledCounts, CompiledRows
from sidan.core.errors import NotFound
from sidan.core.language import reads_english
from sidan.core.pagination import DEFAULT_LIMIT, Page, beyond, decode_cursor, encode_cursor
from sidan.core.scope import current_scope, nothing
from sidan.orders.enums import ENDED, LIVE_ASSIGNMENT, Channel, OrderState, Urgency
from sidan.orders.models import Assignment, Order, OrderParty
from sidan.orders.queries.about import text_condition
from sidan.orders.queries.queue_order import (
    KEY,
    OURS,
    QueueFilter,
    chosen_sort,
    field_of,
    keyed,
    queue_sort,
)
from sidan.orders.queries.route import help_open
from sidan.orders.states import WITH_A_PLACE
from sidan.people.enums import OrganisationKind
from sidan.places.queries import scope_condition, within

LATE: Final = ("soon", "overdue")
"""The chips of time: what of all that is open is soon due or overdue, whoever must act."""
OPEN: Final = frozenset(OrderState) - ENDED
CHIPS: Final[dict[str, frozenset[str]]] = {
    "danger": OPEN,
    "to_admit": frozenset({OrderState.SUBMITTED}),
    "to_dispatch": frozenset({OrderState.ADMITTED, OrderState.REOPENED}),
    "offered": frozenset({OrderState.DISPATCHED}),
    "returned": frozenset({OrderState.FAILED}),
    "soon": OPEN,
    "overdue": OPEN,
    "help_asked": WITH_A_PLACE,
    "with_team": frozenset({OrderState.ACCEPTED, OrderState.SCHEDULED, OrderState.UNDER_WAY}),
    "to_review": frozenset({OrderState.DONE}),
    "handed_over": OPEN,
    "ended": frozenset({OrderState.CLOSED, OrderState.REFUSED, OrderState.CANCELLED}),
}
"""The chips above the queue: which states each one shows."""

WAITING: Final = ("to_admit", "to_dispatch", "offered", "returned")
"""The chips that wait for the dispatcher; without a chip the queue shows these."""

COUNTED: Final = tuple(chip for chip in CHIPS if chip != "ended")
COUNTED_TO: Final = 99
"""Nobody needs to know of more; a queue of thousands is counted as fast as one of a hundred."""

WITH_OTHERS: Final = frozenset({"help_asked", "handed_over"})
"""The chips of what other places hold: whose own station holds an order says nothing there."""

NOT_LED_BY_DANGER: Final = frozenset({"danger", "ended"})
"""The lists in which danger to life does not stand first: its own, and what is over."""

AMONG_DANGER: Final = "~"
"""Begins a cursor behind a line of danger; no letter of any other cursor."""
BEHIND_DANGER: Final = "~~"
"""The cursor behind the last line of danger, where that was the last of its page."""

IN_DANGER: Final = Q(urgency=Urgency.DANGER)

_OWN: Final = Q(organisation_kind="")
BY: Final[dict[str, Q]] = {
    "resident": _OWN & ~Q(channel=Channel.ON_BEHALF),
    "on_behalf": _OWN & Q(channel=Channel.ON_BEHALF),
    "organisation": ~_OWN,
    **{kind.value: Q(organisation_kind=kind.value) for kind in OrganisationKind},
}
"""Who asked: residents themselves, staff for them, or for an organisation, of any kind or of one (R-O3)."""

SHOWN: Final = (
    *(field.name for field in Order._meta.concrete_fields),
    *("project__title", "project__title_en", "category__name", "category__name_en"),
    *("origin_place__name", "origin_place__name_en", "origin_place__short_name"),
    *("holder_place__name", "holder_place__name_en"),
)
"""What a row shows: of fifty orders everything else would cost more than the page, search columns above all."""


_LINE: Final = (
    *(
        "pk",
        "uuid",
        "number",
        "state",
        "state_since",
        "urgency",
        "is_private",
        "due_at",
        "half_at",
        "project_id",
    ),
    *("project__title", "project__title_en", "category__name", "category__name_en"),
    *("origin_place__short_name", "origin_place__name_en", "team_name"),
)


@dataclass(frozen=True, slots=True)
class QueueLine:
    """An order as its row in the queue shows it, in the reader's language. `team` is empty while nobody is asked."""

    pk: int
    uuid: UUID
    number: str
    state: str
    state_since: datetime
    urgency: str
    is_private: bool
    due_at: datetime | None
    half_at: datetime | None
    title: str
    place: str
    team: str


def queue_page(
    *, chosen: QueueFilter, cursor: str | None = None, limit: int = DEFAULT_LIMIT
) -> Page[QueueLine]:
    """Return a page of the queue: what waits, the longest waiting first; what has ended, the latest first.

    What speaks of danger to life stands before all others, whenever it came; a page is as long with it as without, and
    the list goes on behind the last of it. Words that are searched for find everything in its order.

    Raises:
        BadCursor: the cursor is not of this list.
    """
    values = _values_of(chosen)
    if chosen.text or chosen.chip in NOT_LED_BY_DANGER:
        return _part(chosen, values, cursor, limit)
    calm = values | {"danger": "apart"}
    if cursor and (cursor == BEHIND_DANGER or not cursor.startswith(AMONG_DANGER)):
        return _part(chosen, calm, cursor.removeprefix(BEHIND_DANGER), limit)
    first = _part(
        chosen,
        values | {"danger": "only"},
        (cursor or "").removeprefix(AMONG_DANGER),
        limit,
        mark=AMONG_DANGER,
    )
    if first.next_cursor is not None:
        return first
    # One line of what follows is asked for even where none has room, to know whether the list goes on.
    rest = _part(chosen, calm, None, max(limit - len(first.items), 1))
    if len(first.items) < limit:
        return Page(items=first.items + rest.items, next_cursor=rest.next_cursor)
    return Page(items=first.items, next_cursor=BEHIND_DANGER if rest.items else None)


def _part(
    chosen: QueueFilter, values: dict[str, Any], cursor: str | None, limit: int, *, mark: str = ""
) -> Page[QueueLine]:
    """Return so many lines of one part of the list from a cursor on, and the cursor behind them with its mark."""
    sort, english = queue_sort(chosen), values["english"]
    if cursor:
        value, row_id = decode_cursor(cursor=cursor, sort=sort, field=field_of(sort))
        values = values | {"after_id": row_id, "after_words" if isinstance(value, str) else "after": value}
    found = _LINES.once(**values) if chosen.text else _LINES.rows(**values)
    lines = [_line(row, english) for row in found[:limit]]
    if len(found) <= limit:
        return Page(items=lines, next_cursor=None)
    *_row, key = found[limit - 1]
    return Page(items=lines, next_cursor=mark + encode_cursor(sort=sort, value=key, row_id=lines[-1].pk))


def queue_line(*, uuid: UUID) -> QueueLine:
    """Return one line of the queue, whichever list it stands in. Raises NotFound."""
    english = reads_english()
    found = _named(Order.objects.filter(uuid=uuid), english).first()
    if found is None:
        raise NotFound
    return _line(found, english)


def _values_of(chosen: QueueFilter) -> dict[str, Any]:
    values: dict[str, Any] = {"chip": chosen.chip, "english": reads_english()}
    told = (
        ("text", chosen.text), ("category", chosen.category), ("place_id", chosen.place_id), ("at", chosen.at),
        ("sort", chosen_sort(chosen)), ("by", chosen.by), ("held", chosen.held),
    )  # fmt: skip
    return values | {name: value for name, value in told if value}


def _lines(
    *,
    chip: str,
    english: bool,
    after: datetime | int | None = None,
    after_words: str | None = None,
    after_id: int = 0,
    danger: str = "",
    **told: Any,
) -> QuerySet[Order, tuple[Any, ...]]:
    chosen = QueueFilter(chip=chip, **told)
    rows, sort = keyed(_standing(chosen), chosen)
    if danger:
        rows = rows.filter(IN_DANGER if danger == "only" else ~IN_DANGER)
    value = after if after_words is None else after_words
    if value is not None:
        rows = rows.filter(beyond(sort=sort, value=value, row_id=after_id))
    return _named(rows, english, KEY)[: DEFAULT_LIMIT + 1]


def _named(rows: QuerySet[Order], english: bool, *more: str) -> QuerySet[Order, tuple[Any, ...]]:
    return rows.annotate(team_name=Subquery(_team_asked(english))).values_list(*_LINE, *more)


_LINES: Final = CompiledRows(
    _lines,
    category="\ue000category",
    place_id=-7,
    after=datetime(1, 1, 2, tzinfo=UTC),
    after_words="\ue000after",
    after_id=-8,
    at=datetime(1, 1, 3, tzinfo=UTC),
)


def _line(row: Any, english: bool) -> QueueLine:
    pk, uuid, number, state, since, urgency, private, due, half, project, title, title_en, *others = row
    kind, kind_en, place, place_en, team, *_key = others
    chinese, in_english = (kind, kind_en) if project is None else (title, title_en)
    return QueueLine(
        pk=pk, uuid=uuid, number=number, state=state, state_since=since, urgency=urgency, is_private=private,
        due_at=due, half_at=half,
        title=(in_english if english else "") or chinese, place=(place_en if english else "") or place,
        team=team or "",
    )  # fmt: skip


def queue(*, chosen: QueueFilter) -> QuerySet[Order]:
    """Orders in scope that fit the filter, longest waiting first, with the names a row shows.

    The caller pages by keyset over (state_since, id).
    """
    rows = _standing(chosen).select_related("project", "category", "origin_place", "holder_place")
    return rows.only(*SHOWN).annotate(team_name=Subquery(_team_asked(reads_english())))


def stands_in_queue(*, uuid: UUID, chosen: QueueFilter) -> bool:
    """Tell whether an order still belongs into the list that the reader has open."""
    return _behind(Order.objects.filter(uuid=uuid), chosen).exists()


def _behind_chip(rows: QuerySet[Order], chip: str, chosen: QueueFilter) -> QuerySet[Order]:
    rows = rows.filter(state__in=sorted(states_of(chip)))
    ours = chosen.held == OURS and chip not in WITH_OTHERS
    if ours:
        rows = held_by_us(rows)
    if chip == "danger":
        rows = rows.filter(IN_DANGER)
    if chip in LATE:
        rows = rows.filter(_late(chip, chosen.at))
    if chip == "handed_over":
        return rows.filter(_handed_over_by_us())
    if chip == "help_asked":
        return rows.filter(_help_asked_of_us())
    # What we handed over waits for others, and what we hold is none of it; what has ended is found wherever it ended.
    return rows if ours or chip == "ended" else rows.exclude(_handed_over_by_us())


def held_by_us(rows: QuerySet[Order]) -> QuerySet[Order]:
    """Keep what the reader decides about: the rule of `permissions.may_handle` for what is in sight.

    Who decides nowhere, as a grid keeper, reads what the places hold that they look after.
    """
    scope = current_scope()
    if not (scope.holding_ids or scope.deciding_ids):
        return rows.filter(scope_condition(scope, place="holder_place", county="county"))
    ours = Q(holder_place__in=scope.holding_ids)
    if scope.deciding_ids:
        ours |= within(field="holder_place", root_ids=scope.deciding_ids)
    return rows.filter(ours)


def _handed_over_by_us() -> Q:
    """A place of ours is a party, and who holds the order now stands outside of what we look after.

    Orders stay within their county, so whoever looks after a whole county has handed over none.
    """
    scope = current_scope()
    if not scope.root_ids:
        return nothing()
    ours = scope_condition(scope, place="place", county="place__county")
    party = OrderParty.objects.filter(ours, order=OuterRef("pk"), until=None)
    return Q(Exists(party)) & ~scope_condition(scope, place="holder_place", county="county")


def _help_asked_of_us() -> Q:
    """A place below asked one of ours for help, and nobody has decided since."""
    scope = current_scope()
    if not (scope.root_ids or scope.whole_county_ids):
        return nothing()
    ours = scope_condition(scope, place="to_place", county="to_place__county")
    return Q(Exists(help_open().filter(ours, order=OuterRef("pk"))))


def states_of(chip: str) -> frozenset[str]:
    """Return the states that a chip shows; without one, all that wait for the dispatcher."""
    return CHIPS.get(chip) or frozenset().union(*(CHIPS[waiting] for waiting in WAITING))


def _standing(chosen: QueueFilter) -> QuerySet[Order]:
    """Return what stands in a list."""
    return _behind(_filtered(chosen), chosen)


def _behind(rows: QuerySet[Order], chosen: QueueFilter) -> QuerySet[Order]:
    """Keep what waits where the list looks; words without a chip are looked for in all."""
    if chosen.text and not chosen.chip:
        return held_by_us(rows) if chosen.held == OURS else rows
    return _behind_chip(rows, chosen.chip, chosen)


def _team_asked(english: bool) -> QuerySet[Assignment, Any]:
    """Return, as a subquery, the name of the team that an order is offered to or that took it."""
    name = Coalesce(NullIf("team__name_en", Value("")), "team__name") if english else F("team__name")
    live = Assignment.objects.filter(order=OuterRef("pk"), state__in=sorted(LIVE_ASSIGNMENT))
    return live.order_by("-id").values(shown=name)[:1]


def queue_counts(*, chosen: QueueFilter) -> dict[str, int]:
    """How many orders stand behind each chip but what has ended, counted up to `COUNTED_TO` and one more.

    What has ended waits for nobody and is not counted. Neither is anything while words are searched for: they are
    looked for in all orders, and each number would cost as much as the list.
    """
    if chosen.text:
        return {}
    values = _values_of(chosen)
    # the same numbers in either language, behind any chip and in any order
    for name in ("chip", "english", "sort"):
        values.pop(name, None)
    return dict.fromkeys(COUNTED, 0) | _COUNTS.counts(**values)


def _counts(**told: Any) -> dict[str, QuerySet[Order]]:
    chosen = QueueFilter(**told)
    rows = _filtered(chosen)
    return {chip: _behind_chip(rows, chip, chosen) for chip in COUNTED}


_COUNTS: Final = CompiledCounts(
    _counts, most=COUNTED_TO + 1, category="\ue000category", place_id=-7, at=datetime(1, 1, 3, tzinfo=UTC)
)


def _late(chip: str, at: datetime | None) -> Q:
    """Return what makes an order soon due, or overdue, at the reader's moment; without one nothing is."""
    if at is None:
        return nothing()
    return Q(half_at__lte=at, due_at__gt=at) if chip == "soon" else Q(due_at__lte=at)


def _filtered(chosen: QueueFilter) -> QuerySet[Order]:
    rows = Order.objects.all()
    if chosen.category:
        rows = rows.filter(Q(category=chosen.category) | Q(category__parent=chosen.category))
    if chosen.by:
        rows = rows.filter(BY[chosen.by])
    if chosen.place_id:
        rows = rows.filter(
            origin_place__links_up__ancestor=chosen.place_id, origin_place__links_up__during__upper_inf=True
        )
    if chosen.text:
        rows = rows.filter(text_condition(chosen.text))
    return rows
