"""Choices of lectures."""

from typing import Final

from django.db import models
from django.utils.translation import pgettext_lazy

from sidan.activities.enums import ActivityKind


class TalkState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("talk", "Draft")
    REVIEW = "review", pgettext_lazy("talk", "To be read")
    PUBLISHED = "published", pgettext_lazy("talk", "Published")
    DROPPED = "dropped", pgettext_lazy("talk", "Dropped")


class MaterialKind(models.TextChoices):
    """What one looks at or hands out beside a talk; pictures are kept by themselves."""

    FILM = "film", pgettext_lazy("material of a talk", "Film")
    SLIDES = "slides", pgettext_lazy("material of a talk", "Slides")
    TEXT = "text", pgettext_lazy("material of a talk", "Text to read out")
    LEAFLET = "leaflet", pgettext_lazy("material of a talk", "Leaflet")


IN_HAND: Final = frozenset({TalkState.DRAFT, TalkState.REVIEW})
"""Somebody has something to do with it before it can be given."""
GIVEN_AT: Final = frozenset({ActivityKind.LECTURE, ActivityKind.CLASS, ActivityKind.TRAINING})
"""At activities of these kinds a talk is given."""
PICTURE_PURPOSE: Final = "talk_picture"
MOST_PICTURES: Final = 8
MOST_MATERIALS: Final = 12
LONGEST_MINUTES: Final = 480
