"""Who answers for a line is told some days before that nothing of it is prepared yet."""

from datetime import datetime

from django.db import transaction

from sidan.plans.models import PlanLine
from sidan.plans.notices import tell_of_line
from sidan.plans.queries import who_answers


@transaction.atomic
def remind_of_line(*, at: datetime, line_id: int) -> int:
    """Tell it once, however often this runs; returns to how many."""
    line = PlanLine.objects.select_related("plan__place").get(pk=line_id)
    accounts = who_answers(line=line)
    tell_of_line(line=line, accounts=accounts, at=at)
    return len(accounts)
