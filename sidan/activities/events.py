"""Facts of activities that higher apps may listen to."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class ActivityMoved:
    """An activity took a step. Ids and codes only."""

    activity_id: int
    step_id: int
    verb: str
    from_state: str
    to_state: str
    place_id: int
    county_id: int | None
    at: datetime


@dataclass(frozen=True, slots=True)
class ActivityShifted:
    """What was announced is held at another time or another spot since now; its row says which. Ids only."""

    activity_id: int
    step_id: int
    at: datetime
