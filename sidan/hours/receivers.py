"""What proof sets going, in the transaction in which it was given."""

from sidan.attendance.events import TimesProven
from sidan.core.events import subscribe
from sidan.hours import operations


@subscribe(TimesProven)
def after_proof(event: TimesProven) -> None:
    """Record the hours of what is over; what is not over yet is recorded when somebody says what it was."""
    operations.record_hours(at=event.at, cause_ids=event.cause_ids, person_id=event.person_id)
