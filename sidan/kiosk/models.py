"""A terminal of a place, and what was ordered at it."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from sidan.core.ids import uuid7
from sidan.core.scope import Scope, ScopedManager
from sidan.orders.models import Order
from sidan.places.models import Place
from sidan.places.queries import scope_condition


class KioskTerminal(models.Model):
    """A device at a place at which residents order without signing in. It proves itself by a token in a cookie."""

    uuid = models.UUIDField(default=uuid7, unique=True)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    county = models.ForeignKey(Place, null=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=40)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.DO_NOTHING, related_name="+"
    )
    """Who gave out the code to set it up; nobody where a command did."""
    invited_at = models.DateTimeField()
    setup_hash = models.BinaryField(max_length=34, null=True)
    """Keyed, for eight digits can be tried out; gone as soon as the terminal is set up."""
    setup_until = models.DateTimeField()
    token_hash = models.BinaryField(max_length=32, null=True, unique=True)
    enrolled_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.DO_NOTHING, related_name="+"
    )

    objects = ScopedManager["KioskTerminal"]()
    unscoped = models.Manager["KioskTerminal"]()

    class Meta:
        indexes = [
            # the terminals of a center, newest first
            models.Index(fields=["county", "-id"], name="kiosk_terminals_of_county"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(token_hash=None, enrolled_at=None)
                | Q(token_hash__isnull=False, enrolled_at__isnull=False),
                name="kiosk_token_since_it_was_set_up",
            ),
            models.CheckConstraint(
                condition=Q(revoked_at=None) | Q(token_hash=None, setup_hash=None),
                name="kiosk_revoked_opens_nothing",
            ),
            models.UniqueConstraint(
                fields=["setup_hash"], condition=Q(setup_hash__isnull=False), name="kiosk_one_terminal_of_a_code"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="kiosk_terminal_has_a_name"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"terminal {self.uuid}"

    @classmethod
    def scope_q(cls, scope: Scope) -> Q:
        """Those of the places one works for."""
        return scope_condition(scope, place="place", county="county")


class KioskOrder(models.Model):
    """At which terminal an order was placed, once for each act: whoever taps twice orders once. Appended only."""

    terminal = models.ForeignKey(KioskTerminal, on_delete=models.PROTECT, related_name="orders")
    order = models.OneToOneField(Order, on_delete=models.PROTECT, related_name="+")
    act = models.UUIDField(unique=True)
    at = models.DateTimeField()

    class Meta:
        indexes = [
            # how many of the last hour, and of the last month
            models.Index(fields=["terminal", "at"], name="kiosk_orders_of_terminal"),
        ]

    def __str__(self) -> str:
        return f"order {self.order_id} at {self.terminal_id}"
