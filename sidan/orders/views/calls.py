"""The open calls that a team may answer: take at once, or offer and say why, and take the offer back."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from sidan.core.clock import now
from sidan.core.htmx import go_to
from sidan.core.idempotency import once_per_form
from sidan.core.pages import REFUSALS
from sidan.core.requests import actor_of, turn_seen
from sidan.orders import operations, queries
from sidan.orders.forms.board import ApplyForm, CallSearch
from sidan.orders.models import OpenCall
from sidan.orders.permissions import require_any_team
from sidan.orders.views.acts import WordsRefused, team_pressed
from sidan.orders.views.shared import tell_and_go, tell_whom_to_call
from sidan.people.models import Team

NONE_REFUSED: Final[Mapping[UUID, ApplyForm]] = MappingProxyType({})


@require_safe
def calls(request: HttpRequest) -> HttpResponse:
    """Every open call that reaches a team one leads, or for which it offered; those that end first above."""
    return _calls_shown(request)


def _calls_shown(request: HttpRequest, *, refused: Mapping[UUID, ApplyForm] = NONE_REFUSED) -> HttpResponse:
    """Show the calls, with a form that was refused at its own call."""
    actor, at = actor_of(request), now()
    require_any_team(actor=actor)
    found = queries.calls_for(team_ids=actor.led_team_ids, at=at)
    areas, chosen = queries.areas_of(found), CallSearch(request.GET).chosen_area()
    if chosen is not None:
        found = queries.calls_for(team_ids=actor.led_team_ids, at=at, area=chosen)
    context: dict[str, Any] = {
        "tasks": [(task, refused.get(task.call.uuid) or _apply_form(task.call)) for task in found],
        "areas": areas,
        "chosen": str(chosen or ""),
    }
    return render(request, "orders/console/calls.html", context, status=422 if refused else 200)


def _apply_form(call: OpenCall, sent: QueryDict | None = None) -> ApplyForm:
    return ApplyForm(sent, auto_id=f"id_{call.uuid}_%s")


@require_POST
@once_per_form
def claim(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Take an order that is called "first come"; whoever was slower is told so."""
    call, team = _call(request, uuid), _team(request)
    try:
        assignment = operations.claim_call(
            actor=actor_of(request), at=now(), call=call, team=team, seen=turn_seen(request)
        )
    except REFUSALS as error:
        return tell_and_go(request, url=reverse("orders:calls"), error=error)
    messages.success(request, gettext("Taken. Please call the resident, agree on a time and say who goes."))
    return go_to(request, reverse("orders:card", args=[assignment.uuid]))


@require_POST
@once_per_form
def apply(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Offer to take an order, with a sentence why; the office chooses."""
    call, team, here = _call(request, uuid), _team(request), reverse("orders:calls")
    form = _apply_form(call, request.POST)
    if not form.is_valid():
        # Told above as well, for the call may be gone from the page.
        messages.error(request, str(WordsRefused(form)))
        return _calls_shown(request, refused={uuid: form})
    words = form.cleaned_data["words"]
    try:
        operations.apply_for_call(
            actor=actor_of(request), at=now(), call=call, team=team, words=words, seen=turn_seen(request)
        )
    except REFUSALS as error:
        return tell_and_go(request, url=here, error=error)
    messages.success(
        request, gettext("Your offer has been sent. You get a message when the office has chosen.")
    )
    tell_whom_to_call(request)
    return go_to(request, here)


@require_POST
@once_per_form
def take_offer_back(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Take back what one's team offered; who was chosen meanwhile is told so."""
    call, team, here = _call(request, uuid), _team(request), reverse("orders:calls")
    try:
        operations.take_offer_back(actor=actor_of(request), at=now(), call=call, team=team)
    except REFUSALS as error:
        return tell_and_go(request, url=here, error=error)
    messages.success(request, gettext("The offer of %(team)s was taken back.") % {"team": team.shown_name})
    return go_to(request, here)


def _call(request: HttpRequest, uuid: UUID) -> OpenCall:
    actor = actor_of(request)
    require_any_team(actor=actor)
    return queries.call_by_uuid(uuid=uuid, team_ids=actor.led_team_ids)


def _team(request: HttpRequest) -> Team:
    """Return the team one answers for. Raises NotFound."""
    return team_pressed(request.POST.get("team", ""))
