"""Turns in rooms over the API: the same operations and the same permissions as the pages."""

from typing import Annotated, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router, Status
from ninja.decorators import decorate_view

from sidan.bookings import operations, queries
from sidan.bookings.models import RoomTurns
from sidan.bookings.operations.turns import NotATaker
from sidan.bookings.permissions import require_desk
from sidan.bookings.queries import turns as asked
from sidan.bookings.turn_schemas import (
    EndTurnsIn,
    GiveTurnIn,
    OneTurnsOut,
    TurnDayIn,
    TurnsIn,
    TurnsOut,
    TurnsPageOut,
)
from sidan.core.clock import now
from sidan.core.idempotency import idempotent
from sidan.core.pages import office
from sidan.core.pagination import MAX_LIMIT, keyset_page
from sidan.core.requests import actor_of

turns_router = Router(tags=["rooms"])
Cursor = Annotated[str | None, Query(max_length=1000)]
Limit = Annotated[int, Query(ge=1, le=MAX_LIMIT)]


@turns_router.get("/turns", response=TurnsPageOut, summary="Who takes turns in the rooms of one's office")
def list_turns(
    request: HttpRequest, q: Annotated[str, Query(max_length=60)] = "", state: Literal["", "active", "ended"] = "",
    cursor: Cursor = None, limit: Limit = 50,
) -> TurnsPageOut:  # fmt: skip
    """The rules of the places one works for."""
    require_desk(actor=actor_of(request))
    with office(public=False):
        rows = asked.turns_of_office(text=q, state=state)
        page = keyset_page(rows=rows, sort="id", cursor=cursor, limit=limit)
        return TurnsPageOut(items=[TurnsOut.of(one) for one in page.items], next_cursor=page.next_cursor)


@turns_router.post(
    "/rooms/{room_id}/turns", response={201: OneTurnsOut}, summary="Let organisations take turns"
)
@decorate_view(idempotent)
def begin_turns(request: HttpRequest, room_id: UUID, payload: TurnsIn) -> Status[OneTurnsOut]:
    """Let organisations take turns in a room on a weekday; the room is booked ahead by itself."""
    actor, room = actor_of(request), queries.room_by_uuid(uuid=room_id)
    made = operations.begin_turns(actor=actor, at=now(), room=room, told=payload.told())
    return Status(201, _told(made.uuid))


@turns_router.get("/turns/{turns_id}", response=OneTurnsOut, summary="One rule with its next twelve days")
def read_turns(request: HttpRequest, turns_id: UUID) -> OneTurnsOut:
    """Whose turn each of the next twelve days is, and what became of it."""
    require_desk(actor=actor_of(request))
    return _told(turns_id)


@turns_router.post("/turns/{turns_id}/leave-out", response=OneTurnsOut, summary="Leave a day out")
@decorate_view(idempotent)
def leave_out_turn(request: HttpRequest, turns_id: UUID, payload: TurnDayIn) -> OneTurnsOut:
    """The room is free on that day, and nobody's turn moves."""
    actor, found = actor_of(request), _of_office(turns_id)
    operations.leave_out_turn(actor=actor, at=now(), turns=found, day=payload.day, words=payload.words)
    return _told(turns_id)


@turns_router.post("/turns/{turns_id}/give", response=OneTurnsOut, summary="Give a day to another of them")
@decorate_view(idempotent)
def give_turn(request: HttpRequest, turns_id: UUID, payload: GiveTurnIn) -> OneTurnsOut:
    """All other days stay whose they are."""
    actor, found = actor_of(request), _of_office(turns_id)
    taker = next((one for one in found.takers.all() if one.name == payload.taker), None)
    if taker is None:
        raise NotATaker
    operations.give_turn(
        actor=actor, at=now(), turns=found, day=payload.day, taker=taker, words=payload.words
    )
    return _told(turns_id)


@turns_router.post("/turns/{turns_id}/end", response=OneTurnsOut, summary="End turns")
@decorate_view(idempotent)
def end_turns(request: HttpRequest, turns_id: UUID, payload: EndTurnsIn) -> OneTurnsOut:
    """Nobody takes turns any more; what is booked ahead is cancelled."""
    actor, found = actor_of(request), _of_office(turns_id)
    operations.end_turns(actor=actor, at=now(), turns=found, words=payload.words)
    return _told(turns_id)


def _of_office(uuid: UUID) -> RoomTurns:
    with office(public=False):
        return asked.turns_by_uuid(uuid=uuid)


def _told(uuid: UUID) -> OneTurnsOut:
    found = _of_office(uuid)
    return OneTurnsOut.with_days(found, asked.coming_turns(turns=found, at=now()))
