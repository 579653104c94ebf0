"""Choices of the catalogue."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Mode(models.TextChoices):
    """Where a service is given."""

    AT_HOME = "at_home", _("At home")
    AT_PLACE = "at_place", _("At a place")
    ONLINE = "online", _("Online")


class Audience(models.TextChoices):
    """Groups for whom a kind of service is meant (R-Z6). A kind that names none is for everybody.

    It says something of a service, never of a person: who orders it need not belong to the group.
    """

    ELDER = "elder", _("Old people")
    CHILD = "child", _("Children and young people")
    LEFT_BEHIND = "left_behind", _("Children whose parents work elsewhere")
    DISABLED = "disabled", _("Disabled people")
    HARDSHIP = "hardship", _("Families in hardship")
    WOMAN = "woman", _("Women")
    VETERAN = "veteran", _("Veterans")


class ProjectState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    IN_REVIEW = "in_review", _("In review")
    PUBLISHED = "published", _("Published")
    SUSPENDED = "suspended", _("Suspended")
    WITHDRAWN = "withdrawn", pgettext_lazy("project", "Withdrawn")


class Stage(models.TextChoices):
    """How far a project has grown (R-O1), in the order in which most do."""

    SEED = "seed", pgettext_lazy("stage of a project", "Being tried out")
    GROWING = "growing", pgettext_lazy("stage of a project", "Growing")
    MATURE = "mature", pgettext_lazy("stage of a project", "Mature")
    BRAND = "brand", pgettext_lazy("stage of a project", "Brand project")


class SupportSource(models.TextChoices):
    """Who gives money to a project."""

    FUND = "fund", pgettext_lazy("giver of money", "A fund")
    UNIT = "unit", pgettext_lazy("giver of money", "An enterprise or unit")
    BUDGET = "budget", pgettext_lazy("giver of money", "The public budget")
    DONOR = "donor", pgettext_lazy("giver of money", "People who give")


class TaskState(models.TextChoices):
    OPEN = "open", pgettext_lazy("task of a project", "To be done")
    CLOSED = "closed", pgettext_lazy("task of a project", "Closed out")
    DROPPED = "dropped", pgettext_lazy("task of a project", "Dropped")


class ResultKind(models.TextChoices):
    """What may be asked of a report."""

    NUMBER = "number", pgettext_lazy("kind of answer", "A number")
    CHOICE = "choice", pgettext_lazy("kind of answer", "One of several")
    YES_NO = "yes_no", pgettext_lazy("kind of answer", "Yes or no")
    TEXT = "text", pgettext_lazy("kind of answer", "A few words")


class MenuState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")
