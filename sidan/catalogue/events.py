"""Facts of the catalogue that higher apps may listen to."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class ProjectMoved:
    """A project of the library changed its state."""

    project_id: int
    verb: str
    from_state: str
    to_state: str
    place_id: int
    county_id: int | None
    at: datetime


@dataclass(frozen=True, slots=True)
class MenuPublished:
    """A place's menu of a month can be seen by residents."""

    menu_id: int
    place_id: int
    county_id: int | None
    month: date
    at: datetime
