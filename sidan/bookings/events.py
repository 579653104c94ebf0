"""Facts of bookings that higher apps may listen to."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class BookingMoved:
    """A booking took a step. Ids and codes only; `for_kind` and `for_uuid` name what a higher app holds it for."""

    booking_id: int
    step_id: int
    verb: str
    from_state: str
    to_state: str
    room_id: int
    for_kind: str
    for_uuid: UUID | None
    place_id: int
    county_id: int | None
    at: datetime
