"""Keeping what came of a visit: words, pictures, and the results that its kind of service asks for."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sidan.catalogue.models import ResultTemplate
from sidan.catalogue.policies import LARGEST_NUMBER, LONGEST_TEXT, kept_answers, wrong_answers
from sidan.core.actor import Actor
from sidan.core.errors import FieldProblem, Invalid
from sidan.core.language import shown
from sidan.files.models import StoredFile
from sidan.orders.models import Visit, VisitCount, VisitPhoto, VisitReport
from sidan.orders.queries import results_asked
from sidan.people.permissions import require_signed_in

WRONG: Final[dict[str, str | Promise]] = {
    "missing": _("“%(field)s” is needed."),
    "unknown": _("“%(field)s” is not asked for in reports of this kind."),
    "number": _("“%(field)s” is a whole number from 0 to %(most)s."),
    "choice": _("“%(field)s”: please choose one of the answers."),
    "yes_no": _("“%(field)s” is yes or no."),
    "text": _("“%(field)s”: at most %(longest)s characters."),
}


class BadResults(Invalid):
    """Answers that do not fit what is asked; `errors` says which."""

    code = "results_invalid"


@dataclass(frozen=True, slots=True)
class Report:
    """What came of a visit.

    `results` are the answers by the code of their field; `template` the version that was filled in, where another may
    hold by now.
    """

    words: str = ""
    people_helped: int = 1
    results: Mapping[str, object] = field(default_factory=dict)
    template: UUID | None = None


def keep_report(
    *, actor: Actor, at: datetime, visit: Visit, report: Report, photos: Sequence[StoredFile]
) -> VisitReport:
    """Write a report with its results, numbers and pictures; the caller moves the visit.

    Raises:
        BadResults: an answer is missing, or is none of what is asked.
    """
    account_id, _person_id = require_signed_in(actor=actor)
    template = results_asked(assignment=visit.assignment, filled_in=report.template)
    answers = _checked(template, report.results)
    kept = VisitReport.objects.create(
        visit=visit, words=report.words, people_helped=report.people_helped, template=template,
        results=json.dumps(answers, ensure_ascii=False) if answers else None,
        reported_by_id=account_id, reported_at=at,
    )  # fmt: skip
    if template:
        VisitCount.objects.bulk_create(numbers_of(visit=visit, template=template, answers=answers, at=at))
    VisitPhoto.objects.bulk_create(
        [VisitPhoto(visit=visit, file=photo, position=nth) for nth, photo in enumerate(photos)]
    )
    return kept


def numbers_of(
    *, visit: Visit, template: ResultTemplate, answers: Mapping[str, object], at: datetime
) -> list[VisitCount]:
    """Return the rows of the answers that are numbers, which figures add up; the caller writes them."""
    numbers = {asked.code for asked in template.asked if asked.kind == "number"}
    return [
        VisitCount(visit=visit, template=template, field=code, amount=answer, at=at)
        for code, answer in answers.items()
        if code in numbers and isinstance(answer, int)
    ]


def _checked(template: ResultTemplate | None, results: Mapping[str, object]) -> dict[str, object]:
    asked = template.asked if template else []
    wrong = wrong_answers(asked, results)
    if wrong:
        labels = {each.code: shown(each.label, each.label_en) for each in asked}
        raise BadResults(
            errors=[
                FieldProblem(f"/results/{code}", _told(why, labels.get(code, code)))
                for code, why in wrong.items()
            ]
        )
    return kept_answers(results)


def _told(why: str, label: str) -> str:
    return str(WRONG[why]) % {"field": label, "most": LARGEST_NUMBER, "longest": LONGEST_TEXT}
