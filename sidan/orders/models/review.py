"""What the resident says of it."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from sidan.core.fields import EncryptedTextField
from sidan.orders.enums import COLLECTED_BY_STAFF, WITHOUT_ACCOUNT, Outcome, ReviewChannel
from sidan.orders.models.order import Order


class Review(models.Model):
    """Outcome first, then stars (R-Z5). One a closing; a reopened order can be reviewed again."""

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="reviews")
    turn = models.PositiveIntegerField()
    """The turn of the order that it closed."""
    outcome = models.CharField(max_length=12, choices=Outcome)
    stars = models.PositiveSmallIntegerField(null=True)
    channel = models.CharField(max_length=10, choices=ReviewChannel, default=ReviewChannel.PORTAL)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.DO_NOTHING, related_name="+")
    """Who entered it: the resident, or staff who heard it; nobody where a code stood for the resident."""
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        indexes = [
            # the list of what people said, newest first
            models.Index(fields=["at", "id"], name="orders_reviews_by_time"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["order", "turn"], name="orders_review_once_a_closing"),
            models.CheckConstraint(
                condition=Q(stars=None) | Q(stars__gte=1, stars__lte=5), name="orders_stars_are_one_to_five"
            ),
            models.CheckConstraint(
                condition=Q(channel__in=[channel.value for channel in ReviewChannel]),
                name="orders_review_channel_known"
            ),
            models.CheckConstraint(
                condition=Q(by__isnull=False) | Q(channel__in=sorted(WITHOUT_ACCOUNT)),
                name="orders_review_is_entered_by_somebody_or_by_code",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"review of {self.order_id}"

    @property
    def is_typed_by_staff(self) -> bool:
        """Staff heard it by telephone or read it on paper; a code from paper is the resident's own hand."""
        return self.by_id is not None and self.channel in COLLECTED_BY_STAFF


class ReviewText(models.Model):
    """The words of a review: erasable, encrypted."""

    review = models.OneToOneField(Review, on_delete=models.CASCADE, primary_key=True, related_name="text")
    words = EncryptedTextField(purpose="orders.review.words", blank=True)
    wish = EncryptedTextField(purpose="orders.review.wish", blank=True)
    """What should be done better: a suggestion that somebody answers."""

    def __str__(self) -> str:
        return f"words of {self.review_id}"
