"""Orders that were served, reviewed, and drawn for a call-back."""

from sidan.attendance.operations import Proof
from sidan.attendance.queries import present_code
from sidan.core.actor import SYSTEM
from sidan.orders import operations as loop
from sidan.orders.enums import ReviewChannel
from sidan.orders.models import Order, Review
from sidan.reviews import operations
from sidan.reviews.enums import AfterLow
from sidan.reviews.models import CallBack
from sidan.reviews.queries import RuleTold
from tests.orders.scene import AT, Scene, later

HAND = Proof(way="hand", reason_code="other")
REPORTED = later(days=1, hours=1)
NEXT_DAY = later(days=2)


def served(scene: Scene) -> Order:
    """Take an order to where the resident may review it."""
    visit = scene.scheduled()
    for name in ("zhao", "qian"):
        code = present_code(cause_uuid=str(visit.uuid), at=later(days=1))
        loop.check_in(
            actor=scene.actor(name), at=later(days=1), visit=visit, proof=Proof(way="code", code=code)
        )
    for name in ("zhao", "qian"):
        loop.check_out(actor=scene.actor(name), at=REPORTED, visit=visit, proof=HAND)
    return loop.report_visit(
        actor=scene.actor("zhao"), at=REPORTED, visit=visit, report=loop.Report(words="理好了")
    )


def reviewed(scene: Scene, outcome: str = "done", **more: object) -> Review:
    """Serve an order and let the resident review it the day after."""
    said: dict[str, object] = {"at": NEXT_DAY, "stars": None, "words": "", "wish": ""} | more
    order = served(scene)
    return loop.review_order(actor=scene.actor("zhou"), order=order, outcome=outcome, **said)  # type: ignore[arg-type] # as the caller gives them


def told_by_telephone(scene: Scene, name: str, order: Order, outcome: str = "done") -> Review:
    return loop.review_order_for(
        actor=scene.actor(name), at=NEXT_DAY, order=order, said=loop.Said(outcome), channel=ReviewChannel.TELEPHONE
    )  # fmt: skip


def decide(scene: Scene, percent: int = 100, **after: str) -> None:
    """Write down a rule of the county: everybody is called back, unless another rate is given."""
    ways = dict.fromkeys(("after_half", "after_not_done", "after_still_needed"), AfterLow.FOLLOW_UP.value)
    operations.set_review_rule(
        actor=SYSTEM,
        at=AT,
        place=scene.center,
        rule=RuleTold(percent=percent, **(ways | after)),
        reason="试行",
    )


def drawn(order: Order) -> CallBack:
    return CallBack.objects.select_related("order", "step").get(order=order)
