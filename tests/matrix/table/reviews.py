"""Reviews looked after: call-backs, flags, what is seen to, suggestions, rules."""

from typing import Final

from tests.matrix.lines import ENTERERS, HANDLERS, MALLORY, MANAGER, Line, get, post

CALL = {"result": "answered", "outcome": "done", "words": "都好"}
SAID = {"channel": "telephone", "outcome": "done", "stars": "5", "words": "", "wish": ""}
SPOKEN = {"channel": "telephone", "outcome": "done", "stars": 5}
DECIDED = {"standing": "counted", "words": "本人说的"}
ANSWER = {"words": "明天再来"}
RULE = {
    "percent": "20", "typed_times": "2", "after_half": "follow_up", "after_not_done": "reopen",
    "after_still_needed": "follow_up", "reason": "试行",
}  # fmt: skip

LINES: Final[tuple[Line, ...]] = (
    get("reviews:calls", ENTERERS | MALLORY),
    get("reviews:export_calls", ENTERERS | MALLORY, leaves="rows"),
    get("reviews:call", ENTERERS, uuid="call_back"),
    post("reviews:call", ENTERERS, CALL, uuid="call_back"),
    post("reviews:call_contact", ENTERERS, uuid="call_back"),
    get("orders:review_for", ENTERERS, uuid="done"),
    post("orders:review_for", ENTERERS, SAID, uuid="done"),
    post("/api/v1/orders/{number}/review-for", ENTERERS, SPOKEN, number="done_number"),
    get("reviews:flags", HANDLERS | MALLORY),
    get("reviews:export_flags", HANDLERS | MALLORY, leaves="rows"),
    get("reviews:review", HANDLERS, uuid="flagged", turn="flagged_turn"),
    post("reviews:review", HANDLERS, DECIDED, uuid="flagged", turn="flagged_turn"),
    get("reviews:rules", ENTERERS | MALLORY),
    post("reviews:rules", MANAGER | MALLORY, RULE),
    get("reviews:follow_ups", HANDLERS | MALLORY),
    get("reviews:export_follow_ups", HANDLERS | MALLORY, leaves="rows"),
    post("reviews:follow_up", HANDLERS, ANSWER, uuid="review_follow_up"),
    get("reviews:suggestions", HANDLERS | MALLORY),
    get("reviews:export_suggestions", HANDLERS | MALLORY, leaves="rows"),
    post("reviews:adopt", HANDLERS, ANSWER, uuid="suggestion"),
    post("reviews:answer", HANDLERS, ANSWER, uuid="suggestion"),
)
