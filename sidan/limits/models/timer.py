"""The clock of one order or wish in one state, and what it did."""

from django.db import models
from django.db.models import F, Q

from sidan.limits.enums import Kind, Step
from sidan.limits.models.limit import Limit
from sidan.orders.models import Order, OrderStep, WorkPart
from sidan.wishes.models import Wish, WishStep


class Running(models.Model):
    """Set by a step (the transition) for what must be done next (the effect); ended by the step after.

    A table for each kind of thing, so that each points at its own by real foreign keys that are never empty.
    """

    effect = models.CharField(max_length=10, choices=Step)
    limit = models.ForeignKey(Limit, on_delete=models.DO_NOTHING, related_name="+")
    acts_by = models.ForeignKey(
        Limit, null=True, on_delete=models.DO_NOTHING, related_name="+", db_index=False
    )
    """What presses is over by another limit than its own: whose half and end are carried out all the same."""
    begun_at = models.DateTimeField()
    half_at = models.DateTimeField()
    due_at = models.DateTimeField()
    next_at = models.DateTimeField(null=True)
    """When it does something next; none when it has done all, or was ended before."""
    ended_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True

    @property
    def acting(self) -> Limit:
        """The limit that says who is told, and what is done at the end."""
        return self.acts_by or self.limit

    def __str__(self) -> str:
        return f"{self.effect} since {self.begun_at}"


HALF_BEFORE_END = Q(half_at__gte=F("begun_at"), due_at__gte=F("half_at"))
DOES_NOTHING_MORE = Q(next_at=None) | Q(ended_at=None)


class Timer(Running):
    """The clock of an order, or of one part of an order that was split."""

    order = models.ForeignKey(Order, on_delete=models.DO_NOTHING, related_name="+")
    part = models.ForeignKey(
        WorkPart, null=True, on_delete=models.DO_NOTHING, related_name="+", db_index=False
    )
    """Of an order that was split: whose time this is; nothing where it is that of the whole order."""
    step = models.ForeignKey(OrderStep, on_delete=models.DO_NOTHING, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["step", "effect"], condition=Q(part=None), name="limits_timer_once_a_transition"
            ),
            models.UniqueConstraint(
                fields=["step", "effect", "part"], condition=Q(part__isnull=False),
                name="limits_timer_once_a_transition_of_a_part",
            ),
            # the statement that sets a clock looks in these two for the ones that run
            models.UniqueConstraint(
                fields=["order"], condition=Q(ended_at=None, part=None), name="limits_one_timer_runs_an_order"
            ),
            models.UniqueConstraint(
                fields=["order", "part"], condition=Q(ended_at=None, part__isnull=False),
                name="limits_one_timer_runs_a_part",
            ),
            models.CheckConstraint(condition=HALF_BEFORE_END, name="limits_half_comes_before_end"),
            models.CheckConstraint(condition=DOES_NOTHING_MORE, name="limits_what_ended_does_nothing_more"),
        ]  # fmt: skip
        indexes = [
            # what is due now
            models.Index(fields=["next_at"], condition=Q(next_at__isnull=False), name="limits_timers_to_fire")
        ]

    @property
    def nth(self) -> int | None:
        """Of an order that was split: the number of the part."""
        return self.part.position if self.part else None


class WishTimer(Running):
    """The clock of a wish."""

    wish = models.ForeignKey(Wish, on_delete=models.DO_NOTHING, related_name="+")
    step = models.ForeignKey(WishStep, on_delete=models.DO_NOTHING, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["step", "effect"], name="limits_wish_timer_once_a_transition"),
            # the statement that sets a clock looks here for the one that runs
            models.UniqueConstraint(
                fields=["wish"], condition=Q(ended_at=None), name="limits_one_timer_runs_a_wish"
            ),
            models.CheckConstraint(condition=HALF_BEFORE_END, name="limits_half_comes_before_end_of_wishes"),
            models.CheckConstraint(condition=DOES_NOTHING_MORE, name="limits_what_ended_of_wishes_is_still"),
        ]
        indexes = [
            # what is due now
            models.Index(
                fields=["next_at"], condition=Q(next_at__isnull=False), name="limits_wish_timers_to_fire"
            )
        ]


class TaskTimer(Running):
    """The clock of what is to be done about an order beside its own way, by the turn at which it came up."""

    order = models.ForeignKey(Order, on_delete=models.DO_NOTHING, related_name="+")
    turn = models.PositiveIntegerField()

    class Meta:
        constraints = [
            # the statement that sets a clock, and the queues of such tasks, look here for the one that runs
            models.UniqueConstraint(
                fields=["order", "effect", "turn"], condition=Q(ended_at=None), name="limits_one_timer_runs_a_task"
            ),
            models.CheckConstraint(condition=HALF_BEFORE_END, name="limits_half_comes_before_end_of_tasks"),
            models.CheckConstraint(condition=DOES_NOTHING_MORE, name="limits_what_ended_of_tasks_is_still"),
        ]  # fmt: skip
        indexes = [
            # what is due now
            models.Index(
                fields=["next_at"], condition=Q(next_at__isnull=False), name="limits_task_timers_to_fire"
            )
        ]


A_DAY_OF_ITS_OWN = Q(kind=Kind.LATE, day__isnull=False) | ~Q(kind=Kind.LATE) & Q(day=None)


class Happening(models.Model):
    """What a timer did at one of its moments: appended only, once for each moment, or once a day for what is late."""

    kind = models.CharField(max_length=4, choices=Kind)
    did = models.CharField(max_length=20)
    """The code of `AtHalf` or `AtEnd` that was carried out: where the wanted one was not possible another one,
    `to_office` for a person who is gone; `choose` where teams have offered to take a call."""
    at = models.DateTimeField()
    day = models.DateField(null=True)
    """Of what comes again: on which business day it came."""

    class Meta:
        abstract = True
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.kind} {self.did}"


class Firing(Happening):
    """What the clock of an order did."""

    timer = models.ForeignKey(Timer, on_delete=models.DO_NOTHING, related_name="firings")

    class Meta(Happening.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["timer", "kind", "day"], nulls_distinct=False, name="limits_fires_once_a_moment"
            ),
            models.CheckConstraint(condition=A_DAY_OF_ITS_OWN, name="limits_late_has_its_day"),
        ]


class WishFiring(Happening):
    """What the clock of a wish did."""

    timer = models.ForeignKey(WishTimer, on_delete=models.DO_NOTHING, related_name="firings")

    class Meta(Happening.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["timer", "kind", "day"],
                nulls_distinct=False,
                name="limits_fires_once_a_moment_of_wishes",
            ),
            models.CheckConstraint(condition=A_DAY_OF_ITS_OWN, name="limits_late_has_its_day_of_wishes"),
        ]


class TaskFiring(Happening):
    """What the clock of a task did."""

    timer = models.ForeignKey(TaskTimer, on_delete=models.DO_NOTHING, related_name="firings")

    class Meta(Happening.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["timer", "kind", "day"],
                nulls_distinct=False,
                name="limits_fires_once_a_moment_of_tasks",
            ),
            models.CheckConstraint(condition=A_DAY_OF_ITS_OWN, name="limits_late_has_its_day_of_tasks"),
        ]
