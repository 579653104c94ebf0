"""Times that stand out, of all that people come to: each app above says which there are, and what each was (R-Z2)."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.db.models import F, OuterRef, QuerySet, Subquery
from django.db.models.expressions import Combinable

from sidan.attendance.enums import Direction, Way
from sidan.attendance.models import Mark
from sidan.attendance.policies.standing_out import ONLY_TOLD, Finding, Span, findings, late_by
from sidan.attendance.queries import STANDS
from sidan.core.clock import BUSINESS_ZONE
from sidan.core.language import shown
from sidan.core.pagination import Page
from sidan.people.models import Person, Team

MOST_TIMES: Final = 20_000
"""Of one period and one app, the newest: more than a county does in a quarter of a year. Where there are more, the page
says so."""


@dataclass(frozen=True, slots=True)
class Served:
    """What a time was given for: its number or name, spoken and as a table has it, and where it is read."""

    spoken: str
    name: str
    url: str


@dataclass(frozen=True, slots=True)
class TimesOf:
    """How an app tells of the times of what it holds, within the scope."""

    goings: Callable[[], QuerySet[Mark]]
    """The goings that stand, of what the reader oversees."""
    team: Callable[[], Combinable]
    """Of a going, for which team it was."""
    served: Callable[[Collection[int]], dict[int, Served]]
    """Of some goings, what they were for."""


@dataclass(frozen=True, slots=True)
class OddTimes:
    """What stands out since a moment, the newest first; `is_cut`: there were more times than are looked at."""

    found: list[Finding]
    is_cut: bool


@dataclass(frozen=True, slots=True)
class Visited:
    """One time of a finding: what it was for, and from when to when somebody was there."""

    served: Served
    begins: datetime
    ends: datetime


@dataclass(frozen=True, slots=True)
class OddTime:
    """One finding with its names: a person's with the team, a team's alone."""

    kind: str
    person: str
    team: str
    amount: timedelta
    tier: str
    visits: list[Visited]


_sources: Final[dict[str, TimesOf]] = {}


def register_times(name: str, source: TimesOf) -> None:
    """Let the times of an app be looked at; registered twice under a name it is the later one."""
    _sources[name] = source


def odd_times(*, since: datetime) -> OddTimes:
    """Return what stands out since a moment among the times in scope: one query for each app.

    Somebody at a visit and at an activity at once is found, too. A time of which somebody said that it is wrong, or
    that was replaced, counts nowhere, and stands out nowhere.
    """
    told = [_spans(source, since) for _name, source in sorted(_sources.items())]
    spans = [span for some in told for span in some[:MOST_TIMES]]
    found = findings(spans=spans, zone=BUSINESS_ZONE, limits=settings.TIMES_LIMITS)
    return OddTimes(found, is_cut=any(len(some) > MOST_TIMES for some in told))


def _spans(source: TimesOf, since: datetime) -> list[Span]:
    coming = Mark.objects.filter(
        STANDS,
        cause=OuterRef("cause"),
        person=OuterRef("person"),
        nth=OuterRef("nth"),
        direction=Direction.IN,
    )
    rows = (
        source.goings()
        .filter(at__gte=since)
        .annotate(
            came_at=Subquery(coming.values("at")[:1]),
            came_way=Subquery(coming.values("way")[:1]),
            came_told=Subquery(coming.values("recorded_at")[:1]),
            of_team=source.team(),
        )
        .filter(came_at__lt=F("at"))
        .order_by("-at", "-id")
        .values_list(
            "pk", "person", "of_team", "came_at", "at", "came_way", "way", "came_told", "recorded_at"
        )
    )[: MOST_TIMES + 1]
    return [
        Span(
            pk, person, team or 0, came, went, is_told=came_way == went_way == Way.HAND,
            late_by=max(
                late_by(way=came_way, at=came, recorded_at=came_told),
                late_by(way=went_way, at=went, recorded_at=went_told),
            ),
        )
        for pk, person, team, came, went, came_way, went_way, came_told, went_told in rows
    ]  # fmt: skip


def counted(found: Iterable[Finding]) -> Counter[str]:
    """Return how many findings there are of each kind."""
    return Counter(one.kind for one in found)


def odd_page(*, found: Sequence[Finding], cursor: str | None, limit: int) -> Page[OddTime]:
    """Return some findings with their names: two queries, and some for each app. The cursor says how many were shown
    before."""  # fmt: skip
    begins = int(cursor) if cursor and cursor.isascii() and cursor.isdigit() else 0
    ends = begins + limit
    more = str(ends) if ends < len(found) else None
    return Page(items=named(found[begins:ends]), next_cursor=more)


def named(found: Sequence[Finding]) -> list[OddTime]:
    """Return findings with the names of persons and teams, and what each time was for."""
    spans = [span for one in found for span in one.spans]
    people = dict(Person.unscoped.filter(pk__in={s.person_id for s in spans}).values_list("pk", "name"))
    rows = Team.objects.filter(pk__in={span.team_id for span in spans}).values_list("pk", "name", "name_en")
    teams = {pk: shown(name, name_en) for pk, name, name_en in rows}
    served = dict[int, Served]()
    for source in _sources.values():
        served |= source.served({span.key for span in spans} - served.keys())
    return [
        OddTime(
            kind=one.kind, person="" if one.kind == ONLY_TOLD else people[one.spans[0].person_id],
            team=teams.get(one.spans[-1].team_id, ""), amount=one.amount, tier=one.tier,
            visits=[Visited(served[span.key], span.begins, span.ends) for span in one.spans],
        )
        for one in found
    ]  # fmt: skip
