"""To which team somebody's hours go where several serve at one occasion: apps above say it at start.

Without a word of theirs it is the team of the occasion. What was recorded keeps its team: which team stood there is
read when the hours are written, and a stall that changes hands later changes no record.
"""

from collections.abc import Callable, Collection, Mapping
from typing import Final

Served = tuple[int, int]
"""A cause, and a person who served for it."""
TeamsOf = Callable[[Collection[int], Collection[int]], Mapping[Served, int]]

_sources: Final[dict[str, TeamsOf]] = {}


def register_teams(name: str, source: TeamsOf) -> None:
    """Let an app say of which team persons were at some causes; registered twice under a name it is the later one."""
    _sources[name] = source


def credited_teams(*, cause_ids: Collection[int], person_ids: Collection[int]) -> dict[Served, int]:
    """Return the team of each who served for another one than that of the occasion: what each app asks at once."""
    found: dict[Served, int] = {}
    for _name, source in sorted(_sources.items()):
        found.update(source(cause_ids, person_ids))
    return found
