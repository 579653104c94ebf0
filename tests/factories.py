"""Short ways to have a place, a person, a team: through the operations, as the system, so nothing is impossible."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from itertools import count

from sidan.core.actor import SYSTEM
from sidan.core.scope import everything
from sidan.people import operations
from sidan.people.models import Account, Person, Team, TeamCategory, TeamMember, Volunteer
from sidan.places.models import Place
from sidan.places.operations import open_place

AT = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
"""Friday morning, nine o'clock in Jiangxi: the moment at which tests begin."""
FOUNDED = date(2026, 1, 5)
PASSWORD = "sidan-test-2026"
_numbers = count(1)


def next_phone() -> str:
    """Return an invented phone that nobody has got yet."""
    return f"127{next(_numbers):08d}"


def make_place(kind: str, name: str, *, under: Place | None = None) -> Place:
    """Open a place as the system."""
    parent_id = under.pk if under else None
    return open_place(actor=SYSTEM, at=AT, kind=kind, name=name, parent_id=parent_id, on=FOUNDED)


def make_account(
    name: str,
    *,
    at_place: Place,
    phone: str = "",
    roles: Sequence[tuple[str, Place]] = (),
    password: str = PASSWORD,
) -> Account:
    """Open an account with a password and some roles."""
    with everything("test"):
        account = operations.open_account(
            actor=SYSTEM,
            at=AT,
            phone=phone or next_phone(),
            name=name,
            home_place_id=at_place.pk,
            password=password,
        )
        for role, place in roles:
            operations.grant_role(actor=SYSTEM, at=AT, account_id=account.pk, role=role, place_id=place.pk)
    return account


def make_volunteer(
    name: str, *, at_place: Place, phone: str = "", skills: Sequence[str] = ("haircut",)
) -> Volunteer:
    """Register an active volunteer; with the phone of an account of the same name it is that person."""
    with everything("test"):
        return operations.register_volunteer(
            actor=SYSTEM, at=AT, name=name, phone=phone or next_phone(), place_id=at_place.pk, skills=skills
        )


def make_team_category(
    code: str = "life", name: str = "便民服务", name_en: str = "Everyday help"
) -> TeamCategory:
    """Have a kind of team."""
    return TeamCategory.objects.get_or_create(code=code, defaults={"name": name, "name_en": name_en})[0]


def make_team(
    name: str,
    *,
    at_place: Place,
    leader: Person | None = None,
    members: Sequence[Person] = (),
    category: str = "life",
) -> Team:
    """Found a team with a leader and members, who need not be registered volunteers."""
    make_team_category(category)
    with everything("test"):
        team = operations.create_team(
            actor=SYSTEM, at=AT, name=name, place_id=at_place.pk, category_code=category
        )
        if leader is not None:
            team = operations.set_leader(actor=SYSTEM, at=AT, uuid=team.uuid, person_uuid=leader.uuid)
        for person in members:
            TeamMember.objects.get_or_create(
                team=team, person=person, left_on=None, defaults={"joined_on": FOUNDED}
            )
    return team
