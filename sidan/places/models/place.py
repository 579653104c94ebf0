"""A place, its dated links to all ancestors, and its history."""

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q

from sidan.core.ids import uuid7
from sidan.core.language import ShownName, reads_english, shown
from sidan.core.search import SearchField, search_index
from sidan.files.models import PlacedPicture
from sidan.places.enums import CoordinateSystem, PlaceChangeKind, PlaceKind, PlaceState, Setting
from sidan.places.models.division import Division
from sidan.places.policies import PATH_SIGN


class Place(ShownName, models.Model):
    """A center, institute, station … Public by its nature; what is done there is not.

    `county` is the center above (or the place itself); every row of business copies it as `county_id` on its day.
    """

    uuid = models.UUIDField(default=uuid7, unique=True)
    kind = models.CharField(max_length=12, choices=PlaceKind)
    setting = models.CharField(max_length=12, choices=Setting, default=Setting.OTHER)
    state = models.CharField(max_length=8, choices=PlaceState, default=PlaceState.OPEN)
    name = models.CharField(max_length=80)
    name_en = models.CharField(max_length=120, blank=True)
    short_name = models.CharField(max_length=40)
    pinyin = models.CharField(max_length=200, blank=True)
    search = SearchField()
    division = models.ForeignKey(Division, null=True, on_delete=models.PROTECT, related_name="+")
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")
    county = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    path_names = models.CharField(max_length=300, blank=True)
    """For display only: 「寻乌县 › 长宁镇 › 城北社区」. Rights and counts use the links."""
    path_names_en = models.CharField(max_length=700, blank=True, default="", db_default="")
    """The same for who reads English; a place without an English name stands in it with its Chinese one."""
    address = models.CharField(max_length=200, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    """The office's public telephone, not a person's."""
    opening_hours = models.CharField(max_length=200, blank=True)
    longitude = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    latitude = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    coordinate_system = models.CharField(max_length=5, choices=CoordinateSystem, blank=True)
    opened_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)
    sort_code = models.CharField(max_length=40, blank=True)

    objects = models.Manager()

    class Meta:
        indexes = [
            # children of a place in official order; the pickers of places
            models.Index(fields=["parent", "sort_code", "id"], name="places_place_children"),
            # all places of a county
            models.Index(fields=["county", "kind"], name="places_place_of_county"),
            # a place by any part of its name, in every picker
            search_index(name="places_place_search"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(longitude__isnull=True, latitude__isnull=True, coordinate_system="")
                | Q(longitude__isnull=False, latitude__isnull=False) & ~Q(coordinate_system=""),
                name="places_point_never_without_its_system",
            ),
            models.CheckConstraint(
                condition=Q(state="closed", closed_on__isnull=False) | ~Q(state="closed") & Q(closed_on__isnull=True),
                name="places_closed_has_its_day",
            ),
            models.CheckConstraint(condition=~Q(name=""), name="places_place_has_a_name"),
            models.UniqueConstraint(
                fields=["parent", "name"], condition=~Q(state="closed"), name="places_one_name_under_a_parent",
                nulls_distinct=False,
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name

    @property
    def shown_short(self) -> str:
        """What people call it: 「长宁镇」, or its English name."""
        return shown(self.short_name, self.name_en)

    @property
    def shown_path(self) -> str:
        """Where it stands, with all that is above it in its county; a place without a path by its name."""
        return shown(self.path_names, self.path_names_en) or self.shown_name

    @property
    def shown_choice(self) -> str:
        """The same in a list to choose from: in English, where names are long, what differs stands first."""
        path = self.shown_path
        return ", ".join(reversed(path.split(PATH_SIGN))) if reads_english() else path

    @property
    def is_open(self) -> bool:
        return self.state == PlaceState.OPEN


class PlaceLink(models.Model):
    """The dated closure: `ancestor` stood above `descendant` (depth 0: itself) during some days (ADR 0002)."""

    ancestor = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="links_down")
    descendant = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="links_up")
    depth = models.PositiveSmallIntegerField()
    during = DateRangeField()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="places_link_once_a_day",
                expressions=[
                    (F("ancestor"), RangeOperators.EQUAL),
                    (F("descendant"), RangeOperators.EQUAL),
                    ("during", RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(
                condition=Q(during__isempty=False), name="places_link_lasts_at_least_a_day"
            ),
        ]
        indexes = [
            # today's subtree of a place: every staff query
            models.Index(
                fields=["ancestor", "descendant"],
                condition=Q(during__upper_inf=True),
                name="places_link_now_down",
            ),
            # today's ancestors of a place: every check of a right
            models.Index(
                fields=["descendant", "ancestor"],
                condition=Q(during__upper_inf=True),
                name="places_link_now_up",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ancestor_id} > {self.descendant_id} ({self.depth})"


class PlaceChange(models.Model):
    """What happened to a place: appended only."""

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="changes")
    kind = models.CharField(max_length=10, choices=PlaceChangeKind)
    on = models.DateField()
    at = models.DateTimeField()
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.DO_NOTHING, related_name="+"
    )
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.place_id} {self.kind} {self.on:%F}"


class PlacePhoto(PlacedPicture):
    """A picture of a place, in order."""

    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="photos")

    def __str__(self) -> str:
        return f"{self.place_id} #{self.position}"
