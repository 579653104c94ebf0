"""Every write of activities."""

from sidan.activities.operations.changing import change_activity
from sidan.activities.operations.checking import (
    Came,
    check_self,
    check_self_by_place,
    judge_all_right,
    judge_mark,
    mark_by_hand,
    scan,
)
from sidan.activities.operations.counting import count_heads
from sidan.activities.operations.deciding import add_day, move_day, skip_day, undo_day
from sidan.activities.operations.door import ActivityMovedOn
from sidan.activities.operations.drafting import draft_activity, edit_activity
from sidan.activities.operations.enrolling import Answers, enrol, enrol_for, enrol_relative
from sidan.activities.operations.feeds import (
    make_calendar_address,
    open_own_calendar,
    remove_calendar_address,
)
from sidan.activities.operations.foreseeing import Foreseen, foresee_change
from sidan.activities.operations.inbox import SentAtDoor, take_in_own, take_in_scan, turn_at_door
from sidan.activities.operations.leaving import (
    answer_absence,
    excuse_enrolment,
    miss_enrolment,
    refuse_enrolment,
    shift_enrolment,
    uphold_absence,
    withdraw,
)
from sidan.activities.operations.making import make_activities
from sidan.activities.operations.moving import (
    advance_activity,
    announce_activity,
    cancel_activity,
    drop_activity,
    end_activity,
    file_activity,
    file_by_itself,
    open_activity,
    run_activity,
    send_activity_back,
    submit_activity,
)
from sidan.activities.operations.planning import Plan
from sidan.activities.operations.posting import (
    EntryPlan,
    PostPlan,
    add_post,
    change_post,
    remove_post,
    set_entry,
)
from sidan.activities.operations.reminding import remind
from sidan.activities.operations.rooming import lose_room
from sidan.activities.operations.ruling import Rule
from sidan.activities.operations.series import (
    Cut,
    begin_series,
    change_series,
    end_series,
    require_changeable,
)

__all__ = [
    "ActivityMovedOn",
    "Answers",
    "Came",
    "Cut",
    "EntryPlan",
    "Foreseen",
    "Plan",
    "PostPlan",
    "Rule",
    "SentAtDoor",
    "add_day",
    "add_post",
    "advance_activity",
    "announce_activity",
    "answer_absence",
    "begin_series",
    "cancel_activity",
    "change_activity",
    "change_post",
    "change_series",
    "check_self",
    "check_self_by_place",
    "count_heads",
    "draft_activity",
    "drop_activity",
    "edit_activity",
    "end_activity",
    "end_series",
    "enrol",
    "enrol_for",
    "enrol_relative",
    "excuse_enrolment",
    "file_activity",
    "file_by_itself",
    "foresee_change",
    "judge_all_right",
    "judge_mark",
    "lose_room",
    "make_activities",
    "make_calendar_address",
    "mark_by_hand",
    "miss_enrolment",
    "move_day",
    "open_activity",
    "open_own_calendar",
    "refuse_enrolment",
    "remind",
    "remove_calendar_address",
    "remove_post",
    "require_changeable",
    "run_activity",
    "scan",
    "send_activity_back",
    "set_entry",
    "shift_enrolment",
    "skip_day",
    "submit_activity",
    "take_in_own",
    "take_in_scan",
    "turn_at_door",
    "undo_day",
    "uphold_absence",
    "withdraw",
]
