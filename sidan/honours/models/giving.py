"""Honours as they are given: titles, proposals with their names, objections to them, awards and what of them stands."""

from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from sidan.core.clock import business_date
from sidan.core.fields import EncryptedTextField
from sidan.core.ids import uuid7
from sidan.core.language import shown
from sidan.core.phones import mask_name
from sidan.core.scope import Scope, ScopedManager, own_q
from sidan.core.turns import Turn
from sidan.honours.enums import (
    LEAST_NOTICE_DAYS,
    MOST_STARS,
    HonourKind,
    Outcome,
    OutWhy,
    ProposalState,
    Recipient,
    TakenBack,
)
from sidan.honours.words import honour_words
from sidan.people.models import Person, Team
from sidan.places.models import Place
from sidan.places.queries import scope_condition

ONE_TITLE_OF_A_NAME = "honours_one_title_of_a_name"
ONE_OPEN_OBJECTION = "honours_one_open_objection"
"""Rules of the database whose refusal operations tell in words."""


class Title(models.Model):
    """A title that a county gives, as `最美实践员`: data. One that is no longer given ends, and is kept."""

    uuid = models.UUIDField(default=uuid7, unique=True)
    county = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+", db_index=False)
    name = models.CharField(max_length=30)
    name_en = models.CharField(max_length=60, blank=True)
    recipient = models.CharField(max_length=6, choices=Recipient)
    criteria = models.CharField(max_length=500)
    """For what it is given; everybody reads it."""
    created_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = ScopedManager["Title"]()
    unscoped = models.Manager["Title"]()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(recipient__in=Recipient.values), name="honours_recipient_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(criteria=""), name="honours_titles_say_for_what"
            ),
            # also: the titles of a county
            models.UniqueConstraint(
                fields=["county", "name"], condition=Q(ended_at=None), name=ONE_TITLE_OF_A_NAME
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def shown_name(self) -> str:
        """The English name for who reads English, where one was given."""
        return shown(self.name, self.name_en)

    @classmethod
    def scope_q(cls, scope: Scope) -> Q:
        """Titles are everybody's to read; their page is that of the county's office."""
        return (
            Q(pk__isnull=False) if scope.public else scope_condition(scope, place="county", county="county")
        )


class Proposal(models.Model):
    """Stars, or one title of a year, for several at once: shown to everybody before they are given (公示)."""

    uuid = models.UUIDField(default=uuid7, unique=True)
    county = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+", db_index=False)
    """Whose office gives them."""
    kind = models.CharField(max_length=5, choices=HonourKind)
    title = models.ForeignKey(Title, null=True, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    """Of which year a title is; of stars the year in which they are proposed."""
    public_from = models.DateTimeField(null=True)
    public_until = models.DateTimeField(null=True)
    """Until when everybody may object. Set once, when the notice goes up."""
    state = models.CharField(max_length=10, choices=ProposalState)
    state_since = models.DateTimeField()
    turn = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    objects = ScopedManager["Proposal"]()
    unscoped = models.Manager["Proposal"]()

    class Meta:
        indexes = [
            # the list of an office behind a chip; the notices of a county
            models.Index(fields=["county", "state", "-id"], name="honours_proposals_of_county"),
            # notices that have ended
            models.Index(
                fields=["public_until"], condition=Q(state="noticed"), name="honours_proposals_by_end"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=ProposalState.values), name="honours_proposal_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(kind=HonourKind.STAR, title=None) | Q(kind=HonourKind.TITLE, title__isnull=False),
                name="honours_proposal_says_of_what",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "dropped"], public_from=None, public_until=None)
                | Q(
                    public_from__isnull=False,
                    public_until__isnull=False,
                    public_until__gte=F("public_from") + timedelta(days=LEAST_NOTICE_DAYS),
                ),
                name="honours_notice_is_long_enough",
            ),
            models.CheckConstraint(
                condition=~Q(state="awarded") | Q(state_since__gte=F("public_until")),
                name="honours_nothing_is_given_before_its_notice_ends",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.year}"

    @property
    def shown_honour(self) -> str:
        """What is to be given, in a few words."""
        title = self.title.shown_name if self.title else ""
        return honour_words(kind=self.kind, stars=None, year=self.year, title=title)

    @property
    def first_day(self) -> date | None:
        """The day on which the notice went up."""
        return business_date(self.public_from) if self.public_from else None

    @property
    def last_day(self) -> date | None:
        """The last day on which everybody may object."""
        return business_date(self.public_until - timedelta(seconds=1)) if self.public_until else None

    def is_over(self, at: datetime) -> bool:
        """Tell whether its notice has ended."""
        return self.public_until is not None and self.public_until <= at

    @classmethod
    def scope_q(cls, scope: Scope) -> Q:
        """What is or was on notice is everybody's to see; a draft the county's office sees."""
        visible = scope_condition(scope, place="county", county="county")
        if not scope.public:
            return visible
        return visible | Q(state__in=[ProposalState.NOTICED, ProposalState.AWARDED])


class Nominee(models.Model):
    """Whom a proposal names: a person, or a team. Written while it is a draft; may be taken out on notice."""

    uuid = models.UUIDField(default=uuid7, unique=True)
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="nominees")
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="nominated")
    team = models.ForeignKey(Team, null=True, on_delete=models.PROTECT, related_name="nominated")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+", db_index=False)
    """Of which place they are, on the day on which they were named."""
    stars = models.PositiveSmallIntegerField(null=True)
    minutes = models.PositiveIntegerField(null=True)
    """The time served that was counted, of a star."""
    needed = models.PositiveIntegerField(null=True)
    """The minutes that the rung took, of a star."""
    star_year = models.PositiveSmallIntegerField(default=0)
    """Of which year the hours are, where each year counts by itself; else nought."""
    out_at = models.DateTimeField(null=True)
    """When they were taken out while the notice ran or as it was settled."""
    out_why = models.CharField(max_length=9, choices=OutWhy, blank=True)

    class Meta:
        ordering = ["-stars", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False, team=None) | Q(person=None, team__isnull=False),
                name="honours_names_a_person_or_a_team",
            ),
            models.CheckConstraint(
                condition=Q(stars=None, minutes=None, needed=None)
                | Q(
                    stars__isnull=False,
                    stars__gte=1,
                    stars__lte=MOST_STARS,
                    needed__isnull=False,
                    needed__gte=1,
                    minutes__isnull=False,
                    minutes__gte=F("needed"),
                    team=None,
                ),
                name="honours_a_star_is_reached",
            ),
            models.CheckConstraint(
                condition=Q(out_at=None, out_why="") | Q(out_at__isnull=False, out_why__in=OutWhy.values),
                name="honours_says_why_a_name_is_out",
            ),
            models.UniqueConstraint(fields=["proposal", "person"], name="honours_person_named_once"),
            models.UniqueConstraint(fields=["proposal", "team"], name="honours_team_named_once"),
        ]

    def __str__(self) -> str:
        return f"{self.proposal_id}: {self.person_id or self.team_id}"

    @property
    def public_name(self) -> str:
        """The name as everybody reads it; of what `queries.named` has read."""
        return public_name(self)

    @property
    def full_name(self) -> str:
        """The name as the office reads it."""
        return self.person.name if self.person else self.team.shown_name if self.team else ""


class Objection(models.Model):
    """Somebody says why a name should not stand there. The words can be erased; who said it the office alone reads."""

    uuid = models.UUIDField(default=uuid7, unique=True)
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="objections")
    nominee = models.ForeignKey(Nominee, on_delete=models.PROTECT, related_name="objections", db_index=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.DO_NOTHING, related_name="+")
    words = EncryptedTextField(purpose="honours.objection.words")
    at = models.DateTimeField()
    outcome = models.CharField(max_length=4, choices=Outcome, blank=True)
    answer = EncryptedTextField(purpose="honours.objection.answer", blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.DO_NOTHING, related_name="+"
    )

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="", answered_at=None, answered_by=None)
                | Q(outcome__in=Outcome.values, answered_at__isnull=False, answered_by__isnull=False),
                name="honours_objection_is_answered_whole",
            ),
            # also: what is said of a name
            models.UniqueConstraint(
                fields=["nominee", "by"], condition=Q(outcome=""), name=ONE_OPEN_OBJECTION
            ),
        ]

    def __str__(self) -> str:
        return f"objection to {self.nominee_id}"


class ProposalStep(Turn):
    """A turn of a proposal: appended only."""

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="steps")

    class Meta(Turn.Meta):
        constraints = [models.UniqueConstraint(fields=["proposal", "turn"], name="honours_step_once_a_turn")]

    def __str__(self) -> str:
        return f"{self.proposal_id}/{self.turn} {self.verb}"


class ProposalNote(models.Model):
    """Words beside a step: why it was withdrawn. Erasable."""

    step = models.OneToOneField(ProposalStep, on_delete=models.CASCADE, primary_key=True, related_name="note")
    words = EncryptedTextField(purpose="honours.proposal.words")

    def __str__(self) -> str:
        return f"note of {self.step_id}"


class Award(models.Model):
    """A star or a title that was given, or the row that takes one back: appended only."""

    uuid = models.UUIDField(default=uuid7, unique=True)
    nominee = models.ForeignKey(Nominee, on_delete=models.PROTECT, related_name="awards")
    kind = models.CharField(max_length=5, choices=HonourKind)
    county = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+", db_index=False)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="awards")
    team = models.ForeignKey(Team, null=True, on_delete=models.PROTECT, related_name="awards")
    title = models.ForeignKey(Title, null=True, on_delete=models.PROTECT, related_name="+")
    stars = models.PositiveSmallIntegerField(null=True)
    year = models.PositiveSmallIntegerField()
    """Of a title its year; of a star the year whose hours counted, or nought where all hours count."""
    given_year = models.PositiveSmallIntegerField()
    """In which year it was given: by it the public page is read."""
    takes_back = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="taken_back_by"
    )
    reason = models.CharField(max_length=9, choices=TakenBack, blank=True)
    at = models.DateTimeField()
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.DO_NOTHING, related_name="+"
    )
    """Who gave it; nobody where the records took it back."""

    objects = ScopedManager["Award"]()
    unscoped = models.Manager["Award"]()

    class Meta:
        indexes = [
            # what a county gave in a year, the newest first
            models.Index(fields=["county", "given_year", "-id"], name="honours_awards_of_county"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(takes_back=None, reason="", actor__isnull=False)
                | Q(takes_back__isnull=False, reason__in=TakenBack.values),
                name="honours_award_is_taken_back_for_a_reason",
            ),
            models.UniqueConstraint(
                fields=["nominee"], condition=Q(takes_back=None), name="honours_a_name_is_given_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.stars or self.title_id} of {self.person_id or self.team_id}"

    @property
    def shown_honour(self) -> str:
        """What was given, in a few words."""
        title = self.title.shown_name if self.title else ""
        return honour_words(kind=self.kind, stars=self.stars, year=self.year, title=title)

    @property
    def standing_code(self) -> str:
        """Whether it stands, as `queries` have read it."""
        return "stands" if vars(self)["stands"] else "taken_back"

    @property
    def public_name(self) -> str:
        """The name as everybody reads it; of what `queries.named` has read."""
        return public_name(self)

    @property
    def full_name(self) -> str:
        """The name as the office reads it."""
        return self.person.name if self.person else self.team.shown_name if self.team else ""

    @classmethod
    def scope_q(cls, scope: Scope) -> Q:
        """One's own, and those of the places one works for; what stands is everybody's to read."""
        visible = own_q(scope) | scope_condition(scope, place="place", county="county")
        return visible | Q(standing__isnull=False) if scope.public else visible


class StandingAward(models.Model):
    """An award that was not taken back; the database writes it and keeps that nobody has the same one twice."""

    award = models.OneToOneField(Award, on_delete=models.PROTECT, primary_key=True, related_name="standing")
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    team = models.ForeignKey(Team, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    county = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+", db_index=False)
    title = models.ForeignKey(Title, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    stars = models.PositiveSmallIntegerField(null=True)
    year = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "county", "stars", "year"],
                condition=Q(stars__isnull=False), name="honours_each_star_once",
            ),
            models.UniqueConstraint(
                fields=["person", "title", "year"],
                condition=Q(title__isnull=False, person__isnull=False), name="honours_each_title_once",
            ),
            models.UniqueConstraint(
                fields=["team", "title", "year"],
                condition=Q(title__isnull=False, team__isnull=False), name="honours_each_title_of_a_team_once",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"stands: {self.award_id}"


class AwardNote(models.Model):
    """Words beside an award that is taken back. Erasable."""

    award = models.OneToOneField(Award, on_delete=models.CASCADE, primary_key=True, related_name="note")
    words = EncryptedTextField(purpose="honours.award.words")

    def __str__(self) -> str:
        return f"note of {self.award_id}"


class ShownName(models.Model):
    """Somebody lets their whole name be read on public lists of honours; without it a part of it is hidden."""

    person = models.OneToOneField(Person, on_delete=models.PROTECT, primary_key=True, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"shown: {self.person_id}"


def public_name(named: Any) -> str:
    """Return the name of a person as far as they let it be read, of a team its name."""
    if named.person is None:
        return str(named.full_name)
    return str(named.person.name) if vars(named).get("shows_name") else mask_name(named.person.name)
