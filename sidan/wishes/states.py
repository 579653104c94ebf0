"""The state machine of a wish, as data."""

from typing import Final

from sidan.core.transitions import KEEPS, START, Transition, table

OPEN: Final = frozenset({"submitted", "on_wall"})
TAKEN: Final = frozenset({"adopted", "in_hand"})

WISH: Final = table(
    Transition("submit", frozenset({START}), "submitted", "make_wish"),
    # Nobody answered in time: the next place above does from now on.
    Transition("pass_up", frozenset({"submitted"}), "submitted", "clock"),
    Transition("publish", frozenset({"submitted"}), "on_wall", "handle_wish"),
    Transition("take_down", frozenset({"on_wall"}), "submitted", "handle_wish"),
    # One of several adopters: the wish goes on waiting for the others.
    Transition("join", frozenset({"on_wall"}), "on_wall", "adopt_wish"),
    Transition("adopt", frozenset({"on_wall"}), "adopted", "adopt_wish"),
    Transition("release", frozenset({"on_wall", "adopted"}), "on_wall", "adopt_wish"),
    # It is being arranged: who steps back changes nothing in that, and leaves it free to be answered or taken back.
    Transition("step_back", frozenset({"in_hand"}), "in_hand", "adopt_wish"),
    Transition("order", OPEN | TAKEN, "in_hand", "handle_wish"),
    Transition("draft", OPEN | TAKEN, "in_hand", "handle_wish"),
    Transition("answer", OPEN | frozenset({"in_hand"}), "answered", "handle_wish"),
    # One of several adopters did their share: the wish goes on waiting for that of the others.
    Transition("share", TAKEN | frozenset({"on_wall"}), KEEPS, "adopt_wish"),
    # From the wall by staff, when fewer adopters than wished for were enough.
    Transition("fulfil", TAKEN | frozenset({"on_wall"}), "fulfilled", "fulfil_wish"),
    # What the wall tells of it; nobody's picture hangs there unless they agreed, and each turn says who said so.
    *(
        Transition(verb, frozenset({"fulfilled"}), "fulfilled", "handle_wish")
        for verb in ("show_thanks", "show_picture", "hide_picture", "hide_thanks")
    ),
    Transition("withdraw", OPEN | frozenset({"in_hand"}), "withdrawn", "own_wish"),
)
