"""Choices of time limits. What a step is called here is what somebody must do before its time is over."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Step(models.TextChoices):
    """What must be done in time."""

    ADMIT = "admit", pgettext_lazy("time limit", "Admit or refuse")
    DISPATCH = "dispatch", pgettext_lazy("time limit", "Offer to a team")
    ACCEPT = "accept", pgettext_lazy("time limit", "Team answers")
    CONTACT = "contact", pgettext_lazy("time limit", "First call, time agreed")
    VISIT = "visit", pgettext_lazy("time limit", "Visit")
    REPORT = "report", pgettext_lazy("time limit", "Report")
    REVIEW = "review", pgettext_lazy("time limit", "Resident reviews")
    ANSWER = "answer", pgettext_lazy("time limit", "Answer a wish")
    CONFIRM = "confirm", pgettext_lazy("time limit", "Call back to confirm")
    CALL_BACK = "call_back", pgettext_lazy("time limit", "Call-back after closing")
    FOLLOW_UP = "follow_up", pgettext_lazy("time limit", "See to what was not well")


class Unit(models.TextChoices):
    """How time is counted."""

    WORKING_DAYS = "working_days", _("working days")
    WORKING_HOURS = "working_hours", _("office hours")
    HOURS = "hours", _("hours")
    MINUTES = "minutes", pgettext_lazy("time limit", "minutes")
    WISHED = (
        "wished",
        _("until the wished time; when that has passed, or a later one is agreed, at most in so many hours"),
    )


class AtHalf(models.TextChoices):
    """Who is reminded when half of the time is over."""

    NOBODY = "nobody", _("Nobody")
    WHO_ACTS = "who_acts", _("Who must act")
    WHO_ACTS_AND_OFFICE = "who_acts_and_office", _("Who must act, and the office that holds the order")


class AtEnd(models.TextChoices):
    """What happens when the time is over."""

    REMIND = "remind", _("Only remind: who must act, and the office")
    TO_POOL = "to_pool", _("Taken back; another team is looked for")
    WIDEN = "widen", _("An open call goes on in a wider area; an offer is taken back")
    UP = "up", _("One level up the tree")
    TO_PERSON = "to_person", _("A named person is told to see to it")
    CLOSE = "close", _("The order is closed as not reviewed")


TO_OFFICE = "to_office"
"""What a clock did where the named person is gone or may not act: the office of the holder was told."""
TELLS_ABOVE = frozenset({Step.REPORT, Step.CONFIRM, Step.CALL_BACK, Step.FOLLOW_UP})
"""Steps that stay where they are when the end of their time goes one level up: those there are told."""
CHOOSE = "choose"
"""What a clock did where teams have offered to take a call: one of them is chosen, whatever the limit says."""


class Of(models.TextChoices):
    """What a clock runs for."""

    ORDER = "order", _("Orders")
    WISH = "wish", _("Wishes")
    TASK = "task", _("Calls back and follow-ups")


class Kind(models.TextChoices):
    """Which of its moments a timer reached; the last one comes again each working day, for a while."""

    HALF = "half", _("Half of the time is over")
    END = "end", _("The time is over")
    LATE = "late", _("Still not done")
