"""What the desk does when the catalogue, or an order, says something."""

from sidan.catalogue.enums import ProjectState
from sidan.catalogue.events import ProjectMoved
from sidan.core.events import subscribe
from sidan.desk.operations import number_services
from sidan.desk.policies import TASK
from sidan.orders.enums import Channel
from sidan.orders.events import OrderMoved
from sidan.orders.models import Order
from sidan.orders.operations import TASK_CLOCKS


@subscribe(ProjectMoved)
def after_publishing(event: ProjectMoved) -> None:
    """Number a service as soon as it can be ordered: whoever prints a menu afterwards only reads."""
    if event.to_state == ProjectState.PUBLISHED:
        number_services(project_ids=[event.project_id])


@subscribe(OrderMoved)
def after_entering(event: OrderMoved) -> None:
    """From now on somebody should call back: what staff entered is asked about."""
    if event.from_state == "":
        order = Order.unscoped.filter(pk=event.order_id, channel=Channel.ON_BEHALF).first()
        if order is not None:
            TASK_CLOCKS.begin(task=TASK, thing=order, turn=order.turn, at=event.at)
