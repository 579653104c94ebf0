"""Laying a fair out on one page: its stalls, the gaps, who asks, copying."""

from typing import Any, Final
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from sidan.activities.models import Activity
from sidan.activities.queries import attendance_of
from sidan.core.clock import now
from sidan.core.errors import NotFound
from sidan.core.idempotency import once_per_form
from sidan.core.pages import act, act_by_form, keep_typed
from sidan.core.requests import actor_of
from sidan.fairs import operations, queries
from sidan.fairs.forms import AddForm, GiveForm, WordsForm
from sidan.fairs.models import Stall
from sidan.fairs.operations.locking import LAID_OUT_IN
from sidan.fairs.permissions import may_run
from sidan.fairs.views.shared import fair_of_ours, holder_of_fair, staff_page, told_steps

STEPS_SHOWN: Final = 12
TURNS_SHOWN: Final = 6


@require_safe
@staff_page
def layout(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The stalls of a fair with everything that can be done about them."""
    return _shown(request, queries.fair_by_uuid(uuid=uuid))


def _shown(
    request: HttpRequest, found: Activity, *, name: str = "", form: forms.Form | None = None
) -> HttpResponse:
    runs = may_run(actor=actor_of(request), place_id=found.place_id, county_id=found.county_id)
    stalls, is_open = queries.stalls_of(activity=found), found.state in LAID_OUT_IN
    gaps = [told.stall for told in stalls if told.is_gap]
    context: dict[str, Any] = {
        "activity": found,
        "runs": runs,
        "is_open": is_open,
        "stalls": stalls,
        "sums": queries.sums_of(stalls=stalls),
        "heads": attendance_of(activity=found).heads,
        "asks": [(one, _give_form(one.stall, gaps)) for one in queries.asks_of(activity=found)],
        "refuse_form": WordsForm(auto_id=False),
        "turns": queries.townships_in_turn(activity=found)[:TURNS_SHOWN],
        "steps": told_steps(queries.history_of(activity=found, most=STEPS_SHOWN)),
        "layout": queries.layout_of(activity=found),
    }
    if runs and is_open:
        context["add_form"] = AddForm(
            kinds=list(queries.kinds_of_county(county_id=found.county_id)), auto_id="add_%s"
        )
        context["source"] = queries.last_with_stalls(activity=found) if not stalls else None
    keep_typed(context, name=name, form=form)
    return render(request, "fairs/layout.html", context)


def _give_form(wished: Stall | None, gaps: list[Stall]) -> GiveForm | None:
    """Return the form that gives a stall to who asks, with the wished one chosen; none where there is no gap."""
    if not gaps:
        return None
    return GiveForm(gaps=gaps, auto_id=False, initial={"stall": str(wished.uuid) if wished else ""})


@require_POST
@staff_page
@once_per_form
def add(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Some stalls more."""
    actor, found = fair_of_ours(request, uuid)
    form = AddForm(request.POST, kinds=list(queries.kinds_of_county(county_id=found.county_id)))
    return act_by_form(
        request, form=form, url=_url(found), done=_("The stalls are added."),
        write=lambda typed: operations.add_stalls(
            actor=actor, at=now(), activity=found, count=typed["count"], spot=typed["spot"], kinds=form.chosen_kinds()
        ),
        page=lambda refused: _shown(request, found, name="add_form", form=refused),
    )  # fmt: skip


@require_POST
@staff_page
@once_per_form
def copy(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The stalls of the last fair, with its teams or without."""
    actor, found = fair_of_ours(request, uuid)
    source = queries.last_with_stalls(activity=found)
    if source is None:
        raise NotFound
    with_teams = request.POST.get("teams") == "with"
    write = operations.copy_stalls_and_teams if with_teams else operations.copy_stalls
    return act(
        request, url=_url(found), done=_copied,
        write=lambda: write(actor=actor, at=now(), activity=found, source=source),
    )  # fmt: skip


def _copied(count: int) -> str:
    return ngettext("%(count)s stall was copied.", "%(count)s stalls were copied.", count) % {"count": count}


@require_POST
@staff_page
@once_per_form
def lay_out_series(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Let each fair of the series begin with these stalls."""
    actor, found = fair_of_ours(request, uuid)
    return act(
        request, url=_url(found), done=_laid_out,
        write=lambda: operations.lay_out_series(actor=actor, at=now(), activity=found),
    )  # fmt: skip


def _laid_out(count: int) -> str:
    words = ngettext(
        "Each fair of the series begins with these stalls; %(count)s ahead was laid out now.",
        "Each fair of the series begins with these stalls; %(count)s ahead were laid out now.",
        count,
    )
    return words % {"count": count}


@require_POST
@staff_page
@once_per_form
def end_series_layout(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Let the fairs to come begin without stalls."""
    actor, found = fair_of_ours(request, uuid)
    return act(
        request, url=_url(found), done=_("The fairs to come begin without stalls."),
        write=lambda: operations.end_series_layout(actor=actor, at=now(), activity=found),
    )  # fmt: skip


@require_POST
@staff_page
@once_per_form
def give(request: HttpRequest, uuid: UUID, holder: UUID) -> HttpResponse:
    """Give a stall to a team that asks."""
    actor, found = fair_of_ours(request, uuid)
    asked = holder_of_fair(request, found, holder)
    gaps = [told.stall for told in queries.stalls_of(activity=found) if told.is_gap]
    form = GiveForm(request.POST, gaps=gaps)
    return act_by_form(
        request, form=form, url=_url(found), done=_("The stall is given; the team is told."),
        write=lambda _typed: operations.give_stall(actor=actor, at=now(), holder=asked, stall=form.chosen()),
    )  # fmt: skip


@require_POST
@staff_page
@once_per_form
def refuse(request: HttpRequest, uuid: UUID, holder: UUID) -> HttpResponse:
    """Say no to a team that asks, and why."""
    actor, found = fair_of_ours(request, uuid)
    asked = holder_of_fair(request, found, holder)
    return act_by_form(
        request, form=WordsForm(request.POST), url=_url(found), done=_("Refused; the team reads why."),
        write=lambda typed: operations.refuse_stallholder(actor=actor, at=now(), holder=asked, **typed),
    )  # fmt: skip


def _url(found: Activity) -> str:
    return reverse("fairs:layout", args=[found.uuid])
