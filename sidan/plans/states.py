"""The state machine of a plan, as data."""

from typing import Final

from sidan.core.transitions import KEEPS, START, Transition, table

PLAN: Final = table(
    Transition("draft", frozenset({START}), "draft", "write_plans"),
    # Its head or its lines.
    Transition("edit", frozenset({"draft"}), KEEPS, "write_plans"),
    Transition("submit", frozenset({"draft"}), "submitted", "write_plans"),
    Transition("take_back", frozenset({"submitted"}), "draft", "write_plans"),
    Transition("send_back", frozenset({"submitted"}), "draft", "approve_plans"),
    Transition("approve", frozenset({"submitted"}), "approved", "approve_plans"),
    # By whoever submitted it, where nobody above could: the history says so.
    Transition("approve_own", frozenset({"submitted"}), "approved", "approve_plans"),
    Transition("publish", frozenset({"approved"}), "published", "write_plans"),
    Transition("drop", frozenset({"draft"}), "dropped", "write_plans"),
)
