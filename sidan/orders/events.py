"""Facts of the loop that higher apps may listen to."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class OrderMoved:
    """An order took a step. Ids and codes only; whoever needs more reads the order in its own scope."""

    order_id: int
    step_id: int
    verb: str
    from_state: str
    to_state: str
    origin_place_id: int
    county_id: int | None
    team_id: int | None
    at: datetime

    @property
    def goes_on_elsewhere(self) -> bool:
        """Whether it ended only because another order of the same person goes on in its place (`OrderMerge`)."""
        return self.verb == "merge"


@dataclass(frozen=True, slots=True)
class OrderMerged:
    """An order ended because another one of the same person goes on in its place; `OrderMerge` tells so already."""

    order_id: int
    into_id: int
    at: datetime


@dataclass(frozen=True, slots=True)
class OrderEndedInDanger:
    """An order of which danger to life was told ended unserved: it is over, the danger may not be.

    It was cancelled or closed in such words, or was marked as a danger when it was refused, or closed as not possible.
    """

    order_id: int
    verb: str
    at: datetime


@dataclass(frozen=True, slots=True)
class VisitFinished:
    """A visit was reported as done: its marks may become hours."""

    order_id: int
    visit_id: int
    cause_id: int
    at: datetime


@dataclass(frozen=True, slots=True)
class OrderReviewed:
    """A resident said how it was; the order is closed by it, and the review is there to be read."""

    order_id: int
    review_id: int
    outcome: str
    at: datetime
    device: str = ""
    """The mark of the browser by which it came, where there is one."""
    is_danger: bool = False
    """Its words speak of danger to life."""
