"""What holds of all orders, their histories and who has them; asked as a whole by `core.soundness`."""

from typing import Final

from sidan.core.soundness import Rule, register_rule
from sidan.orders.states import KEEPING, MACHINES, PART, SEEKING, WAITS_ON

_WALKS: Final = ", ".join(
    f"('{machine}', '{step.verb}', '{source}', '{step.reached_from(source)}')"
    for machine, table in MACHINES.items()
    for step in table.values()
    for source in sorted(step.sources)
)
_KEEPING, _WAITS_ON, _SEEKING = (
    ", ".join(f"'{verb}'" for verb in sorted(verbs)) for verbs in (KEEPING, WAITS_ON, SEEKING)
)
_MOVES: Final = f"CASE WHEN part_id IS NULL THEN verb NOT IN ({_KEEPING}) ELSE from_state <> to_state END"
_OF_A_PART: Final = ", ".join(f"'{verb}'" for verb in sorted(PART))
_WITH_A_TEAM: Final = "'dispatched', 'accepted', 'scheduled', 'under_way'"

NUMBERED: Final = """
SELECT count(*) FROM orders_order placed LEFT JOIN (
    SELECT order_id, count(*) AS steps, min(turn) AS first, max(turn) AS last FROM orders_orderstep GROUP BY 1
) told ON told.order_id = placed.id
WHERE (told.steps, told.first, told.last) IS DISTINCT FROM (placed.turn::bigint, 1, placed.turn)
"""
KNOWN: Final = f"""
SELECT count(*) FROM orders_orderstep step
LEFT JOIN (VALUES {_WALKS}) AS walk(machine, verb, source, target)
    ON (walk.machine, walk.verb, walk.source, walk.target) = (step.machine, step.verb, step.from_state, step.to_state)
WHERE walk.verb IS NULL AND NOT (step.part_id IS NOT NULL AND step.machine = 'order' AND step.verb IN ({_OF_A_PART}))
"""
JOINED: Final = """
SELECT count(*) FROM (
    SELECT from_state, lag(to_state, 1, '') OVER (
        PARTITION BY order_id, machine, CASE machine WHEN 'visit' THEN visit_id WHEN 'assignment' THEN assignment_id END
        ORDER BY turn) AS before
    FROM orders_orderstep
) step WHERE from_state <> before
"""
STANDING: Final = f"""
SELECT count(*) FROM orders_order placed
LEFT JOIN LATERAL (
    SELECT to_state FROM orders_orderstep WHERE order_id = placed.id AND machine = 'order' ORDER BY turn DESC LIMIT 1
) last ON TRUE
LEFT JOIN LATERAL (
    SELECT at, verb FROM orders_orderstep
    WHERE order_id = placed.id AND machine = 'order' AND {_MOVES} ORDER BY turn DESC LIMIT 1
) moved ON TRUE
LEFT JOIN LATERAL (
    SELECT at FROM orders_orderstep
    WHERE order_id = placed.id AND machine = 'order' AND {_MOVES} AND verb NOT IN ({_SEEKING})
    ORDER BY turn DESC LIMIT 1
) waited ON moved.verb IN ({_WAITS_ON})
WHERE last.to_state IS DISTINCT FROM placed.state
   OR COALESCE(waited.at, moved.at) IS DISTINCT FROM placed.state_since
"""
HELD: Final = f"""
SELECT count(*) FROM orders_order placed
LEFT JOIN (
    SELECT order_id FROM orders_assignment WHERE state IN ('offered', 'accepted')
    UNION SELECT order_id FROM orders_opencall WHERE state IN ('open', 'choosing')
) held ON held.order_id = placed.id
WHERE (held.order_id IS NOT NULL) <> (placed.state IN ({_WITH_A_TEAM}))
AND NOT EXISTS (SELECT FROM orders_workpart part WHERE part.order_id = placed.id AND part.ended_at IS NULL)
"""
PARTS: Final = f"""
SELECT count(*) FROM orders_workpart part
LEFT JOIN (
    SELECT part_id FROM orders_assignment WHERE state IN ('offered', 'accepted') AND part_id IS NOT NULL
    UNION SELECT part_id FROM orders_opencall WHERE state IN ('open', 'choosing') AND part_id IS NOT NULL
) held ON held.part_id = part.id
WHERE part.ended_at IS NULL AND (held.part_id IS NOT NULL) <> (part.state IN ({_WITH_A_TEAM}))
"""
OFFERS: Final = """
SELECT count(*) FROM orders_opencall call
LEFT JOIN (SELECT call_id, count(*) AS offers FROM orders_callanswer WHERE state = 'applied' GROUP BY 1) standing
    ON standing.call_id = call.id
WHERE (call.state = 'choosing' AND standing.offers IS NULL)
   OR (call.state IN ('taken', 'ended') AND standing.offers > 0)
"""
TEXTS: Final = """
SELECT count(*) FROM orders_order placed LEFT JOIN orders_ordertext told ON told.order_id = placed.id
WHERE told.order_id IS NULL
"""


def register() -> None:
    """Declare them, once."""
    for code, holds, broken in (
        (
            "orders.steps_are_numbered",
            "an order's turn is the number of its steps, which have no gap",
            NUMBERED,
        ),
        ("orders.steps_are_known", "every step stands in the tables of states", KNOWN),
        ("orders.steps_join", "every step begins where the one before ended", JOINED),
        (
            "orders.state_is_the_last",
            "an order stands where its last step led, since then or since it waits for a team",
            STANDING,
        ),
        (
            "orders.held",
            "an order is offered, called or held by a team exactly where its state says so",
            HELD,
        ),
        (
            "orders.parts_held",
            "a part of an order is offered, called or held by a team exactly where its state says so",
            PARTS,
        ),
        (
            "orders.offers",
            "an offer stands while its call does, and who must choose has something to choose from",
            OFFERS,
        ),
        ("orders.texts", "every order has its text, were it erased", TEXTS),
    ):
        register_rule(Rule(code, holds, broken))
