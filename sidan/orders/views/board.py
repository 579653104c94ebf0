"""The board of a team: what is offered, agreed on, under way, and still to be reported."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from sidan.attendance.models import Mark
from sidan.attendance.queries import Presence, presences
from sidan.core.actor import Actor
from sidan.core.clock import now
from sidan.core.htmx import go_to, page_or_piece
from sidan.core.idempotency import once_per_form
from sidan.core.pages import REFUSALS, put_errors
from sidan.core.requests import actor_of, turn_seen
from sidan.orders import operations, queries
from sidan.orders.enums import LIVE_ASSIGNMENT, AssignmentState, OrderState, VisitState
from sidan.orders.forms.board import LENGTHS, DeclineForm, MembersForm, ReleaseForm, TimeForm
from sidan.orders.forms.passing import KeepForm
from sidan.orders.forms.visiting import HandForm, hand_forms
from sidan.orders.models import Assignment, Order, TakeOver, Visit
from sidan.orders.operations.reporting import NoVisitNow
from sidan.orders.operations.team_work import VisitTimeRefused
from sidan.orders.permissions import may_see_contact, require_any_team, require_leading
from sidan.orders.telling import steps_of, whom_staff_call
from sidan.orders.views.asked import passing_context
from sidan.orders.views.clashes import tell_clashes
from sidan.orders.views.not_written import refused_context
from sidan.orders.views.shared import back_when_over, tell_and_go, tell_whom_to_call
from sidan.orders.views.staff import Chip
from sidan.orders.views.times import times_to_judge

PAGE: Final = "orders/console/card.html"
COLUMN_WORDS: Final[Mapping[str, str | Promise]] = {
    "to_take": _("To take"),
    "planned": _("Agreed"),
    "under_way": _("Under way now"),
    "to_report": _("To report"),
}
WITH_US: Final = LIVE_ASSIGNMENT | {AssignmentState.FINISHED}
"""A team that gave the order back has nothing more to do with what is said of it."""
HAND_BACK_FROM: Final = frozenset({OrderState.ACCEPTED, OrderState.SCHEDULED, OrderState.UNDER_WAY})
Checking = Callable[..., Mark]


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the board; on a phone only the chosen one is shown."""

    code: str
    label: str | Promise
    cards: list[Assignment]
    chosen: bool


@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """Every live assignment of the teams one leads, in four columns."""
    require_any_team(actor=actor_of(request))
    return board_shown(request)


def keep_form(asked: TakeOver, data: QueryDict | None = None) -> KeepForm:
    """Return the form that answers one of several requests on a page."""
    return KeepForm(data, auto_id=f"id_{asked.uuid}_%s")


def board_shown(request: HttpRequest, *, refused: Mapping[int, KeepForm] | None = None) -> HttpResponse:
    """Show the board; `refused` are forms that were sent with something missing, by the request they answer."""
    actor = actor_of(request)
    found = queries.team_board(team_ids=actor.led_team_ids)
    wanted = request.GET.get("column", "")
    filled = [code for code in COLUMN_WORDS if getattr(found, code)]
    chosen = wanted if wanted in COLUMN_WORDS else next(iter(filled), "to_take")
    columns = [
        Column(code=code, label=label, cards=getattr(found, code), chosen=code == chosen)
        for code, label in COLUMN_WORDS.items()
    ]
    operations.count_left(each.work for column in columns for each in column.cards)
    here = reverse("orders:board")
    tabs = [
        Chip(label=each.label, url=f"{here}?column={each.code}", active=each.chosen, count=len(each.cards))
        for each in columns
    ]
    waiting = queries.call_count(team_ids=actor.led_team_ids, at=now())
    asked = queries.take_overs_asked(team_ids=actor.led_team_ids, at=now())
    context = {
        "columns": columns,
        "filters": tabs,
        "call_count": waiting,
        "asked": [
            (each, queries.said_to_asked(asked=each), (refused or {}).get(each.pk, keep_form(each)))
            for each in asked
        ],
    }
    return render(request, "orders/console/board.html", context, status=422 if refused else 200)


@require_safe
@back_when_over("orders:board")
def card(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One assignment: what it is about, and everything its leader may do now."""
    return card_shown(request, led(request, uuid))


@require_POST
@back_when_over("orders:board")
def contact(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Show address and telephone; the look is written down."""
    assignment = led(request, uuid)
    shown = operations.look_at_contact(actor=actor_of(request), at=now(), order=assignment.order)
    context = {"contact": shown, "order": assignment.order}
    if request.headers.get("HX-Request") != "true":
        context |= _card_context(actor_of(request), assignment)
    return page_or_piece(request, page=PAGE, piece="orders/portal/_contact.html", context=context)


@require_POST
@once_per_form
@back_when_over("orders:board")
def accept(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Take the order (接单); next one says who goes and when."""
    assignment = led(request, uuid)
    try:
        operations.accept_order(
            actor=actor_of(request), at=now(), assignment=assignment, seen=turn_seen(request)
        )
    except REFUSALS as error:
        return tell_and_go(request, url=card_url(uuid), error=error)
    messages.success(request, gettext("Taken. Please call the resident, agree on a time and say who goes."))
    return go_to(request, card_url(uuid))


@require_POST
@once_per_form
@back_when_over("orders:board")
def decline(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Send the offer back with a reason."""
    return _give_back(
        request,
        uuid,
        name="decline_form",
        form=DeclineForm(request.POST),
        operation=operations.decline_order,
        done=gettext("Sent back. The office asks another team."),
    )


@require_POST
@once_per_form
@back_when_over("orders:board")
def release(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Give a taken order back before the first visit."""
    return _give_back(
        request,
        uuid,
        name="release_form",
        form=ReleaseForm(request.POST),
        operation=operations.release_order,
        done=gettext("Given back. The office and the resident have been told."),
    )


def _give_back(
    request: HttpRequest,
    uuid: UUID,
    *,
    name: str,
    form: Form,
    operation: Callable[..., object],
    done: str,
) -> HttpResponse:
    """Give an order back with a reason and go to the board; the card shows a form that was not right by its name."""
    assignment = led(request, uuid)
    if not form.is_valid():
        return card_shown(request, assignment, **{name: form})
    try:
        operation(actor=actor_of(request), at=now(), assignment=assignment, **form.cleaned_data)
    except REFUSALS as error:
        return tell_and_go(request, url=card_url(uuid), error=error)
    messages.success(request, done)
    tell_whom_to_call(request)
    return go_to(request, reverse("orders:board"))


@require_POST
@once_per_form
@back_when_over("orders:board")
def members(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Say who goes; they are told."""
    assignment = led(request, uuid)
    form = MembersForm(request.POST, people=queries.members_to_choose(team=assignment.team))
    if not form.is_valid():
        return card_shown(request, assignment, members_form=form)
    people = [UUID(text) for text in form.cleaned_data["people"]]
    try:
        operations.name_members(actor=actor_of(request), at=now(), assignment=assignment, person_uuids=people)
    except REFUSALS as error:
        return tell_and_go(request, url=card_url(uuid), error=error)
    messages.success(request, gettext("Written down. Those who go have been told."))
    tell_clashes(request, assignment)
    return go_to(request, card_url(uuid))


@require_POST
@once_per_form
@back_when_over("orders:board")
def time(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Write down the time agreed with the resident."""
    assignment, at = led(request, uuid), now()
    form = TimeForm(request.POST, at=at)
    if not form.is_valid():
        return card_shown(request, assignment, time_form=form)
    begins, ends = form.window
    try:
        operations.schedule_visit(
            actor=actor_of(request), at=at, assignment=assignment, planned_from=begins, planned_to=ends
        )
    except VisitTimeRefused as error:
        put_errors(form, error, field="begins")
        return card_shown(request, assignment, time_form=form)
    except REFUSALS as error:
        return tell_and_go(request, url=card_url(uuid), error=error)
    messages.success(request, gettext("The time stands. The resident and those who go have been told."))
    tell_clashes(request, assignment)
    return go_to(request, card_url(uuid))


@require_POST
@once_per_form
@back_when_over("orders:board")
def check_in(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Write down by hand that somebody has come."""
    return _check(
        request, uuid, operations.check_in, done=gettext("The coming is written down."), name="hand_in"
    )


@require_POST
@once_per_form
@back_when_over("orders:board")
def check_out(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Write down by hand that somebody has left."""
    return _check(
        request, uuid, operations.check_out, done=gettext("The going is written down."), name="hand_out"
    )


def _check(request: HttpRequest, uuid: UUID, checking: Checking, *, done: str, name: str) -> HttpResponse:
    assignment = led(request, uuid)
    visit = queries.live_visit(assignment=assignment)
    if visit is None:
        return tell_and_go(request, url=card_url(uuid), error=NoVisitNow())
    named = queries.named_members(assignment=assignment)
    form = HandForm(request.POST, people=[(each.uuid, each.name) for each in named])
    if not form.is_valid():
        return card_shown(request, assignment, **{name: form})
    data = form.cleaned_data
    # Nobody has the id 0: who is not named is refused, and never taken for the leader who asks.
    person = next((each.person_id for each in named if each.uuid == data["person"]), 0)
    try:
        checking(actor=actor_of(request), at=now(), visit=visit, proof=form.proof, person_id=person)
    except REFUSALS as error:
        if data["at"]:
            put_errors(form, error, field="at")
            return card_shown(request, assignment, **{name: form})
        return tell_and_go(request, url=card_url(uuid), error=error)
    messages.success(request, done)
    return go_to(request, card_url(uuid))


def led(request: HttpRequest, uuid: UUID) -> Assignment:
    """Return an assignment of a team one leads. Raises NotFound, NotYourTeam."""
    actor = actor_of(request)
    require_any_team(actor=actor)
    assignment = queries.assignment_by_uuid(uuid=uuid)
    require_leading(actor=actor, team_id=assignment.team_id)
    return assignment


def card_url(uuid: UUID) -> str:
    """Return where a card is."""
    return reverse("orders:card", args=[uuid])


def card_shown(request: HttpRequest, assignment: Assignment, **forms: Form) -> HttpResponse:
    """Show a card, with the forms that were refused in place of fresh ones."""
    context = {**_card_context(actor_of(request), assignment), **forms}
    return render(request, PAGE, context, status=422 if forms else 200)


def _card_context(actor: Actor, assignment: Assignment) -> dict[str, Any]:
    order, visit = assignment.order, queries.live_visit(assignment=assignment)
    operations.count_left([assignment.work])
    named = queries.named_members(assignment=assignment)
    present = {each.person_id: each for each in presences(cause_id=visit.cause_id)} if visit else {}
    is_held = assignment.state == AssignmentState.ACCEPTED
    # Before the team has accepted, a private order shows that it is one, when and roughly where.
    is_veiled = order.is_private and not is_held
    context: dict[str, Any] = {
        "assignment": assignment,
        "order": order,
        "need": queries.need_for_team(reader=actor, order=order),
        "visit": visit,
        "people": [(each, present.get(each.person_id)) for each in named],
        "is_veiled": is_veiled,
        "calls": [] if is_veiled or assignment.state not in WITH_US else whom_staff_call(order, review=None),
        "title": order.shown_title if is_veiled else order.full_title,
        "steps": [] if is_veiled else steps_of(order, reader=actor),
        "reports": []
        if is_veiled
        else queries.visit_reports(order=order, reader=actor, team_ids=[assignment.team_id]),
        "is_offered": assignment.state == AssignmentState.OFFERED,
        "is_held": is_held,
        "may_look": may_see_contact(actor=actor, order=order),
        "may_hand_back": is_held and assignment.standing in HAND_BACK_FROM,
        "decline_form": DeclineForm(),
        "to_judge": times_to_judge(actor=actor, visits=[visit] if visit else []),
        **refused_context(actor=actor, visits=[visit] if visit else []),
    }
    if is_held and assignment.standing in HAND_BACK_FROM:
        context |= _held_forms(assignment, order, visit, named)
        if assignment.standing != OrderState.UNDER_WAY and not queries.visits_made(assignment=assignment):
            context["release_form"] = ReleaseForm()
    return context | passing_context(assignment) | _hand_forms(named, present, visit)


def _held_forms(
    assignment: Assignment, order: Order, visit: Visit | None, named: list[queries.NamedMember]
) -> dict[str, Form]:
    """Return the forms of who goes and when, filled with what is agreed or wished already."""
    at, chosen = now(), [str(each.uuid) for each in named]
    choices = queries.members_to_choose(team=assignment.team)
    forms: dict[str, Form] = {"members_form": MembersForm(people=choices, initial={"people": chosen})}
    if assignment.standing == OrderState.UNDER_WAY:
        return forms
    begins = visit.planned_from if visit else max(order.wished_from, at)
    usual = order.project.duration_minutes if order.project else 60
    minutes = min(LENGTHS, key=lambda length: abs(length - usual))
    forms["time_form"] = TimeForm(at=at, initial={"begins": begins, "minutes": minutes})
    return forms


def _hand_forms(
    named: list[queries.NamedMember], present: dict[int, Presence], visit: Visit | None
) -> dict[str, Any]:
    """Return the forms by hand, for those who have not come yet and for those who are still there."""
    if visit is None or visit.state not in {VisitState.PLANNED, VisitState.UNDER_WAY}:
        return {"hand_in": None, "hand_out": None, "may_report": False}
    there = {each.person_id: present[each.person_id] for each in named if each.person_id in present}
    coming = [(each.uuid, each.name) for each in named if each.person_id not in there]
    going = [
        (each.uuid, each.name)
        for each in named
        if each.person_id in there and not there[each.person_id].went_at
    ]
    return {
        **hand_forms(coming=coming, going=going),
        "hand_opens": operations.opens_later(visit=visit, at=now()),
        "may_report": bool(present) and all(each.went_at for each in present.values()),
    }
