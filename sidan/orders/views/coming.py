"""Coming and going at a visit, and a second person's word on times that were only told."""

from collections.abc import Callable
from typing import Final
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sidan.attendance.enums import Way
from sidan.attendance.models import Mark
from sidan.attendance.operations import Proof
from sidan.attendance.queries import mark_by_uuid
from sidan.attendance.reading import PlaceForm
from sidan.core.actor import Actor
from sidan.core.clock import now
from sidan.core.errors import BadRequest, Conflict, Invalid, TooMany
from sidan.core.htmx import go_to
from sidan.core.idempotency import once_per_form
from sidan.core.pages import put_errors, safe_next
from sidan.core.requests import actor_of
from sidan.orders import operations, queries
from sidan.orders.forms.visiting import CodeForm, HandForm
from sidan.orders.models import Assignment
from sidan.orders.operations.reporting import NoVisitNow
from sidan.orders.views.shared import back_when_over, tell_and_go
from sidan.orders.views.task_page import mine, task_page, writable

Checking = Callable[..., Mark]
CheckForm = CodeForm | PlaceForm | HandForm
View = Callable[..., HttpResponse]
VERDICTS: Final = {"right": True, "wrong": False}


@require_POST
@once_per_form
@back_when_over("orders:tasks")
def check_in(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Come: by the resident's code, by place, or by hand."""
    return _check(
        request, uuid, operations.check_in, _("Your coming is written down. Thank you for being there.")
    )


@require_POST
@once_per_form
@back_when_over("orders:tasks")
def check_out(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Go: by the resident's code, by place, or by hand."""
    return _check(request, uuid, operations.check_out, _("Your going is written down."))


@require_POST
@once_per_form
def judge_time(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Say that a time written by hand is right, or that it is not."""
    verdict = request.POST.get("verdict", "")
    if verdict not in VERDICTS:
        raise BadRequest
    here = safe_next(request, reverse("orders:tasks"))
    written = mark_by_uuid(uuid=uuid)
    visit = queries.visit_of_mark(mark=written)
    try:
        operations.judge_time(
            actor=actor_of(request), at=now(), visit=visit, written=written, is_right=VERDICTS[verdict]
        )
    except (Conflict, operations.NotTheSame) as error:
        return tell_and_go(request, url=here, error=error)
    messages.success(request, _("Thank you. Your word on this time is written down."))
    return go_to(request, here)


def _check(request: HttpRequest, uuid: UUID, checking: Checking, thanks: str) -> HttpResponse:
    """Write a coming or going; a wrong code keeps the page with what is wrong, anything else is told on it."""
    actor, assignment = mine(request, uuid)
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
            put_errors(form, error, field="at" if isinstance(form, HandForm) else "code")
        except (Conflict, TooMany) as error:
            if not form.cleaned_data.get("at"):
                return tell_and_go(request, url=here, error=error)
            # The time that was typed stays, with what is wrong beside it.
            put_errors(form, error, field="at")
        else:
            messages.success(request, thanks)
            return go_to(request, here)
    return task_page(request, actor, assignment, status=422, **_refused(form, checking))


def _refused(form: CheckForm, checking: Checking) -> dict[str, Form | None]:
    if isinstance(form, CodeForm):
        return {"code_form": form}
    if isinstance(form, PlaceForm):
        return {"place_form": form}
    return {f"hand_{checking.__name__[6:]}": form}


def _check_form(request: HttpRequest, actor: Actor, assignment: Assignment) -> CheckForm:
    if "code" in request.POST:
        return CodeForm(request.POST)
    if "latitude" in request.POST:
        return PlaceForm(request.POST)
    members = queries.named_members(assignment=assignment)
    return HandForm(request.POST, people=writable(actor, assignment, members))


def _proof(form: CheckForm, members: list[queries.NamedMember]) -> tuple[Proof, int | None]:
    data = form.cleaned_data
    if isinstance(form, CodeForm):
        return Proof(way=Way.CODE, code=data["code"]), None
    if isinstance(form, PlaceForm):
        return Proof(way=Way.PLACE, reading=form.reading), None
    if not data.get("person"):
        return form.proof, None
    chosen = [member.person_id for member in members if member.uuid == data["person"]]
    # Nobody has the id 0: who is not named is refused below, and never taken for the one who asks.
    return form.proof, chosen[0] if chosen else 0
