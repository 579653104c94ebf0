"""Choices of talk."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

LONGEST = 500
"""Characters of one message: what is longer is better said by telephone."""
LONGEST_CODE = 36
"""Characters that name a sentence to send with a tap: a code, or a public id."""


class Side(models.TextChoices):
    """For whom somebody speaks in the talk about an order."""

    RESIDENT = "resident", _("The resident")
    TEAM = "team", pgettext_lazy("who speaks for an order", "The team")
    OFFICE = "office", _("The office")


class Why(models.TextChoices):
    """Why a message is reported."""

    RUDE = "rude", _("It is insulting or threatening")
    MONEY = "money", _("It asks for money or gifts")
    PRIVATE = "private", _("It tells private things of somebody")
    OTHER = "other", pgettext_lazy("why a message is reported", "Something else")


class Verdict(models.TextChoices):
    """What the office made of a report."""

    HIDDEN = "hidden", _("Taken off")
    KEPT = "kept", _("Left as it is")
