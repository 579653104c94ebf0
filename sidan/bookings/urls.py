"""Rooms: /rooms/… and /bookings/… for everybody, /console/rooms/… and /console/bookings/… for staff."""

from django.urls import path

from sidan.bookings.views import desk, owners, portal, rooms, turns

app_name = "bookings"
ROOM = "rooms/<uuid:uuid>/"
ONE = "bookings/<uuid:uuid>/"
DESK = "console/bookings/"
STAFF = f"{DESK}<uuid:uuid>/"
ROOMS = "console/rooms/"
STAFF_ROOM = f"{ROOMS}<uuid:uuid>/"
TURNS = "console/turns/"
ONE_TURNS = f"{TURNS}<uuid:uuid>/"

urlpatterns = [
    path("rooms/", portal.rooms, name="rooms"),
    path(ROOM, portal.room, name="room"),
    path(f"{ROOM}ask/", portal.ask, name="ask"),
    path("bookings/", portal.mine, name="mine"),
    path(ONE, portal.booking, name="booking"),
    path(f"{ONE}cancel/", portal.cancel, name="cancel"),
    path(DESK, desk.desk, name="desk"),
    path(f"{DESK}export/", desk.export, name="export"),
    path(STAFF, desk.booking, name="staff_booking"),
    path(f"{STAFF}grant/", desk.grant, name="grant"),
    path(f"{STAFF}refuse/", desk.refuse, name="refuse"),
    path(f"{STAFF}cancel/", desk.cancel, name="staff_cancel"),
    path(f"{STAFF}look/", desk.look, name="look"),
    path(ROOMS, rooms.rooms, name="staff_rooms"),
    path(f"{ROOMS}export/", rooms.export, name="export_rooms"),
    path(f"{ROOMS}new/", rooms.new, name="new_room"),
    path(STAFF_ROOM, rooms.room, name="staff_room"),
    path(f"{STAFF_ROOM}change/", rooms.change, name="change_room"),
    path(f"{STAFF_ROOM}close/", rooms.close, name="close_room"),
    path(f"{STAFF_ROOM}reopen/", rooms.reopen, name="reopen_room"),
    path(f"{STAFF_ROOM}turns/", turns.new, name="new_turns"),
    path(TURNS, turns.turns, name="turns"),
    path(f"{TURNS}export/", turns.export, name="export_turns"),
    path(ONE_TURNS, turns.one, name="one_turns"),
    path(f"{ONE_TURNS}leave-out/", turns.leave_out, name="leave_out_turn"),
    path(f"{ONE_TURNS}give/", turns.give, name="give_turn"),
    path(f"{ONE_TURNS}end/", turns.end, name="end_turns"),
    path(f"{STAFF_ROOM}owner/", owners.owner, name="owner"),
    path(f"{STAFF_ROOM}owner/look/", owners.look, name="look_owner"),
    path(f"{STAFF_ROOM}hold/", rooms.hold, name="hold"),
    path(f"{STAFF_ROOM}hold/for/", rooms.hold_for, name="hold_for"),
]
