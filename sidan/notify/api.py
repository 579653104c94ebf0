"""The inbox over the API."""

from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router, Status

from sidan.core.actor import Actor
from sidan.core.clock import now
from sidan.core.pagination import DEFAULT_LIMIT, MAX_LIMIT
from sidan.core.requests import actor_of
from sidan.notify import operations, queries
from sidan.notify.schemas import ChoicesIn, ChoicesOut, InboxOut, NoticeOut

router = Router(tags=["notices"])


@router.get("", response=InboxOut, summary="My notices, newest first")
def list_notices(
    request: HttpRequest,
    cursor: Annotated[str | None, Query(max_length=1000)] = None,
    limit: Annotated[int, Query(ge=1, le=MAX_LIMIT)] = DEFAULT_LIMIT,
) -> InboxOut:
    """Return a page of one's own inbox and how much of it is unread (100 means more than 99)."""
    actor = actor_of(request)
    page = queries.inbox_of(actor=actor, cursor=cursor, limit=limit)
    return InboxOut(
        items=[NoticeOut.of(notice) for notice in page.items],
        next_cursor=page.next_cursor,
        unread=queries.unread_count(actor=actor),
    )


@router.post("/{uuid:notice_id}/read", response={204: None}, summary="Mark a notice as read")
def read_notice(request: HttpRequest, notice_id: UUID) -> Status[None]:
    """Mark one notice as read; doing it again changes nothing."""
    operations.mark_read(actor=actor_of(request), at=now(), uuid=notice_id)
    return Status(204, None)


@router.post("/read", response={204: None}, summary="Mark all notices as read")
def read_all_notices(request: HttpRequest) -> Status[None]:
    """Mark everything up to now as read."""
    operations.mark_all_read(actor=actor_of(request), at=now())
    return Status(204, None)


@router.get("/settings", response=ChoicesOut, summary="Which messages I want sent, and when not")
def message_settings(request: HttpRequest) -> ChoicesOut:
    """Return one's choices; where nothing was chosen, the defaults."""
    return ChoicesOut.of(_own_choices(actor_of(request)))


@router.put("/settings", response=ChoicesOut, summary="Choose which messages I want sent")
def choose_messages(request: HttpRequest, choices: ChoicesIn) -> ChoicesOut:
    """Keep what is given; the rest stays as it is."""
    actor = actor_of(request)
    chosen = choices.chosen(before=_own_choices(actor))
    operations.choose_messages(actor=actor, at=now(), chosen=chosen)
    return ChoicesOut.of(_own_choices(actor))


def _own_choices(actor: Actor) -> queries.Choices:
    account_id = actor.account_id or 0
    return queries.choices_of(account_ids=[account_id]).get(account_id, queries.Choices())
