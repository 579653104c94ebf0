"""The state machine of a talk, as data."""

from typing import Final

from sidan.core.transitions import KEEPS, START, Transition, table

TALK: Final = table(
    Transition("draft", frozenset({START}), "draft", "write_talks"),
    # Its words, its materials or its pictures.
    Transition("edit", frozenset({"draft"}), KEEPS, "write_talks"),
    Transition("submit", frozenset({"draft"}), "review", "write_talks"),
    Transition("send_back", frozenset({"review"}), "draft", "publish_talks"),
    Transition("publish", frozenset({"review"}), "published", "publish_talks"),
    # By whoever submitted it, where nobody else could: the history says so.
    Transition("publish_own", frozenset({"review"}), "published", "publish_talks"),
    # To be written anew: what it was given at stays.
    Transition("withdraw", frozenset({"published"}), "draft", "publish_talks"),
    Transition("drop", frozenset({"draft"}), "dropped", "write_talks"),
)
