"""Marks: one person came or went, for one cause."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from sidan.attendance.enums import Direction, Way
from sidan.core.ids import uuid7
from sidan.evidence.models import Cause
from sidan.people.models import Person


class Mark(models.Model):
    """Somebody came or went. Kept as told, appended only; intervals are read from pairs of marks."""

    uuid = models.UUIDField(default=uuid7, unique=True)
    cause = models.ForeignKey(Cause, on_delete=models.PROTECT, related_name="marks")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="marks")
    direction = models.CharField(max_length=3, choices=Direction)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.DO_NOTHING, related_name="+")
    way = models.CharField(max_length=8, choices=Way)
    reason_code = models.CharField(max_length=30, blank=True)
    place_id = models.BigIntegerField()
    county_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["cause", "person", "direction"], name="attendance_came_and_went_once"
            ),
            models.CheckConstraint(
                condition=~Q(way="hand") | ~Q(reason_code=""), name="attendance_by_hand_has_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(at__lte=models.F("recorded_at")), name="attendance_not_in_the_future"
            ),
        ]
        indexes = [
            # a person's own marks, newest first
            models.Index(fields=["person", "-at"], name="attendance_mark_of_person")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.direction} {self.at:%F %T}"
