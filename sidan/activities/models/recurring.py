"""What comes again: a rule, and what is made from it."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from sidan.activities.calendar import Otherwise, Series, Wanted, pattern_of
from sidan.activities.enums import ActivityKind, DayVerb, RecurringState
from sidan.activities.policies import span_on
from sidan.bookings.models import Room
from sidan.bookings.policies import Span
from sidan.core.clock import BUSINESS_ZONE
from sidan.core.fields import EncryptedTextField
from sidan.core.ids import uuid7
from sidan.core.language import shown
from sidan.core.scope import Scope, ScopedManager
from sidan.core.search import SearchField, search_index
from sidan.people.models import Person, Team
from sidan.places.models import Place
from sidan.places.queries import scope_condition

FOLLOWED_ONCE = "activities_a_rule_is_followed_once"
"""The rule of the database that one rule takes the place of another; operations tell its refusal in words."""


class Recurring(models.Model):
    """What a place holds again and again (R-A2). A change ends it before a day, and another begins on that day."""

    uuid = models.UUIDField(default=uuid7, unique=True)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    county = models.ForeignKey(Place, null=True, on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, null=True, on_delete=models.PROTECT, related_name="+")
    lead = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    room = models.ForeignKey(Room, null=True, on_delete=models.PROTECT, related_name="+")
    """Held for each time as it is made, if it is free then."""
    kind = models.CharField(max_length=10, choices=ActivityKind)
    title = models.CharField(max_length=60)
    title_en = models.CharField(max_length=120, blank=True)
    details = models.JSONField(default=dict)
    """All else that each time is made with, as a plan has it."""
    pattern = models.JSONField()
    """On which days, as `calendar.written` has it."""
    wanted = models.CharField(max_length=8, choices=[(one.value, one.value) for one in Wanted], default="any")
    otherwise = models.CharField(
        max_length=8, choices=[(one.value, one.value) for one in Otherwise], default="skipped"
    )
    first = models.DateField()
    last = models.DateField(null=True)
    times = models.PositiveSmallIntegerField(null=True)
    begins_at = models.TimeField()
    ends_at = models.TimeField()
    """Of the next day where it is not later than the beginning."""
    follows = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="followers")
    """Which one it took the place of."""
    search = SearchField(sources=("title", "title_en"))
    state = models.CharField(max_length=8, choices=RecurringState, default=RecurringState.ACTIVE)
    state_since = models.DateTimeField()
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")

    objects = ScopedManager["Recurring"]()
    unscoped = models.Manager["Recurring"]()

    class Meta:
        indexes = [
            # the console's list of a county and of a place; the daily job reads the active ones
            models.Index(fields=["county", "state", "id"], name="activities_series_of_county"),
            models.Index(fields=["place", "state", "id"], name="activities_series_of_place"),
            search_index(name="activities_series_search"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=RecurringState.values), name="activities_series_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=ActivityKind.values), name="activities_series_kind_is_known"
            ),
            models.CheckConstraint(
                condition=Q(wanted__in=[one.value for one in Wanted])
                & Q(otherwise__in=[one.value for one in Otherwise]),
                name="activities_series_gives_way_in_a_known_way",
            ),
            models.CheckConstraint(condition=~Q(title=""), name="activities_series_has_a_title"),
            models.CheckConstraint(
                condition=Q(last=None) | Q(last__gte=F("first")),
                name="activities_series_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(times=None) | Q(times__gte=1), name="activities_series_comes_at_all"
            ),
            models.UniqueConstraint(fields=["follows"], name=FOLLOWED_ONCE),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def shown_title(self) -> str:
        """The English title for who reads English, where one was given."""
        return shown(self.title, self.title_en)

    def series(self, exceptions: "list[SeriesException]") -> Series:
        """Return the rule with what somebody decided about single days."""
        return Series(
            pattern=pattern_of(self.pattern), begins=self.first, until=self.last, times=self.times,
            wanted=Wanted(self.wanted), otherwise=Otherwise(self.otherwise),
            exceptions={one.of: one.day for one in exceptions},
        )  # fmt: skip

    def span_on(self, day: date) -> Span:
        """Return from when to when it is held on a day."""
        return span_on(day, self.begins_at, self.ends_at, BUSINESS_ZONE)

    @classmethod
    def scope_q(cls, scope: Scope) -> Q:
        """Staff of the place see the rules; what is made from them is announced to everybody."""
        return scope_condition(scope, place="place", county="county")


class SeriesException(models.Model):
    """What somebody decided about one day of the pattern: left out, held on another day, or one more."""

    recurring = models.ForeignKey(Recurring, on_delete=models.CASCADE, related_name="exceptions")
    of = models.DateField()
    day = models.DateField(null=True)
    """When it is held; not at all where there is none."""

    class Meta:
        ordering = ["of"]
        constraints = [
            models.UniqueConstraint(fields=["recurring", "of"], name="activities_one_exception_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.recurring_id} {self.of:%F}"


class DayDecision(models.Model):
    """What somebody decided about one day of a rule, one decision after another: appended only."""

    recurring = models.ForeignKey(Recurring, on_delete=models.PROTECT, related_name="decisions")
    of = models.DateField()
    verb = models.CharField(max_length=4, choices=DayVerb)
    day = models.DateField(null=True)
    """When it is held since then; not at all where there is none."""
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.DO_NOTHING, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=Q(verb__in=DayVerb.values), name="activities_decision_is_known"),
            models.CheckConstraint(
                condition=Q(verb__in=[DayVerb.SKIP, DayVerb.UNDO]) | Q(day__isnull=False),
                name="activities_what_is_moved_has_its_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.recurring_id} {self.of:%F} {self.verb}"


class DayDecisionNote(models.Model):
    """Why, in somebody's own words: encrypted, erasable."""

    decision = models.OneToOneField(
        DayDecision, on_delete=models.CASCADE, primary_key=True, related_name="note"
    )
    words = EncryptedTextField(purpose="activities.decision.words")

    def __str__(self) -> str:
        return f"note of {self.decision_id}"
