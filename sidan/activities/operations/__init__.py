"""Every write of activities."""

from sidan.activities.operations.changing import change_activity
from sidan.activities.operations.door import ActivityMovedOn, SayWhy
from sidan.activities.operations.drafting import draft_activity, edit_activity
from sidan.activities.operations.making import make_activities
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
from sidan.activities.operations.ruling import Rule
from sidan.activities.operations.series import (
    Cut,
    add_day,
    begin_series,
    change_series,
    end_series,
    move_day,
    skip_day,
)

__all__ = [
    "ActivityMovedOn",
    "Cut",
    "Plan",
    "Rule",
    "SayWhy",
    "add_day",
    "advance_activity",
    "announce_activity",
    "begin_series",
    "cancel_activity",
    "change_activity",
    "change_series",
    "draft_activity",
    "drop_activity",
    "edit_activity",
    "end_activity",
    "end_series",
    "file_activity",
    "lose_room",
    "make_activities",
    "move_day",
    "open_activity",
    "run_activity",
    "send_activity_back",
    "skip_day",
    "submit_activity",
]
