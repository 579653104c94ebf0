"""Who comes to an activity, and who helps: its posts, the people who signed up, and what became of each."""

from django.db import models
from django.db.models import F, Q

from sidan.activities.enums import (
    MOST_SEATS,
    STANDING,
    EnrolmentState,
    Entry,
    PostRole,
    Reminder,
    Way,
)
from sidan.activities.models.activity import Activity
from sidan.core.fields import EncryptedTextField
from sidan.core.ids import uuid7
from sidan.core.language import ShownName
from sidan.core.scope import Scope, ScopedManager
from sidan.core.turns import Turn
from sidan.people.enums import Skill
from sidan.people.models import Person
from sidan.places.queries import scope_condition


class EntryRules(models.Model):
    """Until when one signs up and off, and who may. Without a row everybody, until it begins."""

    activity = models.OneToOneField(
        Activity, on_delete=models.CASCADE, primary_key=True, related_name="entry"
    )
    entry = models.CharField(max_length=8, choices=Entry, default=Entry.OPEN)
    code = EncryptedTextField(purpose="activities.entry.code", blank=True)
    """What those read who were told of it, where a code is needed."""
    signup_until = models.DateTimeField(null=True)
    signoff_until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(entry__in=Entry.values), name="activities_entry_is_known"),
        ]

    def __str__(self) -> str:
        return f"entry of {self.activity_id}"


class Post(ShownName, models.Model):
    """What people sign up for: to come, or to help with one thing."""

    uuid = models.UUIDField(default=uuid7, unique=True)
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="posts")
    role = models.CharField(max_length=9, choices=PostRole)
    name = models.CharField(max_length=40)
    name_en = models.CharField(max_length=80, blank=True)
    skill = models.CharField(max_length=11, choices=Skill, blank=True)
    """What whoever helps must be able to do."""
    places = models.PositiveIntegerField(null=True)
    """For how many; for whoever comes where no number is said."""
    taken = models.PositiveIntegerField(default=0)
    waiting = models.PositiveIntegerField(default=0)
    tickets = models.PositiveIntegerField(default=0)
    """How many have ever stood in line here."""
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["activity", "role", "id"]
        constraints = [
            models.UniqueConstraint(fields=["activity", "name"], name="activities_posts_are_told_apart"),
            models.CheckConstraint(condition=Q(role__in=PostRole.values), name="activities_role_is_known"),
            models.CheckConstraint(
                condition=Q(skill__in=["", *Skill.values]), name="activities_skill_is_known"
            ),
            models.CheckConstraint(
                condition=Q(skill="") | Q(role=PostRole.VOLUNTEER), name="activities_skill_is_of_who_helps"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="activities_posts_have_a_name"),
            models.CheckConstraint(
                condition=Q(places=None) | Q(places__gte=1, places__lte=MOST_SEATS),
                name="activities_places_are_some",
            ),
            models.CheckConstraint(
                condition=Q(places__isnull=False) | Q(role=PostRole.AUDIENCE),
                name="activities_helpers_are_counted",
            ),
            models.CheckConstraint(
                condition=Q(places=None) | Q(taken__lte=F("places")), name="activities_capacity_is_kept"
            ),
            models.CheckConstraint(
                condition=Q(waiting=0) | Q(taken=F("places")), name="activities_nobody_waits_at_a_free_place"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def left(self) -> int | None:
        """How many can come still; None for whoever comes."""
        return None if self.places is None else self.places - self.taken


class Enrolment(models.Model):
    """A person at a post of an activity, or in line for it."""

    uuid = models.UUIDField(default=uuid7, unique=True)
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="enrolments")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="enrolments")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    entered_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    """Who wrote it down: oneself, somebody of the family, or staff for who has no telephone."""
    way = models.CharField(max_length=6, choices=Way)
    ticket = models.PositiveIntegerField()
    """Its place in the line of the post; lines move up in this order."""
    reminded = models.CharField(max_length=5, choices=Reminder, blank=True)
    """Of which reminders it was told; each once."""
    state = models.CharField(max_length=10, choices=EnrolmentState)
    state_since = models.DateTimeField()
    turn = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()

    objects = ScopedManager["Enrolment"]()
    unscoped = models.Manager["Enrolment"]()

    class Meta:
        indexes = [
            # who comes to an activity, in the order of the line
            models.Index(fields=["activity", "state", "ticket", "id"], name="activities_enrolled"),
            # to what somebody comes, and to what one signed others up: the latest first
            models.Index(fields=["person", "-id"], name="activities_enrolments_of"),
            models.Index(fields=["entered_by", "-id"], name="activities_enrolments_by"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "person"],
                condition=Q(state__in=[state.value for state in sorted(STANDING)]),
                name="activities_a_person_stands_once",
            ),
            models.UniqueConstraint(fields=["post", "ticket"], name="activities_a_ticket_is_drawn_once"),
            models.CheckConstraint(
                condition=Q(state__in=EnrolmentState.values), name="activities_enrolment_state_is_known"
            ),
            models.CheckConstraint(condition=Q(way__in=Way.values), name="activities_way_is_known"),
            models.CheckConstraint(
                condition=Q(reminded__in=["", *Reminder.values]), name="activities_reminder_is_known"
            ),
            models.CheckConstraint(condition=Q(turn__gte=1), name="activities_enrolment_counts_from_one"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"enrolment {self.pk}"

    @classmethod
    def scope_q(cls, scope: Scope) -> Q:
        """One's own, whom one signed up, and for staff those of their places."""
        office = scope_condition(scope, place="activity__place", county="activity__county")
        mine = scope.person_id or 0
        return Q(person=mine) | Q(entered_by=mine) | office if mine else office


class EnrolmentStep(Turn):
    """A turn of an enrolment: appended only."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="steps")

    class Meta(Turn.Meta):
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "turn"], name="activities_enrolment_step_once_a_turn")
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.enrolment_id}/{self.turn} {self.verb}"


class EnrolmentNote(models.Model):
    """Words beside a step: why somebody cannot come, or was not there. Erasable."""

    step = models.OneToOneField(
        EnrolmentStep, on_delete=models.CASCADE, primary_key=True, related_name="note"
    )
    words = EncryptedTextField(purpose="activities.enrolment.words")

    def __str__(self) -> str:
        return f"note of {self.step_id}"
