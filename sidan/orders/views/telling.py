"""The code of the door, read out on the telephone by who works where the order is held."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from sidan.core.clock import now
from sidan.core.htmx import is_fragment, page_or_piece
from sidan.core.pages import REFUSALS, staff_page
from sidan.core.requests import actor_of
from sidan.orders import operations, queries
from sidan.orders.permissions import require_order_staff
from sidan.orders.views.acts import PAGE, order_context, refused


@require_POST
@staff_page(require_order_staff)
def code(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Show the code once; who looked is written down."""
    found = queries.order_by_uuid(uuid=uuid)
    try:
        codes = operations.look_at_code(actor=actor_of(request), at=now(), order=found)
    except REFUSALS as refusal:
        return refused(request, uuid, refusal)
    context: dict[str, Any] = {"door_codes": codes, "order": found}
    if not is_fragment(request):
        context |= order_context(request, found)
    return page_or_piece(request, page=PAGE, piece="orders/console/_door_code.html", context=context)
