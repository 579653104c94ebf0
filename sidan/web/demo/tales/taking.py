"""How many orders a month some projects of the county can take (R-O1): one with room, one that is full this month."""

from typing import Final

from sidan.catalogue.models import Project
from sidan.catalogue.operations import set_capacity
from sidan.catalogue.policies import month_after
from sidan.core.clock import business_date
from sidan.orders.queries import orders_taken
from sidan.people.enums import Role
from sidan.web.demo.tales.cast import Cast

FULL: Final = "山歌老王宣讲"
"""One old man sings: he cannot be everywhere."""
WITH_ROOM: Final = ("haircut", "repair")
ROOM: Final = 15


def tell_what_projects_can_take(cast: Cast) -> None:
    """The manager says it when the month is under way already; what was ordered before counts."""
    for kind in WITH_ROOM:
        _limit(cast, cast.project(kind), more=ROOM)
    for project in Project.objects.filter(title=FULL, state="published")[:1]:
        _limit(cast, project, more=0)


def _limit(cast: Cast, project: Project, *, more: int) -> None:
    month = business_date(cast.now).replace(day=1)
    taken = orders_taken([project.pk], month, month_after(month)).get((project.pk, month), 0)
    set_capacity(
        actor=cast.actor(Role.MANAGER),
        at=cast.day(0, 17),
        project_uuid=project.uuid,
        capacity=max(1, taken + more),
    )
