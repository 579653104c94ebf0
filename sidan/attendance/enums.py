"""How a check-in is known."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Direction(models.TextChoices):
    IN = "in", _("Check-in")
    OUT = "out", _("Check-out")


class Way(models.TextChoices):
    """The proof behind a mark; the other ways come with their mechanisms."""

    CODE = "code", _("By the resident's code")
    HAND = "hand", _("By hand, with a reason")
