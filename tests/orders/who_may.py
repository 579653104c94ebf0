"""Who may do what with an order in the scene, and what fits when: said a second time, independently of the code."""

PEOPLE = ("zhou", "li", "wang", "zhao", "qian", "sun", "director", "keeper", "supervisor", "mallory")

ON_ENDED = (
    "accept_ended", "decline_ended", "name_ended", "schedule_ended", "release_ended", "ask_ended", "ask_office_ended",
    "give_up_ended", "check_in_ended", "check_out_ended", "go_on_ended", "report_ended",
)  # fmt: skip
"""Pressed on a page of what a team gave back, or has done: nobody ever succeeds, whoever has the order by now."""

MAY: dict[str, set[str]] = {
    **{verb: set() for verb in ON_ENDED},
    "admit": {"li"},
    "refuse": {"li"},
    "cannot": {"li"},
    "dispatch": {"li"},
    "withdraw_offer": {"li"},
    "close": {"li"},
    "reopen": {"li"},
    "merge": {"li"},
    "change": {"zhou", "li", "keeper", "director"},
    "cancel": {"zhou"},
    "cancel_for": {"li", "keeper", "director"},
    "review": {"zhou"},
    "accept": {"wang", "sun"},
    "decline": {"wang", "sun"},
    "name": {"wang", "sun"},
    "schedule": {"wang", "sun"},
    "check_in": {"zhao", "qian", "wang"},
    "check_out": {"zhao", "qian", "wang"},
    "call": {"li"},
    "call_to_fit": {"li"},
    "claim": {"wang", "sun"},
    "apply": {"wang", "sun"},
    "take_offer_back": {"wang", "sun"},
    "pick": {"li"},
    "end_call": {"li"},
    "release": {"wang", "sun"},
    "ask_take_over": {"wang", "sun"},
    "ask_office": {"wang", "sun"},
    "take_over": {"wang", "sun"},
    "keep": {"wang", "sun"},
    "withdraw_asked": {"wang", "sun"},
    "take_back": {"li"},
    "take_from_team": {"li"},
    "leave": {"li"},
    "split": {"li"},
    "join": {"li"},
    "leave_out": {"li"},
    "go_on": {"zhao", "qian", "wang", "sun"},
    "report": {"zhao", "qian", "wang", "sun"},
    "give_up": {"zhao", "qian", "wang", "sun"},
    "pass_up": {"li"},
    "ask_help": {"li"},
    "send_down": {"li"},
    "danger": {"zhou", "li", "wang", "sun", "zhao", "qian", "keeper", "director"},
}
"""Said a second time and independently of the code: who may ever succeed with a verb in this scene."""

HANDLING = frozenset(
    (
        "admit",
        "refuse",
        "cannot",
        "dispatch",
        "withdraw_offer",
        "close",
        "reopen",
        "merge",
        "call",
        "call_to_fit",
        "pick",
        "end_call",
        "take_back",
        "take_from_team",
        "leave",
        "split",
        "join",
        "leave_out",
    )
) | frozenset({"pass_up", "ask_help", "send_down"})
"""What is allowed where an order was sent down to as well: the director decides in the town and below, the keeper of
the station about what the station holds."""

WAY_ROUND = (
    ("li", "admit"), ("li", "dispatch"), ("wang", "accept"), ("wang", "name"), ("wang", "schedule"),
    ("zhao", "check_in"), ("zhao", "check_out"), ("zhao", "report"), ("zhou", "review"), ("li", "reopen"),
)  # fmt: skip
TAKEN_ANEW = (
    ("li", "admit"), ("li", "dispatch"), ("wang", "accept"), ("sun", "accept"), ("wang", "name"), ("wang", "give_up"),
    ("sun", "give_up"), ("li", "dispatch"), ("wang", "accept"), ("sun", "accept"),
)  # fmt: skip
"""A team hands an order back, and it or the other one takes it: what does not fit meanwhile is refused."""


TAKING_OVER = [
    "ask_take_over", "ask_office", "take_over", "keep", "withdraw_asked", "take_back", "take_from_team", "leave",
]  # fmt: skip
FITTING: dict[str, list[str]] = {
    "submitted": [
        "admit",
        "refuse",
        "cancel",
        "cancel_for",
        "change",
        "merge",
        "send_down",
        "pass_up",
        "ask_help",
    ],
    "admitted": [
        "dispatch",
        "call",
        "call_to_fit",
        "cannot",
        "split",
        "cancel",
        "cancel_for",
        "change",
        "send_down",
        "pass_up",
        "ask_help",
    ],
    "dispatched": [
        "claim",
        "apply",
        "take_offer_back",
        "pick",
        "end_call",
        "accept",
        "decline",
        "withdraw_offer",
        "cancel",
        "change",
    ],
    "accepted": ["name", "schedule", "release", "give_up", "cancel", "danger", *TAKING_OVER],
    "scheduled": ["name", "schedule", "check_in", "release", "give_up", "cancel", *TAKING_OVER],
    "under_way": ["check_in", "check_out", "go_on", "report", "give_up", "keep", "withdraw_asked", "leave"],
    "done": ["review", "close"],
    "failed": ["dispatch", "split", "close", "merge", "cancel"],
    "closed": ["reopen"],
    "reopened": ["dispatch", "cannot", "split", "cancel", "change", "send_down", "pass_up", "ask_help"],
    "refused": ["admit"],
    "cancelled": ["cancel", "cancel_for"],
}


WHILE_SPLIT = [
    "dispatch", "accept", "name", "schedule", "check_in", "check_out", "report", "go_on", "give_up", "decline",
    "release", "withdraw_offer", "join", "leave_out", "ask_take_over", "take_over", "take_from_team", "call",
    "call_to_fit", "claim", "apply", "take_offer_back", "pick", "end_call", "call", "claim", "danger", "cannot",
]  # fmt: skip
