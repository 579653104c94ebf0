"""Ordering for a resident over the API, with the consent kept as on the page: said, signed, or the paper's picture."""

from django.http import HttpRequest
from ninja import File, Router, Status, UploadedFile
from ninja.decorators import decorate_view

from sidan.core.clock import now
from sidan.core.idempotency import idempotent
from sidan.core.requests import actor_of
from sidan.orders import operations, queries
from sidan.orders.consenting import ConsentOut, PaperOut
from sidan.orders.permissions import CONSENT_PAPER, require_any_entering
from sidan.orders.schemas import OrderForIn, PlacedOut
from sidan.people.queries import resident_by_uuid

router = Router(tags=["orders"])


@router.post("/on-behalf", response={201: PlacedOut}, summary="Place an order for a resident")
@decorate_view(idempotent)
def place_order_for(request: HttpRequest, payload: OrderForIn) -> Status[PlacedOut]:
    """Enter an order for a resident of one's own place; counted apart."""
    actor, person = actor_of(request), resident_by_uuid(uuid=payload.person)
    consent = operations.consent_named(actor=actor, way=payload.consent, paper=payload.paper)
    order = operations.place_order_for(
        actor=actor, at=now(), wish=payload.wish(), person=person, consent=consent
    )
    return Status(201, PlacedOut.of_placed(order, payload.need))


@router.post("/on-behalf/papers", response={201: PaperOut}, summary="Keep the picture of a signed paper")
def keep_paper(request: HttpRequest, picture: File[UploadedFile]) -> Status[PaperOut]:
    """Store the picture (JPEG, PNG or WebP, at most 12 MB) that an order placed within a day names as its consent."""
    actor = actor_of(request)
    # Before the picture is stored: who enters for nobody shall leave nothing here.
    require_any_entering(actor=actor)
    return Status(201, PaperOut.keep(actor=actor, at=now(), picture=picture, purpose=CONSENT_PAPER))


@router.get("/{number}/consents", response=list[ConsentOut], summary="How the resident agreed")
def list_consents(request: HttpRequest, number: str) -> list[ConsentOut]:
    """Each yes with who heard it, for the resident and the staff whose office opens the order."""
    reader, order = actor_of(request), queries.order_by_number(number=number)
    told = queries.consents_shown(order=order, reader=reader)
    return [ConsentOut.of(consent, reader=reader) for consent in told]
