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
    CHAT = "chat", _("Group chat")


class Topic(models.TextChoices):
    """What a notice is to its reader: the rows of one's own settings. A kind of notice belongs to one of them."""

    MINE = "mine", _("What I asked for: my orders, my wishes")
    TEAM = "team", _("What my team or I were asked to do")
    OFFICE = "office", _("What waits for my office")
    TALK = "talk", _("What people write to me about an order")
    OTHER = "other", _("Everything else")
