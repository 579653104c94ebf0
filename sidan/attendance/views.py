"""One's own leave to have the place of one's telephone read at a check-in, and one's own code to be read by staff."""

import segno
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from sidan.attendance import operations
from sidan.attendance.queries import has_consented, own_code
from sidan.core.clock import now
from sidan.core.htmx import go_to, page_or_piece
from sidan.core.requests import actor_of
from sidan.people.permissions import require_signed_in


@require_safe
def location(request: HttpRequest) -> HttpResponse:
    """What is read, when and for how long; allowing and withdrawing."""
    _account_id, person_id = require_signed_in(actor=actor_of(request))
    context = {"has_consented": has_consented(person_id=person_id)}
    return render(request, "attendance/location.html", context)


@require_safe
def my_code(request: HttpRequest) -> HttpResponse:
    """One's own code, large, for who stands at a door; the piece alone is fetched anew."""
    _account_id, person_id = require_signed_in(actor=actor_of(request))
    code = own_code(person_id=person_id, at=now())
    drawn = segno.make(str(code.code), error="m").svg_inline(
        border=4, dark="#000", light="#fff", omitsize=True
    )
    # Drawn by segno from capitals and digits alone.
    context = {"picture": mark_safe(drawn), "name": code.name}
    response = page_or_piece(
        request, page="attendance/code.html", piece="attendance/_code.html", context=context
    )
    response["Cache-Control"] = "no-store"
    return response


@require_POST
def allow(request: HttpRequest) -> HttpResponse:
    """Allow it; twice is the same."""
    operations.give_location_consent(actor=actor_of(request), at=now())
    messages.success(request, _("Allowed. You can take it back here at any time."))
    return go_to(request, reverse("attendance:location"))


@require_POST
def withdraw(request: HttpRequest) -> HttpResponse:
    """Take it back; points still kept are removed at once."""
    operations.revoke_location_consent(actor=actor_of(request), at=now())
    messages.success(request, _("Taken back. The points that were still kept are removed."))
    return go_to(request, reverse("attendance:location"))
