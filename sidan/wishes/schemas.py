"""The shape of wishes over the API."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from ninja import Field, Schema

from sidan.core.inputs import CleanText, Input
from sidan.wishes.models import MOST_ADOPTERS, Wish
from sidan.wishes.operations import NewWish

Words = Annotated[str, CleanText(max_length=500, lines="many")]
MaybeWords = Annotated[str, CleanText(max_length=300, min_length=0, lines="many")]
ForWhomCode = Literal["myself", "child", "elder", "family", "neighbour", "village"]


class WishIn(Input):
    """A wish in one's own words; only the office reads them."""

    words: Words
    for_whom: ForWhomCode
    wished_by: date | None = None
    contact_name: Annotated[str, CleanText(max_length=60, min_length=0)] = ""
    contact_phone: Annotated[str, CleanText(max_length=30, min_length=0)] = ""

    def told(self) -> NewWish:
        return NewWish(**self.dict())


class AdoptIn(Input):
    """As whom: nothing for oneself, or the public id of a team one leads."""

    team: UUID | None = None


class WishWordsIn(Input):
    words: MaybeWords = ""


class WishAnswerIn(Input):
    words: Words


class PublishIn(Input):
    """The sentence on the wall, without anybody's name, and how many may adopt it."""

    sentence: Annotated[str, CleanText(max_length=80)]
    sentence_en: Annotated[str, CleanText(max_length=160, min_length=0)] = ""
    takes: Annotated[int, Field(ge=1, le=MOST_ADOPTERS)] = 1


class WishOut(Schema):
    """A wish as everybody sees it."""

    uuid: UUID
    sentence: str
    place: str
    for_whom: str
    wished_by: date | None
    takes: int
    state: str
    state_since: datetime

    @classmethod
    def of(cls, wish: Wish) -> "WishOut":
        return cls(
            uuid=wish.uuid, sentence=wish.sentence, place=wish.place.name, for_whom=wish.for_whom,
            wished_by=wish.wished_by, takes=wish.takes, state=wish.state, state_since=wish.state_since,
        )  # fmt: skip


class OwnWishOut(WishOut):
    """One's own wish, with one's words and the orders that came of it."""

    words: str
    orders: list[str]


class WishPageOut(Schema):
    items: list[WishOut]
    next_cursor: str | None
