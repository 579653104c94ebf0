"""Until when the present state of a thing may last: kept on the thing, set by whoever registered a clock above.

The app of the thing does not know how limits are counted. A clock is told of every change of state or holder, within
its transaction, with the thing in hand; it answers by `keep_due`, which takes along what the clock itself writes: one
statement in all.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Generic, Protocol, TypeVar

from django.db import connection
from django.db.models import DateTimeField, Value
from django.db.models.expressions import Combinable

from sidan.core.moments import Counted


class Timed(Protocol):
    """What a clock runs for."""

    pk: Any
    due_at: datetime | None
    half_at: datetime | None
    counted: Counted | None


@dataclass(frozen=True, slots=True)
class Due:
    """Until when something must be done, and from when on the time is short; nothing where nothing limits it."""

    due_at: datetime | None = None
    half_at: datetime | None = None
    counted: Counted | None = None
    """By which calendar; none where it runs at night and on holidays, too."""


class KeptTimes(Protocol):
    """What an app above keeps for `TaskClocks`."""

    def begin(self, *, task: str, thing: Any, turn: int, at: datetime) -> None: ...

    def end(self, *, task: str, thing_id: int, turn: int | None, at: datetime) -> None: ...

    def due(self, *, task: str, thing_ids: Iterable[int]) -> Mapping[tuple[int, int], Due]: ...

    def due_at(self, *, task: str) -> Combinable: ...


class TaskClocks:
    """The times of what is to be done beside a thing's own way; none run where no app above registered any.

    A task is known by its name, its thing, and the turn of the thing at which it came up.
    """

    def __init__(self) -> None:
        self._kept: KeptTimes | None = None

    def register(self, kept: KeptTimes) -> None:
        """Let an app above keep the times; called once in its `ready()`."""
        self._kept = kept

    def begin(self, *, task: str, thing: Any, turn: int, at: datetime) -> None:
        """Tell that a task came up, within the transaction in which it did. A second time it does nothing."""
        if self._kept is not None:
            self._kept.begin(task=task, thing=thing, turn=turn, at=at)

    def end(self, *, task: str, thing_id: int, at: datetime, turn: int | None = None) -> None:
        """Tell that a task is done, or is nobody's any more; without a turn all of that name."""
        if self._kept is not None:
            self._kept.end(task=task, thing_id=thing_id, turn=turn, at=at)

    def due(self, *, task: str, thing_ids: Iterable[int]) -> Mapping[tuple[int, int], Due]:
        """Return until when each such task of some things is to be done, by thing and turn: one query for a page."""
        return self._kept.due(task=task, thing_ids=thing_ids) if self._kept is not None else {}

    def due_at(self, *, task: str) -> Combinable:
        """Return until when the last task of that name is to be done, for a query of things that stand in its order."""
        nothing = Value(None, output_field=DateTimeField(null=True))
        return self._kept.due_at(task=task) if self._kept is not None else nothing


Thing = TypeVar("Thing", bound=Timed)
NOTHING: Final[Mapping[str, Any]] = {}


class Clockwork(Generic[Thing]):
    """The clock of the things of one table; none runs where no app above registered one."""

    def __init__(self, *, table: str) -> None:
        self._table = table
        self._clock: Callable[[Thing, int, datetime], None] | None = None
        self._counted: Callable[[Iterable[Any]], Mapping[Any, Counted]] | None = None

    def register(self, clock: Callable[[Thing, int, datetime], None]) -> None:
        """Let an app above set the clocks; called once in its `ready()`. It is told thing, step and moment."""
        self._clock = clock

    def register_calendars(self, counted: Callable[[Iterable[Any]], Mapping[Any, Counted]]) -> None:
        """Let that app tell by which calendars it counts: of some things' keys those whose time is so counted."""
        self._counted = counted

    def counted(self, keys: Iterable[Any]) -> Mapping[Any, Counted]:
        """Return by which calendar what is left of the time of each thing is counted: so many queries for any page."""
        return self._counted(keys) if self._counted is not None else {}

    def count(self, things: Iterable[Thing]) -> None:
        """Let things that a page shows know by which calendar their time is counted."""
        timed = [thing for thing in things if thing.due_at is not None]
        counted = self.counted([thing.pk for thing in timed]) if timed else {}
        for thing in timed:
            thing.counted = counted.get(thing.pk)

    def tell(self, thing: Thing, *, step_id: int, at: datetime) -> None:
        """Tell the clock, if there is one, that a thing has a new state or another holder by a step."""
        if self._clock is not None:
            self._clock(thing, step_id, at)

    def keep_due(
        self,
        thing: Thing,
        *,
        due_at: datetime | None,
        half_at: datetime | None,
        beside: str = "",
        condition: str = "TRUE",
        values: Mapping[str, Any] = NOTHING,
    ) -> bool:
        """Write until when a thing's present state may last; tells whether it was written.

        Args:
            thing: read and moved within this transaction.
            due_at: when it must be over; none where nothing limits it.
            half_at: from when on the time is short.
            beside: further parts of the statement (common table expressions of SQL) which the caller writes itself.
            condition: what must hold, in SQL, for the due moment to be written.
            values: the values of both, by name; `thing`, `due` and `half` are given here.
        """
        begin = f"WITH {beside} " if beside else ""
        with connection.cursor() as cursor:
            cursor.execute(
                f"{begin}UPDATE {self._table} SET due_at = %(due)s::timestamptz, half_at = %(half)s::timestamptz "
                f"WHERE id = %(thing)s AND {condition}",
                {**values, "thing": thing.pk, "due": due_at, "half": half_at},
            )
            written: bool = cursor.rowcount == 1
        if written:
            thing.due_at, thing.half_at = due_at, half_at
        return written
