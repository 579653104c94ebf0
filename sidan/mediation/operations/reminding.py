"""Reminding mediators of tomorrow's sittings and of follow-ups that are due: each once, however often the job runs."""

from datetime import datetime, timedelta

from django.db import transaction

from sidan.core.clock import business_date, midnight
from sidan.mediation.enums import CaseState, SittingState
from sidan.mediation.models import FollowUp, Sitting
from sidan.mediation.notices import tell_mediator

LOOKS_BACK = timedelta(days=30)
"""A follow-up that nobody did for so long is on the page of cases anyway."""


def remind(*, at: datetime) -> int:
    """Tell each mediator once of each follow-up that is due and of each sitting of today or tomorrow."""
    today = business_date(at)
    due = FollowUp.objects.filter(
        done_at=None,
        dropped_at=None,
        due_on__lte=today,
        due_on__gt=today - LOOKS_BACK,
        case__state=CaseState.AGREED,
    )
    end = midnight(today + timedelta(days=2))
    sittings = Sitting.objects.filter(state=SittingState.PLANNED, planned_at__gte=at, planned_at__lt=end)
    with transaction.atomic():
        followed = list(due.select_related("case"))
        for one in followed:
            tell_mediator(
                case=one.case, kind="mediation_follow_up", at=at, effect=f"mediation-follow-up:{one.pk}"
            )
        planned = list(sittings.select_related("case"))
        for sitting in planned:
            tell_mediator(
                case=sitting.case, kind="mediation_sitting", at=at, effect=f"mediation-sitting:{sitting.pk}"
            )
    return len(followed) + len(planned)
