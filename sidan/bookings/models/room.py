"""Rooms of a place, whose they are and when they are open."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.functional import Promise

from sidan.bookings.enums import MOST_SEATS, Kit, RoomOwnerKind, RoomState
from sidan.core.fields import EncryptedTextField
from sidan.core.ids import uuid7
from sidan.core.language import ShownName, shown
from sidan.core.scope import Scope, ScopedManager
from sidan.core.search import SearchField, search_index
from sidan.places.models import Place
from sidan.places.queries import scope_condition

IS_OWN = Q(owner_kind=RoomOwnerKind.OWN, owner_name="", owner_name_en="", lent_from=None, lent_until=None)
IS_LENT = (
    Q(owner_kind__in=[kind.value for kind in RoomOwnerKind if kind != RoomOwnerKind.OWN])
    & ~Q(owner_name="")
    & Q(lent_from__isnull=False)
)


class Room(ShownName, models.Model):
    """A room of a place that can be booked."""

    uuid = models.UUIDField(default=uuid7, unique=True)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    county = models.ForeignKey(Place, null=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=40)
    name_en = models.CharField(max_length=80, blank=True)
    search = SearchField(sources=("name", "name_en"))
    seats = models.PositiveSmallIntegerField()
    """How many people fit in, by the rules of fire safety."""
    kit = ArrayField(models.CharField(max_length=12, choices=Kit), default=list, blank=True)
    about = models.CharField(max_length=300, blank=True)
    """Where it is, who has the key: read by everybody."""
    is_shut_on_days_off = models.BooleanField(default=False)
    """On days that the place's calendar of working days calls free."""
    owner_kind = models.CharField(max_length=8, choices=RoomOwnerKind, default=RoomOwnerKind.OWN)
    """Whose it is: what belongs to others stays theirs and is lent by agreement (R-N2, 权属不变、统一调配)."""
    owner_name = models.CharField(max_length=60, blank=True)
    owner_name_en = models.CharField(max_length=120, blank=True)
    lent_from = models.DateField(null=True)
    lent_until = models.DateField(null=True)
    """The last day of the agreement, itself included; nothing where it has no end."""
    state = models.CharField(max_length=8, choices=RoomState, default=RoomState.OPEN)
    state_since = models.DateTimeField()
    turn = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()

    objects = ScopedManager["Room"]()
    unscoped = models.Manager["Room"]()

    class Meta:
        indexes = [
            # rooms of a county, and of one place
            models.Index(fields=["county", "state", "place", "id"], name="bookings_rooms_of_county"),
            models.Index(fields=["place", "state", "id"], name="bookings_rooms_of_place"),
            # a room by its name
            search_index(name="bookings_room_search"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in RoomState]),
                name="bookings_room_state_is_known",
            ),
            models.CheckConstraint(
                condition=Q(seats__gte=1, seats__lte=MOST_SEATS), name="bookings_room_has_seats"
            ),
            models.CheckConstraint(
                condition=Q(kit__contained_by=[kit.value for kit in Kit]), name="bookings_kit_is_known"
            ),
            models.CheckConstraint(condition=Q(turn__gte=1), name="bookings_room_turn_counts_from_one"),
            models.UniqueConstraint(fields=["place", "name"], name="bookings_one_name_at_a_place"),
            models.CheckConstraint(condition=IS_OWN | IS_LENT, name="bookings_room_owner_is_whole"),
            models.CheckConstraint(
                condition=Q(lent_until=None) | Q(lent_until__gte=F("lent_from")),
                name="bookings_room_is_lent_forward",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def shown_kit(self) -> list[str | Promise]:
        """What stands in it, in words."""
        return [Kit(code).label for code in self.kit]

    @property
    def shown_owner(self) -> str:
        """Whose room it is, in the reader's language; empty where it is the place's own."""
        return shown(self.owner_name, self.owner_name_en)

    @classmethod
    def scope_q(cls, scope: Scope) -> Q:
        """What is open is everybody's to see; the closed ones staff of the place see."""
        visible = scope_condition(scope, place="place", county="county")
        return visible | Q(state=RoomState.OPEN) if scope.public else visible


class RoomHours(models.Model):
    """A part of a weekday (Monday is 0) on which a room is open. Changing them replaces them all."""

    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="hours")
    weekday = models.PositiveSmallIntegerField()
    opens = models.TimeField()
    shuts = models.TimeField()

    class Meta:
        ordering = ["weekday", "opens"]
        constraints = [
            models.UniqueConstraint(fields=["room", "weekday", "opens"], name="bookings_hours_begin_once"),
            models.CheckConstraint(condition=Q(weekday__lte=6), name="bookings_hours_of_a_weekday"),
            models.CheckConstraint(condition=Q(opens__lt=F("shuts")), name="bookings_hours_run_forward"),
        ]

    def __str__(self) -> str:
        return f"{self.weekday} {self.opens:%H:%M}-{self.shuts:%H:%M}"


class RoomOwnerContact(models.Model):
    """Whom to call about a room that belongs to others: encrypted, erasable, each look is recorded."""

    room = models.OneToOneField(
        Room, on_delete=models.CASCADE, primary_key=True, related_name="owner_contact"
    )
    person = EncryptedTextField(purpose="bookings.owner.person", blank=True)
    phone = EncryptedTextField(purpose="bookings.owner.phone", blank=True)

    def __str__(self) -> str:
        return f"contact of the owner of {self.room_id}"
