"""Draw the state machines of an app as Mermaid, from the tables the code walks; the README holds the drawing.

python -m ops.drawings          compare; python -m ops.drawings --write   renew
"""

import re
import sys
from pathlib import Path

from sidan.activities.states import ACTIVITY, ENROLMENT
from sidan.bookings.states import BOOKING
from sidan.campaigns.states import CAMPAIGN, STOP
from sidan.catalogue.states import PROJECT
from sidan.core.transitions import Table
from sidan.fairs.states import STALLHOLDER
from sidan.honours.states import PROPOSAL
from sidan.hours.states import CLAIM
from sidan.lectures.states import TALK
from sidan.mediation.states import CASE
from sidan.orders.states import MACHINES
from sidan.plans.states import PLAN
from sidan.rotas.states import DUTY, SWAP
from sidan.schools.states import SCHOOL
from sidan.wishes.states import WISH

ROOT = Path(__file__).resolve().parent.parent
NOWHERE = "[*]"
"""How a drawing shows the start."""


DRAWINGS: dict[str, Table] = {
    "sidan/orders/README.md#order": MACHINES["order"],
    "sidan/orders/README.md#assignment": MACHINES["assignment"],
    "sidan/orders/README.md#visit": MACHINES["visit"],
    "sidan/catalogue/README.md#project": PROJECT,
    "sidan/mediation/README.md#case": CASE,
    "sidan/wishes/README.md#wish": WISH,
    "sidan/bookings/README.md#booking": BOOKING,
    "sidan/activities/README.md#activity": ACTIVITY,
    "sidan/activities/README.md#enrolment": ENROLMENT,
    "sidan/hours/README.md#claim": CLAIM,
    "sidan/honours/README.md#proposal": PROPOSAL,
    "sidan/fairs/README.md#stallholder": STALLHOLDER,
    "sidan/plans/README.md#plan": PLAN,
    "sidan/lectures/README.md#talk": TALK,
    "sidan/schools/README.md#school": SCHOOL,
    "sidan/campaigns/README.md#campaign": CAMPAIGN,
    "sidan/campaigns/README.md#stop": STOP,
    "sidan/rotas/README.md#duty": DUTY,
    "sidan/rotas/README.md#swap": SWAP,
}


def draw(table: Table) -> str:
    """Return the drawing of one machine: an arrow for each source and verb."""
    lines = ["stateDiagram-v2"]
    for row in table.values():
        lines += [
            f"    {source or NOWHERE} --> {row.reached_from(source)}: {row.verb}"
            for source in sorted(row.sources)
        ]
    return "\n".join(lines)


def renewed(text: str, name: str, drawing: str) -> str:
    """Return a README with one drawing put between its two marks."""
    block = f"<!-- drawing {name} -->\n```mermaid\n{drawing}\n```\n<!-- end -->"
    return re.sub(rf"<!-- drawing {name} -->.*?<!-- end -->", lambda _match: block, text, flags=re.DOTALL)


def stale() -> dict[Path, str]:
    """Return the READMEs whose drawings differ from the tables, with their renewed texts."""
    texts: dict[Path, str] = {}
    for where, table in DRAWINGS.items():
        file, name = where.split("#")
        path = ROOT / file
        texts[path] = renewed(texts.get(path, path.read_text(encoding="utf-8")), name, draw(table))
    return {path: text for path, text in texts.items() if text != path.read_text(encoding="utf-8")}


def main() -> int:
    """Compare or renew; tell which files differ."""
    found = stale()
    for path, text in found.items():
        print(f"{'renewed' if '--write' in sys.argv else 'differs from its table'}: {path.relative_to(ROOT)}")
        if "--write" in sys.argv:
            path.write_text(text, encoding="utf-8")
    return 0 if "--write" in sys.argv or not found else 1


if __name__ == "__main__":
    sys.exit(main())
