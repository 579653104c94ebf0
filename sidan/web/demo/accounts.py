"""One account for each role, with phones that are easy to type."""

from typing import Final, NamedTuple

from sidan.people.enums import Role, Sex
from sidan.people.models import Account

PASSWORD: Final = "sidan-demo-2026"
"""Of every demo account; the demo refuses to be loaded where the mode is production."""


class DemoAccount(NamedTuple):
    """Whom one can sign in as. `place` names where: seat_village, seat, center, city."""

    role: Role
    name: str
    sex: Sex
    place: str
    nth: int

    @property
    def phone(self) -> str:
        return f"120{self.nth:08d}"


def _account(nth: int, role: Role, name: str, sex: Sex, place: str) -> DemoAccount:
    return DemoAccount(role, name, sex, place, nth)


ACCOUNTS: Final = (
    _account(1, Role.RESIDENT, "周桂兰", Sex.FEMALE, "seat_village"),
    _account(2, Role.VOLUNTEER, "钟小燕", Sex.FEMALE, "seat_village"),
    _account(3, Role.LEADER, "刘建平", Sex.MALE, "seat_village"),
    _account(4, Role.PRACTITIONER, "陈秀玲", Sex.FEMALE, "seat_village"),
    _account(5, Role.GRID_KEEPER, "曾水根", Sex.MALE, "seat_village"),
    _account(6, Role.OPERATOR, "谢敏", Sex.FEMALE, "center"),
    _account(7, Role.DIRECTOR, "古志强", Sex.MALE, "seat"),
    _account(8, Role.DISPATCHER, "凌雪梅", Sex.FEMALE, "center"),
    _account(9, Role.MANAGER, "邝永昌", Sex.MALE, "center"),
    _account(10, Role.SUPERVISOR, "潘文斌", Sex.MALE, "city"),
    _account(11, Role.SYSTEM_ADMIN, "何涛", Sex.MALE, "center"),
    _account(12, Role.SECURITY_ADMIN, "彭静", Sex.FEMALE, "center"),
    _account(13, Role.AUDIT_ADMIN, "汪诚", Sex.MALE, "center"),
)
GRANTED: Final = frozenset(Role) - {Role.RESIDENT, Role.VOLUNTEER, Role.LEADER}
"""Residents, volunteers and leaders are what they are by home, roll and team; the others hold a grant."""


def demo_accounts() -> list[tuple[str, str, str, str]]:
    """Return role, name, phone and place of the demo accounts that are there."""
    known = {str(account.phone): account for account in Account.objects.select_related("person__home_place").filter(
        phone_hash__in=[one.phone for one in ACCOUNTS])}  # fmt: skip
    return [
        (one.role.value, one.name, one.phone, _where(known[one.phone]))
        for one in ACCOUNTS
        if one.phone in known
    ]


def _where(account: Account) -> str:
    grant = account.grants.select_related("place").filter(ended_at=None).first()
    place = grant.place if grant else account.person.home_place
    return place.short_name if place else ""
