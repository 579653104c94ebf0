"""Counting on a telephone while the fair goes on: one card a stall, large buttons."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from sidan.activities.policies import is_door_open
from sidan.activities.queries import attendance_of
from sidan.attendance.enums import Direction
from sidan.core.clock import now
from sidan.core.idempotency import once_per_form
from sidan.core.pages import act_by_form
from sidan.fairs import operations, queries
from sidan.fairs.forms import CorrectForm, CountForm
from sidan.fairs.operations.locking import MARKED_IN
from sidan.fairs.views.shared import fair_of_ours, staff_page


@require_safe
@staff_page
def board(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Every stall that somebody has, with what it served and buttons for more."""
    _actor, found = fair_of_ours(request, uuid)
    stalls = queries.stalls_of(activity=found)
    context = {
        "activity": found,
        "stalls": [told for told in stalls if told.holder is not None],
        "sums": queries.sums_of(stalls=stalls),
        "heads": attendance_of(activity=found).heads,
        "is_open": is_door_open(state=found.state, direction=Direction.OUT.value, span=found.span, at=now()),
        "marks": found.state in MARKED_IN,
    }  # fmt: skip
    return render(request, "fairs/board.html", context)


@require_POST
@staff_page
@once_per_form
def count(request: HttpRequest, uuid: UUID, stall: UUID) -> HttpResponse:
    """So many more were served."""
    actor, found = fair_of_ours(request, uuid)
    told = queries.stall_told(activity=found, uuid=stall)
    if request.POST.get("from") == "board":
        url = f"{reverse('fairs:board', args=[uuid])}#stall-{told.stall.number}"
    else:
        url = reverse("fairs:stall", args=[uuid, stall])
    return act_by_form(
        request, form=CountForm(request.POST), url=url, done=_("Counted."),
        write=lambda typed: operations.count_served(actor=actor, at=now(), stall=told.stall, **typed),
    )  # fmt: skip


@require_POST
@staff_page
@once_per_form
def correct(request: HttpRequest, uuid: UUID, stall: UUID, count: UUID) -> HttpResponse:
    """Put a count right."""
    actor, found = fair_of_ours(request, uuid)
    row = queries.count_by_uuid(stall=queries.stall_by_uuid(activity=found, uuid=stall), uuid=count)
    return act_by_form(
        request, form=CorrectForm(request.POST), url=reverse("fairs:stall", args=[uuid, stall]),
        done=_("Put right."),
        write=lambda typed: operations.correct_count(actor=actor, at=now(), count=row, **typed),
    )  # fmt: skip
