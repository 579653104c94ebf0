"""What stands somewhere for a while: the route of a service bus, a fair, a stand at a market (ADR 0046)."""

from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.contrib.postgres.fields import DateTimeRangeField
from django.contrib.postgres.fields.ranges import RangeEndsWith
from django.db import models
from django.db.models import F, Q

from sidan.core.ids import uuid7
from sidan.core.language import ShownName, shown
from sidan.places.enums import CoordinateSystem, PopUpKind, PopUpState
from sidan.places.models.place import Place

LONGEST_DAYS: Final = 31
"""What stands longer is a place of its own."""
POINT_IS_WHOLE: Final = Q(longitude__isnull=True, latitude__isnull=True, coordinate_system="") | Q(
    longitude__isnull=False, latitude__isnull=False
) & Q(coordinate_system__in=CoordinateSystem.values)


class PopUp(ShownName, models.Model):
    """Public by its nature. It belongs to a place, which answers for it; it is no place of the tree itself."""

    uuid = models.UUIDField(default=uuid7, unique=True)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="pop_ups")
    county = models.ForeignKey(Place, null=True, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=PopUpKind)
    name = models.CharField(max_length=60)
    name_en = models.CharField(max_length=120, blank=True)
    spot = models.CharField(max_length=120, blank=True)
    """Where it stands, in words: 「长宁镇农贸市场东门」."""
    spot_en = models.CharField(max_length=200, blank=True)
    about = models.CharField(max_length=300, blank=True)
    about_en = models.CharField(max_length=500, blank=True)
    during = DateTimeRangeField()
    longitude = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    latitude = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    coordinate_system = models.CharField(max_length=5, choices=CoordinateSystem, blank=True)
    state = models.CharField(max_length=10, choices=PopUpState, default=PopUpState.PLANNED)
    why = models.CharField(max_length=200, blank=True)
    """Why it was called off; everybody reads it."""
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.DO_NOTHING, related_name="+"
    )
    made_at = models.DateTimeField()
    turn = models.PositiveIntegerField(default=1)
    """Raised by every change: who writes says which one they read."""

    objects = models.Manager()

    class Meta:
        indexes = [
            # what is coming in a county, and at a place: what is over stays for ever and is not read
            models.Index("county", RangeEndsWith("during"), name="places_pop_up_of_county"),
            models.Index("place", RangeEndsWith("during"), name="places_pop_up_of_place"),
        ]
        constraints = [
            models.CheckConstraint(condition=POINT_IS_WHOLE, name="places_pop_up_point_is_whole"),
            models.CheckConstraint(
                condition=Q(
                    during__isempty=False, during__lower_inf=False, during__upper_inf=False,
                    during__lower_inc=True, during__upper_inc=False,
                    during__endswith__lte=F("during__startswith") + timedelta(days=LONGEST_DAYS),
                ),
                name="places_pop_up_lasts_from_when_to_when",
            ),
            models.CheckConstraint(condition=Q(kind__in=PopUpKind.values), name="places_pop_up_kind_is_known"),
            models.CheckConstraint(
                condition=Q(state=PopUpState.PLANNED, why="") | Q(state=PopUpState.CALLED_OFF) & ~Q(why=""),
                name="places_pop_up_is_called_off_with_a_reason",
            ),
            models.CheckConstraint(condition=~Q(name=""), name="places_pop_up_has_a_name"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name

    @property
    def shown_spot(self) -> str:
        """Where it stands, in English for who reads that, where it was given."""
        return shown(self.spot, self.spot_en)

    @property
    def shown_about(self) -> str:
        """What people find there, in English for who reads that, where it was given."""
        return shown(self.about, self.about_en)

    @property
    def begins(self) -> datetime:
        begins: datetime | None = self.during.lower
        assert begins is not None, "the database keeps both ends"
        return begins

    @property
    def ends(self) -> datetime:
        ends: datetime | None = self.during.upper
        assert ends is not None, "the database keeps both ends"
        return ends


class PopUpStop(ShownName, models.Model):
    """Where a bus stops, in the order of its way, and from when to when."""

    pop_up = models.ForeignKey(PopUp, on_delete=models.CASCADE, related_name="stops")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=60)
    name_en = models.CharField(max_length=120, blank=True)
    arrives = models.DateTimeField()
    leaves = models.DateTimeField()
    longitude = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    latitude = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    coordinate_system = models.CharField(max_length=5, choices=CoordinateSystem, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["pop_up", "position"], name="places_one_stop_a_position"),
            models.CheckConstraint(condition=POINT_IS_WHOLE, name="places_stop_point_is_whole"),
            models.CheckConstraint(condition=Q(leaves__gte=F("arrives")), name="places_stop_leaves_after_it_came"),
            models.CheckConstraint(condition=~Q(name=""), name="places_stop_has_a_name"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.pop_up_id} #{self.position} {self.name}"
