"""Certificates of service: appended only. What each is worth now follows from the records that it is of."""

import json
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sidan.core.fields import EncryptedTextField
from sidan.core.ids import format_number, uuid7
from sidan.core.scope import Scope, ScopedManager, own_q
from sidan.honours.enums import MOST_STARS, Basis, Detail, Extent, Standing
from sidan.hours.models import Entry
from sidan.people.models import Person
from sidan.places.models import Place
from sidan.places.queries import scope_condition


class Certificate(models.Model):
    """Says that somebody served for so long (Order 67, art. 14 to 17). What it says in words stands in its `Sheet`."""

    uuid = models.UUIDField(default=uuid7, unique=True)
    number = models.CharField(max_length=9, unique=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="certificates", db_index=False)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+", db_index=False)
    """The unit that recorded the hours: the place of all of them, else their county's center."""
    county = models.ForeignKey(Place, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    extent = models.CharField(max_length=6, choices=Extent)
    during = DateRangeField()
    """From the first to the last day of service; of a year or a span as it was asked for."""
    minutes = models.PositiveIntegerField()
    records = models.PositiveIntegerField()
    details = ArrayField(models.CharField(max_length=20, choices=Detail), default=list, blank=True)
    replaces = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="replaced_by")
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.DO_NOTHING, related_name="+")
    """The volunteer's own account, or somebody's at the counter."""
    issued_at = models.DateTimeField()

    objects = ScopedManager["Certificate"]()
    unscoped = models.Manager["Certificate"]()

    class Meta:
        indexes = [
            # my certificates
            models.Index(fields=["person", "-id"], name="honours_of_person"),
            # those of a place and of a county, the newest first
            models.Index(fields=["place", "-id"], name="honours_of_place"),
            models.Index(fields=["county", "-id"], name="honours_of_county"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(extent__in=Extent.values), name="honours_extent_is_known"),
            models.CheckConstraint(
                condition=Q(details__contained_by=Detail.values), name="honours_details_are_known"
            ),
            models.CheckConstraint(condition=Q(minutes__gt=0, records__gt=0), name="honours_says_of_service"),
            models.CheckConstraint(
                condition=Q(during__isempty=False, during__lower_inf=False, during__upper_inf=False),
                name="honours_lasts_from_when_to_when",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def shown_number(self) -> str:
        """The number as it is read out."""
        return format_number(self.number)

    @property
    def shown_extent(self) -> str | Promise:
        """Which hours, in a few words; a year by its number."""
        if self.extent == Extent.YEAR:
            return _("The year %(year)s") % {"year": self.first_day.year}
        return Extent(self.extent).label

    @property
    def first_day(self) -> date:
        return _bound(self.during.lower)

    @property
    def last_day(self) -> date:
        # A range of days ends before its upper bound.
        return _bound(self.during.upper) - timedelta(days=1)

    @property
    def spoiled_at(self) -> datetime | None:
        """When the first of its records was taken back, as `queries.judged` has read it."""
        found: datetime | None = vars(self)["countered_at"]
        return found

    @property
    def is_replaced(self) -> bool:
        """Whether a newer one replaced it, as `queries.judged` has read it."""
        return bool(vars(self)["has_newer"])

    @property
    def standing(self) -> str:
        """Return what it is worth now; of what a query of this app has read."""
        if self.spoiled_at is not None:
            return Standing.INVALID.value
        return Standing.SUPERSEDED.value if self.is_replaced else Standing.VALID.value

    @classmethod
    def scope_q(cls, scope: Scope) -> Q:
        """One's own, and those of the places one works for; whoever checks one knows its number and code."""
        return own_q(scope) | scope_condition(scope, place="place", county="county")


class CertificateLine(models.Model):
    """A record that a certificate is of: by it one knows at any moment whether it is still right."""

    certificate = models.ForeignKey(
        Certificate, on_delete=models.PROTECT, related_name="lines", db_index=False
    )
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="certificate_lines")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["certificate", "entry"], name="honours_each_record_once")
        ]

    def __str__(self) -> str:
        return f"{self.certificate_id}: {self.entry_id}"


class Sheet(models.Model):
    """What a certificate says, word for word in both languages, and its code: encrypted, erasable.

    Written once, so that paper, file and the page on which it is checked say the same for ever, whatever places and
    teams are called by then.
    """

    certificate = models.OneToOneField(
        Certificate, on_delete=models.CASCADE, primary_key=True, related_name="sheet"
    )
    words = EncryptedTextField(purpose="honours.sheet.words")

    def __str__(self) -> str:
        return f"sheet of {self.certificate_id}"

    @property
    def facts(self) -> dict[str, Any]:
        """Return what it says as data (`queries.drafting.facts_of`)."""
        found: dict[str, Any] = json.loads(str(self.words))
        return found


class Ladder(models.Model):
    """How many hours make how many stars: in a county, or wherever a county has no ladder of its own.

    A ladder that is changed ends, and another begins: by which one somebody was judged can always be told.
    """

    county = models.ForeignKey(Place, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    basis = models.CharField(max_length=4, choices=Basis)
    rungs = ArrayField(models.PositiveSmallIntegerField())
    """Hours of each star, rising."""
    during = DateRangeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(basis__in=Basis.values), name="honours_basis_is_known"),
            models.CheckConstraint(
                condition=Q(rungs__len__gte=1, rungs__len__lte=MOST_STARS), name="honours_ladder_has_rungs"
            ),
            models.CheckConstraint(
                condition=Q(during__isempty=False, during__lower_inf=False), name="honours_ladder_begins"
            ),
            # also found by it: the ladder of a county on a day
            ExclusionConstraint(
                name="honours_one_ladder_a_day",
                expressions=[
                    (Coalesce("county", 0), RangeOperators.EQUAL),
                    ("during", RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return " / ".join(map(str, self.rungs))

    @property
    def last_day(self) -> date | None:
        """The last day on which it holds; nothing where no end is set."""
        upper = self.during.upper
        return upper - timedelta(days=1) if upper else None

    def has_ended(self, today: date) -> bool:
        """Tell whether it holds no more."""
        return self.last_day is not None and self.last_day < today


def _bound(day: date | None) -> date:
    if day is None:
        raise ValueError("a certificate has both days")
    return day
