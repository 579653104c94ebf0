"""What people have promised for a time: whoever asks for the same time is told, and nothing is forbidden.

Each app that sends or invites people says in `ready()` how what they promised to it is found. So a visit and an
activity at the same time are known to each other, although neither app knows the other (R-A4).
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from typing import Final
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Promise:
    """What somebody is to do from when to when, called so that it may be read by who runs something else."""

    person_id: int
    subject: UUID
    """The public id of what was promised."""
    title: str
    begins: datetime
    ends: datetime


Find = Callable[[Collection[int], datetime, datetime], Iterable[Promise]]
"""Finds what some people promised that overlaps a time, whoever asks: an app's own scope does not bind it."""

_finders: Final[list[Find]] = []


def register_promises(find: Find) -> None:
    """Make promises of an app known; done once when it starts."""
    _finders.append(find)


def promised(
    *, person_ids: Collection[int], begins: datetime, ends: datetime, besides: UUID
) -> list[Promise]:
    """Return what some people promised for a time besides one thing, what begins first first: one query an app."""
    if not person_ids:
        return []
    found = (one for find in _finders for one in find(person_ids, begins, ends))
    return sorted((one for one in found if one.subject != besides), key=attrgetter("begins", "subject"))
