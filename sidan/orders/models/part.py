"""An order split into kinds of work that different teams take at the same time."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from sidan.catalogue.models import Category
from sidan.core.ids import uuid7
from sidan.core.moments import Counted
from sidan.orders.enums import PART_STATES, OrderState
from sidan.orders.models.order import Order


class WorkPart(models.Model):
    """One kind of work of an order (分项). It stands where an order of its own would; the order's state follows."""

    uuid = models.UUIDField(default=uuid7, unique=True)
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="parts")
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="+")
    words = models.CharField(max_length=60, blank=True)
    """What is to be done, in a few words that all teams and the resident read; of a private order none."""
    people_needed = models.PositiveSmallIntegerField(default=1)
    position = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=OrderState, default=OrderState.ADMITTED)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.DO_NOTHING, related_name="+"
    )
    ended_at = models.DateTimeField(null=True)
    """When the split was undone."""
    due_at = models.DateTimeField(null=True)
    """When its present state must be over, as of an order; of the order itself the earliest of these holds."""
    half_at = models.DateTimeField(null=True)
    counted: Counted | None = None

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["order", "position"], condition=Q(ended_at=None), name="orders_part_has_its_place"
            ),
            models.CheckConstraint(condition=Q(people_needed__gte=1), name="orders_part_needs_somebody"),
            models.CheckConstraint(
                condition=Q(state__in=sorted(PART_STATES)), name="orders_part_state_known"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.order_id}#{self.position}"

    @property
    def shown_title(self) -> str:
        """What this part is, in the fewest words: those of the office, or the kind of service."""
        return self.words or self.category.shown_name
