"""Which lines are near and not prepared, and who is told of it."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Exists, OuterRef

from sidan.core.clock import business_date
from sidan.people.models import Person
from sidan.people.queries import account_ids_of_persons, leader_account_ids
from sidan.plans.enums import SETTLED
from sidan.plans.models import PlanHeld, PlanLine
from sidan.plans.permissions import WRITING_ROLES
from sidan.plans.queries.comparing import OFF


def lines_to_remind(*, at: datetime) -> Sequence[int]:
    """Return the lines that begin in the next days (`PLAN_REMINDER_DAYS`) and that nothing carries out yet."""
    today, days = business_date(at), settings.PLAN_REMINDER_DAYS
    if not days:
        return []
    held = PlanHeld.objects.filter(line=OuterRef("pk")).exclude(activity__state__in=sorted(OFF))
    rows = PlanLine.objects.filter(
        plan__state__in=sorted(SETTLED), left_out_at=None, first_day__gt=today,
        first_day__lte=today + timedelta(days=days),
    )  # fmt: skip
    return list(rows.exclude(Exists(held)).order_by("id").values_list("pk", flat=True))


def who_answers(*, line: PlanLine) -> list[int]:
    """Return the accounts of whom a line names and who works at the place; else of who wrote the plan, and its leader.

    A line names people in words, as it is written on paper: whoever is named so and works there is meant.
    """
    plan = line.plan
    working = Person.unscoped.filter(
        account__grants__place=plan.place_id, account__grants__ended_at=None,
        account__grants__role__in=sorted(WRITING_ROLES),
    ).distinct()  # fmt: skip
    named = [pk for pk, name in working.values_list("pk", "name") if name and name in line.answers]
    leaders = leader_account_ids(team_id=plan.team_id) if plan.team_id else []
    return account_ids_of_persons(person_ids=named or [plan.created_by_id]) + ([] if named else leaders)
