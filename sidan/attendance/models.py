"""Marks: one person came or went, for one cause; and what belongs to knowing it."""

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import Q

from sidan.attendance.enums import Direction, Grade, MeasuredTo, Way
from sidan.core.ids import uuid7
from sidan.evidence.models import Cause
from sidan.people.models import Person
from sidan.places.enums import CoordinateSystem


class Mark(models.Model):
    """Somebody came or went. Kept as told, appended only; intervals are derived from pairs of marks."""

    uuid = models.UUIDField(default=uuid7, unique=True)
    cause = models.ForeignKey(Cause, on_delete=models.PROTECT, related_name="marks")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="marks")
    direction = models.CharField(max_length=3, choices=Direction)
    nth = models.PositiveSmallIntegerField(default=1, db_default=1)
    """To which coming of the person it belongs: to an activity one comes again after a break, or the next day."""
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.DO_NOTHING, related_name="+")
    way = models.CharField(max_length=8, choices=Way)
    grade = models.CharField(max_length=6, choices=Grade)
    reason_code = models.CharField(max_length=30, blank=True)
    code_step = models.BigIntegerField(null=True)
    """Which minute's code it was: the same digits prove nothing a second time."""
    distance_m = models.PositiveIntegerField(null=True)
    accuracy_m = models.PositiveIntegerField(null=True)
    """Of the reading; with the point of a visit the accuracy of that is added."""
    measured_to = models.CharField(max_length=5, choices=MeasuredTo, blank=True, default="", db_default="")
    place_id = models.BigIntegerField()
    county_id = models.BigIntegerField(null=True)
    instead_of = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="replaced_by")
    """The earlier mark of the same that no longer stands: it was denied, or only told and this one is proven."""

    class Meta:
        constraints = [
            # Of each coming one stands, and of the going after it; each that replaces another names it, and each is
            # replaced once: a chain, never two beside.
            models.UniqueConstraint(
                fields=["cause", "person", "direction", "nth"],
                name="attendance_came_and_went_once",
                condition=Q(instead_of=None),
            ),
            models.UniqueConstraint(
                fields=["cause", "person", "code_step"], name="attendance_a_code_proves_once"
            ),
            models.CheckConstraint(
                condition=~Q(way="hand") | ~Q(reason_code=""), name="attendance_by_hand_has_a_reason"
            ),
            models.CheckConstraint(
                condition=~Q(way="hand") | Q(grade="weak"), name="attendance_by_hand_is_weak"
            ),
            models.CheckConstraint(
                condition=~Q(way="place") | Q(distance_m__isnull=False, accuracy_m__isnull=False),
                name="attendance_by_place_is_measured",
            ),
            models.CheckConstraint(
                condition=Q(way="place") & ~Q(measured_to="") | ~Q(way="place") & Q(measured_to=""),
                name="attendance_by_place_says_to_what",
            ),
            models.CheckConstraint(
                condition=Q(grade__in=[grade.value for grade in Grade]), name="attendance_grade_known"
            ),
            models.CheckConstraint(
                condition=Q(at__lte=models.F("recorded_at")), name="attendance_not_in_the_future"
            ),
            models.CheckConstraint(condition=Q(nth__gte=1), name="attendance_comings_count_from_one"),
        ]
        indexes = [
            # a person's own marks, newest first
            models.Index(fields=["person", "-at"], name="attendance_mark_of_person"),
            # what nobody has confirmed of the last months, among the few that need it
            models.Index(
                fields=["at", "id"], condition=Q(grade="weak"), name="attendance_weak_marks_by_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.direction} {self.at:%F %T}"


class Confirmation(models.Model):
    """A second person's word on a mark: it was so, or it was not. Said once, appended only."""

    mark = models.OneToOneField(Mark, on_delete=models.PROTECT, related_name="confirmation")
    is_right = models.BooleanField()
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.DO_NOTHING, related_name="+")
    said_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.mark_id} {'right' if self.is_right else 'wrong'}"


class Interval(models.Model):
    """From when to when somebody was there, derived from two marks that hold. Nobody is in two places at once."""

    cause = models.ForeignKey(Cause, on_delete=models.PROTECT, related_name="intervals")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="intervals")
    nth = models.PositiveSmallIntegerField(default=1, db_default=1)
    """Of which coming of the person."""
    during = DateTimeRangeField()
    grade = models.CharField(max_length=6, choices=Grade)
    """The weaker of the two marks'."""
    derived_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["cause", "person", "nth"], name="attendance_one_interval_a_coming"
            ),
            models.CheckConstraint(condition=Q(during__isempty=False), name="attendance_interval_lasts"),
            ExclusionConstraint(
                name="attendance_nobody_in_two_places",
                expressions=[("person", RangeOperators.EQUAL), ("during", RangeOperators.OVERLAPS)],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} for {self.cause_id}"


class LocationConsent(models.Model):
    """A person's leave to read where their telephone is at a check-in: given apart, taken back freely."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="location_consents")
    given_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(revoked_at=None), name="attendance_one_consent_holds"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} since {self.given_at:%F}"


class RawPoint(models.Model):
    """Where the telephone was at a mark, as it said. Removed after a day: what is kept is the distance."""

    mark = models.OneToOneField(Mark, on_delete=models.PROTECT, primary_key=True, related_name="raw_point")
    longitude = models.DecimalField(max_digits=9, decimal_places=6)
    latitude = models.DecimalField(max_digits=9, decimal_places=6)
    coordinate_system = models.CharField(max_length=5, choices=CoordinateSystem)
    read_at = models.DateTimeField()

    class Meta:
        indexes = [
            # the job that removes them
            models.Index(fields=["read_at"], name="attendance_point_by_age")
        ]

    def __str__(self) -> str:
        return f"point of {self.mark_id}"


class CodeTry(models.Model):
    """Digits were entered at a door: counted so that nobody guesses, removed after a day."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = [
            # how many within the window
            models.Index(fields=["person", "-at"], name="attendance_try_of_person")
        ]

    def __str__(self) -> str:
        return f"try {self.pk}"


class OfflineRecord(models.Model):
    """What a telephone kept without network, as it told it, and what came of it. Appended only.

    The telephone names each record itself, so that one that is sent twice is known again.
    """

    uuid = models.UUIDField(unique=True)
    cause = models.ForeignKey(Cause, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    """Whose time it is."""
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.DO_NOTHING, related_name="+", db_index=False
    )
    """Whose telephone told it: the person's own, or at the door of an activity that of staff. Those of before staff
    sent any do not say it: they are the person's own."""
    direction = models.CharField(max_length=3, choices=Direction)
    way = models.CharField(max_length=8, choices=Way)
    reason_code = models.CharField(max_length=30, blank=True)
    device_at = models.DateTimeField()
    """By the telephone's clock, however it was set."""
    offset_ms = models.BigIntegerField(null=True)
    """How far that clock was behind ours when they last met."""
    elapsed_ms = models.BigIntegerField(null=True)
    """From the act to the sending, by a clock that nobody can set; none after a restart."""
    claimed_at = models.DateTimeField()
    received_at = models.DateTimeField()
    outcome = models.CharField(max_length=40)
    """"written", or the code of the refusal."""
    mark = models.OneToOneField(Mark, null=True, on_delete=models.PROTECT, related_name="offline_record")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="written", mark__isnull=False) | ~Q(outcome="written") & Q(mark=None),
                name="attendance_written_has_its_mark",
            )
        ]

    def __str__(self) -> str:
        return f"{self.uuid} {self.outcome}"
