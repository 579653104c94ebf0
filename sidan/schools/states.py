"""The state machine of a school, as data."""

from typing import Final

from sidan.core.transitions import KEEPS, START, Transition, table

SCHOOL: Final = table(
    Transition("found", frozenset({START}), "active", "keep_schools"),
    # Its words, its subjects, its picture, who runs it.
    Transition("edit", frozenset({"active"}), KEEPS, "keep_schools"),
    Transition("close", frozenset({"active"}), "closed", "keep_schools"),
    Transition("reopen", frozenset({"closed"}), "active", "keep_schools"),
)
