"""The small machines of people, as data: a volunteer's standing and a team's."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Transition:
    """From any of `sources`, by `verb`, to `target`; `permission` names the predicate that must hold."""

    verb: str
    sources: frozenset[str]
    target: str
    permission: str


def _table(*rows: Transition) -> dict[str, Transition]:
    return {row.verb: row for row in rows}


VOLUNTEER: Final = _table(
    Transition("approve", frozenset({"applied"}), "active", "managing"),
    Transition("pause", frozenset({"active"}), "paused", "managing_or_self"),
    Transition("resume", frozenset({"paused"}), "active", "managing_or_self"),
    Transition("leave", frozenset({"applied", "active", "paused"}), "left", "managing_or_self"),
    Transition("apply_again", frozenset({"left"}), "applied", "managing_or_self"),
)

TEAM: Final = _table(
    Transition("pause", frozenset({"active"}), "paused", "managing"),
    Transition("resume", frozenset({"paused"}), "active", "managing"),
    Transition("dissolve", frozenset({"active", "paused"}), "dissolved", "managing"),
)
