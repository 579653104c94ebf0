"""The state machine of a case, as data."""

from typing import Final

from sidan.core.transitions import KEEPS, START, Transition, table

LIVE: Final = frozenset({"opened", "under_way"})
BEYOND: Final = frozenset({"agreed", "failed", "withdrawn", "closed"})
"""What a case that was in mediation has come to."""

HOLDING: Final = frozenset({"agreed", "closed"})
"""In which what both agreed on last holds; once the case is open again, or ended otherwise, it does not."""

CASE: Final = table(
    Transition("open", frozenset({START}), "opened"),
    Transition("hold", LIVE, "under_way"),
    # Of a sitting whose minutes are written when the case has moved on already: nothing is undone by them.
    Transition("minutes", BEYOND, KEEPS),
    Transition("agree", LIVE, "agreed"),
    # A case that ended as well: its mediator may have left, and the quarrel comes back.
    Transition("hand_over", LIVE | BEYOND, KEEPS),
    Transition("fail", LIVE, "failed"),
    Transition("withdraw", LIVE, "withdrawn"),
    Transition("close", frozenset({"agreed"}), "closed"),
    Transition("reopen", BEYOND, "under_way"),
)
