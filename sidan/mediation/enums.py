"""Choices of mediation."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class CaseState(models.TextChoices):
    OPENED = "opened", pgettext_lazy("mediation", "Taken on")
    UNDER_WAY = "under_way", pgettext_lazy("mediation", "In mediation")
    AGREED = "agreed", pgettext_lazy("mediation", "Agreed, being followed up")
    FAILED = "failed", pgettext_lazy("mediation", "No agreement")
    WITHDRAWN = "withdrawn", pgettext_lazy("mediation", "Withdrawn by a party")
    CLOSED = "closed", pgettext_lazy("mediation", "Closed")


LIVE = frozenset({CaseState.OPENED, CaseState.UNDER_WAY, CaseState.AGREED})
ENDED = frozenset({CaseState.FAILED, CaseState.WITHDRAWN, CaseState.CLOSED})


class Dispute(models.TextChoices):
    """What it is about: the one fact that is counted."""

    FAMILY = "family", _("Marriage and family")
    NEIGHBOURS = "neighbours", _("Neighbours")
    LAND = "land", _("Land, woods and house plots")
    MONEY = "money", _("Money and debts")
    WORK = "work", _("Work and wages")
    DAMAGE = "damage", _("Injury and damage")
    PROPERTY = "property", _("Housing and its management")
    OTHER = "other", pgettext_lazy("dispute", "Something else")


class Side(models.TextChoices):
    FIRST = "first", _("First party")
    SECOND = "second", _("Second party")


class SittingState(models.TextChoices):
    PLANNED = "planned", pgettext_lazy("sitting", "Planned")
    HELD = "held", pgettext_lazy("sitting", "Held")
    CALLED_OFF = "called_off", pgettext_lazy("sitting", "Called off")


class Kept(models.TextChoices):
    """What a follow-up found."""

    KEPT = "kept", _("Both keep it")
    PARTLY = "partly", _("Kept in part")
    BROKEN = "broken", _("Not kept")
