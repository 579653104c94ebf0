"""Choices of notify."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class DeliveryState(models.TextChoices):
    """Where a message outward stands."""

    WAITING = "waiting", _("Waiting")
    SENT = "sent", _("Sent")
    GIVEN_UP = "given_up", _("Given up")


class Address(models.TextChoices):
    """What a channel sends to."""

    PHONE = "phone", _("Phone")
    EMAIL = "email", _("E-mail")
