"""Pictures and papers that were stored."""

from django.conf import settings
from django.db import models

from sidan.core.ids import uuid7


class StoredFile(models.Model):
    """One stored picture. Bytes live in the store under `storage_key`; this row says what they are."""

    uuid = models.UUIDField(default=uuid7, unique=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.DO_NOTHING, related_name="+"
    )
    purpose = models.CharField(max_length=30)
    content_type = models.CharField(max_length=60)
    size = models.PositiveIntegerField()
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    storage_key = models.CharField(max_length=100, unique=True)
    at = models.DateTimeField()
    deleted_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            # orphans: stored, never used, older than a day
            models.Index(fields=["at"], name="files_by_moment")
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.uuid}"


class PlacedPicture(models.Model):
    """One of several pictures of a thing, in their order: the app adds of which."""

    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        abstract = True
        ordering = ["position", "id"]
