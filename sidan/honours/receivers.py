"""What the records set going, in the transaction in which one is taken back."""

from sidan.core.events import subscribe
from sidan.core.jobs import defer_by_name
from sidan.honours import operations
from sidan.hours.events import HoursEntered


@subscribe(HoursEntered)
def after_hours(event: HoursEntered) -> None:
    """Tell whose certificates are no longer valid, and look again at their stars; a new record spoils none."""
    if event.minutes < 0:
        operations.tell_of_spoiled(at=event.at, counter_id=event.entry_id)
        # Later: of a correction the right record follows the counter-record, and only both together say what is left.
        defer_by_name("honours.recheck_stars", person_id=event.person_id)
