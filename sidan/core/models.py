"""The one table of the ground itself: answers kept for writes that a phone may repeat."""

from django.db import models

from sidan.core.fields import EncryptedTextField


class IdempotencyKey(models.Model):
    """The answer to one write, kept for a week under the key that the client gave.

    `account_id` is no foreign key: core knows no accounts. The answer may quote what a person entered, so it is
    encrypted.
    """

    account_id = models.BigIntegerField()
    key = models.CharField(max_length=64)
    fingerprint = models.BinaryField(max_length=32)
    status = models.PositiveSmallIntegerField()
    answer = EncryptedTextField(purpose="core.idempotencykey.answer")
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            # A twin that arrives at the same moment waits here until the first has committed.
            models.UniqueConstraint(fields=["account_id", "key"], name="core_idempotencykey_once"),
        ]
        indexes = [
            # the weekly clean-up
            models.Index(fields=["created_at"], name="core_idempotencykey_age"),
        ]

    def __str__(self) -> str:
        return f"answer {self.pk}"
