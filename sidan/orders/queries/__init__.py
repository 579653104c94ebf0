"""Every read of the loop that has a name."""

from sidan.orders.queries.counting import Figures, PlaceFigures, figures_root, orders_by_state_and_place
from sidan.orders.queries.finding import (
    assignment_by_uuid,
    live_assignment,
    live_visit,
    named_person_id,
    order_by_number,
    order_by_uuid,
    resident_by_uuid,
    visit_by_uuid,
)
from sidan.orders.queries.page import FullContact, TimelineEntry, full_contact, last_review, timeline
from sidan.orders.queries.queue import CHIPS, WAITING, QueueFilter, queue, queue_counts
from sidan.orders.queries.work import (
    COLUMNS,
    Board,
    members_to_choose,
    my_orders,
    my_tasks,
    open_load,
    team_board,
    waiting_for_review,
)

__all__ = [
    "CHIPS",
    "COLUMNS",
    "WAITING",
    "Board",
    "Figures",
    "FullContact",
    "PlaceFigures",
    "QueueFilter",
    "TimelineEntry",
    "assignment_by_uuid",
    "figures_root",
    "full_contact",
    "last_review",
    "live_assignment",
    "live_visit",
    "members_to_choose",
    "my_orders",
    "my_tasks",
    "named_person_id",
    "open_load",
    "order_by_number",
    "order_by_uuid",
    "orders_by_state_and_place",
    "queue",
    "queue_counts",
    "resident_by_uuid",
    "team_board",
    "timeline",
    "visit_by_uuid",
    "waiting_for_review",
]
