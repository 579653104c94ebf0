"""Every write of activities."""

from sidan.activities.operations.changing import change_activity
from sidan.activities.operations.door import ActivityMovedOn, SayWhy
from sidan.activities.operations.drafting import draft_activity, edit_activity
from sidan.activities.operations.moving import (
    advance_activity,
    announce_activity,
    cancel_activity,
    drop_activity,
    end_activity,
    file_activity,
    open_activity,
    run_activity,
    send_activity_back,
    submit_activity,
)
from sidan.activities.operations.planning import Plan
from sidan.activities.operations.rooming import lose_room

__all__ = [
    "ActivityMovedOn",
    "Plan",
    "SayWhy",
    "advance_activity",
    "announce_activity",
    "cancel_activity",
    "change_activity",
    "draft_activity",
    "drop_activity",
    "edit_activity",
    "end_activity",
    "file_activity",
    "lose_room",
    "open_activity",
    "run_activity",
    "send_activity_back",
    "submit_activity",
]
