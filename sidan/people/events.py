"""What happened to people and teams, for apps above that keep something about them."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class ResidentRegistered:
    account_id: int
    at: datetime


@dataclass(frozen=True, slots=True)
class VolunteerMoved:
    """A volunteer applied, was approved, paused, came back, belongs to another place (`move`) or left."""

    volunteer_id: int
    verb: str
    to_state: str
    at: datetime


@dataclass(frozen=True, slots=True)
class TeamMoved:
    """A team was founded, paused, resumed or dissolved."""

    team_id: int
    verb: str
    to_state: str
    at: datetime


@dataclass(frozen=True, slots=True)
class RolesChanged:
    """An account was granted a role or lost one."""

    account_id: int
    at: datetime
