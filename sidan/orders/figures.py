"""What is counted of the loop: every order at its origin and, as the tree stood on the day it was placed, above it.

Where an order stands changes with each of its steps; a review that never came is counted as such (R-Z5).
"""

from typing import Final

from django.utils.translation import gettext_lazy as _

from sidan.catalogue.queries import category_words, number_words
from sidan.core.figures import Figure, Kind, Source, Words, register_source
from sidan.orders.enums import Channel, HandoverKind, OrderState, Outcome, Reason
from sidan.orders.words import ASKERS, STAFF_LOOKS

NOT_WANTED: Final = (Reason.DUPLICATE, Reason.NO_LONGER_NEEDED)
"""Who was not admitted for these reasons does not go without: it was asked for twice, or is not wanted any more."""
BETWEEN: Final = "|"
"""Stands between the two halves of a key that is split twice."""
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
    ('orders.asked_by', CASE WHEN placed.organisation_kind <> '' THEN placed.organisation_kind
                             WHEN placed.channel = 'on_behalf' THEN 'on_behalf' ELSE 'resident' END,
     1, step.verb = 'submit'),
    ('orders.category', placed.category_id, 1, step.verb = 'submit'),
    ('orders.ended', step.to_state, 1, step.to_state IN ('closed', 'refused', 'cancelled')
                                       AND step.from_state <> step.to_state),
    ('orders.refused', step.reason_code, 1, step.verb = 'refuse'),
    ('orders.reviewed', 'unanswered', 1, step.verb = 'close' AND step.from_state = 'done')
) AS part(figure, key, change, counts)
WHERE step.machine = 'order' AND part.counts AND step.id > %(after)s AND step.id <= %(upto)s
"""

AGAIN: Final = f"""
SELECT placed.origin_place_id AS place_id, {_PLACED} AS stood_on,
       (closing.at AT TIME ZONE 'Asia/Shanghai')::date AS day, part.figure, part.key, -1 AS change
FROM orders_orderstep step JOIN orders_order placed ON placed.id = step.order_id
CROSS JOIN LATERAL (
    SELECT former.at, former.verb, former.from_state FROM orders_orderstep former
    WHERE former.order_id = step.order_id AND former.machine = 'order' AND former.to_state = 'closed'
      AND former.turn < step.turn ORDER BY former.turn DESC LIMIT 1
) closing
CROSS JOIN LATERAL (VALUES
    ('orders.ended', 'closed', true),
    ('orders.reviewed', 'unanswered', closing.verb = 'close' AND closing.from_state = 'done')
) AS part(figure, key, counts)
WHERE step.machine = 'order' AND step.verb = 'reopen' AND part.counts AND step.id > %(after)s AND step.id <= %(upto)s
"""
"""To open an order again takes back that it ended, on the day it did, and that nothing was said of it."""

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

FATES: Final = f"""
WITH moved AS (
    -- What became of an order is dated on the day it was placed: of the orders of a week, so many were served.
    SELECT placed.id AS order_id, placed.origin_place_id AS place_id, {_PLACED} AS day, placed.category_id AS key,
           step.to_state, step.reason_code,
           CASE WHEN step.from_state <> 'closed' THEN step.from_state ELSE (
               SELECT closing.from_state FROM orders_orderstep closing
               WHERE closing.order_id = step.order_id AND closing.machine = 'order' AND closing.to_state = 'closed'
                 AND closing.turn < step.turn ORDER BY closing.turn DESC LIMIT 1) END AS from_state
    FROM orders_orderstep step JOIN orders_order placed ON placed.id = step.order_id
    WHERE step.machine = 'order' AND step.from_state <> step.to_state AND step.to_state <> 'closed'
      AND (step.to_state IN ('done', 'failed', 'refused', 'cancelled')
           OR step.from_state IN ('done', 'failed', 'closed'))
      AND step.id > %(after)s AND step.id <= %(upto)s
)
SELECT place_id, day AS stood_on, day, part.figure, key, part.change
FROM moved CROSS JOIN LATERAL (VALUES
    ('orders.met', 1, to_state = 'done'),
    ('orders.met', -1, from_state = 'done'),
    ('orders.lost', 1, to_state = 'failed' OR to_state = 'refused' AND reason_code NOT IN ({{spared}})),
    ('orders.lost', -1, from_state = 'failed'),
    ('orders.taken_back', 1, to_state = 'cancelled' OR to_state = 'refused' AND reason_code IN ({{spared}}))
) AS part(figure, change, counts)
WHERE part.counts
""".format(spared=", ".join(f"'{reason.value}'" for reason in NOT_WANTED))
"""To close an order changes nothing of it; to open one again takes back what it was before it was closed."""

ASKED: Final = f"""
SELECT placed.origin_place_id AS place_id, {_PLACED} AS stood_on, {_DAY} AS day, part.figure, part.key,
       1 AS change
FROM orders_orderstep step JOIN orders_order placed ON placed.id = step.order_id
CROSS JOIN LATERAL (VALUES
    ('orders.project', placed.project_id::text, step.machine = 'order' AND step.verb = 'submit'
                                                AND placed.project_id IS NOT NULL),
    ('orders.served', placed.category_id, step.machine = 'visit' AND step.verb = 'finish')
) AS part(figure, key, counts)
WHERE part.counts AND step.id > %(after)s AND step.id <= %(upto)s
"""

_HOW: Final = "CASE WHEN {step}.verb = 'cannot' THEN 'cannot' ELSE {step}.to_state END"
REASONS: Final = f"""
SELECT placed.origin_place_id AS place_id, {_PLACED} AS stood_on, {_PLACED} AS day, part.figure,
       concat_ws('{BETWEEN}', placed.category_id, part.how, part.reason) AS key, part.change
FROM orders_orderstep step JOIN orders_order placed ON placed.id = step.order_id
LEFT JOIN LATERAL (
    SELECT former.to_state, former.reason_code, {_HOW.format(step="former")} AS how FROM orders_orderstep former
    WHERE former.order_id = step.order_id AND former.machine = 'order' AND former.from_state <> former.to_state
      AND former.to_state <> 'closed' AND former.turn < step.turn ORDER BY former.turn DESC LIMIT 1
) was ON step.machine = 'order' AND step.from_state IN ('failed', 'closed')
CROSS JOIN LATERAL (VALUES
    ('orders.lost_of', {_HOW.format(step="step")}, step.reason_code, 1,
     step.machine = 'order' AND step.to_state IN ('failed', 'refused') AND step.from_state <> step.to_state),
    ('orders.lost_of', was.how, was.reason_code, -1,
     was.to_state = 'failed' AND step.from_state <> step.to_state AND step.to_state <> 'closed'),
    ('orders.returned_of', step.verb, step.reason_code, 1,
     step.machine = 'assignment' AND step.verb IN ('decline', 'release', 'fail'))
) AS part(figure, how, reason, change, counts)
WHERE part.counts AND step.id > %(after)s AND step.id <= %(upto)s
"""
"""Why an order was not admitted or not done, taken back with it as in FATES; and each no of a team, whatever came.

That the office found no team is told apart from what a team tried: by its verb.
"""


COUNTED: Final = f"""
SELECT placed.origin_place_id AS place_id, {_PLACED} AS stood_on,
       (step.at AT TIME ZONE 'Asia/Shanghai')::date AS day, 'orders.counted' AS figure,
       template.category_id || '{BETWEEN}' || step.field AS key, step.amount AS change
FROM orders_visitcount step
JOIN catalogue_resulttemplate template ON template.id = step.template_id
JOIN orders_visit visit ON visit.id = step.visit_id
JOIN orders_assignment share ON share.id = visit.assignment_id
JOIN orders_order placed ON placed.id = share.order_id
WHERE step.id > %(after)s AND step.id <= %(upto)s
"""
"""Numbers that reports tell by the template of their kind of service, added up."""


def _states() -> Words:
    return {state: STAFF_LOOKS[state].word for state in OrderState.values}


def _askers() -> Words:
    return {by: word for by, word in ASKERS.items() if by != "organisation"}


def _channels() -> Words:
    return dict(Channel.choices)


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
    # Fed by several: what was said is a review, that nothing was said is a closing; both may be taken back.
    ended = Figure("orders.ended", _("How they ended"), keys=_ends)
    reviewed = Figure("orders.reviewed", _("What the residents said"), keys=_outcomes)
    register_source(
        Source(
            "orders.steps", "orders_orderstep", STEPS,
            (
                Figure("orders.state", _("Where the orders stand"), Kind.STOCK, _states),
                Figure("orders.placed", _("Orders placed")),
                Figure("orders.channel", _("How they reached us"), keys=_channels),
                Figure("orders.asked_by", _("Who asked"), keys=_askers),
                Figure("orders.category", _("What was asked for"), keys=category_words),
                ended,
                Figure("orders.refused", _("Why they were not admitted"), keys=_reasons),
                reviewed,
            ),
        )
    )  # fmt: skip
    register_source(Source("orders.again", "orders_orderstep", AGAIN, (ended, reviewed)))
    register_source(Source("orders.reviews", "orders_review", REVIEWS, (reviewed,)))
    handed = Figure("orders.handed", _("Handed between places"), keys=_ways)
    register_source(Source("orders.handovers", "orders_orderhandover", HANDOVERS, (handed,)))
    counted = Figure(
        "orders.counted", _("What the reports of visits count"), keys=number_words, is_whole=False
    )
    register_source(Source("orders.counts", "orders_visitcount", COUNTED, (counted,)))
    register_source(
        Source(
            "orders.fates", "orders_orderstep", FATES,
            (
                Figure("orders.met", _("Of what was asked for: served"), keys=category_words),
                Figure("orders.lost", _("Of what was asked for: not admitted or not done"), keys=category_words),
                Figure("orders.taken_back", _("Of what was asked for: no longer wanted"), keys=category_words),
            ),
        )
    )  # fmt: skip
    register_source(
        Source(
            "orders.reasons", "orders_orderstep", REASONS,
            (
                Figure("orders.lost_of", _("What was not admitted or not done, and why"), is_listed=False),
                Figure("orders.returned_of", _("What teams gave back, and why"), is_listed=False),
            ),
        )
    )  # fmt: skip
    register_source(
        Source(
            "orders.asked", "orders_orderstep", ASKED,
            (
                Figure("orders.served", _("Visits done"), keys=category_words),
                Figure("orders.project", _("Services asked for"), is_listed=False),
            ),
        )
    )  # fmt: skip
