"""What a place holds on a day: an activity, a lecture, a fair, a class, a training; with its history."""

from datetime import timedelta

from django.contrib.postgres.fields import ArrayField, DateTimeRangeField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from sidan.activities.enums import (
    COMING,
    IN_HAND,
    MOST_DAYS,
    MOST_SEATS,
    OLDEST,
    TOLD,
    UNTOLD,
    ActivityKind,
    ActivityState,
    Insurance,
    Platform,
    PostRole,
    Task,
)
from sidan.activities.models.recurring import Recurring
from sidan.activities.policies import Ages, Hours
from sidan.bookings.models import Booking
from sidan.bookings.policies import Span
from sidan.catalogue.enums import Audience
from sidan.core.fields import EncryptedTextField
from sidan.core.ids import uuid7
from sidan.core.language import shown
from sidan.core.scope import Scope, ScopedManager
from sidan.core.search import SearchField, search_index
from sidan.core.turns import Turn
from sidan.people.models import Person, Team
from sidan.places.enums import CoordinateSystem
from sidan.places.models import Place
from sidan.places.queries import scope_condition


class Activity(models.Model):
    """Something that is held once. What it is about stands in `ActivityText`."""

    uuid = models.UUIDField(default=uuid7, unique=True)
    number = models.CharField(max_length=12, unique=True)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    """Whose activity it is; it is counted there, for good."""
    county = models.ForeignKey(Place, null=True, on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, null=True, on_delete=models.PROTECT, related_name="+")
    """Who organises it; the place itself where no team does."""
    lead = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    """Who answers for it."""
    kind = models.CharField(max_length=10, choices=ActivityKind)
    title = models.CharField(max_length=60)
    title_en = models.CharField(max_length=120, blank=True)
    task = models.CharField(max_length=10, choices=Task)
    platform = models.CharField(max_length=10, choices=Platform, blank=True)
    audience = ArrayField(models.CharField(max_length=12, choices=Audience), default=list, blank=True)
    """For whom it is meant; none named is everybody."""
    during = DateTimeRangeField()
    signup_from = models.DateTimeField(null=True)
    """From when on one can come in; from the announcing on where it is not said."""
    venue = models.CharField(max_length=80)
    booking = models.ForeignKey(Booking, null=True, on_delete=models.PROTECT, related_name="+")
    """The room that is held for it."""
    longitude = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    latitude = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    coordinate_system = models.CharField(max_length=5, choices=CoordinateSystem, blank=True)
    series = models.ForeignKey(Recurring, null=True, on_delete=models.PROTECT, related_name="activities")
    occurrence = models.DateField(null=True)
    """Which time of a rule it is, by the day of its pattern."""
    lecturer = models.CharField(max_length=40, blank=True)
    youngest = models.PositiveSmallIntegerField(null=True)
    oldest = models.PositiveSmallIntegerField(null=True)
    seats = models.PositiveIntegerField(null=True)
    """For how many; for whoever comes where no number is said."""
    risks = models.CharField(max_length=300, blank=True)
    """What could happen, in plain words: said before anybody is called to help (Volunteer Regulations, art. 12)."""
    is_dangerous = models.BooleanField(default=False)
    """Somebody could get hurt: then those who help are insured before (art. 17)."""
    insurance = models.CharField(max_length=10, choices=Insurance, default=Insurance.NOT_NEEDED)
    search = SearchField(sources=("number", "title", "title_en", "venue", "lecturer"))
    state = models.CharField(max_length=10, choices=ActivityState)
    state_since = models.DateTimeField()
    turn = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")

    objects = ScopedManager["Activity"]()
    unscoped = models.Manager["Activity"]()

    class Meta:
        indexes = [
            # the console's list behind a chip of a state, by when it begins
            models.Index(F("county"), F("state"), Lower("during"), F("id"), name="activities_by_county"),
            models.Index(F("place"), F("state"), Lower("during"), F("id"), name="activities_by_place"),
            # what comes, in the portal: however many are over
            models.Index(
                F("county"), Lower("during"), F("id"),
                condition=Q(state__in=[state.value for state in sorted(COMING)]), name="activities_coming",
            ),
            # the calendar: a month of a county, be it over or ahead
            models.Index(
                F("county"), Lower("during"), F("id"),
                condition=Q(state__in=[state.value for state in sorted(TOLD)]), name="activities_told",
            ),
            # what somebody has something to do with, and what the clock looks through each minute
            models.Index(
                fields=["state", "county"],
                condition=Q(state__in=[state.value for state in sorted(IN_HAND)]), name="activities_in_hand",
            ),
            # for which activity a room was held, when that booking moves
            models.Index(fields=["booking"], condition=Q(booking__isnull=False), name="activities_of_booking"),
            search_index(name="activities_search"),
        ]  # fmt: skip
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=ActivityState.values), name="activities_state_is_known"
            ),
            models.CheckConstraint(condition=Q(kind__in=ActivityKind.values), name="activities_kind_is_known"),
            models.CheckConstraint(condition=Q(task__in=Task.values), name="activities_task_is_known"),
            models.CheckConstraint(
                condition=Q(platform__in=["", *Platform.values]), name="activities_platform_is_known"
            ),
            models.CheckConstraint(
                condition=Q(audience__contained_by=Audience.values), name="activities_audience_is_known"
            ),
            models.CheckConstraint(
                condition=Q(insurance__in=Insurance.values), name="activities_insurance_is_known"
            ),
            models.CheckConstraint(condition=~Q(title="") & ~Q(venue=""), name="activities_have_title_and_venue"),
            models.CheckConstraint(
                condition=Q(
                    during__isempty=False, during__lower_inf=False, during__upper_inf=False, during__lower_inc=True,
                    during__upper_inc=False,
                ),
                name="activities_last_from_when_to_when",
            ),
            models.CheckConstraint(
                condition=Q(during__endswith__lte=F("during__startswith") + timedelta(days=MOST_DAYS)),
                name="activities_last_three_days_at_most",
            ),
            models.CheckConstraint(
                condition=Q(signup_from=None) | Q(signup_from__lte=F("during__startswith")),
                name="activities_open_before_they_begin",
            ),
            models.CheckConstraint(
                condition=Q(longitude=None, latitude=None, coordinate_system="")
                | Q(longitude__isnull=False, latitude__isnull=False) & ~Q(coordinate_system=""),
                name="activities_point_never_without_its_system",
            ),
            models.CheckConstraint(
                condition=(Q(youngest=None) | Q(youngest__lte=OLDEST)) & (Q(oldest=None) | Q(oldest__lte=OLDEST))
                & (Q(youngest=None) | Q(oldest=None) | Q(youngest__lte=F("oldest"))),
                name="activities_ages_run_upward",
            ),
            models.CheckConstraint(
                condition=Q(seats=None) | Q(seats__gte=1, seats__lte=MOST_SEATS), name="activities_seats_are_some"
            ),
            models.CheckConstraint(
                condition=~Q(risks="") | Q(state__in=sorted(UNTOLD)), name="activities_risks_are_said_before"
            ),
            models.CheckConstraint(
                condition=Q(is_dangerous=False) | ~Q(insurance="not_needed") | Q(state__in=sorted(UNTOLD)),
                name="activities_danger_is_insured_before",
            ),
            models.CheckConstraint(condition=Q(turn__gte=1), name="activities_turn_counts_from_one"),
            models.CheckConstraint(
                condition=Q(series=None, occurrence=None) | Q(series__isnull=False, occurrence__isnull=False),
                name="activities_of_a_series_have_their_day",
            ),
            # also: what was made from a rule; where one time was called off and is held after all it is made anew
            models.UniqueConstraint(
                fields=["series", "occurrence"], condition=~Q(state="cancelled"), name="activities_made_once_a_day"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title

    @property
    def shown_title(self) -> str:
        """The English title for who reads English, where one was given."""
        return shown(self.title, self.title_en)

    @property
    def span(self) -> Span:
        """From when to when; the database keeps both ends."""
        begins, ends = self.during.lower, self.during.upper
        assert begins is not None, "an activity has a beginning"
        assert ends is not None, "an activity has an end"
        return Span(begins, ends)

    @property
    def hours(self) -> Hours:
        """What the clock goes by."""
        return Hours(self.span, self.signup_from)

    @property
    def ages(self) -> Ages:
        """Of who takes part."""
        return Ages(self.youngest, self.oldest)

    def ages_for(self, role: str) -> Ages:
        """Return the ages of a post: who helps is old enough, too, and may be older than who takes part."""
        return self.ages if role == PostRole.AUDIENCE else self.ages.of_helpers

    @property
    def audience_words(self) -> str:
        """For whom it is, in words; nothing where it is for everybody."""
        return " · ".join(str(Audience(code).label) for code in self.audience)

    @classmethod
    def scope_q(cls, scope: Scope) -> Q:
        """What is announced is everybody's to see; the rest staff of the place see."""
        visible = scope_condition(scope, place="place", county="county")
        return visible | ~Q(state__in=sorted(UNTOLD)) if scope.public else visible


class ActivityText(models.Model):
    """What it is about and what to bring, as everybody reads it; in English too, where somebody wrote it."""

    activity = models.OneToOneField(Activity, on_delete=models.CASCADE, primary_key=True, related_name="text")
    about = models.TextField(blank=True)
    about_en = models.TextField(blank=True)
    bring = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return f"text of {self.activity_id}"

    @property
    def shown_about(self) -> str:
        return shown(self.about, self.about_en)


class ActivityStep(Turn):
    """A turn of an activity: appended only."""

    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="steps")

    class Meta(Turn.Meta):
        constraints = [
            models.UniqueConstraint(fields=["activity", "turn"], name="activities_step_once_a_turn")
        ]

    def __str__(self) -> str:
        return f"{self.activity_id}/{self.turn} {self.verb}"


class ActivityNote(models.Model):
    """Words beside a step: why it was sent back, or why it is called off. Erasable."""

    step = models.OneToOneField(ActivityStep, on_delete=models.CASCADE, primary_key=True, related_name="note")
    words = EncryptedTextField(purpose="activities.note.words")

    def __str__(self) -> str:
        return f"note of {self.step_id}"


class ActivityChange(models.Model):
    """When and where it was to be before a change, and after it: appended only."""

    step = models.OneToOneField(
        ActivityStep, on_delete=models.PROTECT, primary_key=True, related_name="change"
    )
    during_before = DateTimeRangeField()
    during_after = DateTimeRangeField()
    venue_before = models.CharField(max_length=80)
    venue_after = models.CharField(max_length=80)

    def __str__(self) -> str:
        return f"change of {self.step_id}"
