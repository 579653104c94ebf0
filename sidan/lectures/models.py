"""Who lectures, the talks with what belongs to them, where each was given, and which one a month passes on."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, OuterRef, Q

from sidan.activities.enums import Task
from sidan.activities.models import Activity
from sidan.catalogue.enums import Audience
from sidan.core.fields import EncryptedTextField
from sidan.core.ids import uuid7
from sidan.core.language import shown
from sidan.core.moments import month_words
from sidan.core.scope import Scope, ScopedManager
from sidan.core.search import SearchField, search_index
from sidan.core.turns import Turn
from sidan.files.models import PlacedPicture
from sidan.lectures.enums import LONGEST_MINUTES, MaterialKind, TalkState
from sidan.people.models import Person
from sidan.places.models import Place, PlaceLink
from sidan.places.queries import scope_condition

LECTURES_ONCE = "lectures_somebody_lectures_once_at_a_place"
GIVEN_ONCE = "lectures_a_talk_is_given_once_at_an_activity"
PASSED_ONCE = "lectures_a_talk_is_passed_on_once_a_month"
"""Rules of the database whose refusals operations tell in words."""


class Lecturer(models.Model):
    """Somebody who gives lectures for a place (宣讲员), and has agreed to be named. Ended, never removed."""

    uuid = models.UUIDField(default=uuid7, unique=True)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    county = models.ForeignKey(Place, null=True, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    tasks = ArrayField(models.CharField(max_length=10, choices=Task), default=list, blank=True)
    """Which of the five tasks the talks serve; none named is any."""
    about = models.CharField(max_length=120, blank=True)
    """Who it is, in a line that everybody reads: 「退休教师，老党员」."""
    about_en = models.CharField(max_length=200, blank=True)
    agreed_at = models.DateTimeField()
    """When the person said yes to being named as a lecturer."""
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)

    objects = ScopedManager["Lecturer"]()
    unscoped = models.Manager["Lecturer"]()

    class Meta:
        indexes = [
            # the list of an office, and whom one may choose at a lecture
            models.Index(fields=["county", "ended_at", "id"], name="lectures_lecturers_of_county")
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["place", "person"], condition=Q(ended_at=None), name=LECTURES_ONCE
            ),
            models.CheckConstraint(
                condition=Q(tasks__contained_by=Task.values), name="lectures_tasks_of_lecturers_are_known"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=models.F("created_at")),
                name="lectures_lecturers_end_after_they_begin",
            ),
        ]

    def __str__(self) -> str:
        return f"lecturer {self.uuid}"

    @property
    def shown_about(self) -> str:
        """Who it is, in the reader's language where it was given."""
        return shown(self.about, self.about_en)

    @property
    def tasks_words(self) -> str:
        """Which tasks the talks serve, in words."""
        return " · ".join(str(Task(code).label) for code in self.tasks)

    @classmethod
    def scope_q(cls, scope: Scope) -> Q:
        """Who lectures is everybody's to know; who did, staff see."""
        visible = scope_condition(scope, place="place", county="county")
        return visible | Q(ended_at=None) if scope.public else visible


class Talk(models.Model):
    """A talk that can be given again and again (宣讲课件): what it is about, how long, for whom, by whom."""

    uuid = models.UUIDField(default=uuid7, unique=True)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    """Whose talk it is, for good; every place of its county may give it."""
    county = models.ForeignKey(Place, null=True, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=60)
    title_en = models.CharField(max_length=120, blank=True)
    about = models.CharField(max_length=500)
    about_en = models.CharField(max_length=800, blank=True)
    task = models.CharField(max_length=10, choices=Task)
    audience = ArrayField(models.CharField(max_length=12, choices=Audience), default=list, blank=True)
    """For whom it is meant; none named is everybody."""
    minutes = models.PositiveSmallIntegerField()
    lecturer = models.ForeignKey(Lecturer, null=True, on_delete=models.PROTECT, related_name="+")
    """Who gives it as a rule."""
    search = SearchField(sources=("title", "title_en", "about"))
    state = models.CharField(max_length=10, choices=TalkState)
    state_since = models.DateTimeField()
    turn = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    objects = ScopedManager["Talk"]()
    unscoped = models.Manager["Talk"]()

    class Meta:
        indexes = [
            # the library of a county, by state
            models.Index(fields=["county", "state", "id"], name="lectures_talks_of_county"),
            models.Index(fields=["place", "state", "id"], name="lectures_talks_of_place"),
            search_index(name="lectures_talk_search"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=TalkState.values), name="lectures_state_is_known"),
            models.CheckConstraint(condition=Q(task__in=Task.values), name="lectures_task_is_known"),
            models.CheckConstraint(
                condition=~Q(title="") & ~Q(about=""), name="lectures_talks_say_what_they_are"
            ),
            models.CheckConstraint(
                condition=Q(audience__contained_by=Audience.values), name="lectures_audience_is_known"
            ),
            models.CheckConstraint(
                condition=Q(minutes__gte=1, minutes__lte=LONGEST_MINUTES), name="lectures_talks_last_minutes"
            ),
            models.CheckConstraint(condition=Q(turn__gte=1), name="lectures_turn_counts_from_one"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def shown_title(self) -> str:
        """The English title for who reads English, where one was given."""
        return shown(self.title, self.title_en)

    @property
    def shown_about(self) -> str:
        """What it is about, in the reader's language where it was given."""
        return shown(self.about, self.about_en)

    @property
    def speaker(self) -> Lecturer | None:
        """Who gives it as a rule, for as long as they lecture: whoever ended it is named no more."""
        return None if self.lecturer is None or self.lecturer.ended_at else self.lecturer

    @property
    def audience_words(self) -> str:
        """For whom it is, in words; nothing where it is for everybody."""
        return " · ".join(str(Audience(code).label) for code in self.audience)

    @classmethod
    def scope_q(cls, scope: Scope) -> Q:
        """What is published is everybody's to see; the rest staff of the place see."""
        visible = scope_condition(scope, place="place", county="county")
        return visible | Q(state=TalkState.PUBLISHED) if scope.public else visible


class Material(models.Model):
    """A film, slides, a text or a leaflet of a talk, by where it lies. Fixed with the talk."""

    uuid = models.UUIDField(default=uuid7, unique=True)
    talk = models.ForeignKey(Talk, on_delete=models.PROTECT, related_name="materials")
    kind = models.CharField(max_length=8, choices=MaterialKind)
    title = models.CharField(max_length=60)
    address = models.URLField(max_length=300)
    """https only: it is opened on the telephones of old people."""
    minutes = models.PositiveSmallIntegerField(null=True)
    """How long a film is."""

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=MaterialKind.values), name="lectures_kind_of_material_is_known"
            ),
            models.CheckConstraint(condition=~Q(title=""), name="lectures_materials_have_a_title"),
            models.CheckConstraint(
                condition=Q(address__startswith="https://"), name="lectures_materials_lie_behind_https"
            ),
            models.CheckConstraint(
                condition=Q(minutes=None) | Q(minutes__gte=1, minutes__lte=LONGEST_MINUTES),
                name="lectures_films_last_minutes",
            ),
            models.UniqueConstraint(fields=["talk", "address"], name="lectures_material_once_of_a_talk"),
        ]

    def __str__(self) -> str:
        return self.title


class TalkPicture(PlacedPicture):
    """A picture of a talk, in order."""

    talk = models.ForeignKey(Talk, on_delete=models.CASCADE, related_name="pictures")

    def __str__(self) -> str:
        return f"{self.talk_id} #{self.position}"


class TalkStep(Turn):
    """A turn of a talk: appended only."""

    talk = models.ForeignKey(Talk, on_delete=models.PROTECT, related_name="steps")

    class Meta(Turn.Meta):
        constraints = [models.UniqueConstraint(fields=["talk", "turn"], name="lectures_step_once_a_turn")]

    def __str__(self) -> str:
        return f"{self.talk_id}/{self.turn} {self.verb}"


class TalkNote(models.Model):
    """Words beside a step: why it was sent back. Erasable."""

    step = models.OneToOneField(TalkStep, on_delete=models.CASCADE, primary_key=True, related_name="note")
    words = EncryptedTextField(purpose="lectures.note.words")

    def __str__(self) -> str:
        return f"note of {self.step_id}"


class Given(models.Model):
    """A talk that is given at an activity, and by whom."""

    uuid = models.UUIDField(default=uuid7, unique=True)
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="+")
    talk = models.ForeignKey(Talk, on_delete=models.PROTECT, related_name="given")
    lecturer = models.ForeignKey(Lecturer, null=True, on_delete=models.PROTECT, related_name="given")
    said_at = models.DateTimeField()
    said_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["id"]
        indexes = [
            # how often a lecturer gave which talk
            models.Index(fields=["lecturer", "talk"], name="lectures_given_by_lecturer")
        ]
        constraints = [models.UniqueConstraint(fields=["activity", "talk"], name=GIVEN_ONCE)]

    def __str__(self) -> str:
        return f"{self.talk_id} at {self.activity_id}"

    @property
    def speaker(self) -> Lecturer | None:
        """Who everybody reads that gives it: whoever lectures no more is named no more."""
        return None if self.lecturer is None or self.lecturer.ended_at else self.lecturer


class PassedOn(models.Model):
    """A talk that a place passes on to every place below it, to be given in a month (每月课件)."""

    uuid = models.UUIDField(default=uuid7, unique=True)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    county = models.ForeignKey(Place, null=True, on_delete=models.PROTECT, related_name="+")
    talk = models.ForeignKey(Talk, on_delete=models.PROTECT, related_name="passed_on")
    month = models.DateField()
    """Its first day."""
    passed_at = models.DateTimeField()
    passed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    objects = ScopedManager["PassedOn"]()
    unscoped = models.Manager["PassedOn"]()

    class Meta:
        indexes = [
            # what a county gives this month
            models.Index(fields=["county", "-month", "id"], name="lectures_passed_on_in_month")
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(month__day=1), name="lectures_a_month_begins_on_its_first_day"
            ),
            models.UniqueConstraint(fields=["place", "talk", "month"], name=PASSED_ONCE),
        ]

    def __str__(self) -> str:
        return f"{self.talk_id} for {self.month:%Y-%m}"

    @property
    def shown_month(self) -> str:
        """For which month, in words."""
        return month_words(self.month)

    @classmethod
    def scope_q(cls, scope: Scope) -> Q:
        """Staff see what they pass on, and what a place above theirs passes on to them."""
        above = PlaceLink.objects.filter(
            ancestor=OuterRef("place"), descendant__in=scope.root_ids, during__upper_inf=True
        )
        return scope_condition(scope, place="place", county="county") | Q(Exists(above))


class Received(models.Model):
    """Staff of a place have opened what was passed on to it: once, who and when."""

    passed_on = models.ForeignKey(PassedOn, on_delete=models.CASCADE, related_name="received")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["passed_on", "place"], name="lectures_a_place_opens_it_once")
        ]

    def __str__(self) -> str:
        return f"{self.place_id} read {self.passed_on_id}"
