"""What the API tells of the audit trail."""

from datetime import datetime
from uuid import UUID

from ninja import Schema

from sidan.audit.queries import TrailLine


class ActOut(Schema):
    """One act in words, in the reader's language; `verb` and `facts` are for programs."""

    id: UUID
    at: datetime
    who: str
    who_id: UUID | None
    sentence: str
    verb: str
    subject_kind: str
    place: str
    facts: str
    request_id: str

    @classmethod
    def of(cls, line: TrailLine) -> "ActOut":
        """Make it of a line of the trail."""
        return cls(
            id=line.uuid, at=line.at, who=line.who, who_id=line.who_uuid, sentence=line.sentence, verb=line.verb,
            subject_kind=line.subject_kind, place=line.place, facts=line.facts, request_id=line.request_id,
        )  # fmt: skip


class TrailOut(Schema):
    """A page of the trail."""

    items: list[ActOut]
    next_cursor: str | None
