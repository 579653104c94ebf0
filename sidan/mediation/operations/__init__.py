"""Every write of mediation: each is one transaction, and each look at a case is on record."""

from sidan.mediation.operations.cases import (
    AgreedAhead,
    BadFollowUps,
    NewCase,
    NewParty,
    NoSuchMediator,
    agree_case,
    close_case,
    fail_case,
    hand_over_case,
    open_case,
    reopen_case,
    withdraw_case,
)
from sidan.mediation.operations.door import CaseMovedOn
from sidan.mediation.operations.looking import look_at_agreement, look_at_case
from sidan.mediation.operations.reminding import remind
from sidan.mediation.operations.sittings import (
    FollowUpDone,
    FollowUpNotYet,
    NoSuchSitting,
    SittingInThePast,
    SittingNotYet,
    SittingOver,
    SittingTooFar,
    call_off_sitting,
    hold_sitting,
    plan_follow_up,
    plan_sitting,
    report_follow_up,
)

__all__ = [
    "AgreedAhead",
    "BadFollowUps",
    "CaseMovedOn",
    "FollowUpDone",
    "FollowUpNotYet",
    "NewCase",
    "NewParty",
    "NoSuchMediator",
    "NoSuchSitting",
    "SittingInThePast",
    "SittingNotYet",
    "SittingOver",
    "SittingTooFar",
    "agree_case",
    "call_off_sitting",
    "close_case",
    "fail_case",
    "hand_over_case",
    "hold_sitting",
    "look_at_agreement",
    "look_at_case",
    "open_case",
    "plan_follow_up",
    "plan_sitting",
    "remind",
    "reopen_case",
    "report_follow_up",
    "withdraw_case",
]
