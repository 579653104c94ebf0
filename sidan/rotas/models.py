"""Rotas, their shifts and groups; watches, who has them, swaps, and who is away."""

from datetime import timedelta

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateTimeRangeField, RangeOperators
from django.contrib.postgres.fields.ranges import RangeEndsWith
from django.db import models
from django.db.models import F, Q

from sidan.core.fields import EncryptedTextField
from sidan.core.ids import uuid7
from sidan.core.language import ShownName
from sidan.core.scope import Scope, ScopedManager, nothing, own_q
from sidan.core.search import SearchField, search_index
from sidan.core.turns import Turn
from sidan.evidence.models import Cause
from sidan.people.models import Person, Team
from sidan.places.models import Place
from sidan.places.queries import scope_condition
from sidan.rotas.enums import (
    LONGEST_HOURS,
    MOST_NEEDED,
    MOST_WEEKS,
    OPEN_SWAPS,
    STANDING,
    DutyState,
    RotaKind,
    RotaState,
    SwapState,
    Turns,
    WatchState,
)
from sidan.rotas.policies import ShiftTimes, Span

STANDS_ONCE = "rotas_nobody_stands_twice_at_a_time"
SEAT_ONCE = "rotas_a_seat_has_one_person"
SWAPPED_ONCE = "rotas_one_open_swap_a_duty"
NAMED_ONCE = "rotas_one_name_at_a_place"
"""Rules of the database whose refusals operations tell in words."""


class Rota(ShownName, models.Model):
    """A post of a place at which people take turns."""

    uuid = models.UUIDField(default=uuid7, unique=True)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    county = models.ForeignKey(Place, null=True, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=RotaKind)
    name = models.CharField(max_length=40)
    name_en = models.CharField(max_length=80, blank=True)
    search = SearchField(sources=("name", "name_en"))
    spot = models.CharField(max_length=100, blank=True)
    """Where exactly one stands, or the way of a patrol."""
    team = models.ForeignKey(Team, null=True, on_delete=models.PROTECT, related_name="+")
    turns = models.CharField(max_length=8, choices=Turns, default=Turns.PEOPLE)
    asks_office = models.BooleanField(default=False)
    """Whether a swap that two agreed on waits for the office."""
    rests_on_holidays = models.BooleanField(default=False)
    weeks_ahead = models.PositiveSmallIntegerField(default=4)
    state = models.CharField(max_length=8, choices=RotaState, default=RotaState.RUNNING)
    state_since = models.DateTimeField()
    turn = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()

    objects = ScopedManager["Rota"]()
    unscoped = models.Manager["Rota"]()

    class Meta:
        indexes = [
            # rotas of a county, and of one place
            models.Index(fields=["county", "state", "id"], name="rotas_of_county"),
            models.Index(fields=["place", "state", "id"], name="rotas_of_place"),
            search_index(name="rotas_rota_search"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=RotaState.values), name="rotas_state_is_known"),
            models.CheckConstraint(condition=Q(kind__in=RotaKind.values), name="rotas_kind_is_known"),
            models.CheckConstraint(condition=Q(turns__in=Turns.values), name="rotas_turns_are_known"),
            models.CheckConstraint(
                condition=Q(weeks_ahead__gte=1, weeks_ahead__lte=MOST_WEEKS), name="rotas_planned_some_weeks"
            ),
            models.UniqueConstraint(fields=["place", "name"], name=NAMED_ONCE),
        ]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def scope_q(cls, scope: Scope) -> Q:
        """Staff see those of their places, and who takes turns sees those rotas."""
        ours = scope_condition(scope, place="place", county="county")
        return ours | _of_mine(scope, "pk")


class Shift(models.Model):
    """A part of some weekdays, from one day on. A change ends it and begins another: what was stays readable."""

    rota = models.ForeignKey(Rota, on_delete=models.PROTECT, related_name="shifts")
    weekdays = ArrayField(models.PositiveSmallIntegerField())
    begins = models.TimeField()
    ends = models.TimeField()
    needed = models.PositiveSmallIntegerField()
    since = models.DateField()
    until = models.DateField(null=True)
    """The last day."""

    class Meta:
        ordering = ["begins", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(begins=F("ends")), name="rotas_shift_lasts"),
            models.CheckConstraint(
                condition=Q(needed__gte=1, needed__lte=MOST_NEEDED), name="rotas_shift_needs_somebody"
            ),
            models.CheckConstraint(
                condition=Q(weekdays__len__gte=1, weekdays__contained_by=list(range(7))),
                name="rotas_shift_has_weekdays",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.begins:%H:%M}-{self.ends:%H:%M}"

    @property
    def times(self) -> ShiftTimes:
        """What of it makes another shift when it changes."""
        return ShiftTimes(tuple(sorted(self.weekdays)), self.begins, self.ends, self.needed)


class Group(models.Model):
    """People of a rota who stand together, or take turns among themselves."""

    uuid = models.UUIDField(default=uuid7, unique=True)
    rota = models.ForeignKey(Rota, on_delete=models.PROTECT, related_name="groups")
    name = models.CharField(max_length=40)
    head_start = models.PositiveIntegerField(default=0)
    """With how many turns it was counted when it began."""

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["rota", "name"], name="rotas_one_group_of_a_name")]

    def __str__(self) -> str:
        return self.name


class Member(models.Model):
    """Somebody who takes turns, from when to when."""

    uuid = models.UUIDField(default=uuid7, unique=True)
    rota = models.ForeignKey(Rota, on_delete=models.PROTECT, related_name="members")
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="members")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    head_start = models.PositiveIntegerField(default=0)
    since = models.DateTimeField()
    left_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["rota", "person"], condition=Q(left_at=None), name="rotas_a_person_is_in_one_group"
            )
        ]
        indexes = [
            # the rotas of a person
            models.Index(fields=["person"], condition=Q(left_at=None), name="rotas_of_person")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.rota_id}"


def _of_mine(scope: Scope, field: str) -> Q:
    """Return the condition that a row is of a rota in which the reader takes turns; on an office's page none is."""
    if not scope.person_id:
        return nothing()
    rows = Member.objects.filter(person=scope.person_id, left_at=None)
    return Q(**{f"{field}__in": rows.values("rota_id")})


class Watch(models.Model):
    """One shift on one day: how many are needed, and who has it."""

    uuid = models.UUIDField(default=uuid7, unique=True)
    rota = models.ForeignKey(Rota, on_delete=models.PROTECT, related_name="watches")
    shift = models.ForeignKey(Shift, on_delete=models.PROTECT, related_name="watches")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    county = models.ForeignKey(Place, null=True, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    during = DateTimeRangeField()
    needed = models.PositiveSmallIntegerField()
    group = models.ForeignKey(Group, null=True, on_delete=models.PROTECT, related_name="+")
    """Whose turn it is, where groups take turns."""
    announced_at = models.DateTimeField(null=True)
    """When everybody of the rota was asked who can; from then on the first who comes has it."""
    cause = models.OneToOneField(Cause, null=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, choices=WatchState, default=WatchState.AHEAD)
    state_since = models.DateTimeField()
    turn = models.PositiveIntegerField(default=1)

    objects = ScopedManager["Watch"]()
    unscoped = models.Manager["Watch"]()

    class Meta:
        indexes = [
            # what is ahead in a county and at a place, for the list of gaps
            models.Index("county", "state", RangeEndsWith("during"), name="rotas_watches_of_county"),
            models.Index("place", "state", RangeEndsWith("during"), name="rotas_watches_of_place"),
            # a week of a rota
            models.Index(fields=["rota", "day"], name="rotas_week_of_rota"),
            # what the clock closes
            models.Index(
                RangeEndsWith("during"), condition=Q(state=WatchState.AHEAD), name="rotas_watches_to_close"
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=WatchState.values), name="rotas_watch_state_is_known"),
            models.UniqueConstraint(fields=["shift", "day"], name="rotas_one_watch_a_day"),
            # a corrected shift and the one before it are two rows: a post has no hour of a day twice all the same
            models.UniqueConstraint(
                fields=["rota", "day", "during"],
                condition=~Q(state=WatchState.OFF),
                name="rotas_no_hour_of_a_day_twice",
            ),
            models.CheckConstraint(
                condition=Q(needed__gte=1, needed__lte=MOST_NEEDED), name="rotas_watch_needs_somebody"
            ),
            models.CheckConstraint(
                condition=Q(
                    during__isempty=False, during__lower_inf=False, during__upper_inf=False,
                    during__lower_inc=True, during__upper_inc=False,
                    during__endswith__lte=F("during__startswith") + timedelta(hours=LONGEST_HOURS),
                ),
                name="rotas_watch_lasts_some_hours",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"watch {self.uuid}"

    @property
    def span(self) -> Span:
        """From when to when it is."""
        return span_of(self)

    @classmethod
    def scope_q(cls, scope: Scope) -> Q:
        """As its rota."""
        return scope_condition(scope, place="place", county="county") | _of_mine(scope, "rota")


class Duty(models.Model):
    """One person on one watch."""

    uuid = models.UUIDField(default=uuid7, unique=True)
    watch = models.ForeignKey(Watch, on_delete=models.PROTECT, related_name="duties")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    county = models.ForeignKey(Place, null=True, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="duties")
    during = DateTimeRangeField()
    """As of the watch: the database holds both alike, and nobody to two of them at a time."""
    seat = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=DutyState)
    state_since = models.DateTimeField()
    turn = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()

    objects = ScopedManager["Duty"]()
    unscoped = models.Manager["Duty"]()

    class Meta:
        indexes = [
            # my duties
            models.Index("person", RangeEndsWith("during"), name="rotas_duties_of_person"),
            # who has a watch
            models.Index(fields=["watch", "seat"], name="rotas_duties_of_watch"),
        ]
        constraints = [
            ExclusionConstraint(
                name=STANDS_ONCE,
                expressions=[("person", RangeOperators.EQUAL), ("during", RangeOperators.OVERLAPS)],
                condition=Q(state__in=sorted(STANDING)),
            ),
            models.UniqueConstraint(
                fields=["watch", "seat"], condition=Q(state__in=sorted(STANDING)), name=SEAT_ONCE
            ),
            models.CheckConstraint(condition=Q(state__in=DutyState.values), name="rotas_duty_state_is_known"),
            models.CheckConstraint(condition=Q(seat__gte=1), name="rotas_seats_count_from_one"),
        ]

    def __str__(self) -> str:
        return f"duty {self.uuid}"

    @property
    def span(self) -> Span:
        """From when to when it is."""
        return span_of(self)

    @classmethod
    def scope_q(cls, scope: Scope) -> Q:
        """One's own, those of one's colleagues of the rota, and those of the places one works for."""
        ours = scope_condition(scope, place="place", county="county")
        return ours | own_q(scope) | _of_mine(scope, "watch__rota")


def span_of(row: Watch | Duty) -> Span:
    """Return the time of a row that has one."""
    begins, ends = row.during.lower, row.during.upper
    assert begins is not None, "a watch has a beginning"
    assert ends is not None, "a watch has an end"
    return Span(begins, ends)


class DutyStep(Turn):
    """A turn of a duty: appended only."""

    duty = models.ForeignKey(Duty, on_delete=models.PROTECT, related_name="steps")

    class Meta(Turn.Meta):
        constraints = [models.UniqueConstraint(fields=["duty", "turn"], name="rotas_duty_step_once_a_turn")]

    def __str__(self) -> str:
        return f"{self.duty_id}/{self.turn} {self.verb}"


class DutyNote(models.Model):
    """Words beside a step, read by whose duty it is and by those who run the rota: erasable."""

    step = models.OneToOneField(DutyStep, on_delete=models.CASCADE, primary_key=True, related_name="note")
    words = EncryptedTextField(purpose="rotas.duty.words")

    def __str__(self) -> str:
        return f"note of {self.step_id}"


class Swap(models.Model):
    """Somebody asks to give a duty away: to a named colleague, perhaps for one of theirs, or to whoever can."""

    uuid = models.UUIDField(default=uuid7, unique=True)
    duty = models.ForeignKey(Duty, on_delete=models.PROTECT, related_name="swaps")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    county = models.ForeignKey(Place, null=True, on_delete=models.PROTECT, related_name="+")
    asker = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    asked = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    """The colleague who is asked; nobody where all are."""
    in_return = models.ForeignKey(Duty, null=True, on_delete=models.PROTECT, related_name="+")
    """The colleague's own duty that is given for it."""
    taker = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=SwapState)
    state_since = models.DateTimeField()
    turn = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()

    objects = ScopedManager["Swap"]()
    unscoped = models.Manager["Swap"]()

    class Meta:
        indexes = [
            # what waits for the office, and what has lapsed
            models.Index(fields=["county", "state"], name="rotas_swaps_of_county"),
            models.Index(
                fields=["state"], condition=Q(state__in=sorted(OPEN_SWAPS)), name="rotas_swaps_open"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["duty"], condition=Q(state__in=sorted(OPEN_SWAPS)), name=SWAPPED_ONCE
            ),
            models.CheckConstraint(condition=Q(state__in=SwapState.values), name="rotas_swap_state_is_known"),
            models.CheckConstraint(
                condition=Q(in_return=None) | Q(asked__isnull=False), name="rotas_in_return_of_whom"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["agreed", "done"]) | Q(taker__isnull=False),
                name="rotas_swap_has_a_taker",
            ),
            models.CheckConstraint(condition=~Q(asker=F("asked")), name="rotas_swap_is_with_another"),
        ]

    def __str__(self) -> str:
        return f"swap {self.uuid}"

    @property
    def parties(self) -> list[int]:
        """Who asks, who is asked by name, and who said yes."""
        return list(
            dict.fromkeys(one for one in (self.asker_id, self.asked_id, self.taker_id) if one is not None)
        )

    @classmethod
    def scope_q(cls, scope: Scope) -> Q:
        """Who asks and who is asked, all of the rota where all are, and staff of the place."""
        ours = scope_condition(scope, place="place", county="county")
        mine = own_q(scope, "asker") | own_q(scope, "asked")
        return ours | mine | Q(asked=None) & _of_mine(scope, "duty__watch__rota")


class SwapStep(Turn):
    """A turn of a swap: appended only."""

    swap = models.ForeignKey(Swap, on_delete=models.PROTECT, related_name="steps")

    class Meta(Turn.Meta):
        constraints = [models.UniqueConstraint(fields=["swap", "turn"], name="rotas_swap_step_once_a_turn")]

    def __str__(self) -> str:
        return f"{self.swap_id}/{self.turn} {self.verb}"


class SwapNote(models.Model):
    """Words beside a step of a swap: erasable."""

    step = models.OneToOneField(SwapStep, on_delete=models.CASCADE, primary_key=True, related_name="note")
    words = EncryptedTextField(purpose="rotas.swap.words")

    def __str__(self) -> str:
        return f"note of {self.step_id}"


class Away(models.Model):
    """Days on which somebody says beforehand that they have no turn; why is nobody's business."""

    uuid = models.UUIDField(default=uuid7, unique=True)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    first = models.DateField()
    last = models.DateField()
    told_at = models.DateTimeField()

    objects = ScopedManager["Away"]()
    unscoped = models.Manager["Away"]()

    class Meta:
        indexes = [
            # who is away on some days
            models.Index(fields=["person", "last"], name="rotas_away_of_person")
        ]
        constraints = [
            models.CheckConstraint(condition=Q(first__lte=F("last")), name="rotas_away_runs_forward")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.first}"

    @classmethod
    def scope_q(cls, scope: Scope) -> Q:
        """Only one's own."""
        return own_q(scope)
