"""Facts of schools that higher apps may listen to."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class SchoolMoved:
    """A school took a step. Ids and codes only."""

    school_id: int
    step_id: int
    verb: str
    from_state: str
    to_state: str
    place_id: int
    county_id: int | None
    at: datetime
