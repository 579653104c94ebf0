"""A confidential case of two parties (R-O11). What anybody said stands encrypted, and nothing of it can be searched."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import TruncDate

from sidan.core.clock import BUSINESS_ZONE
from sidan.core.fields import EncryptedTextField
from sidan.core.ids import uuid7
from sidan.core.scope import Scope, ScopedManager, nothing
from sidan.core.turns import Turn
from sidan.mediation.enums import CaseState, Dispute, Kept, Side, SittingState
from sidan.people.models import Person
from sidan.places.models import Place


class Case(models.Model):
    """A case: ids, codes and dates only. Seen by its mediator and the director of its place, see `permissions`."""

    uuid = models.UUIDField(default=uuid7, unique=True)
    number = models.CharField(max_length=12, unique=True)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    county = models.ForeignKey(Place, null=True, on_delete=models.PROTECT, related_name="+")
    mediator = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    dispute = models.CharField(max_length=12, choices=Dispute)
    state = models.CharField(max_length=10, choices=CaseState, default=CaseState.OPENED)
    state_since = models.DateTimeField()
    turn = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    taken_on = models.DateField()
    """The day on which it was taken on: earlier than written down, where that was done afterwards."""

    objects = ScopedManager["Case"]()
    unscoped = models.Manager["Case"]()

    class Meta:
        indexes = [
            # my cases, newest first
            models.Index(fields=["mediator", "-id"], name="mediation_of_mediator"),
            # the director's
            models.Index(fields=["place", "-id"], name="mediation_of_place"),
            # the counts of a county
            models.Index(fields=["county", "taken_on"], name="mediation_taken_on_in_county"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in CaseState]), name="mediation_state_is_known"
            ),
            models.CheckConstraint(condition=Q(turn__gte=1), name="mediation_turn_counts_from_one"),
            models.CheckConstraint(
                condition=Q(taken_on__lte=TruncDate("created_at", tzinfo=BUSINESS_ZONE)),
                name="mediation_taken_on_before_written_down",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @classmethod
    def scope_q(cls, scope: Scope) -> Q:
        """The mediator's own. A scope does not tell a director from others at a place, so the director's cases are
        read by `queries.cases_of` alone, which looks at the role."""
        return Q(mediator=scope.person_id) if scope.person_id else nothing()


class CaseText(models.Model):
    """What the dispute is about, in words: erasable."""

    case = models.OneToOneField(Case, on_delete=models.CASCADE, primary_key=True, related_name="text")
    dispute = EncryptedTextField(purpose="mediation.text.dispute")

    def __str__(self) -> str:
        return f"text of {self.case_id}"


class Party(models.Model):
    """One of the two. Not a row of the register of people: who quarrels is nobody else's business."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="parties")
    side = models.CharField(max_length=6, choices=Side)
    name = EncryptedTextField(purpose="mediation.party.name")
    phone = EncryptedTextField(purpose="mediation.party.phone", blank=True)
    address = EncryptedTextField(purpose="mediation.party.address", blank=True)

    class Meta:
        ordering = ["side"]
        constraints = [
            models.UniqueConstraint(fields=["case", "side"], name="mediation_a_side_has_one_party"),
            models.CheckConstraint(condition=Q(side__in=list(Side.values)), name="mediation_side_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.side} of {self.case_id}"


class CaseStep(Turn):
    """A turn of a case: appended only, ids and codes."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="steps")

    class Meta(Turn.Meta):
        constraints = [models.UniqueConstraint(fields=["case", "turn"], name="mediation_step_once_a_turn")]

    def __str__(self) -> str:
        return f"{self.case_id}/{self.turn} {self.verb}"


class StepNote(models.Model):
    """Words beside a step: erasable."""

    step = models.OneToOneField(CaseStep, on_delete=models.CASCADE, primary_key=True, related_name="note")
    words = EncryptedTextField(purpose="mediation.note.words")

    def __str__(self) -> str:
        return f"note of {self.step_id}"


class Sitting(models.Model):
    """A meeting of the parties: when, where, and what was said."""

    uuid = models.UUIDField(default=uuid7, unique=True)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="sittings")
    state = models.CharField(max_length=10, choices=SittingState, default=SittingState.PLANNED)
    planned_at = models.DateTimeField()
    where = EncryptedTextField(purpose="mediation.sitting.where", blank=True)
    minutes = EncryptedTextField(purpose="mediation.sitting.minutes", blank=True)
    written_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["planned_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="held", written_at__isnull=False) | ~Q(state="held"),
                name="mediation_held_sitting_has_minutes",
            ),
        ]
        indexes = [
            # whom to remind of tomorrow's sittings
            models.Index(
                fields=["planned_at"], condition=Q(state="planned"), name="mediation_planned_sittings"
            )
        ]

    def __str__(self) -> str:
        return f"sitting {self.uuid}"


class Agreement(models.Model):
    """What the parties agreed on; a case that was opened again may have a second one."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="agreements")
    turn = models.PositiveIntegerField()
    """The turn of the case that it made."""
    terms = EncryptedTextField(purpose="mediation.agreement.terms")
    agreed_on = models.DateField()

    class Meta:
        ordering = ["turn"]
        constraints = [
            models.UniqueConstraint(fields=["case", "turn"], name="mediation_agreement_once_a_turn")
        ]

    def __str__(self) -> str:
        return f"agreement of {self.case_id}"


class FollowUp(models.Model):
    """A day on which the mediator asks whether the agreement is kept."""

    uuid = models.UUIDField(default=uuid7, unique=True)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="follow_ups")
    due_on = models.DateField()
    found = models.CharField(max_length=8, choices=Kept, blank=True)
    words = EncryptedTextField(purpose="mediation.followup.words", blank=True)
    done_at = models.DateTimeField(null=True)
    dropped_at = models.DateTimeField(null=True)
    """When the case ended before anybody had asked."""

    class Meta:
        ordering = ["due_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "due_on"],
                condition=Q(done_at=None, dropped_at=None),
                name="mediation_one_follow_up_a_day",
            ),
            models.CheckConstraint(
                condition=Q(dropped_at=None) | Q(done_at=None),
                name="mediation_dropped_follow_up_found_nothing",
            ),
            models.CheckConstraint(
                condition=Q(done_at=None, found="") | Q(done_at__isnull=False) & ~Q(found=""),
                name="mediation_done_follow_up_found_something",
            ),
        ]
        indexes = [
            # whom to remind today
            models.Index(
                fields=["due_on"], condition=Q(done_at=None, dropped_at=None), name="mediation_due_follow_ups"
            )
        ]

    def __str__(self) -> str:
        return f"follow-up {self.uuid}"
