"""What a place or a team means to do in a year, a month or a week; its lines, its history, what came of each line."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from sidan.activities.enums import ActivityKind, Platform, Task
from sidan.activities.models import Activity, Recurring
from sidan.catalogue.enums import Audience
from sidan.core.clock import business_date
from sidan.core.fields import EncryptedTextField
from sidan.core.ids import uuid7
from sidan.core.language import shown
from sidan.core.scope import Scope, ScopedManager
from sidan.core.search import SearchField, search_index
from sidan.core.turns import Turn
from sidan.people.models import Person, Team
from sidan.places.models import Place
from sidan.places.queries import scope_condition
from sidan.plans.enums import MOST_TIMES, NamedPart, Period, PlanState
from sidan.plans.policies import Days
from sidan.plans.words import days_words, period_words

ONE_OF_A_PLACE = "plans_one_of_a_place_and_period"
ONE_OF_A_TEAM = "plans_one_of_a_team_and_period"
ERASED_ONCE = "plans_a_part_is_erased_once"
SERIES_ONCE = "plans_series_once_in_a_plan"
"""The rules of the database that there is one plan for the same days; operations tell their refusal in words."""


class Plan(models.Model):
    """A plan of a place, or of one of its teams, for a year, a month or a week."""

    uuid = models.UUIDField(default=uuid7, unique=True)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    """Whose plan it is, for good."""
    county = models.ForeignKey(Place, null=True, on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, null=True, on_delete=models.PROTECT, related_name="+")
    """Whose of the place's teams; the place's own where no team is named."""
    period = models.CharField(max_length=5, choices=Period)
    first_day = models.DateField()
    last_day = models.DateField()
    theme = models.CharField(max_length=60)
    theme_en = models.CharField(max_length=120, blank=True)
    goals = models.CharField(max_length=500, blank=True)
    """What is to be reached, in plain words."""
    source = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    """The plan of which it was copied."""
    search = SearchField(sources=("theme", "theme_en"))
    published_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=10, choices=PlanState)
    state_since = models.DateTimeField()
    turn = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    objects = ScopedManager["Plan"]()
    unscoped = models.Manager["Plan"]()

    class Meta:
        indexes = [
            # the list of an office behind a chip, by period
            models.Index(fields=["county", "state", "first_day", "id"], name="plans_by_county"),
            models.Index(fields=["place", "state", "first_day", "id"], name="plans_by_place"),
            search_index(name="plans_search"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=PlanState.values), name="plans_state_is_known"),
            models.CheckConstraint(condition=Q(period__in=Period.values), name="plans_period_is_known"),
            models.CheckConstraint(condition=~Q(theme=""), name="plans_have_a_theme"),
            models.CheckConstraint(condition=Q(first_day__lt=F("last_day")), name="plans_days_run_forward"),
            models.CheckConstraint(
                condition=Q(published_at__isnull=False) | ~Q(state="published"),
                name="plans_say_since_when_they_are_published",
            ),
            models.CheckConstraint(condition=Q(turn__gte=1), name="plans_turn_counts_from_one"),
            models.UniqueConstraint(
                fields=["place", "period", "first_day"],
                condition=Q(team=None) & ~Q(state="dropped"),
                name=ONE_OF_A_PLACE,
            ),
            models.UniqueConstraint(
                fields=["team", "period", "first_day"],
                condition=Q(team__isnull=False) & ~Q(state="dropped"),
                name=ONE_OF_A_TEAM,
            ),
        ]

    def __str__(self) -> str:
        return self.theme

    @property
    def days(self) -> Days:
        """From when to when it is."""
        return Days(self.first_day, self.last_day)

    @property
    def shown_theme(self) -> str:
        """The English theme for who reads English, where one was given."""
        return shown(self.theme, self.theme_en)

    @property
    def shown_period(self) -> str:
        """For which year, month or week, in words."""
        return period_words(self.period, self.days)

    @property
    def is_late(self) -> bool:
        """Tell whether it was published when its days had begun already."""
        return self.published_at is not None and business_date(self.published_at) > self.first_day

    @classmethod
    def scope_q(cls, scope: Scope) -> Q:
        """What is published is everybody's to see; the rest staff of the place see."""
        visible = scope_condition(scope, place="place", county="county")
        return visible | Q(state=PlanState.PUBLISHED) if scope.public else visible


class PlanLine(models.Model):
    """One thing that is meant to be held, once or several times, on a day, on some days, or in a month."""

    uuid = models.UUIDField(default=uuid7, unique=True)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="lines")
    first_day = models.DateField()
    last_day = models.DateField()
    theme = models.CharField(max_length=60)
    kind = models.CharField(max_length=10, choices=ActivityKind)
    task = models.CharField(max_length=10, choices=Task)
    platform = models.CharField(max_length=10, choices=Platform, blank=True)
    audience = ArrayField(models.CharField(max_length=12, choices=Audience), default=list, blank=True)
    """For whom it is meant; none named is everybody."""
    lecturer = models.CharField(max_length=40, blank=True)
    venue = models.CharField(max_length=80, blank=True)
    answers = models.CharField(max_length=40, blank=True)
    """Who answers for it, by name and post: often nobody who has an account."""
    times = models.PositiveSmallIntegerField(default=1)
    """How often it is meant to be held."""
    left_out_at = models.DateTimeField(null=True)
    left_out_why = models.CharField(max_length=200, blank=True)
    """Why it is not held after all; everybody reads it."""
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["first_day", "last_day", "id"]
        indexes = [models.Index(fields=["plan", "first_day", "id"], name="plans_lines_by_day")]
        constraints = [
            models.CheckConstraint(condition=~Q(theme=""), name="plans_lines_have_a_theme"),
            models.CheckConstraint(condition=Q(first_day__lte=F("last_day")), name="plans_lines_run_forward"),
            models.CheckConstraint(
                condition=Q(kind__in=ActivityKind.values), name="plans_lines_kind_is_known"
            ),
            models.CheckConstraint(condition=Q(task__in=Task.values), name="plans_lines_task_is_known"),
            models.CheckConstraint(
                condition=Q(platform__in=["", *Platform.values]), name="plans_lines_platform_is_known"
            ),
            models.CheckConstraint(
                condition=Q(audience__contained_by=Audience.values), name="plans_lines_audience_is_known"
            ),
            models.CheckConstraint(
                condition=Q(times__gte=1, times__lte=MOST_TIMES), name="plans_lines_are_meant_some_times"
            ),
            models.CheckConstraint(
                condition=Q(left_out_at=None, left_out_why="")
                | Q(left_out_at__isnull=False) & ~Q(left_out_why=""),
                name="plans_lines_say_why_they_are_left_out",
            ),
        ]

    def __str__(self) -> str:
        return self.theme

    @property
    def days(self) -> Days:
        """From when to when it is meant to be."""
        return Days(self.first_day, self.last_day)

    @property
    def shown_days(self) -> str:
        """When, in words."""
        return days_words(self.days)

    @property
    def audience_words(self) -> str:
        """For whom it is, in words; nothing where it is for everybody."""
        return " · ".join(str(Audience(code).label) for code in self.audience)


class PlanSeries(models.Model):
    """What comes again and carries out a line: each of its times within the days of the line stands for it."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="+")
    line = models.ForeignKey(PlanLine, on_delete=models.PROTECT, related_name="series")
    recurring = models.ForeignKey(Recurring, on_delete=models.PROTECT, related_name="+")
    linked_at = models.DateTimeField()
    linked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["plan", "recurring"], name=SERIES_ONCE)]

    def __str__(self) -> str:
        return f"{self.line_id} by rule {self.recurring_id}"


class PlanHeld(models.Model):
    """An activity that carries out a line: it stands for one line of a plan at most."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="+")
    line = models.ForeignKey(PlanLine, on_delete=models.PROTECT, related_name="held")
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="+")
    through = models.ForeignKey(PlanSeries, null=True, on_delete=models.CASCADE, related_name="held")
    """By which rule it came to stand for the line; none where somebody said so of itself."""
    linked_at = models.DateTimeField()
    linked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["id"]
        constraints = [
            # also: what came of a plan
            models.UniqueConstraint(fields=["plan", "activity"], name="plans_activity_once_in_a_plan")
        ]

    def __str__(self) -> str:
        return f"{self.line_id} by {self.activity_id}"


class LineErasure(models.Model):
    """That a name was taken out of a line that is fixed, for whom it named: which part only. Appended."""

    line = models.ForeignKey(PlanLine, on_delete=models.PROTECT, related_name="erasures")
    part = models.CharField(max_length=8, choices=NamedPart)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.DO_NOTHING, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=Q(part__in=NamedPart.values), name="plans_erased_part_is_known"),
            models.UniqueConstraint(fields=["line", "part"], name=ERASED_ONCE),
        ]

    def __str__(self) -> str:
        return f"{self.part} of {self.line_id}"


class PlanStep(Turn):
    """A turn of a plan: appended only."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="steps")

    class Meta(Turn.Meta):
        constraints = [models.UniqueConstraint(fields=["plan", "turn"], name="plans_step_once_a_turn")]

    def __str__(self) -> str:
        return f"{self.plan_id}/{self.turn} {self.verb}"


class PlanNote(models.Model):
    """Words beside a step: why it was sent back. Erasable."""

    step = models.OneToOneField(PlanStep, on_delete=models.CASCADE, primary_key=True, related_name="note")
    words = EncryptedTextField(purpose="plans.note.words")

    def __str__(self) -> str:
        return f"note of {self.step_id}"
