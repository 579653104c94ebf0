"""A stop: one site on one day, first planned, then proven. What proves it is appended and taken back, never edited."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from sidan.activities.models import Activity
from sidan.campaigns.enums import MOST_PEOPLE, TOLD, StopState, Way
from sidan.campaigns.models.campaign import Campaign
from sidan.campaigns.models.sites import Site
from sidan.campaigns.policies import Numbers, awaiting, counting
from sidan.core.fields import EncryptedTextField
from sidan.core.ids import uuid7
from sidan.core.scope import Scope, ScopedManager
from sidan.files.models import StoredFile
from sidan.orders.models import Order
from sidan.people.models import Person
from sidan.places.queries import scope_condition

STOP_ONCE = "campaigns_stop_once"
ACTIVITY_ONCE = "campaigns_activity_stands_for_one_stop"
ORDER_ONCE = "campaigns_order_stands_for_one_stop"


class Stop(models.Model):
    """One site on one day. Its state follows from its records: the database sets it."""

    uuid = models.UUIDField(default=uuid7, unique=True)
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="stops")
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="stops")
    day = models.DateField()
    clock = models.TimeField(null=True)
    activity = models.ForeignKey(Activity, null=True, on_delete=models.PROTECT, related_name="+")
    """What is held there, and proves it as soon as it is filed."""
    order = models.ForeignKey(Order, null=True, on_delete=models.PROTECT, related_name="+")
    """What was done there."""
    state = models.CharField(max_length=10, choices=StopState, default=StopState.PLANNED)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")

    objects = ScopedManager["Stop"]()
    unscoped = models.Manager["Stop"]()

    class Meta:
        indexes = [
            # where it comes next, and what happened
            models.Index(fields=["campaign", "state", "day", "id"], name="campaigns_stops_by_day"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=StopState.values), name="campaigns_stop_state_is_known"
            ),
            models.UniqueConstraint(
                fields=["site", "day", "clock"], condition=~Q(state="called_off"), name=STOP_ONCE,
                nulls_distinct=False,
            ),
            models.UniqueConstraint(
                fields=["campaign", "activity"],
                condition=Q(activity__isnull=False) & ~Q(state="called_off"), name=ACTIVITY_ONCE,
            ),
            models.UniqueConstraint(
                fields=["campaign", "order"], condition=Q(order__isnull=False) & ~Q(state="called_off"),
                name=ORDER_ONCE,
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.site_id} on {self.day}"

    @classmethod
    def scope_q(cls, scope: Scope) -> Q:
        """Stops of what is announced are everybody's to see; on pages of staff those at their places."""
        own = scope_condition(scope, place="site__place", county="site__county")
        return own | Q(campaign__state__in=sorted(TOLD)) if scope.public else own


class StopRecord(models.Model):
    """What proves a stop, and what it came to: appended only."""

    uuid = models.UUIDField(default=uuid7, unique=True)
    stop = models.ForeignKey(Stop, on_delete=models.PROTECT, related_name="records")
    way = models.CharField(max_length=10, choices=Way)
    day = models.DateField()
    """When it was, which may be another day than the planned one."""
    activity = models.ForeignKey(Activity, null=True, on_delete=models.PROTECT, related_name="+")
    order = models.ForeignKey(Order, null=True, on_delete=models.PROTECT, related_name="+")
    photo = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")
    people = models.PositiveIntegerField(default=0)
    leaflets = models.PositiveIntegerField(default=0)
    checks = models.PositiveIntegerField(default=0)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.DO_NOTHING, related_name="+")
    """Who wrote it down; nobody where an activity proved it by being filed."""
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(way="activity", activity__isnull=False, order=None, photo=None)
                | Q(way="order", activity=None, order__isnull=False, photo=None)
                | Q(way="spot", activity=None, order=None, by__isnull=False),
                name="campaigns_record_has_its_proof",
            ),
            models.CheckConstraint(
                condition=Q(people__lte=MOST_PEOPLE, leaflets__lte=MOST_PEOPLE, checks__lte=MOST_PEOPLE),
                name="campaigns_record_is_so_much",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.stop_id} by {self.way}"

    @property
    def told(self) -> Numbers:
        """What was written down."""
        return Numbers(self.people, self.leaflets, self.checks)

    @property
    def counts(self) -> Numbers:
        """What of it counts."""
        return counting(**self._proof)

    @property
    def awaits(self) -> Numbers:
        """What of it waits for a second person's word."""
        return awaiting(**self._proof)

    @property
    def needs_word(self) -> bool:
        """Tell whether a second person has something to say: to all of it, or to what was typed beside its proof."""
        is_bare = self.way == Way.SPOT and self.photo_id is None
        return not hasattr(self, "word") and (is_bare or bool(self.awaits))

    @property
    def _proof(self) -> dict[str, Any]:
        return {
            "way": self.way, "has_photo": self.photo_id is not None, "has_word": hasattr(self, "word"),
            "told": self.told,
        }  # fmt: skip


class StopText(models.Model):
    """What was written beside a record. Erasable."""

    record = models.OneToOneField(StopRecord, on_delete=models.CASCADE, primary_key=True, related_name="text")
    words = EncryptedTextField(purpose="campaigns.record.words")

    def __str__(self) -> str:
        return f"words of {self.record_id}"


class StopWord(models.Model):
    """A second person says that a record, or what was typed beside its proof, is right: appended only."""

    record = models.OneToOneField(StopRecord, on_delete=models.PROTECT, primary_key=True, related_name="word")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.DO_NOTHING, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"word for {self.record_id}"


class StopCounter(models.Model):
    """A counter-record: takes one record back whole. Appended only; another record may follow."""

    record = models.OneToOneField(
        StopRecord, on_delete=models.PROTECT, primary_key=True, related_name="counter"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.DO_NOTHING, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"takes {self.record_id} back"


class StopCounterText(models.Model):
    """Why a record was taken back. Erasable."""

    counter = models.OneToOneField(
        StopCounter, on_delete=models.CASCADE, primary_key=True, related_name="text"
    )
    words = EncryptedTextField(purpose="campaigns.counter.words")

    def __str__(self) -> str:
        return f"why {self.counter_id} was taken back"
