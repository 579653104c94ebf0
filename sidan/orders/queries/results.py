"""What reports say by the template of their kind of service, in words."""

import json
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import pgettext

from sidan.catalogue.models import ResultTemplate
from sidan.catalogue.policies import ResultField
from sidan.catalogue.queries import result_template_by_uuid, result_template_for
from sidan.core.actor import Actor
from sidan.core.language import shown
from sidan.orders.enums import Machine
from sidan.orders.models import Assignment, Order, OrderStep, VisitReport
from sidan.orders.queries.page import reading_of


@dataclass(frozen=True, slots=True)
class ResultLine:
    """One answer of a report, in the reader's language; the code is what programs know it by."""

    code: str
    kind: str
    label: str
    value: str


@dataclass(frozen=True, slots=True)
class ToldReport:
    """What the team told of one visit; an order that is opened again goes another round."""

    words: str
    results: list[ResultLine]
    at: datetime
    round: int
    rounds: int

    @property
    def is_earlier(self) -> bool:
        """Tell whether the order was opened again since."""
        return self.round < self.rounds


def results_asked(*, assignment: Assignment, filled_in: UUID | None = None) -> ResultTemplate | None:
    """Return what the report of a visit is asked by its kind of service: of an order that was split, by its part's.

    The version that was filled in, an older one too; without one the version that holds now.
    """
    kind = assignment.category_id
    older = result_template_by_uuid(uuid=filled_in, category=kind) if filled_in else None
    return older or result_template_for(code=kind)


def visit_reports(
    *, order: Order, reader: Actor, team_ids: Collection[int] | None = None
) -> list[ToldReport]:
    """What the team told of the visits of an order, oldest first; those that say nothing are left out: one query."""
    rows: Any = VisitReport.objects.filter(visit__assignment__order=order).select_related("template")
    again = (
        OrderStep.objects.filter(order=order, machine=Machine.ORDER, verb="reopen").order_by().values("order")
    )
    rows = rows.annotate(before=_number(again.filter(at__lt=OuterRef("reported_at"))), again=_number(again))
    if team_ids is not None:
        rows = rows.filter(visit__assignment__team__in=team_ids)
    read = reading_of(reader=reader, order=order)
    told = [_told(report, read) for report in rows.order_by("reported_at")]
    return [each for each in told if each.words or each.results]


def _number(rows: QuerySet[Any, Any]) -> Coalesce:
    return Coalesce(Subquery(rows.annotate(number=Count("pk")).values("number")), 0)


def _told(report: Any, read: Callable[[str], str]) -> ToldReport:
    lines = [
        ResultLine(line.code, line.kind, line.label, read(line.value)) if line.kind == "text" else line
        for line in result_lines(report)
    ]
    words = read(report.words) if report.words else ""
    return ToldReport(
        words=words, results=lines, at=report.reported_at, round=1 + report.before, rounds=1 + report.again
    )


def result_lines(report: VisitReport) -> list[ResultLine]:
    """Return the answers of a report in the order of its template, as they were written."""
    if report.template is None or not report.results:
        return []
    answers = json.loads(report.results)
    return [
        ResultLine(
            field.code, field.kind, shown(field.label, field.label_en), _value(field, answers[field.code])
        )
        for field in report.template.asked
        if field.code in answers
    ]


def with_results(rows: QuerySet[Order]) -> QuerySet[Order]:
    """Return orders with what `results_in_a_cell` needs of each: four queries more, however many they are."""
    return rows.prefetch_related("assignments__visits__report__template")


def results_in_a_cell(order: Order) -> str:
    """Return the answers of an order's reports for a table, oldest first.

    What was written freely is left out, since it may name somebody; and all of a private order, since the answers tell
    what it was about.
    """
    if order.is_private:
        return ""
    visits = [visit for assignment in order.assignments.all() for visit in assignment.visits.all()]
    reports = sorted(
        (visit.report for visit in visits if hasattr(visit, "report")), key=lambda report: report.reported_at
    )
    lines = [line for report in reports for line in result_lines(report) if line.kind != "text"]
    return "; ".join(f"{line.label}: {line.value}" for line in lines)


def _value(field: ResultField, answer: object) -> str:
    if field.kind == "yes_no":
        return pgettext("answer", "Yes") if answer else pgettext("answer", "No")
    if field.kind == "choice":
        return next((shown(each.label, each.label_en) for each in field.choices if each.code == answer), "")
    return str(answer)
