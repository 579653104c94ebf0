"""What holds of all certificates; asked as a whole by `core.soundness`."""

from typing import Final

from sidan.core.soundness import Rule, register_rule

ADDED: Final = """
SELECT count(*) FROM honours_certificate paper
LEFT JOIN (
    SELECT line.certificate_id, sum(entry.minutes) AS minutes, count(*) AS records
    FROM honours_certificateline line JOIN hours_entry entry ON entry.id = line.entry_id
    GROUP BY line.certificate_id
) summed ON summed.certificate_id = paper.id
WHERE (summed.minutes, summed.records) IS DISTINCT FROM (paper.minutes::bigint, paper.records::bigint)
"""
OWN: Final = """
SELECT count(*) FROM honours_certificateline line
JOIN honours_certificate paper ON paper.id = line.certificate_id
JOIN hours_entry entry ON entry.id = line.entry_id
WHERE (entry.person_id <> paper.person_id
       AND honours_kept_person(entry.person_id) IS DISTINCT FROM honours_kept_person(paper.person_id))
   OR entry.counters_id IS NOT NULL OR NOT entry.day <@ paper.during
"""


def register() -> None:
    """Declare the rules."""
    register_rule(Rule("honours.sums", "A certificate says what its records add up to", ADDED))
    register_rule(Rule("honours.own", "A certificate is of its person's records and days", OWN))
