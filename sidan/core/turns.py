"""A small state machine takes one step at a time: whoever read an older turn comes second and is told so."""

from collections.abc import Callable, Collection
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Model, QuerySet

from sidan.core.errors import Conflict


class Turn(models.Model):
    """A step of a small state machine, ids and codes only: the app adds whose step it is, once a turn."""

    turn = models.PositiveIntegerField()
    verb = models.CharField(max_length=12)
    from_state = models.CharField(max_length=10, blank=True)
    to_state = models.CharField(max_length=10)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.DO_NOTHING, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        abstract = True
        ordering = ["turn"]


def take_turn(
    *,
    rows: QuerySet[Any],
    thing: Model,
    sources: Collection[str],
    target: str,
    at: datetime,
    moved_on: Callable[[str], Conflict],
) -> str:
    """Move a thing with `state`, `state_since` and `turn` by one verb, in one statement; return the state it had.

    A verb that keeps the state keeps since when it is in it. The caller is in a transaction and appends the step.

    Raises:
        what `moved_on` builds of the present state: the verb does not fit it, or another turn was taken meanwhile.
    """
    row: Any = thing
    before: str = row.state
    if before not in sources:
        raise moved_on(before)
    since = row.state_since if target == before else at
    if not rows.filter(pk=row.pk, turn=row.turn).update(state=target, state_since=since, turn=row.turn + 1):
        raise moved_on(rows.values_list("state", flat=True).get(pk=row.pk))
    row.state, row.state_since, row.turn = target, since, row.turn + 1
    return before
