"""Choices of wishes."""

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sidan.orders.enums import ENDED as ORDER_ENDED
from sidan.orders.enums import OrderState


class WishState(models.TextChoices):
    SUBMITTED = "submitted", pgettext_lazy("wish", "Received, to be answered")
    ON_WALL = "on_wall", pgettext_lazy("wish", "On the wall, to be adopted")
    ADOPTED = "adopted", pgettext_lazy("wish", "Adopted")
    IN_HAND = "in_hand", pgettext_lazy("wish", "Being arranged")
    FULFILLED = "fulfilled", pgettext_lazy("wish", "Fulfilled")
    ANSWERED = "answered", pgettext_lazy("wish", "Answered: not possible")
    WITHDRAWN = "withdrawn", pgettext_lazy("wish", "Withdrawn")


SHOWN = frozenset({WishState.ON_WALL, WishState.ADOPTED, WishState.FULFILLED})
"""What may stand on the wall, once staff wrote its public sentence."""
WAITING = frozenset({WishState.SUBMITTED, WishState.ON_WALL, WishState.ADOPTED, WishState.IN_HAND})
ENDED = frozenset({WishState.FULFILLED, WishState.ANSWERED, WishState.WITHDRAWN})
OVER: Final = ORDER_ENDED | {OrderState.FAILED}
"""An order that nobody is at work for: it ended, or could not be done. A team may yet be found for what could not."""
VISITED: Final = ORDER_ENDED | {OrderState.DONE}
"""Where no visit of an order is to come, as it stands: it may wait for its review yet."""


class ForWhom(models.TextChoices):
    MYSELF = "myself", _("For myself")
    CHILD = "child", _("For a child")
    ELDER = "elder", _("For an old person")
    FAMILY = "family", _("For my family")
    NEIGHBOUR = "neighbour", _("For a neighbour")
    VILLAGE = "village", _("For all of us here")


class WishChannel(models.TextChoices):
    PORTAL = "portal", pgettext_lazy("wish", "Portal")
    API = "api", pgettext_lazy("wish", "Programme")
    ON_BEHALF = "on_behalf", pgettext_lazy("wish", "Entered by staff")


class AdopterKind(models.TextChoices):
    TEAM = "team", _("Team")
    VOLUNTEER = "volunteer", _("Volunteer")
    DONOR = "donor", _("Donor")
