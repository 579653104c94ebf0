"""The shape over the API of who comes to an activity and goes, and of heads that are counted."""

from datetime import datetime
from typing import Annotated, Literal, Self
from uuid import UUID

from ninja import Field, Schema

from sidan.activities.enums import MOST_SEATS
from sidan.activities.models import HeadCount
from sidan.activities.operations import Came
from sidan.activities.queries import Attendance
from sidan.attendance.enums import Direction, HandReason
from sidan.attendance.models import Mark
from sidan.attendance.reading import ReadingIn
from sidan.core.clock import aware
from sidan.core.inputs import CleanText, Input, TypedDigits

DirectionCode = Literal["in", "out"]


class _DirectionIn(Input):
    """Whether somebody comes or goes."""

    direction: DirectionCode = "in"

    @property
    def way(self) -> Direction:
        return Direction(self.direction)


class CheckInIn(_DirectionIn):
    """The six digits that the door shows now; or with one's own leave where one's telephone is."""

    code: Annotated[str, Field(pattern=r"^([0-9]{6})?$"), TypedDigits] = ""
    reading: ReadingIn | None = None


class ScanIn(_DirectionIn):
    """What was read from a person's telephone."""

    text: Annotated[str, CleanText(max_length=80)]


class HandMarkIn(_DirectionIn):
    """By hand, with a reason; without `at` of now."""

    person: UUID
    reason: HandReason
    at: datetime | None = None

    @property
    def when(self) -> datetime | None:
        return aware(self.at) if self.at else None


class MarkWordIn(Input):
    """A second person's word."""

    is_right: bool


class HeadCountIn(Input):
    """How many people are there, now or `at` a moment before; `instead_of` a count that was wrong."""

    people: Annotated[int, Field(ge=0, le=MOST_SEATS)]
    at: datetime | None = None
    instead_of: UUID | None = None

    @property
    def when(self) -> datetime | None:
        return aware(self.at) if self.at else None


class DoorOut(Schema):
    """What the screen at the door shows now: the digits, and where they lead."""

    digits: str
    address: str


class ActivityMarkOut(Schema):
    """A coming or going as it stands; `is_new` says whether it was written now."""

    id: UUID
    person_name: str
    direction: str
    at: datetime
    way: str
    grade: str
    helps: bool
    is_new: bool

    @classmethod
    def of(cls, came: Came) -> Self:
        row = came.mark
        return cls(
            id=row.uuid, person_name=row.person.name, direction=row.direction, at=row.at, way=row.way,
            grade=row.grade, helps=came.helps, is_new=came.is_new,
        )  # fmt: skip


class MarkWordOut(Schema):
    """A time with the word that was said on it."""

    id: UUID
    is_right: bool
    said_at: datetime


class PresentOut(Schema):
    """Who came, to help or as a guest, and when they went."""

    id: UUID
    person: UUID
    person_name: str
    helps: bool
    came_at: datetime
    went_at: datetime | None
    way: str

    @classmethod
    def of(cls, row: Mark) -> Self:
        """Of a row of `queries.came_to`."""
        return cls(
            id=row.uuid, person=row.person.uuid, person_name=row.person.name,
            helps=row.helps,  # type: ignore[attr-defined] # annotated by the query
            came_at=row.at,
            went_at=row.went_at,  # type: ignore[attr-defined] # annotated by the query
            way=row.way,
        )  # fmt: skip


class PresentPageOut(Schema):
    items: list[PresentOut]
    next_cursor: str | None


class HeadCountOut(Schema):
    """A count of heads; they are nobody's marks."""

    id: UUID
    at: datetime
    people: int

    @classmethod
    def of(cls, row: HeadCount) -> Self:
        return cls(id=row.uuid, at=row.at, people=row.people)


class CountedOut(Schema):
    """How many came: those who were marked, and apart from them the most heads that were counted at a time."""

    helpers: int
    guests: int
    gone: int
    heads: int | None
    counts: list[HeadCountOut]

    @classmethod
    def of(cls, counted: Attendance, counts: list[HeadCount]) -> Self:
        return cls(
            helpers=counted.helpers, guests=counted.guests, gone=counted.gone, heads=counted.heads,
            counts=[HeadCountOut.of(one) for one in counts],
        )  # fmt: skip
