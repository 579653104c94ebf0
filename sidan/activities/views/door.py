"""The door of an activity, for staff of the place: its screen, reading codes, by hand, heads, who came."""

from typing import Any, Final, NamedTuple
from uuid import UUID

import segno
from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.safestring import mark_safe
from django.utils.timezone import localtime
from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sidan.activities import operations, queries
from sidan.activities.door_forms import REASONS, HandForm, HeadsForm, JudgeForm, ScanForm
from sidan.activities.inbox_words import Refused, refused_at_door
from sidan.activities.models import Activity
from sidan.activities.operations import Came
from sidan.activities.policies import is_door_open
from sidan.activities.views.shared import activity_of_ours, door_of_ours, staff_page
from sidan.attendance.enums import Direction, HandReason
from sidan.attendance.models import OfflineRecord
from sidan.attendance.operations import ReadByAnother
from sidan.attendance.queries import UnconfirmedMark, mark_by_uuid
from sidan.attendance.words import way_words
from sidan.core.actor import Actor
from sidan.core.clock import now
from sidan.core.htmx import go_to, is_fragment, page_or_piece
from sidan.core.idempotency import once_per_form
from sidan.core.ids import read_uuid
from sidan.core.lists import Column, asked_sort, list_view, page_of
from sidan.core.pages import AND_WRITES, REFUSALS, act_by_form, keep_typed, put_errors
from sidan.people.queries import residents_found

COLUMNS: Final = (
    Column("name", _("Name"), up="name_key", down="-name_key", is_fixed=True),
    Column("role", pgettext_lazy("column", "Came to")),
    Column("came", pgettext_lazy("column", "Came at"), up="came_key", down="-came_key"),
    Column("went", pgettext_lazy("column", "Went at")),
    Column("way", pgettext_lazy("column", "How it is known"), up="way", down="-way"),
)
TYPED: Final = 60
MOST_NOT_WRITTEN: Final = 100
MOST_AT_ONCE: Final = 200


class Scanned(NamedTuple):
    """What a reading came to: whose it was and since when, or why nothing was written."""

    sentence: str
    tone: str
    came: Came | None = None


class NotWritten(NamedTuple):
    """A time that a telephone told without network and that was not written: why, and what can be done."""

    kept: OfflineRecord
    told: Refused


class ToConfirm(NamedTuple):
    """A time that waits for a second person, with how it is known, and whether the reader may be it."""

    row: UnconfirmedMark
    how: str | Promise
    is_mine: bool


@require_safe
@staff_page
def door(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The screen at the door: a code that changes every half minute, large; the piece alone is fetched anew."""
    _actor, found = activity_of_ours(request, uuid)
    digits = queries.spot_code(activity=found, at=now())
    here = request.build_absolute_uri(reverse("activities:here", args=[uuid]))
    drawn = segno.make(f"{here}?code={digits}", error="m").svg_inline(
        border=4, dark="#000", light="#fff", omitsize=True
    )
    context = {
        "activity": found,
        "digits": digits,
        # Drawn by segno: paths alone.
        "picture": mark_safe(drawn),
        "counted": queries.attendance_of(activity=found),
        "is_open": _is_open(found),
    }
    response = page_or_piece(
        request, page="activities/door.html", piece="activities/_door_code.html", context=context
    )
    response["Cache-Control"] = "no-store"
    return response


@require_safe
@staff_page
def checking(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Reading codes, writing down by hand, confirming, counting heads."""
    actor, found = activity_of_ours(request, uuid)
    return _shown(request, actor, found)


def _shown(
    request: HttpRequest, actor: Actor, found: Activity, *, name: str = "", form: forms.Form | None = None
) -> HttpResponse:
    text, counts = request.GET.get("q", "")[:TYPED], queries.head_counts(activity=found)
    context: dict[str, Any] = {
        "activity": found,
        "counted": queries.attendance_of(activity=found),
        "is_open": _is_open(found),
        "scan_form": ScanForm(auto_id="scan_%s"),
        "heads_form": HeadsForm(auto_id="heads_%s", counts=counts),
        "counts": counts,
        "times": (times := _times(actor, found)),
        "to_confirm": [one.row.uuid for one in times if not one.is_mine][:MOST_AT_ONCE],
        "not_written": [
            NotWritten(row, refused_at_door(outcome=row.outcome))
            for row in queries.not_written_at(activity=found)[:MOST_NOT_WRITTEN]
        ],
        "text": text,
        "people": residents_found(text=text if text.isprintable() else ""),
    }
    keep_typed(context, name=name, form=form)
    return render(request, "activities/checking.html", context)


def _is_open(found: Activity) -> bool:
    return is_door_open(state=found.state, direction=Direction.OUT.value, span=found.span, at=now())


def _times(actor: Actor, found: Activity) -> list[ToConfirm]:
    reasons = dict(REASONS)
    return [
        ToConfirm(
            row, reasons.get(row.reason_code) or _how(row),
            is_mine=row.is_told_by(account_id=actor.account_id, person_id=actor.person_id),
        )
        for row in queries.times_to_confirm(activity=found)
    ]  # fmt: skip


def _how(row: UnconfirmedMark) -> str:
    return way_words(
        way=row.way, distance_m=row.distance_m, accuracy_m=row.accuracy_m, measured_to=row.measured_to
    )


@require_POST
@staff_page
def scan(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Write down whose code was read; read twice it is the same. Where the page reads on, only the answer is sent."""
    actor, found = door_of_ours(request, uuid)
    told = _scanned(actor, found, ScanForm(request.POST))
    if is_fragment(request):
        # How many there are, the page asks by itself now and then: counted at each coming it would cost more than it.
        return render(request, "activities/_scanned.html", {"told": told})
    (messages.success if told.came else messages.error)(request, told.sentence)
    return go_to(request, reverse("activities:checking", args=[uuid]))


def _scanned(actor: Actor, found: Activity, form: ScanForm) -> Scanned:
    if not form.is_valid():
        return Scanned(gettext("Nothing could be read. Please try again."), "overdue")
    data = form.cleaned_data
    try:
        came = operations.scan(
            actor=actor, at=now(), activity=found, text=data["text"], direction=data["direction"]
        )
    except (*REFUSALS, ReadByAnother) as refusal:
        return Scanned(str(refusal), "overdue")
    return Scanned(_came_words(came), "done" if came.is_new else "soon", came)


def _came_words(came: Came) -> str:
    """Say what was written down, or that it stood there before."""
    facts = {"name": came.mark.person.name}
    if not came.is_new:
        return gettext("%(name)s was written down before.") % facts
    if came.mark.direction == Direction.OUT:
        return gettext("%(name)s has gone. Thank you!") % facts
    if came.helps:
        return gettext("%(name)s is here to help.") % facts
    return gettext("%(name)s is here.") % facts


@require_http_methods(AND_WRITES)
@staff_page
@once_per_form
def hand(request: HttpRequest, uuid: UUID, person: UUID) -> HttpResponse:
    """Write somebody down by hand, with a reason."""
    actor, found = activity_of_ours(request, uuid)
    resident = queries.person_at_door(activity=found, uuid=person)
    posted = request.POST if request.method == "POST" else None
    form = HandForm(posted, initial=_as_told(request, found))
    if posted is not None and form.is_valid():
        try:
            came = operations.mark_by_hand(
                actor=actor, at=now(), activity=found, person=resident, **form.cleaned_data
            )
        except REFUSALS as refusal:
            put_errors(form, refusal)
        else:
            messages.success(request, _came_words(came))
            return go_to(request, reverse("activities:checking", args=[uuid]))
    context = {
        "form": form, "activity": found, "person": resident,
        "times": queries.own_times(activity=found, person_id=resident.pk),
    }  # fmt: skip
    return render(request, "activities/hand.html", context, status=422 if form.errors else 200)


def _as_told(request: HttpRequest, found: Activity) -> dict[str, Any]:
    """Return what a telephone told that is now written by hand; nothing where none is named."""
    uuid = read_uuid(request.GET.get("told", ""))
    if uuid is None:
        return {}
    kept = queries.not_written(activity=found, uuid=uuid)
    return {
        "direction": kept.direction, "when": localtime(kept.claimed_at), "reason": HandReason.NO_NETWORK.value
    }  # fmt: skip


@require_POST
@staff_page
@once_per_form
def judge(request: HttpRequest, uuid: UUID, mark: UUID) -> HttpResponse:
    """Say as the second person that a time is right, or that it is not."""
    actor, found = activity_of_ours(request, uuid)
    written, form = mark_by_uuid(uuid=mark), JudgeForm(request.POST)
    return act_by_form(
        request, form=form, url=reverse("activities:checking", args=[uuid]), done=_("Kept."),
        write=lambda _typed: operations.judge_mark(
            actor=actor, at=now(), activity=found, written=written, is_right=form.is_right
        ),
    )  # fmt: skip


@require_POST
@staff_page
@once_per_form
def judge_all(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Say as the second person that all times which the page showed are right."""
    actor, found = activity_of_ours(request, uuid)
    marks = [known for told in request.POST.getlist("mark")[:MOST_AT_ONCE] if (known := read_uuid(told))]
    said = operations.judge_all_right(actor=actor, at=now(), activity=found, marks=marks)
    told = ngettext("One time is confirmed.", "%(said)s times are confirmed.", said) % {"said": said}
    (messages.success if said else messages.info)(request, told)
    return go_to(request, reverse("activities:checking", args=[uuid]))


@require_POST
@staff_page
@once_per_form
def heads(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Keep how many people were counted."""
    actor, found = activity_of_ours(request, uuid)
    form = HeadsForm(request.POST, counts=queries.head_counts(activity=found))
    return act_by_form(
        request, form=form, url=reverse("activities:checking", args=[uuid]), done=_("Kept."),
        write=lambda _typed: operations.count_heads(actor=actor, at=now(), activity=found, **form.typed()),
        page=lambda refused: _shown(request, actor, found, name="heads_form", form=refused),
    )  # fmt: skip


@require_safe
@staff_page
def came(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Who came, to help or as a guest, the latest first."""
    _actor, found = activity_of_ours(request, uuid)
    rows, sort = (
        queries.came_to(activity=found),
        asked_sort(request, columns=COLUMNS, default="-came_key"),
    )
    context = {
        "activity": found,
        "page": page_of(request, rows=rows, sort=sort),
        "list": list_view(request, columns=COLUMNS, sort=sort, rows=rows),
        "counted": queries.attendance_of(activity=found),
    }
    return render(request, "activities/came.html", context)
