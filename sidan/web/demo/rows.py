"""Rows of many models that belong together: numbered and packed beside the database, written in one go."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from sidan.attendance.operations import derive_intervals
from sidan.evidence.models import Cause
from sidan.web.demo.writing import Packed, check_foreign_keys, drafted, number_rows, packed, point, send


@dataclass
class Rows:
    """Rows by model, in the order in which they are written."""

    by_model: dict[type, list[Any]] = field(default_factory=lambda: defaultdict(list))

    def add(self, model: type[models.Model], /, **values: Any) -> Any:
        """Make a row, keep it and hand it back."""
        row = drafted(model, **values)
        self.by_model[model].append(row)
        return row

    def keep(self, row: models.Model) -> None:
        """Keep a row that is made already."""
        self.by_model[type(row)].append(row)


@dataclass(frozen=True, slots=True)
class Layout:
    """How rows hang together: in which order they are written, what is pointed at, and by which relations of what."""

    written: Sequence[type[models.Model]]
    pointed_at: Sequence[type[models.Model]]
    pointers: Mapping[type[models.Model], tuple[str, ...]]


@dataclass(frozen=True)
class Ready:
    """Rows as the database takes them, and the causes whose times are then to be derived."""

    copies: Sequence[Packed]
    cause_ids: Sequence[int]


def link_rows(rows: Rows, *, layout: Layout, session: BaseDatabaseWrapper) -> None:
    """Number what is pointed at by a session that is free, and let rows point at the ids their targets have by now."""
    for pointed_at in layout.pointed_at:
        number_rows(rows.by_model[pointed_at], session=session)
    for model, names in layout.pointers.items():
        point(rows.by_model[model], *names)


def pack_rows(
    rows: Rows, *, layout: Layout, session: BaseDatabaseWrapper, proven_by: Iterable[Cause]
) -> Ready:
    """Number the rest of linked rows, and pack all of them; the times are proven by the marks of some causes."""
    made = [rows.by_model[model] for model in layout.written if rows.by_model[model]]
    for each in made:
        number_rows(each, session=session)
    return Ready([packed(each) for each in made], [cause.pk for cause in proven_by])


def write_rows(ready: Ready, *, now: datetime) -> None:
    """Write what was made ready, and from when to when everybody was there."""
    send(ready.copies)
    check_foreign_keys()
    derive_intervals(cause_ids=ready.cause_ids, at=now)
