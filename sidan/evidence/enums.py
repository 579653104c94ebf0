"""What kinds of thing can be a cause."""

from django.db import models


class CauseKind(models.TextChoices):
    """What kinds of thing can be a cause. New kinds are added by the app that makes them."""

    VISIT = "visit", "Visit of an order"
