"""What stands on the stage of how a project grows."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from sidan.catalogue import operations
from sidan.catalogue.enums import Stage, SupportSource
from sidan.catalogue.models import ProjectTask
from sidan.core.actor import SYSTEM
from sidan.core.clock import business_date, now
from tests.cast import Cast


def build_growth(cast: Cast, things: dict[str, Any]) -> None:
    """A draft with a stage, money, a task to be done and one that is closed out; a published project with money."""
    project = things["draft"]
    operations.set_stage(actor=SYSTEM, at=now(), project_uuid=project, stage=Stage.SEED, why="刚开始试")
    things["support"] = give(project).uuid
    give(things["published"])
    things["task"] = write_task(cast, project).uuid
    closed = write_task(cast, project)
    operations.move_task(actor=SYSTEM, at=now(), task=closed, verb="close", note="做好了")
    things["closed_task"] = closed.uuid


def give(project: UUID) -> Any:
    """Give a project money."""
    support = operations.Support(
        source=SupportSource.FUND, giver="县志愿服务基金会", amount_fen=500_000, granted_on=business_date(now()),
        purpose="买理发工具",
    )  # fmt: skip
    return operations.add_support(actor=SYSTEM, at=now(), project_uuid=project, support=support)


def write_task(cast: Cast, project: UUID) -> ProjectTask:
    """Write down a task for which the team's leader answers."""
    task = operations.Task(
        title="联系供应商", due_on=business_date(now()) + timedelta(days=9), answers=cast.leader.person.uuid
    )
    return operations.add_task(actor=SYSTEM, at=now(), project_uuid=project, task=task)
