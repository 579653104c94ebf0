"""Choices of needs and surveys."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class SurveyState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("survey", "Draft")
    OPEN = "open", pgettext_lazy("survey", "Open")
    CLOSED = "closed", pgettext_lazy("survey", "Closed")


class Source(models.TextChoices):
    """How a need or an answer came to us."""

    LINK = "link", _("Link or QR code")
    PAPER = "paper", pgettext_lazy("source", "Paper")
    VISIT = "visit", _("Home visit")
    MESSAGE = "message", pgettext_lazy("source", "Message or call")
    MEETING = "meeting", _("Meeting")
    SURVEY = "survey", pgettext_lazy("source", "Survey")
    """All who chose the same in a survey, in whichever ways their sheets came."""


OUTSIDE_SURVEYS = (Source.VISIT, Source.MESSAGE, Source.MEETING)
BY_STAFF = (Source.PAPER, Source.VISIT)


class NeedState(models.TextChoices):
    NOTED = "noted", pgettext_lazy("need", "Written down")
    TRACED = "traced", pgettext_lazy("need", "Something came of it")


class TraceKind(models.TextChoices):
    ORDER = "order", pgettext_lazy("trace", "Order")
    PROJECT = "project", pgettext_lazy("trace", "Service")
    ANSWER = "answer", pgettext_lazy("trace", "Answer")
