"""Every write of plans."""

from sidan.plans.operations.door import PlanMovedOn
from sidan.plans.operations.drafting import NewPlan, PlanText, PlanThere, copy_plan, draft_plan, edit_plan
from sidan.plans.operations.erasing import NothingToErase, erase_name
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
from sidan.plans.operations.reminding import remind_of_line
from sidan.plans.operations.returning import (
    SeriesLinked,
    SeriesNotOfThisPlan,
    link_series,
    stand_for_lines,
    unlink_series,
)

__all__ = [
    "AlreadyLinked",
    "LineFacts",
    "LineOutside",
    "LineTurnedRound",
    "NewPlan",
    "NothingPlanned",
    "NothingToErase",
    "PlanMovedOn",
    "PlanNotSettled",
    "PlanText",
    "PlanThere",
    "Prepared",
    "SecondPersonNeeded",
    "SeriesLinked",
    "SeriesNotOfThisPlan",
    "TooManyLines",
    "add_lines",
    "approve_plan",
    "change_line",
    "copy_plan",
    "draft_plan",
    "drop_plan",
    "edit_plan",
    "erase_name",
    "leave_line_out",
    "link_activity",
    "link_series",
    "prepare_activity",
    "publish_plan",
    "remind_of_line",
    "remove_line",
    "replace_lines",
    "send_plan_back",
    "stand_for_lines",
    "submit_plan",
    "take_line_up",
    "take_plan_back",
    "unlink_activity",
    "unlink_series",
]
