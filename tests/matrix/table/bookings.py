"""Rooms and their bookings."""

from typing import Final

from tests.matrix.lines import OFFICES, OURS, RESIDENT, ROLL, SIGNED, Line, get, post, put

RUN: Final = ROLL
"""Who has the keys: managers, directors, practitioners of the place."""
WORDS = {"words": "那天要检修"}
R: Final = "/api/v1/rooms"
B: Final = "/api/v1/bookings"
API_ASKED = {"begins": "@room_begins", "ends": "@room_ends", "people": 8, "purpose": "rehearsal"}
API_ROOM = {"name": "棋牌室", "seats": 12, "hours": [{"weekday": 0, "opens": "08:30", "shuts": "12:00"}]}

LINES: Final[tuple[Line, ...]] = (
    get(R, SIGNED),
    get(f"{R}/office", OFFICES),
    post(R, RUN, {**API_ROOM, "place": "@chengbei"}),
    get(f"{R}/{{room_id}}", SIGNED, room_id="room"),
    put(f"{R}/{{room_id}}", RUN, API_ROOM, room_id="room"),
    get(f"{R}/{{room_id}}/week", SIGNED, room_id="room"),
    post(f"{R}/{{room_id}}/ask", SIGNED, API_ASKED, room_id="room"),
    post(f"{R}/{{room_id}}/hold", RUN, API_ASKED, room_id="room"),
    post(f"{R}/{{room_id}}/close", RUN, WORDS, room_id="room"),
    post(f"{R}/{{room_id}}/reopen", RUN, room_id="room_closed"),
    get(B, OFFICES),
    get(f"{B}/mine", SIGNED),
    get(f"{B}/{{booking_id}}", OURS | RESIDENT, booking_id="booking"),
    post(f"{B}/{{booking_id}}/cancel", RUN | RESIDENT, WORDS, booking_id="booking"),
    post(f"{B}/{{booking_id}}/grant", RUN, {}, booking_id="booking"),
    post(f"{B}/{{booking_id}}/refuse", RUN, WORDS, booking_id="booking"),
    post(f"{B}/{{booking_id}}/look", RUN, booking_id="booking"),
)
