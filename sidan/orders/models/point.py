"""Where the door of an order is, if somebody has said so: encrypted, erasable, gone when the order has ended."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from sidan.core.fields import EncryptedTextField
from sidan.orders.models.order import Order
from sidan.places.coordinates import Point
from sidan.places.enums import CoordinateSystem


class OrderPoint(models.Model):
    """The point of the visit: pinned by the resident at home, or by staff there with the resident's consent."""

    order = models.OneToOneField(Order, on_delete=models.CASCADE, primary_key=True, related_name="point")
    spot = EncryptedTextField(purpose="orders.point.spot")
    """Degrees east and north, with a space between."""
    coordinate_system = models.CharField(max_length=5, choices=CoordinateSystem)
    accuracy_m = models.PositiveIntegerField()
    pinned_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.DO_NOTHING, related_name="+")
    is_own = models.BooleanField()
    """By the resident; else by staff, to whom the resident agreed."""
    pinned_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(coordinate_system__in=CoordinateSystem.values), name="orders_point_has_its_system"
            )
        ]

    def __str__(self) -> str:
        return f"point of {self.order_id}"

    @property
    def point(self) -> Point:
        """The spot as it is measured to."""
        longitude, latitude = str(self.spot).split(" ")
        return Point(float(longitude), float(latitude), self.coordinate_system)
