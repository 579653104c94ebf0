"""Records of service: what for, who, from when to when; appended, and taken back by a counter-record only."""

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.contrib.postgres.fields.ranges import RangeStartsWith
from django.db import models
from django.db.models import Q

from sidan.attendance.enums import Grade, Way
from sidan.core.fields import EncryptedTextField
from sidan.core.ids import uuid7
from sidan.core.language import shown
from sidan.core.scope import Scope, ScopedManager, own_q
from sidan.evidence.models import Cause
from sidan.hours.enums import CorrectionReason, Subject, Tier
from sidan.people.models import Person, Team
from sidan.places.models import Place
from sidan.places.queries import scope_condition

STANDS_ONCE = "hours_nobody_serves_twice_at_once"
"""The rule of the database that no two standing records of a person overlap; operations tell its refusal in words."""


class Occasion(models.Model):
    """What a record says beside the times (Order 67, art. 7): name, date, place, content, by whom, who was in charge.

    One for each cause, written when the visit or activity is over; appended only. It names no resident.
    """

    cause = models.OneToOneField(Cause, on_delete=models.PROTECT, related_name="occasion")
    title = models.CharField(max_length=120)
    title_en = models.CharField(max_length=120, blank=True, default="", db_default="")
    content = models.CharField(max_length=120)
    """What was done: the kind of service, in words."""
    content_en = models.CharField(max_length=120, blank=True, default="", db_default="")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    county = models.ForeignKey(Place, null=True, on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, null=True, on_delete=models.PROTECT, related_name="+")
    """Whose volunteers served; the place itself where no team did."""
    lead = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    ended_at = models.DateTimeField()
    """From here the ten working days run within which the hours are recorded (Order 67, art. 11)."""
    written_at = models.DateTimeField()

    class Meta:
        indexes = [
            # what ended so long ago that whoever has not confirmed its times is late
            models.Index(fields=["ended_at"], name="hours_occasions_by_end")
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(title="") & ~Q(content=""), name="hours_an_occasion_has_words"
            )
        ]

    def __str__(self) -> str:
        return f"occasion of {self.cause_id}"

    @property
    def shown_title(self) -> str:
        """The English title for who reads English, where one was given."""
        return shown(self.title, self.title_en)

    @property
    def shown_content(self) -> str:
        """The kind of service in the reader's language."""
        return shown(self.content, self.content_en)


class Entry(models.Model):
    """One person's minutes at one occasion: a record, or the counter-record that takes one back (R-H1, R-Z1).

    `began` and `ended` bound the time that was given, the way there not counted; nobody edits them, a correction is a
    counter-record and a record that follows it.
    """

    uuid = models.UUIDField(default=uuid7, unique=True)
    occasion = models.ForeignKey(Occasion, on_delete=models.PROTECT, related_name="entries")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="hours", db_index=False)
    team = models.ForeignKey(Team, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+", db_index=False)
    county = models.ForeignKey(Place, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    during = DateTimeRangeField()
    day = models.DateField()
    """The business date on which it began: months and the limits of a day go by it."""
    minutes = models.IntegerField()
    """Of a counter-record below zero."""
    tier = models.CharField(max_length=6, choices=Tier, default=Tier.SELF)
    way = models.CharField(max_length=8, choices=Way)
    """The weaker proof of coming and going."""
    grade = models.CharField(max_length=6, choices=Grade)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.DO_NOTHING, related_name="+"
    )
    """Who said that a time which was only told is right, or agreed to it; nobody where the code proved it."""
    counters = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="countered_by")
    follows = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="followed_by")
    """The counter-record after which this one says it right."""
    reason = models.CharField(max_length=12, choices=CorrectionReason, blank=True)
    claim = models.OneToOneField("hours.Claim", null=True, on_delete=models.PROTECT, related_name="entry")
    """By which it came to count; nothing where it counted at once."""
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.DO_NOTHING, related_name="+"
    )
    """Nobody where it was made of the proof by itself."""
    entered_at = models.DateTimeField()

    objects = ScopedManager["Entry"]()
    unscoped = models.Manager["Entry"]()

    class Meta:
        indexes = [
            # a person's records, newest first
            models.Index(fields=["person", "-day", "-id"], name="hours_of_person"),
            # the hours of a team, of a place and of a county by day
            models.Index(fields=["team", "-day", "-id"], name="hours_of_team"),
            models.Index(fields=["place", "-day", "-id"], name="hours_of_place"),
            models.Index(fields=["county", "-day", "-id"], name="hours_of_county"),
        ]
        constraints = [
            # Made of the proof once, whatever became of it afterwards; what is told late comes by a claim. Who went for
            # a break, or came again the next day, has a record of each time.
            models.UniqueConstraint(
                "occasion", "person", "tier", RangeStartsWith("during"),
                condition=Q(counters=None, follows=None, claim=None),
                name="hours_recorded_once",
            ),
            models.CheckConstraint(
                condition=Q(counters=None, minutes__gt=0) | Q(counters__isnull=False, minutes__lt=0),
                name="hours_only_a_counter_record_takes_back",
            ),
            models.CheckConstraint(
                condition=Q(counters=None) | Q(follows=None), name="hours_a_counter_record_follows_none"
            ),
            models.CheckConstraint(
                condition=Q(counters=None) | ~Q(reason=""), name="hours_taken_back_with_a_reason"
            ),
            models.CheckConstraint(condition=Q(tier__in=Tier.values), name="hours_tier_is_known"),
            models.CheckConstraint(
                condition=Q(
                    during__isempty=False, during__lower_inf=False, during__upper_inf=False,
                    during__lower_inc=True, during__upper_inc=False,
                ),
                name="hours_last_from_when_to_when",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.person_id} {self.day} {self.minutes} min"

    @property
    def standing_code(self) -> str:
        """Return what it is now: what takes back, what was taken back, or how it came to count."""
        if self.counters_id is not None:
            return "counter"
        if hasattr(self, "countered_by"):
            return "taken_back"
        return "right" if self.follows_id is not None else "late" if self.claim_id is not None else "stands"

    @classmethod
    def scope_q(cls, scope: Scope) -> Q:
        """One's own, and those of the places one works for; what a team's leader reads is asked for by itself."""
        return own_q(scope) | scope_condition(scope, place="place", county="county")


class EntryNote(models.Model):
    """Words beside a counter-record, read by whose hours they are: encrypted, erasable."""

    entry = models.OneToOneField(Entry, on_delete=models.CASCADE, primary_key=True, related_name="note")
    words = EncryptedTextField(purpose="hours.note.words")

    def __str__(self) -> str:
        return f"note of {self.entry_id}"


class Standing(models.Model):
    """The records that stand, kept by the database beside the entries: nobody serves at two places at once (R-Z2)."""

    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, primary_key=True, related_name="standing")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    during = DateTimeRangeField()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name=STANDS_ONCE,
                expressions=[("person", RangeOperators.EQUAL), ("during", RangeOperators.OVERLAPS)],
            )
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} stands"


class Total(models.Model):
    """The minutes of a person or a team in a month, added up by the database with every entry: exact at any moment."""

    subject = models.CharField(max_length=6, choices=Subject)
    subject_id = models.BigIntegerField()
    month = models.DateField()
    """Its first day."""
    minutes = models.BigIntegerField()
    records = models.IntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "subject_id", "month"], name="hours_one_total_a_month"
            ),
            # No sum of records and their counter-records is below zero.
            models.CheckConstraint(
                condition=Q(minutes__gte=0, records__gte=0), name="hours_a_total_is_never_negative"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.subject_id} {self.month:%Y-%m}: {self.minutes}"
