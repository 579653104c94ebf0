"""The three state machines of the loop, as data: drawn in the app's README, tested as a table, walked by one door.

The order's state follows from its assignments and visits: a verb that moves an assignment or a visit names the verb
of the order that goes with it.
"""

from collections.abc import Collection
from typing import Final

from sidan.core.transitions import KEEPS, START, Transition, table

WITH_A_PLACE: Final = frozenset({"submitted", "admitted", "reopened", "failed"})
"""A place, and no team, has to act: only then an order changes hands between places."""

BEFORE_A_VISIT: Final = frozenset({"accepted", "scheduled"})
"""A team has the order and nobody of it is at the resident's: only then another team may take it over."""

NOT_OVER: Final = WITH_A_PLACE | BEFORE_A_VISIT | {"dispatched", "under_way", "done"}
"""Somebody has still something to do about it."""

WAITS_ON: Final = frozenset({"withdraw_offer", "decline", "end_call", "cannot"})
"""No team has agreed, or none was found: the order waits for one as long as it did before anybody was asked."""

SEEKING: Final = WAITS_ON | {"dispatch", "call"}
"""Looking for a team; an order that still has none waits since before the first of these."""

OFFICE_GOES_ON: Final = frozenset({"withdraw_offer", "end_call", "cannot"})
"""What the office does of its own will and has the same to do afterwards: it gains no time by it."""

UNTRIED: Final = frozenset({"admitted", "reopened"})
"""A team is looked for, and nobody has said yet that there is none."""

UNDIVIDED: Final = frozenset({"admitted", "reopened", "failed"})
"""No team has anything of it: only then an order is split into parts, or put together again."""

ORDER: Final = table(
    Transition("submit", frozenset({START}), "submitted", "place_order"),
    Transition("admit", frozenset({"submitted"}), "admitted", "handle_order"),
    Transition("refuse", frozenset({"submitted"}), "refused", "handle_order"),
    Transition(
        "change", frozenset({"submitted", "admitted", "dispatched", "reopened"}), KEEPS, "change_order"
    ),
    Transition("dispatch", frozenset({"admitted", "reopened", "failed"}), "dispatched", "handle_order"),
    Transition("call", frozenset({"admitted", "reopened", "failed"}), "dispatched", "handle_order"),
    Transition("end_call", frozenset({"dispatched"}), "admitted", "handle_order"),
    Transition("pick", frozenset({"dispatched"}), "accepted", "handle_order"),
    Transition("withdraw_offer", frozenset({"dispatched"}), "admitted", "handle_order"),
    Transition("decline", frozenset({"dispatched"}), "admitted", "lead_team"),
    Transition("accept", frozenset({"dispatched"}), "accepted", "lead_team"),
    Transition("schedule", frozenset({"accepted", "scheduled"}), "scheduled", "lead_team"),
    Transition("begin", frozenset({"scheduled"}), "under_way", "serve_visit"),
    Transition("go_on", frozenset({"under_way"}), "accepted", "serve_visit"),
    Transition("finish", frozenset({"under_way"}), "done", "serve_visit"),
    Transition("release", frozenset({"accepted", "scheduled"}), "admitted", "lead_team"),
    Transition("ask_take_over", BEFORE_A_VISIT, KEEPS, "lead_team"),
    Transition("end_take_over", BEFORE_A_VISIT | {"under_way"}, KEEPS, "answer_take_over"),
    Transition("take_over", BEFORE_A_VISIT, "accepted", "lead_team"),
    Transition("split", UNDIVIDED, KEEPS, "handle_order"),
    Transition("join", UNDIVIDED, KEEPS, "handle_order"),
    Transition("take_back", BEFORE_A_VISIT, "admitted", "handle_order"),
    Transition("cannot", UNTRIED, "failed", "handle_order"),
    Transition("fail", frozenset({"accepted", "scheduled", "under_way"}), "failed", "serve_visit"),
    Transition("review", frozenset({"done"}), "closed", "own_order"),
    Transition("close", frozenset({"done", "failed"}), "closed", "handle_order"),
    Transition("reopen", frozenset({"closed"}), "reopened", "handle_order"),
    Transition(
        "cancel",
        frozenset({"submitted", "admitted", "dispatched", "accepted", "scheduled", "reopened", "failed"}),
        "cancelled",
        "own_order",
    ),
    Transition(
        "merge",
        frozenset({"submitted", "admitted", "dispatched", "failed", "reopened"}),
        "cancelled",
        "handle_order",
    ),
    Transition("pass_up", WITH_A_PLACE, KEEPS, "hand_over"),
    Transition("ask_help", WITH_A_PLACE, KEEPS, "hand_over"),
    Transition("send_down", WITH_A_PLACE, KEEPS, "handle_order"),
    Transition("danger", NOT_OVER, KEEPS),
    Transition("urgent", NOT_OVER, KEEPS),
)

KEEPING: Final = frozenset(verb for verb, step in ORDER.items() if step.target == KEEPS)
"""Verbs that leave an order where it stands."""

ASSIGNMENT: Final = table(
    Transition("offer", frozenset({START}), "offered", "handle_order"),
    Transition("accept", frozenset({"offered"}), "accepted", "lead_team"),
    Transition("claim", frozenset({START}), "accepted", "lead_team"),
    Transition("pick", frozenset({START}), "accepted", "handle_order"),
    Transition("decline", frozenset({"offered"}), "declined", "lead_team"),
    Transition("withdraw", frozenset({"offered", "accepted"}), "withdrawn", "handle_order"),
    Transition("release", frozenset({"accepted"}), "released", "lead_team"),
    Transition("take_over", frozenset({START}), "accepted", "lead_team"),
    Transition("pass_on", frozenset({"accepted"}), "passed_on", "lead_team"),
    Transition("finish", frozenset({"accepted"}), "finished", "serve_visit"),
    Transition("fail", frozenset({"accepted"}), "failed", "serve_visit"),
)

VISIT: Final = table(
    Transition("plan", frozenset({START}), "planned", "lead_team"),
    Transition("begin", frozenset({"planned"}), "under_way", "serve_visit"),
    Transition("finish", frozenset({"under_way"}), "done", "serve_visit"),
    Transition("fail", frozenset({"planned", "under_way"}), "failed", "serve_visit"),
    Transition("call_off", frozenset({"planned"}), "called_off", "lead_team"),
)

PART: Final = {
    **{
        verb: ORDER[verb]
        for verb in (
            "dispatch", "withdraw_offer", "decline", "accept", "call", "end_call", "pick", "schedule", "begin",
            "go_on", "finish", "release", "take_over", "take_back", "ask_take_over", "end_take_over", "fail",
        )
    },
    **table(Transition("leave_out", frozenset({"admitted", "failed"}), "cancelled", "handle_order")),
}  # fmt: skip
"""One part of an order that was split walks the order's own table; what nobody can do may be left out of it."""

OPEN_LAST: Final = ("admitted", "dispatched", "accepted", "scheduled")
"""What a part may wait for, the farthest behind first."""


def state_of_parts(standings: Collection[str]) -> str:
    """Return where an order stands whose parts stand there: the one place that says so.

    While anybody is at the resident's it is under way. Otherwise it stands where the part stands that is farthest
    behind; a part that failed waits for the dispatcher as one that nobody has, while others go on. When nothing is
    open any more it is done if all parts are, and failed if one is. What was left out counts for nothing; where all
    was left out, the order could not be done.

    Raises:
        ValueError: there are no parts.
    """
    if not standings:
        raise ValueError("an order without parts stands for itself")
    counted = {standing for standing in standings if standing != "cancelled"}
    if "under_way" in counted:
        return "under_way"
    if "failed" in counted:
        return "admitted" if counted & set(OPEN_LAST) else "failed"
    return next((state for state in OPEN_LAST if state in counted), "done" if counted else "failed")


MACHINES: Final = {"order": ORDER, "assignment": ASSIGNMENT, "visit": VISIT}
