"""Orders of the scene on any day, and what became of them: pages of supply read the history alone."""

from datetime import datetime, timedelta

from sidan.catalogue.models import Project
from sidan.core.clock import now
from sidan.core.ids import order_number, uuid7
from sidan.orders.models import Order, OrderStep
from sidan.people.models import Account
from sidan.places.models import Place
from tests.orders.scene import Scene


def ago(days: int) -> datetime:
    """Return a moment so many days before now."""
    return now() - timedelta(days=days)


def asked(
    scene: Scene, *, days: int = 0, at: Place | None = None, project: Project | None = None, keeper: Place | None = None
) -> Order:  # fmt: skip
    """Place an order so many days ago, at a place of the scene or where Zhou lives; a private one at its keeper."""
    what, who = project or scene.project, Account.objects.get(pk=scene.accounts["zhou"])
    order = Order.unscoped.create(
        number=order_number(), project=what, category=what.category, requester_id=who.person_id, placed_by=who,
        channel="portal", origin_place=at or scene.station, county=scene.center, holder_place=scene.center,
        mode="at_home", is_private=keeper is not None, keeper_place=keeper,
        wished_from=now() + timedelta(days=1), wished_to=now() + timedelta(days=2),
        state_since=ago(days), created_at=ago(days),
    )  # fmt: skip
    _step(order, "order", "submit", "", "submitted", ago(days))
    return order


def moved(order: Order, to_state: str, *, verb: str = "go", days: int = 0, reason: str = "") -> None:
    """Take a step of an order without the people it needs."""
    order.turn += 1
    _step(order, "order", verb, order.state, to_state, ago(days), reason)
    order.state = to_state
    Order.unscoped.filter(pk=order.pk).update(state=to_state, turn=order.turn)


def said_no(order: Order, *, verb: str, reason: str) -> None:
    """Let a team say no to an order: `decline`, `release` or `fail`."""
    order.turn += 1
    after = {"decline": "declined", "release": "released", "fail": "failed"}[verb]
    before = "offered" if verb == "decline" else "accepted"
    _step(order, "assignment", verb, before, after, ago(0), reason)
    Order.unscoped.filter(pk=order.pk).update(turn=order.turn)


def served(order: Order, *, days: int = 0) -> None:
    """Let a visit of the order be done, and the order with it."""
    order.turn += 1
    _step(order, "visit", "finish", "under_way", "done", ago(days))
    moved(order, "done", verb="finish", days=days)


def _step(
    order: Order, machine: str, verb: str, before: str, after: str, at: datetime, reason: str = ""
) -> None:
    OrderStep.objects.create(
        uuid=uuid7(), order=order, turn=order.turn, machine=machine, verb=verb, from_state=before, to_state=after,
        place_id=order.holder_place_id, county_id=order.county_id, reason_code=reason, at=at,
    )  # fmt: skip
