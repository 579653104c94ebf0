"""What the API tells of an inbox."""

from datetime import datetime, time
from typing import Annotated
from uuid import UUID

from ninja import Schema
from pydantic import Field, model_validator

from sidan.core.inputs import CleanText, Input
from sidan.notify.enums import Address, Topic
from sidan.notify.kinds import kind_of
from sidan.notify.models import Notice
from sidan.notify.operations import MOST_MINUTES, Chosen
from sidan.notify.queries import Choices


class NoticeOut(Schema):
    """One notice, with its sentence in the reader's language."""

    id: UUID
    kind: str
    sentence: str
    link: str
    at: datetime
    read_at: datetime | None

    @classmethod
    def of(cls, notice: Notice) -> "NoticeOut":
        """Make it of a row."""
        return cls(
            id=notice.uuid,
            kind=notice.kind,
            sentence=kind_of(notice.kind).render(notice.facts),
            link=notice.link,
            at=notice.at,
            read_at=notice.read_at,
        )


class InboxOut(Schema):
    """A page of an inbox."""

    items: list[NoticeOut]
    next_cursor: str | None
    unread: int


Clock = Annotated[str, Field(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$", examples=["21:00"])]
"""An hour of China's own clock. JSON's own "time" has an offset, which a habit has not."""


class WantedOut(Schema):
    """Whether a topic is wanted by a way."""

    topic: Topic
    way: Address
    wanted: bool


class WantedIn(Input):
    """The same, as it is chosen."""

    topic: Topic
    way: Address
    wanted: bool


class ChoicesOut(Schema):
    """What one has sent, when not, and how gathered."""

    quiet_from: Clock
    quiet_until: Clock
    digest_minutes: int
    chat: str
    wanted: list[WantedOut]

    @classmethod
    def of(cls, choices: Choices) -> "ChoicesOut":
        """Make it of one's choices and, where nothing was chosen, of the defaults."""
        rhythm = choices.rhythm
        return cls(
            quiet_from=f"{rhythm.quiet_from:%H:%M}",
            quiet_until=f"{rhythm.quiet_until:%H:%M}",
            digest_minutes=int(rhythm.window.total_seconds() // 60),
            chat=choices.chat,
            wanted=[
                WantedOut(topic=topic, way=way, wanted=choices.wants(topic=topic, way=way))
                for topic in Topic
                for way in Address
            ],
        )


class ChoicesIn(Input):
    """What to change; what is left out stays as it is. Hours are China's own; the same one twice: never quiet."""

    quiet_from: Clock | None = None
    quiet_until: Clock | None = None
    digest_minutes: Annotated[int, Field(ge=0, le=MOST_MINUTES)] | None = None
    chat: Annotated[str, CleanText(max_length=300, min_length=0)] | None = None
    wanted: Annotated[list[WantedIn], Field(max_length=len(Topic) * len(Address))] = []

    @model_validator(mode="after")
    def _says_each_once(self) -> "ChoicesIn":
        if len({(each.topic, each.way) for each in self.wanted}) < len(self.wanted):
            raise ValueError("a topic and a way stand there once")
        return self

    def chosen(self, *, before: Choices) -> Chosen:
        """Return all choices as they will be."""
        rhythm, minutes = before.rhythm, int(before.rhythm.window.total_seconds() // 60)
        return Chosen(
            quiet_from=_plain(self.quiet_from, rhythm.quiet_from),
            quiet_until=_plain(self.quiet_until, rhythm.quiet_until),
            digest_minutes=minutes if self.digest_minutes is None else self.digest_minutes,
            chat=before.chat if self.chat is None else self.chat,
            wanted={(Topic(each.topic), Address(each.way)): each.wanted for each in self.wanted},
        )


def _plain(given: str | None, before: time) -> time:
    return before if given is None else time.fromisoformat(given)
