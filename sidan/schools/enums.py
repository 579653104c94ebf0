"""Choices of evening micro-schools."""

from typing import Final

from django.db import models
from django.utils.translation import pgettext_lazy


class SchoolState(models.TextChoices):
    ACTIVE = "active", pgettext_lazy("school", "Holds classes")
    CLOSED = "closed", pgettext_lazy("school", "Closed")


class Subject(models.TextChoices):
    """What is taught; a school names those that it means to teach."""

    PHONE = "phone", pgettext_lazy("subject of a school", "Telephones and the internet")
    CRAFT = "craft", pgettext_lazy("subject of a school", "Crafts and trades")
    ARTS = "arts", pgettext_lazy("subject of a school", "Song, dance, brush and opera")
    HEALTH = "health", pgettext_lazy("subject of a school", "Health and first aid")
    FARMING = "farming", pgettext_lazy("subject of a school", "Farming")
    MONEY = "money", pgettext_lazy("subject of a school", "Money, and how not to be cheated")
    LAW = "law", pgettext_lazy("subject of a school", "Law and policy")
    FAMILY = "family", pgettext_lazy("subject of a school", "Family and children")


class Way(models.TextChoices):
    """How a school has a class (R-A7)."""

    ROOM = "room", pgettext_lazy("way of a class", "In the room")
    CHAT = "chat", pgettext_lazy("way of a class", "In a chat group")
    FILM = "film", pgettext_lazy("way of a class", "As a film, whenever one likes")
    VIDEO = "video", pgettext_lazy("way of a class", "By video, at the same time")


class Joined(models.TextChoices):
    """Who wrote a pupil down."""

    SELF = "self", pgettext_lazy("who wrote a pupil down", "Oneself")
    OFFICE = "office", pgettext_lazy("who wrote a pupil down", "The place")


class Source(models.TextChoices):
    """Where a number of viewers was read."""

    STREAM = "stream", pgettext_lazy("source of viewers", "Live stream")
    SHORT = "short", pgettext_lazy("source of viewers", "Short film")
    GROUP = "group", pgettext_lazy("source of viewers", "Chat group")
    SCREEN = "screen", pgettext_lazy("source of viewers", "People before a screen")


ONLINE: Final = frozenset({Way.CHAT, Way.FILM, Way.VIDEO})
"""Of a class held so, a pupil says on the telephone that they were with it."""
OPEN_DAYS: Final = {Way.ROOM: 0, Way.CHAT: 1, Way.FILM: 30, Way.VIDEO: 1}
"""How many days after its end that can still be said, where nobody chose another number."""
MOST_DAYS: Final = 366
MOST_VIEWERS: Final = 10_000_000
PICTURE_PURPOSE: Final = "school_picture"
