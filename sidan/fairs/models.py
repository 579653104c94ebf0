"""The stalls of a fair, who has each, what is offered there, how many it served; and the kinds of services."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from sidan.activities.enums import TOLD
from sidan.activities.models import Activity, Post, Recurring
from sidan.catalogue.models import Project
from sidan.core.fields import EncryptedTextField
from sidan.core.ids import uuid7
from sidan.core.language import ShownName, shown
from sidan.core.scope import Scope, ScopedManager
from sidan.core.turns import Turn
from sidan.fairs.enums import HELD, MOST_SERVED, MOST_STALLS, HolderState
from sidan.people.models import Person, Team
from sidan.places.models import Place
from sidan.places.queries import scope_condition

ONE_NUMBER = "fairs_one_number_at_a_fair"
ONE_HOLDER = "fairs_one_holder_of_a_stall"
ONE_OPEN_ASK = "fairs_one_open_ask_of_a_team"
ONE_NAME = "fairs_one_name_of_a_kind"
ONE_CORRECTION = "fairs_one_count_instead_of_another"
"""Rules of the database; operations tell their refusal in words."""
PUBLIC_STATES = [state.value for state in sorted(TOLD)]


class ServiceKind(ShownName, models.Model):
    """A kind of services at fairs: six are there for all, and a county adds its own."""

    uuid = models.UUIDField(default=uuid7, unique=True)
    county = models.ForeignKey(Place, null=True, on_delete=models.PROTECT, related_name="+")
    """Whose own it is; everybody's where none is named."""
    name = models.CharField(max_length=20)
    name_en = models.CharField(max_length=60, blank=True)
    icon = models.CharField(max_length=30, default="store")
    position = models.PositiveSmallIntegerField(default=0)

    objects = ScopedManager["ServiceKind"]()
    unscoped = models.Manager["ServiceKind"]()

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="fairs_kinds_have_a_name"),
            models.UniqueConstraint(fields=["county", "name"], nulls_distinct=False, name=ONE_NAME),
        ]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def scope_q(cls, scope: Scope) -> Q:
        """The words of a code table are nobody's secret."""
        return Q()


class KindAside(models.Model):
    """A county does not offer a kind any more: it stays where it was chosen, and is not chosen again."""

    kind = models.ForeignKey(ServiceKind, on_delete=models.PROTECT, related_name="+")
    county = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField()

    objects = ScopedManager["KindAside"]()
    unscoped = models.Manager["KindAside"]()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["county", "kind"], name="fairs_a_kind_is_aside_once")]

    def __str__(self) -> str:
        return f"{self.kind_id} aside in {self.county_id}"

    @classmethod
    def scope_q(cls, scope: Scope) -> Q:
        """As the kinds themselves."""
        return Q()


class Stall(models.Model):
    """A spot at a fair with a number. Who has it stands in `Stallholder`."""

    uuid = models.UUIDField(default=uuid7, unique=True)
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="+")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    """Whose fair it is, as the activity says; for good."""
    county = models.ForeignKey(Place, null=True, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    spot = models.CharField(max_length=40, blank=True)
    """Where it stands, in words: the row, beside what."""
    about = models.CharField(max_length=120, blank=True)
    """What is there, in plain words."""
    about_en = models.CharField(max_length=200, blank=True)
    kinds = models.ManyToManyField(ServiceKind, through="StallKind", related_name="+")
    services = models.ManyToManyField(Project, through="StallService", related_name="+")
    post = models.OneToOneField(Post, null=True, on_delete=models.SET_NULL, related_name="+")
    """What volunteers sign up for to help here, where the place asked for them."""
    created_at = models.DateTimeField()

    objects = ScopedManager["Stall"]()
    unscoped = models.Manager["Stall"]()

    class Meta:
        ordering = ["number"]
        constraints = [
            # also: the stalls of a fair, by number
            models.UniqueConstraint(fields=["activity", "number"], name=ONE_NUMBER),
            models.CheckConstraint(
                condition=Q(number__gte=1, number__lte=MOST_STALLS), name="fairs_stalls_have_a_number"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}"

    @property
    def shown_about(self) -> str:
        """The English words for who reads English, where they were given."""
        return shown(self.about, self.about_en)

    @classmethod
    def scope_q(cls, scope: Scope) -> Q:
        """With its fair: staff of the place, and everybody as soon as it is announced."""
        visible = scope_condition(scope, place="place", county="county")
        return visible | Q(activity__state__in=PUBLIC_STATES) if scope.public else visible


class StallKind(models.Model):
    """A kind of services that a stall offers."""

    stall = models.ForeignKey(Stall, on_delete=models.CASCADE, related_name="+")
    kind = models.ForeignKey(ServiceKind, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["kind__position", "kind_id"]
        constraints = [models.UniqueConstraint(fields=["stall", "kind"], name="fairs_a_kind_once_at_a_stall")]

    def __str__(self) -> str:
        return f"{self.kind_id} at {self.stall_id}"


class StallService(models.Model):
    """A service of the menus that one finds at a stall too, and orders from there."""

    stall = models.ForeignKey(Stall, on_delete=models.CASCADE, related_name="+")
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["stall", "project"], name="fairs_a_service_once_at_a_stall")
        ]

    def __str__(self) -> str:
        return f"{self.project_id} at {self.stall_id}"


class Stallholder(models.Model):
    """A team, or an organisation from outside, that asks for a stall of a fair or has one."""

    uuid = models.UUIDField(default=uuid7, unique=True)
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="+")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    county = models.ForeignKey(Place, null=True, on_delete=models.PROTECT, related_name="+")
    stall = models.ForeignKey(Stall, null=True, on_delete=models.PROTECT, related_name="holders")
    """Which; of who asks the one that is wished for, any where none is named."""
    team = models.ForeignKey(Team, null=True, on_delete=models.PROTECT, related_name="+")
    organisation = models.CharField(max_length=60, blank=True)
    """Who comes from outside: an office, a shop, a hospital."""
    offers = models.CharField(max_length=120, blank=True)
    """What it would do there, as it said when it asked."""
    state = models.CharField(max_length=10, choices=HolderState)
    state_since = models.DateTimeField()
    turn = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")

    objects = ScopedManager["Stallholder"]()
    unscoped = models.Manager["Stallholder"]()

    class Meta:
        ordering = ["id"]
        indexes = [
            # the fairs of a team: its page, and whose turn it is
            models.Index(fields=["team", "state"], condition=Q(team__isnull=False), name="fairs_holders_of_team"),
            models.Index(fields=["activity", "state"], name="fairs_holders_of_fair"),
        ]  # fmt: skip
        constraints = [
            models.CheckConstraint(condition=Q(state__in=HolderState.values), name="fairs_holder_state_is_known"),
            models.CheckConstraint(
                condition=(Q(team=None) & ~Q(organisation="")) | (Q(team__isnull=False) & Q(organisation="")),
                name="fairs_holder_is_a_team_or_from_outside",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[*sorted(HELD), "returned"]) | Q(stall__isnull=False),
                name="fairs_who_has_a_stall_has_which",
            ),
            models.UniqueConstraint(
                fields=["stall"], condition=Q(state__in=[state.value for state in sorted(HELD)]), name=ONE_HOLDER
            ),
            models.UniqueConstraint(fields=["activity", "team"], condition=Q(state="asked"), name=ONE_OPEN_ASK),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.team_id or self.organisation} at {self.activity_id}"

    @property
    def shown_name(self) -> str:
        """Who it is, in the reader's language."""
        return self.team.shown_name if self.team else self.organisation

    @classmethod
    def scope_q(cls, scope: Scope) -> Q:
        """Staff of the place, the teams themselves; and who has a stall of what is announced, everybody."""
        visible = scope_condition(scope, place="place", county="county")
        if scope.team_ids:
            visible |= Q(team__in=scope.team_ids)
        if scope.public:
            visible |= Q(state__in=sorted(HELD), activity__state__in=PUBLIC_STATES)
        return visible


class StallholderStep(Turn):
    """A turn of a stallholder: appended only."""

    holder = models.ForeignKey(Stallholder, on_delete=models.PROTECT, related_name="steps")

    class Meta(Turn.Meta):
        constraints = [models.UniqueConstraint(fields=["holder", "turn"], name="fairs_step_once_a_turn")]

    def __str__(self) -> str:
        return f"{self.holder_id}/{self.turn} {self.verb}"


class StallholderNote(models.Model):
    """Words beside a step: why it was refused or taken back. Erasable."""

    step = models.OneToOneField(
        StallholderStep, on_delete=models.CASCADE, primary_key=True, related_name="note"
    )
    words = EncryptedTextField(purpose="fairs.note.words")

    def __str__(self) -> str:
        return f"note of {self.step_id}"


class StallCount(models.Model):
    """How many people a stall served since the last count: appended only.

    Never added to the heads of the fair: one visitor goes to many stalls. A count that was wrong is named by the one
    that stands instead.
    """

    uuid = models.UUIDField(default=uuid7, unique=True)
    stall = models.ForeignKey(Stall, on_delete=models.PROTECT, related_name="counts")
    at = models.DateTimeField()
    served = models.PositiveIntegerField()
    counted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.DO_NOTHING, related_name="+")
    recorded_at = models.DateTimeField()
    instead_of = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="replaced_by")

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["instead_of"], name=ONE_CORRECTION),
            models.CheckConstraint(condition=Q(served__lte=MOST_SERVED), name="fairs_counts_are_so_many"),
            models.CheckConstraint(
                condition=Q(served__gte=1) | Q(instead_of__isnull=False), name="fairs_counts_count_somebody"
            ),
            models.CheckConstraint(condition=Q(at__lte=F("recorded_at")), name="fairs_counted_before"),
            models.CheckConstraint(
                condition=Q(instead_of=None) | ~Q(instead_of=F("id")), name="fairs_no_count_replaces_itself"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.served} at {self.at:%F %T}"


class SeriesLayout(models.Model):
    """The stalls that each fair of a series begins with: those of one of its fairs."""

    series = models.OneToOneField(Recurring, on_delete=models.PROTECT, primary_key=True, related_name="+")
    source = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"stalls of {self.series_id}"
