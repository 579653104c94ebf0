"""Calls back about orders that staff entered."""

from datetime import datetime

from sidan.audit.operations import record
from sidan.orders.models import Order
from tests.orders.scene import Scene


def looked(scene: Scene, name: str, order: Order, at: datetime) -> None:
    """Put a look on record without asking who may look: what is under test is who may write down a call."""
    record(actor=scene.actor(name), at=at, verb="order.look_contact", subject=("order", order.pk))
