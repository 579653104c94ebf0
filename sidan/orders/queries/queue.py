"""The dispatcher's queue."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, NullIf

from sidan.core.errors import NotFound
from sidan.core.ids import BadNumber, parse_number
from sidan.core.language import reads_english
from sidan.core.scope import current_scope, nothing
from sidan.core.search import search_q
from sidan.orders.enums import ENDED, LIVE_ASSIGNMENT, HandoverKind, OrderState
from sidan.orders.models import Assignment, Order, OrderHandover, OrderParty
from sidan.orders.states import WITH_A_PLACE
from sidan.places.queries import scope_condition

CHIPS: Final[dict[str, frozenset[str]]] = {
    "to_admit": frozenset({OrderState.SUBMITTED}),
    "to_dispatch": frozenset({OrderState.ADMITTED, OrderState.REOPENED}),
    "offered": frozenset({OrderState.DISPATCHED}),
    "returned": frozenset({OrderState.FAILED}),
    "help_asked": WITH_A_PLACE,
    "with_team": frozenset({OrderState.ACCEPTED, OrderState.SCHEDULED, OrderState.UNDER_WAY}),
    "to_review": frozenset({OrderState.DONE}),
    "handed_over": frozenset(set(OrderState) - ENDED),
    "ended": frozenset({OrderState.CLOSED, OrderState.REFUSED, OrderState.CANCELLED}),
}
"""The chips above the queue: which states each one shows."""

WAITING: Final = ("to_admit", "to_dispatch", "offered", "returned")
"""The chips that wait for the dispatcher; without a chip the queue shows these."""


SHOWN: Final = (
    *(field.name for field in Order._meta.concrete_fields),
    *("project__title", "project__title_en", "category__name", "category__name_en"),
    *("origin_place__name", "origin_place__name_en", "origin_place__short_name"),
    *("holder_place__name", "holder_place__name_en"),
)
"""What a row shows: of fifty orders everything else would cost more than the page, search columns above all."""


@dataclass(frozen=True, slots=True)
class QueueFilter:
    """What the reader chose above the queue."""

    chip: str = ""
    category: str = ""
    place_id: int | None = None
    text: str = ""


def queue(*, chosen: QueueFilter) -> QuerySet[Order]:
    """Orders in scope that fit the filter, longest waiting first, with the names a row shows.

    The caller pages by keyset over (state_since, id).
    """
    rows = _filtered(chosen)
    if not (chosen.text and not chosen.chip):
        rows = _behind_chip(rows, chosen.chip)
    return _with_names(rows)


def stands_in_queue(*, uuid: UUID, chosen: QueueFilter) -> bool:
    """Tell whether an order still belongs into the list that the reader has open."""
    return _behind_chip(Order.objects.filter(uuid=uuid), chosen.chip).exists()


def _behind_chip(rows: QuerySet[Order], chip: str) -> QuerySet[Order]:
    rows = rows.filter(state__in=sorted(states_of(chip)))
    if chip == "handed_over":
        return rows.filter(_handed_over_by_us())
    if chip == "help_asked":
        return rows.filter(_help_asked_of_us())
    # What we handed over waits for others; what has ended is found wherever it ended.
    return rows if chip == "ended" else rows.exclude(_handed_over_by_us())


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
    """The last thing that happened is that a place below asked one of ours for help."""
    scope = current_scope()
    if not (scope.root_ids or scope.whole_county_ids):
        return nothing()
    asked = OrderHandover.objects.filter(
        scope_condition(scope, place="to_place", county="to_place__county"),
        order=OuterRef("pk"), kind=HandoverKind.ASK_HELP, step__turn=OuterRef("turn"),
    )  # fmt: skip
    return Q(Exists(asked))


def queue_row(*, uuid: UUID) -> Order:
    """Return one row of the queue, whichever list it stands in. Raises NotFound."""
    found = _with_names(Order.objects.filter(uuid=uuid)).first()
    if found is None:
        raise NotFound
    return found


def states_of(chip: str) -> frozenset[str]:
    """Return the states that a chip shows; without one, all that wait for the dispatcher."""
    return CHIPS.get(chip) or frozenset().union(*(CHIPS[waiting] for waiting in WAITING))


def _with_names(rows: QuerySet[Order]) -> QuerySet[Order]:
    name = Coalesce(NullIf("team__name_en", Value("")), "team__name") if reads_english() else F("team__name")
    team = (
        Assignment.objects.filter(order=OuterRef("pk"), state__in=sorted(LIVE_ASSIGNMENT))
        .order_by("-id")
        .values(shown=name)[:1]
    )
    rows = rows.select_related("project", "category", "origin_place", "holder_place")
    return rows.only(*SHOWN).annotate(team_name=Subquery(team))


def queue_counts(*, chosen: QueueFilter) -> dict[str, int]:
    """How many orders stand behind each chip but the last: one grouped query over the open states.

    What has ended grows with the years and waits for nobody: it is not counted.
    """
    open_states = [state for state in OrderState if state not in ENDED]
    rows = _filtered(chosen).filter(state__in=open_states).order_by()
    ours = rows.exclude(_handed_over_by_us())
    by_state = dict(ours.values_list("state").annotate(count=Count("pk")))
    counts = {
        chip: sum(by_state.get(state, 0) for state in states)
        for chip, states in CHIPS.items()
        if states != ENDED
    }
    return counts | {chip: _behind_chip(rows, chip).count() for chip in ("help_asked", "handed_over")}


def _filtered(chosen: QueueFilter) -> QuerySet[Order]:
    rows = Order.objects.all()
    if chosen.category:
        rows = rows.filter(Q(category=chosen.category) | Q(category__parent=chosen.category))
    if chosen.place_id:
        rows = rows.filter(
            origin_place__links_up__ancestor=chosen.place_id, origin_place__links_up__during__upper_inf=True
        )
    if chosen.text:
        rows = rows.filter(_text_condition(chosen.text))
    return rows


def _text_condition(text: str) -> Q:
    """A number read out finds its order; anything else is looked for in the need, the name and the title."""
    try:
        return Q(number=parse_number(text))
    except BadNumber:
        return (
            search_q("text__search", text)
            | search_q("requester__search", text)
            | search_q("project__search", text)
        )
