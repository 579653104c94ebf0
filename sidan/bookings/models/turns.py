"""Resident organisations that take turns in a room: the rule, who takes turns, and what became of single days."""

from datetime import date, datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from sidan.bookings.enums import MOST_SEATS, Purpose, TurnDayKind, TurnsState
from sidan.bookings.models.booking import Booking
from sidan.bookings.models.room import Room
from sidan.bookings.policies import Span
from sidan.core.clock import BUSINESS_ZONE
from sidan.core.ids import uuid7
from sidan.core.scope import Scope, ScopedManager
from sidan.people.enums import OrganisationKind
from sidan.people.policies import LONGEST_NAME
from sidan.places.models import Place
from sidan.places.queries import scope_condition


class RoomTurns(models.Model):
    """On one weekday some organisations have a room in turn. Whose turn a day is, is counted from the first day."""

    uuid = models.UUIDField(default=uuid7, unique=True)
    room = models.ForeignKey(Room, on_delete=models.PROTECT, related_name="turns")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    county = models.ForeignKey(Place, null=True, on_delete=models.PROTECT, related_name="+")
    weekday = models.PositiveSmallIntegerField()
    begins_at = models.TimeField()
    ends_at = models.TimeField()
    first = models.DateField()
    last = models.DateField(null=True)
    purpose = models.CharField(max_length=10, choices=Purpose)
    people = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=8, choices=TurnsState, default=TurnsState.ACTIVE)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.DO_NOTHING, related_name="+")
    created_at = models.DateTimeField()

    objects = ScopedManager["RoomTurns"]()
    unscoped = models.Manager["RoomTurns"]()

    class Meta:
        indexes = [
            # the turns of a county and of a place, those that go on first
            models.Index(fields=["county", "state", "id"], name="bookings_turns_of_county"),
            models.Index(fields=["place", "state", "id"], name="bookings_turns_of_place"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(weekday__lte=6), name="bookings_turns_of_a_weekday"),
            models.CheckConstraint(
                condition=Q(begins_at__lt=F("ends_at")), name="bookings_turns_run_forward"
            ),
            models.CheckConstraint(
                condition=Q(last=None) | Q(last__gte=F("first")), name="bookings_turns_end_after_they_begin"
            ),
            models.CheckConstraint(
                condition=Q(people__gte=1, people__lte=MOST_SEATS), name="bookings_turns_are_for_people"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in TurnsState]),
                name="bookings_turns_state_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"turns {self.uuid}"

    def span_on(self, day: date) -> Span:
        """Return from when to when on a day."""
        return Span(
            datetime.combine(day, self.begins_at, BUSINESS_ZONE),
            datetime.combine(day, self.ends_at, BUSINESS_ZONE),
        )

    @classmethod
    def scope_q(cls, scope: Scope) -> Q:
        return scope_condition(scope, place="place", county="county")


class TurnTaker(models.Model):
    """An organisation that takes turns, in the order in which it comes."""

    turns = models.ForeignKey(RoomTurns, on_delete=models.CASCADE, related_name="takers")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=OrganisationKind)
    name = models.CharField(max_length=LONGEST_NAME)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["turns", "position"], name="bookings_one_taker_a_position"),
            models.UniqueConstraint(fields=["turns", "name"], name="bookings_a_taker_stands_once"),
            models.CheckConstraint(condition=~Q(name=""), name="bookings_a_taker_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name


class TurnDay(models.Model):
    """What became of a day of the rule: booked, taken by others, or left out. Each day is made once."""

    turns = models.ForeignKey(RoomTurns, on_delete=models.CASCADE, related_name="days")
    day = models.DateField()
    kind = models.CharField(max_length=8, choices=TurnDayKind)
    taker = models.ForeignKey(TurnTaker, null=True, on_delete=models.PROTECT, related_name="+")
    """Who has it instead of whose turn it was."""
    booking = models.OneToOneField(Booking, null=True, on_delete=models.PROTECT, related_name="turn_day")

    class Meta:
        ordering = ["day"]
        constraints = [
            models.UniqueConstraint(fields=["turns", "day"], name="bookings_a_day_of_turns_once"),
            models.CheckConstraint(
                condition=Q(kind=TurnDayKind.BOOKED, booking__isnull=False)
                | Q(kind__in=[TurnDayKind.TAKEN.value, TurnDayKind.LEFT_OUT.value], booking=None),
                name="bookings_a_booked_turn_has_its_booking",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.turns_id} {self.day}"
