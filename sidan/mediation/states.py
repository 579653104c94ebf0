"""The state machine of a case, as data."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Transition:
    """From any of `sources`, by `verb`, to `target`; without a target the state stays what it is."""

    verb: str
    sources: frozenset[str]
    target: str = ""


START: Final = ""
LIVE: Final = frozenset({"opened", "under_way"})
BEYOND: Final = frozenset({"agreed", "failed", "withdrawn", "closed"})
"""What a case that was in mediation has come to."""

CASE: Final = {
    row.verb: row
    for row in (
        Transition("open", frozenset({START}), "opened"),
        Transition("hold", LIVE, "under_way"),
        # Of a sitting whose minutes are written when the case has moved on already: nothing is undone by them.
        Transition("minutes", BEYOND),
        Transition("agree", LIVE, "agreed"),
        # A case that ended as well: its mediator may have left, and the quarrel comes back.
        Transition("hand_over", LIVE | BEYOND),
        Transition("fail", LIVE, "failed"),
        Transition("withdraw", LIVE, "withdrawn"),
        Transition("close", frozenset({"agreed"}), "closed"),
        Transition("reopen", BEYOND, "under_way"),
    )
}
