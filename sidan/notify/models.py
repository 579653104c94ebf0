"""The inbox of an account, and the outbox of messages that leave the installation."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from sidan.core.fields import EncryptedTextField
from sidan.core.ids import uuid7
from sidan.notify.enums import Address, DeliveryState


class Notice(models.Model):
    """One thing an account should know. Its sentence is made of kind and facts when it is read, in the reader's
    language; facts are ids, codes and words without anything personal.
    """

    uuid = models.UUIDField(default=uuid7, unique=True)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=60)
    facts = models.JSONField(default=dict)
    link = models.CharField(max_length=200, blank=True)
    effect = models.CharField(max_length=80, blank=True)
    """What brought it about (a transition's id, say): told twice, it is kept once."""
    goes_out = models.BooleanField(default=False)
    """Still to be copied into the outbox."""
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "effect"], condition=~Q(effect=""), name="notify_notice_once_per_effect"
            )
        ]
        indexes = [
            # the inbox, newest first
            models.Index(fields=["account", "-at", "-id"], name="notify_inbox"),
            # the number at the bell, read with every page
            models.Index(fields=["account"], condition=Q(read_at=None), name="notify_unread"),
            # what the outbox still has to take over
            models.Index(fields=["id"], condition=Q(goes_out=True), name="notify_goes_out"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.uuid}"


class Delivery(models.Model):
    """One message on one channel. A row of the transaction that caused it, so that it is sent at least once."""

    effect = models.CharField(max_length=80)
    channel = models.CharField(max_length=20)
    address_kind = models.CharField(max_length=10, choices=Address)
    address = EncryptedTextField(purpose="notify.delivery.address")
    subject = EncryptedTextField(purpose="notify.delivery.subject", blank=True)
    body = EncryptedTextField(purpose="notify.delivery.body")
    state = models.CharField(max_length=10, choices=DeliveryState, default=DeliveryState.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField()
    give_up_at = models.DateTimeField()
    """After this moment the message is of no use: a sign-in code has run out."""
    last_error = models.CharField(max_length=60, blank=True)
    """The kind of the last error; its text might quote the address."""
    at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["effect", "channel"], name="notify_delivery_once_per_effect"),
            models.CheckConstraint(
                condition=Q(state=DeliveryState.SENT, sent_at__isnull=False)
                | (~Q(state=DeliveryState.SENT) & Q(sent_at=None)),
                name="notify_delivery_sent_has_its_moment",
            ),
        ]
        indexes = [
            # what is due
            models.Index(
                fields=["next_try_at"], condition=Q(state=DeliveryState.WAITING), name="notify_delivery_due"
            ),
            # the clean-up of what is done
            models.Index(fields=["at"], name="notify_delivery_age"),
        ]

    def __str__(self) -> str:
        return f"delivery {self.pk} by {self.channel}"
