"""Choices of notify."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class DeliveryState(models.TextChoices):
    """Where a message outward stands."""

    WAITING = "waiting", _("Waiting")
    SENT = "sent", _("Sent")
    GIVEN_UP = "given_up", _("Given up")


class LeftOut(models.TextChoices):
    """Why a notice that might have gone outward did not; it stands in the inbox all the same."""

    READ = "read", _("Read in the inbox before it left")
    UNWANTED = "unwanted", _("The reader does not want it sent")
    NO_ADDRESS = "no_address", _("The reader has no address that a channel here sends to")
    NO_CHANNEL = "no_channel", _("No channel was set up here")


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
