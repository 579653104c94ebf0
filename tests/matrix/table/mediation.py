"""Mediation: the mediator and the director of the place; a center gets counts."""

from typing import Final

from tests.matrix.lines import MALLORY, Line, get, post

OPENERS = frozenset({"practitioner", "grid_keeper", "director"}) | MALLORY
SEES = frozenset({"practitioner", "director"})
MEDIATOR = frozenset({"practitioner"})
COUNTS = frozenset({"manager", "dispatcher", "supervisor"}) | MALLORY
NEW = {
    "place": "@chengbei", "dispute": "land", "taken_on": "@today",
    "first_name": "甲", "first_phone": "", "first_address": "",
    "second_name": "乙", "second_phone": "", "second_address": "", "words": "争地",
}  # fmt: skip
AGREED = {"terms": "好", "agreed_on": "@today", "first_follow_up": "", "second_follow_up": ""}
WORDS = {"words": ""}

LINES: Final[tuple[Line, ...]] = (
    get("mediation:cases", OPENERS),
    get("mediation:export", OPENERS, leaves="rows"),
    get("mediation:new", OPENERS),
    post("mediation:new", OPENERS - MALLORY, NEW, told=MALLORY),
    get("mediation:counts", COUNTS),
    # A look leaves a line in the trail.
    get("mediation:case", SEES, uuid="case", leaves="rows"),
    get("mediation:agreement", SEES, uuid="agreed_case", leaves="rows"),
    post("mediation:plan_sitting", MEDIATOR, {"planned_at": "@tomorrow", "where": ""}, uuid="case"),
    post(
        "mediation:record_sitting",
        MEDIATOR,
        {"held_at": "@this_minute", "where": "", "minutes": "好"},
        uuid="case",
    ),
    post("mediation:hold_sitting", MEDIATOR, {"minutes": "好"}, uuid="case", of="sitting"),
    post("mediation:call_off_sitting", MEDIATOR, WORDS, uuid="case", of="sitting"),
    post("mediation:agree", MEDIATOR, AGREED, uuid="case"),
    post("mediation:plan_follow_up", MEDIATOR, {"due_on": "@today"}, uuid="agreed_case"),
    post(
        "mediation:report_follow_up",
        MEDIATOR,
        {"found": "kept", "words": ""},
        uuid="agreed_case",
        of="follow_up",
    ),
    post("mediation:fail", MEDIATOR, WORDS, uuid="case"),
    post("mediation:withdraw", MEDIATOR, WORDS, uuid="case"),
    post("mediation:close", MEDIATOR, WORDS, uuid="agreed_case"),
    post("mediation:reopen", MEDIATOR, WORDS, uuid="agreed_case"),
    post("mediation:hand_over", SEES, {"person": "@colleague_person"}, uuid="case"),
)
