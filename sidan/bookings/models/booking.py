"""Who has booked a room for when."""

from datetime import timedelta

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.contrib.postgres.fields.ranges import RangeEndsWith
from django.contrib.postgres.indexes import GistIndex
from django.db import models
from django.db.models import F, Q

from sidan.bookings.enums import LONGEST_HOURS, MOST_SEATS, BookingState, Purpose
from sidan.bookings.models.room import Room
from sidan.bookings.policies import Span
from sidan.core.fields import EncryptedTextField
from sidan.core.ids import uuid7
from sidan.core.scope import Scope, ScopedManager, own_q
from sidan.core.turns import Turn
from sidan.people.enums import OrganisationKind
from sidan.people.models import Person
from sidan.people.policies import LONGEST_NAME
from sidan.places.models import Place
from sidan.places.queries import scope_condition

HELD_ONCE = "bookings_a_room_is_held_once"
"""The rule of the database that no two bookings of a room overlap; operations tell its refusal in words."""


class Booking(models.Model):
    """A room for some people from when to when. What somebody wrote about it stands in `BookingText`."""

    uuid = models.UUIDField(default=uuid7, unique=True)
    room = models.ForeignKey(Room, on_delete=models.PROTECT, related_name="bookings")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    county = models.ForeignKey(Place, null=True, on_delete=models.PROTECT, related_name="+")
    during = DateTimeRangeField()
    asker = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="bookings")
    """Whose booking it is; nobody's where staff hold the room for the place itself."""
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.DO_NOTHING, related_name="+")
    organisation_kind = models.CharField(max_length=10, choices=OrganisationKind, blank=True)
    organisation_name = models.CharField(max_length=LONGEST_NAME, blank=True)
    people = models.PositiveSmallIntegerField()
    purpose = models.CharField(max_length=10, choices=Purpose)
    for_kind = models.CharField(max_length=12, blank=True)
    for_uuid = models.UUIDField(null=True)
    """What a higher app holds the room for, by its public id."""
    state = models.CharField(max_length=10, choices=BookingState)
    state_since = models.DateTimeField()
    turn = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()

    objects = ScopedManager["Booking"]()
    unscoped = models.Manager["Booking"]()

    class Meta:
        indexes = [
            # the desk of a county and of a place: what is asked for or held and not over yet, however much is over
            models.Index("county", "state", RangeEndsWith("during"), name="bookings_desk_of_county"),
            models.Index("place", "state", RangeEndsWith("during"), name="bookings_desk_of_place"),
            # a week of a room, in any state; and what clashes with what is asked for
            GistIndex(fields=["room", "during"], name="bookings_week_of_room"),
            # my bookings
            models.Index(fields=["asker", "-id"], name="bookings_of_asker"),
            # the bookings of an activity
            models.Index(
                fields=["for_kind", "for_uuid"],
                condition=Q(for_uuid__isnull=False),
                name="bookings_for_something",
            ),
        ]
        constraints = [
            ExclusionConstraint(
                name=HELD_ONCE,
                expressions=[("room", RangeOperators.EQUAL), ("during", RangeOperators.OVERLAPS)],
                condition=Q(state=BookingState.HELD),
            ),
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in BookingState]),
                name="bookings_state_is_known",
            ),
            models.CheckConstraint(
                condition=Q(
                    during__isempty=False,
                    during__lower_inf=False,
                    during__upper_inf=False,
                    during__lower_inc=True,
                    during__upper_inc=False,
                ),
                name="bookings_last_from_when_to_when",
            ),
            models.CheckConstraint(
                condition=Q(during__endswith__lte=F("during__startswith") + timedelta(hours=LONGEST_HOURS)),
                name="bookings_last_a_day_at_most",
            ),
            models.CheckConstraint(
                condition=Q(people__gte=1, people__lte=MOST_SEATS), name="bookings_are_for_some_people"
            ),
            models.CheckConstraint(
                condition=Q(organisation_kind="", organisation_name="")
                | Q(organisation_kind__in=OrganisationKind.values) & ~Q(organisation_name=""),
                name="bookings_organisation_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(for_kind="", for_uuid=None) | ~Q(for_kind="") & Q(for_uuid__isnull=False),
                name="bookings_for_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(asker__isnull=False) | ~Q(state=BookingState.ASKED),
                name="bookings_asked_for_by_somebody",
            ),
            models.CheckConstraint(condition=Q(turn__gte=1), name="bookings_turn_counts_from_one"),
        ]

    def __str__(self) -> str:
        return f"booking {self.uuid}"

    @property
    def span(self) -> Span:
        """From when to when; the database keeps both ends."""
        begins, ends = self.during.lower, self.during.upper
        assert begins is not None, "a booking has a beginning"
        assert ends is not None, "a booking has an end"
        return Span(begins, ends)

    @property
    def is_known(self) -> bool:
        """Whether its reader may know whose it is, as a query of this app has read it; what was not asked is not."""
        return bool(vars(self).get("whose_known"))

    @classmethod
    def scope_q(cls, scope: Scope) -> Q:
        """One's own, and those of the places one works for; when a room is taken everybody may ask by `busy_times`."""
        return own_q(scope, "asker") | scope_condition(scope, place="place", county="county")


class BookingText(models.Model):
    """What the room is for, in somebody's own words, and whom to call: encrypted, erasable."""

    booking = models.OneToOneField(Booking, on_delete=models.CASCADE, primary_key=True, related_name="text")
    words = EncryptedTextField(purpose="bookings.text.words", blank=True)
    contact_phone = EncryptedTextField(purpose="bookings.text.contact_phone", blank=True)

    def __str__(self) -> str:
        return f"text of {self.booking_id}"


class BookingStep(Turn):
    """A turn of a booking: appended only."""

    booking = models.ForeignKey(Booking, on_delete=models.PROTECT, related_name="steps")

    class Meta(Turn.Meta):
        constraints = [models.UniqueConstraint(fields=["booking", "turn"], name="bookings_step_once_a_turn")]

    def __str__(self) -> str:
        return f"{self.booking_id}/{self.turn} {self.verb}"


class BookingNote(models.Model):
    """Words beside a step, read by whose booking it is and by staff: erasable."""

    step = models.OneToOneField(BookingStep, on_delete=models.CASCADE, primary_key=True, related_name="note")
    words = EncryptedTextField(purpose="bookings.note.words")

    def __str__(self) -> str:
        return f"note of {self.step_id}"
