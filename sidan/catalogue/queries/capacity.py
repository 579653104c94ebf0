"""How much room projects have in the months ahead. What takes it is counted by the app that knows of orders."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Final

from sidan.catalogue.models import Project
from sidan.catalogue.policies import MonthRoom, Rooms, month_after, months_from

Taken = Mapping[tuple[int, date], int]
Counting = Callable[[Sequence[int], date, date], Taken]
"""Of some projects, from the first day of a month until before the last: how many each took for each month."""
_counting: Final[list[Counting]] = []


def register_counting(counting: Counting) -> None:
    """Let a higher app tell how much of a project's room is taken; called from its ready()."""
    if counting not in _counting:
        _counting.append(counting)


def rooms_of(*, project: Project, today: date) -> Rooms | None:
    """Return how a project stands this month and in those ahead; nothing where it takes all that come."""
    if project.month_capacity is None:
        return None
    months = months_from(today)
    taken = _taken([project.pk], months)
    return Rooms(
        [MonthRoom(month, project.month_capacity, taken.get((project.pk, month), 0)) for month in months]
    )


def rooms_in(*, capacities: Iterable[tuple[int, int | None]], month: date) -> dict[int, MonthRoom]:
    """Return how those of some projects (id and capacity) that have a limit stand in a month (its first day).

    At most one query, and none where no project has a limit.
    """
    limited = {project_id: capacity for project_id, capacity in capacities if capacity is not None}
    if not limited:
        return {}
    taken = _taken(sorted(limited), [month])
    return {
        project_id: MonthRoom(month, capacity, taken.get((project_id, month), 0))
        for project_id, capacity in limited.items()
    }


def _taken(project_ids: Sequence[int], months: Sequence[date]) -> dict[tuple[int, date], int]:
    found: dict[tuple[int, date], int] = {}
    for counting in _counting:
        for key, count in counting(project_ids, months[0], month_after(months[-1])).items():
            found[key] = found.get(key, 0) + count
    return found
