"""A team's share of an order, the visits, who goes, what came of it."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from sidan.catalogue.models import ResultTemplate
from sidan.core.fields import EncryptedTextField
from sidan.core.ids import uuid7
from sidan.evidence.models import Cause
from sidan.orders.enums import LIVE_ASSIGNMENT, AssignmentState, Machine, VisitState
from sidan.orders.models.history import OrderStep
from sidan.orders.models.order import Order
from sidan.orders.models.part import WorkPart
from sidan.people.enums import TeamState
from sidan.people.models import Person, Team


class Assignment(models.Model):
    """One team's share of an order."""

    uuid = models.UUIDField(default=uuid7, unique=True)
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="assignments")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="assignments")
    part = models.ForeignKey(
        WorkPart, null=True, on_delete=models.PROTECT, related_name="assignments", db_index=False
    )
    """Which kind of work; nothing where the team does all of it."""
    state = models.CharField(max_length=10, choices=AssignmentState, default=AssignmentState.OFFERED)
    offered_at = models.DateTimeField()
    offered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.DO_NOTHING, related_name="+"
    )
    answered_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["order", "team"], condition=Q(state__in=sorted(LIVE_ASSIGNMENT)),
                name="orders_team_holds_an_order_once",
            ),
            models.UniqueConstraint(
                fields=["order"], condition=Q(part=None, state__in=sorted(LIVE_ASSIGNMENT)),
                name="orders_one_team_has_all_of_it",
            ),
            models.UniqueConstraint(
                fields=["part"], condition=Q(part__isnull=False, state__in=sorted(LIVE_ASSIGNMENT)),
                name="orders_one_team_has_a_part",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in AssignmentState]), name="orders_assignment_state_known"
            ),
        ]  # fmt: skip
        indexes = [
            # a team's board
            models.Index(fields=["team", "state", "offered_at"], name="orders_board_of_team"),
            # who has the parts of an order that was split; most orders are not
            models.Index(fields=["part"], condition=Q(part__isnull=False), name="orders_share_of_part"),
        ]

    def __str__(self) -> str:
        return f"{self.team_id} for {self.order_id}"

    @staticmethod
    def taken_q() -> Q:
        """Which teams have taken an order: who holds it, and who has finished, for they may be called back.

        Once the order was opened again, who did the round before has it no more.
        """
        later = Assignment.opened_again()
        return Q(state=AssignmentState.ACCEPTED) | Q(~Exists(later), state=AssignmentState.FINISHED)

    @staticmethod
    def seen_through_q(at: str = "") -> Q:
        """The shares that those who are at the door see through although their team is dissolved.

        `at` is the way to the share from what is asked for, as `assignment__`.
        """
        return Q(**{f"{at}state": AssignmentState.ACCEPTED, f"{at}team__state": TeamState.DISSOLVED})

    @staticmethod
    def opened_again() -> QuerySet[OrderStep]:
        """The steps that opened the order again after a share had ended; for a subquery over shares."""
        return OrderStep.objects.filter(
            order=OuterRef("order"), machine=Machine.ORDER, verb="reopen", at__gte=OuterRef("ended_at")
        )

    @property
    def work(self) -> WorkPart | Order:
        """What this team has to do: its part, or all of the order. It has a kind, a state and a clock."""
        return self.part or self.order

    @property
    def standing(self) -> str:
        """Where what this team has to do stands."""
        return self.work.state

    @property
    def category_id(self) -> str:
        """Of which kind what this team has to do is."""
        return self.work.category_id


class AssignmentMember(models.Model):
    """A volunteer named for an assignment."""

    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="members")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    named_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["assignment", "person"], condition=Q(removed_at=None), name="orders_member_named_once"
            )
        ]
        indexes = [
            # what I am named for
            models.Index(
                fields=["person", "assignment"], condition=Q(removed_at=None), name="orders_my_assignments"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.assignment_id}"


class Visit(models.Model):
    """One going there. Its `cause` is what hours will point at."""

    uuid = models.UUIDField(default=uuid7, unique=True)
    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="visits")
    cause = models.OneToOneField(Cause, on_delete=models.PROTECT, related_name="visit")
    state = models.CharField(max_length=10, choices=VisitState, default=VisitState.PLANNED)
    planned_from = models.DateTimeField()
    planned_to = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(planned_to__gt=F("planned_from")), name="orders_visit_ends_after_it_begins"
            ),
            models.UniqueConstraint(
                fields=["assignment"],
                condition=Q(state__in=["planned", "under_way"]),
                name="orders_one_visit_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in VisitState]), name="orders_visit_state_known"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"visit {self.uuid}"

    @property
    def is_ahead(self) -> bool:
        """Whether it is planned or under way: then there is a code at the door."""
        return self.state in {VisitState.PLANNED, VisitState.UNDER_WAY}


class VisitReport(models.Model):
    """What came of a visit, in words: erasable, encrypted."""

    visit = models.OneToOneField(Visit, on_delete=models.CASCADE, primary_key=True, related_name="report")
    words = EncryptedTextField(purpose="orders.report.words", blank=True)
    people_helped = models.PositiveSmallIntegerField(default=1)
    template = models.ForeignKey(ResultTemplate, null=True, on_delete=models.PROTECT, related_name="+")
    """The version of the kind's template that was filled in; none where the kind has none."""
    results = EncryptedTextField(purpose="orders.report.results", null=True)  # type: ignore[misc] # one class for both
    """JSON: the code of a field to its answer."""
    reported_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.DO_NOTHING, related_name="+")
    reported_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"report of {self.visit_id}"


class VisitCount(models.Model):
    """A number of a report, for the figures: nothing of anybody, and therefore appended only."""

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="counts")
    template = models.ForeignKey(ResultTemplate, on_delete=models.PROTECT, related_name="+")
    field = models.CharField(max_length=40)
    amount = models.PositiveIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["visit", "field"], name="orders_a_number_once")]

    def __str__(self) -> str:
        return f"{self.visit_id} {self.field}={self.amount}"


class VisitPhoto(models.Model):
    """A picture taken at a visit; seen only by who may see the order."""

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="photos")
    file = models.OneToOneField("files.StoredFile", on_delete=models.PROTECT, related_name="visit_photo")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return f"{self.visit_id} #{self.position}"
