"""How a resident agreed that somebody orders in their name (R-O3): appended only."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from sidan.files.models import StoredFile
from sidan.orders.enums import ConsentWay
from sidan.orders.models.order import Order


class ConsentGiven(models.Model):
    """One yes: how it was given, who heard or saw it, and the picture of the paper where there is one."""

    way = models.CharField(max_length=8, choices=ConsentWay)
    paper = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.DO_NOTHING, related_name="+")
    at = models.DateTimeField()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(way="photo", paper__isnull=False) | (~Q(way="photo") & Q(paper=None)),
                name="%(app_label)s_consent_by_photo_has_its_paper",
            )
        ]


class OrderConsent(ConsentGiven):
    """A yes to an order."""

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="consents")

    class Meta(ConsentGiven.Meta):
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.way} for {self.order_id}"
