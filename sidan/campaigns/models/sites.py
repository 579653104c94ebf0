"""What a campaign means to reach: places of the network, and what is none, each of some kind."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from sidan.core.ids import uuid7
from sidan.core.language import ShownName
from sidan.core.scope import Scope, ScopedManager
from sidan.core.search import SearchField, search_index
from sidan.people.models import Person
from sidan.places.enums import PlaceKind, Setting
from sidan.places.models import Place
from sidan.places.queries import scope_condition

if TYPE_CHECKING:
    from sidan.campaigns.models.campaign import Campaign

KIND_ONCE = "campaigns_kind_once"
NETWORK_SITE_ONCE = "campaigns_place_once"
NAMED_SITE_ONCE = "campaigns_site_once"


class SiteKind(ShownName, models.Model):
    """A kind of place: village, school, firm … A county adds its own.

    Those with a setting are kinds of the network: its places are of them by what they are.
    """

    uuid = models.UUIDField(default=uuid7, unique=True)
    county = models.ForeignKey(Place, null=True, on_delete=models.PROTECT, related_name="+")
    """Whose own kind it is; everybody's where none is named."""
    code = models.CharField(max_length=12, blank=True)
    """Of everybody's kinds."""
    name = models.CharField(max_length=20)
    name_en = models.CharField(max_length=40, blank=True)
    """Several of them: it stands behind a number."""
    place_kind = models.CharField(max_length=12, choices=PlaceKind, blank=True)
    setting = models.CharField(max_length=12, choices=Setting, blank=True)
    position = models.PositiveSmallIntegerField(default=100)
    retired_at = models.DateTimeField(null=True)
    """From when on it is not offered any more; what is of it stays so."""

    objects = models.Manager()

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="campaigns_kind_has_a_name"),
            models.CheckConstraint(
                condition=Q(county=None) & ~Q(code="") | Q(county__isnull=False, code="", setting="", place_kind=""),
                name="campaigns_own_kinds_are_not_of_the_network",
            ),
            models.UniqueConstraint(fields=["county", "name"], name=KIND_ONCE, nulls_distinct=False),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name


class Site(models.Model):
    """One of what a campaign means to reach: a place of the network itself, or by its name what lies at one."""

    uuid = models.UUIDField(default=uuid7, unique=True)
    campaign: "models.ForeignKey[Campaign, Campaign]" = models.ForeignKey(
        "campaigns.Campaign", on_delete=models.PROTECT, related_name="sites"
    )
    kind = models.ForeignKey(SiteKind, on_delete=models.PROTECT, related_name="+")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    """Which place it is; of a school or a firm, at which it lies and to which it is counted."""
    county = models.ForeignKey(Place, null=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=60, blank=True)
    """Empty: the place itself."""
    address = models.CharField(max_length=100, blank=True)
    search = SearchField(sources=("name", "address"))
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    objects = ScopedManager["Site"]()
    unscoped = models.Manager["Site"]()

    class Meta:
        indexes = [
            # who still lacks: the sites of a kind of a campaign
            models.Index(fields=["campaign", "kind", "id"], name="campaigns_sites_of_kind"),
            search_index(name="campaigns_site_search"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "place"], condition=Q(name=""), name=NETWORK_SITE_ONCE
            ),
            models.UniqueConstraint(
                fields=["campaign", "kind", "place", "name"], condition=~Q(name=""), name=NAMED_SITE_ONCE
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.place.name

    @property
    def shown_name(self) -> str:
        """What it is called."""
        return self.name or self.place.shown_short

    @property
    def shown_where(self) -> str:
        """Where it lies."""
        return self.place.shown_path

    @classmethod
    def scope_q(cls, scope: Scope) -> Q:
        """What lies at a place, its staff see; everybody reads of it in the stops of a campaign."""
        return scope_condition(scope, place="place", county="county")
