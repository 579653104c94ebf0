"""What is counted of the loop: every order at its origin and, as the tree stood on the day it was placed, above it.

Where an order stands changes with each of its steps; a review that never came is counted as such (R-Z5).
"""

from typing import Final

from django.utils.translation import gettext_lazy as _

from sidan.catalogue.models import Category
from sidan.core.figures import Figure, Kind, Source, Words, register_source
from sidan.orders.enums import Channel, HandoverKind, OrderState, Outcome, Reason
from sidan.orders.words import STAFF_LOOKS

_DAY: Final = "(step.at AT TIME ZONE 'Asia/Shanghai')::date"
_PLACED: Final = "(placed.created_at AT TIME ZONE 'Asia/Shanghai')::date"

STEPS: Final = f"""
SELECT placed.origin_place_id AS place_id, {_PLACED} AS stood_on, {_DAY} AS day, part.figure, part.key, part.change
FROM orders_orderstep step JOIN orders_order placed ON placed.id = step.order_id
CROSS JOIN LATERAL (VALUES
    ('orders.state', step.to_state, 1, step.from_state <> step.to_state),
    ('orders.state', step.from_state, -1, step.from_state <> step.to_state AND step.from_state <> ''),
    ('orders.placed', '', 1, step.verb = 'submit'),
    ('orders.channel', placed.channel, 1, step.verb = 'submit'),
    ('orders.category', placed.category_id, 1, step.verb = 'submit'),
    ('orders.ended', step.to_state, 1, step.to_state IN ('closed', 'refused', 'cancelled')
                                       AND step.from_state <> step.to_state),
    ('orders.refused', step.reason_code, 1, step.verb = 'refuse'),
    ('orders.reviewed', 'unanswered', 1, step.verb = 'close' AND step.from_state = 'done')
) AS part(figure, key, change, counts)
WHERE step.machine = 'order' AND part.counts AND step.id > %(after)s AND step.id <= %(upto)s
"""

REVIEWS: Final = f"""
SELECT placed.origin_place_id AS place_id, {_PLACED} AS stood_on, {_DAY} AS day, 'orders.reviewed' AS figure,
       step.outcome AS key, 1 AS change
FROM orders_review step JOIN orders_order placed ON placed.id = step.order_id
WHERE step.id > %(after)s AND step.id <= %(upto)s
"""

HANDOVERS: Final = f"""
SELECT placed.origin_place_id AS place_id, {_PLACED} AS stood_on, {_DAY} AS day, 'orders.handed' AS figure,
       step.kind AS key, 1 AS change
FROM orders_orderhandover step JOIN orders_order placed ON placed.id = step.order_id
WHERE step.id > %(after)s AND step.id <= %(upto)s
"""


def _states() -> Words:
    return {state: STAFF_LOOKS[state].word for state in OrderState.values}


def _channels() -> Words:
    return dict(Channel.choices)


def _categories() -> Words:
    return {category.code: category.shown_name for category in Category.objects.all()}


def _ends() -> Words:
    ends = (OrderState.CLOSED, OrderState.REFUSED, OrderState.CANCELLED)
    return {state.value: STAFF_LOOKS[state.value].word for state in ends}


def _outcomes() -> Words:
    return {**dict(Outcome.choices), "unanswered": _("Not answered")}


def _reasons() -> Words:
    return dict(Reason.choices)


def _ways() -> Words:
    return dict(HandoverKind.choices)


def register() -> None:
    """Declare the sources, once."""
    register_source(
        Source(
            "orders.steps", "orders_orderstep", STEPS,
            (
                Figure("orders.state", _("Where the orders stand"), Kind.STOCK, _states),
                Figure("orders.placed", _("Orders placed")),
                Figure("orders.channel", _("How they reached us"), keys=_channels),
                Figure("orders.category", _("What was asked for"), keys=_categories),
                Figure("orders.ended", _("How they ended"), keys=_ends),
                Figure("orders.refused", _("Why they were not admitted"), keys=_reasons),
            ),
        )
    )  # fmt: skip
    reviewed = Figure("orders.reviewed", _("What the residents said"), keys=_outcomes)
    register_source(Source("orders.reviews", "orders_review", REVIEWS, (reviewed,)))
    handed = Figure("orders.handed", _("Handed between places"), keys=_ways)
    register_source(Source("orders.handovers", "orders_orderhandover", HANDOVERS, (handed,)))
