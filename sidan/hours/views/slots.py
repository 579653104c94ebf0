"""What hours show on the pages of apps below: the door to my hours, and a team's hours."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest

from sidan.core.clock import business_date, now
from sidan.core.requests import actor_of
from sidan.hours.enums import Subject
from sidan.hours.permissions import may_read_team
from sidan.hours.queries import totals_of
from sidan.people.models import Team, Volunteer


def of_me(request: HttpRequest, volunteer: Volunteer | None) -> Mapping[str, Any] | None:
    """Show the door to whom hours are recorded for."""
    return {} if volunteer is not None else None


def of_team(request: HttpRequest, team: Team) -> Mapping[str, Any] | None:
    """Tell what a team has served this year, to who may read its hours."""
    if not may_read_team(actor=actor_of(request), team=team):
        return None
    months = totals_of(subject=Subject.TEAM, ids=[team.pk], year=business_date(now()).year)
    return {"minutes": sum(month.minutes for month in months), "team": team}
