"""Who heads a place, over the API."""

from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Status
from ninja.decorators import decorate_view

from sidan.core.actor import Actor
from sidan.core.clock import now
from sidan.core.idempotency import idempotent
from sidan.core.requests import actor_of
from sidan.people import operations, permissions, queries
from sidan.people.api.shared import place_of
from sidan.people.schemas import LastDayIn, TermIn, TermOut
from sidan.places.models import Place

router = Router(tags=["places"])


@router.get("/{uuid:place_id}/directors", response=list[TermOut], summary="Who heads or headed a place")
def list_directors(request: HttpRequest, place_id: UUID) -> list[TermOut]:
    """Return the terms of a place one manages, the latest first."""
    _actor, place = _managed(request, place_id)
    return [TermOut.of(term) for term in queries.directors_of(place_id=place.pk)]


@router.post("/{uuid:place_id}/directors", response={201: TermOut}, summary="Write down who heads a place")
@decorate_view(idempotent)
def appoint_director(request: HttpRequest, place_id: UUID, payload: TermIn) -> Status[TermOut]:
    """Write a term down; without a last day it is open."""
    actor, place = _managed(request, place_id)
    term = operations.appoint_director(
        actor=actor, at=now(), place_id=place.pk, person_uuid=payload.person_id,
        **payload.model_dump(exclude={"person_id"}),
    )  # fmt: skip
    return Status(201, TermOut.of(term))


@router.post(
    "/{uuid:place_id}/directors/{uuid:term_id}/end", response=TermOut, summary="End a term with a day"
)
def end_term(request: HttpRequest, place_id: UUID, term_id: UUID, payload: LastDayIn) -> TermOut:
    """End a term; the day given is its last."""
    actor, _place = _managed(request, place_id)
    return TermOut.of(operations.end_term(actor=actor, at=now(), uuid=term_id, last_day=payload.last_day))


def _managed(request: HttpRequest, place_id: UUID) -> tuple[Actor, Place]:
    actor, place = actor_of(request), place_of(place_id)
    permissions.require_managing(actor=actor, place_id=place.pk)
    return actor, place
