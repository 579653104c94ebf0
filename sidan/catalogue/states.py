"""The life of a project of the library, and of a task of one, as data."""

from typing import Final

from sidan.core.transitions import Transition, table

PROJECT: Final = table(
    Transition("propose", frozenset({"draft"}), "in_review", "edit_project"),
    Transition("return", frozenset({"in_review"}), "draft", "review_project"),
    Transition("publish", frozenset({"in_review"}), "published", "review_project"),
    Transition("suspend", frozenset({"published"}), "suspended", "review_project"),
    Transition("resume", frozenset({"suspended"}), "published", "review_project"),
    Transition(
        "withdraw",
        frozenset({"draft", "in_review", "published", "suspended"}),
        "withdrawn",
        "edit_project",
    ),
)

TASK: Final = table(
    Transition("close", frozenset({"open"}), "closed", "edit_project"),
    Transition("reopen", frozenset({"closed", "dropped"}), "open", "edit_project"),
    Transition("drop", frozenset({"open"}), "dropped", "edit_project"),
)
