"""Choices of plans."""

from typing import Final

from django.db import models
from django.utils.translation import pgettext_lazy


class Period(models.TextChoices):
    """For how long a plan is made (年有计划 月有安排 周有活动)."""

    YEAR = "year", pgettext_lazy("plan of a", "Year")
    MONTH = "month", pgettext_lazy("plan of a", "Month")
    WEEK = "week", pgettext_lazy("plan of a", "Week")


class PlanState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("plan", "Draft")
    SUBMITTED = "submitted", pgettext_lazy("plan", "To be approved")
    APPROVED = "approved", pgettext_lazy("plan", "Approved")
    PUBLISHED = "published", pgettext_lazy("plan", "Published")
    DROPPED = "dropped", pgettext_lazy("plan", "Dropped")


SETTLED: Final = frozenset({PlanState.APPROVED, PlanState.PUBLISHED})
"""The lines are fixed, and what comes of them is written down."""
IN_HAND: Final = frozenset({PlanState.DRAFT, PlanState.SUBMITTED, PlanState.APPROVED})
"""Somebody has something to do with it before everybody can read it."""
MOST_LINES: Final = 500
"""Of one plan."""
MOST_TIMES: Final = 366
"""How often one line is meant to be held."""
FIRST_YEAR: Final = 2015
LAST_YEAR: Final = 2100


class NamedPart(models.TextChoices):
    """What of a line may name somebody, and can be taken out when the line is fixed."""

    LECTURER = "lecturer", pgettext_lazy("part of a line of a plan", "Who speaks or teaches")
    ANSWERS = "answers", pgettext_lazy("part of a line of a plan", "Who answers for it")
