"""Figures said a second time: straight from the rows, and each place by a reading of its own."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import datetime
from typing import Any, Final
from unittest.mock import patch

from django.db.models import Exists, F, OuterRef

from sidan.activities.enums import OVER
from sidan.activities.models import Activity, Gathering
from sidan.activities.queries import attendance_of
from sidan.analytics.models import Counted, Rollup
from sidan.analytics.operations import catch_up, count_rows
from sidan.analytics.policies import Period
from sidan.analytics.queries import place_figures
from sidan.attendance.models import Confirmation, Mark
from sidan.core.clock import midnight
from sidan.core.figures import sources
from sidan.mediation.models import Case
from sidan.needs.models import Need, NeedTrace, SurveyAnswer
from sidan.orders.models import Order, OrderHandover, OrderMerge, OrderStep, Review
from sidan.places.models import Place
from sidan.reviews.models import CallBackTry, ReviewStanding
from sidan.reviews.policies import is_satisfied
from sidan.wishes.models import Wish, WishStep

ALL: Final = [figure.code for source in sources() for figure in source.figures]
ENDED: Final = frozenset({"closed", "refused", "cancelled"})
NO_WISH_ANY_MORE: Final = frozenset({"fulfilled", "answered", "withdrawn"})
Numbers = dict[tuple[str, str], int]
Told = tuple[int, datetime, str, int]
"""The place where it arose, the moment whose tree counts it, the part it belongs to, how many."""


def _orders(key: str) -> Callable[[], Iterable[Told]]:
    return lambda: [
        (one.origin_place_id, one.created_at, str(getattr(one, key)) if key else "", 1)
        for one in Order.unscoped.all()
    ]


def _asker(order: Order) -> str:
    if order.organisation_kind:
        return order.organisation_kind
    return "on_behalf" if order.channel == "on_behalf" else "resident"


def _of_order(rows: Any, key: Callable[[Any], str]) -> list[Told]:
    return [
        (one.order.origin_place_id, one.order.created_at, key(one), 1) for one in rows.select_related("order")
    ]


def _turns(key: Callable[[Any], str], **which: object) -> Callable[[], Iterable[Told]]:
    return lambda: _of_order(OrderStep.objects.filter(**which), key)


def _ended() -> list[Told]:
    """Read from where each order stands in the end: what was opened again has not ended."""
    return [
        (one.origin_place_id, one.created_at, one.state, 1) for one in Order.unscoped.filter(state__in=ENDED)
    ]


def _reviewed() -> list[Told]:
    again = OrderStep.objects.filter(order=OuterRef("order"), verb="reopen", turn__gt=OuterRef("turn"))
    never = OrderStep.objects.filter(~Exists(again), machine="order", verb="close", from_state="done")
    return [
        *_of_order(Review.objects.all(), lambda one: one.outcome),
        *_of_order(never, lambda _one: "unanswered"),
    ]


def _satisfied(one: Review) -> str:
    return "satisfied" if is_satisfied(outcome=one.outcome, stars=one.stars) else "not_satisfied"


SPARED: Final = frozenset({"duplicate", "no_longer_needed"})
FATES: Final = {"done": "met", "failed": "lost", "refused": "lost", "cancelled": "taken_back"}
"""What became of an order by where it stands, a closed one by where it stood before it was closed."""


def _fate(order: Order) -> str:
    steps = order.steps.filter(machine="order").exclude(from_state=F("to_state"))
    last = steps.exclude(to_state="closed").latest("turn")
    spared = last.to_state == "refused" and last.reason_code in SPARED
    return "taken_back" if spared else FATES.get(last.to_state, "")


def _became(fate: str) -> Callable[[], Iterable[Told]]:
    """Read from where each order stands in the end; the counters add and take away at each step."""
    return lambda: [
        (one.origin_place_id, one.created_at, one.category_id, 1)
        for one in Order.unscoped.all()
        if _fate(one) == fate
    ]


def _lost_of() -> list[Told]:
    """Read from where each order stands in the end: of a closed one, why it failed before it was closed."""
    found = []
    for one in Order.unscoped.all():
        steps = one.steps.filter(machine="order").exclude(from_state=F("to_state"))
        last = steps.exclude(to_state="closed").latest("turn")
        if last.to_state in {"failed", "refused"}:
            how = "cannot" if last.verb == "cannot" else last.to_state
            key = f"{one.category_id}|{how}|{last.reason_code}"
            found.append((one.origin_place_id, one.created_at, key, 1))
    return found


def _doubted() -> list[Told]:
    """Of each review only how it stands now; what counts is not doubted."""
    rows = ReviewStanding.objects.order_by("review", "nth").select_related("review__order")
    newest = {one.review_id: one for one in rows}
    return [
        (one.review.order.origin_place_id, one.review.order.created_at,
         f"{one.standing}_{'satisfied' if one.is_satisfied else 'not_satisfied'}", 1)
        for one in newest.values() if one.standing != "counted"
    ]  # fmt: skip


def _wishes(key: str, **which: object) -> Callable[[], Iterable[Told]]:
    return lambda: [
        (one.place_id, one.created_at, getattr(one, key), 1) for one in Wish.unscoped.filter(**which)
    ]


def _granted() -> list[Told]:
    rows = WishStep.objects.filter(verb="fulfil").select_related("wish")
    return [(one.wish.place_id, one.wish.created_at, one.wish.for_whom, 1) for one in rows]


def _goal(trace: NeedTrace) -> tuple[str, int | None]:
    """What a link leads to: an order as which it goes on, a service, or an answer of its own."""
    order = trace.order_id
    while order and (merge := OrderMerge.objects.filter(order=order).first()):
        order = merge.into_id
    return (trace.kind, order or trace.project_id or trace.pk)


def _traced() -> list[Told]:
    """Of what came of needs that are counted together each once, where its first link is that stands."""
    rows = NeedTrace.objects.filter(NeedTrace.standing_q()).select_related("need").order_by("-pk")
    first = {(one.need.same_as_id or one.need_id, *_goal(one)): one for one in rows}
    return [(one.need.place_id, one.need.at, one.kind, 1) for one in first.values()]


def _cases(key: str) -> Callable[[], Iterable[Told]]:
    """Of a whole county, on the day on which each was taken on."""
    return lambda: [
        (one.county_id or one.place_id, midnight(one.taken_on), getattr(one, key), 1)
        for one in Case.unscoped.all()
    ]


def _activities(key: str, states: Collection[str] = OVER) -> Callable[[], Iterable[Told]]:
    return lambda: [
        (one.place_id, one.span.begins, getattr(one, key), 1)
        for one in Activity.unscoped.filter(state__in=sorted(states))
    ]


def _present(activity: Activity) -> dict[str, set[int]]:
    """Read from the marks one by one: proven or confirmed; a guest who helps later is one person."""
    gathering = Gathering.objects.filter(activity=activity).first()
    if gathering is None:
        return {"helpers": set(), "guests": set()}
    said = dict(Confirmation.objects.values_list("mark", "is_right"))
    came: dict[int, set[int]] = {gathering.helpers_id: set(), gathering.guests_id: set()}
    for mark in Mark.objects.filter(cause__in=list(came), direction="in", replaced_by=None):
        if mark.grade != "weak" or said.get(mark.pk):
            came[mark.cause_id].add(mark.person_id)
    helpers = came[gathering.helpers_id]
    return {"helpers": helpers, "guests": came[gathering.guests_id] - helpers}


def _came(key: str) -> Callable[[], Iterable[Told]]:
    return lambda: [
        (one.place_id, one.span.begins, getattr(one, key), sum(map(len, _present(one).values())))
        for one in Activity.unscoped.all()
    ]


def _came_as() -> list[Told]:
    return [
        (one.place_id, one.span.begins, role, len(people))
        for one in Activity.unscoped.all()
        for role, people in _present(one).items()
    ]


def _heads(key: str) -> Callable[[], Iterable[Told]]:
    return lambda: [
        (one.place_id, one.span.begins, getattr(one, key), attendance_of(activity=one).heads or 0)
        for one in Activity.unscoped.all()
    ]


DIRECT: Final[Mapping[str, Callable[[], Iterable[Told]]]] = {
    "activities.held": _activities("kind"),
    "activities.held_by_task": _activities("task"),
    "activities.held_by_platform": _activities("platform"),
    "activities.called_off": _activities("kind", states=("cancelled",)),
    "activities.came": _came_as,
    "activities.came_by_kind": _came("kind"),
    "activities.came_by_task": _came("task"),
    "activities.came_by_platform": _came("platform"),
    "activities.heads": _heads("kind"),
    "activities.heads_by_task": _heads("task"),
    "activities.heads_by_platform": _heads("platform"),
    "orders.placed": _orders(""),
    "orders.state": _orders("state"),
    "orders.category": _orders("category_id"),
    "orders.channel": _orders("channel"),
    "orders.asked_by": lambda: [
        (one.origin_place_id, one.created_at, _asker(one), 1) for one in Order.unscoped.all()
    ],
    "orders.ended": _ended,
    "orders.refused": _turns(lambda one: one.reason_code, machine="order", verb="refuse"),
    "orders.lost_of": _lost_of,
    "orders.returned_of": _turns(
        lambda one: f"{one.order.category_id}|{one.verb}|{one.reason_code}",
        machine="assignment",
        verb__in=["decline", "release", "fail"],
    ),
    "orders.served": _turns(lambda one: one.order.category_id, machine="visit", verb="finish"),
    "orders.handed": lambda: _of_order(OrderHandover.objects.all(), lambda one: one.kind),
    "orders.reviewed": _reviewed,
    "orders.project": _orders("project_id"),
    "orders.met": _became("met"),
    "orders.lost": _became("lost"),
    "orders.taken_back": _became("taken_back"),
    "reviews.collected": lambda: _of_order(Review.objects.all(), lambda one: one.channel),
    "reviews.typed": lambda: _of_order(
        Review.objects.filter(by__isnull=False, channel__in=["telephone", "paper"]), lambda one: one.channel
    ),
    "reviews.satisfied": lambda: _of_order(Review.objects.all(), _satisfied),
    "reviews.doubted": _doubted,
    "reviews.called": lambda: [
        (one.call_back.order.origin_place_id, one.call_back.order.created_at, one.result, 1)
        for one in CallBackTry.objects.select_related("call_back__order")
    ],
    "wishes.state": _wishes("state"),
    "wishes.for_whom": _wishes("for_whom"),
    "wishes.granted": _granted,
    "wishes.ended": _wishes("state", state__in=NO_WISH_ANY_MORE),
    "needs.traced": _traced,
    "needs.answered": lambda: [(one.place_id, one.at, one.source, 1) for one in SurveyAnswer.objects.all()],
    "mediation.state": _cases("state"),
    "mediation.opened": _cases("dispute"),
    "needs.noted": lambda: [(one.place_id, one.at, one.source, 1) for one in Need.unscoped.all()],
    "needs.voices": lambda: [
        (one.place_id, one.at, one.category_id or "", one.voices) for one in Need.unscoped.all()
    ],
}
"""Figure → the rows it is about. What is not here is held by the law below alone."""


def counted_directly(*, is_below: Callable[[int, datetime], bool]) -> Numbers:
    """Count every figure of the table for a place; `is_below` tells what arose there, as the tree stood then."""
    found: Counter[tuple[str, str]] = Counter()
    for figure, rows in DIRECT.items():
        for place_id, moment, key, count in rows():
            if is_below(place_id, moment):
                found[figure, key] += count
    return not_nothing(found)


def directly_counted_of(numbers: Numbers) -> Numbers:
    """Return of a place's numbers those that the table counts as well."""
    return {key: count for key, count in numbers.items() if key[0] in DIRECT}


def not_nothing(counts: Mapping[tuple[str, str], int]) -> Numbers:
    """Return the numbers that are not 0."""
    return {key: count for key, count in counts.items() if count}


def each_place_has_what_its_parents_show_of_it(
    places: Iterable[Place], *, period: Period, tree: str
) -> dict[int, Numbers]:
    """Hold together two readings that share nothing but the counters, for every figure that any app declares.

    What a place has, read as the root of a page of its own, is what all its parents of all days, each on a page of
    its own, show of it in the row of that child. Returns what each place has, by its id.
    """
    pages = {place.pk: place_figures(root=place, figures=ALL, period=period, tree=tree) for place in places}
    rows: dict[int, Counter[tuple[str, str]]] = {}
    for page in pages.values():
        summed = Counter(page.own.counts)
        for child, counts in page.children:
            rows.setdefault(child.pk, Counter()).update(counts.counts)
            summed.update(counts.counts)
        assert not_nothing(summed) == not_nothing(page.total.counts)
    for place_id, row in rows.items():
        if place_id in pages:
            assert not_nothing(row) == not_nothing(pages[place_id].total.counts), f"{place_id}, {tree}"
    return {place_id: not_nothing(page.total.counts) for place_id, page in pages.items()}


def count_up_to(upto: int = 2**60) -> None:
    """Put everything up to an id into the counters, as the job does when all transactions have ended."""
    for source in sources():
        count_rows(source=source, after=0, upto=upto)
        Counted.objects.update_or_create(source=source.code, defaults={"counted_to": upto})


def all_counters() -> list[tuple[object, ...]]:
    """Return every counter that is not 0, when the job has taken in everything (as if no other transaction ran)."""
    with patch("sidan.analytics.operations._have_ended", return_value=True):
        for _noted_then_counted in range(2):
            catch_up()
    fields = ("place", "below", "grain", "start", "figure", "key", "count")
    return sorted(Rollup.objects.exclude(count=0).values_list(*fields), key=str)
