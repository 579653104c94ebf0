"""Times of visits that stand out, of the orders that one sees: who, which visits, and why (R-Z2)."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db.models import F, OuterRef, Subquery

from sidan.attendance.enums import Direction, Way
from sidan.attendance.models import Mark
from sidan.attendance.policies.standing_out import ONLY_TOLD, Finding, Span, findings, late_by
from sidan.attendance.queries import STANDS
from sidan.core.clock import BUSINESS_ZONE
from sidan.core.language import shown
from sidan.core.pagination import Page
from sidan.orders.models import Order
from sidan.people.models import Person, Team

MOST_TIMES: Final = 20_000
"""Of one period, the newest: more than a county's teams do in a quarter of a year."""
_ORDER: Final = "cause__visit__assignment__order"


@dataclass(frozen=True, slots=True)
class Visited:
    """One visit of a finding: the order's number and public id, and from when to when somebody was there."""

    number: str
    uuid: UUID
    begins: datetime
    ends: datetime


@dataclass(frozen=True, slots=True)
class OddTimes:
    """One finding with its names: a person's with the team, a team's alone."""

    kind: str
    person: str
    team: str
    amount: timedelta
    tier: str
    visits: list[Visited]


def odd_times(*, since: datetime) -> list[Finding]:
    """Return what stands out since a moment among the times of the orders in scope, the newest first: one query.

    A time of which somebody said that it is wrong, or that was replaced, counts nowhere, and stands out nowhere.
    """
    coming = Mark.objects.filter(
        STANDS, cause=OuterRef("cause"), person=OuterRef("person"), direction=Direction.IN
    )
    rows = (
        Mark.objects.filter(STANDS, direction=Direction.OUT, at__gte=since)
        .filter(**{f"{_ORDER}__in": Order.objects.order_by().values("pk")})
        .annotate(
            came_at=Subquery(coming.values("at")[:1]),
            came_way=Subquery(coming.values("way")[:1]),
            came_told=Subquery(coming.values("recorded_at")[:1]),
            team=F("cause__visit__assignment__team"),
        )
        .filter(came_at__lt=F("at"))
        .order_by("-at", "-id")
        .values_list("pk", "person", "team", "came_at", "at", "came_way", "way", "came_told", "recorded_at")
    )[:MOST_TIMES]
    spans = [
        Span(
            pk, person, team, came, went, is_told=came_way == went_way == Way.HAND,
            late_by=max(
                late_by(way=came_way, at=came, recorded_at=came_told),
                late_by(way=went_way, at=went, recorded_at=went_told),
            ),
        )
        for pk, person, team, came, went, came_way, went_way, came_told, went_told in rows
    ]  # fmt: skip
    return findings(spans=spans, zone=BUSINESS_ZONE, limits=settings.TIMES_LIMITS)


def counted(found: Iterable[Finding]) -> Counter[str]:
    """Return how many findings there are of each kind."""
    return Counter(one.kind for one in found)


def odd_page(*, found: Sequence[Finding], cursor: str | None, limit: int) -> Page[OddTimes]:
    """Return some findings with their names: three queries. The cursor says how many were shown before."""
    begins = int(cursor) if cursor and cursor.isascii() and cursor.isdigit() else 0
    ends = begins + limit
    more = str(ends) if ends < len(found) else None
    return Page(items=named(found[begins:ends]), next_cursor=more)


def named(found: Sequence[Finding]) -> list[OddTimes]:
    """Return findings with the names of persons and teams, and the orders' numbers: three queries."""
    spans = [span for one in found for span in one.spans]
    people = dict(Person.unscoped.filter(pk__in={s.person_id for s in spans}).values_list("pk", "name"))
    rows = Team.objects.filter(pk__in={span.team_id for span in spans}).values_list("pk", "name", "name_en")
    teams = {pk: shown(name, name_en) for pk, name, name_en in rows}
    visits = Mark.objects.filter(pk__in={span.key for span in spans})
    orders = {
        pk: (number, uuid)
        for pk, number, uuid in visits.values_list("pk", f"{_ORDER}__number", f"{_ORDER}__uuid")
    }
    return [
        OddTimes(
            kind=one.kind, person="" if one.kind == ONLY_TOLD else people[one.spans[0].person_id],
            team=teams.get(one.spans[-1].team_id, ""), amount=one.amount, tier=one.tier,
            visits=[Visited(*orders[span.key], span.begins, span.ends) for span in one.spans],
        )
        for one in found
    ]  # fmt: skip
