"""The shape of schools over the API."""

from datetime import date
from typing import Annotated, Literal, Self
from uuid import UUID

from ninja import Field, Schema
from pydantic import HttpUrl, UrlConstraints

from sidan.core.inputs import CleanText, Input
from sidan.people.models import Person
from sidan.schools.enums import MOST_DAYS, MOST_VIEWERS
from sidan.schools.models import Pupil, School, Session, ViewerCount
from sidan.schools.operations import Held, SchoolFacts, Viewers
from sidan.schools.queries import Attended

SubjectCode = Literal["phone", "craft", "arts", "health", "farming", "money", "law", "family"]
WayCode = Literal["room", "chat", "film", "video"]
SourceCode = Literal["stream", "short", "group", "screen"]
_Https = Annotated[HttpUrl, UrlConstraints(allowed_schemes=["https"], max_length=300)]
_People = Annotated[int, Field(ge=0, le=MOST_VIEWERS)]


def _text(most: int, *, least: int = 0, lines: str = "one") -> CleanText:
    return CleanText(max_length=most, min_length=least, lines=lines)


class SchoolIn(Input):
    """What a school says of itself; `head` runs it, else whoever founded it."""

    name: Annotated[str, _text(40, least=1)]
    name_en: Annotated[str, _text(80)] = ""
    venue: Annotated[str, _text(80, least=1)]
    subjects: Annotated[list[SubjectCode], Field(min_length=1, max_length=8)]
    about: Annotated[str, _text(500, lines="many")] = ""
    about_en: Annotated[str, _text(800, lines="many")] = ""
    head: UUID | None = None
    turn: Annotated[int, Field(ge=1, le=1_000_000)] | None = None

    def facts(self, *, head: Person | None) -> SchoolFacts:
        """Return it as operations take it."""
        return SchoolFacts(
            name=self.name, name_en=self.name_en, venue=self.venue, about=self.about, about_en=self.about_en,
            subjects=list(dict.fromkeys(self.subjects)), head=head,
        )  # fmt: skip


class NewSchoolIn(SchoolIn):
    """A school of a place."""

    place: UUID


class SchoolStepIn(Input):
    """Why, where it is closed; the `turn` of the school that was read."""

    words: Annotated[str, _text(200, lines="many")] = ""
    turn: Annotated[int, Field(ge=1, le=1_000_000)] | None = None


class PupilIn(Input):
    """Which resident joins."""

    person: UUID


class HaveClassIn(Input):
    """Which school has a class, and how; without `days` as long as usual."""

    school: UUID
    way: WayCode
    address: _Https | None = None
    days: Annotated[int, Field(ge=1, le=MOST_DAYS)] | None = None

    def held(self) -> Held:
        """Return how the school has it, as operations take it."""
        return Held(way=self.way, address=str(self.address) if self.address else "", days=self.days)


class AddressIn(Input):
    """Where the film or the video is; nothing takes it away."""

    address: _Https | None = None


class ViewersIn(Input):
    """How many watched on a day, and where that was read."""

    source: SourceCode
    day: date
    people: _People

    def viewers(self) -> Viewers:
        """Return it as operations take it."""
        return Viewers(source=self.source, day=self.day, people=self.people)


class CorrectViewersIn(Input):
    """The number that stands instead."""

    people: _People


class SchoolOut(Schema):
    """A school as a list shows it."""

    id: UUID
    place: UUID
    name: str
    venue: str
    about: str
    subjects: list[SubjectCode]
    state: Literal["active", "closed"]
    turn: int

    @classmethod
    def of(cls, row: School) -> Self:
        return cls(
            id=row.uuid, place=row.place.uuid, name=row.shown_name, venue=row.venue, about=row.shown_about,
            subjects=row.subjects, state=row.state, turn=row.turn,  # type: ignore[arg-type] # held by the database
        )  # fmt: skip


class SchoolPageOut(Schema):
    """Some schools, and where the next ones begin."""

    items: list[SchoolOut]
    next_cursor: str | None


class PupilOut(Schema):
    """Somebody who belongs to a school, by a number of their own there; no name."""

    id: UUID
    school: UUID
    joined_on: date
    left_on: date | None

    @classmethod
    def of(cls, row: Pupil) -> Self:
        return cls(id=row.uuid, school=row.school.uuid, joined_on=row.joined_on, left_on=row.left_on)


class SessionOut(Schema):
    """A class that a school has, and how."""

    id: UUID
    activity: UUID
    school: UUID
    way: WayCode

    @classmethod
    def of(cls, row: Session) -> Self:
        return cls(id=row.uuid, activity=row.activity.uuid, school=row.school.uuid, way=row.way)  # type: ignore[arg-type] # held by the database


class AttendedOut(SessionOut):
    """The same with who was with it: in the room, who said so online, viewers. Never added up."""

    room: int
    online: int
    viewers: int

    @classmethod
    def told(cls, one: Attended) -> Self:
        session = SessionOut.of(one.session).dict()
        return cls(**session, room=one.room, online=one.online, viewers=one.viewers)


class SchoolSeriesOut(Schema):
    """So many classes ahead the school has now besides, and all that are made later."""

    ahead: int


class WithItOut(Schema):
    """Who says so was with the class."""

    id: UUID
    activity: UUID


class ViewerCountOut(Schema):
    """A number of viewers; it counts once a second person calls it right."""

    id: UUID
    source: SourceCode
    day: date
    people: int

    @classmethod
    def of(cls, row: ViewerCount) -> Self:
        return cls(id=row.uuid, source=row.source, day=row.day, people=row.people)  # type: ignore[arg-type] # held by the database
