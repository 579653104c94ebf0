"""What was said about an order, to whom it was read, what one may say with a tap, and what was reported."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from sidan.core.fields import EncryptedTextField
from sidan.core.ids import uuid7
from sidan.core.language import shown
from sidan.orders.models import Order
from sidan.people.models import Team
from sidan.places.models import Place
from sidan.talk.enums import Side, Verdict, Why
from sidan.talk.phrases import in_readers_language


class Message(models.Model):
    """One message of one party. Only ever added; its words stand beside it and can be erased."""

    uuid = models.UUIDField(default=uuid7, unique=True)
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="+")
    side = models.CharField(max_length=10, choices=Side)
    team = models.ForeignKey(Team, null=True, on_delete=models.PROTECT, related_name="+")
    """For which team its author spoke."""
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.DO_NOTHING, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = [
            # the thread, and what is new of it
            models.Index(fields=["order", "id"], name="talk_thread"),
            # how much one has written lately
            models.Index(fields=["author", "at"], name="talk_by_author"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(side__in=Side.values), name="talk_side_known"),
            models.CheckConstraint(
                condition=Q(side="team", team__isnull=False) | (~Q(side="team") & Q(team=None)),
                name="talk_a_team_is_named_where_one_speaks",
            ),
        ]

    def __str__(self) -> str:
        return f"message {self.uuid}"


class MessageText(models.Model):
    """The words of a message."""

    message = models.OneToOneField(Message, on_delete=models.CASCADE, primary_key=True, related_name="text")
    words = EncryptedTextField(purpose="talk.message.words")
    """As they were sent, for ever: in the language of who sent them."""
    begun = models.CharField(max_length=20, blank=True)
    """By which of the sentences of `phrases.py` it was sent with a tap: its code."""
    phrase = models.ForeignKey("Phrase", null=True, on_delete=models.PROTECT, related_name="+")
    """By which of the county's own."""
    hidden_at = models.DateTimeField(null=True)
    """The office took it off; only the office still reads it."""

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(begun="") | Q(phrase=None), name="talk_sent_by_one_sentence")
        ]

    def __str__(self) -> str:
        return f"words of {self.message_id}"

    @property
    def shown_words(self) -> str:
        """What was sent with a tap in the language of who reads it, all else as it was written; nothing once erased."""
        if not self.words:
            return ""
        if self.phrase is not None:
            return shown(self.phrase.words, self.phrase.words_en)
        return in_readers_language(code=self.begun, written=self.words)


class ReadMark(models.Model):
    """Up to which message an account has read a thread."""

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="+")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    upto = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "order"], name="talk_one_mark_a_thread")]

    def __str__(self) -> str:
        return f"{self.account_id} read {self.order_id} to {self.upto}"


class Phrase(models.Model):
    """A county's own sentence to send with a tap, at some step, for one side (`phrases.py` has what all begin with)."""

    uuid = models.UUIDField(default=uuid7, unique=True)
    county = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    side = models.CharField(max_length=10, choices=Side)
    step = models.CharField(max_length=12, blank=True)
    """The state of an order in which it is offered; empty: in each."""
    words = models.CharField(max_length=200)
    words_en = models.CharField(max_length=200, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(side__in=Side.values), name="talk_phrase_side_known")
        ]
        indexes = [
            # what is offered in a thread, and the county's page of them
            models.Index(
                fields=["county", "side", "position"], condition=Q(ended_at=None), name="talk_phrases"
            )
        ]

    def __str__(self) -> str:
        return self.words


class Report(models.Model):
    """Somebody says that a message should not stand there; the office looks at it."""

    uuid = models.UUIDField(default=uuid7, unique=True)
    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="reports")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    why = models.CharField(max_length=10, choices=Why)
    at = models.DateTimeField()
    verdict = models.CharField(max_length=10, choices=Verdict, blank=True)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["message", "by"], name="talk_reported_once_by_each"),
            models.CheckConstraint(
                condition=Q(verdict="", settled_at=None) | (~Q(verdict="") & Q(settled_at__isnull=False)),
                name="talk_verdict_has_its_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"report of {self.message_id}"
