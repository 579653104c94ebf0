"""What a county decided about its reviews."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from sidan.places.models import Place
from sidan.reviews.enums import AfterLow
from sidan.reviews.policies import FEWEST_TIMES, MOST_TIMES, TYPED_TIMES


class ReviewRule(models.Model):
    """Appended only: the newest of a county counts, the older ones are the history. Without one, the defaults hold."""

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    percent = models.PositiveSmallIntegerField()
    """How many of a hundred closed orders are called back."""
    typed_times = models.PositiveSmallIntegerField(default=TYPED_TIMES, db_default=TYPED_TIMES)
    """How many times as often reviews that staff typed are called back."""
    after_half = models.CharField(max_length=10, choices=AfterLow)
    after_not_done = models.CharField(max_length=10, choices=AfterLow)
    after_still_needed = models.CharField(max_length=10, choices=AfterLow)
    reason = models.CharField(max_length=200)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.DO_NOTHING, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(percent__gte=1, percent__lte=100), name="reviews_somebody_is_called_back"
            ),
            models.CheckConstraint(
                condition=Q(typed_times__gte=FEWEST_TIMES, typed_times__lte=MOST_TIMES),
                name="reviews_typed_ones_are_called_more_often",
            ),
        ]
        indexes = [
            # the newest word of a county
            models.Index(fields=["place", "-id"], name="reviews_rule_of_place")
        ]

    def __str__(self) -> str:
        return f"rule of {self.place_id}"
