"""Rows that say who did what to what, when. Appended only; kept by month so that old months can be dropped whole."""

from django.conf import settings
from django.db import models

from sidan.core.ids import uuid7


class AuditEntry(models.Model):
    """One act. `facts` holds ids and codes, never names, numbers of people or free text.

    The table is partitioned by month (the law asks for at least six months of logs; older months go by DROP), so the
    primary key holds the moment as well; the migration creates it by SQL.
    """

    id = models.BigAutoField(primary_key=True)
    uuid = models.UUIDField(default=uuid7)
    at = models.DateTimeField()
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.DO_NOTHING,
        related_name="+",
        db_constraint=False,
    )
    verb = models.CharField(max_length=60)
    subject_kind = models.CharField(max_length=40)
    subject_id = models.BigIntegerField(null=True)
    place_id = models.BigIntegerField(null=True)
    county_id = models.BigIntegerField(null=True)
    request_id = models.CharField(max_length=64, blank=True)
    facts = models.JSONField(default=dict)

    class Meta:
        managed = False
        db_table = "audit_entry"

    def __str__(self) -> str:
        return f"{self.at:%F %T} {self.verb} {self.subject_kind} {self.subject_id}"
