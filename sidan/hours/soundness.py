"""What holds of all hours; asked as a whole by `core.soundness`."""

from typing import Final

from sidan.core.soundness import Rule, register_rule

STANDS: Final = """
SELECT count(*) FROM hours_entry entry
LEFT JOIN hours_entry counter ON counter.counters_id = entry.id
LEFT JOIN hours_standing standing ON standing.entry_id = entry.id
WHERE (entry.counters_id IS NULL AND counter.id IS NULL) <> (standing.entry_id IS NOT NULL)
"""
TAKEN: Final = """
SELECT count(*) FROM hours_entry counter JOIN hours_entry entry ON entry.id = counter.counters_id
WHERE counter.minutes <> -entry.minutes OR counter.person_id <> entry.person_id
"""
ADDED: Final = """
SELECT count(*) FROM (
    SELECT 'person' AS subject, person_id AS subject_id, date_trunc('month', day)::date AS month,
           sum(minutes) AS minutes
    FROM hours_entry GROUP BY 2, 3
    UNION ALL
    SELECT 'team', team_id, date_trunc('month', day)::date, sum(minutes)
    FROM hours_entry WHERE team_id IS NOT NULL GROUP BY 2, 3
) summed FULL JOIN hours_total kept USING (subject, subject_id, month)
WHERE summed.minutes IS DISTINCT FROM kept.minutes
"""
ENTERED: Final = """
SELECT count(*) FROM hours_claim claim LEFT JOIN hours_entry entry ON entry.claim_id = claim.id
WHERE (claim.state = 'entered') <> (entry.id IS NOT NULL)
"""


def register() -> None:
    """Declare the rules."""
    register_rule(Rule("hours.standing", "What stands is what nobody took back", STANDS))
    register_rule(Rule("hours.taken_back", "A counter-record takes back just its record", TAKEN))
    register_rule(Rule("hours.totals", "Totals are the sums of the records", ADDED))
    register_rule(Rule("hours.claims", "What was entered has its record", ENTERED))
