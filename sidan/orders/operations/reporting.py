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
from sidan.core.errors import Conflict, FieldProblem, Invalid
from sidan.core.language import shown
from sidan.core.moments import when_words
from sidan.files.models import StoredFile
from sidan.orders.enums import VisitState
from sidan.orders.models import Assignment, Visit, VisitCount, VisitPhoto, VisitReport
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


class NoVisitNow(Conflict):
    code = "no_visit_now"
    sentence = _("There is no visit to check in to: agree on a time first.")


class NobodyCame(Conflict):
    code = "nobody_came"
    sentence = _("Nobody has checked in; a visit that did not happen cannot be reported as done.")


class AlreadyReported(Conflict):
    code = "already_reported"
    sentence = _("This visit is over: %(name)s has reported it, %(when)s. Nothing was added.")


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

    @property
    def said(self) -> str:
        """All that was written in words, the answers too."""
        return "\n".join([self.words, *(each for each in self.results.values() if isinstance(each, str))])


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


def why_not_now(*, visit: Visit, at: datetime) -> Conflict:
    """Return why a visit takes no coming, going or report now: somebody has reported it, or it is no visit any more."""
    kept = VisitReport.objects.select_related("reported_by__person").filter(visit=visit).first()
    return _reported(kept, at) if kept else NoVisitNow()


def why_no_report(*, assignment: Assignment, visit: Visit | None, at: datetime) -> Conflict:
    """Return why an assignment has nothing to report now; `visit` is the one ahead, or the last one done."""
    if visit is not None and visit.state == VisitState.PLANNED:
        return NobodyCame()
    told = VisitReport.objects.select_related("reported_by__person").filter(visit__assignment=assignment)
    kept = told.order_by("-visit").first()
    return _reported(kept, at) if kept else NoVisitNow()


def _reported(kept: VisitReport, at: datetime) -> AlreadyReported:
    return AlreadyReported(
        name=kept.reported_by.person.name, when=when_words(kept.reported_at, now=at),
        reported_at=kept.reported_at.isoformat(),
    )  # fmt: skip
