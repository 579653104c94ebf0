"""The state machine of a proposal of honours, as data."""

from typing import Final

from sidan.core.transitions import KEEPS, START, Transition, table

PROPOSAL: Final = table(
    Transition("draft", frozenset({START}), "draft", "give_honours"),
    # A name more, or one less.
    Transition("edit", frozenset({"draft"}), KEEPS, "give_honours"),
    Transition("publish", frozenset({"draft"}), "noticed", "give_honours"),
    # By anybody who signs in.
    Transition("object", frozenset({"noticed"}), KEEPS),
    Transition("keep", frozenset({"noticed"}), KEEPS, "give_honours"),
    Transition("take_out", frozenset({"noticed"}), KEEPS, "give_honours"),
    # Not before the notice has ended and every objection has its answer.
    Transition("award", frozenset({"noticed"}), "awarded", "give_honours"),
    Transition("drop", frozenset({"draft"}), "dropped", "give_honours"),
    Transition("withdraw", frozenset({"noticed"}), "dropped", "give_honours"),
)
