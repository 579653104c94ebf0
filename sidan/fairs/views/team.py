"""What the leader of a team does about stalls, on the telephone: asks, gives back, counts."""

from typing import Any, Final
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sidan.activities.enums import ActivityKind
from sidan.activities.queries import Wanted, next_coming
from sidan.core.actor import Actor
from sidan.core.clock import now
from sidan.core.htmx import go_to
from sidan.core.idempotency import once_per_form
from sidan.core.pages import AND_WRITES, REFUSALS, act, act_by_form, put_errors
from sidan.core.requests import actor_of, as_read
from sidan.fairs import operations, queries
from sidan.fairs.enums import HolderState
from sidan.fairs.forms import AskForm, BackForm, CorrectForm, CountForm
from sidan.fairs.models import Stall, Stallholder
from sidan.fairs.permissions import NoSuchStall, may_count, require_any_team, require_leading
from sidan.people.models import Team

MOST_SHOWN: Final = 60
MOST_FAIRS: Final = 8
"""Of those that come."""


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """Where one's teams stand, and the fairs at which they can ask for a stall."""
    actor = actor_of(request)
    require_any_team(actor=actor)
    holders = queries.holders_of_teams(team_ids=actor.led_team_ids, most=MOST_SHOWN)
    counties = Team.objects.filter(pk__in=actor.led_team_ids).values_list("county", flat=True)
    coming = [
        fair
        for county_id in dict.fromkeys(counties)
        for fair in next_coming(
            wanted=Wanted(at=now(), county_id=county_id, kind=ActivityKind.FAIR), most=MOST_FAIRS
        )
    ]
    return render(request, "fairs/mine.html", {"holders": holders, "coming": coming})


@require_http_methods(AND_WRITES)
@once_per_form
def ask(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Ask for a stall of a fair."""
    actor = actor_of(request)
    require_any_team(actor=actor)
    found = queries.fair_by_uuid(uuid=uuid)
    posted = request.POST if request.method == "POST" else None
    gaps = [told.stall for told in queries.stalls_of(activity=found) if told.is_gap]
    teams = list(Team.objects.filter(pk__in=actor.led_team_ids).order_by("pinyin", "id"))
    form = AskForm(
        posted, teams=teams, gaps=gaps,
        initial={"team": str(teams[0].uuid) if teams else "", "stall": request.GET.get("stall", "")},
    )  # fmt: skip
    if posted is not None and form.is_valid():
        try:
            operations.ask_for_stall(actor=actor, at=now(), activity=found, **form.asked())
        except REFUSALS as refusal:
            put_errors(form, refusal, field="stall")
        else:
            messages.success(request, str(_("Asked. The place that holds the fair tells you.")))
            return go_to(request, reverse("fairs:mine"))
    context = {"form": form, "activity": found, "gaps": len(gaps)}
    return render(request, "fairs/ask.html", context, status=422 if form.errors else 200)


@require_safe
def my_stall(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One's stall: where it is, what it is, counting, giving it back."""
    return _shown(request, *_own(request, uuid))


def _shown(
    request: HttpRequest, actor: Actor, holder: Stallholder, *, refused: forms.Form | None = None
) -> HttpResponse:
    told = queries.stall_told(activity=holder.activity, uuid=holder.stall.uuid) if holder.stall else None
    steps = queries.history_of(activity=holder.activity, most=MOST_SHOWN)
    notes = [step.note.words for step in steps if step.holder_id == holder.pk and hasattr(step, "note")]
    context: dict[str, Any] = {
        "holder": holder,
        "activity": holder.activity,
        "told": told,
        "notes": notes,
        "counts": queries.counts_of(stall=told.stall) if told else [],
        "may_count": bool(told) and _counts(actor, holder),
        "back_form": (refused or BackForm()) if holder.state == HolderState.GIVEN else None,
        "correct_form": CorrectForm(auto_id=False),
    }
    return render(request, "fairs/my_stall.html", context)


def _counts(actor: Actor, holder: Stallholder) -> bool:
    return may_count(actor=actor, holder=holder, place_id=holder.place_id, county_id=holder.county_id)


@require_POST
@once_per_form
def withdraw(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Not ask any more."""
    actor, holder = _own(request, uuid)
    return act(
        request, url=reverse("fairs:mine"), done=_("You do not ask for this stall any more."),
        write=lambda: operations.withdraw_ask(actor=actor, at=now(), holder=holder),
    )  # fmt: skip


@require_POST
@once_per_form
def give_back(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Let another team have the stall."""
    actor, holder = _own(request, uuid)
    return act_by_form(
        request, form=BackForm(request.POST), url=reverse("fairs:mine"),
        done=_("Given back. The place that holds the fair was told."),
        write=lambda typed: operations.give_stall_back(actor=actor, at=now(), holder=holder, **typed),
    )  # fmt: skip


@require_POST
@once_per_form
def count(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """So many more were served."""
    actor, holder = _own(request, uuid)
    stall = _stall_of(holder)
    return act_by_form(
        request, form=CountForm(request.POST), url=reverse("fairs:my_stall", args=[uuid]), done=_("Counted."),
        write=lambda typed: operations.count_served(actor=actor, at=now(), stall=stall, **typed),
    )  # fmt: skip


@require_POST
@once_per_form
def correct(request: HttpRequest, uuid: UUID, count: UUID) -> HttpResponse:
    """Put a count right."""
    actor, holder = _own(request, uuid)
    found = queries.count_by_uuid(stall=_stall_of(holder), uuid=count)
    return act_by_form(
        request, form=CorrectForm(request.POST), url=reverse("fairs:my_stall", args=[uuid]),
        done=_("Put right."),
        write=lambda typed: operations.correct_count(actor=actor, at=now(), count=found, **typed),
    )  # fmt: skip


def _own(request: HttpRequest, uuid: UUID) -> tuple[Actor, Stallholder]:
    """Return who reads and what a team that they lead asked for or has. Raises NoSuchStallholder, NotYourTeam."""
    actor = actor_of(request)
    require_any_team(actor=actor)
    holder = as_read(request, queries.holder_by_uuid(uuid=uuid))
    require_leading(actor=actor, team_id=holder.team_id or 0)
    return actor, holder


def _stall_of(holder: Stallholder) -> Stall:
    if holder.stall is None:
        raise NoSuchStall
    return queries.stall_by_uuid(activity=holder.activity, uuid=holder.stall.uuid)
