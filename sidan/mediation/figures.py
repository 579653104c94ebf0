"""What is counted of mediation: how many cases of which kind, for a whole county and never for a village.

That a village of forty households had a case in some week would tell who it was (R-O11). A case counts from the day on
which it was taken on, whenever it is written down.
"""

from typing import Final

from django.utils.translation import gettext_lazy as _

from sidan.core.figures import Figure, Kind, Source, Words, register_source
from sidan.mediation.enums import CaseState, Dispute

STEPS: Final = """
SELECT coalesce(case_.county_id, case_.place_id) AS place_id, case_.taken_on AS stood_on,
       CASE step.verb WHEN 'open' THEN case_.taken_on ELSE (step.at AT TIME ZONE 'Asia/Shanghai')::date END AS day,
       part.figure, part.key, part.change
FROM mediation_casestep step JOIN mediation_case case_ ON case_.id = step.case_id
CROSS JOIN LATERAL (VALUES
    ('mediation.state', step.to_state, 1, step.from_state <> step.to_state),
    ('mediation.state', step.from_state, -1, step.from_state <> step.to_state AND step.from_state <> ''),
    ('mediation.opened', case_.dispute, 1, step.verb = 'open')
) AS part(figure, key, change, counts)
WHERE part.counts AND step.id > %(after)s AND step.id <= %(upto)s
"""


def _states() -> Words:
    return dict(CaseState.choices)


def _disputes() -> Words:
    return dict(Dispute.choices)


def register() -> None:
    """Declare the source, once."""
    figures = (
        Figure("mediation.state", _("Where the cases of mediation stand"), Kind.STOCK, _states),
        Figure("mediation.opened", _("What cases of mediation were about"), keys=_disputes),
    )
    register_source(Source("mediation.steps", "mediation_casestep", STEPS, figures))
