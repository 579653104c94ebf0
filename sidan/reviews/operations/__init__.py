"""Every write about reviews but the reviews themselves, which are the loop's own."""

from sidan.reviews.operations.calling import (
    CallEnded,
    Heard,
    ToCall,
    draw_call_back,
    look_to_call,
    record_call,
)
from sidan.reviews.operations.following import (
    adopt_suggestion,
    answer_suggestion,
    follow_danger,
    follow_ending,
    follow_few_stars,
    follow_low_outcome,
    see_to,
    take_suggestion,
)
from sidan.reviews.operations.judging import check_review, decide_review, forget_devices, keep_device
from sidan.reviews.operations.rules import set_review_rule

__all__ = [
    "CallEnded",
    "Heard",
    "ToCall",
    "adopt_suggestion",
    "answer_suggestion",
    "check_review",
    "decide_review",
    "draw_call_back",
    "follow_danger",
    "follow_ending",
    "follow_few_stars",
    "follow_low_outcome",
    "forget_devices",
    "keep_device",
    "look_to_call",
    "record_call",
    "see_to",
    "set_review_rule",
    "take_suggestion",
]
