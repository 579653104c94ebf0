"""Every act on a case: one address a verb, and back to the page that shows how things stand."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from sidan.core.clock import business_date, now
from sidan.core.htmx import go_to
from sidan.core.idempotency import once_per_form
from sidan.core.pages import REFUSALS, act_by_form
from sidan.core.requests import actor_of
from sidan.mediation import operations, queries
from sidan.mediation.forms import (
    AgreementForm,
    EndForm,
    FollowUpForm,
    FoundForm,
    HandOverForm,
    MinutesForm,
    SittingForm,
)
from sidan.mediation.models import Case
from sidan.mediation.permissions import require_handing_over, require_leading
from sidan.mediation.views.pages import shown


def _act(
    request: HttpRequest,
    case: Case,
    *,
    form: forms.Form,
    done: str | Promise,
    write: Callable[[dict[str, Any]], object],
    name: str = "form",
    of: UUID | None = None,
) -> HttpResponse:
    """Do one write; how it went is told on the page of the case, where a refused form keeps what was typed."""
    url = reverse("mediation:case", args=[case.uuid])
    return act_by_form(
        request, form=form, url=url, done=done, write=write,
        page=lambda refused: shown(request, case.uuid, name=name, of=of, form=refused),
    )  # fmt: skip


def _mine(request: HttpRequest, uuid: UUID) -> Case:
    """Return a case that the actor leads. Raises NoSuchCase, NotYourCase."""
    actor = actor_of(request)
    case = queries.case_for(actor=actor, uuid=uuid)
    require_leading(actor=actor, case=case)
    return case


@require_POST
@once_per_form
def plan_sitting(request: HttpRequest, uuid: UUID) -> HttpResponse:
    case, actor = _mine(request, uuid), actor_of(request)

    def write(data: dict[str, Any]) -> object:
        return operations.plan_sitting(
            actor=actor, at=now(), case=case, planned_at=data["planned_at"], where=data["where"]
        )

    done = _("The sitting is planned.")
    return _act(request, case, form=SittingForm(request.POST), done=done, write=write, name="sitting_form")


@require_POST
@once_per_form
def hold_sitting(request: HttpRequest, uuid: UUID, sitting: UUID) -> HttpResponse:
    case, actor = _mine(request, uuid), actor_of(request)

    def write(data: dict[str, Any]) -> object:
        return operations.hold_sitting(
            actor=actor, at=now(), case=case, uuid=sitting, minutes=data["minutes"]
        )

    done = _("The minutes are kept.")
    return _act(request, case, form=MinutesForm(request.POST), done=done, write=write, of=sitting)


@require_POST
@once_per_form
def call_off_sitting(request: HttpRequest, uuid: UUID, sitting: UUID) -> HttpResponse:
    case, actor = _mine(request, uuid), actor_of(request)

    def write(_data: dict[str, Any]) -> object:
        return operations.call_off_sitting(actor=actor, at=now(), case=case, uuid=sitting)

    return _act(request, case, form=EndForm(request.POST), done=_("The sitting was called off."), write=write)


@require_POST
@once_per_form
def agree(request: HttpRequest, uuid: UUID) -> HttpResponse:
    case, actor = _mine(request, uuid), actor_of(request)
    form = AgreementForm(request.POST, today=business_date(now()))

    def write(data: dict[str, Any]) -> object:
        return operations.agree_case(
            actor=actor, at=now(), case=case, terms=data["terms"], agreed_on=data["agreed_on"],
            follow_ups=form.follow_ups(),
        )  # fmt: skip

    done = _("The agreement is kept and can be printed.")
    return _act(request, case, form=form, done=done, write=write, name="agreement_form")


@require_POST
@once_per_form
def plan_follow_up(request: HttpRequest, uuid: UUID) -> HttpResponse:
    case, actor = _mine(request, uuid), actor_of(request)

    def write(data: dict[str, Any]) -> object:
        return operations.plan_follow_up(actor=actor, at=now(), case=case, due_on=data["due_on"])

    done = _("You will be reminded on this day.")
    return _act(request, case, form=FollowUpForm(request.POST), done=done, write=write, name="follow_up_form")


@require_POST
@once_per_form
def report_follow_up(request: HttpRequest, uuid: UUID, follow_up: UUID) -> HttpResponse:
    case, actor = _mine(request, uuid), actor_of(request)

    def write(data: dict[str, Any]) -> object:
        return operations.report_follow_up(
            actor=actor, at=now(), case=case, uuid=follow_up, found=data["found"], words=data["words"]
        )

    done = _("The follow-up is kept.")
    return _act(request, case, form=FoundForm(request.POST), done=done, write=write, of=follow_up)


def _verb(
    request: HttpRequest, uuid: UUID, *, name: str, done: str | Promise, operation: Callable[..., Case]
) -> HttpResponse:
    case, actor = _mine(request, uuid), actor_of(request)

    def write(data: dict[str, Any]) -> object:
        return operation(actor=actor, at=now(), case=case, words=data["words"])

    return _act(request, case, form=EndForm(request.POST), done=done, write=write, name=name)


@require_POST
@once_per_form
def fail(request: HttpRequest, uuid: UUID) -> HttpResponse:
    done = _("The case ended without an agreement.")
    return _verb(request, uuid, name="fail_form", done=done, operation=operations.fail_case)


@require_POST
@once_per_form
def withdraw(request: HttpRequest, uuid: UUID) -> HttpResponse:
    done = _("The case ended because a party withdrew.")
    return _verb(request, uuid, name="withdraw_form", done=done, operation=operations.withdraw_case)


@require_POST
@once_per_form
def close(request: HttpRequest, uuid: UUID) -> HttpResponse:
    done = _("The case is closed.")
    return _verb(request, uuid, name="close_form", done=done, operation=operations.close_case)


@require_POST
@once_per_form
def reopen(request: HttpRequest, uuid: UUID) -> HttpResponse:
    done = _("The case is taken up again.")
    return _verb(request, uuid, name="reopen_form", done=done, operation=operations.reopen_case)


@require_POST
@once_per_form
def hand_over(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Give the case to another; the mediator who gave it away no longer sees it, so the list is what follows."""
    actor = actor_of(request)
    case = queries.case_for(actor=actor, uuid=uuid)
    require_handing_over(actor=actor, case=case)
    form = HandOverForm(request.POST, people=[])
    if not form.is_valid():
        messages.error(request, str(_("Please choose one of the list.")))
        return go_to(request, reverse("mediation:case", args=[case.uuid]))
    try:
        operations.hand_over_case(actor=actor, at=now(), case=case, person_uuid=form.cleaned_data["person"])
    except REFUSALS as refusal:
        messages.error(request, str(refusal))
        return go_to(request, reverse("mediation:case", args=[case.uuid]))
    messages.success(request, str(_("The case was given to the new mediator, who is told.")))
    return go_to(request, reverse("mediation:cases"))
