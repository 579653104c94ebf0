"""What is written down for a place, what holds there, and what would come of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sidan.core.errors import Invalid
from sidan.limits.enums import Step
from sidan.limits.models import Limit
from sidan.limits.policies import Deadline, Key, Rule, deadline, rule_for
from sidan.limits.queries.rules import rules_now
from sidan.orders.enums import Urgency
from sidan.people.models import Account
from sidan.places.queries import chain_of, working_time_of

HISTORY_SHOWN: Final = 50
FIRST_YEAR: Final = 2020
LAST_YEAR: Final = 2100
NEWEST_OF: Final = ("place_id", "step", "category_id", "urgency")


class BeginsTooFar(Invalid):
    code = "limit_begins_too_far"
    sentence = _("Choose a day between the years %(first)s and %(last)s.")


@dataclass(frozen=True, slots=True)
class Held:
    """A limit as it holds at a place: for which orders, and whether the place says so itself."""

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


def _in_force(place_id: int) -> tuple[list[int], Mapping[Key, Limit]]:
    """Return a place with all above it, and the newest words of them that are in force: two queries."""
    chain = chain_of(place_id=place_id)
    rows = Limit.objects.filter(Q(place__in=chain) | Q(place=None))
    newest = rows.order_by(*NEWEST_OF, "-id").distinct(*NEWEST_OF)
    found = newest.select_related("place", "category", "person__person")
    return chain, {
        (limit.place_id, limit.step, limit.category_id, limit.urgency): limit
        for limit in found
        if limit.in_force
    }


def holding_at(*, place_id: int) -> list[StepLimits]:
    """Return every limit that holds at a place, by step; the nearest word on each kind of order counts."""
    chain, limits = _in_force(place_id)
    order = {place: number for number, place in enumerate([*chain, None])}
    nearest: dict[tuple[str, str | None, str], Limit] = {}
    for (place, step, category, urgency), limit in limits.items():
        key = (step, category, urgency)
        if key not in nearest or order[place] < order[nearest[key].place_id]:
            nearest[key] = limit
    return [
        StepLimits(
            step,
            [
                Held(limit, is_own=limit.place_id == place_id)
                for (of, category, urgency), limit in sorted(
                    nearest.items(), key=lambda item: (item[0][1] or "", item[0][2])
                )
                if of == step
            ],
        )
        for step in Step
    ]


def limit_holding(*, place_id: int, step: str, category: str | None, urgency: str) -> Limit | None:
    """Return what a place itself says of a step for some orders; none where it says nothing."""
    newest = (
        Limit.objects.filter(place=place_id, step=step, category=category, urgency=urgency)
        .order_by("-id")
        .first()
    )
    return newest if newest is not None and newest.in_force else None


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
    rules = {key: Rule(limit.pk, limit.amount, limit.unit) for key, limit in limits.items()}
    categories = rules_now().categories(category)
    time = working_time_of(place_id=place_id)
    wished_to = begins + timedelta(days=3)
    told = []
    for step in Step:
        found = rule_for(
            rules, chain=chain, categories=categories, step=step, urgency=urgency or Urgency.NORMAL
        )
        if found is not None:
            key, rule = found
            due = deadline(rule=rule, begins=begins, wished_to=wished_to, time=time)
            told.append(Preview(step, limits[key], due))
    return told


def accounts(*, account_ids: Iterable[int]) -> list[Account]:
    """Return some accounts with their people, by name: those whom a limit may name."""
    rows = Account.objects.filter(pk__in=list(account_ids)).select_related("person")
    return list(rows.order_by("person__pinyin", "pk"))
