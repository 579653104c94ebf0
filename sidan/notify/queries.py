"""Reading an inbox."""

from sidan.core.actor import Actor
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
    unread = Notice.objects.filter(account_id=actor.account_id or 0, read_at=None)
    return unread.order_by()[: UNREAD_SHOWN_TO + 1].count()
