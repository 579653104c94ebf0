"""Choices of the desk."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CallOutcome(models.TextChoices):
    """What a call back to the resident brought."""

    CONFIRMED = "confirmed", _("Yes, they want it")
    NOT_WANTED = "not_wanted", _("No, they do not want it")
    NO_ANSWER = "no_answer", _("Nobody answered")


SETTLES = (CallOutcome.CONFIRMED, CallOutcome.NOT_WANTED)
"""After these nobody calls again."""
