"""Activities over the API: the same operations and the same permissions as the pages."""

from collections.abc import Callable, Mapping
from typing import Annotated, Any, Final, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router, Status
from ninja.decorators import decorate_view

from sidan.activities import operations, queries
from sidan.activities.api.naming import place_of, plan_of, room_of
from sidan.activities.models import Activity
from sidan.activities.permissions import require_desk, require_running
from sidan.activities.schemas.once import (
    ActivityChangeIn,
    ActivityIn,
    ActivityNoteIn,
    ActivityOut,
    ActivityPageOut,
    AudienceCode,
    ChipCode,
    KindCode,
    NewActivityIn,
    OfficeActivityOut,
    OneActivityOut,
    TaskCode,
    WhenCode,
)
from sidan.core.clock import now
from sidan.core.idempotency import idempotent
from sidan.core.pages import office
from sidan.core.pagination import MAX_LIMIT, keyset_page
from sidan.core.requests import actor_of

router = Router(tags=["activities"])
Cursor = Annotated[str | None, Query(max_length=1000)]
Limit = Annotated[int, Query(ge=1, le=MAX_LIMIT)]
Text = Annotated[str, Query(max_length=60)]
Verb = Literal["submit", "send-back", "announce", "open", "run", "end", "file", "drop", "cancel"]

PRESSED: Final[Mapping[str, Callable[..., Activity]]] = {
    "submit": operations.submit_activity,
    "announce": operations.announce_activity,
    "open": operations.open_activity,
    "run": operations.run_activity,
    "end": operations.end_activity,
    "file": operations.file_activity,
    "drop": operations.drop_activity,
}
TOLD: Final[Mapping[str, Callable[..., Activity]]] = {
    "send-back": operations.send_activity_back,
    "cancel": operations.cancel_activity,
}


@router.get("", response=ActivityPageOut, auth=None, summary="What comes")
def list_activities(
    request: HttpRequest, place: UUID | None = None, when: WhenCode = "", kind: KindCode | None = None,
    audience: AudienceCode | None = None, q: Text = "", cursor: Cursor = None, limit: Limit = 24,
) -> ActivityPageOut:  # fmt: skip
    """What is announced and not over, by when it begins; with a place what it and all below it hold. Open to all."""
    found = place_of(place) if place else None
    wanted = queries.Wanted(
        at=now(), when=when, place_id=found.pk if found else None, county_id=found.county_id if found else None,
        kind=kind or "", audience=audience or "", text=q,
    )  # fmt: skip
    page = keyset_page(rows=queries.coming(wanted=wanted), sort="begins_key", cursor=cursor, limit=limit)
    return ActivityPageOut(items=[ActivityOut.of(one) for one in page.items], next_cursor=page.next_cursor)


@router.get("/office", response=ActivityPageOut, summary="The activities of one's office")
def list_office_activities(
    request: HttpRequest, chip: ChipCode = "", kind: KindCode | None = None, task: TaskCode | None = None,
    q: Text = "", cursor: Cursor = None, limit: Limit = 50,
) -> ActivityPageOut:  # fmt: skip
    """What is in hand, drafts too; with a chip what stands behind it."""
    require_desk(actor=actor_of(request))
    chosen = queries.ActivityFilter(chip=chip, kind=kind or "", task=task or "", text=q)
    with office(public=False):
        page = keyset_page(rows=queries.desk(chosen=chosen), sort="begins_key", cursor=cursor, limit=limit)
    return ActivityPageOut(items=[ActivityOut.of(one) for one in page.items], next_cursor=page.next_cursor)


@router.post("", response={201: ActivityOut}, summary="Write a draft")
@decorate_view(idempotent)
def draft_activity(request: HttpRequest, payload: NewActivityIn) -> Status[ActivityOut]:
    """A draft of an activity of a place; a room that is named is held for it."""
    actor = actor_of(request)
    place = place_of(payload.place)
    require_running(actor=actor, place_id=place.pk, county_id=place.county_id)
    made = operations.draft_activity(
        actor=actor, at=now(), place=place, plan=plan_of(payload, span=payload.span())
    )
    return Status(201, ActivityOut.of(made))


@router.get("/{activity_id}", response=OneActivityOut, auth=None, summary="One activity")
def read_activity(request: HttpRequest, activity_id: UUID) -> OneActivityOut:
    """One activity that is announced, going on or over, or was called off. Open to all."""
    found = queries.activity_by_uuid(uuid=activity_id)
    because = queries.why_cancelled(activity=found)
    return OneActivityOut.with_text(found, queries.text_of(activity=found), because=because)


@router.get("/{activity_id}/office", response=OfficeActivityOut, summary="One activity as staff see it")
def read_office_activity(request: HttpRequest, activity_id: UUID) -> OfficeActivityOut:
    """A draft too, with who answers for it and what happened."""
    require_desk(actor=actor_of(request))
    found = _of_office(activity_id)
    return OfficeActivityOut.of_office(
        found, queries.text_of(activity=found), queries.history(activity=found),
        because=queries.why_cancelled(activity=found),
    )  # fmt: skip


@router.put("/{activity_id}", response=ActivityOut, summary="Write a draft anew")
@decorate_view(idempotent)
def edit_activity(request: HttpRequest, activity_id: UUID, payload: ActivityIn) -> ActivityOut:
    """All that is known of a draft; what is left out becomes empty."""
    actor, found = _mine(request, activity_id)
    return ActivityOut.of(
        operations.edit_activity(
            actor=actor, at=now(), activity=found, plan=plan_of(payload, span=payload.span())
        )
    )


@router.post("/{activity_id}/change", response=ActivityOut, summary="Another time or another spot")
@decorate_view(idempotent)
def change_activity(request: HttpRequest, activity_id: UUID, payload: ActivityChangeIn) -> ActivityOut:
    """For what is announced; who follows it is told. A room that is not named again is let go."""
    actor, found = _mine(request, activity_id)
    return ActivityOut.of(
        operations.change_activity(
            actor=actor, at=now(), activity=found, span=payload.span(), venue=payload.venue,
            room=room_of(payload.room), words=payload.words,
        )
    )  # fmt: skip


@router.post("/{activity_id}/{verb}", response=ActivityOut, summary="Take an activity one step on")
@decorate_view(idempotent)
def move_activity(
    request: HttpRequest, activity_id: UUID, verb: Verb, payload: ActivityNoteIn
) -> ActivityOut:
    """Send it back and call it off with `words` that say why; the other steps take none."""
    actor, found = _mine(request, activity_id)
    if verb in TOLD:
        return ActivityOut.of(TOLD[verb](actor=actor, at=now(), activity=found, words=payload.words))
    return ActivityOut.of(PRESSED[verb](actor=actor, at=now(), activity=found))


def _mine(request: HttpRequest, activity_id: UUID) -> tuple[Any, Activity]:
    actor, found = actor_of(request), _of_office(activity_id)
    require_running(actor=actor, place_id=found.place_id, county_id=found.county_id)
    return actor, found


def _of_office(activity_id: UUID) -> Activity:
    with office(public=False):
        return queries.activity_by_uuid(uuid=activity_id)
