"""Facts of hours that higher apps may listen to. Ids and codes only."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class HoursEntered:
    """A record, or a counter-record, was appended: `minutes` is negative for what is taken back."""

    entry_id: int
    cause_id: int
    person_id: int
    team_id: int | None
    place_id: int
    county_id: int | None
    minutes: int
    day: date
    at: datetime
