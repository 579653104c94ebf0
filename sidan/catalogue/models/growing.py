"""How a project grows (R-O1): the stages of its incubation, what was given to it, and tasks that are closed out."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from sidan.catalogue.enums import Stage, SupportSource, TaskState
from sidan.catalogue.models.library import Project
from sidan.catalogue.policies import standing
from sidan.core.ids import uuid7
from sidan.core.scope import Scope, ScopedManager
from sidan.core.search import SearchField, search_index
from sidan.core.turns import Turn
from sidan.files.models import StoredFile
from sidan.people.models import Person
from sidan.places.models import Place
from sidan.places.queries import scope_condition


class ProjectStage(models.Model):
    """That a project came to a stage: appended only. The latest is also `Project.stage`."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="stages")
    stage = models.CharField(max_length=10, choices=Stage)
    before = models.CharField(max_length=10, choices=Stage, blank=True)
    why = models.CharField(max_length=200)
    """About the project, never about a person."""
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.DO_NOTHING, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=Q(stage__in=Stage.values), name="catalogue_stage_is_known"),
            models.CheckConstraint(condition=~Q(stage=F("before")), name="catalogue_stage_is_another"),
            models.CheckConstraint(condition=~Q(why=""), name="catalogue_stage_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.project_id} {self.stage}"


class ProjectSupport(models.Model):
    """Money that a project was given, or that such a row is taken back: appended only, in fen (R-O1)."""

    uuid = models.UUIDField(default=uuid7, unique=True)
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="support")
    source = models.CharField(max_length=8, choices=SupportSource)
    giver = models.CharField(max_length=60, blank=True)
    """A fund, a unit or an office by its public name. People who give are not named: the row can never be erased."""
    amount_fen = models.BigIntegerField()
    granted_on = models.DateField()
    purpose = models.CharField(max_length=200)
    """What for; of a row that takes another back, why. Never about a person."""
    reverses = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="reversal")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.DO_NOTHING, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(reverses=None, amount_fen__gt=0) | Q(reverses__isnull=False, amount_fen__lt=0),
                name="catalogue_support_is_given_or_taken_back",
            ),
            models.CheckConstraint(
                condition=Q(source=SupportSource.DONOR, giver="")
                | Q(source__in=[SupportSource.FUND, SupportSource.UNIT, SupportSource.BUDGET]) & ~Q(giver=""),
                name="catalogue_people_who_give_are_not_named",
            ),
            models.CheckConstraint(condition=~Q(purpose=""), name="catalogue_support_has_a_purpose"),
        ]

    def __str__(self) -> str:
        return f"{self.amount_fen} fen to {self.project_id}"


class ProjectTask(models.Model):
    """What is to be done for a project by a day, and who answers for it; closed out (销号) when it is done."""

    uuid = models.UUIDField(default=uuid7, unique=True)
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="tasks")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    county = models.ForeignKey(Place, null=True, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=80)
    """What is to be done, with nobody's name in it."""
    search = SearchField(sources=("title",))
    due_on = models.DateField()
    answers = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    """Who answers for it: somebody of the team, or of the office that manages the project."""
    state = models.CharField(max_length=10, choices=TaskState, default=TaskState.OPEN)
    state_since = models.DateTimeField()
    turn = models.PositiveIntegerField(default=1)
    made_at = models.DateTimeField()

    objects = ScopedManager["ProjectTask"]()
    unscoped = models.Manager["ProjectTask"]()

    class Meta:
        indexes = [
            # the list of a county: what is due first
            models.Index(fields=["county", "state", "due_on", "id"], name="catalogue_task_of_county"),
            models.Index(fields=["place", "state", "due_on", "id"], name="catalogue_task_of_place"),
            # words of the title
            search_index(name="catalogue_task_search"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="catalogue_task_has_a_title"),
            models.CheckConstraint(
                condition=Q(state__in=TaskState.values), name="catalogue_task_state_known"
            ),
            models.CheckConstraint(condition=Q(turn__gte=1), name="catalogue_task_turn_from_one"),
        ]

    def __str__(self) -> str:
        return self.title

    @classmethod
    def scope_q(cls, scope: Scope) -> Q:
        visible = scope_condition(scope, place="place", county="county")
        return visible | Q(project__team__in=scope.team_ids) if scope.team_ids else visible

    def standing(self, today: date) -> str:
        """Return its state; of an open one "soon" from three days before its day on, "overdue" after it."""
        return standing(state=self.state, due_on=self.due_on, today=today)

    def days_over(self, today: date) -> int:
        """How many days ago it was due; none while it is not, or when it is not open any more."""
        return max((today - self.due_on).days, 0) if self.state == TaskState.OPEN else 0


class ProjectTaskStep(Turn):
    """A step of a task: appended only, so who closed it out, when and with which words stays."""

    task = models.ForeignKey(ProjectTask, on_delete=models.PROTECT, related_name="steps")
    note = models.CharField(max_length=200, blank=True)
    """What was done, or why; about the work, never about a person."""
    picture = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta(Turn.Meta):
        constraints = [
            models.UniqueConstraint(fields=["task", "turn"], name="catalogue_one_step_a_turn"),
            models.CheckConstraint(
                condition=Q(verb="add") | ~Q(note=""), name="catalogue_task_step_has_a_note"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.task_id} {self.verb}"
