"""The history of an order: rows of ids and codes that nobody can change, and erasable notes beside them."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Func, OuterRef, Q, Value

from sidan.core.fields import EncryptedTextField
from sidan.core.ids import uuid7
from sidan.orders.enums import HandoverKind, Machine, Reason
from sidan.orders.models.order import Order
from sidan.places.models import Place


class OrderStep(models.Model):
    """One transition of one machine, with who, where and when. Appended only; numbered without gaps in an order."""

    uuid = models.UUIDField(default=uuid7, unique=True)
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="steps")
    turn = models.PositiveIntegerField()
    machine = models.CharField(max_length=10, choices=Machine)
    verb = models.CharField(max_length=20)
    from_state = models.CharField(max_length=10, blank=True)
    to_state = models.CharField(max_length=10)
    assignment_id = models.BigIntegerField(null=True)
    visit_id = models.BigIntegerField(null=True)
    team_id = models.BigIntegerField(null=True)
    part_id = models.BigIntegerField(null=True)
    """Which part of an order that was split has moved."""
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.DO_NOTHING, related_name="+"
    )
    place_id = models.BigIntegerField()
    county_id = models.BigIntegerField(null=True)
    reason_code = models.CharField(max_length=20, choices=Reason, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["turn"]
        constraints = [models.UniqueConstraint(fields=["order", "turn"], name="orders_step_once_a_turn")]
        indexes = [
            # what happened in a county lately: the live queue
            models.Index(fields=["county_id", "-id"], name="orders_step_of_county")
        ]

    def __str__(self) -> str:
        return f"{self.order_id}/{self.turn} {self.verb}"


class OrderChange(models.Model):
    """What was changed about a wish, beside its step: how time and people were before. Appended only.

    Words and contact are personal: that they changed is kept, how they were is not.
    """

    step = models.OneToOneField(OrderStep, on_delete=models.PROTECT, primary_key=True, related_name="change")
    wished_from_before = models.DateTimeField(null=True)
    """Nothing where the time stayed."""
    wished_to_before = models.DateTimeField(null=True)
    people_before = models.PositiveSmallIntegerField(null=True)
    """Nothing where the number of people stayed."""
    need_changed = models.BooleanField()
    contact_changed = models.BooleanField()

    def __str__(self) -> str:
        return f"change of {self.step_id}"


class OrderNote(models.Model):
    """Words beside a step: erasable, the step stays; encrypted, because people write numbers and names into them."""

    step = models.OneToOneField(OrderStep, on_delete=models.CASCADE, primary_key=True, related_name="note")
    words = EncryptedTextField(purpose="orders.note.words")

    def __str__(self) -> str:
        return f"note of {self.step_id}"


class OrderHandover(models.Model):
    """An order went from one place to another, or another place was asked to help. Appended only, one a step.

    Reason, who and when are also the step's; they stand here again so that the way of an order is read from one table.
    """

    step = models.OneToOneField(OrderStep, on_delete=models.PROTECT, related_name="handover")
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="handovers")
    kind = models.CharField(max_length=10, choices=HandoverKind)
    from_place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    to_place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    reason_code = models.CharField(max_length=20, choices=Reason)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.DO_NOTHING, related_name="+")
    """Nobody where a time limit did it."""
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(from_place=F("to_place")), name="orders_handover_goes_somewhere"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in HandoverKind]), name="orders_handover_kind_is_known"
            ),
        ]  # fmt: skip
        indexes = [
            # whether help was asked of us with an order that waits: looked up for each of them
            models.Index(fields=["order", "to_place"], condition=Q(kind="ask_help"), name="orders_help_asked")
        ]

    def __str__(self) -> str:
        return f"{self.order_id} {self.kind}"


class OrderMerge(models.Model):
    """An order ended because another one of the same person asks for the same. Appended only, beside its step."""

    step = models.OneToOneField(OrderStep, on_delete=models.PROTECT, primary_key=True, related_name="merge")
    order = models.OneToOneField(Order, on_delete=models.PROTECT, related_name="merge")
    into = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="merged")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.DO_NOTHING, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(order=F("into")), name="orders_merge_into_another"),
        ]

    def __str__(self) -> str:
        return f"{self.order_id} into {self.into_id}"

    @staticmethod
    def way_on(order: OuterRef | Value) -> Func:
        """A condition on orders: those as which an order goes on, itself and whatever it was merged into since."""
        way = Func(order, function="orders_way_on", output_field=ArrayField(models.BigIntegerField()))
        joined = {"template": "%(expressions)s)", "arg_joiner": " = ANY("}
        return Func(F("pk"), way, output_field=models.BooleanField(), **joined)

    @staticmethod
    def goes_on_as(order: str | Value) -> Func:
        """The id of the one order as which an order goes on: itself, or the last that it was merged into."""
        last = (
            "(SELECT last FROM unnest(orders_way_on(%(expressions)s)) AS last WHERE NOT EXISTS"
            " (SELECT FROM orders_ordermerge onward WHERE onward.order_id = last))"
        )
        return Func(order, template=last, output_field=models.BigIntegerField())
