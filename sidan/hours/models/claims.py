"""Claims: times that count only when somebody else agrees, or after they were shown to everybody."""

from django.conf import settings
from django.contrib.postgres.fields import DateTimeRangeField
from django.contrib.postgres.fields.ranges import RangeStartsWith
from django.db import models
from django.db.models import Q

from sidan.attendance.enums import Grade, Way
from sidan.core.fields import EncryptedTextField
from sidan.core.ids import uuid7
from sidan.core.scope import Scope, ScopedManager, own_q
from sidan.core.turns import Turn
from sidan.hours.enums import LIVE, ClaimKind, ClaimState, Tier
from sidan.hours.models.records import Occasion
from sidan.people.models import Person, Team
from sidan.places.models import Place
from sidan.places.queries import scope_condition


class Claim(models.Model):
    """Minutes that wait: beyond what counts of a day at once, or told long after (R-Z2)."""

    uuid = models.UUIDField(default=uuid7, unique=True)
    occasion = models.ForeignKey(Occasion, on_delete=models.PROTECT, related_name="claims")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="claims")
    team = models.ForeignKey(Team, null=True, on_delete=models.PROTECT, related_name="+")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    county = models.ForeignKey(Place, null=True, on_delete=models.PROTECT, related_name="+")
    holder = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    """The place that has to agree."""
    kind = models.CharField(max_length=8, choices=ClaimKind)
    tier = models.CharField(max_length=6, choices=Tier)
    during = DateTimeRangeField()
    day = models.DateField()
    minutes = models.PositiveIntegerField()
    way = models.CharField(max_length=8, choices=Way)
    grade = models.CharField(max_length=6, choices=Grade)
    reason_code = models.CharField(max_length=30, blank=True)
    """Why it was written by hand (`attendance.HandReason`)."""
    public_until = models.DateTimeField(null=True)
    state = models.CharField(max_length=8, choices=ClaimState)
    state_since = models.DateTimeField()
    turn = models.PositiveIntegerField(default=1)
    told_by = models.BigIntegerField(null=True)
    """The account that told the time: it is no second person. Nobody where the proof made it."""
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.DO_NOTHING, related_name="+"
    )
    """The second person, once there is one."""
    created_at = models.DateTimeField()

    objects = ScopedManager["Claim"]()
    unscoped = models.Manager["Claim"]()

    class Meta:
        indexes = [
            # what waits for a place, and for the places of a county
            models.Index(fields=["holder", "state", "id"], name="hours_claims_of_holder"),
            models.Index(fields=["county", "state", "id"], name="hours_claims_of_county"),
            # what waits of a person, and what a person has of a day
            models.Index(fields=["person", "day"], name="hours_claims_of_person"),
            # notices that are over
            models.Index(
                fields=["public_until"], condition=Q(state=ClaimState.NOTICED), name="hours_notices_by_end"
            ),
        ]
        constraints = [
            # What was refused may be told again, with the right times.
            models.UniqueConstraint(
                "occasion",
                "person",
                "kind",
                "tier",
                RangeStartsWith("during"),
                condition=Q(state__in=[state.value for state in sorted(LIVE)]),
                name="hours_claimed_once",
            ),
            models.CheckConstraint(condition=Q(minutes__gt=0), name="hours_a_claim_has_minutes"),
            models.CheckConstraint(
                condition=Q(state__in=ClaimState.values) & Q(kind__in=ClaimKind.values),
                name="hours_claim_state_is_known",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[ClaimState.NOTICED, ClaimState.DISPUTED])
                | Q(public_until__isnull=False),
                name="hours_a_notice_has_an_end",
            ),
            models.CheckConstraint(condition=Q(turn__gte=1), name="hours_claim_turn_counts_from_one"),
        ]

    def __str__(self) -> str:
        return f"claim {self.uuid}"

    @property
    def is_live(self) -> bool:
        return self.state in LIVE

    @classmethod
    def scope_q(cls, scope: Scope) -> Q:
        """One's own, what the places one works for have or agree to, and what is on public notice."""
        visible = (
            own_q(scope)
            | scope_condition(scope, place="place", county="county")
            | scope_condition(scope, place="holder", county="county")
        )
        noticed = Q(state__in=[ClaimState.NOTICED, ClaimState.DISPUTED])
        return visible | noticed if scope.public else visible


class ClaimStep(Turn):
    """A turn of a claim: appended only."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="steps")

    class Meta(Turn.Meta):
        constraints = [models.UniqueConstraint(fields=["claim", "turn"], name="hours_step_once_a_turn")]

    def __str__(self) -> str:
        return f"{self.claim_id}/{self.turn} {self.verb}"


class ClaimNote(models.Model):
    """Words beside a step, such as an objection: encrypted, erasable."""

    step = models.OneToOneField(ClaimStep, on_delete=models.CASCADE, primary_key=True, related_name="note")
    words = EncryptedTextField(purpose="hours.claim.words")

    def __str__(self) -> str:
        return f"note of {self.step_id}"
