"""How near the day of a task is. No database, no clock."""

from datetime import date

from sidan.core.pressure import SOON


def standing(*, state: str, due_on: date, today: date) -> str:
    """Return the state of a task; of an open one "soon" from three days before its day on, "overdue" after it."""
    if state != "open":
        return state
    if due_on < today:
        return "overdue"
    return "soon" if due_on - today <= SOON else "open"
