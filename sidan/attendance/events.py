"""Facts of attendance that higher apps may listen to. Ids and codes only."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class TimesProven:
    """Of some causes there are times now that count: both ends are proven or were said to be right."""

    cause_ids: tuple[int, ...]
    at: datetime
    person_id: int | None = None
    """Whose, where it is one person's; the act holds their lock."""
