"""The small machines of people, as data: a volunteer's standing and a team's."""

from typing import Final

from sidan.core.transitions import Transition, table

VOLUNTEER: Final = table(
    Transition("approve", frozenset({"applied"}), "active", "managing"),
    Transition("pause", frozenset({"active"}), "paused", "managing_or_self"),
    Transition("resume", frozenset({"paused"}), "active", "managing_or_self"),
    Transition("leave", frozenset({"applied", "active", "paused"}), "left", "managing_or_self"),
    Transition("apply_again", frozenset({"left"}), "applied", "managing_or_self"),
)

TEAM: Final = table(
    Transition("pause", frozenset({"active"}), "paused", "managing"),
    Transition("resume", frozenset({"paused"}), "active", "managing"),
    Transition("dissolve", frozenset({"active", "paused"}), "dissolved", "managing"),
)
