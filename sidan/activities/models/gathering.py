"""Who was there: for what people are marked at an activity, and how many heads were counted."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from sidan.activities.enums import MOST_SEATS
from sidan.activities.models.activity import Activity
from sidan.core.ids import uuid7
from sidan.evidence.models import Cause


class Gathering(models.Model):
    """What the marks of an activity belong to: those who help make hours of it, those who come do not.

    Written with the first mark, or at the end where somebody was to help.
    """

    activity = models.OneToOneField(
        Activity, on_delete=models.PROTECT, primary_key=True, related_name="gathering"
    )
    helpers = models.OneToOneField(Cause, on_delete=models.PROTECT, related_name="+")
    guests = models.OneToOneField(Cause, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(helpers=F("guests")), name="activities_helpers_and_guests_are_told_apart"
            )
        ]

    def __str__(self) -> str:
        return f"gathering of {self.activity_id}"


class HeadCount(models.Model):
    """How many people somebody counted at a moment, the crowd that signs nothing: never added to who was marked.

    Appended only; a count that was wrong is named by the one that stands instead.
    """

    uuid = models.UUIDField(default=uuid7, unique=True)
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="head_counts")
    at = models.DateTimeField()
    people = models.PositiveIntegerField()
    counted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.DO_NOTHING, related_name="+")
    recorded_at = models.DateTimeField()
    instead_of = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="replaced_by")

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(people__lte=MOST_SEATS), name="activities_heads_are_so_many"),
            models.CheckConstraint(
                condition=Q(at__lte=F("recorded_at")), name="activities_heads_are_counted_before"
            ),
            models.CheckConstraint(
                condition=Q(instead_of=None) | ~Q(instead_of=F("id")),
                name="activities_no_count_replaces_itself",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.people} at {self.at:%F %T}"
