"""What reports of the demo ask for, and plausible answers that follow from the visit alone."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final
from uuid import UUID

from sidan.catalogue.models import Category, ResultTemplate
from sidan.catalogue.operations import write_result_template
from sidan.catalogue.policies import ResultField
from sidan.catalogue.queries import usual_results
from sidan.core.actor import SYSTEM
from sidan.web.demo.kinds import KINDS, REPAIRED

# From how many to how many, by the code of the field; a few of anything else.
_AMOUNTS: Final[Mapping[str, tuple[int, int]]] = {
    "attendees": (18, 60), "under-18": (0, 9), "audience": (40, 220), "measured": (12, 45), "leaflets": (10, 60),
    "waited": (10, 90), "bags": (6, 30), "in-bed": (0, 1), "sent-on": (0, 4),
}  # fmt: skip
_FEW: Final = (1, 3)


def make_templates(*, categories: Mapping[str, Category], at: datetime) -> None:
    """Let the usual kinds of service ask for what is usual."""
    usual = {each.code: each for each in usual_results()}
    for kind in KINDS:
        if kind.results:
            fields = usual[kind.results].fields
            write_result_template(actor=SYSTEM, at=at, code=categories[kind.code].code, fields=fields)


def answers_of(template: ResultTemplate, *, visit: UUID) -> dict[str, object]:
    """Return answers to all that is asked; chance is the end of the visit's own id, so the same everywhere."""
    return {
        field.code: _answer(field, (visit.int & 0xFFFFFFFF) >> nth * 3)
        for nth, field in enumerate(template.asked)
    }


def _answer(field: ResultField, chance: int) -> object:
    if field.kind == "number":
        least, most = _AMOUNTS.get(field.code, _FEW)
        return least + chance % (most - least + 1)
    if field.kind == "choice":
        # The first answers are the usual ones.
        return field.choices[min(chance % 5 // 2, len(field.choices) - 1)].code
    if field.kind == "yes_no":
        return chance % 8 != 0
    return REPAIRED[chance % len(REPAIRED)] if field.code == "what" else ""
