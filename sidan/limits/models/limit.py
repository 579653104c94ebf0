"""What somebody wrote down as the limit of a step."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from sidan.catalogue.models import Category
from sidan.core.ids import uuid7
from sidan.limits.enums import AtEnd, AtHalf, Step, Unit
from sidan.orders.enums import Urgency
from sidan.places.enums import PlaceKind
from sidan.places.models import Place


class Limit(models.Model):
    """Appended only: the last word of a place on a step, category, level and urgency counts, the older are the history.

    Without a place it holds everywhere. A row that is not in force takes back what the place said: then what stands
    above holds again. Words are numbered from one on, and each number is said once: of two who change the same limit
    at once the second is told so.
    """

    uuid = models.UUIDField(default=uuid7, unique=True)
    place = models.ForeignKey(Place, null=True, on_delete=models.PROTECT, related_name="+")
    step = models.CharField(max_length=10, choices=Step)
    category = models.ForeignKey(Category, null=True, on_delete=models.PROTECT, related_name="+")
    level = models.CharField(max_length=10, choices=PlaceKind, blank=True, default="")
    """For which of the places below it is meant, by their kind; empty: for the place itself and all below it."""
    urgency = models.CharField(max_length=8, choices=Urgency, default=Urgency.NORMAL)
    word = models.PositiveIntegerField(default=1)
    in_force = models.BooleanField(default=True)
    amount = models.PositiveSmallIntegerField()
    unit = models.CharField(max_length=14, choices=Unit)
    at_half = models.CharField(max_length=20, choices=AtHalf)
    at_end = models.CharField(max_length=10, choices=AtEnd)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.DO_NOTHING, related_name="+"
    )
    """Who is told to see to it, where the end says so."""
    reason = models.CharField(max_length=200, blank=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.DO_NOTHING, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            # also finds the last word of a place on a step
            models.UniqueConstraint(
                fields=["place", "step", "category", "level", "urgency", "word"], nulls_distinct=False,
                name="limits_each_word_is_said_once",
            ),
            models.CheckConstraint(
                condition=Q(word__gte=1, level__in=["", *PlaceKind.values]),
                name="limits_words_are_counted_levels_known",
            ),
            models.CheckConstraint(condition=Q(amount__gte=1), name="limits_amount_is_at_least_one"),
            models.CheckConstraint(
                condition=Q(at_end=AtEnd.TO_PERSON, person__isnull=False)
                | ~Q(at_end=AtEnd.TO_PERSON) & Q(person=None),
                name="limits_a_person_is_named_where_one_is_told",
            ),
            models.CheckConstraint(
                condition=~Q(at_end=AtEnd.TO_POOL) | Q(step__in=[Step.ACCEPT, Step.CONTACT, Step.VISIT]),
                name="limits_only_what_nobody_came_for_returns",
            ),
            models.CheckConstraint(
                condition=~Q(at_end=AtEnd.CLOSE) | Q(step=Step.REVIEW), name="limits_only_reviews_close"
            ),
            models.CheckConstraint(
                condition=~Q(at_end=AtEnd.UP) | ~Q(step=Step.REVIEW), name="limits_all_but_reviews_go_up"
            ),
            models.CheckConstraint(
                condition=~Q(at_end=AtEnd.WIDEN) | Q(step=Step.ACCEPT), name="limits_only_calls_are_widened"
            ),
            models.CheckConstraint(
                condition=Q(in_force=True) | Q(place__isnull=False) | Q(category__isnull=False) | Q(urgency="urgent"),
                name="limits_the_last_word_stays_in_force",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.step} at {self.place_id or 'all'}"
