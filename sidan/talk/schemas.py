"""What the API tells of a talk."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from ninja import Schema

from sidan.core.inputs import CleanText, Input
from sidan.talk.enums import LONGEST, LONGEST_CODE, Side, Why
from sidan.talk.phrases import Sentence
from sidan.talk.queries import Told


class MessageOut(Schema):
    """One message; numbers in it are hidden from whom they are not for."""

    id: UUID
    side: Side
    who: str
    words: str
    at: datetime
    is_mine: bool
    is_hidden: bool
    is_new: bool

    @classmethod
    def of(cls, told: Told) -> "MessageOut":
        """Make it of what the page shows."""
        return cls(
            id=told.uuid, side=Side(told.side), who=told.who, words=told.words, at=told.at, is_mine=told.is_mine,
            is_hidden=told.is_hidden, is_new=told.is_new,
        )  # fmt: skip


class SentenceOut(Schema):
    """What can be sent with a tap; sent with its code, each reads it in their own language."""

    code: str
    words: str

    @classmethod
    def of(cls, sentence: Sentence) -> "SentenceOut":
        """Make it of what the page offers."""
        return cls(code=sentence.code, words=str(sentence.words))


class ThreadOut(Schema):
    """The talk about an order, the oldest message first: the newest 200, or the 200 before the one named."""

    side: Side
    may_write: bool
    unread: int
    phrases: list[SentenceOut]
    call_now: list[str]
    """Emergency numbers by the last words one wrote, the most urgent first; empty where nothing speaks of danger."""
    has_earlier: bool
    """There are messages before the first of these: ask with `before` and its id."""
    items: list[MessageOut]


class SayIn(Input):
    words: Annotated[str, CleanText(max_length=LONGEST, lines="many")]
    sentence: Annotated[str, CleanText(max_length=LONGEST_CODE, min_length=0)] = ""
    """The code of the sentence that was sent with a tap, with its words; words of one's own make it a plain message."""


class MessageReportIn(Input):
    why: Why
