"""What comes again, as somebody told it: the rule of the days, and what each time is made with."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from sidan.activities.calendar import BadSeries, Otherwise, Pattern, Series, Wanted, written
from sidan.activities.enums import SHORTEST_MINUTES
from sidan.activities.models import Recurring
from sidan.activities.operations.planning import BadActivityTime, Plan, check_parts, require_said
from sidan.activities.policies import span_on
from sidan.core.clock import BUSINESS_ZONE
from sidan.core.errors import AtField
from sidan.people.models import Person
from sidan.places.coordinates import Point
from sidan.places.models import Place

_KEPT = (
    "task", "platform", "lecturer", "youngest", "oldest", "seats", "risks", "is_dangerous", "insurance", "about",
    "about_en", "bring",
)  # fmt: skip


class BadRule(AtField):
    code = "bad_rule"
    field = "last"
    sentence = _("A rule ends after it begins, and comes at least once.")


@dataclass(frozen=True, slots=True)
class Rule:
    """On which days, from when to when; until a day, so many times, or without an end."""

    pattern: Pattern
    first: date
    begins_at: time
    ends_at: time
    last: date | None = None
    times: int | None = None
    wanted: Wanted = Wanted.ANY
    otherwise: Otherwise = Otherwise.SKIPPED
    exceptions: Mapping[date, date | None] = field(default_factory=dict)

    def series(self) -> Series:
        """Return it as the calendar asks it. Raises BadRule."""
        try:
            return Series(
                pattern=self.pattern, begins=self.first, until=self.last, times=self.times, wanted=self.wanted,
                otherwise=self.otherwise, exceptions=self.exceptions,
            )  # fmt: skip
        except BadSeries as bad:
            raise BadRule from bad


def check_rule(*, place: Place, rule: Rule, plan: Plan, lead: Person) -> None:
    """Refuse what nothing of a place can be made by: it is announced as it is made, so all is said before.

    Raises:
        BadRule, BadActivityTime, RisksMissing, InsuranceMissing
        what `check_parts` raises
    """
    rule.series()
    hours = span_on(rule.first, rule.begins_at, rule.ends_at, BUSINESS_ZONE)
    if hours.ends - hours.begins < timedelta(minutes=SHORTEST_MINUTES):
        raise BadActivityTime
    check_parts(place=place, plan=plan, lead=lead)
    require_said(plan)


def columns_of_rule(rule: Rule, plan: Plan, *, lead: Person) -> dict[str, Any]:
    """Return what a row keeps of a rule and a plan."""
    point = plan.point
    details = {name: getattr(plan, name) for name in _KEPT} | {
        "audience": list(plan.audience), "venue": plan.spot,
        "point": [point.longitude, point.latitude, point.system] if point else None,
    }  # fmt: skip
    return {
        "team": plan.team, "lead": lead, "room": plan.room, "kind": plan.kind, "title": plan.title,
        "title_en": plan.title_en, "details": details, "pattern": written(rule.pattern), "wanted": rule.wanted.value,
        "otherwise": rule.otherwise.value, "first": rule.first, "last": rule.last, "times": rule.times,
        "begins_at": rule.begins_at, "ends_at": rule.ends_at,
    }  # fmt: skip


def plan_on(recurring: Recurring, day: date) -> Plan:
    """Return what is held on a day, as it would be drafted by hand; the room is held apart."""
    details = recurring.details
    point = Point(*details["point"]) if details.get("point") else None
    return Plan(
        kind=recurring.kind, title=recurring.title, title_en=recurring.title_en, span=recurring.span_on(day),
        team=recurring.team, lead=recurring.lead, venue=details["venue"], audience=details["audience"], point=point,
        **{name: details[name] for name in _KEPT},
    )  # fmt: skip
