"""The volunteer's pages: my tasks, come and go, report, hand back."""

from collections.abc import Callable
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sidan.attendance.enums import Way
from sidan.attendance.models import Mark
from sidan.attendance.operations import Proof
from sidan.attendance.queries import Presence, presences
from sidan.core.actor import Actor
from sidan.core.clock import now
from sidan.core.errors import Conflict, Invalid
from sidan.core.htmx import go_to, page_or_piece
from sidan.core.idempotency import once_per_form
from sidan.core.pages import AND_WRITES, REFUSALS, put_errors
from sidan.core.pagination import keyset_page
from sidan.core.requests import actor_of
from sidan.files.operations import store_picture
from sidan.orders import operations, queries
from sidan.orders.enums import AssignmentState, OrderState, VisitState
from sidan.orders.forms.volunteer import CodeForm, HandBackForm, HandForm, ReportForm
from sidan.orders.models import Assignment, Visit
from sidan.orders.operations import Report
from sidan.orders.operations.visiting import NoVisitNow
from sidan.orders.permissions import VISIT_PHOTO, may_see_contact, require_serving
from sidan.orders.views.shared import back_when_over, tell_and_go

PAST_SHOWN: Final = 20
Checking = Callable[..., Mark]


@require_safe
def tasks(request: HttpRequest) -> HttpResponse:
    """What I am named for, soonest first; without a time last."""
    actor = actor_of(request)
    found = list(queries.my_tasks(person_id=actor.person_id or 0)[:100])
    rows = [(task, next(iter(getattr(task, "live_visits", [])), None)) for task in found]
    rows.sort(key=lambda row: (row[1] is None, row[1].planned_from if row[1] else row[0].offered_at))
    return render(request, "orders/portal/tasks.html", {"rows": rows, "leads": bool(actor.led_team_ids)})


@require_safe
def past_tasks(request: HttpRequest) -> HttpResponse:
    """What I did, newest first."""
    rows = queries.my_past_tasks(person_id=actor_of(request).person_id or 0)
    page = keyset_page(rows=rows, sort="-id", cursor=request.GET.get("cursor") or None, limit=PAST_SHOWN)
    return render(request, "orders/portal/past_tasks.html", {"page": page})


@require_safe
@back_when_over("orders:tasks")
def task(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Where, when, with whom, and what is to be done next."""
    actor, assignment = _mine(request, uuid)
    return _task_page(request, actor, assignment)


@require_POST
@back_when_over("orders:tasks")
def contact(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Show address and telephone; the look is written down."""
    actor, assignment = _mine(request, uuid)
    shown = operations.look_at_contact(actor=actor, at=now(), order=assignment.order)
    context = {"assignment": assignment, "order": assignment.order, "contact": shown}
    if request.headers.get("HX-Request") != "true":
        context |= _task_context(actor, assignment)
    return page_or_piece(
        request, page="orders/portal/task.html", piece="orders/portal/_contact.html", context=context
    )


@require_POST
@once_per_form
@back_when_over("orders:tasks")
def check_in(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Come, by the resident's code or by hand."""
    return _check(
        request, uuid, operations.check_in, _("Your coming is written down. Thank you for being there.")
    )


@require_POST
@once_per_form
@back_when_over("orders:tasks")
def check_out(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Go, by the resident's code or by hand."""
    return _check(request, uuid, operations.check_out, _("Your going is written down."))


@require_http_methods(AND_WRITES)
@once_per_form
@back_when_over("orders:tasks")
def report(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Say what came of the visit, with pictures."""
    actor, assignment = _mine(request, uuid)
    here = reverse("orders:task", args=[assignment.uuid])
    visit = queries.live_visit(assignment=assignment)
    if visit is None or visit.state != VisitState.UNDER_WAY:
        return tell_and_go(request, url=here, error=NoVisitNow())
    posted = request.method == "POST"
    form = ReportForm(request.POST if posted else None, request.FILES if posted else None)
    if posted and form.is_valid():
        try:
            told = _report(actor, visit, form.cleaned_data)
        except REFUSALS as error:
            put_errors(form, error)
        else:
            messages.success(request, told)
            return go_to(request, here)
    context = {"form": form, "assignment": assignment, "order": assignment.order, "here": here}
    return render(request, "orders/portal/report.html", context, status=422 if form.errors else 200)


def _report(actor: Actor, visit: Visit, data: dict[str, Any]) -> str:
    at = now()
    photos = [
        store_picture(actor=actor, at=at, upload=upload.file, purpose=VISIT_PHOTO)
        for upload in data["photos"]
    ]
    told = Report(words=data["words"], people_helped=data["people_helped"])
    if data["then"] == "one_more":
        operations.report_and_go_on(actor=actor, at=at, visit=visit, report=told, photos=photos)
        return _("Reported. The leader now agrees with the resident on the next visit. Thank you!")
    operations.report_visit(actor=actor, at=at, visit=visit, report=told, photos=photos)
    return _("Reported. The resident is asked how it was. Thank you!")


@require_http_methods(AND_WRITES)
@once_per_form
@back_when_over("orders:tasks")
def hand_back(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Say that it cannot be done, and why; the office looks for another way."""
    actor, assignment = _mine(request, uuid)
    here = reverse("orders:task", args=[assignment.uuid])
    form = HandBackForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            operations.give_up(
                actor=actor, at=now(), assignment=assignment, reason=data["reason"], words=data["words"]
            )
        except REFUSALS as error:
            return tell_and_go(request, url=here, error=error)
        messages.success(request, _("Handed back. The office has been told and looks for another way."))
        # the task itself is out of one's sight now
        return go_to(request, reverse("orders:tasks"))
    context = {"form": form, "assignment": assignment, "order": assignment.order, "here": here}
    return render(request, "orders/portal/hand_back.html", context, status=422 if form.errors else 200)


def _mine(request: HttpRequest, uuid: UUID) -> tuple[Actor, Assignment]:
    """Return an assignment that one is named for or leads. Raises NotFound, NotNamedForVisit."""
    actor = actor_of(request)
    assignment = queries.assignment_by_uuid(uuid=uuid)
    require_serving(actor=actor, assignment=assignment)
    return actor, assignment


def _check(request: HttpRequest, uuid: UUID, checking: Checking, thanks: str) -> HttpResponse:
    """Write a coming or going; a wrong code keeps the page with what is wrong, anything else is told on it."""
    actor, assignment = _mine(request, uuid)
    here = reverse("orders:task", args=[assignment.uuid])
    visit = queries.live_visit(assignment=assignment)
    if visit is None:
        return tell_and_go(request, url=here, error=NoVisitNow())
    form = _check_form(request, actor, assignment)
    if form.is_valid():
        proof, person_id = _proof(form, queries.named_members(assignment=assignment))
        try:
            checking(actor=actor, at=now(), visit=visit, proof=proof, person_id=person_id)
        except Invalid as error:
            put_errors(form, error, field="code")
        except Conflict as error:
            return tell_and_go(request, url=here, error=error)
        else:
            messages.success(request, thanks)
            return go_to(request, here)
    name = "code_form" if isinstance(form, CodeForm) else f"hand_{checking.__name__[6:]}"
    return _task_page(request, actor, assignment, status=422, **{name: form})


def _check_form(request: HttpRequest, actor: Actor, assignment: Assignment) -> CodeForm | HandForm:
    if "code" in request.POST:
        return CodeForm(request.POST)
    members = queries.named_members(assignment=assignment)
    return HandForm(request.POST, people=_writable(actor, assignment, members))


def _proof(form: CodeForm | HandForm, members: list[queries.NamedMember]) -> tuple[Proof, int | None]:
    data = form.cleaned_data
    if isinstance(form, CodeForm):
        return Proof(way=Way.CODE, code=data["code"]), None
    proof = Proof(way=Way.HAND, reason_code=data["reason"])
    if not data.get("person"):
        return proof, None
    chosen = [member.person_id for member in members if member.uuid == data["person"]]
    # Nobody has the id 0: who is not named is refused below, and never taken for the one who asks.
    return proof, chosen[0] if chosen else 0


def _writable(
    actor: Actor, assignment: Assignment, members: list[queries.NamedMember]
) -> list[tuple[UUID, str]]:
    """Return whom one may write down by hand: oneself; the leader everybody who is named."""
    leads = assignment.team_id in actor.led_team_ids
    return [(each.uuid, each.name) for each in members if leads or each.person_id == actor.person_id]


def _hand_forms(
    people: list[tuple[UUID, str]], members: list[queries.NamedMember], present: dict[int, Presence]
) -> dict[str, HandForm | None]:
    """Return the forms by hand: one for those who have not come yet, one for those who are still there."""
    of = {member.uuid: present.get(member.person_id) for member in members}
    coming = [person for person in people if of[person[0]] is None]
    going = [person for person in people if (there := of[person[0]]) is not None and there.went_at is None]
    return {"hand_in": _hand_form(coming, "in"), "hand_out": _hand_form(going, "out")}


def _hand_form(people: list[tuple[UUID, str]], direction: str) -> HandForm | None:
    if not people:
        return None
    return HandForm(people=people, initial={"person": people[0][0]}, auto_id=f"id_{direction}_%s")


def _task_page(
    request: HttpRequest, actor: Actor, assignment: Assignment, status: int = 200, **forms: Form | None
) -> HttpResponse:
    context = {**_task_context(actor, assignment), **forms}
    return render(request, "orders/portal/task.html", context, status=status)


def _task_context(actor: Actor, assignment: Assignment) -> dict[str, Any]:
    order = assignment.order
    visit = queries.live_visit(assignment=assignment)
    present = {each.person_id: each for each in presences(cause_id=visit.cause_id)} if visit else {}
    members = queries.named_members(assignment=assignment)
    is_open = assignment.state == AssignmentState.ACCEPTED
    step = _next_step(actor, members, present, visit) if is_open else ""
    return {
        "assignment": assignment,
        "order": order,
        "visit": visit,
        "members": [(member, present.get(member.person_id)) for member in members],
        "leads": assignment.team_id in actor.led_team_ids,
        "is_open": is_open,
        "step": step,
        "may_look": is_open and may_see_contact(actor=actor, order=order),
        "all_gone": bool(present) and all(each.went_at for each in present.values()),
        "may_hand_back": is_open
        and order.state in {OrderState.ACCEPTED, OrderState.SCHEDULED, OrderState.UNDER_WAY},
        "code_form": CodeForm(),
        **_hand_forms(_writable(actor, assignment, members), members, present),
    }


def _next_step(
    actor: Actor, members: list[queries.NamedMember], present: dict[int, Presence], visit: Visit | None
) -> str:
    """Say what is to be done now: wait for a time, come, go, report."""
    if visit is None or visit.state not in {VisitState.PLANNED, VisitState.UNDER_WAY}:
        return "wait"
    mine = present.get(actor.person_id or 0)
    is_named = any(member.person_id == actor.person_id for member in members)
    if is_named and mine is None:
        return "come"
    if is_named and mine is not None and mine.went_at is None:
        return "go"
    return "report" if present and all(each.went_at for each in present.values()) else "others"
