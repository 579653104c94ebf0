"""Calls back by somebody outside the team: drawn, tried, answered."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from sidan.core.fields import EncryptedTextField
from sidan.core.ids import uuid7
from sidan.orders.enums import Outcome
from sidan.orders.models import Order, OrderStep
from sidan.reviews.enums import CallResult, CallState
from sidan.reviews.policies import MOST_TRIES


class CallBack(models.Model):
    """An order whose resident is to be asked by telephone; its answer stands beside the review, if there is one."""

    uuid = models.UUIDField(default=uuid7, unique=True)
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="+")
    step = models.OneToOneField(OrderStep, on_delete=models.PROTECT, related_name="+")
    """The closing by which it was drawn: a reopened order is drawn anew."""
    state = models.CharField(max_length=10, choices=CallState, default=CallState.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    drawn_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in CallState]), name="reviews_call_state_known"
            ),
            models.CheckConstraint(condition=Q(tries__lte=MOST_TRIES), name="reviews_left_in_peace"),
            models.CheckConstraint(
                condition=Q(state="waiting", ended_at=None) | ~Q(state="waiting") & Q(ended_at__isnull=False),
                name="reviews_call_ends_once",
            ),
        ]  # fmt: skip
        indexes = [
            # whom to call, the longest waiting first
            models.Index(fields=["id"], condition=Q(state="waiting"), name="reviews_to_call"),
            # what the call-backs of an order said
            models.Index(fields=["order", "id"], name="reviews_call_of_order"),
        ]

    def __str__(self) -> str:
        return f"call back for {self.order_id}"


class CallBackTry(models.Model):
    """One call: appended only."""

    call_back = models.ForeignKey(CallBack, on_delete=models.PROTECT, related_name="calls")
    nth = models.PositiveSmallIntegerField()
    result = models.CharField(max_length=12, choices=CallResult)
    outcome = models.CharField(max_length=12, choices=Outcome, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.DO_NOTHING, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["nth"]
        constraints = [
            models.UniqueConstraint(fields=["call_back", "nth"], name="reviews_one_call_at_a_time"),
            models.CheckConstraint(
                condition=Q(result="answered") & ~Q(outcome="") | ~Q(result="answered") & Q(outcome=""),
                name="reviews_an_answer_has_an_outcome",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.call_back_id}/{self.nth} {self.result}"


class CallBackWords(models.Model):
    """What was said on the telephone: erasable, encrypted."""

    call = models.OneToOneField(CallBackTry, on_delete=models.CASCADE, primary_key=True, related_name="said")
    words = EncryptedTextField(purpose="reviews.callbackwords.words")

    def __str__(self) -> str:
        return f"words of {self.call_id}"
