"""The shape of talks over the API."""

from datetime import date
from typing import Annotated, Literal, Self
from uuid import UUID

from ninja import Field, Schema
from pydantic import HttpUrl, UrlConstraints

from sidan.core.inputs import CleanText, Input
from sidan.lectures.enums import LONGEST_MINUTES
from sidan.lectures.models import Given, Lecturer, Material, Talk
from sidan.lectures.operations import LecturerFacts, NewMaterial, TalkFacts

LectureTask = Literal["theory", "policy", "values", "culture", "customs"]
LectureAudience = Literal["elder", "child", "left_behind", "disabled", "hardship", "woman", "veteran"]
MaterialCode = Literal["film", "slides", "text", "leaflet"]
TalkVerb = Literal["submit", "send-back", "publish", "withdraw", "drop"]
_Https = Annotated[HttpUrl, UrlConstraints(allowed_schemes=["https"], max_length=300)]


def _text(most: int, *, least: int = 0, lines: str = "one") -> CleanText:
    return CleanText(max_length=most, min_length=least, lines=lines)


class TalkIn(Input):
    """What a talk says of itself; `lecturer` gives it as a rule."""

    title: Annotated[str, _text(60, least=1)]
    title_en: Annotated[str, _text(120)] = ""
    about: Annotated[str, _text(500, least=1, lines="many")]
    about_en: Annotated[str, _text(800, lines="many")] = ""
    task: LectureTask
    minutes: Annotated[int, Field(ge=1, le=LONGEST_MINUTES)]
    audience: Annotated[list[LectureAudience], Field(max_length=20)] = []
    lecturer: UUID | None = None

    def facts(self, *, lecturer: Lecturer | None) -> TalkFacts:
        """Return it as operations take it."""
        return TalkFacts(
            title=self.title, title_en=self.title_en, about=self.about, about_en=self.about_en, task=self.task,
            minutes=self.minutes, audience=list(dict.fromkeys(self.audience)), lecturer=lecturer,
        )  # fmt: skip


class NewTalkIn(TalkIn):
    """A talk of a place."""

    place: UUID


class MaterialIn(Input):
    """A film, slides, a text or a leaflet, by an address that begins with https://."""

    kind: MaterialCode
    title: Annotated[str, _text(60, least=1)]
    address: _Https
    minutes: Annotated[int, Field(ge=1, le=LONGEST_MINUTES)] | None = None

    def material(self) -> NewMaterial:
        """Return it as operations take it."""
        return NewMaterial(kind=self.kind, title=self.title, address=str(self.address), minutes=self.minutes)


class TalkStepIn(Input):
    """Why, where it is sent back; the `turn` of the talk that was read."""

    words: Annotated[str, _text(200, lines="many")] = ""
    turn: Annotated[int, Field(ge=1, le=1_000_000)] | None = None


class PassOnIn(Input):
    """To every place below one, for the month in which a day lies."""

    place: UUID
    month: date


class ReceiveIn(Input):
    """Which place has read what was passed on."""

    place: UUID


class GiveIn(Input):
    """Which talk is given at an activity, and by whom."""

    talk: UUID
    lecturer: UUID | None = None


class NewLecturerIn(Input):
    """Who lectures for a place, with their word that they may be named."""

    place: UUID
    person: UUID
    tasks: Annotated[list[LectureTask], Field(max_length=5)] = []
    about: Annotated[str, _text(120)] = ""
    about_en: Annotated[str, _text(200)] = ""
    has_agreed: bool

    def facts(self) -> LecturerFacts:
        """Return it as operations take it."""
        return LecturerFacts(
            has_agreed=self.has_agreed,
            tasks=list(dict.fromkeys(self.tasks)),
            about=self.about,
            about_en=self.about_en,
        )


class MaterialOut(Schema):
    """What one looks at or hands out."""

    id: UUID
    kind: MaterialCode
    title: str
    address: str
    minutes: int | None

    @classmethod
    def of(cls, row: Material) -> Self:
        return cls(id=row.uuid, kind=row.kind, title=row.title, address=row.address, minutes=row.minutes)  # type: ignore[arg-type] # held by the database


class LecturerOut(Schema):
    """Somebody who lectures and has agreed to be named."""

    id: UUID
    name: str
    about: str
    place: UUID
    tasks: list[LectureTask]

    @classmethod
    def of(cls, row: Lecturer) -> Self:
        return cls(
            id=row.uuid,
            name=row.person.name,
            about=row.shown_about,
            place=row.place.uuid,
            tasks=row.tasks,  # type: ignore[arg-type] # held by the database
        )


class TalkOut(Schema):
    """A talk as a list shows it; `times` says how often it was given."""

    id: UUID
    place: UUID
    title: str
    about: str
    task: LectureTask
    minutes: int
    audience: list[LectureAudience]
    lecturer: str | None
    state: Literal["draft", "review", "published", "dropped"]
    turn: int

    @classmethod
    def of(cls, row: Talk) -> Self:
        return cls(
            id=row.uuid, place=row.place.uuid, title=row.shown_title, about=row.shown_about, task=row.task,  # type: ignore[arg-type] # held by the database
            minutes=row.minutes, audience=row.audience, state=row.state, turn=row.turn,  # type: ignore[arg-type] # held by the database
            lecturer=row.speaker.person.name if row.speaker else None,
        )  # fmt: skip


class WholeTalkOut(TalkOut):
    """A talk with what belongs to it."""

    materials: list[MaterialOut]

    @classmethod
    def whole(cls, row: Talk, materials: list[Material]) -> Self:
        return cls(**TalkOut.of(row).dict(), materials=[MaterialOut.of(one) for one in materials])


class TalkPageOut(Schema):
    """Some talks, and where the next ones begin."""

    items: list[TalkOut]
    next_cursor: str | None


class GivenOut(Schema):
    """A talk that is given at an activity."""

    id: UUID
    talk: UUID
    title: str
    lecturer: str | None

    @classmethod
    def of(cls, row: Given) -> Self:
        return cls(
            id=row.uuid, talk=row.talk.uuid, title=row.talk.shown_title,
            lecturer=row.speaker.person.name if row.speaker else None,
        )  # fmt: skip


class PassedOnOut(Schema):
    """A talk that a place passes on to those below it for a month."""

    id: UUID
    talk: UUID
    place: UUID
    month: date
