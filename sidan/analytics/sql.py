"""The statements that spread what happened over the tree of its day. Text only; operations and queries run them."""

from typing import Final

SPREAD: Final = """
change AS ({changes}),
own AS (
    SELECT place_id, stood_on, day, figure, key, sum(change)::bigint AS count FROM change GROUP BY 1, 2, 3, 4, 5
    HAVING sum(change) <> 0
),
known AS (
    SELECT one.place_id, min(lower(link.during)) AS first_day,
           max(coalesce(upper(link.during) - 1, 'infinity')) AS last_day
    FROM (SELECT DISTINCT place_id FROM own) one
    JOIN places_placelink link ON link.ancestor_id = one.place_id AND link.descendant_id = one.place_id GROUP BY 1
),
stood AS (
    -- A day on which the place did not stand anywhere yet, or no longer, is counted where it stood nearest to it.
    SELECT pair.place_id, pair.stood_on, array_agg(link.id ORDER BY link.id) AS links
    FROM (SELECT DISTINCT place_id, stood_on FROM own) pair
    JOIN known USING (place_id)
    JOIN places_placelink link ON link.descendant_id = pair.place_id
         AND link.during @> greatest(least(pair.stood_on, known.last_day), known.first_day)
    GROUP BY 1, 2
),
branch AS (SELECT place_id, stood_on, links, dense_rank() OVER (ORDER BY links) AS branch FROM stood),
way AS MATERIALIZED (
    -- Most days of a place share one branch of the tree, so the way up is looked for once for all of them. Kept apart:
    -- told in one, the planner looks for a child anew for every row that is spread, a minute for 12,000 orders.
    SELECT each.branch, link.ancestor_id AS place_id, coalesce(child.ancestor_id, 0) AS below
    FROM (SELECT DISTINCT branch, links FROM branch) each
    JOIN places_placelink link ON link.id = ANY(each.links)
    LEFT JOIN places_placelink child ON link.depth > 0 AND child.id = ANY(each.links) AND child.depth = link.depth - 1
),
dated AS (
    SELECT branch.branch, own.day, own.figure, own.key, sum(own.count)::bigint AS count
    -- All of both belong together. A full join is hashed or merged even where the planner expects three rows;
    -- for 750,000 marks of activities it compared every row with every branch, minutes of its CPU.
    FROM own FULL JOIN branch USING (place_id, stood_on) GROUP BY 1, 2, 3, 4 HAVING sum(own.count) <> 0
)
"""
"""Needs `changes` filled in, a source's own statement. What is summed before it is spread is spread in fewer rows; what
came and went on one day leaves none."""

MOVED: Final = """
change AS ({changes}),
subtree AS MATERIALIZED (
    SELECT link.descendant_id AS place_id, min(lower(stood.during)) AS first_day,
           max(coalesce(upper(stood.during) - 1, 'infinity')) AS last_day
    FROM places_placelink link
    JOIN places_placelink stood ON stood.ancestor_id = link.descendant_id AND stood.descendant_id = link.descendant_id
    WHERE link.ancestor_id = %(place)s AND upper_inf(link.during) GROUP BY 1
),
own AS (
    SELECT day, figure, key, sum(change)::bigint AS count FROM change JOIN subtree USING (place_id)
    WHERE greatest(least(stood_on, last_day), first_day) >= %(on)s GROUP BY 1, 2, 3 HAVING sum(change) <> 0
),
way AS MATERIALIZED (
    SELECT link.descendant_id AS branch, link.ancestor_id AS place_id, coalesce(child.ancestor_id, %(place)s) AS below
    FROM places_placelink link
    LEFT JOIN places_placelink child ON child.descendant_id = link.descendant_id AND child.depth = link.depth - 1
         AND upper_inf(child.during)
    WHERE link.descendant_id IN (%(old)s, %(new)s) AND upper_inf(link.during)
),
dated AS (
    SELECT %(old)s::bigint AS branch, day, figure, key, -count AS count FROM own
    UNION ALL SELECT %(new)s::bigint, day, figure, key, count FROM own
)
"""
"""What a place that has just moved brings from the old way up to the new one. Both ways are those of today: no move is
dated before anything that it touches changed. Within the place that moved nothing is another one."""

ADDED: Final = """,
summed AS (
    SELECT branch, day AS start, figure, key, count, 'day' AS grain FROM dated
    UNION ALL
    SELECT branch, date_trunc('month', day)::date, figure, key, sum(count), 'month' FROM dated GROUP BY 1, 2, 3, 4
    HAVING sum(count) <> 0
    UNION ALL
    SELECT branch, DATE '2000-01-01', figure, key, sum(count), 'all' FROM dated GROUP BY 1, 3, 4
    HAVING sum(count) <> 0
)
INSERT INTO analytics_rollup (place_id, grain, figure, start, below, key, count)
SELECT way.place_id, grain, figure, start, way.below, key, sum(count)
FROM summed JOIN way USING (branch)
GROUP BY 1, 2, 3, 4, 5, 6 HAVING sum(count) <> 0 ORDER BY 1, 2, 3, 4, 5, 6
ON CONFLICT (place_id, grain, figure, start, below, key)
DO UPDATE SET count = analytics_rollup.count + excluded.count
"""
"""In the order of the index: millions of rows that are counted anew go into it one beside the other."""
ADD: Final = "WITH " + SPREAD + ADDED
CARRY: Final = "WITH " + MOVED + ADDED

TAIL: Final = (
    "WITH "
    + SPREAD
    + """
SELECT way.below, dated.figure, dated.key, dated.day, sum(dated.count)::bigint
FROM dated JOIN way USING (branch) WHERE way.place_id = %(root)s GROUP BY 1, 2, 3, 4
"""
)
"""What a reader adds to the counters: the rows that no job has counted yet."""

FEW: Final = """
WITH change AS ({changes})
SELECT place_id, stood_on, day, figure, key, sum(change)::bigint FROM change GROUP BY 1, 2, 3, 4, 5
HAVING sum(change) <> 0
"""
WAYS: Final = """
WITH asked AS MATERIALIZED (
    SELECT pair.place_id, pair.stood_on, greatest(least(pair.stood_on, known.last_day), known.first_day) AS on_day
    FROM unnest(%(places)s::bigint[], %(days)s::date[]) AS pair(place_id, stood_on)
    CROSS JOIN LATERAL (
        SELECT min(lower(own.during)) AS first_day, max(coalesce(upper(own.during) - 1, 'infinity')) AS last_day
        FROM places_placelink own WHERE own.ancestor_id = pair.place_id AND own.descendant_id = pair.place_id
    ) known
)
SELECT asked.place_id, asked.stood_on, coalesce(child.ancestor_id, 0)
FROM asked
-- Each way is looked up: joined, all that ever stood under the root was read for a few rows.
CROSS JOIN LATERAL (
    SELECT depth FROM places_placelink
    WHERE descendant_id = asked.place_id AND ancestor_id = %(root)s AND during @> asked.on_day OFFSET 0
) link
LEFT JOIN LATERAL (
    SELECT ancestor_id FROM places_placelink
    WHERE link.depth > 0 AND descendant_id = asked.place_id AND depth = link.depth - 1 AND during @> asked.on_day
    OFFSET 0
) child ON true
"""
"""What few rows change is read as it is, and where it stood under the root is asked for once for all sources: planning
`TAIL` anew for each of them took longer than to answer it."""

_CHILD: Final = "coalesce(child.ancestor_id, 0)"
_CHILD_OF_TODAY: Final = """
LEFT JOIN places_placelink child ON link.depth > 0 AND child.descendant_id = {place}
     AND child.depth = link.depth - 1 AND upper_inf(child.during)"""
_TAIL: Final = """
WITH change AS ({{changes}})
SELECT {part}, change.figure, change.key, change.day, sum(change.change)::bigint
FROM change
JOIN places_placelink link ON link.descendant_id = change.place_id AND link.ancestor_id = %(root)s
     AND upper_inf(link.during) {child}
GROUP BY 1, 2, 3, 4
"""
TODAY_TAIL: Final = _TAIL.format(part=_CHILD, child=_CHILD_OF_TODAY.format(place="change.place_id"))
EACH_TAIL: Final = _TAIL.format(part="change.place_id", child="")

CURSORS: Final = "SELECT -1, 0, source, '', DATE '2000-01-01', counted_to FROM analytics_counted"
NEWEST: Final = "SELECT -2, 0, '{table}', '', DATE '2000-01-01', coalesce(max(id), 0) FROM {table}"
"""How far a table has grown: what has nothing above its cursor has no tail."""

_ROOT: Final = """
SELECT {{nth}}, {below}, figure, key, {{start}}, sum(count)::bigint FROM analytics_rollup
WHERE place_id = %(root)s AND ({{condition}}) GROUP BY 2, 3, 4, 5
"""
KEPT: Final = _ROOT.format(below="below")
WHOLE_KEPT: Final = _ROOT.format(below="0::bigint")
"""All children together."""

_KEPT: Final = """
SELECT {{nth}}, {part}, figure, key, {{start}}, sum(count)::bigint
FROM analytics_rollup rollup
JOIN places_placelink link ON link.descendant_id = rollup.place_id AND link.ancestor_id = %(root)s
     AND upper_inf(link.during) {child}
WHERE rollup.below = 0 AND ({{condition}}) GROUP BY 2, 3, 4, 5
"""
TODAY_KEPT: Final = _KEPT.format(part=_CHILD, child=_CHILD_OF_TODAY.format(place="rollup.place_id"))
EACH_KEPT: Final = _KEPT.format(part="rollup.place_id", child="")
"""Each place below by itself, without what stands below it."""

OVER_EACH: Final = """
WITH tail AS (
    SELECT * FROM unnest(
        %(tail_places)s::bigint[], %(tail_figures)s::text[], %(tail_days)s::date[], %(tail_counts)s::bigint[]
    ) AS row(place_id, figure, day, count)
), standing AS (
    SELECT descendant_id AS place_id FROM places_placelink WHERE ancestor_id = %(root)s AND upper_inf(during)
), counted AS (
    SELECT place_id, figure, sum(count)::bigint AS count FROM (
        SELECT rollup.place_id, figure, count FROM analytics_rollup rollup JOIN standing USING (place_id)
        WHERE rollup.below = 0 AND ({condition})
        UNION ALL
        SELECT place_id, figure, count FROM tail WHERE day BETWEEN %(from)s AND %(until)s
    ) kept_and_tail GROUP BY 1, 2
), last_day AS (
    SELECT standing.place_id, greatest(latest.start, (
        SELECT max(day) FROM tail WHERE tail.place_id = standing.place_id AND figure = %(last_of)s AND count > 0
    )) AS day
    FROM standing LEFT JOIN LATERAL (
        SELECT start FROM analytics_rollup
        WHERE place_id = standing.place_id AND grain = 'day' AND figure = %(last_of)s AND below = 0 AND count > 0
        ORDER BY start DESC LIMIT 1
    ) latest ON TRUE
) {body}
"""
"""A reader's own statement over `counted` and `last_day` of each place at or below the root (`standing`)."""
