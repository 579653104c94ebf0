"""How large the demo is."""

from dataclasses import dataclass, replace
from typing import Final


@dataclass(frozen=True, slots=True)
class Size:
    """How many of each; `days` is how far back the orders reach, `points` how many service points villages have.

    Without a number of sessions the Saturday fair is as old as the other activities.
    """

    name: str
    teams: int
    volunteers: int
    projects: int
    orders: int
    residents: int
    practitioners: int
    days: int = 180
    points: int = 0
    activities: int = 0
    """Held in the months that are over, besides those that everybody who signs in finds."""
    fair_sessions: int = 0
    fair_visitors: int = 0


# In proportion to what was reported: 44 volunteers a team, one project a team.
SMALL: Final = Size(
    "small", teams=60, volunteers=2670, projects=60, orders=400, residents=150, practitioners=30
)
FULL: Final = Size(
    "full",
    teams=1125,
    volunteers=50_000,
    projects=1110,
    orders=9000,
    residents=3000,
    practitioners=187,
    fair_sessions=216,
    fair_visitors=80_000,
)
"""What Xunwu reported: 1,125 teams, 50,000 volunteers, 1,110 projects, 187 practitioners; of its Saturday fair 216
sessions since 2022 and 80,000 visitors."""

_DISTRICT: Final = replace(
    FULL, name="district", orders=120_000, residents=20_000, points=774, fair_sessions=0
)
"""As many closed loops as one district reported, with the service points of the villages on 1,000 places."""
ORDERS_A_DAY: Final = 50
"""Of the full county; the orders of a larger one reach further back instead, up to two years."""
_LONGEST: Final = 730


def district(*, orders: int) -> Size:
    """Return the same large district whatever the number of its orders, so that only they differ."""
    days = max(SMALL.days, min(orders // ORDERS_A_DAY, _LONGEST))
    return replace(_DISTRICT, orders=orders, days=days)


_BUSY: Final = replace(_DISTRICT, name="busy", orders=1_200, days=1_130)
"""Few orders, but as far back as three years of activities reach: nobody helps before they are known."""


def busy_county(*, activities: int) -> Size:
    """Return the same county whatever the number of its activities, so that only they differ."""
    return replace(_BUSY, activities=activities)
