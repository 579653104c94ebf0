"""An open call: an order put before all teams of an area, and what they answered."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from sidan.core.fields import EncryptedTextField
from sidan.core.ids import uuid7
from sidan.orders.enums import LIVE_CALL, AnswerState, CallState, CallWay
from sidan.orders.models.order import Order
from sidan.orders.models.part import WorkPart
from sidan.people.models import Team
from sidan.places.models import Place


class OpenCall(models.Model):
    """An order, or one part of it, that any team of an area may take, until a moment (公开征集)."""

    uuid = models.UUIDField(default=uuid7, unique=True)
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="calls")
    part = models.ForeignKey(
        WorkPart, null=True, on_delete=models.PROTECT, related_name="calls", db_index=False
    )
    """Of an order that was split: which part; nothing where all of it is asked for."""
    way = models.CharField(max_length=10, choices=CallWay)
    area = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    """Teams whose own place lies below it are asked."""
    until = models.DateTimeField()
    state = models.CharField(max_length=10, choices=CallState, default=CallState.OPEN)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.DO_NOTHING, related_name="+"
    )
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["order"], condition=Q(part=None, state__in=sorted(LIVE_CALL)),
                name="orders_one_call_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["part"], condition=Q(part__isnull=False, state__in=sorted(LIVE_CALL)),
                name="orders_one_call_of_a_part",
            ),
            models.CheckConstraint(condition=Q(until__gt=F("opened_at")), name="orders_call_ends_after_it_begins"),
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in CallState]), name="orders_call_state_known"
            ),
        ]  # fmt: skip
        indexes = [
            # calls that are open, by their end: the teams' page, and the job that ends them
            models.Index(fields=["until"], condition=Q(state="open"), name="orders_open_calls")
        ]

    def __str__(self) -> str:
        return f"call for {self.order_id}"

    @property
    def work(self) -> WorkPart | Order:
        """What a team would have to do: a part, or all of the order."""
        return self.part or self.order


class CallAnswer(models.Model):
    """A team that took a call, or would like to and says why it fits."""

    uuid = models.UUIDField(default=uuid7, unique=True)
    call = models.ForeignKey(OpenCall, on_delete=models.PROTECT, related_name="answers")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, choices=AnswerState)
    words = EncryptedTextField(purpose="orders.call_answer.words", blank=True)
    answered_at = models.DateTimeField()
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.DO_NOTHING, related_name="+"
    )
    taken_back_at = models.DateTimeField(null=True)
    taken_back_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.DO_NOTHING, related_name="+"
    )

    class Meta:
        ordering = ["id"]
        constraints = [
            # who took an offer back may offer anew: that is another row
            models.UniqueConstraint(
                fields=["call", "team"], condition=~Q(state="taken_back"), name="orders_team_answers_a_call_once"
            ),
            # of a hundred teams that press at once, the database lets one win
            models.UniqueConstraint(
                fields=["call"], condition=Q(state="won"), name="orders_one_team_wins_a_call"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in AnswerState]), name="orders_answer_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state="taken_back", taken_back_at__isnull=False)
                | (~Q(state="taken_back") & Q(taken_back_at=None, taken_back_by=None)),
                name="orders_offer_is_taken_back_at_a_moment",
            ),
        ]  # fmt: skip
        indexes = [
            # the offers of a team that stand: its page of open calls
            models.Index(fields=["team"], condition=Q(state="applied"), name="orders_offers_of_team")
        ]

    def __str__(self) -> str:
        return f"{self.team_id} answers {self.call_id}"
