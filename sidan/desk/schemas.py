"""The shape of the desk's input and output over the API."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Schema

from sidan.core.inputs import CleanText, Input, only_digits
from sidan.orders.models import Order
from sidan.orders.queries import DoorCode
from sidan.orders.saying import ReviewIn


class CallBackIn(Input):
    outcome: Literal["confirmed", "not_wanted", "no_answer"]


class CallBackOut(Schema):
    """What was written down, and where the order stands now: not wanted, it is cancelled unless somebody is there."""

    outcome: str
    at: datetime
    state: str


class CallClaimOut(Schema):
    """Until when nobody else calls."""

    until: datetime


class OrderCodeOut(Schema):
    """Number and code belong together."""

    number: str
    code: str


class OrderCodeIn(Input):
    """Number and code as they stand on the paper; spaces are fine."""

    number: Annotated[str, CleanText(max_length=20, min_length=0)]
    code: Annotated[str, CleanText(max_length=12, min_length=0)]

    def digits(self) -> str:
        return only_digits(self.code)


class OrderCodeReviewIn(OrderCodeIn, ReviewIn):
    """The same with what the resident says."""


class PartDoorCodeOut(Schema):
    part: str
    code: str


class OpenedOrderOut(Schema):
    """An order as its code shows it: nothing personal."""

    number: str
    title: str
    state: str
    wished_from: datetime
    door_code: str
    """For the volunteers while a visit is ahead or under way, the soonest; empty otherwise."""
    door_codes: list[PartDoorCodeOut]
    """Of an order that was split one for each visit."""

    @classmethod
    def of(cls, order: Order, codes: list[DoorCode]) -> "OpenedOrderOut":
        return cls(
            number=order.number, title=order.shown_title, state=order.state, wished_from=order.wished_from,
            door_code=codes[0].digits if codes else "",
            door_codes=[PartDoorCodeOut(part=each.part.shown_title, code=each.digits) for each in codes if each.part],
        )  # fmt: skip


class CallToMakeOut(Schema):
    """An order to call back about; the telephone is shown by the order's own contact, where the look is recorded."""

    order: UUID
    number: str
    title: str
    resident: str
    calls: int
    call_at: datetime
    due_at: datetime | None
    """Until when to call; empty where nothing limits it."""
    calling: str
    """Which colleague is calling them now; empty where nobody is."""

    @classmethod
    def of_call(cls, order: Any, at: datetime) -> "CallToMakeOut":
        claim = getattr(order, "call_claim", None)
        return cls(
            calling=claim.by.person.name if claim and claim.until > at else "",
            order=order.uuid, number=order.number, title=order.shown_title, resident=order.requester.name,
            calls=order.tried, call_at=order.call_at, due_at=order.call_due_at,
        )  # fmt: skip


class CallPageOut(Schema):
    items: list[CallToMakeOut]
    next_cursor: str | None
