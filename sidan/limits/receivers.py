"""What a change of the calendar means for the clocks that run: a job, asked for in the transaction of the change."""

from sidan.core.events import subscribe
from sidan.core.jobs import defer_by_name
from sidan.places.events import DaysMadeFree


@subscribe(DaysMadeFree)
def after_days_off(event: DaysMadeFree) -> None:
    """Have the clocks counted anew that run over those days."""
    defer_by_name(
        "limits.count_days_off", place=event.place_id or 0, first=event.first.isoformat(), last=event.last.isoformat()
    )  # fmt: skip
