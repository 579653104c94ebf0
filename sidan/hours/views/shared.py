"""What the pages of hours have in common."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sidan.audit.operations import record
from sidan.core.badges import ToldStep, told_turn
from sidan.core.clock import now
from sidan.core.idempotency import once_per_form
from sidan.core.pages import View, act_by_form, staff_page
from sidan.core.requests import actor_of
from sidan.core.tables import moment_cell, table_response
from sidan.hours.enums import Subject
from sidan.hours.models import ClaimStep, Entry
from sidan.hours.permissions import require_office
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


@dataclass(frozen=True, slots=True)
class Acts:
    """How the office's acts on one kind of thing are answered: a refused form stands on the page of the thing."""

    thing: str
    """By which name the operations take it."""
    find: Callable[..., Any]
    back: Callable[[UUID], str]
    page: Callable[..., HttpResponse]

    def act(
        self, form: Callable[..., forms.Form], write: Callable[..., object], *, name: str, done: str | Promise,
        offered: Callable[[Any], dict[str, Any]] = lambda _found: {},
    ) -> View:  # fmt: skip
        """Return the view of one act: `write` takes the fields of the form, which may offer something, by name."""

        @require_POST
        @staff_page(require_office, public=False)
        @once_per_form
        def view(request: HttpRequest, uuid: UUID) -> HttpResponse:
            found = self.find(uuid=uuid)
            return act_by_form(
                request, form=form(request.POST, **offered(found)), url=self.back(uuid), done=done,
                write=lambda typed: write(actor=actor_of(request), at=now(), **{self.thing: found}, **typed),
                page=lambda refused: self.page(request, uuid, name=name, form=refused),
            )  # fmt: skip

        return view


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
        row.person.name, row.occasion.shown_title, row.occasion.shown_content, row.place.shown_name,
        row.team.shown_name if row.team else "", row.day, moment_cell(begins) if begins else "",
        moment_cell(ends) if ends else "", row.minutes, row.get_way_display(),
        row.confirmed_by.person.name if row.confirmed_by else "",
RECORDS[row.standing_code].word, row.get_reason_display(),
    ]  # fmt: skip
