"""One shift on one day, for staff: who has it, filling it, announcing it, calling it off, its code and its times."""

from typing import Any, NamedTuple
from uuid import UUID

import segno
from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.safestring import mark_safe
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from sidan.attendance.enums import Direction
from sidan.attendance.models import Mark
from sidan.attendance.queries import UnconfirmedMark, mark_by_uuid
from sidan.attendance.words import way_words
from sidan.core.actor import Actor
from sidan.core.clock import now
from sidan.core.htmx import page_or_piece
from sidan.core.idempotency import once_per_form
from sidan.core.language import listed
from sidan.core.pages import act, act_by_form, keep_typed
from sidan.core.requests import actor_of
from sidan.people.models import Person
from sidan.rotas import operations, queries
from sidan.rotas.door_forms import REASONS, JudgeForm, ScanForm
from sidan.rotas.enums import WatchState
from sidan.rotas.forms import FillForm, WhyForm
from sidan.rotas.models import Watch
from sidan.rotas.permissions import may_run, require_running, sees_names
from sidan.rotas.policies import is_door_open
from sidan.rotas.views.shared import staff_page


class ToConfirm(NamedTuple):
    """A time that waits for a second person, how it is known, and whether the reader may be it."""

    row: UnconfirmedMark
    how: str | Promise
    is_mine: bool


@require_safe
@staff_page
def watch(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One shift with who has it and what can be done now."""
    return _shown(request, queries.watch_by_uuid(uuid=uuid))


def _shown(
    request: HttpRequest, found: Watch, *, name: str = "", form: forms.Form | None = None
) -> HttpResponse:
    actor, at = actor_of(request), now()
    runs = may_run(actor=actor, thing=found)
    is_ahead = found.state == WatchState.AHEAD and found.span.ends > at
    lacking = max(0, found.lacking) if is_ahead else 0  # type: ignore[attr-defined] # counted beside it
    times = queries.times_at(watch=found)
    is_open = is_door_open(state=found.state, direction=Direction.OUT.value, span=found.span, at=at)
    context: dict[str, Any] = {
        "watch": found,
        "runs": runs,
        "sees_names": sees_names(actor=actor, thing=found),
        "clashes": _clashes(found),
        "lacking": lacking,
        "begun": found.span.begins <= at,
        "rows": [(one, times.get(one.person_id)) for one in queries.duties_of(watch=found)],
        "is_open": is_open,
        "scan_form": ScanForm(auto_id="scan_%s") if runs and is_open else None,
        "times": _times(actor, found) if runs else [],
        "fill_form": FillForm(people=_choices(found), auto_id="fill_%s") if runs and lacking else None,
        "call_off_form": WhyForm(auto_id="off_%s") if runs and is_ahead else None,
    }
    keep_typed(context, name=name, form=form)
    return render(request, "rotas/watch.html", context)


def _clashes(found: Watch) -> list[tuple[Person, list[str]]]:
    """Return who of those on a shift that is not over has promised something else for the same time, and what."""
    if found.state != WatchState.AHEAD:
        return []
    people = {one.person_id: one.person for one in found.standing}  # type: ignore[attr-defined] # read beside it
    known = queries.promised_elsewhere(person_ids=list(people), watch=found)
    return [(person, known[key]) for key, person in people.items() if key in known]


def _choices(found: Watch) -> list[tuple[Person, str]]:
    """Return who takes turns and does not stand there, who is free first; what else they promised is told."""
    standing = {one.person_id for one in found.standing}  # type: ignore[attr-defined] # read beside it
    members = [
        one.person for one in queries.members_of(rota_id=found.rota_id) if one.person_id not in standing
    ]
    ids = [one.pk for one in members]
    known, away = (
        queries.promised_elsewhere(person_ids=ids, watch=found),
        queries.away_at(ids, span=found.span),
    )
    rows = [
        (one, listed(known[one.pk]) if one.pk in known else gettext("is away") if one.pk in away else "")
        for one in members
    ]
    return sorted(rows, key=lambda row: (bool(row[1]), row[0].pinyin, row[0].pk))


def _times(actor: Actor, found: Watch) -> list[ToConfirm]:
    reasons = dict(REASONS)
    return [
        ToConfirm(
            row, reasons.get(row.reason_code) or _how(row),
            is_mine=row.is_told_by(account_id=actor.account_id, person_id=actor.person_id),
        )
        for row in queries.times_to_confirm(watch=found)
    ]  # fmt: skip


def _how(row: UnconfirmedMark) -> str:
    return way_words(
        way=row.way, distance_m=row.distance_m, accuracy_m=row.accuracy_m, measured_to=row.measured_to
    )


def _ours(request: HttpRequest, uuid: UUID) -> Watch:
    found = queries.watch_by_uuid(uuid=uuid)
    require_running(actor=actor_of(request), thing=found)
    return found


def _url(uuid: UUID) -> str:
    return reverse("rotas:watch", args=[uuid])


@require_POST
@staff_page
@once_per_form
def fill(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Put somebody on."""
    found = _ours(request, uuid)
    return act_by_form(
        request, form=FillForm(request.POST, people=_choices(found)), url=_url(uuid),
        done=_("They are on the shift and are told."),
        write=lambda typed: operations.fill(actor=actor_of(request), at=now(), watch=found, **typed),
        page=lambda refused: _shown(request, queries.watch_by_uuid(uuid=uuid), name="fill_form", form=refused),
    )  # fmt: skip


@require_POST
@staff_page
@once_per_form
def announce(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Ask everybody of the rota who can."""
    found = _ours(request, uuid)
    return act(
        request, url=_url(uuid), done=_("Everybody of the rota who is free is asked. Who says so first has it."),
        write=lambda: operations.announce(actor=actor_of(request), at=now(), watch=found),
    )  # fmt: skip


@require_POST
@staff_page
@once_per_form
def call_off(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Call the shift off."""
    found = _ours(request, uuid)
    return act_by_form(
        request, form=WhyForm(request.POST), url=_url(uuid), done=_("Called off; who had it reads why."),
        write=lambda typed: operations.call_off(actor=actor_of(request), at=now(), watch=found, **typed),
        page=lambda refused: _shown(
            request, queries.watch_by_uuid(uuid=uuid), name="call_off_form", form=refused
        ),
    )  # fmt: skip


@require_POST
@staff_page
@once_per_form
def scan(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Write down whose own code was read; read twice it is the same."""
    found, form = _ours(request, uuid), ScanForm(request.POST)
    return act_by_form(
        request, form=form, url=f"{_url(uuid)}#scan", done=_scanned,
        write=lambda typed: operations.scan(actor=actor_of(request), at=now(), watch=found, **typed),
        page=lambda refused: _shown(request, queries.watch_by_uuid(uuid=uuid), name="scan_form", form=refused),
    )  # fmt: skip


def _scanned(written: Mark) -> str:
    name = {"name": written.person.name}
    if written.direction == Direction.OUT:
        return gettext("%(name)s has gone. Thank you!") % name
    return gettext("%(name)s is here.") % name


@require_safe
@staff_page
def code(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The screen of the post: a code that changes every half minute; the piece alone is fetched anew."""
    found, at = _ours(request, uuid), now()
    digits = queries.shown_code(watch=found, at=at)
    mine = request.build_absolute_uri(reverse("rotas:mine"))
    drawn = segno.make(f"{mine}?code={digits}", error="m").svg_inline(
        border=4, dark="#000", light="#fff", omitsize=True
    )
    context = {
        "watch": found,
        "digits": digits,
        # Drawn by segno: paths alone.
        "picture": mark_safe(drawn),
        "is_open": is_door_open(state=found.state, direction=Direction.OUT.value, span=found.span, at=at),
    }
    response = page_or_piece(request, page="rotas/code.html", piece="rotas/_code.html", context=context)
    response["Cache-Control"] = "no-store"
    return response


@require_POST
@staff_page
@once_per_form
def judge(request: HttpRequest, uuid: UUID, mark: UUID) -> HttpResponse:
    """Say as the second person that a time is right, or that it is not."""
    found, form = _ours(request, uuid), JudgeForm(request.POST)
    written = mark_by_uuid(uuid=mark)
    return act_by_form(
        request, form=form, url=_url(uuid), done=_("Kept."),
        write=lambda _typed: operations.judge_mark(
            actor=actor_of(request), at=now(), watch=found, written=written, is_right=form.is_right
        ),
    )  # fmt: skip
