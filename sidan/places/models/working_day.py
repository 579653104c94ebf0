"""Which days are worked: the country's calendar, and what a place says otherwise (R-Z3)."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from sidan.core.ids import uuid7
from sidan.places.enums import DayKind, Occasion
from sidan.places.models.place import Place


class WorkingDayEntry(models.Model):
    """What was said about a day: appended only, the newest of a place and day counts.

    Without a place it is the country's own calendar. What a place says holds for all below it that say nothing
    themselves; `as_above` takes back what the place said.
    """

    uuid = models.UUIDField(default=uuid7, unique=True)
    place = models.ForeignKey(Place, null=True, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    kind = models.CharField(max_length=8, choices=DayKind)
    occasion = models.CharField(max_length=16, choices=Occasion, default=Occasion.OTHER)
    reason = models.CharField(max_length=200, blank=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.DO_NOTHING, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in DayKind]), name="places_day_kind_is_known"
            ),
            models.CheckConstraint(
                condition=Q(place__isnull=False) | ~Q(kind=DayKind.AS_ABOVE),
                name="places_nothing_stands_above_the_country",
            ),
        ]
        indexes = [
            # the newest word on each day of some places
            models.Index(fields=["place", "day", "-id"], name="places_day_of_place")
        ]

    def __str__(self) -> str:
        return f"{self.place_id or 'all'} {self.day:%F} {self.kind}"
