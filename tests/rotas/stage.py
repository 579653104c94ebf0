"""Short ways to have a rota with people: through the operations."""

from datetime import date, datetime, time
from typing import Any

from sidan.core.clock import BUSINESS_ZONE
from sidan.core.scope import everything
from sidan.people.models import Person
from sidan.rotas import operations
from sidan.rotas.models import Duty, Group, Rota, Watch
from sidan.rotas.operations import NewRota
from sidan.rotas.policies import ShiftTimes
from tests.cast import Cast
from tests.factories import AT, make_account, make_volunteer, next_phone

MORNINGS = ShiftTimes((0, 1, 2, 3, 4), time(9), time(12), 1)
MONDAY = date(2026, 11, 23)


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), BUSINESS_ZONE)


def a_rota(cast: Cast, *, when: datetime = AT, **changes: Any) -> Rota:
    told: dict[str, Any] = {
        "kind": "desk", "name": "便民服务台", "name_en": "Desk", "shifts": [MORNINGS], "weeks_ahead": 1, **changes
    }  # fmt: skip
    return operations.start_rota(
        actor=cast.practitioner.actor, at=when, place=cast.places.chengbei, told=NewRota(**told)
    )


def a_group(cast: Cast, rota: Rota, *people: Person, name: str = "一组", when: datetime = AT) -> Group:
    group = operations.add_group(actor=cast.practitioner.actor, at=when, rota=rota, name=name)
    for person in people:
        operations.add_member(actor=cast.practitioner.actor, at=when, group=group, person=person)
    return group


def volunteers(cast: Cast, number: int) -> list[Person]:
    """Volunteers of the station who sign in."""
    made = []
    for nth in range(number):
        name, phone = f"值班员{'甲乙丙丁戊己庚辛'[nth]}", next_phone()
        make_account(name, at_place=cast.places.chengbei, phone=phone)
        made.append(make_volunteer(name, at_place=cast.places.chengbei, phone=phone).person)
    return made


def manned(cast: Cast, number: int = 2, **changes: Any) -> tuple[Rota, list[Person]]:
    """A rota with people, planned."""
    rota, people = a_rota(cast, **changes), volunteers(cast, number)
    a_group(cast, rota, *people)
    plan(rota)
    return rota, people


def plan(rota: Rota, when: datetime = AT) -> int:
    with everything("planned at night"):
        return operations.plan_rota(at=when, rota_id=rota.pk)


def watches(rota: Rota) -> list[Watch]:
    return list(Watch.unscoped.filter(rota=rota).order_by("during").select_related("rota__place"))


def duties(rota: Rota, *states: str) -> list[Duty]:
    rows = Duty.unscoped.filter(watch__rota=rota).select_related("watch__rota__place", "person")
    rows = rows.filter(state__in=states) if states else rows
    return list(rows.order_by("during", "seat", "id"))
