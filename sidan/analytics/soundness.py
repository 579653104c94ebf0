"""What holds of the counters as a whole: every place is its own and its children's sum, and nothing counts twice."""

from typing import Final

from sidan.core.figures import Kind, sources
from sidan.core.soundness import Rule, register_rule

SUMS: Final = """
SELECT count(*) FROM (
    SELECT place_id, figure, key, sum(count) AS all_of_it FROM analytics_rollup WHERE grain = 'all' GROUP BY 1, 2, 3
) kept
JOIN places_place place ON place.id = kept.place_id AND place.parent_id IS NOT NULL
LEFT JOIN (
    SELECT below, figure, key, sum(count) AS all_of_it FROM analytics_rollup
    WHERE grain = 'all' AND below <> 0 GROUP BY 1, 2, 3
) above ON (above.below, above.figure, above.key) = (kept.place_id, kept.figure, kept.key)
WHERE coalesce(above.all_of_it, 0) <> kept.all_of_it
"""
"""What came to a place went up to the place above it, whichever that was on its day."""
ONCE: Final = """
SELECT abs(
    (SELECT count(*) FROM orders_orderstep step JOIN analytics_counted counted ON counted.source = 'orders.steps'
     WHERE step.machine = 'order' AND step.verb = 'submit' AND step.id <= counted.counted_to)
    - (SELECT coalesce(sum(count), 0) FROM analytics_rollup
       WHERE grain = 'all' AND figure = 'orders.placed' AND below = 0))
"""
GRAINS: Final = """
SELECT count(*) FROM (
    SELECT coalesce(sum(count) FILTER (WHERE grain = 'day'), 0) AS days,
           coalesce(sum(count) FILTER (WHERE grain = 'month'), 0) AS months,
           coalesce(sum(count) FILTER (WHERE grain = 'all'), 0) AS all_of_it
    FROM analytics_rollup GROUP BY place_id, below, figure, key
) summed WHERE days <> all_of_it OR months <> all_of_it
"""
"""Where as much went as came there may be no row."""
BELOW_NOTHING: Final = """
SELECT count(*) FROM analytics_rollup WHERE grain = 'all' AND count < 0 AND figure IN ({stocks})
"""
"""How many stand somewhere: what left a place has come there before, so that all its days together are never less."""


def register() -> None:
    """Declare them, once."""
    stocks = [figure.code for source in sources() for figure in source.figures if figure.kind is Kind.STOCK]
    below_nothing = BELOW_NOTHING.format(stocks=", ".join(f"'{code}'" for code in stocks))
    for code, holds, broken in (
        ("analytics.sums", "what is counted of a place is counted in the place above it", SUMS),
        ("analytics.once", "every order that has been counted is counted once", ONCE),
        ("analytics.grains", "the days add up to the months and to all time", GRAINS),
        ("analytics.below_nothing", "nowhere stand fewer than none", below_nothing),
    ):
        register_rule(Rule(code, holds, broken))
