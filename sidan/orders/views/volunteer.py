"""The volunteer's pages: my tasks, report, hand back."""

from typing import Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sidan.catalogue.models import ResultTemplate
from sidan.core.actor import Actor
from sidan.core.clock import now
from sidan.core.htmx import go_to, page_or_piece
from sidan.core.idempotency import once_per_form
from sidan.core.ids import read_uuid
from sidan.core.pages import AND_WRITES, REFUSALS, put_errors
from sidan.core.pagination import keyset_page
from sidan.core.requests import actor_of
from sidan.files.operations import store_picture
from sidan.orders import operations, queries
from sidan.orders.enums import OrderState, VisitState
from sidan.orders.forms.volunteer import HandBackForm, ReportForm
from sidan.orders.models import Assignment, Visit
from sidan.orders.operations import Report
from sidan.orders.operations.reporting import why_no_report
from sidan.orders.operations.visiting import SomebodyStillThere
from sidan.orders.permissions import VISIT_PHOTO
from sidan.orders.views.shared import back_when_over, tell_and_go, tell_whom_to_call, way_back
from sidan.orders.views.task_page import mine, task_context, task_page

PAST_SHOWN: Final = 20


@require_safe
def tasks(request: HttpRequest) -> HttpResponse:
    """What I am named for, soonest first; without a time last."""
    actor = actor_of(request)
    found = list(queries.my_tasks(person_id=actor.person_id or 0)[:100])
    rows = [(task, next(iter(getattr(task, "live_visits", [])), None)) for task in found]
    operations.count_left(task.work for task in found)
    rows.sort(key=lambda row: (row[1] is None, row[1].planned_from if row[1] else row[0].offered_at))
    context = {
        "rows": rows,
        "leads": bool(actor.led_team_ids),
        "not_written": queries.open_refusals(person_id=actor.person_id or 0, team_ids=actor.led_team_ids),
    }
    return render(request, "orders/portal/tasks.html", context)


@require_safe
def past_tasks(request: HttpRequest) -> HttpResponse:
    """What I did and when I was there, newest first."""
    person_id = actor_of(request).person_id or 0
    found = queries.my_past_tasks(person_id=person_id)
    page = keyset_page(rows=found, sort="-id", cursor=request.GET.get("cursor") or None, limit=PAST_SHOWN)
    there = queries.times_there(person_id=person_id, tasks=page.items)
    rows = [(task, there.get(task.pk, [])) for task in page.items]
    return render(request, "orders/portal/past_tasks.html", {"rows": rows, "next_cursor": page.next_cursor})


@require_safe
@back_when_over("orders:tasks")
def task(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Where, when, with whom, and what is to be done next."""
    actor, assignment = mine(request, uuid)
    return task_page(request, actor, assignment)


@require_POST
@back_when_over("orders:tasks")
def contact(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Show address and telephone; the look is written down."""
    actor, assignment = mine(request, uuid)
    shown = operations.look_at_contact(actor=actor, at=now(), order=assignment.order)
    context = {"assignment": assignment, "order": assignment.order, "contact": shown}
    if request.headers.get("HX-Request") != "true":
        context |= task_context(actor, assignment)
    return page_or_piece(
        request, page="orders/portal/task.html", piece="orders/portal/_contact.html", context=context
    )


@require_http_methods(AND_WRITES)
@once_per_form
@back_when_over("orders:tasks")
def report(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Say what came of the visit, with pictures."""
    actor, assignment = mine(request, uuid)
    back = way_back(request, assignment)
    visit = queries.live_visit(assignment=assignment)
    if visit is None or visit.state != VisitState.UNDER_WAY:
        return tell_and_go(
            request, url=back["here"], error=why_no_report(assignment=assignment, visit=visit, at=now())
        )
    posted = request.method == "POST"
    asked = _asked(request, assignment)
    form = ReportForm(request.POST if posted else None, request.FILES if posted else None, asked=asked)
    if posted and form.is_valid():
        try:
            told = _report(actor, visit, form)
        except REFUSALS as error:
            put_errors(form, error)
        else:
            messages.success(request, told)
            return go_to(request, back["here"])
    context = {"form": form, "assignment": assignment, "order": assignment.order, **back}
    return render(request, "orders/portal/report.html", context, status=422 if form.errors else 200)


def _asked(request: HttpRequest, assignment: Assignment) -> ResultTemplate | None:
    """Return what is asked, by the version that the sent form showed."""
    filled_in = read_uuid(request.POST.get("template"))
    return queries.results_asked(assignment=assignment, filled_in=filled_in)


def _report(actor: Actor, visit: Visit, form: ReportForm) -> str:
    at, data = now(), form.cleaned_data
    photos = [
        store_picture(actor=actor, at=at, upload=upload.file, purpose=VISIT_PHOTO)
        for upload in data["photos"]
    ]
    told = Report(
        words=data["words"],
        people_helped=data["people_helped"],
        results=form.results(),
        template=form.version,
    )
    if data["then"] == "one_more":
        operations.report_and_go_on(actor=actor, at=at, visit=visit, report=told, photos=photos)
        return _("Reported. The leader now agrees with the resident on the next visit. Thank you!")
    order = operations.report_visit(actor=actor, at=at, visit=visit, report=told, photos=photos)
    if order.state != OrderState.DONE:
        return _(
            "Reported: your part is done. The resident is asked how it was when the others are. Thank you!"
        )
    return _("Reported. The resident is asked how it was. Thank you!")


@require_http_methods(AND_WRITES)
@once_per_form
@back_when_over("orders:tasks")
def hand_back(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Say that it cannot be done, and why; the office looks for another way."""
    actor, assignment = mine(request, uuid)
    operations.require_held(assignment=assignment)
    back = way_back(request, assignment)
    form = HandBackForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            operations.give_up(
                actor=actor, at=now(), assignment=assignment, reason=data["reason"], words=data["words"]
            )
        except SomebodyStillThere as error:
            put_errors(form, error)
        except REFUSALS as error:
            return tell_and_go(request, url=back["here"], error=error)
        else:
            messages.success(request, _("Handed back. The office has been told and looks for another way."))
            tell_whom_to_call(request)
            # the task itself is out of one's sight now
            return go_to(request, back["after"])
    context = {"form": form, "assignment": assignment, "order": assignment.order, **back}
    return render(request, "orders/portal/hand_back.html", context, status=422 if form.errors else 200)
