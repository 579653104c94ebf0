"""A plan as a table: taken away for Excel, and brought along with a look at each row before it is taken in."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sidan.audit.operations import record
from sidan.core.clock import now
from sidan.core.errors import Invalid
from sidan.core.htmx import go_to
from sidan.core.idempotency import once_per_form
from sidan.core.pages import AND_WRITES, REFUSALS, put_errors
from sidan.core.requests import actor_of
from sidan.core.tables import table_response
from sidan.core.workbooks import read_table
from sidan.plans import operations, queries, sheets
from sidan.plans.forms import TableForm, TakeInForm
from sidan.plans.models import Plan
from sidan.plans.views.shared import plan_of_ours, staff_page

WRITES = {"add": operations.add_lines, "replace": operations.replace_lines}


@require_safe
@staff_page
def export(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """The lines as a table that can be changed and brought back; taking it is written down."""
    found = queries.plan_by_uuid(uuid=uuid)
    record(
        actor=actor_of(request), at=now(), verb="plan.exported", subject=("plan", found.pk),
        place_id=found.place_id, county_id=found.county_id,
    )  # fmt: skip
    rows = list(sheets.written(queries.compared(plan=found).lines))
    return table_response(request, name="plan", header=sheets.header(), rows=rows)


@require_http_methods(AND_WRITES)
@staff_page
def bring(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Read a table and show each row as it would stand in the plan, or what is wrong with it; nothing is written."""
    _actor, found = plan_of_ours(request, uuid)
    if request.method != "POST":
        return _page(request, found, TableForm())
    form = TableForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, found, form)
    try:
        table = read_table(form.cleaned_data["table"].read())
        return _preview(request, found, table)
    except Invalid as refusal:
        put_errors(form, refusal, field="table")
    return _page(request, found, form)


@require_POST
@staff_page
@once_per_form
def take_in(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Take in the table that was looked at: it is read anew, all of it or nothing."""
    actor, found = plan_of_ours(request, uuid)
    form = TakeInForm(request.POST)
    if not form.is_valid():
        return _page(request, found, TableForm())
    table = form.cleaned_data["rows"]
    try:
        rows = sheets.read(table, within=found.days)
        lines = [row.facts for row in rows if row.facts is not None]
        if len(lines) < len(rows) or not lines:
            return _preview(request, found, table, status=422)
        WRITES[form.cleaned_data["mode"]](actor=actor, at=now(), plan=found, lines=lines)
    except REFUSALS as refusal:
        messages.error(request, str(refusal))
        return _page(request, found, TableForm(), status=422)
    told = ngettext("%(count)s line is taken in.", "%(count)s lines are taken in.", len(lines))
    messages.success(request, told % {"count": len(lines)})
    return go_to(request, reverse("plans:plan", args=[uuid]))


def _preview(request: HttpRequest, found: Plan, table: list[list[str]], *, status: int = 200) -> HttpResponse:
    rows = sheets.read(table, within=found.days)
    wrong = [row for row in rows if row.problems]
    context: dict[str, Any] = {
        "plan": found,
        "rows": rows,
        "wrong": len(wrong),
        "form": TakeInForm(initial={"rows": table}) if rows and not wrong else None,
        "table_form": TableForm(),
        "back_url": reverse("plans:plan", args=[found.uuid]),
    }
    return render(request, "plans/preview.html", context, status=status)


def _page(request: HttpRequest, found: Plan, form: forms.Form, *, status: int = 0) -> HttpResponse:
    context = {
        "plan": found,
        "form": form,
        "heads": sheets.HEADS.values(),
        "back_url": reverse("plans:plan", args=[found.uuid]),
    }
    return render(request, "plans/bring.html", context, status=status or (422 if form.errors else 200))
