"""What the pages of hours have in common."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _

from sidan.audit.operations import record
from sidan.core.badges import ToldStep, told_turn
from sidan.core.clock import now
from sidan.core.requests import actor_of
from sidan.core.tables import moment_cell, table_response
from sidan.hours.enums import Subject
from sidan.hours.models import ClaimStep, Entry
from sidan.hours.queries import MonthTotal, totals_of, years_of
from sidan.hours.words import RECORDS, STEPS


@dataclass(frozen=True, slots=True)
class YearShown:
    """A year's hours as a page shows them: each month with what was served, also where that is nothing."""

    year: int
    minutes: int
    records: int
    months: Sequence[MonthTotal]
    most: int
    """The month with the most: the bars are as long as it."""
    years: Sequence[MonthTotal]


def year_of(request: HttpRequest, *, today: date) -> int:
    """Return the year that the address asks for, else this one."""
    asked = request.GET.get("year", "")
    return (
        int(asked) if asked.isascii() and asked.isdigit() and 2000 <= int(asked) <= today.year else today.year
    )


def year_shown(*, subject: Subject, ids: Sequence[int], year: int, today: date) -> YearShown:
    """Return a year month by month, and the sums of all years with this one among them."""
    served = {total.month.month: total for total in totals_of(subject=subject, ids=ids, year=year)}
    last = today.month if year == today.year else 12
    months = [
        served.get(month, MonthTotal(date(year, month, 1), 0, 0))
        for month in range(1, max([last, *served]) + 1)
    ]  # fmt: skip
    years = years_of(subject=subject, ids=ids)
    if all(total.month.year != year for total in years):
        years = sorted(
            [*years, MonthTotal(date(year, 1, 1), 0, 0)], key=lambda total: total.month, reverse=True
        )
    return YearShown(
        year=year, minutes=sum(month.minutes for month in months), records=sum(month.records for month in months),
        months=months, most=max(1, *(month.minutes for month in months)), years=years,
    )  # fmt: skip


def told_steps(steps: Iterable[ClaimStep]) -> list[ToldStep]:
    """Tell what became of a claim, newest first."""
    return [told_turn(step, words=STEPS) for step in steps][::-1]


def table_of(request: HttpRequest, *, rows: Iterable[Entry], **facts: Any) -> HttpResponseBase:
    """Answer with records as a table; that it was taken along is written down."""
    record(actor=actor_of(request), at=now(), verb="hours.exported", subject=("hours", None), **facts)
    header = [
        _("Name"), _("What"), _("Content"), _("Place"), _("Team"), _("Day"), _("From"), _("To"), _("Minutes"),
        _("How it is known"), _("Confirmed by"), _("State"), _("Reason"),
    ]  # fmt: skip
    return table_response(request, name="hours", header=header, rows=(_cells(row) for row in rows))


def _cells(row: Entry) -> list[object]:
    begins, ends = row.during.lower, row.during.upper
    return [
        row.person.name, row.occasion.title, row.occasion.content, row.place.shown_name,
        row.team.shown_name if row.team else "", row.day, moment_cell(begins) if begins else "",
        moment_cell(ends) if ends else "", row.minutes, row.get_way_display(),
        row.confirmed_by.person.name if row.confirmed_by else "",
RECORDS[row.standing_code].word, row.get_reason_display(),
    ]  # fmt: skip
