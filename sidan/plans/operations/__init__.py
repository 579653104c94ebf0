"""Every write of plans."""

from sidan.plans.operations.door import PlanMovedOn
from sidan.plans.operations.drafting import NewPlan, PlanText, PlanThere, copy_plan, draft_plan, edit_plan
from sidan.plans.operations.holding import (
    AlreadyLinked,
    PlanNotSettled,
    Prepared,
    leave_line_out,
    link_activity,
    prepare_activity,
    take_line_up,
    unlink_activity,
)
from sidan.plans.operations.lines import (
    LineFacts,
    LineOutside,
    LineTurnedRound,
    TooManyLines,
    add_lines,
    change_line,
    remove_line,
    replace_lines,
)
from sidan.plans.operations.moving import (
    NothingPlanned,
    SecondPersonNeeded,
    approve_plan,
    drop_plan,
    publish_plan,
    send_plan_back,
    submit_plan,
    take_plan_back,
)

__all__ = [
    "AlreadyLinked",
    "LineFacts",
    "LineOutside",
    "LineTurnedRound",
    "NewPlan",
    "NothingPlanned",
    "PlanMovedOn",
    "PlanNotSettled",
    "PlanText",
    "PlanThere",
    "Prepared",
    "SecondPersonNeeded",
    "TooManyLines",
    "add_lines",
    "approve_plan",
    "change_line",
    "copy_plan",
    "draft_plan",
    "drop_plan",
    "edit_plan",
    "leave_line_out",
    "link_activity",
    "prepare_activity",
    "publish_plan",
    "remove_line",
    "replace_lines",
    "send_plan_back",
    "submit_plan",
    "take_line_up",
    "take_plan_back",
    "unlink_activity",
]
