"""Every write of service hours."""

from sidan.hours.operations.claiming import (
    agree_to_claim,
    dismiss_objection,
    enter_noticed,
    object_to_claim,
    publish_claim,
    refuse_claim,
    tell_late_time,
)
from sidan.hours.operations.correcting import correct_times, take_back
from sidan.hours.operations.door import ServesElsewhere, lock_persons
from sidan.hours.operations.history import write_history
from sidan.hours.operations.recording import Service, record_hours, write_occasion
from sidan.hours.operations.reminding import remind_of_late

__all__ = [
    "ServesElsewhere",
    "Service",
    "agree_to_claim",
    "correct_times",
    "dismiss_objection",
    "enter_noticed",
    "lock_persons",
    "object_to_claim",
    "publish_claim",
    "record_hours",
    "refuse_claim",
    "remind_of_late",
    "take_back",
    "tell_late_time",
    "write_history",
    "write_occasion",
]
