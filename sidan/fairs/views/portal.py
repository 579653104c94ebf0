"""What everybody sees of a stall: who is there with what, and what can be ordered."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from sidan.core.requests import asker_of
from sidan.fairs import queries
from sidan.people.permissions import may_open_teams


@require_safe
def stall(request: HttpRequest, uuid: UUID, stall: UUID) -> HttpResponse:
    """One stall of a fair: where its sign leads to."""
    found = queries.fair_by_uuid(uuid=uuid)
    context = {
        "activity": found,
        "told": queries.stall_told(activity=found, uuid=stall),
        "may_open_team": may_open_teams(actor=asker_of(request)),
    }
    return render(request, "fairs/public_stall.html", context)
