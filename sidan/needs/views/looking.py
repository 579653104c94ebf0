"""Numbers in what people wrote, shown to the office of the place; each look is written down."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from sidan.core.clock import now
from sidan.core.errors import NotFound
from sidan.core.requests import actor_of
from sidan.needs import operations, queries
from sidan.needs.forms import SheetSearch
from sidan.needs.views.needs import need_page
from sidan.needs.views.shared import staff_page
from sidan.needs.views.surveys import survey_page


@require_POST
@staff_page
def look(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Show the note of a need with its numbers."""
    found = queries.need_by_uuid(uuid=uuid)
    note = operations.look_at_note(actor=actor_of(request), at=now(), need=found)
    return need_page(request, found, note=note)


@require_POST
@staff_page
def look_at_sheet(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Show what one sheet says with its numbers."""
    found, form = queries.survey_by_uuid(uuid=uuid), SheetSearch(request.POST)
    if not form.is_valid():
        raise NotFound
    sheet = operations.look_at_sheet(
        actor=actor_of(request), at=now(), survey=found, sheet=form.cleaned_data["sheet"]
    )
    return survey_page(request, found, opened=sheet.uuid)
