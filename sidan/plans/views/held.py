"""One line of a plan that is approved: which activities carry it out, or why it is left out."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from sidan.activities.queries import activity_by_uuid, recurring_by_uuid, series_of
from sidan.activities.saying import rule_words
from sidan.core.clock import business_date, now
from sidan.core.htmx import go_to
from sidan.core.idempotency import once_per_form
from sidan.core.pages import REFUSALS, act, act_by_form, keep_typed, put_errors
from sidan.core.requests import actor_of
from sidan.plans import operations, queries
from sidan.plans.enums import SETTLED
from sidan.plans.forms import EraseNameForm, LeaveOutForm, LinkForm, LinkSeriesForm, PrepareForm
from sidan.plans.models import Plan, PlanLine
from sidan.plans.permissions import may_write
from sidan.plans.views.shared import line_of_ours, staff_page


@require_safe
@staff_page
def line(request: HttpRequest, uuid: UUID, line: UUID) -> HttpResponse:
    """One line, with what came of it and what can be done."""
    found = queries.plan_by_uuid(uuid=uuid)
    return _shown(request, found, queries.line_by_uuid(plan=found, uuid=line))


def _shown(
    request: HttpRequest, found: Plan, row: PlanLine, *, name: str = "", form: forms.Form | None = None
) -> HttpResponse:
    actor = actor_of(request)
    writes = may_write(actor=actor, place_id=found.place_id, county_id=found.county_id)
    context: dict[str, Any] = {
        "plan": found,
        "line": row,
        "told": next(told for told in queries.compared(plan=found).lines if told.line.pk == row.pk),
        "is_settled": found.state in SETTLED,
        "rules": _rules(row),
        "erased": queries.erased_of(line=row),
        "writes": writes and found.state in SETTLED,
    }
    if context["writes"] and row.left_out_at is None:
        context["prepare_form"] = PrepareForm(
            auto_id="prepare_%s",
            initial={"day": max(row.first_day, business_date(now())), "venue": row.venue},
        )
        context["link_form"] = LinkForm(auto_id="link_%s", activities=queries.activities_to_link(plan=found))
        context["leave_form"] = LeaveOutForm(auto_id="leave_%s")
        context["series_form"] = LinkSeriesForm(auto_id="series_%s", rules=queries.rules_to_link(plan=found))
    if context["writes"]:
        context["erase_form"] = EraseNameForm(auto_id="erase_%s", line=row)
    keep_typed(context, name=name, form=form)
    return render(request, "plans/line.html", context)


def _rules(row: PlanLine) -> list[dict[str, Any]]:
    """Return what comes again and carries the line out, in words."""
    today = business_date(now())
    return [
        {
            "recurring": one.recurring,
            "rule": rule_words(one.recurring, series_of(recurring=one.recurring), today=today),
        }
        for one in queries.rules_of(line=row)
    ]


def _refused(
    request: HttpRequest, found: Plan, row: PlanLine, *, name: str, form: forms.Form
) -> HttpResponse:
    answer = _shown(request, found, row, name=name, form=form)
    answer.status_code = 422
    return answer


@require_POST
@staff_page
@once_per_form
def prepare(request: HttpRequest, uuid: UUID, line: UUID) -> HttpResponse:
    """Write the draft of an activity from the line and go on to it."""
    actor, found, row = line_of_ours(request, uuid, line)
    form = PrepareForm(request.POST)
    if form.is_valid():
        try:
            made = operations.prepare_activity(
                actor=actor, at=now(), plan=found, line=row, prepared=form.prepared()
            )
        except REFUSALS as refusal:
            put_errors(form, refusal, field="day")
        else:
            messages.success(request, str(_("The draft is kept. Read it once more, then submit it.")))
            return go_to(request, reverse("activities:staff_activity", args=[made.uuid]))
    return _refused(request, found, row, name="prepare_form", form=form)


@require_POST
@staff_page
@once_per_form
def link(request: HttpRequest, uuid: UUID, line: UUID) -> HttpResponse:
    """Say that an activity carries the line out."""
    actor, found, row = line_of_ours(request, uuid, line)
    form = LinkForm(request.POST, activities=queries.activities_to_link(plan=found))
    if form.is_valid():
        try:
            operations.link_activity(actor=actor, at=now(), plan=found, line=row, activity=form.chosen())
        except REFUSALS as refusal:
            put_errors(form, refusal, field="activity")
        else:
            messages.success(request, str(_("The activity stands for this line now.")))
            return go_to(request, reverse("plans:line", args=[uuid, line]))
    return _refused(request, found, row, name="link_form", form=form)


@require_POST
@staff_page
@once_per_form
def unlink(request: HttpRequest, uuid: UUID, line: UUID, activity: UUID) -> HttpResponse:
    """Say that an activity does not carry the line out after all."""
    actor, found, row = line_of_ours(request, uuid, line)
    held = activity_by_uuid(uuid=activity)
    return act(
        request, url=reverse("plans:line", args=[uuid, line]), done=_("The activity stands for this line no more."),
        write=lambda: operations.unlink_activity(actor=actor, at=now(), plan=found, line=row, activity=held),
    )  # fmt: skip


@require_POST
@staff_page
@once_per_form
def leave_out(request: HttpRequest, uuid: UUID, line: UUID) -> HttpResponse:
    """Say that the line is not held, and why."""
    actor, found, row = line_of_ours(request, uuid, line)
    return act_by_form(
        request, form=LeaveOutForm(request.POST), done=_("Left out; who reads the plan reads why."),
        url=reverse("plans:line", args=[uuid, line]),
        write=lambda typed: operations.leave_line_out(actor=actor, at=now(), plan=found, line=row, **typed),
        page=lambda refused: _shown(request, found, row, name="leave_form", form=refused),
    )  # fmt: skip


@require_POST
@staff_page
@once_per_form
def take_up(request: HttpRequest, uuid: UUID, line: UUID) -> HttpResponse:
    """Say that the line is held after all."""
    actor, found, row = line_of_ours(request, uuid, line)
    return act(
        request, url=reverse("plans:line", args=[uuid, line]), done=_("The line stands again."),
        write=lambda: operations.take_line_up(actor=actor, at=now(), plan=found, line=row),
    )  # fmt: skip


@require_POST
@staff_page
@once_per_form
def link_series(request: HttpRequest, uuid: UUID, line: UUID) -> HttpResponse:
    """Say that what comes again carries the line out."""
    actor, found, row = line_of_ours(request, uuid, line)
    return act_by_form(
        request, form=LinkSeriesForm(request.POST, rules=queries.rules_to_link(plan=found)),
        done=_("Each of its times stands for this line now."), url=reverse("plans:line", args=[uuid, line]),
        write=lambda typed: operations.link_series(
            actor=actor, at=now(), plan=found, line=row, recurring=typed["series"]
        ),
        page=lambda refused: _shown(request, found, row, name="series_form", form=refused),
    )  # fmt: skip


@require_POST
@staff_page
@once_per_form
def unlink_series(request: HttpRequest, uuid: UUID, line: UUID, series: UUID) -> HttpResponse:
    """Say that what comes again does not carry the line out after all."""
    actor, found, row = line_of_ours(request, uuid, line)
    rule = recurring_by_uuid(uuid=series)
    return act(
        request, url=reverse("plans:line", args=[uuid, line]), done=_("It stands for this line no more."),
        write=lambda: operations.unlink_series(actor=actor, at=now(), plan=found, line=row, recurring=rule),
    )  # fmt: skip


@require_POST
@staff_page
@once_per_form
def erase_name(request: HttpRequest, uuid: UUID, line: UUID) -> HttpResponse:
    """Take a name out of the line, for whom it named."""
    actor, found, row = line_of_ours(request, uuid, line)
    form = EraseNameForm(request.POST, line=row)
    return act_by_form(
        request, form=form, done=_("The name is taken out; that it was done is written down."),
        url=reverse("plans:line", args=[uuid, line]),
        write=lambda _typed: operations.erase_name(
            actor=actor, at=now(), plan=found, line=row, part=form.chosen()
        ),
        page=lambda refused: _shown(request, found, row, name="erase_form", form=refused),
    )  # fmt: skip
