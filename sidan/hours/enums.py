"""Choices of service hours."""

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sidan.attendance.policies.standing_out import COUNTY, PARENT, SELF


class Tier(models.TextChoices):
    """Who has to agree to a part of one person's day (R-Z2): nobody else, the place above, or the county's center."""

    SELF = SELF, _("Counts at once")
    PARENT = PARENT, _("The place above agrees")
    COUNTY = COUNTY, _("The county's center agrees")


class ClaimKind(models.TextChoices):
    """Why a time does not count by itself."""

    LONG_DAY = "long_day", _("A long day")
    LATE = "late", _("Written down late")
    OVERLAP = "overlap", _("Recorded elsewhere at that time")


class ClaimState(models.TextChoices):
    WAITING = "waiting", _("Waiting for a second person")
    NOTICED = "noticed", _("On public notice")
    DISPUTED = "disputed", _("Somebody objects")
    ENTERED = "entered", _("Entered")
    REFUSED = "refused", _("Not entered")


LIVE: Final = frozenset({ClaimState.WAITING, ClaimState.NOTICED, ClaimState.DISPUTED})
"""Claims that may still become hours."""

ASKED: Final = frozenset({ClaimState.WAITING, ClaimState.DISPUTED})
"""Claims on which somebody has to say a word; of those on public notice everybody waits for its end."""


class CorrectionReason(models.TextChoices):
    """Why a record is taken back."""

    NOT_LEFT = "not_left", _("Forgot to check out; left earlier")
    WRONG_TIME = "wrong_time", _("The times were written down wrongly")
    NOT_THERE = "not_there", _("Was not there")
    NO_SERVICE = "no_service", _("It was no voluntary service")
    TWICE = "twice", _("Recorded elsewhere as well")
    OTHER = "other", pgettext_lazy("why a record is taken back", "Another reason")


class Subject(models.TextChoices):
    """Whose hours are added up month by month."""

    PERSON = "person", _("Person")
    TEAM = "team", _("Team")
