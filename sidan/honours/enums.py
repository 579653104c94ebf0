"""Choices of certificates."""

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Extent(models.TextChoices):
    """Which records a certificate is of."""

    ALL = "all", _("All my service")
    YEAR = "year", _("One year")
    SPAN = "span", _("From one day to another")
    RECORD = "record", _("One record")


class Detail(models.TextChoices):
    """What a certificate says beside what the law asks of it, by the volunteer's choice (Order 67, art. 15)."""

    SEX = "sex", _("Sex")
    VOLUNTEER_NUMBER = "volunteer_number", _("Volunteer number")
    TEAMS = "teams", pgettext_lazy("on a certificate", "Teams")
    SERVICES = "services", _("List of each service")


class Standing(models.TextChoices):
    """What a certificate is worth now. Kept nowhere: it follows from the records and from what replaced it."""

    VALID = "valid", pgettext_lazy("certificate", "Valid")
    SUPERSEDED = "superseded", _("Replaced by a newer one")
    INVALID = "invalid", _("No longer valid")


class Basis(models.TextChoices):
    """Which hours count for stars."""

    ALL = "all", pgettext_lazy("stars", "All hours count.")
    YEAR = "year", pgettext_lazy("stars", "The hours of a year count; each year begins anew.")


MOST_STARS: Final = 5
FIRST_YEAR: Final = 2000
"""Nobody certifies what was before."""
MOST_RECORDS: Final = 5000
"""Of one certificate: twenty years of a record on each working day."""
MOST_LISTED: Final = 400
"""Services that are listed one by one on paper: some twenty sheets. Longer lists are added up by kind only."""
