"""Reading an inbox."""

from typing import Final

from django.db.models import Value

from sidan.core.actor import Actor
from sidan.core.compiled import PublicRows
from sidan.core.pagination import DEFAULT_LIMIT, Page, keyset_page
from sidan.notify.models import Notice

UNREAD_SHOWN_TO = 99


def inbox_of(*, actor: Actor, cursor: str | None = None, limit: int = DEFAULT_LIMIT) -> Page[Notice]:
    """Return a page of the actor's own notices, newest first."""
    rows = Notice.objects.filter(account_id=actor.account_id or 0)
    return keyset_page(rows=rows, sort="-at", cursor=cursor, limit=limit)


def unread_count(*, actor: Actor) -> int:
    """Return how many notices are unread, counted to 100 at most: more than 99 is shown as 99+."""
    if not actor.is_signed_in:
        return 0
    return len(_UNREAD.rows(account=actor.account_id))


# With every page: a constant for each row, because counting costs Django a second query to build.
_UNREAD: Final = PublicRows(
    lambda account: (
        Notice.objects.filter(account_id=account, read_at=None)
        .order_by()
        .values_list(Value(1))[: UNREAD_SHOWN_TO + 1]
    ),
    account=-1,
)
