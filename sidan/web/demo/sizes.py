"""How large the demo is."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Size:
    """How many of each; `days` is how far back the orders reach."""

    name: str
    teams: int
    volunteers: int
    projects: int
    orders: int
    residents: int
    practitioners: int
    days: int = 180


# In proportion to what was reported: 44 volunteers a team, one project a team.
SMALL: Final = Size(
    "small", teams=60, volunteers=2670, projects=60, orders=400, residents=150, practitioners=30
)
FULL: Final = Size(
    "full", teams=1125, volunteers=50_000, projects=1110, orders=9000, residents=3000, practitioners=187
)
"""What Xunwu reported: 1,125 teams, 50,000 volunteers, 1,110 projects, 187 practitioners."""
