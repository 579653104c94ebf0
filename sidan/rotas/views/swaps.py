"""Swaps: asking, answering, taking back; and what the office says."""

from collections.abc import Callable
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from sidan.core.clock import now
from sidan.core.idempotency import once_per_form
from sidan.core.pages import View, act, act_by_form
from sidan.core.requests import actor_of
from sidan.people.permissions import require_signed_in
from sidan.rotas import operations, queries
from sidan.rotas.enums import OPEN_SWAPS, SwapState
from sidan.rotas.models import Duty, Swap
from sidan.rotas.permissions import NotYourSwap, is_of_rota
from sidan.rotas.views.portal import shown, swap_form
from sidan.rotas.views.shared import staff_page, told_swap


@require_POST
@once_per_form
def ask(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Offer a turn of mine."""
    actor = actor_of(request)
    require_signed_in(actor=actor)
    found = queries.own_duty(actor=actor, uuid=uuid)
    return act_by_form(
        request, form=swap_form(found, request.POST), url=reverse("rotas:duty", args=[uuid]),
        done=_("Asked. The turn stays yours until somebody has taken it."),
        write=lambda typed: operations.ask_swap(actor=actor, at=now(), duty=found, **typed),
        page=lambda refused: shown(request, uuid, name="swap_form", form=refused),
    )  # fmt: skip


@require_safe
def swap(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One swap, for who asks and who is asked."""
    actor, found = actor_of(request), queries.swap_by_uuid(uuid=uuid)
    person_id = actor.person_id
    is_mine = person_id is not None and found.asker_id == person_id
    concerns = found.asked_id is None and is_of_rota(person_id=person_id, rota_id=found.duty.watch.rota_id)
    is_asked = not is_mine and (found.asked_id == person_id or concerns)
    if not is_mine and not is_asked:
        raise NotYourSwap
    is_waiting = found.state == SwapState.ASKED and found.duty.span.begins > now()
    context = {
        "swap": found,
        "is_mine": is_mine,
        "may_answer": is_asked and is_waiting,
        "may_refuse": is_waiting and found.asked_id == person_id,
        "may_cancel": is_mine and found.state in {SwapState.ASKED, SwapState.AGREED},
        "steps": told_swap(queries.swap_history(swap=found)),
        "clashes": _clashes(found, found.in_return if is_mine else found.duty, person_id or 0),
    }
    return render(request, "rotas/swap.html", context)


def _clashes(found: Swap, theirs: Duty | None, person_id: int) -> list[str]:
    """Return what the reader has promised for the time of the turn that would become theirs."""
    if found.state not in OPEN_SWAPS or theirs is None:
        return []
    return queries.promised_elsewhere(person_ids=[person_id], watch=theirs.watch).get(person_id, [])


def _act(write: Callable[..., object], *, done: str | Promise) -> View:
    """Return the view of one answer to a swap, which its page tells."""

    @require_POST
    @once_per_form
    def view(request: HttpRequest, uuid: UUID) -> HttpResponse:
        actor = actor_of(request)
        require_signed_in(actor=actor)
        found = queries.swap_by_uuid(uuid=uuid)
        return act(
            request, url=reverse("rotas:swap", args=[uuid]), done=done,
            write=lambda: write(actor=actor, at=now(), swap=found),
        )  # fmt: skip

    return view


accept = _act(operations.accept_swap, done=_("You said yes; your colleague is told."))
refuse = _act(operations.refuse_swap, done=_("You said no; your colleague is told."))
cancel = _act(operations.cancel_swap, done=_("Taken back: the turn stays yours."))


def _office(write: Callable[..., object], *, done: str | Promise) -> View:
    @require_POST
    @staff_page
    @once_per_form
    def view(request: HttpRequest, uuid: UUID) -> HttpResponse:
        actor, found = actor_of(request), queries.swap_by_uuid(uuid=uuid)
        return act(
            request, url=reverse("rotas:rotas"), done=done,
            write=lambda: write(actor=actor, at=now(), swap=found),
        )  # fmt: skip

    return view


approve = _office(operations.approve_swap, done=_("The two have swapped and are told."))
staff_refuse = _office(
    operations.refuse_swap, done=_("Refused: the turns stay as they were, and they are told.")
)
