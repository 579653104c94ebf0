"""A campaign or tour of a place, what it means to reach, and its history."""

from datetime import date

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from sidan.activities.enums import Platform, Task
from sidan.campaigns.enums import MOST_AMOUNT, TOLD, CampaignKind, CampaignState, Unit
from sidan.campaigns.models.sites import SiteKind
from sidan.core.fields import EncryptedTextField
from sidan.core.ids import uuid7
from sidan.core.language import shown
from sidan.core.scope import Scope, ScopedManager
from sidan.core.search import SearchField, search_index
from sidan.core.turns import Turn
from sidan.people.models import Person
from sidan.places.models import Place, PlaceLink
from sidan.places.queries import scope_condition

TARGET_ONCE = "campaigns_target_once"
ALLOTTED_ONCE = "campaigns_allotted_once"


class Campaign(models.Model):
    """What a county or a township brings to many places within some weeks or months."""

    uuid = models.UUIDField(default=uuid7, unique=True)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    """Whose campaign it is, for good: it goes to this place and all below it."""
    county = models.ForeignKey(Place, null=True, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=CampaignKind)
    name = models.CharField(max_length=60)
    name_en = models.CharField(max_length=120, blank=True)
    purpose = models.CharField(max_length=500, blank=True)
    """What it is for, as everybody reads it."""
    first_day = models.DateField()
    last_day = models.DateField()
    task = models.CharField(max_length=10, choices=Task)
    platform = models.CharField(max_length=10, choices=Platform, blank=True)
    answers = models.CharField(max_length=40)
    """Who answers for it, by name and post: often nobody who has an account."""
    search = SearchField(sources=("name", "name_en"))
    state = models.CharField(max_length=10, choices=CampaignState)
    state_since = models.DateTimeField()
    turn = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    objects = ScopedManager["Campaign"]()
    unscoped = models.Manager["Campaign"]()

    class Meta:
        indexes = [
            # the list of an office and that of the portal
            models.Index(fields=["county", "state", "first_day", "id"], name="campaigns_by_county"),
            search_index(name="campaigns_search"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=CampaignState.values), name="campaigns_state_is_known"
            ),
            models.CheckConstraint(condition=Q(kind__in=CampaignKind.values), name="campaigns_kind_is_known"),
            models.CheckConstraint(condition=Q(task__in=Task.values), name="campaigns_task_is_known"),
            models.CheckConstraint(
                condition=Q(platform__in=["", *Platform.values]), name="campaigns_platform_is_known"
            ),
            models.CheckConstraint(condition=~Q(name="") & ~Q(answers=""), name="campaigns_say_what_and_who"),
            models.CheckConstraint(condition=Q(first_day__lte=F("last_day")), name="campaigns_run_forward"),
            models.CheckConstraint(condition=Q(turn__gte=1), name="campaigns_turn_counts_from_one"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def shown_name(self) -> str:
        """The English name for who reads English, where one was given."""
        return shown(self.name, self.name_en)

    def holds(self, day: date) -> bool:
        """Tell whether a day is one of its own."""
        return self.first_day <= day <= self.last_day

    @classmethod
    def scope_q(cls, scope: Scope) -> Q:
        """What is announced everybody sees, and the staff of all places it goes to; the rest its own staff."""
        own = scope_condition(scope, place="place", county="county")
        told = Q(state__in=sorted(TOLD))
        if scope.public:
            return own | told
        roots = [*scope.root_ids, *scope.whole_county_ids]
        comes_here = PlaceLink.objects.filter(
            ancestor=OuterRef("place"), descendant__in=roots, during__upper_inf=True
        )
        return own | told & Q(Exists(comes_here)) if roots else own


class Target(models.Model):
    """How much of what is to be done: of one kind of place, or of all of them."""

    uuid = models.UUIDField(default=uuid7, unique=True)
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="targets")
    kind = models.ForeignKey(SiteKind, null=True, on_delete=models.PROTECT, related_name="+")
    unit = models.CharField(max_length=10, choices=Unit)
    amount = models.PositiveIntegerField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=Q(unit__in=Unit.values), name="campaigns_unit_is_known"),
            models.CheckConstraint(
                condition=Q(amount__gte=1, amount__lte=MOST_AMOUNT), name="campaigns_target_is_some"
            ),
            models.UniqueConstraint(
                fields=["campaign", "unit", "kind"], name=TARGET_ONCE, nulls_distinct=False
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.amount}"


class Allotment(models.Model):
    """The share of a target that one of the places below has."""

    target = models.ForeignKey(Target, on_delete=models.CASCADE, related_name="allotments")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    amount = models.PositiveIntegerField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gte=1), name="campaigns_share_is_some"),
            models.UniqueConstraint(fields=["target", "place"], name=ALLOTTED_ONCE),
        ]

    def __str__(self) -> str:
        return f"{self.place_id}: {self.amount}"


class CampaignStep(Turn):
    """A turn of a campaign: appended only."""

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="steps")

    class Meta(Turn.Meta):
        constraints = [
            models.UniqueConstraint(fields=["campaign", "turn"], name="campaigns_step_once_a_turn")
        ]

    def __str__(self) -> str:
        return f"{self.campaign_id}/{self.turn} {self.verb}"


class CampaignNote(models.Model):
    """Words beside a step: why it was broken off. Erasable."""

    step = models.OneToOneField(CampaignStep, on_delete=models.CASCADE, primary_key=True, related_name="note")
    words = EncryptedTextField(purpose="campaigns.note.words")

    def __str__(self) -> str:
        return f"note of {self.step_id}"
