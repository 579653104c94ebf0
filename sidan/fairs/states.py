"""The state machine of who has a stall, as data."""

from typing import Final

from sidan.core.transitions import START, Transition, table

STALLHOLDER: Final = table(
    # By the leader of a team, for any stall or for a certain one.
    Transition("ask", frozenset({START}), "asked"),
    # By the place, without having been asked; copied from the last fair, too.
    Transition("place", frozenset({START}), "given", "run_activities"),
    Transition("give", frozenset({"asked"}), "given", "run_activities"),
    Transition("refuse", frozenset({"asked"}), "refused", "run_activities"),
    Transition("withdraw", frozenset({"asked"}), "withdrawn"),
    # By the team; and by the place, where it says why.
    Transition("give_back", frozenset({"given"}), "returned"),
    Transition("take_back", frozenset({"given"}), "returned", "run_activities"),
    Transition("come", frozenset({"given"}), "came", "run_activities"),
    Transition("miss", frozenset({"given"}), "absent", "run_activities"),
    # What was marked wrong is as it was before.
    Transition("unmark", frozenset({"came", "absent"}), "given", "run_activities"),
    # What was held before the stalls were written down here.
    Transition("record", frozenset({START}), "came"),
)
