"""Whether a review counts: what was noticed about it, and what somebody decided."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from sidan.core.fields import EncryptedTextField, LookupHashField
from sidan.orders.models import Review
from sidan.reviews.enums import Rule, Standing


class ReviewCheck(models.Model):
    """The rules have read this review: appended only, so that each is read once."""

    review = models.OneToOneField(
        Review, on_delete=models.PROTECT, primary_key=True, related_name="check_row"
    )
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"check of {self.review_id}"


class ReviewDevice(models.Model):
    """From which browser a review came, for a day: so long the rules set others from the same browser beside it."""

    review = models.OneToOneField(
        Review, on_delete=models.CASCADE, primary_key=True, related_name="device_row"
    )
    mark_hash = LookupHashField(purpose="device")

    def __str__(self) -> str:
        return f"device of {self.review_id}"


class ReviewFlag(models.Model):
    """Something about a review that somebody should look at. Appended only, and never shown to the resident."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="flags")
    rule = models.CharField(max_length=16, choices=Rule)
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["review", "rule"], name="reviews_flag_once")]

    def __str__(self) -> str:
        return f"{self.review_id} {self.rule}"


class ReviewStanding(models.Model):
    """A review counts differently from now on: appended only, the newest holds. Without one it counts."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="standings")
    nth = models.PositiveSmallIntegerField()
    before = models.CharField(max_length=10, choices=Standing)
    standing = models.CharField(max_length=10, choices=Standing)
    is_satisfied = models.BooleanField()
    """Of the review itself: figures are kept from these rows alone."""
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.DO_NOTHING, related_name="+")
    """Nobody where a rule noticed something."""
    at = models.DateTimeField()

    class Meta:
        ordering = ["nth"]
        constraints = [
            models.UniqueConstraint(fields=["review", "nth"], name="reviews_standing_in_turn"),
            models.CheckConstraint(
                condition=Q(standing="pending", by=None) | ~Q(standing="pending") & Q(by__isnull=False),
                name="reviews_people_decide_rules_notice",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.review_id}/{self.nth} {self.standing}"


class StandingNote(models.Model):
    """Why somebody decided so: erasable, encrypted."""

    standing = models.OneToOneField(
        ReviewStanding, on_delete=models.CASCADE, primary_key=True, related_name="note"
    )
    words = EncryptedTextField(purpose="reviews.standingnote.words")

    def __str__(self) -> str:
        return f"note of {self.standing_id}"
