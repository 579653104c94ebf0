"""A team that took an order asks another team, or the office, to take it over."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from sidan.core.fields import EncryptedTextField
from sidan.core.ids import uuid7
from sidan.orders.enums import Reason, TakeOverState
from sidan.orders.models.order import Order
from sidan.orders.models.work import Assignment
from sidan.people.models import Team


class TakeOver(models.Model):
    """A request to take an order over (接手), open until a moment and answered once."""

    uuid = models.UUIDField(default=uuid7, unique=True)
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="take_overs")
    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="take_overs")
    """Whose share is to be taken over."""
    from_team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    to_team = models.ForeignKey(Team, null=True, on_delete=models.PROTECT, related_name="+")
    """Nobody where the office is asked to take the order back."""
    reason_code = models.CharField(max_length=20, choices=Reason)
    words = EncryptedTextField(purpose="orders.take_over.words", blank=True)
    until = models.DateTimeField()
    state = models.CharField(max_length=10, choices=TakeOverState, default=TakeOverState.OPEN)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.DO_NOTHING, related_name="+"
    )
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["assignment"], condition=Q(state="open"), name="orders_one_take_over_asked_at_a_time"
            ),
            models.CheckConstraint(condition=Q(until__gt=F("asked_at")), name="orders_take_over_ends_after_it_begins"),
            models.CheckConstraint(
                condition=~Q(from_team=F("to_team")), name="orders_take_over_goes_to_another_team"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in TakeOverState]), name="orders_take_over_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state="open", ended_at=None) | (~Q(state="open") & Q(ended_at__isnull=False)),
                name="orders_take_over_ends_with_a_moment",
            ),
        ]  # fmt: skip
        indexes = [
            # what is open, by its end: the job that ends it
            models.Index(fields=["until"], condition=Q(state="open"), name="orders_open_take_overs"),
            # what a team is asked: its board
            models.Index(fields=["to_team"], condition=Q(state="open"), name="orders_take_overs_of_team"),
        ]

    def __str__(self) -> str:
        return f"{self.from_team_id} asks {self.to_team_id}"
