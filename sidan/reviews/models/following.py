"""What follows from a review: seeing to what is not well, answering what should be better."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from sidan.core.fields import EncryptedTextField
from sidan.core.ids import uuid7
from sidan.orders.enums import Outcome
from sidan.orders.models import Order, Review
from sidan.reviews.enums import OF_DANGER, AfterLow, FollowUpState, SuggestionState, ToldBy


class FollowUp(models.Model):
    """Something was not well, and what came of it: once for each closing of an order and who told of it.

    Apart, so that a call-back that hears worse than review or stars said is not taken for followed up already.
    """

    uuid = models.UUIDField(default=uuid7, unique=True)
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="+")
    turn = models.PositiveIntegerField()
    """The turn by which the order had been closed."""
    told_by = models.CharField(max_length=10, choices=ToldBy)
    outcome = models.CharField(max_length=12, choices=Outcome)
    way = models.CharField(max_length=10, choices=AfterLow)
    state = models.CharField(max_length=6, choices=FollowUpState)
    answer = EncryptedTextField(purpose="reviews.followup.answer", blank=True)
    """What the resident is told."""
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.DO_NOTHING, related_name="+"
    )

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["order", "turn", "told_by"], name="reviews_follow_up_once_a_word"
            ),
            models.CheckConstraint(
                condition=Q(state="open", closed_at=None) | Q(state="done", closed_at__isnull=False),
                name="reviews_follow_up_ends_once",
            ),
        ]
        indexes = [
            # what waits to be seen to, the longest first
            models.Index(fields=["id"], condition=Q(state="open"), name="reviews_to_follow_up")
        ]

    def __str__(self) -> str:
        return f"follow-up of {self.order_id}"

    @property
    def is_of_danger(self) -> bool:
        """Whether it is about danger to life, and not about how it was."""
        return self.told_by in OF_DANGER


class Suggestion(models.Model):
    """What a resident would like to be done better; the words stand with the review."""

    uuid = models.UUIDField(default=uuid7, unique=True)
    review = models.OneToOneField(Review, on_delete=models.PROTECT, related_name="suggestion")
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=SuggestionState, default=SuggestionState.OPEN)
    answer = EncryptedTextField(purpose="reviews.suggestion.answer", blank=True)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in SuggestionState]),
                name="reviews_suggestion_state_known",
            )
        ]
        indexes = [
            # what waits for an answer
            models.Index(fields=["id"], condition=Q(state="open"), name="reviews_to_answer"),
            # what the resident of an order suggested
            models.Index(fields=["order", "id"], name="reviews_suggestion_of_order"),
        ]

    def __str__(self) -> str:
        return f"suggestion of {self.order_id}"


class SuggestionStep(models.Model):
    """A suggestion was made, adopted or answered: appended only, and counted."""

    suggestion = models.ForeignKey(Suggestion, on_delete=models.PROTECT, related_name="steps")
    state = models.CharField(max_length=10, choices=SuggestionState)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.DO_NOTHING, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["suggestion", "state"], name="reviews_suggestion_step_once")
        ]

    def __str__(self) -> str:
        return f"{self.suggestion_id} {self.state}"
