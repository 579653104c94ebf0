"""Choices of activities."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class NamedDayKind(models.TextChoices):
    """What sort of day has a name; a list to choose from is grouped by it."""

    HOLIDAY = "holiday", _("Holidays")
    AWARENESS = "awareness", _("Memorial and awareness days")
    FOLK = "folk", _("Folk customs")
