"""What is written down for a place, what holds there, and what would come of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sidan.core.errors import Invalid
from sidan.limits.enums import Step
from sidan.limits.models import Limit
from sidan.limits.policies import Deadline, Key, Rule, Which, deadline, rules_for, soonest
from sidan.limits.queries.rules import level_of, rules_now
from sidan.orders.enums import Urgency
from sidan.people.models import Account
from sidan.places.enums import PARENT_KINDS, PlaceKind
from sidan.places.models import Place
from sidan.places.queries import chain_of, working_time_of
from sidan.places.working_time import WorkingTime

HISTORY_SHOWN: Final = 50
URGENCIES: Final = [urgency.value for urgency in Urgency]
FIRST_YEAR: Final = 2020
LAST_YEAR: Final = 2100
WISH_AHEAD: Final = timedelta(days=3)
NEWEST_OF: Final = ("place_id", "step", "category_id", "level", "urgency")


class BeginsTooFar(Invalid):
    code = "limit_begins_too_far"
    sentence = _("Choose a day between the years %(first)s and %(last)s.")


@dataclass(frozen=True, slots=True)
class Held:
    """A limit as it holds at a place: for which orders, and whether the place says so itself.

    Of what a place says for the places of a level below it, it is the place's own word, and holds there.
    """

    limit: Limit
    is_own: bool


@dataclass(frozen=True, slots=True)
class StepLimits:
    """All limits of one step that hold at a place: the general one first, then the special ones."""

    step: Step
    held: list[Held]


@dataclass(frozen=True, slots=True)
class Preview:
    """Until when a step would last if it began at a moment."""

    step: Step
    limit: Limit
    deadline: Deadline
    acts: Limit
    """Which says what is done then: of what presses its own, though a general one is over first."""


def _in_force(place_id: int) -> tuple[list[int], Mapping[Key, Limit]]:
    """Return a place with all above it, and the newest words of them that are in force: two queries."""
    chain = chain_of(place_id=place_id)
    rows = Limit.objects.filter(Q(place__in=chain) | Q(place=None))
    newest = rows.order_by(*NEWEST_OF, "-word").distinct(*NEWEST_OF)
    found = newest.select_related("place", "category", "person__person")
    return chain, {
        (limit.place_id, limit.step, limit.category_id, limit.level, limit.urgency): limit
        for limit in found
        if limit.in_force
    }


def holding_at(*, place_id: int) -> list[StepLimits]:
    """Return every limit that holds at a place, by step.

    Of each kind of orders the word of the nearest place counts, and of its words the one for the place's own level.
    """
    chain, limits = _in_force(place_id)
    level, far = level_of(place_id=place_id), {place: number for number, place in enumerate([*chain, None])}
    nearest: dict[tuple[str, str | None, str], Limit] = {}
    for limit in sorted(limits.values(), key=lambda limit: (far[limit.place_id], not limit.level)):
        if limit.level in {"", level}:
            nearest.setdefault((limit.step, limit.category_id, limit.urgency), limit)
    return _by_step(nearest.values(), place_id)


def said_for_levels(*, place_id: int) -> list[StepLimits]:
    """Return what a place says of the places of one level below it, by step."""
    _chain, limits = _in_force(place_id)
    return _by_step(
        [limit for limit in limits.values() if limit.level and limit.place_id == place_id], place_id
    )


def _by_step(limits: Iterable[Limit], place_id: int) -> list[StepLimits]:
    """Return limits by step, the general ones first, those that press later."""
    told = sorted(
        limits, key=lambda limit: (limit.category_id or "", limit.level, URGENCIES.index(limit.urgency))
    )
    return [
        StepLimits(step, [Held(limit, limit.place_id == place_id) for limit in told if limit.step == step])
        for step in Step
    ]


def levels_below(*, place: Place) -> list[PlaceKind]:
    """Return the kinds of places that may stand below one, the nearest first."""
    found: set[str] = set()
    above = {place.kind}
    while above:
        above = {kind for kind, parents in PARENT_KINDS.items() if parents & above} - found
        found |= above
    return [kind for kind in PlaceKind if kind in found]


def limit_holding(*, place_id: int, which: Which) -> Limit | None:
    """Return what a place itself says of a step for some orders; none where it says nothing."""
    newest = last_word(place_id=place_id, which=which)
    return newest if newest is not None and newest.in_force else None


def last_word(*, place_id: int, which: Which) -> Limit | None:
    """Return the newest word of a place, in force or taking back what it said before."""
    rows = Limit.objects.filter(
        place=place_id, step=which.step, category=which.category, level=which.level, urgency=which.urgency
    )
    return rows.order_by("-word").first()


def written_at(*, place_id: int) -> list[Limit]:
    """Return what a place wrote down, the newest first."""
    rows = Limit.objects.filter(place=place_id).select_related(
        "place", "category", "actor__person", "person__person"
    )
    return list(rows.order_by("-id")[:HISTORY_SHOWN])


def preview(*, place_id: int, category: str | None, urgency: str, begins: datetime) -> list[Preview]:
    """Return until when each step of an order would last that begins at a moment; the wish is three days ahead.

    Raises:
        BeginsTooFar: the moment is not one of the years for which calendars are kept.
    """
    if not FIRST_YEAR <= begins.year < LAST_YEAR:
        raise BeginsTooFar(first=FIRST_YEAR, last=LAST_YEAR)
    chain, limits = _in_force(place_id)
    rules = {
        key: Rule(limit.pk, limit.amount, limit.unit, limit.urgency, limit.at_end)
        for key, limit in limits.items()
    }
    categories = rules_now(fresh=True).categories(category)
    time, level = working_time_of(place_id=place_id), level_of(place_id=place_id)
    told = []
    for step in Step:
        found = rules_for(
            rules, chain=chain, level=level, categories=categories, step=step, urgency=urgency or Urgency.NORMAL,
        )  # fmt: skip
        count = partial(_count, begins=begins, wished_to=begins + WISH_AHEAD, time=time)
        held = soonest(found, count=count)
        if held is not None:
            key, rule, due = held
            acts = next(
                (limits[other] for other, each in found if each.limit_id == rule.acts_by), limits[key]
            )
            told.append(Preview(step, limits[key], due, acts=acts))
    return told


def _count(rule: Rule, *, begins: datetime, wished_to: datetime, time: WorkingTime) -> Deadline:
    return deadline(rule=rule, begins=begins, wished_to=wished_to, time=time)


def accounts(*, account_ids: Iterable[int]) -> list[Account]:
    """Return some accounts with their people, by name: those whom a limit may name."""
    rows = Account.objects.filter(pk__in=list(account_ids)).select_related("person")
    return list(rows.order_by("person__pinyin", "pk"))
