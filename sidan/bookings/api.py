"""Rooms and bookings over the API: the same operations and the same permissions as the pages."""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router, Status
from ninja.decorators import decorate_view

from sidan.bookings import operations, queries
from sidan.bookings.models import Booking
from sidan.bookings.permissions import may_read_words, require_desk, require_running
from sidan.bookings.schemas import (
    BookerOut,
    BookingDeskOut,
    BookingIn,
    BookingNoteIn,
    BookingOut,
    BookingPageOut,
    ClosedRoomOut,
    DeskBookingOut,
    HoldIn,
    NewRoomIn,
    OneBookingOut,
    OneRoomOut,
    PurposeCode,
    RoomContactOut,
    RoomDayOut,
    RoomIn,
    RoomOut,
    RoomOwnerIn,
    RoomPageOut,
)
from sidan.core.clock import now
from sidan.core.errors import NotFound
from sidan.core.idempotency import idempotent
from sidan.core.pages import office
from sidan.core.pagination import MAX_LIMIT, keyset_page
from sidan.core.requests import actor_of
from sidan.people.queries import resident_by_uuid
from sidan.places.models import Place
from sidan.places.queries import place_by_uuid

rooms_router = Router(tags=["rooms"])
bookings_router = Router(tags=["rooms"])
Cursor = Annotated[str | None, Query(max_length=1000)]
Limit = Annotated[int, Query(ge=1, le=MAX_LIMIT)]
Text = Annotated[str, Query(max_length=60)]


@rooms_router.get("", response=RoomPageOut, summary="Rooms that can be asked for")
def list_rooms(
    request: HttpRequest, place: UUID | None = None, q: Text = "", seats: Annotated[int, Query(ge=0)] = 0,
    cursor: Cursor = None, limit: Limit = 50,
) -> RoomPageOut:  # fmt: skip
    """Open rooms; with a place those of its county, its own first."""
    actor_of(request)
    rows = queries.rooms_near(near=_place(place) if place else None, text=q, seats=seats)
    page = keyset_page(rows=rows, sort="near_key", cursor=cursor, limit=limit)
    return RoomPageOut(items=[RoomOut.of(room) for room in page.items], next_cursor=page.next_cursor)


@rooms_router.get("/office", response=RoomPageOut, summary="The rooms of one's office")
def list_office_rooms(
    request: HttpRequest, q: Text = "", state: Literal["", "open", "closed"] = "",
    whose: Literal["", "own", "others"] = "", cursor: Cursor = None, limit: Limit = 50,
) -> RoomPageOut:  # fmt: skip
    """Open and closed rooms of the places one works for."""
    require_desk(actor=actor_of(request))
    with office(public=False):
        rows = queries.rooms_of_office(text=q, state=state, whose=whose)
        page = keyset_page(rows=rows, sort="id", cursor=cursor, limit=limit)
        return RoomPageOut(items=[RoomOut.of(room) for room in page.items], next_cursor=page.next_cursor)


@rooms_router.post("", response={201: RoomOut}, summary="Let a room be booked")
@decorate_view(idempotent)
def open_room(request: HttpRequest, payload: NewRoomIn) -> Status[RoomOut]:
    """Enter a room of a place whose rooms one runs."""
    made = operations.open_room(
        actor=actor_of(request), at=now(), place=_place(payload.place), told=payload.told()
    )
    return Status(201, RoomOut.of(made))


@rooms_router.get("/{room_id}", response=OneRoomOut, summary="One room")
def read_room(request: HttpRequest, room_id: UUID) -> OneRoomOut:
    """One room with its hours; a closed one to who works for its place."""
    actor_of(request)
    found = queries.room_by_uuid(uuid=room_id)
    return OneRoomOut.with_hours(found, queries.parts_of(room=found))


@rooms_router.put("/{room_id}", response=RoomOut, summary="Change a room")
@decorate_view(idempotent)
def change_room(request: HttpRequest, room_id: UUID, payload: RoomIn) -> RoomOut:
    """Write what is known of a room anew, hours and all; what is booked stays booked."""
    found = queries.room_by_uuid(uuid=room_id)
    return RoomOut.of(
        operations.change_room(actor=actor_of(request), at=now(), room=found, told=payload.told())
    )


@rooms_router.get("/{room_id}/week", response=list[RoomDayOut], summary="A week of a room")
def read_week(request: HttpRequest, room_id: UUID, day: date | None = None) -> list[RoomDayOut]:
    """Seven days from the Monday of `day` on (without one, of today): what is free and what is not, never by whom."""
    actor_of(request)
    at, found = now(), queries.room_by_uuid(uuid=room_id)
    days = queries.week_from(monday=queries.monday_of(day=queries.day_near(day=day, at=at)))
    return [
        RoomDayOut.of(one)
        for one in queries.room_days(room=found, days=days, at=at, until=queries.asked_until(at=at))
    ]


@rooms_router.post("/{room_id}/ask", response={201: BookingOut}, summary="Ask for a room")
@decorate_view(idempotent)
def ask_room(request: HttpRequest, room_id: UUID, payload: BookingIn) -> Status[BookingOut]:
    """Ask for a room within its hours; who runs it answers. `room_taken` names the times when it is taken."""
    found = queries.room_by_uuid(uuid=room_id)
    made = operations.ask_room(
        actor=actor_of(request), at=now(), room=found, span=payload.span(), wanted=payload.wanted()
    )
    return Status(201, BookingOut.of(made))


@rooms_router.post("/{room_id}/hold", response={201: BookingOut}, summary="Hold a room straight away")
@decorate_view(idempotent)
def hold_room(request: HttpRequest, room_id: UUID, payload: HoldIn) -> Status[BookingOut]:
    """Hold a room that one runs, at any hour, for the place or for a resident."""
    actor, found = actor_of(request), queries.room_by_uuid(uuid=room_id)
    require_running(actor=actor, place_id=found.place_id, county_id=found.county_id)
    person = resident_by_uuid(uuid=payload.person) if payload.person else None
    made = operations.hold_room(
        actor=actor, at=now(), room=found, span=payload.span(), wanted=payload.wanted(), asker=person
    )
    return Status(201, BookingOut.of(made))


@rooms_router.post("/{room_id}/close", response=ClosedRoomOut, summary="Close a room")
@decorate_view(idempotent)
def close_room(request: HttpRequest, room_id: UUID, payload: BookingNoteIn) -> ClosedRoomOut:
    """Let a room be booked no longer, and cancel what is ahead with these words."""
    found = queries.room_by_uuid(uuid=room_id)
    count = operations.close_room(actor=actor_of(request), at=now(), room=found, words=payload.words)
    return ClosedRoomOut(**RoomOut.of(found).dict(), cancelled=count)


@rooms_router.put("/{room_id}/owner", response=RoomOut, summary="Write down whose a room is")
@decorate_view(idempotent)
def say_whose_room(request: HttpRequest, room_id: UUID, payload: RoomOwnerIn) -> RoomOut:
    """Whose it is and how long it is lent: afterwards nothing can be booked. What is booked beyond refuses it."""
    actor, found = actor_of(request), queries.room_by_uuid(uuid=room_id)
    return RoomOut.of(operations.say_whose_room(actor=actor, at=now(), room=found, told=payload.told()))


@rooms_router.post("/{room_id}/owner/look", response=RoomContactOut, summary="Show whom to call about a room")
def look_at_owner(request: HttpRequest, room_id: UUID) -> RoomContactOut:
    """Whom to call about a room of others, for who runs it; each look is recorded."""
    found = queries.room_by_uuid(uuid=room_id)
    contact = operations.look_at_owner(actor=actor_of(request), at=now(), room=found)
    return RoomContactOut(person=contact.person, phone=contact.phone)


@rooms_router.post("/{room_id}/reopen", response=RoomOut, summary="Let a closed room be booked again")
@decorate_view(idempotent)
def reopen_room(request: HttpRequest, room_id: UUID) -> RoomOut:
    """Open a closed room again."""
    found = queries.room_by_uuid(uuid=room_id)
    return RoomOut.of(operations.reopen_room(actor=actor_of(request), at=now(), room=found))


@bookings_router.get("", response=BookingDeskOut, summary="The bookings of one's office")
def list_bookings(
    request: HttpRequest, chip: Literal["", "coming", "over", "ended"] = "", purpose: PurposeCode | None = None,
    q: Text = "", cursor: Cursor = None, limit: Limit = 50,
) -> BookingDeskOut:  # fmt: skip
    """What is to be answered; with a chip what is coming, what is over, what was refused or cancelled."""
    actor = actor_of(request)
    require_desk(actor=actor)
    chosen = queries.BookingFilter(at=now(), chip=chip, purpose=purpose or "", text=q)
    with office(public=False):
        rows = queries.desk(actor=actor, chosen=chosen)
        page = keyset_page(rows=rows, sort="begins_key", cursor=cursor, limit=limit)
    return BookingDeskOut(
        items=[DeskBookingOut.of_desk(one, clashes=one.clashes) for one in page.items],  # type: ignore[attr-defined] # annotated by the desk
        next_cursor=page.next_cursor,
    )


@bookings_router.get("/mine", response=BookingPageOut, summary="My own bookings, the latest first")
def list_my_bookings(request: HttpRequest, cursor: Cursor = None, limit: Limit = 50) -> BookingPageOut:
    """What I asked for, and what was booked for me."""
    rows = queries.my_bookings(actor=actor_of(request))
    page = keyset_page(rows=rows, sort="-begins_key", cursor=cursor, limit=limit)
    return BookingPageOut(items=[BookingOut.of(one) for one in page.items], next_cursor=page.next_cursor)


@bookings_router.get("/{booking_id}", response=OneBookingOut, summary="One booking")
def read_booking(request: HttpRequest, booking_id: UUID) -> OneBookingOut:
    """A booking of one's own, or of a place one works for, with what happened."""
    actor, found = actor_of(request), queries.booking_by_uuid(uuid=booking_id)
    text = queries.text_of(actor=actor, booking=found)
    told = OneBookingOut.with_steps(found, text, queries.history(booking=found))
    return (
        told if may_read_words(actor=actor, booking=found) else told.model_copy(update={"organisation": None})
    )


@bookings_router.post("/{booking_id}/cancel", response=BookingOut, summary="Cancel a booking")
@decorate_view(idempotent)
def cancel_booking(request: HttpRequest, booking_id: UUID, payload: BookingNoteIn) -> BookingOut:
    """Cancel one's own before it begins; who runs the room cancels any, and says why."""
    actor, found = actor_of(request), queries.booking_by_uuid(uuid=booking_id)
    return BookingOut.of(operations.cancel_booking(actor=actor, at=now(), booking=found, words=payload.words))


@bookings_router.post("/{booking_id}/grant", response=BookingOut, summary="Give the room")
@decorate_view(idempotent)
def grant_booking(request: HttpRequest, booking_id: UUID, payload: BookingNoteIn) -> BookingOut:
    """Give the room to who asked for it. `room_taken` names the times when somebody else has it."""
    actor, found = actor_of(request), _of_office(booking_id)
    return BookingOut.of(operations.grant_booking(actor=actor, at=now(), booking=found, words=payload.words))


@bookings_router.post("/{booking_id}/refuse", response=BookingOut, summary="Refuse and say why")
@decorate_view(idempotent)
def refuse_booking(request: HttpRequest, booking_id: UUID, payload: BookingNoteIn) -> BookingOut:
    """Say that the room cannot be had, and why."""
    actor, found = actor_of(request), _of_office(booking_id)
    return BookingOut.of(operations.refuse_booking(actor=actor, at=now(), booking=found, words=payload.words))


@bookings_router.post("/{booking_id}/look", response=BookerOut, summary="Show the telephone")
def look_at_contact(request: HttpRequest, booking_id: UUID) -> BookerOut:
    """The telephone of whose booking it is, for who runs the room; each look is recorded."""
    phone = operations.look_at_contact(actor=actor_of(request), at=now(), booking=_of_office(booking_id))
    return BookerOut(phone=phone)


def _of_office(booking_id: UUID) -> Booking:
    with office(public=False):
        return queries.booking_by_uuid(uuid=booking_id)


def _place(uuid: UUID) -> Place:
    found = place_by_uuid(uuid=uuid)
    if found is None:
        raise NotFound
    return found
