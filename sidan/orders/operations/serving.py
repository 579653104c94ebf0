"""What a visit was, for the records of those who served: the door from orders to hours (R-H1, R-Z1)."""

from datetime import datetime

from sidan.attendance.queries import presences
from sidan.core.clock import business_date
from sidan.hours.operations import Service, write_occasion
from sidan.orders.models import Order, Visit
from sidan.people.models import Team


def record_service(*, at: datetime, visit: Visit, order: Order) -> None:
    """Say what a visit was that is over, also where nobody is known to have come: a telephone may tell it yet.

    A record names what was done, never for whom; of a private order only what kind of team it was.
    """
    present = presences(cause_id=visit.cause_id)
    write_occasion(
        at=at, cause=visit.cause,
        service=service_of(
            order=order, team=visit.assignment.team,
            began=min((one.came_at for one in present), default=visit.planned_from),
            ended=max((one.went_at or one.came_at for one in present), default=at),
        ),
    )  # fmt: skip


def record_service_found(*, at: datetime, visit: Visit, order: Order, came_at: datetime) -> None:
    """Say what a visit was of which a telephone told only later that somebody had come.

    The going is told after the coming, so its end is the agreed one at first.
    """
    service = service_of(
        order=order, team=visit.assignment.team, began=came_at, ended=max(came_at, min(visit.planned_to, at))
    )
    write_occasion(at=at, cause=visit.cause, service=service)


def service_of(*, order: Order, team: Team, began: datetime, ended: datetime) -> Service:
    """Return what a visit was, as records of hours tell it."""
    kind = team.category if order.is_private else order.category
    project = None if order.is_private else order.project
    return Service(
        title=project.title if project else kind.name, title_en=project.title_en if project else kind.name_en,
        content=kind.name, content_en=kind.name_en, place=order.origin_place, day=business_date(began),
        ended_at=ended, team=team, lead=team.leader,
    )  # fmt: skip
