"""One stall as staff see it: what it is, who has it, who came, who helps, whom it served."""

from collections.abc import Callable
from typing import Any, Final
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sidan.activities.models import Activity
from sidan.core.actor import Actor
from sidan.core.clock import now
from sidan.core.htmx import go_to
from sidan.core.idempotency import once_per_form
from sidan.core.pages import AND_WRITES, REFUSALS, View, act, act_by_form, keep_typed, put_errors
from sidan.core.requests import actor_of
from sidan.fairs import operations, queries
from sidan.fairs.forms import (
    CorrectForm,
    CountForm,
    HelpersForm,
    OrganisationForm,
    StallForm,
    TeamForm,
    WordsForm,
)
from sidan.fairs.models import Stall
from sidan.fairs.operations.locking import LAID_OUT_IN, MARKED_IN
from sidan.fairs.permissions import may_run
from sidan.fairs.queries import StallTold
from sidan.fairs.states import STALLHOLDER
from sidan.fairs.views.shared import fair_of_ours, holder_of_fair, staff_page
from sidan.people.queries import team_by_uuid

TYPED: Final = 60
TOWNSHIPS: Final = 3
"""Whose teams are offered before anything is looked for."""


@require_safe
@staff_page
def stall(request: HttpRequest, uuid: UUID, stall: UUID) -> HttpResponse:
    """A stall with what can be done about it now."""
    found = queries.fair_by_uuid(uuid=uuid)
    return _shown(request, found, queries.stall_told(activity=found, uuid=stall))


def _shown(
    request: HttpRequest, found: Activity, told: StallTold, *, name: str = "", form: forms.Form | None = None
) -> HttpResponse:
    runs = may_run(actor=actor_of(request), place_id=found.place_id, county_id=found.county_id)
    is_open = runs and found.state in LAID_OUT_IN
    context: dict[str, Any] = {
        "activity": found,
        "told": told,
        "runs": runs,
        "is_open": is_open,
        "verbs": _verbs(found, told, runs=runs),
        "counts": queries.counts_of(stall=told.stall),
        "correct_form": CorrectForm(auto_id=False),
        "count_form": CountForm(auto_id="count_%s") if runs and told.holder else None,
        "back_form": WordsForm(auto_id="back_%s"),
        "helpers_form": HelpersForm(auto_id="helpers_%s") if is_open and told.stall.post is None else None,
    }
    if is_open and told.is_gap:
        context |= _to_give(request, found)
    keep_typed(context, name=name, form=form)
    return render(request, "fairs/stall.html", context)


def _verbs(found: Activity, told: StallTold, *, runs: bool) -> dict[str, bool]:
    """Return what fits who has the stall and how far the fair is."""
    if not runs or told.holder is None:
        return {}
    fit = {verb for verb, step in STALLHOLDER.items() if told.holder.state in step.sources}
    if found.state not in MARKED_IN:
        fit -= {"come", "miss", "unmark"}
    if found.state not in LAID_OUT_IN:
        fit -= {"take_back"}
    return dict.fromkeys(fit & {"come", "miss", "unmark", "take_back"}, True)


def _to_give(request: HttpRequest, found: Activity) -> dict[str, Any]:
    """Return to whom a free stall can be given: who asks, whose turn it is, or who is looked for."""
    text = request.GET.get("q", "")[:TYPED]
    text = text.strip() if text.isprintable() else ""
    turns = queries.townships_in_turn(activity=found)[:TOWNSHIPS]
    return {
        "asks": queries.asks_of(activity=found),
        "text": text,
        "turns": turns,
        "found": queries.teams_to_place(activity=found, text=text) if text else [],
        "in_turn": queries.teams_to_place(activity=found, places=[turn.place for turn in turns]) if turns else [],
        "other_form": OrganisationForm(auto_id="other_%s"),
    }  # fmt: skip


@require_http_methods(AND_WRITES)
@staff_page
@once_per_form
def change(request: HttpRequest, uuid: UUID, stall: UUID) -> HttpResponse:
    """Say what a stall is anew."""
    actor, found, told = _ours(request, uuid, stall)
    posted = request.POST if request.method == "POST" else None
    offered = list(queries.kinds_of_county(county_id=found.county_id))
    kinds = [*offered, *(kind for kind in told.kinds if kind not in offered)]
    services = queries.services_of_holder(holder=told.holder)
    form = StallForm(posted, initial=StallForm.known(told), kinds=kinds, services=services)
    if posted is not None and form.is_valid():
        try:
            operations.change_stall(actor=actor, at=now(), stall=told.stall, text=form.text())
        except REFUSALS as refusal:
            put_errors(form, refusal, field="number")
        else:
            messages.success(request, str(_("The stall is kept.")))
            return go_to(request, _url(found, told.stall))
    context = {"form": form, "activity": found, "told": told, "back_url": _url(found, told.stall)}
    return render(request, "fairs/change.html", context, status=422 if form.errors else 200)


@require_POST
@staff_page
@once_per_form
def remove(request: HttpRequest, uuid: UUID, stall: UUID) -> HttpResponse:
    """Take a stall away that nobody has or had."""
    actor, found, told = _ours(request, uuid, stall)
    try:
        operations.remove_stall(actor=actor, at=now(), stall=told.stall)
    except REFUSALS as refusal:
        messages.error(request, str(refusal))
        return go_to(request, _url(found, told.stall))
    messages.success(request, str(_("The stall is taken away.")))
    return go_to(request, reverse("fairs:layout", args=[uuid]))


@require_POST
@staff_page
@once_per_form
def place_team(request: HttpRequest, uuid: UUID, stall: UUID) -> HttpResponse:
    """Give a stall to a team that has not asked."""
    actor, found, told = _ours(request, uuid, stall)
    form = TeamForm(request.POST)
    team = team_by_uuid(uuid=form.uuid()) if form.is_valid() else None
    if team is None:
        messages.error(request, str(operations.TeamNotOfFair()))
        return go_to(request, _url(found, told.stall))
    return act(
        request, url=_url(found, told.stall), done=_("The stall is given; the team is told."),
        write=lambda: operations.place_team(actor=actor, at=now(), stall=told.stall, team=team),
    )  # fmt: skip


@require_POST
@staff_page
@once_per_form
def place_other(request: HttpRequest, uuid: UUID, stall: UUID) -> HttpResponse:
    """Give a stall to somebody from outside."""
    actor, found, told = _ours(request, uuid, stall)
    return act_by_form(
        request, form=OrganisationForm(request.POST), url=_url(found, told.stall), done=_("The stall is given."),
        write=lambda typed: operations.place_organisation(actor=actor, at=now(), stall=told.stall, **typed),
        page=lambda refused: _shown(request, found, told, name="other_form", form=refused),
    )  # fmt: skip


@require_POST
@staff_page
@once_per_form
def helpers(request: HttpRequest, uuid: UUID, stall: UUID) -> HttpResponse:
    """Let volunteers sign up to help at a stall."""
    actor, found, told = _ours(request, uuid, stall)
    return act_by_form(
        request, form=HelpersForm(request.POST), url=_url(found, told.stall),
        done=_("Asked for: volunteers can sign up on the page of the fair."),
        write=lambda typed: operations.ask_for_helpers(actor=actor, at=now(), stall=told.stall, **typed),
        page=lambda refused: _shown(request, found, told, name="helpers_form", form=refused),
    )  # fmt: skip


def _mark(write: Callable[..., object], *, done: str | Promise) -> View:
    """Return the view of one mark that is a button."""

    @require_POST
    @staff_page
    @once_per_form
    def view(request: HttpRequest, uuid: UUID, holder: UUID) -> HttpResponse:
        actor, found = fair_of_ours(request, uuid)
        marked = holder_of_fair(request, found, holder)
        return act(
            request, url=_back(request, found, marked.stall), done=done,
            write=lambda: write(actor=actor, at=now(), holder=marked),
        )  # fmt: skip

    return view


came = _mark(operations.mark_came, done=_("Written down: they came."))
absent = _mark(operations.mark_absent, done=_("Written down: they did not come."))
unmark = _mark(operations.unmark, done=_("The mark is taken back."))


@require_POST
@staff_page
@once_per_form
def take_back(request: HttpRequest, uuid: UUID, holder: UUID) -> HttpResponse:
    """Free a stall that was given, and say why."""
    actor, found = fair_of_ours(request, uuid)
    held = holder_of_fair(request, found, holder)
    return act_by_form(
        request, form=WordsForm(request.POST), url=_back(request, found, held.stall),
        done=_("The stall is free again; the team reads why."),
        write=lambda typed: operations.take_stall_back(actor=actor, at=now(), holder=held, **typed),
    )  # fmt: skip


def _ours(request: HttpRequest, uuid: UUID, stall: UUID) -> tuple[Actor, Activity, StallTold]:
    actor, found = fair_of_ours(request, uuid)
    return actor, found, queries.stall_told(activity=found, uuid=stall)


def _back(request: HttpRequest, found: Activity, stall: Stall | None) -> str:
    """Return the page from which a mark was sent: the one for counting, or that of the stall."""
    if request.POST.get("from") == "board" or stall is None:
        return reverse("fairs:board", args=[found.uuid])
    return _url(found, stall)


def _url(found: Activity, stall: Stall) -> str:
    return reverse("fairs:stall", args=[found.uuid, stall.uuid])
