"""The shape of wishes over the API."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from ninja import Field, Schema

from sidan.audit.telling import LookOut
from sidan.catalogue.models import Category
from sidan.catalogue.operations import ProjectText
from sidan.catalogue.operations.errors import NoSuchCategory, TeamElsewhere
from sidan.catalogue.queries import team_by_uuid
from sidan.core.clock import BUSINESS_ZONE
from sidan.core.danger import numbers_to_call
from sidan.core.inputs import CleanText, Input
from sidan.places.models import Place
from sidan.wishes.models import MOST_ADOPTERS, Wish
from sidan.wishes.operations import NewWish
from sidan.wishes.policies import as_read

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


class WishReleaseIn(WishWordsIn):
    """A word about it, and for staff whose adoption: the `id` of one of the wish's adoptions."""

    adoption: UUID | None = None


class AdoptionOut(Schema):
    """Who has adopted a wish, for staff of its place."""

    id: UUID
    kind: str
    name: str
    adopted_at: datetime
    share_told_at: datetime | None
    """Since when this adopter's share is done, as they told."""


class WishAnswerIn(Input):
    words: Words


class PublishIn(Input):
    """The sentence on the wall, without anybody's name, and how many may adopt it."""

    sentence: Annotated[str, CleanText(max_length=80)]
    sentence_en: Annotated[str, CleanText(max_length=160, min_length=0)] = ""
    takes: Annotated[int, Field(ge=1, le=MOST_ADOPTERS)] = 1
    confirmed: bool = False
    """A person has read the sentences, and nobody can be recognised by them; without it they are refused with
    what could be a name."""

    @property
    def read(self) -> str:
        return as_read([self.sentence, self.sentence_en]) if self.confirmed else ""


class WishForIn(WishIn):
    """The same for a resident, by the person's public id."""

    person: UUID
    consent: Literal["spoken", "signed", "photo"]
    """How the resident agreed; with a photo goes the `paper` that was kept before."""
    paper: UUID | None = None

    def told(self) -> NewWish:
        return NewWish(**self.dict(exclude={"person", "consent", "paper"}))


class WishOrderIn(Input):
    """The service to order for the wisher, and from when; a time without an offset is read as China's own."""

    project: UUID
    wished_from: datetime
    need: Annotated[str, CleanText(max_length=500, min_length=0, lines="many")] = ""

    def begins(self) -> datetime:
        return self.wished_from if self.wished_from.tzinfo else self.wished_from.replace(tzinfo=BUSINESS_ZONE)


class WishProjectIn(Input):
    """A new service for the library, as a draft."""

    title: Annotated[str, CleanText(max_length=60)]
    category: Annotated[str, CleanText(max_length=40)]
    team: UUID
    summary: Annotated[str, CleanText(max_length=500, min_length=0, lines="many")] = ""

    def text(self, area: Place) -> ProjectText:
        """Return what the library takes.

        Raises:
            NoSuchCategory, TeamElsewhere: an id names nothing.
        """
        category = Category.objects.filter(code=self.category).first()
        team = team_by_uuid(uuid=self.team)
        if category is None:
            raise NoSuchCategory
        if team is None:
            raise TeamElsewhere(team=self.team)
        return ProjectText(title=self.title, category=category, team=team, area=area, summary=self.summary)


class ThanksIn(Input):
    """The sentence on the wall about a wish that came true, without anybody's name."""

    thanks: Annotated[str, CleanText(max_length=120)]
    confirmed: bool = False
    """A person has read it, and nobody can be recognised by it."""

    @property
    def read(self) -> str:
        return as_read([self.thanks]) if self.confirmed else ""


class ThanksWithPictureIn(ThanksIn):
    """The same with the picture of how it came true: everybody sees it."""

    agreed: bool = False
    """Everybody on the picture agreed to that, for a child the parents; the history keeps who said so."""


class WisherOut(Schema):
    """Who wishes, and the number to call; each look is recorded."""

    name: str
    phone: str


class WishOrderOut(Schema):
    """The number of the order that was placed."""

    number: str


class WishProjectOut(Schema):
    """The draft that stands in the library."""

    id: UUID


class WishOut(Schema):
    """A wish as everybody sees it."""

    id: UUID
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
            id=wish.uuid, sentence=wish.sentence, place=wish.place.name, for_whom=wish.for_whom,
            wished_by=wish.wished_by, takes=wish.takes, state=wish.state, state_since=wish.state_since,
        )  # fmt: skip


class MadeWishOut(WishOut):
    """What was wished for, and whom to call before anything else."""

    call_now: list[str]
    """Emergency numbers by the words of the wish, the most urgent first; empty where nothing speaks of danger."""

    @classmethod
    def of_made(cls, wish: Wish, words: str) -> "MadeWishOut":
        return cls(**WishOut.of(wish).dict(), call_now=list(numbers_to_call(words)))


class OwnWishOut(WishOut):
    """One's own wish, with one's words and the orders that came of it."""

    words: str
    orders: list[str]
    answer_by: datetime | None
    """Until when the office has to answer; none where nothing waits for it."""
    looks: list[LookOut]
    """Who looked at one's name and telephone."""


class WishPageOut(Schema):
    items: list[WishOut]
    next_cursor: str | None
