"""What the resident says of it."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from sidan.core.fields import EncryptedTextField
from sidan.orders.enums import Outcome
from sidan.orders.models.order import Order


class Review(models.Model):
    """Outcome first, then stars (R-Z5). One a closing; a reopened order can be reviewed again."""

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="reviews")
    turn = models.PositiveIntegerField()
    """The turn of the order that it closed."""
    outcome = models.CharField(max_length=12, choices=Outcome)
    stars = models.PositiveSmallIntegerField(null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.DO_NOTHING, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["order", "turn"], name="orders_review_once_a_closing"),
            models.CheckConstraint(
                condition=Q(stars=None) | Q(stars__gte=1, stars__lte=5), name="orders_stars_are_one_to_five"
            ),
        ]

    def __str__(self) -> str:
        return f"review of {self.order_id}"


class ReviewText(models.Model):
    """The words of a review: erasable, encrypted."""

    review = models.OneToOneField(Review, on_delete=models.CASCADE, primary_key=True, related_name="text")
    words = EncryptedTextField(purpose="orders.review.words")

    def __str__(self) -> str:
        return f"words of {self.review_id}"
