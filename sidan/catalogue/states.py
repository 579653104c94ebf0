"""The life of a project of the library, and of a task of one, as data."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Transition:
    """From any of `sources`, by `verb`, to `target`; `permission` names the predicate that must hold."""

    verb: str
    sources: frozenset[str]
    target: str
    permission: str


PROJECT: dict[str, Transition] = {
    step.verb: step
    for step in (
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
}

TASK: dict[str, Transition] = {
    step.verb: step
    for step in (
        Transition("close", frozenset({"open"}), "closed", "edit_project"),
        Transition("reopen", frozenset({"closed", "dropped"}), "open", "edit_project"),
        Transition("drop", frozenset({"open"}), "dropped", "edit_project"),
    )
}
