"""How a check-in is known, and how well."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Direction(models.TextChoices):
    IN = "in", _("Check-in")
    OUT = "out", _("Check-out")


class Way(models.TextChoices):
    """The proof behind a mark."""

    CODE = "code", _("By the code at the door")
    SCAN = "scan", _("By one's own code, read by staff")
    PLACE = "place", _("By the place of the telephone")
    HAND = "hand", _("By hand, with a reason")


class Grade(models.TextChoices):
    """How well a time is known. A weak one counts once a second person has confirmed it."""

    STRONG = "strong", _("Proven")
    FAIR = "fair", _("Well supported")
    WEAK = "weak", _("Told, to be confirmed")


class MeasuredTo(models.TextChoices):
    """To what the distance of a reading was measured."""

    VISIT = "visit", _("the point of the visit")
    SPOT = "spot", _("the spot of the activity")
    PLACE = "place", _("the village's own point")


class HandReason(models.TextChoices):
    """Why a coming or going is written down by hand."""

    NO_PHONE = "no_phone", _("The resident has no telephone that shows the code")
    CANNOT_SHOW = "cannot_show", _("The resident cannot find or show the code")
    NO_NETWORK = "no_network", _("There is no network here")
    FORGOTTEN = "forgotten", _("I forgot to do it at the door")
    OTHER = "other", pgettext_lazy("why by hand", "Another reason")
