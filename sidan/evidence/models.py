"""One row per cause: the thing that really happened and to which hours, points and money will point."""

from django.db import models

from sidan.core.ids import uuid7
from sidan.evidence.enums import CauseKind


class Cause(models.Model):
    """A cause, named by its kind and public reference. Appended only (R-Z1)."""

    uuid = models.UUIDField(default=uuid7, unique=True)
    kind = models.CharField(max_length=20, choices=CauseKind)
    reference = models.CharField(max_length=64)
    place_id = models.BigIntegerField()
    county_id = models.BigIntegerField(null=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "reference"], name="evidence_one_cause_per_thing")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.reference}"
