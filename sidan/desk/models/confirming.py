"""Who calls a resident back now, what came of it, and the code by which they reach their order themselves."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from sidan.desk.enums import SETTLES, CallOutcome
from sidan.orders.models import Order


class Confirmation(models.Model):
    """One call back about an order that staff entered: by whom, when, with what outcome. Appended only."""

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="confirmations")
    outcome = models.CharField(max_length=10, choices=CallOutcome)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.DO_NOTHING, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["order"],
                condition=Q(outcome__in=[outcome.value for outcome in SETTLES]),
                name="desk_order_is_settled_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.outcome} of {self.order_id}"


class CallClaim(models.Model):
    """Somebody is calling about an order now, so that nobody else does; it runs out by itself."""

    order = models.OneToOneField(Order, on_delete=models.PROTECT, primary_key=True, related_name="call_claim")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.DO_NOTHING, related_name="+")
    at = models.DateTimeField()
    until = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(until__gt=F("at")), name="desk_a_claim_lasts_a_while"),
        ]

    def __str__(self) -> str:
        return f"call about {self.order_id}"


class AccessCode(models.Model):
    """A code for one order, said or printed: only its keyed hash is kept. A new one ends the one before."""

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="access_codes")
    code_hash = models.BinaryField(max_length=34)
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.DO_NOTHING, related_name="+")
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["order"], condition=Q(ended_at=None), name="desk_one_code_of_an_order"
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("issued_at")), name="desk_code_expires_after_it_was_issued"
            ),
        ]

    def __str__(self) -> str:
        return f"code of {self.order_id}"
