"""The shape of the desk's input and output over the API."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from ninja import Schema

from sidan.core.inputs import Input


class CallBackIn(Input):
    outcome: Literal["confirmed", "not_wanted", "no_answer"]


class CallBackOut(Schema):
    outcome: str
    at: datetime


class OrderCodeOut(Schema):
    """Number and code belong together."""

    number: str
    code: str


class CallToMakeOut(Schema):
    """An order to call back about; the telephone is shown by the order's own contact, where the look is recorded."""

    order: UUID
    number: str
    title: str
    resident: str
    calls: int
    call_at: datetime

    @classmethod
    def of(cls, order: Any) -> "CallToMakeOut":
        return cls(
            order=order.uuid, number=order.number, title=order.shown_title, resident=order.requester.name,
            calls=order.tried, call_at=order.call_at,
        )  # fmt: skip


class CallPageOut(Schema):
    items: list[CallToMakeOut]
    next_cursor: str | None
