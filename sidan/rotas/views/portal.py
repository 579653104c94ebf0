"""What people who take turns do: see their turns, check in and out, say that they cannot, fill a gap, be away."""

from collections.abc import Callable
from typing import Any, Final
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from sidan.attendance.enums import Direction
from sidan.attendance.models import Mark
from sidan.attendance.queries import has_consented
from sidan.core.actor import Actor
from sidan.core.clock import now
from sidan.core.idempotency import once_per_form
from sidan.core.pages import View, act, act_by_form, keep_typed
from sidan.core.pagination import keyset_page
from sidan.core.requests import actor_of
from sidan.people.permissions import require_signed_in
from sidan.rotas import operations, queries
from sidan.rotas.door_forms import HereForm, HerePlaceForm
from sidan.rotas.enums import OPEN_SWAPS, DutyState
from sidan.rotas.forms import AwayForm, SwapForm, WhyForm
from sidan.rotas.models import Duty
from sidan.rotas.permissions import is_of_rota
from sidan.rotas.policies import is_door_open
from sidan.rotas.views.shared import told_steps

PAGE_SIZE: Final = 24


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """My turns, the gaps that wait for somebody, the swaps that wait for an answer."""
    return _mine(request)


def _mine(request: HttpRequest, *, form: forms.Form | None = None) -> HttpResponse:
    actor, at = actor_of(request), now()
    require_signed_in(actor=actor)
    chip = "past" if request.GET.get("chip") == "past" else ""
    rows = queries.my_duties(actor=actor, at=at, chip=chip)
    context: dict[str, Any] = {
        "page": keyset_page(
            rows=rows, sort="-begins_key" if chip else "begins_key", cursor=request.GET.get("cursor") or None,
            limit=PAGE_SIZE,
        ),
        "chip": chip,
        "me": actor.person_id,
        "code": request.GET.get("code", "")[:6],
        "gaps": queries.open_gaps_for(actor=actor, at=at) if not chip else [],
        "swaps": queries.my_swaps(actor=actor, at=at) if not chip else [],
        "aways": queries.my_aways(actor=actor, at=at),
        "away_form": AwayForm(auto_id="away_%s"),
    }  # fmt: skip
    keep_typed(context, name="away_form", form=form)
    return render(request, "rotas/mine.html", context)


@require_POST
@once_per_form
def away(request: HttpRequest) -> HttpResponse:
    """Say that one is away on some days."""
    actor = actor_of(request)
    require_signed_in(actor=actor)
    return act_by_form(
        request, form=AwayForm(request.POST), url=reverse("rotas:mine"),
        done=_("Kept. You get no turn on these days; turns that are planned already you give away one by one."),
        write=lambda typed: operations.be_away(actor=actor, at=now(), **typed),
        page=lambda refused: _mine(request, form=refused),
    )  # fmt: skip


@require_POST
@once_per_form
def back(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Take back that one is away."""
    actor = actor_of(request)
    require_signed_in(actor=actor)
    found = queries.own_away(actor=actor, uuid=uuid)
    return act(
        request, url=reverse("rotas:mine"), done=_("Taken back."),
        write=lambda: operations.be_back(actor=actor, away=found),
    )  # fmt: skip


@require_safe
def duty(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One turn of mine, with what I can do now."""
    return shown(request, uuid)


def shown(
    request: HttpRequest, uuid: UUID, *, name: str = "", form: forms.Form | None = None
) -> HttpResponse:
    """Show one's turn as it is; a refused form stands under its `name`."""
    actor = actor_of(request)
    found = queries.own_duty(actor=actor, uuid=uuid)
    times = queries.own_times(watch=found.watch, person_id=found.person_id)
    context: dict[str, Any] = {
        "duty": found,
        "times": times,
        "colleagues": [one.person.name for one in queries.standing_with(duty=found)],
        "steps": told_steps(queries.history(duty=found)),
        "swaps": queries.swaps_of_duty(duty=found),
        **_forms(request, found, times),
    }
    keep_typed(context, name=name, form=form)
    return render(request, "rotas/duty.html", context)


def _forms(request: HttpRequest, found: Duty, times: queries.OwnTimes) -> dict[str, Any]:
    """Return the forms of what fits the state and the hour."""
    at = now()
    made: dict[str, Any] = {}
    stands = found.state == DutyState.PLANNED
    direction = Direction.OUT if times.came_at else Direction.IN
    is_open = is_door_open(state=found.watch.state, direction=direction.value, span=found.span, at=at)
    if is_open and not times.went_at and (stands or times.came_at):
        typed = {"code": request.GET.get("code", "")[:6], "direction": direction.value}
        made["here_form"] = HereForm(auto_id="here_%s", initial=typed)
        made["comes"] = direction == Direction.IN
        if queries.has_point(watch=found.watch):
            made["place_form"] = HerePlaceForm(auto_id="place_%s", initial={"direction": direction.value})
            made["may_read_place"] = has_consented(person_id=found.person_id)
    if stands and found.span.begins > at:
        made["withdraw_form"] = WhyForm(auto_id="withdraw_%s")
        if not any(one.state in OPEN_SWAPS for one in queries.swaps_of_duty(duty=found)):
            made["swap_form"] = swap_form(found, auto_id="swap_%s")
    if found.state == DutyState.ABSENT and not queries.has_answered(duty=found):
        made["answer_form"] = WhyForm(auto_id="answer_%s")
    return made


def swap_form(found: Duty, *args: Any, **kwargs: Any) -> SwapForm:
    """Return the form to offer a turn, with who can be asked and for what."""
    return SwapForm(
        *args, colleagues=queries.colleagues_to_ask(duty=found), duties=queries.returnable(duty=found, at=now()),
        **kwargs,
    )  # fmt: skip


def _act(
    form: Callable[..., forms.Form], write: Callable[..., object], *, name: str, done: str | Promise
) -> View:
    """Return the view of one act on a turn of mine; a refused form is shown with what was typed."""

    @require_POST
    @once_per_form
    def view(request: HttpRequest, uuid: UUID) -> HttpResponse:
        actor = actor_of(request)
        require_signed_in(actor=actor)
        found = queries.own_duty(actor=actor, uuid=uuid)
        return act_by_form(
            request, form=form(request.POST), done=done, url=reverse("rotas:duty", args=[uuid]),
            write=lambda typed: write(actor=actor, at=now(), duty=found, **typed),
            page=lambda refused: shown(request, uuid, name=name, form=refused),
        )  # fmt: skip

    return view


@require_POST
@once_per_form
def here(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Come or go: by the code of the post, or by where the telephone is."""
    actor = actor_of(request)
    require_signed_in(actor=actor)
    found = queries.own_duty(actor=actor, uuid=uuid)
    form = HerePlaceForm(request.POST) if "latitude" in request.POST else HereForm(request.POST)
    name = "place_form" if isinstance(form, HerePlaceForm) else "here_form"
    return act_by_form(
        request, form=form, url=reverse("rotas:duty", args=[uuid]), write=lambda _typed: _check(actor, found, form),
        done=_("Kept. Thank you for being here!"), page=lambda refused: shown(request, uuid, name=name, form=refused),
    )  # fmt: skip


def _check(actor: Actor, found: Duty, form: HereForm | HerePlaceForm) -> Mark:
    data = form.cleaned_data
    if isinstance(form, HerePlaceForm):
        return operations.check_self_by_place(
            actor=actor, at=now(), duty=found, reading=form.reading, direction=data["direction"]
        )
    return operations.check_self(actor=actor, at=now(), duty=found, **data)


withdraw = _act(
    WhyForm, operations.withdraw, name="withdraw_form", done=_("The office knows. Thank you for saying so.")
)
answer = _act(
    WhyForm, operations.answer_absence, name="answer_form", done=_("Your answer is kept; the place reads it.")
)


@require_safe
def gap(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """A shift of a rota of mine that looks for somebody."""
    actor, at = actor_of(request), now()
    require_signed_in(actor=actor)
    found = queries.watch_by_uuid(uuid=uuid)
    looks = found.announced_at is not None and found.lacking > 0 and found.span.begins > at  # type: ignore[attr-defined] # counted beside it
    context = {
        "watch": found,
        "may_take": looks and is_of_rota(person_id=actor.person_id, rota_id=found.rota_id),
        "clashes": queries.promised_elsewhere(person_ids=[actor.person_id or 0], watch=found).get(
            actor.person_id or 0, []
        ),
        "stands": any(one.person_id == actor.person_id for one in found.standing),  # type: ignore[attr-defined] # read beside it
    }
    return render(request, "rotas/gap.html", context)


@require_POST
@once_per_form
def take(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Fill a gap oneself."""
    actor = actor_of(request)
    require_signed_in(actor=actor)
    found = queries.watch_by_uuid(uuid=uuid)
    return act(
        request, url=reverse("rotas:gap", args=[uuid]), done=_("The turn is yours. Thank you!"),
        write=lambda: operations.take(actor=actor, at=now(), watch=found),
    )  # fmt: skip
