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

from sidan.core.clock import now
from sidan.core.htmx import go_to
from sidan.core.idempotency import once_per_form, refusing
from sidan.core.pages import REFUSALS, View, act_by_form
from sidan.core.requests import actor_of, as_read
from sidan.mediation import operations, queries
from sidan.mediation.forms import (
    AgreementForm,
    EndForm,
    FollowUpForm,
    FoundForm,
    HandOverForm,
    HeldSittingForm,
    MinutesForm,
    SittingForm,
)
from sidan.mediation.permissions import require_handing_over, require_leading
from sidan.mediation.views.pages import shown
from sidan.mediation.views.shared import tell_whom_to_call


def _act(
    form: Callable[..., forms.Form], write: Callable[..., object], *, name: str = "", done: str | Promise
) -> View:
    """Return the view of one act: `write` takes the fields of the form by their names, and `of` which part of the case.

    How it went is told on the page of the case, where a refused form stands under its `name` with what was typed.
    """

    @require_POST
    @once_per_form
    def view(request: HttpRequest, uuid: UUID, of: UUID | None = None) -> HttpResponse:
        actor = actor_of(request)
        case = as_read(request, queries.case_for(actor=actor, uuid=uuid))
        require_leading(actor=actor, case=case)
        part, bound = {"uuid": of} if of else {}, form(request.POST)

        def written(typed: dict[str, Any]) -> None:
            write(actor=actor, at=now(), case=case, **part, **typed)
            tell_whom_to_call(request, bound)

        return act_by_form(
            request, form=bound, url=reverse("mediation:case", args=[uuid]), done=done, write=written,
            page=lambda refused: shown(request, uuid, name=name, of=of, form=refused),
        )  # fmt: skip

    return view


plan_sitting = _act(
    SittingForm, operations.plan_sitting, name="sitting_form", done=_("The sitting is planned.")
)
record_sitting = _act(
    HeldSittingForm, operations.record_sitting, name="held_form", done=_("The sitting and its minutes are kept.")
)  # fmt: skip
hold_sitting = _act(MinutesForm, operations.hold_sitting, name="form", done=_("The minutes are kept."))
call_off_sitting = _act(forms.Form, operations.call_off_sitting, done=_("The sitting was called off."))
agree = _act(
    AgreementForm, operations.agree_case, name="agreement_form", done=_("The agreement is kept and can be printed.")
)  # fmt: skip
plan_follow_up = _act(
    FollowUpForm, operations.plan_follow_up, name="follow_up_form", done=_("You will be reminded on this day.")
)  # fmt: skip
report_follow_up = _act(FoundForm, operations.report_follow_up, name="form", done=_("The follow-up is kept."))
fail = _act(EndForm, operations.fail_case, name="fail_form", done=_("The case ended without an agreement."))
withdraw = _act(
    EndForm, operations.withdraw_case, name="withdraw_form", done=_("The case ended because a party withdrew.")
)  # fmt: skip
close = _act(EndForm, operations.close_case, name="close_form", done=_("The case is closed."))
reopen = _act(EndForm, operations.reopen_case, name="reopen_form", done=_("The case is taken up again."))


@require_POST
@once_per_form
def hand_over(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Give the case to another; the mediator who gave it away no longer sees it, so the list is what follows."""
    actor = actor_of(request)
    case = as_read(request, queries.case_for(actor=actor, uuid=uuid))
    require_handing_over(actor=actor, case=case)
    form = HandOverForm(request.POST, people=[])
    if not form.is_valid():
        messages.error(request, str(_("Please choose one of the list.")))
        return refusing(go_to(request, reverse("mediation:case", args=[case.uuid])))
    try:
        operations.hand_over_case(actor=actor, at=now(), case=case, person_uuid=form.cleaned_data["person"])
    except REFUSALS as refusal:
        messages.error(request, str(refusal))
        return refusing(go_to(request, reverse("mediation:case", args=[case.uuid])))
    messages.success(request, str(_("The case was given to the new mediator, who is told.")))
    return go_to(request, reverse("mediation:cases"))
