"""Where the door of an order is, over the API: kept by the resident, or by staff there with consent; removed."""

from datetime import datetime

from django.http import HttpRequest
from ninja import Router, Schema, Status
from ninja.decorators import decorate_view

from sidan.attendance.reading import ReadingIn
from sidan.core.clock import now
from sidan.core.idempotency import idempotent
from sidan.core.requests import actor_of
from sidan.orders import operations, queries

router = Router(tags=["orders"])


class DoorIn(ReadingIn):
    resident_agrees: bool = False
    """Of staff: the resident was asked. One's own order needs no such word."""


class PinnedOut(Schema):
    """That there is a point, and how exact; the point itself is shown to nobody."""

    accuracy_m: int
    by_resident: bool
    at: datetime


@router.put("/{number}/point", response=PinnedOut, summary="Keep where the door is")
@decorate_view(idempotent)
def pin(request: HttpRequest, number: str, payload: DoorIn) -> PinnedOut:
    """A check-in by place is measured to it; removed when the order ends."""
    kept = operations.pin_point(
        actor=actor_of(request), at=now(), order=queries.order_by_number(number=number),
        reading=payload.told(), resident_agrees=payload.resident_agrees,
    )  # fmt: skip
    return PinnedOut(accuracy_m=kept.accuracy_m, by_resident=kept.is_own, at=kept.pinned_at)


@router.delete("/{number}/point", response={204: None}, summary="Remove where the door is")
def unpin(request: HttpRequest, number: str) -> Status[None]:
    """Without a point nothing happens."""
    operations.unpin_point(actor=actor_of(request), at=now(), order=queries.order_by_number(number=number))
    return Status(204, None)
