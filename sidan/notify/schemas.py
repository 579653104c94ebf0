"""What the API tells of an inbox."""

from datetime import datetime
from uuid import UUID

from ninja import Schema

from sidan.notify.kinds import kind_of
from sidan.notify.models import Notice


class NoticeOut(Schema):
    """One notice, with its sentence in the reader's language."""

    id: UUID
    kind: str
    sentence: str
    link: str
    at: datetime
    read_at: datetime | None

    @classmethod
    def of(cls, notice: Notice) -> "NoticeOut":
        """Make it of a row."""
        return cls(
            id=notice.uuid,
            kind=notice.kind,
            sentence=kind_of(notice.kind).render(notice.facts),
            link=notice.link,
            at=notice.at,
            read_at=notice.read_at,
        )


class InboxOut(Schema):
    """A page of an inbox."""

    items: list[NoticeOut]
    next_cursor: str | None
    unread: int
