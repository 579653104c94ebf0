"""What a volunteer's page of a task shows: where, when, with whom, and the one next act."""

from typing import Any
from uuid import UUID

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from sidan.attendance.queries import Presence, has_consented, presences, standings
from sidan.attendance.reading import PlaceForm
from sidan.core.actor import Actor
from sidan.core.clock import now
from sidan.core.requests import actor_of
from sidan.orders import queries
from sidan.orders.enums import AssignmentState, OrderState, VisitState
from sidan.orders.forms.visiting import CodeForm, HandForm, hand_forms
from sidan.orders.models import Assignment, Visit
from sidan.orders.operations import opens_later
from sidan.orders.permissions import may_see_contact, require_serving
from sidan.orders.telling import whom_staff_call
from sidan.orders.views.not_written import refused_context
from sidan.orders.views.times import times_to_judge

HAND_BACK_FROM = frozenset({OrderState.ACCEPTED, OrderState.SCHEDULED, OrderState.UNDER_WAY})
STILL_OURS = frozenset({AssignmentState.ACCEPTED, AssignmentState.FINISHED})
"""Who gave the order back, or does not come any more, is not asked to call."""
Present = dict[int, Presence]


def mine(request: HttpRequest, uuid: UUID) -> tuple[Actor, Assignment]:
    """Return an assignment that one is named for or leads. Raises NotFound, NotNamedForVisit."""
    actor = actor_of(request)
    assignment = queries.assignment_by_uuid(uuid=uuid)
    require_serving(actor=actor, assignment=assignment)
    return actor, assignment


def task_page(
    request: HttpRequest, actor: Actor, assignment: Assignment, status: int = 200, **forms: Form | None
) -> HttpResponse:
    """Show the page; `forms` are those that were refused, with what is wrong."""
    context = {**task_context(actor, assignment), **forms}
    return render(request, "orders/portal/task.html", context, status=status)


def task_context(actor: Actor, assignment: Assignment) -> dict[str, Any]:
    """Gather what the page shows."""
    order = assignment.order
    visit = queries.live_visit(assignment=assignment)
    present = {each.person_id: each for each in presences(cause_id=visit.cause_id)} if visit else {}
    members = queries.named_members(assignment=assignment)
    is_open = assignment.state == AssignmentState.ACCEPTED
    step = _next_step(actor, members, present, visit) if is_open else ""
    stand = standings(cause_id=visit.cause_id) if visit and visit.state != VisitState.PLANNED else {}
    return {
        "assignment": assignment,
        "order": order,
        "calls": whom_staff_call(order, review=None) if assignment.state in STILL_OURS else [],
        "visit": visit,
        "members": [(each, present.get(each.person_id), stand.get(each.person_id)) for each in members],
        "leads": assignment.team_id in actor.led_team_ids,
        "is_open": is_open,
        "step": step,
        "reports": queries.visit_reports(order=order, reader=actor, team_ids=[assignment.team_id]),
        "may_look": may_see_contact(actor=actor, order=order),
        "all_gone": bool(present) and all(each.went_at for each in present.values()),
        "may_hand_back": is_open and assignment.standing in HAND_BACK_FROM,
        "code_form": CodeForm(),
        "place_form": PlaceForm() if step in {"come", "go"} else None,
        "may_read_place": step in {"come", "go"} and has_consented(person_id=actor.person_id or 0),
        "to_judge": times_to_judge(actor=actor, visits=[visit] if visit else []),
        **_hand_forms(writable(actor, assignment, members), members, present),
        "hand_opens": opens_later(visit=visit, at=now()) if visit else None,
        **refused_context(actor=actor, visits=[visit] if visit else []),
    }


def writable(
    actor: Actor, assignment: Assignment, members: list[queries.NamedMember]
) -> list[tuple[UUID, str]]:
    """Return whom one may write down by hand: oneself; the leader everybody who is named."""
    leads = assignment.team_id in actor.led_team_ids
    return [(each.uuid, each.name) for each in members if leads or each.person_id == actor.person_id]


def _hand_forms(
    people: list[tuple[UUID, str]], members: list[queries.NamedMember], present: Present
) -> dict[str, HandForm | None]:
    """Return the forms by hand for those among `people` who may still come or go."""
    of = {member.uuid: present.get(member.person_id) for member in members}
    coming = [person for person in people if of[person[0]] is None]
    going = [person for person in people if (there := of[person[0]]) is not None and there.went_at is None]
    return hand_forms(coming=coming, going=going)


def _next_step(
    actor: Actor, members: list[queries.NamedMember], present: Present, visit: Visit | None
) -> str:
    """Say what is to be done now: wait for a time, come, go, report."""
    if visit is None or visit.state not in {VisitState.PLANNED, VisitState.UNDER_WAY}:
        return "wait"
    own = present.get(actor.person_id or 0)
    is_named = any(member.person_id == actor.person_id for member in members)
    if is_named and own is None:
        return "come"
    if is_named and own is not None and own.went_at is None:
        return "go"
    return "report" if present and all(each.went_at for each in present.values()) else "others"
