"""The state machines of a booking and of a room, as data."""

from typing import Final

from sidan.core.transitions import START, Transition, table

BOOKING: Final = table(
    Transition("ask", frozenset({START}), "asked", "ask_room"),
    # Staff hold a room straight away: for somebody at the counter, or for an activity.
    Transition("hold", frozenset({START}), "held", "run_rooms"),
    Transition("grant", frozenset({"asked"}), "held", "run_rooms"),
    Transition("refuse", frozenset({"asked"}), "refused", "run_rooms"),
    # By whom it is for, or by staff who say why.
    Transition("cancel", frozenset({"asked", "held"}), "cancelled"),
)
ROOM: Final = table(
    Transition("open", frozenset({START, "closed"}), "open", "run_rooms"),
    Transition("close", frozenset({"open"}), "closed", "run_rooms"),
)
