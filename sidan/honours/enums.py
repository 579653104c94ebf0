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


class HonourKind(models.TextChoices):
    """What is given."""

    STAR = "star", pgettext_lazy("honour", "Star levels")
    TITLE = "title", pgettext_lazy("honour", "Title")


class Recipient(models.TextChoices):
    """To whom a title is given."""

    PERSON = "person", pgettext_lazy("title is for", "A person")
    TEAM = "team", pgettext_lazy("title is for", "A team")


class ProposalState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("honours", "Draft")
    NOTICED = "noticed", pgettext_lazy("honours", "On public notice")
    AWARDED = "awarded", pgettext_lazy("honours", "Given")
    DROPPED = "dropped", pgettext_lazy("honours", "Dropped")


class Outcome(models.TextChoices):
    """What came of an objection."""

    KEPT = "kept", pgettext_lazy("objection", "The name stays")
    OUT = "out", pgettext_lazy("objection", "The name was taken out")


class OutWhy(models.TextChoices):
    """Why a name was taken out of a proposal."""

    OBJECTION = "objection", pgettext_lazy("name is out", "After an objection")
    HOURS = "hours", pgettext_lazy("name is out", "The hours that count no longer reach")
    HAS_IT = "has_it", pgettext_lazy("name is out", "Has it already")


class TakenBack(models.TextChoices):
    """Why an award was taken back."""

    CORRECTED = "corrected", _("Records of hours were corrected, and the rest no longer reaches")
    UNTRUE = "untrue", _("What it was given for was not true")
    MISTAKE = "mistake", _("It was given by mistake")


LEAST_NOTICE_DAYS: Final = 7
"""Of a public notice (民发〔2015〕149号)."""
MOST_NOTICE_DAYS: Final = 60
MOST_NAMES: Final = 2000
"""Of one proposal; what is left over goes into the next."""
MOST_STARS: Final = 5
FIRST_YEAR: Final = 2000
"""Nobody certifies what was before."""
LAST_YEAR: Final = 2100
MOST_RECORDS: Final = 5000
"""Of one certificate: twenty years of a record on each working day."""
MOST_LISTED: Final = 400
"""Services that are listed one by one on paper: some twenty sheets. Longer lists are added up by kind only."""
