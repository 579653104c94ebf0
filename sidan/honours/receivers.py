"""What the records set going, in the transaction in which one is taken back."""

from sidan.core.events import subscribe
from sidan.honours import operations
from sidan.hours.events import HoursEntered


@subscribe(HoursEntered)
def after_hours(event: HoursEntered) -> None:
    """Tell whose certificates are no longer valid; a new record makes none invalid."""
    if event.minutes < 0:
        operations.tell_of_spoiled(at=event.at, counter_id=event.entry_id)
