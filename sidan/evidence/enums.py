"""What kinds of thing can be a cause."""

from django.db import models


class CauseKind(models.TextChoices):
    """What kinds of thing can be a cause. New kinds are added by the app that makes them."""

    VISIT = "visit", "Visit of an order"
    ACTIVITY_HELP = "activity_help", "Helping at an activity"
    ACTIVITY_GUESTS = "activity_guests", "Coming to an activity"
    ROTA_WATCH = "rota_watch", "A watch of a rota"
