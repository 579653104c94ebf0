"""Calls back about orders that staff entered."""

from datetime import datetime

from sidan.audit.operations import record
from sidan.core.scope import scoped
from sidan.orders.models import Order
from sidan.orders.operations import SPOKEN, Consent, place_order_for
from sidan.people.access import scope_for
from sidan.people.models import Person
from tests.orders.scene import AT, Scene

PHONE = "12088880001"


def looked(scene: Scene, name: str, order: Order, at: datetime) -> None:
    """Put a look on record without asking who may look: what is under test is who may write down a call."""
    record(actor=scene.actor(name), at=at, verb="order.look_contact", subject=("order", order.pk))


def entered(scene: Scene, person: Person, consent: Consent = SPOKEN) -> Order:
    with scoped(scope_for(scene.actor("keeper"))):
        return place_order_for(
            actor=scene.actor("keeper"), at=AT, wish=scene.wish(), person=person, consent=consent
        )
