"""Counters, kept from rows that nobody changes, and how far each source has been counted."""

from django.db import models
from django.db.models import Q

from sidan.places.models import Place

ITSELF = 0
"""The value of `below` for what arose at the place itself."""


class Grain(models.TextChoices):
    """Over what a counter is summed."""

    DAY = "day", "day"
    MONTH = "month", "month"
    ALL = "all", "all"


class Rollup(models.Model):
    """A figure of a place, by the child through which it came, so that a place is its own and its children's sum.

    Summed by day, by month and over all time: a page reads as many rows as it shows, however many orders there were.
    There are millions of them, so that what it counts is its key and the only index, which every page of figures reads.
    """

    pk = models.CompositePrimaryKey("place", "grain", "figure", "start", "below", "key")
    # Made from rows that point at the same places, and made anew from them at will: not checked at every row again.
    place = models.ForeignKey(
        Place, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    below = models.BigIntegerField(default=ITSELF)
    """The child on that day's tree below which it arose; 0 for the place itself."""
    grain = models.CharField(max_length=5, choices=Grain)
    start = models.DateField()
    figure = models.CharField(max_length=40)
    key = models.CharField(max_length=60, blank=True)
    count = models.BigIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(grain__in=Grain.values), name="analytics_grain_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.figure}/{self.key} of {self.place_id}: {self.count}"


class Counted(models.Model):
    """How far a source is counted. Rows above `counted_to` are counted anew by each reader.

    Ids are drawn before their transactions end, so a smaller id may appear after a larger one: `seen_to` becomes
    `counted_to` only when every transaction that ran when it was noted has ended.
    """

    source = models.CharField(max_length=40, primary_key=True)
    counted_to = models.BigIntegerField(default=0)
    seen_to = models.BigIntegerField(default=0)
    seen_before = models.BigIntegerField(default=0)
    """The first transaction that had not begun when `seen_to` was noted."""
    definition = models.CharField(max_length=64, blank=True)
    """By which definition of the source its rows were counted (`core.figures.Source.definition`)."""

    def __str__(self) -> str:
        return f"{self.source} to {self.counted_to}"
