"""Rooms and their bookings."""

from typing import Final

from tests.matrix.lines import ALL, OFFICES, OURS, RESIDENT, ROLL, SIGNED, Line, get, post, put

RUN: Final = ROLL
"""Who has the keys: managers, directors, practitioners of the place."""
ASKED = {
    "begins": "09:00",
    "ends": "10:00",
    "people": "8",
    "purpose": "rehearsal",
    "contact_phone": "12900000001",
    "words": "",
}
ROOM = {"place": "@chengbei", "name": "棋牌室", "seats": "12", "hours_0": "8:30-12:00"}
WORDS = {"words": "那天要检修"}
OWNER = {"kind": "school", "name": "城北小学", "lent_from": "2026-01-01", "lent_until": "2090-12-31"}
R: Final = "/api/v1/rooms"
B: Final = "/api/v1/bookings"
API_ASKED = {"begins": "@room_begins", "ends": "@room_ends", "people": 8, "purpose": "rehearsal"}
API_ROOM = {"name": "棋牌室", "seats": 12, "hours": [{"weekday": 0, "opens": "08:30", "shuts": "12:00"}]}

T: Final = "/api/v1/turns"
TURNS = {
    "weekday": "2", "begins_at": "19:00", "ends_at": "20:30", "first": "@day", "kind": "other", "people": "20",
    "takers": "山歌队\n太极队", "purpose": "rehearsal",
}  # fmt: skip
API_TURNS = {
    "weekday": 2, "begins_at": "19:00", "ends_at": "20:30", "first": "@day", "people": 20, "purpose": "rehearsal",
    "takers": [{"kind": "other", "name": "山歌队"}, {"kind": "other", "name": "太极队"}],
}  # fmt: skip

LINES: Final[tuple[Line, ...]] = (
    get("bookings:rooms", ALL),
    get("bookings:room", ALL, uuid="room"),
    get("bookings:ask", SIGNED, ask={"day": "@day"}, uuid="room"),
    post("bookings:ask", SIGNED, ASKED, query="day", uuid="room"),
    get("bookings:mine", SIGNED),
    get("bookings:booking", RESIDENT, uuid="booking"),
    post("bookings:cancel", RESIDENT, {"words": ""}, uuid="booking"),
    get("bookings:desk", OFFICES),
    get("bookings:export", OFFICES, leaves="rows"),
    get("bookings:staff_booking", OURS, uuid="booking"),
    post("bookings:grant", RUN, {"words": ""}, uuid="booking"),
    post("bookings:refuse", RUN, WORDS, uuid="booking"),
    post("bookings:staff_cancel", RUN, WORDS, uuid="booking_held"),
    post("bookings:look", RUN, uuid="booking"),
    get("bookings:staff_rooms", OFFICES),
    get("bookings:export_rooms", OFFICES, leaves="rows"),
    get("bookings:new_room", OFFICES),
    post("bookings:new_room", RUN, ROOM, told=OFFICES - RUN),
    get("bookings:staff_room", OURS, uuid="room"),
    get("bookings:change_room", RUN, uuid="room"),
    post("bookings:change_room", RUN, ROOM, uuid="room"),
    post("bookings:close_room", RUN, WORDS, uuid="room"),
    post("bookings:reopen_room", RUN, uuid="room_closed"),
    get("bookings:turns", OFFICES),
    get("bookings:export_turns", OFFICES, leaves="rows"),
    get("bookings:new_turns", RUN, uuid="room"),
    post("bookings:new_turns", RUN, TURNS, uuid="room"),
    get("bookings:one_turns", OURS, uuid="turns"),
    post("bookings:leave_out_turn", RUN, {"day": "@turns_day", **WORDS}, uuid="turns"),
    post("bookings:give_turn", RUN, {"day": "@turns_day", "taker": "@turns_taker", **WORDS}, uuid="turns"),
    post("bookings:end_turns", RUN, WORDS, uuid="turns"),
    get("bookings:owner", RUN, uuid="room"),
    post("bookings:owner", RUN, OWNER, uuid="room"),
    post("bookings:look_owner", RUN, uuid="room"),
    get("bookings:hold_for", RUN, uuid="room"),
    get("bookings:hold", RUN, uuid="room"),
    post("bookings:hold", RUN, {**ASKED, "day": "@day"}, uuid="room"),
    get(T, OFFICES),
    post(f"{R}/{{room_id}}/turns", RUN, API_TURNS, room_id="room"),
    get(f"{T}/{{turns_id}}", OURS, turns_id="turns"),
    post(f"{T}/{{turns_id}}/leave-out", RUN, {"day": "@turns_day", **WORDS}, turns_id="turns"),
    post(
        f"{T}/{{turns_id}}/give", RUN, {"day": "@turns_day", "taker": "太极拳协会", **WORDS}, turns_id="turns"
    ),
    post(f"{T}/{{turns_id}}/end", RUN, WORDS, turns_id="turns"),
    get(R, SIGNED),
    get(f"{R}/office", OFFICES),
    post(R, RUN, {**API_ROOM, "place": "@chengbei"}),
    get(f"{R}/{{room_id}}", SIGNED, room_id="room"),
    put(f"{R}/{{room_id}}", RUN, API_ROOM, room_id="room"),
    get(f"{R}/{{room_id}}/week", SIGNED, room_id="room"),
    post(f"{R}/{{room_id}}/ask", SIGNED, API_ASKED, room_id="room"),
    post(f"{R}/{{room_id}}/hold", RUN, API_ASKED, room_id="room"),
    post(f"{R}/{{room_id}}/close", RUN, WORDS, room_id="room"),
    put(f"{R}/{{room_id}}/owner", RUN, OWNER, room_id="room"),
    post(f"{R}/{{room_id}}/owner/look", RUN, room_id="room"),
    post(f"{R}/{{room_id}}/reopen", RUN, room_id="room_closed"),
    get(B, OFFICES),
    get(f"{B}/mine", SIGNED),
    get(f"{B}/{{booking_id}}", OURS | RESIDENT, booking_id="booking"),
    post(f"{B}/{{booking_id}}/cancel", RUN | RESIDENT, WORDS, booking_id="booking"),
    post(f"{B}/{{booking_id}}/grant", RUN, {}, booking_id="booking"),
    post(f"{B}/{{booking_id}}/refuse", RUN, WORDS, booking_id="booking"),
    post(f"{B}/{{booking_id}}/look", RUN, booking_id="booking"),
)
