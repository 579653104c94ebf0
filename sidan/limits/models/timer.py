"""The clock of one order in one state, and what it did."""

from django.db import models
from django.db.models import F, Q

from sidan.limits.enums import Kind, Step
from sidan.limits.models.limit import Limit
from sidan.orders.models import Order, OrderStep


class Timer(models.Model):
    """Set by a step of the order (the transition) for what must be done next (the effect); ended by the step after."""

    order = models.ForeignKey(Order, on_delete=models.DO_NOTHING, related_name="+")
    step = models.ForeignKey(OrderStep, on_delete=models.DO_NOTHING, related_name="+")
    effect = models.CharField(max_length=10, choices=Step)
    limit = models.ForeignKey(Limit, on_delete=models.DO_NOTHING, related_name="+")
    begun_at = models.DateTimeField()
    half_at = models.DateTimeField()
    due_at = models.DateTimeField()
    next_at = models.DateTimeField(null=True)
    """When it does something next; none when it has done all, or was ended before."""
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["step", "effect"], name="limits_timer_once_a_transition"),
            # the statement that sets a clock looks here for the one that runs
            models.UniqueConstraint(
                fields=["order"], condition=Q(ended_at=None), name="limits_one_timer_runs_an_order"
            ),
            models.CheckConstraint(
                condition=Q(half_at__gte=F("begun_at"), due_at__gte=F("half_at")), name="limits_half_comes_before_end"
            ),
            models.CheckConstraint(
                condition=Q(next_at=None) | Q(ended_at=None), name="limits_what_ended_does_nothing_more"
            ),
        ]  # fmt: skip
        indexes = [
            # what is due now
            models.Index(fields=["next_at"], condition=Q(next_at__isnull=False), name="limits_timers_to_fire")
        ]

    def __str__(self) -> str:
        return f"{self.effect} of {self.order_id}"


class Firing(models.Model):
    """What a timer did at one of its moments: appended only, once for each moment."""

    timer = models.ForeignKey(Timer, on_delete=models.DO_NOTHING, related_name="firings")
    kind = models.CharField(max_length=4, choices=Kind)
    did = models.CharField(max_length=20)
    """The code of `AtHalf` or `AtEnd` that was carried out, or `remind` where the wanted one was not possible."""
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["timer", "kind"], name="limits_fires_once_a_moment"),
        ]

    def __str__(self) -> str:
        return f"{self.timer_id} {self.kind}"
