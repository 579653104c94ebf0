"""Whose a room is: written down by who runs it, and whom to call looked up."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from sidan.bookings import operations, queries
from sidan.bookings.owner_forms import OwnerForm
from sidan.bookings.permissions import require_running
from sidan.bookings.views.rooms import shown
from sidan.bookings.views.shared import staff_page
from sidan.core.clock import now
from sidan.core.htmx import go_to
from sidan.core.idempotency import once_per_form
from sidan.core.pages import AND_WRITES, REFUSALS, put_errors
from sidan.core.requests import actor_of


@require_http_methods(AND_WRITES)
@staff_page
@once_per_form
def owner(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Write down whose a room is and until when it is lent."""
    actor, found = actor_of(request), queries.room_by_uuid(uuid=uuid)
    require_running(actor=actor, place_id=found.place_id, county_id=found.county_id)
    posted = request.POST if request.method == "POST" else None
    form, url = OwnerForm(posted, initial=OwnerForm.known(found)), reverse("bookings:staff_room", args=[uuid])
    if posted is not None and form.is_valid():
        try:
            operations.say_whose_room(actor=actor, at=now(), room=found, told=form.told())
        except REFUSALS as refusal:
            put_errors(form, refusal, field="lent_until")
        else:
            messages.success(request, str(_("It is written down whose the room is.")))
            return go_to(request, url)
    context = {"form": form, "room": found, "back_url": url}
    return render(request, "bookings/owner_form.html", context, status=422 if form.errors else 200)


@require_POST
@staff_page
def look(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Show whom to call about a room of others; that one looked is written down."""
    found = queries.room_by_uuid(uuid=uuid)
    contact = operations.look_at_owner(actor=actor_of(request), at=now(), room=found)
    return shown(request, uuid, contact=contact)
