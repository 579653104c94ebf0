"""Wishes over the API: the wall, my own, adopting; the same operations as the portal's pages."""

from dataclasses import asdict
from typing import Annotated, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router, Status
from ninja.decorators import decorate_view

from sidan.audit.telling import LookOut
from sidan.core.clock import now
from sidan.core.idempotency import idempotent
from sidan.core.pagination import MAX_LIMIT, keyset_page
from sidan.core.requests import actor_of
from sidan.wishes import operations, queries
from sidan.wishes.enums import WishChannel
from sidan.wishes.models import Wish
from sidan.wishes.permissions import require_own
from sidan.wishes.schemas import (
    AdoptIn,
    MadeWishOut,
    OwnWishOut,
    WishIn,
    WishOut,
    WishPageOut,
    WishReleaseIn,
    WishWordsIn,
)

router = Router(tags=["wishes"])
Cursor = Annotated[str | None, Query(max_length=1000)]
Limit = Annotated[int, Query(ge=1, le=MAX_LIMIT)]


@router.get("", response=WishPageOut, summary="The wall of wishes")
def list_wishes(
    request: HttpRequest,
    chip: Literal["", "adopted", "fulfilled"] = "",
    cursor: Cursor = None,
    limit: Limit = 50,
) -> WishPageOut:
    """Public sentences that wait for adopters; with a chip those adopted, or those that came true."""
    actor_of(request)
    page = keyset_page(rows=queries.wall(near=None, chip=chip), sort="-id", cursor=cursor, limit=limit)
    return WishPageOut(items=[WishOut.of(wish) for wish in page.items], next_cursor=page.next_cursor)


@router.get("/mine", response=WishPageOut, summary="My own wishes, newest first")
def list_my_wishes(request: HttpRequest, cursor: Cursor = None, limit: Limit = 50) -> WishPageOut:
    """What I wished for."""
    rows = queries.my_wishes(actor=actor_of(request))
    page = keyset_page(rows=rows, sort="-id", cursor=cursor, limit=limit)
    return WishPageOut(items=[WishOut.of(wish) for wish in page.items], next_cursor=page.next_cursor)


@router.post("", response={201: MadeWishOut}, summary="Make a wish")
@decorate_view(idempotent)
def make_wish(request: HttpRequest, payload: WishIn) -> Status[MadeWishOut]:
    """Wish for something, where one lives; with an Idempotency-Key it may be repeated.

    Where the words speak of danger to life, `call_now` says whom to call: show it at once.
    """
    made = operations.make_wish(
        actor=actor_of(request), at=now(), told=payload.told(), channel=WishChannel.API
    )
    return Status(201, MadeWishOut.of_made(made, payload.words))


@router.get("/mine/{wish_id}", response=OwnWishOut, summary="One of my wishes")
def read_own_wish(request: HttpRequest, wish_id: UUID) -> OwnWishOut:
    """One's own wish with one's words, and the numbers of the orders that came of it."""
    actor, found = actor_of(request), _wish(wish_id)
    require_own(actor=actor, wish=found)
    text, links = queries.full_text(actor=actor, wish=found), queries.links_of(wish=found)
    return OwnWishOut(
        **WishOut.of(found).dict(), words=str(text.words) if text else "",
        orders=[order.number for order in links.orders], answer_by=found.due_at,
        looks=[LookOut(**asdict(each)) for each in queries.looks_at(wish=found, reader=actor)],
    )  # fmt: skip


@router.post("/{wish_id}/adopt", response=WishOut, summary="Adopt")
@decorate_view(idempotent)
def adopt(request: HttpRequest, wish_id: UUID, payload: AdoptIn) -> WishOut:
    """Adopt a wish of the wall, for oneself or for a team one leads."""
    operations.adopt_wish(actor=actor_of(request), at=now(), wish=_wish(wish_id), team_uuid=payload.team)
    return WishOut.of(_wish(wish_id))


@router.post("/{wish_id}/release", response=WishOut, summary="Give back")
@decorate_view(idempotent)
def release(request: HttpRequest, wish_id: UUID, payload: WishReleaseIn) -> WishOut:
    """Give an adopted wish back: to the wall, or to those who arrange it already; staff say whose adoption."""
    return WishOut.of(
        operations.release_adoption(actor=actor_of(request), at=now(), wish=_wish(wish_id), **payload.dict())
    )


@router.post("/{wish_id}/fulfil", response=WishOut, summary="It came true")
@decorate_view(idempotent)
def fulfil(request: HttpRequest, wish_id: UUID, payload: WishWordsIn) -> WishOut:
    """Report that a wish came true; of several adopters each that their own share is done, and with the last it has."""
    return WishOut.of(
        operations.fulfil_wish(actor=actor_of(request), at=now(), wish=_wish(wish_id), words=payload.words)
    )


@router.post("/{wish_id}/withdraw", response=WishOut, summary="Take back")
@decorate_view(idempotent)
def withdraw(request: HttpRequest, wish_id: UUID) -> WishOut:
    """Take one's own wish back while nobody has adopted it and its orders have ended."""
    return WishOut.of(operations.withdraw_wish(actor=actor_of(request), at=now(), wish=_wish(wish_id)))


def _wish(uuid: UUID) -> Wish:
    return queries.wish_by_uuid(uuid=uuid)
