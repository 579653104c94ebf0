"""Evening micro-schools with their history, their pupils, the classes they have, and who was with those from afar."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from sidan.activities.models import Activity, Recurring
from sidan.core.fields import EncryptedTextField
from sidan.core.ids import uuid7
from sidan.core.language import ShownName, shown
from sidan.core.scope import Scope, ScopedManager
from sidan.core.search import SearchField, search_index
from sidan.core.turns import Turn
from sidan.files.models import StoredFile
from sidan.people.models import Person
from sidan.places.models import Place
from sidan.places.queries import scope_condition
from sidan.schools.enums import MOST_DAYS, MOST_VIEWERS, Joined, SchoolState, Source, Subject, Way
from sidan.schools.policies import Window, window_of

ONE_NAME = "schools_one_name_at_a_place"
PUPIL_ONCE = "schools_somebody_is_a_pupil_once"
HAD_ONCE = "schools_a_class_is_had_once_by_a_school"
ONE_ROOM = "schools_a_class_has_one_room"
SAID_ONCE = "schools_somebody_is_with_a_class_once"
COUNTED_ONCE = "schools_viewers_are_counted_once_a_day"
ONE_INSTEAD = "schools_one_count_instead_of_another"
ONE_WORD = "schools_one_word_on_a_count"
SERIES_ONCE = "schools_a_series_is_had_once_by_a_school"
"""Rules of the database whose refusals operations tell in words."""


class School(ShownName, models.Model):
    """A school that meets in the evening (微夜校): where, about what, run by whom. Closed, never removed."""

    uuid = models.UUIDField(default=uuid7, unique=True)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    """Whose school it is; it is counted there, for good."""
    county = models.ForeignKey(Place, null=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=40)
    name_en = models.CharField(max_length=80, blank=True)
    venue = models.CharField(max_length=80)
    """Where it meets."""
    about = models.CharField(max_length=500, blank=True)
    about_en = models.CharField(max_length=800, blank=True)
    subjects = ArrayField(models.CharField(max_length=8, choices=Subject), default=list)
    head = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    """Who runs it; staff read the name."""
    picture = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")
    search = SearchField(sources=("name", "name_en", "venue", "about"))
    state = models.CharField(max_length=10, choices=SchoolState)
    state_since = models.DateTimeField()
    turn = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    objects = ScopedManager["School"]()
    unscoped = models.Manager["School"]()

    class Meta:
        indexes = [
            # the schools of a county, for visitors and for its offices
            models.Index(fields=["county", "state", "id"], name="schools_of_county"),
            models.Index(fields=["place", "state", "id"], name="schools_of_place"),
            search_index(name="schools_search"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["place", "name"], condition=Q(state="active"), name=ONE_NAME),
            models.CheckConstraint(condition=Q(state__in=SchoolState.values), name="schools_state_is_known"),
            models.CheckConstraint(condition=~Q(name="") & ~Q(venue=""), name="schools_have_name_and_venue"),
            models.CheckConstraint(
                condition=Q(subjects__contained_by=Subject.values, subjects__len__gte=1),
                name="schools_subjects_are_known",
            ),
            models.CheckConstraint(condition=Q(turn__gte=1), name="schools_turn_counts_from_one"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def shown_about(self) -> str:
        """What it is about, in the reader's language where it was given."""
        return shown(self.about, self.about_en)

    @property
    def subject_words(self) -> str:
        """What is taught, in words."""
        return " · ".join(str(Subject(code).label) for code in self.subjects)

    @classmethod
    def scope_q(cls, scope: Scope) -> Q:
        """Which schools there are everybody may know; on the pages of an office stand its own."""
        return Q() if scope.public else scope_condition(scope, place="place", county="county")


class SchoolStep(Turn):
    """A turn of a school: appended only."""

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="steps")

    class Meta(Turn.Meta):
        constraints = [models.UniqueConstraint(fields=["school", "turn"], name="schools_step_once_a_turn")]

    def __str__(self) -> str:
        return f"{self.school_id}/{self.turn} {self.verb}"


class SchoolNote(models.Model):
    """Words beside a step: why it was closed. Erasable."""

    step = models.OneToOneField(SchoolStep, on_delete=models.CASCADE, primary_key=True, related_name="note")
    words = EncryptedTextField(purpose="schools.note.words")

    def __str__(self) -> str:
        return f"note of {self.step_id}"


class Pupil(models.Model):
    """Somebody who belongs to a school, from a day on; who comes back is written down anew."""

    uuid = models.UUIDField(default=uuid7, unique=True)
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="pupils")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    way = models.CharField(max_length=6, choices=Joined)
    joined_on = models.DateField()
    joined_at = models.DateTimeField()
    joined_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    left_on = models.DateField(null=True)
    left_at = models.DateTimeField(null=True)
    left_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")

    objects = ScopedManager["Pupil"]()
    unscoped = models.Manager["Pupil"]()

    class Meta:
        indexes = [
            # the schools of one person
            models.Index(fields=["person", "left_on"], name="schools_of_person")
        ]
        constraints = [
            models.UniqueConstraint(fields=["school", "person"], condition=Q(left_on=None), name=PUPIL_ONCE),
            models.CheckConstraint(condition=Q(way__in=Joined.values), name="schools_way_of_pupils_is_known"),
            models.CheckConstraint(
                condition=Q(left_on=None, left_at=None, left_by=None)
                | Q(left_on__gte=F("joined_on"), left_at__gte=F("joined_at"), left_by__isnull=False),
                name="schools_pupils_leave_after_they_join",
            ),
        ]

    def __str__(self) -> str:
        return f"pupil {self.uuid}"

    @classmethod
    def scope_q(cls, scope: Scope) -> Q:
        """Staff see who belongs to the schools of their places, everybody themselves."""
        visible = scope_condition(scope, place="school__place", county="school__county")
        return visible | Q(person=scope.person_id) if scope.person_id is not None else visible


class Session(models.Model):
    """A class that a school has, and how. One class held by video is had by many schools at once."""

    uuid = models.UUIDField(default=uuid7, unique=True)
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="+")
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="sessions")
    way = models.CharField(max_length=6, choices=Way)
    address = models.URLField(max_length=300, blank=True)
    """Where the film or the video is; https only."""
    open_days = models.PositiveSmallIntegerField()
    """How many days after its end a pupil can say that they were with it; none in the room."""
    said_at = models.DateTimeField()
    said_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    """Nobody where its series says so."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["activity", "school"], name=HAD_ONCE),
            # Who comes through the door is counted for the school in whose room it is.
            models.UniqueConstraint(fields=["activity"], condition=Q(way="room"), name=ONE_ROOM),
            models.CheckConstraint(condition=Q(way__in=Way.values), name="schools_way_of_classes_is_known"),
            models.CheckConstraint(
                condition=Q(way="room", open_days=0)
                | ~Q(way="room") & Q(open_days__gte=1, open_days__lte=MOST_DAYS),
                name="schools_only_what_is_online_stays_open",
            ),
            models.CheckConstraint(
                condition=Q(address="") | Q(address__startswith="https://"),
                name="schools_films_lie_behind_https",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.activity_id} at {self.school_id}"

    @property
    def window(self) -> Window:
        """From when until when a pupil can say that they were with it."""
        span = self.activity.span
        return window_of(begins=span.begins, ends=span.ends, days=self.open_days)


class SeriesSchool(models.Model):
    """A school has every class that is made from a rule, from now on."""

    uuid = models.UUIDField(default=uuid7, unique=True)
    series = models.ForeignKey(Recurring, on_delete=models.PROTECT, related_name="+")
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="+")
    way = models.CharField(max_length=6, choices=Way)
    address = models.URLField(max_length=300, blank=True)
    open_days = models.PositiveSmallIntegerField()
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["series", "school"], name=SERIES_ONCE)]

    def __str__(self) -> str:
        return f"{self.series_id} at {self.school_id}"


class OnlineMark(models.Model):
    """A pupil says on the telephone that they were with a class from afar: appended only, never hours of service."""

    uuid = models.UUIDField(default=uuid7, unique=True)
    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="online")
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="+")
    """The session's own: whoever belongs to two schools that have it was with it once."""
    pupil = models.ForeignKey(Pupil, on_delete=models.PROTECT, related_name="online")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    """The pupil's own."""
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["activity", "person"], name=SAID_ONCE)]

    def __str__(self) -> str:
        return f"{self.person_id} with {self.session_id}"


class ViewerCount(models.Model):
    """How many watched a class on a day, as somebody read it somewhere. Appended only; corrected by another."""

    uuid = models.UUIDField(default=uuid7, unique=True)
    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="viewers")
    source = models.CharField(max_length=8, choices=Source)
    day = models.DateField()
    people = models.PositiveIntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.DO_NOTHING, related_name="+")
    instead_of = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="instead")

    class Meta:
        ordering = ["day", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "day", "source"], condition=Q(instead_of=None), name=COUNTED_ONCE
            ),
            models.UniqueConstraint(fields=["instead_of"], name=ONE_INSTEAD),
            models.CheckConstraint(condition=Q(source__in=Source.values), name="schools_source_is_known"),
            models.CheckConstraint(condition=Q(people__lte=MOST_VIEWERS), name="schools_viewers_are_so_many"),
        ]

    def __str__(self) -> str:
        return f"{self.people} of {self.session_id} on {self.day:%F}"


class ViewerWord(models.Model):
    """A second person says whether a number of viewers is right: appended only, and it counts from then on."""

    count = models.ForeignKey(ViewerCount, on_delete=models.PROTECT, related_name="words")
    is_right = models.BooleanField()
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.DO_NOTHING, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["count"], name=ONE_WORD)]

    def __str__(self) -> str:
        return f"{self.count_id} {'right' if self.is_right else 'wrong'}"
