"""The inbox of an account, what each account wants sent, and the outbox of messages that leave the installation."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from sidan.core.fields import EncryptedTextField
from sidan.core.ids import uuid7
from sidan.notify.enums import Address, DeliveryState, LeftOut, Topic
from sidan.notify.rhythm import DIGEST_MINUTES, QUIET_FROM, QUIET_UNTIL


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
    goes_at = models.DateTimeField(null=True)
    """When it is looked at next for going out: quiet hours and gathering put it off."""
    left_out = models.CharField(max_length=10, choices=LeftOut, blank=True, default="", db_default="")
    """Why it was not sent, where it might have been: nothing that could go out ends without a word."""
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
            models.Index(fields=["goes_at", "id"], condition=Q(goes_out=True), name="notify_going"),
            # and all of one account that does
            models.Index(
                fields=["account", "id"], condition=Q(goes_out=True), name="notify_going_of_account"
            ),
            # how many were not sent lately, and why
            models.Index(fields=["left_out", "at"], condition=~Q(left_out=""), name="notify_left_out"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.uuid}"


class MessageSettings(models.Model):
    """What an account chose about messages outward; who chose nothing has no row, and the defaults hold."""

    account = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    quiet_from = models.TimeField(default=QUIET_FROM)
    quiet_until = models.TimeField(default=QUIET_UNTIL)
    digest_minutes = models.PositiveSmallIntegerField(default=DIGEST_MINUTES)
    """What comes within so many minutes of the last message is gathered into one."""
    chat = EncryptedTextField(purpose="notify.settings.chat", blank=True)
    """The address of a robot in a group chat; whoever has it can write there."""

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(digest_minutes__lte=1440), name="notify_window_of_a_day_at_most"
            )
        ]

    def __str__(self) -> str:
        return f"message settings of {self.account_id}"


class Wanted(models.Model):
    """Whether an account wants a topic by a way; without a row the default holds."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    topic = models.CharField(max_length=10, choices=Topic)
    way = models.CharField(max_length=10, choices=Address)
    is_wanted = models.BooleanField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "topic", "way"], name="notify_wanted_once"),
            models.CheckConstraint(condition=Q(topic__in=Topic.values), name="notify_wanted_topic_known"),
            models.CheckConstraint(condition=Q(way__in=Address.values), name="notify_wanted_way_known"),
        ]

    def __str__(self) -> str:
        return f"{self.topic} by {self.way} for {self.account_id}"


class Delivery(models.Model):
    """One message on one channel. A row of the transaction that caused it, so that it is sent at least once."""

    uuid = models.UUIDField(default=uuid7, unique=True)
    """Told to the gateway with every try, so that it can drop a second copy."""
    effect = models.CharField(max_length=80)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+"
    )
    """Whose quiet hours count; a sign-in code has none."""
    kind = models.CharField(max_length=60, blank=True)
    """The kind of notice; "code", or "digest" of several."""
    is_urgent = models.BooleanField(default=False)
    """Sent in the quiet hours too."""
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
            # the page of the outbox, by state, newest first
            models.Index(fields=["state", "-at", "-id"], name="notify_delivery_page"),
            # when something was last sent to somebody
            models.Index(
                fields=["account", "-at"], condition=Q(account__isnull=False), name="notify_delivery_last"
            ),
            # the clean-up of what is done
            models.Index(fields=["at"], name="notify_delivery_age"),
        ]

    def __str__(self) -> str:
        return f"delivery {self.pk} by {self.channel}"
