"""What the API of people takes and tells."""

from datetime import date, datetime, timedelta
from typing import Annotated
from uuid import UUID

from ninja import Schema
from pydantic import Field

from sidan.core.actor import Actor
from sidan.core.emails import LONGEST_EMAIL, mask_email
from sidan.core.inputs import CleanText, Input
from sidan.people import queries
from sidan.people.enums import Role, Sex, Skill, TeamLevel, TeamState, Theme, VolunteerState
from sidan.people.models import (
    Account,
    ApiToken,
    Directorship,
    Person,
    RoleGrant,
    Team,
    TeamMember,
    Volunteer,
)
from sidan.people.references import PersonRef
from sidan.places.references import PlaceRef

Phone = Annotated[str, CleanText(max_length=30)]
Email = Annotated[str, CleanText(max_length=LONGEST_EMAIL)]
Code = Annotated[str, CleanText(max_length=12)]
Name = Annotated[str, CleanText(max_length=60)]
Password = Annotated[str, Field(max_length=200)]


class PasswordIn(Input):
    """Signing in by password; `totp` where the account has a second factor."""

    phone: Phone
    password: Password
    totp: Annotated[str, CleanText(max_length=12, min_length=0)] = ""
    name: Annotated[str, CleanText(max_length=60, min_length=0)] = ""


class AskForCodeIn(Input):
    phone: Phone


class CodeIn(Input):
    """Signing in by the code that came by message."""

    phone: Phone
    code: Code
    totp: Annotated[str, CleanText(max_length=12, min_length=0)] = ""
    name: Annotated[str, CleanText(max_length=60, min_length=0)] = ""


class RegisterIn(Input):
    phone: Phone
    code: Code
    name: Name
    place_id: UUID
    password: Password = ""


class TokenOut(Schema):
    """The token is told this once."""

    token: str
    expires_at: datetime


class OwnTokenOut(Schema):
    """A token without its text, which is not kept."""

    id: UUID
    name: str
    created_at: datetime
    expires_at: datetime

    @classmethod
    def of(cls, token: ApiToken) -> "OwnTokenOut":
        """Make it of a row."""
        return cls(id=token.uuid, name=token.name, created_at=token.created_at, expires_at=token.expires_at)


class ChangePasswordIn(Input):
    """Who has no password yet, having signed in by code, leaves `present` out."""

    present: Password = ""
    new: Password


class TotpOfferOut(Schema):
    """A secret as text and as the otpauth:// address that the picture for an authenticator app holds."""

    secret: str
    address: str


class TotpIn(Input):
    code: Code


class TotpConfirmIn(TotpIn):
    secret: Annotated[str, CleanText(max_length=64)]


class RoleOut(Schema):
    id: UUID
    role: Role
    place: PlaceRef
    granted_at: datetime
    ended_at: datetime | None

    @classmethod
    def of(cls, grant: RoleGrant) -> "RoleOut":
        """Make it of a row with its place."""
        return cls(
            id=grant.uuid,
            role=Role(grant.role),
            place=PlaceRef.of(grant.place),
            granted_at=grant.granted_at,
            ended_at=grant.ended_at,
        )


class MeOut(Schema):
    """Who the token stands for."""

    id: UUID
    person_id: UUID
    name: str
    phone: str
    email: str
    """Masked; empty: none was confirmed."""
    home_place: PlaceRef | None
    roles: list[RoleOut]
    language: str
    large_print: bool
    theme: Theme

    @classmethod
    def of(cls, *, actor: Actor, account: Account) -> "MeOut":
        """Make it of one's own account."""
        home = account.person.home_place
        grants = [grant for grant in queries.grants_of(account_id=account.pk) if grant.ended_at is None]
        return cls(
            id=account.uuid,
            person_id=account.person.uuid,
            name=actor.name,
            phone=queries.masked_sign_in_phone(account),
            email=mask_email(account.email),
            home_place=PlaceRef.of(home) if home else None,
            roles=[RoleOut.of(grant) for grant in grants],
            language=account.language,
            large_print=account.large_print,
            theme=Theme(account.theme),
        )


class SettingsIn(Input):
    """What is not given stays as it is."""

    language: Annotated[str, CleanText(max_length=10)] | None = None
    large_print: bool | None = None
    theme: Theme | None = None


class ContactIn(Input):
    name: Name
    contact_phone: Annotated[str, CleanText(max_length=30, min_length=0)] = ""
    address: Annotated[str, CleanText(max_length=200, min_length=0)] = ""
    place_id: UUID


class EmailIn(Input):
    email: Email


class EmailCodeIn(Input):
    code: Code


class OfferIn(Input):
    """What one can do, where, and when."""

    place_id: UUID
    skills: Annotated[list[Skill], Field(max_length=len(Skill.values))] = []
    free_time: Annotated[str, CleanText(max_length=100, min_length=0)] = ""


class VolunteerIn(OfferIn):
    name: Name
    phone: Phone
    sex: Sex = Sex.UNSTATED


class VolunteerOut(Schema):
    """The phone is masked: asking for the whole one is an act of its own, and on record."""

    id: UUID
    person_id: UUID
    number: str
    name: str
    phone: str
    state: VolunteerState
    skills: list[str]
    free_time: str
    place: PlaceRef
    registered_on: date

    @classmethod
    def of(cls, volunteer: Volunteer) -> "VolunteerOut":
        """Make it of a row with person and place."""
        return cls(
            id=volunteer.uuid,
            person_id=volunteer.person.uuid,
            number=volunteer.number,
            name=volunteer.person.name,
            phone=queries.masked_phone(volunteer),
            state=VolunteerState(volunteer.state),
            skills=list(volunteer.skills),
            free_time=volunteer.free_time,
            place=PlaceRef(id=volunteer.place.uuid, name=volunteer.place.short_name),
            registered_on=volunteer.registered_on,
        )


class VolunteerPageOut(Schema):
    items: list[VolunteerOut]
    next_cursor: str | None


class PhoneOut(Schema):
    phone: str


class TeamEditIn(Input):
    """All that a team says of itself; where it belongs does not change."""

    name: Annotated[str, CleanText(max_length=80)]
    name_en: Annotated[str, CleanText(max_length=120, min_length=0)] = ""
    category: Annotated[str, CleanText(max_length=30)]
    level: TeamLevel = TeamLevel.SQUAD
    parent_id: UUID | None = None
    about: Annotated[str, CleanText(max_length=300, min_length=0, lines="many")] = ""


class TeamIn(TeamEditIn):
    """A new team: also where it belongs."""

    place_id: UUID


class TeamOut(Schema):
    """What everybody may know of a team."""

    id: UUID
    name: str
    name_en: str
    level: TeamLevel
    category: str
    state: TeamState
    place: PlaceRef
    leader: PersonRef | None
    about: str

    @classmethod
    def of(cls, team: Team) -> "TeamOut":
        """Make it of a row with place and leader."""
        leader = team.leader
        return cls(
            id=team.uuid,
            name=team.name,
            name_en=team.name_en,
            level=TeamLevel(team.level),
            category=team.category_id,
            state=TeamState(team.state),
            place=PlaceRef(id=team.place.uuid, name=team.place.short_name),
            leader=PersonRef.of(leader) if leader else None,
            about=team.about,
        )


class TeamPageOut(Schema):
    items: list[TeamOut]
    next_cursor: str | None


class MemberOut(Schema):
    person_id: UUID
    name: str
    joined_on: date

    @classmethod
    def of(cls, member: TeamMember) -> "MemberOut":
        """Make it of a row with its person."""
        return cls(person_id=member.person.uuid, name=member.person.name, joined_on=member.joined_on)


class PersonIn(Input):
    person_id: UUID


class NumberIn(Input):
    number: Annotated[str, CleanText(max_length=20)]


class PersonOut(Schema):
    id: UUID
    name: str
    home_place: PlaceRef | None

    @classmethod
    def of(cls, person: Person) -> "PersonOut":
        """Make it of a row with its home place."""
        home = person.home_place
        place = PlaceRef.of(home) if home else None
        return cls(id=person.uuid, name=person.name, home_place=place)


class ResidentIn(Input):
    """A resident who asked in person, by telephone or on paper, and is not written down yet."""

    name: Name
    phone: Annotated[str, CleanText(max_length=30, min_length=0)] = ""
    """Nothing where they have none. A neighbour's number belongs to the order's contact, not to the file."""
    place_id: UUID
    address: Annotated[str, CleanText(max_length=200, min_length=0)] = ""


class TermIn(Input):
    """Who heads a place; `ends_on` is the last day, none for an open term."""

    person_id: UUID
    title: Annotated[str, CleanText(max_length=40)]
    starts_on: date
    ends_on: date | None = None


class LastDayIn(Input):
    last_day: date


class TermOut(Schema):
    id: UUID
    person: PersonRef
    title: str
    starts_on: date | None
    last_day: date | None

    @classmethod
    def of(cls, term: Directorship) -> "TermOut":
        """Make it of a row with its person. What is stored is the day after the last one."""
        after: date | None = term.term.upper
        return cls(
            id=term.uuid,
            person=PersonRef.of(term.person),
            title=term.title,
            starts_on=term.term.lower,
            last_day=after - timedelta(days=1) if after else None,
        )


class AccountIn(Input):
    name: Name
    phone: Phone
    place_id: UUID
    password: Password = ""


class AccountOut(Schema):
    id: UUID
    name: str
    phone: str
    is_active: bool
    roles: list[RoleOut]
    last_sign_in: datetime | None

    @classmethod
    def of(cls, account: Account, grants: list[RoleGrant]) -> "AccountOut":
        """Make it of a row with its person, and its roles."""
        return cls(
            id=account.uuid,
            name=account.person.name,
            phone=queries.masked_sign_in_phone(account),
            is_active=account.is_active,
            roles=[RoleOut.of(grant) for grant in grants],
            last_sign_in=account.last_login,
        )


class AccountPageOut(Schema):
    items: list[AccountOut]
    next_cursor: str | None


class GrantIn(Input):
    role: Role
    place_id: UUID
