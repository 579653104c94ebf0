"""How an absence reads on a page: whether it counts, and until when whoever it is said of may answer."""

from datetime import datetime, timedelta

from django import template
from django.conf import settings

from sidan.activities.models import Enrolment
from sidan.activities.policies import absence_of
from sidan.core.clock import now

register = template.Library()


@register.filter
def absence_code(enrolment: Enrolment) -> str:
    """`{{ row|absence_code }}`: of somebody who was said not to have been there, as the queries have read them."""
    last = vars(enrolment)
    return absence_of(
        verb=last["last_verb"], said_at=last["last_at"], at=now(), days=settings.ABSENCE_ANSWER_DAYS
    )


@register.filter
def answer_until(enrolment: Enrolment) -> datetime:
    """`{{ enrolment|answer_until }}`: when it counts if nobody answers."""
    said: datetime = vars(enrolment)["last_at"]
    return said + timedelta(days=settings.ABSENCE_ANSWER_DAYS)
