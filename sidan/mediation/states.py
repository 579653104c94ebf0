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

CASE: Final = {
    row.verb: row
    for row in (
        Transition("open", frozenset({START}), "opened"),
        Transition("hold", LIVE, "under_way"),
        Transition("agree", LIVE, "agreed"),
        Transition("hand_over", LIVE | {"agreed"}),
        Transition("fail", LIVE, "failed"),
        Transition("withdraw", LIVE, "withdrawn"),
        Transition("close", frozenset({"agreed"}), "closed"),
        Transition("reopen", frozenset({"agreed", "failed", "withdrawn", "closed"}), "under_way"),
    )
}
