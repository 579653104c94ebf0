"""Days that have a name."""

from django.db import models
from django.db.models import Q

from sidan.activities.calendar import Pattern, pattern_of
from sidan.activities.enums import NamedDayKind
from sidan.core.language import ShownName


class NamedDay(ShownName, models.Model):
    """A day of the year that is known by a name (学雷锋纪念日, 腊八节): a code table of the installation (R-A2).

    The feasts that every center keeps are a kind of pattern (`Festival`); here stands what is decreed anew, moved or
    renamed over the years, and what is kept in one part of the country only. Two names may mean one day.
    """

    code = models.CharField(max_length=40, primary_key=True)
    kind = models.CharField(max_length=10, choices=NamedDayKind)
    name = models.CharField(max_length=40)
    name_en = models.CharField(max_length=80, blank=True)
    pattern = models.JSONField()
    """On which day it falls, as `calendar.written` has it."""
    position = models.PositiveSmallIntegerField(default=0)
    is_active = models.BooleanField(default=True)
    """One that is kept no longer is offered no longer; what was arranged for it keeps its name."""

    class Meta:
        ordering = ["position", "code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=NamedDayKind.values), name="activities_kind_of_day_is_known"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="activities_a_named_day_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def falls(self) -> Pattern:
        """The pattern itself.

        Raises:
            BadPattern: what is kept cannot be read.
        """
        return pattern_of(self.pattern)
