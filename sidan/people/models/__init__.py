"""Persons and what hangs on them."""

from sidan.people.models.access import (
    Account,
    ApiToken,
    DeviceMark,
    EmailCode,
    RoleGrant,
    SentCode,
    SignInAttempt,
    SignInCode,
)
from sidan.people.models.person import Directorship, Person, Volunteer
from sidan.people.models.team import Team, TeamCategory, TeamMember

__all__ = [
    "Account",
    "ApiToken",
    "DeviceMark",
    "Directorship",
    "EmailCode",
    "Person",
    "RoleGrant",
    "SentCode",
    "SignInAttempt",
    "SignInCode",
    "Team",
    "TeamCategory",
    "TeamMember",
    "Volunteer",
]
