"""What a story is made of: rows to be, before they are rows."""

from dataclasses import dataclass, field
from datetime import datetime

from sidan.attendance.enums import Direction, Way
from sidan.core.transitions import START
from sidan.orders.enums import AnswerState, CallState, CallWay, HandoverKind, Machine, Outcome
from sidan.people.models import Account, Team
from sidan.places.models import Place


@dataclass
class ToldStep:
    """One row of the history to be."""

    turn: int
    machine: Machine
    verb: str
    source: str
    target: str
    actor: Account
    at: datetime
    assignment: "ToldAssignment | None" = None
    visit: "ToldVisit | None" = None
    reason: str = ""
    words: str = ""
    holder: Place | None = None
    """Where the order lay when the step was taken."""
    change: "ToldChange | None" = None
    handover: "ToldHandover | None" = None


@dataclass
class ToldAssignment:
    """A team's share."""

    team: Team
    offered_at: datetime
    offered_by: Account
    state: str = START
    answered_at: datetime | None = None
    ended_at: datetime | None = None
    members: list[tuple[Account, datetime]] = field(default_factory=list)


@dataclass
class ToldMark:
    """Somebody came or went."""

    who: Account
    direction: Direction
    at: datetime
    by: Account
    way: Way


@dataclass
class ToldVisit:
    """One going there."""

    assignment: ToldAssignment
    planned_from: datetime
    planned_to: datetime
    agreed_at: datetime
    state: str = START
    marks: list[ToldMark] = field(default_factory=list)
    report: tuple[str, Account, datetime] | None = None


@dataclass
class ToldReview:
    """What the resident said."""

    turn: int
    outcome: Outcome
    stars: int | None
    by: Account
    at: datetime
    words: str


@dataclass
class ToldNotice:
    """What somebody was told."""

    account: Account
    kind: str
    at: datetime
    more: dict[str, str] = field(default_factory=dict)


@dataclass
class ToldChange:
    """The window that was wished for before, and why it was changed."""

    wished_from: datetime
    wished_to: datetime


@dataclass
class ToldHandover:
    """From one place to another."""

    kind: HandoverKind
    source: Place
    target: Place


@dataclass
class ToldAnswer:
    """A team that took a call, or would like to."""

    team: Team
    leader: Account
    at: datetime
    state: AnswerState
    words: str = ""


@dataclass
class ToldCall:
    """An order put before all teams of an area."""

    way: CallWay
    area: Place
    until: datetime
    opened_at: datetime
    opened_by: Account
    state: CallState = CallState.OPEN
    ended_at: datetime | None = None
    answers: list[ToldAnswer] = field(default_factory=list)
