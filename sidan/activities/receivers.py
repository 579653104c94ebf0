"""What happens to rooms, as far as activities hold them."""

from sidan.activities.operations import lose_room
from sidan.activities.operations.rooming import HELD_FOR
from sidan.bookings.events import BookingMoved
from sidan.core.events import subscribe


@subscribe(BookingMoved)
def after_booking(event: BookingMoved) -> None:
    """Tell who prepared an activity that its room is gone."""
    if event.for_kind == HELD_FOR and event.verb == "cancel":
        lose_room(at=event.at, booking_id=event.booking_id)
