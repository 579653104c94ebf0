"""Places over the API: the same questions, operations and rights as the pages. Reading is open to all.

Whoever registers over the API must choose where they live before they have an account.
"""

from typing import Annotated, BinaryIO, Literal, cast
from uuid import UUID

from django.http import HttpRequest
from ninja import File, Query, Router, Status, UploadedFile
from ninja.decorators import decorate_view

from sidan.core.clock import business_date, now
from sidan.core.errors import NotFound
from sidan.core.idempotency import idempotent
from sidan.core.pagination import DEFAULT_LIMIT, MAX_LIMIT, keyset_page
from sidan.core.requests import actor_of
from sidan.files.operations import store_picture
from sidan.places import operations, queries
from sidan.places.enums import PlaceKind, PlaceState
from sidan.places.models import Place, PopUp
from sidan.places.operations.working_days import FIRST_YEAR, LAST_YEAR
from sidan.places.permissions import PHOTO_PURPOSE, check_may_edit, check_may_see_console, own_roots
from sidan.places.pop_up_schemas import (
    NewPopUpIn,
    OnePopUpOut,
    PopUpCallOffIn,
    PopUpChangeIn,
    PopUpOut,
    PopUpPageOut,
    RoundsIn,
)
from sidan.places.schemas import (
    CloseIn,
    DayIn,
    DayOut,
    FactsIn,
    MoveIn,
    OpenIn,
    PlaceDetailOut,
    PlaceOut,
    PlacePageOut,
    RenameIn,
)

router = Router(tags=["places"])
pop_ups_router = Router(tags=["places"])
Cursor = Annotated[str | None, Query(max_length=1000)]
Limit = Annotated[int, Query(ge=1, le=MAX_LIMIT)]


@router.get(
    "", response=PlacePageOut, auth=None, summary="Places by name, kind, state and what they stand under"
)
def list_places(
    request: HttpRequest,
    q: Annotated[str, Query(max_length=60)] = "",
    kind: PlaceKind | None = None,
    state: PlaceState | None = None,
    under: UUID | None = None,
    cursor: Cursor = None,
    limit: Limit = DEFAULT_LIMIT,
) -> PlacePageOut:
    """Return open places (unless a state is asked for) in official order."""
    root = _place(under).pk if under else None
    rows = queries.open_places(query=q, kind=kind or "", state=state or "", under=root).select_related(
        "parent"
    )
    page = keyset_page(rows=rows, sort="sort_code", cursor=cursor, limit=limit)
    return PlacePageOut(items=[PlaceOut.of(place) for place in page.items], next_cursor=page.next_cursor)


@router.post("", response={201: PlaceDetailOut}, summary="Open a place")
@decorate_view(idempotent)
def open_place(request: HttpRequest, payload: OpenIn) -> Status[PlaceDetailOut]:
    """Open a place under another that one manages."""
    facts = payload.model_dump(exclude={"parent_id"})
    parent = _place(payload.parent_id)
    made = operations.open_place(actor=actor_of(request), at=now(), parent_id=parent.pk, **facts)
    return Status(201, PlaceDetailOut.of(made))


@router.get("/{uuid:place_id}", response=PlaceDetailOut, auth=None, summary="One place")
def get_place(request: HttpRequest, place_id: UUID) -> PlaceDetailOut:
    """Return all that is public of a place."""
    return PlaceDetailOut.of(_place(place_id))


@router.get(
    "/{uuid:place_id}/children",
    response=list[PlaceOut],
    auth=None,
    summary="The open places right under one",
)
def list_children(request: HttpRequest, place_id: UUID) -> list[PlaceOut]:
    """Return what stands right under a place, in official order."""
    children = queries.children_of(place_id=_place(place_id).pk).select_related("parent")
    return [PlaceOut.of(place) for place in children]


@router.post("/{uuid:place_id}/rename", response=PlaceDetailOut, summary="Rename a place")
def rename_place(request: HttpRequest, place_id: UUID, payload: RenameIn) -> PlaceDetailOut:
    """Give a place another name."""
    place = _place(place_id)
    operations.rename_place(actor=actor_of(request), at=now(), place_id=place.pk, **payload.model_dump())
    return PlaceDetailOut.of(_place(place_id))


@router.post("/{uuid:place_id}/move", response=PlaceDetailOut, summary="Move a place within its county")
def move_place(request: HttpRequest, place_id: UUID, payload: MoveIn) -> PlaceDetailOut:
    """Let a place, with all below it, stand under another from a day on."""
    place, parent = _place(place_id), _place(payload.parent_id)
    operations.move_place(
        actor=actor_of(request), at=now(), place_id=place.pk, parent_id=parent.pk, on=payload.on
    )
    return PlaceDetailOut.of(_place(place_id))


@router.post("/{uuid:place_id}/close", response=PlaceDetailOut, summary="Close a place")
def close_place(request: HttpRequest, place_id: UUID, payload: CloseIn) -> PlaceDetailOut:
    """Close a place that has no open places under it."""
    operations.close_place(actor=actor_of(request), at=now(), place_id=_place(place_id).pk, on=payload.on)
    return PlaceDetailOut.of(_place(place_id))


@router.put("/{uuid:place_id}/facts", response=PlaceDetailOut, summary="Correct what is known of a place")
def correct_place(request: HttpRequest, place_id: UUID, payload: FactsIn) -> PlaceDetailOut:
    """Replace address, telephone, hours, setting and point. The same again changes nothing."""
    place = _place(place_id)
    operations.correct_place(
        actor=actor_of(request), at=now(), place_id=place.pk, facts=payload.facts(sort_code=place.sort_code)
    )
    return PlaceDetailOut.of(_place(place_id))


@router.post("/{uuid:place_id}/photos", response={201: PlaceDetailOut}, summary="Add a picture to a place")
def add_photo(request: HttpRequest, place_id: UUID, picture: File[UploadedFile]) -> Status[PlaceDetailOut]:
    """Show a picture (JPEG, PNG or WebP, at most 12 MB) behind the others."""
    actor, place = actor_of(request), _place(place_id)
    # Before the picture is stored: who may not show it shall leave nothing here.
    check_may_edit(actor=actor, place=place)
    file = store_picture(actor=actor, at=now(), upload=cast("BinaryIO", picture.file), purpose=PHOTO_PURPOSE)
    operations.add_photo(actor=actor, at=now(), place_id=place.pk, file_id=file.pk)
    return Status(201, PlaceDetailOut.of(_place(place_id)))


@router.delete(
    "/{uuid:place_id}/photos/{uuid:photo_id}", response={204: None}, summary="Take a picture off a place"
)
def remove_photo(request: HttpRequest, place_id: UUID, photo_id: UUID) -> Status[None]:
    """Take a picture off; it is named by its public id."""
    actor, place = actor_of(request), _place(place_id)
    check_may_edit(actor=actor, place=place)
    known = queries.photo_id(place_id=place.pk, file_uuid=photo_id)
    if known is None:
        raise NotFound()
    operations.remove_photo(actor=actor, at=now(), place_id=place.pk, photo_id=known)
    return Status(204, None)


@router.get(
    "/{uuid:place_id}/working-days", response=list[DayOut], summary="The calendar of a place for a year"
)
def list_days(
    request: HttpRequest,
    place_id: UUID,
    year: Annotated[int | None, Query(ge=FIRST_YEAR, le=LAST_YEAR)] = None,
) -> list[DayOut]:
    """Every day of a year (this one, unless it is named): whether the place works, and who says so."""
    check_may_see_console(actor=actor_of(request))
    days = queries.days_told(place_id=_place(place_id).pk, year=year or business_date(now()).year)
    return list(map(DayOut.of, days))


@router.post("/{uuid:place_id}/working-days", response=DayOut, summary="Correct a day of the calendar")
@decorate_view(idempotent)
def set_day(request: HttpRequest, place_id: UUID, payload: DayIn) -> DayOut:
    """Say that a place, with all below it that says nothing itself, works or rests on a day, or take that back."""
    actor, place = actor_of(request), _place(place_id)
    operations.set_working_day(actor=actor, at=now(), place_id=place.pk, **payload.dict())
    return DayOut.of(queries.day_told(place_id=place.pk, day=payload.day))


@pop_ups_router.get("", response=PopUpPageOut, auth=None, summary="Buses, fairs and stands that are coming")
def list_pop_ups(
    request: HttpRequest, place: UUID | None = None, cursor: Cursor = None, limit: Limit = DEFAULT_LIMIT
) -> PopUpPageOut:
    """What is announced and not over, the next first; with a place that of its county."""
    rows = queries.pop_ups_coming(at=now(), near=_place(place) if place else None)
    page = keyset_page(rows=rows, sort="begins_key", cursor=cursor, limit=limit)
    return PopUpPageOut(items=list(map(PopUpOut.of, page.items)), next_cursor=page.next_cursor)


@pop_ups_router.get("/office", response=PopUpPageOut, summary="What one's own places have announced")
def list_office_pop_ups(
    request: HttpRequest, q: Annotated[str, Query(max_length=60)] = "",
    chip: Literal["", "over", "called_off"] = "", cursor: Cursor = None, limit: Limit = DEFAULT_LIMIT,
) -> PopUpPageOut:  # fmt: skip
    """What is coming, or what is over, or called off."""
    actor = actor_of(request)
    check_may_see_console(actor=actor)
    rows = queries.pop_ups_of_office(root_ids=own_roots(actor), at=now(), chip=chip, text=q)
    page = keyset_page(rows=rows, sort="begins_key", cursor=cursor, limit=limit)
    return PopUpPageOut(items=list(map(PopUpOut.of, page.items)), next_cursor=page.next_cursor)


@pop_ups_router.post("", response={201: OnePopUpOut}, summary="Announce what stands somewhere for a while")
@decorate_view(idempotent)
def announce_pop_up(request: HttpRequest, payload: NewPopUpIn) -> Status[OnePopUpOut]:
    """By who manages the place that answers for it."""
    place = _place(payload.place_id)
    made = operations.announce_pop_up(actor=actor_of(request), at=now(), place=place, told=payload.told())
    return Status(201, _one_pop_up(made.uuid))


@pop_ups_router.post("/again", response={201: list[PopUpOut]}, summary="Announce what comes again")
@decorate_view(idempotent)
def announce_rounds(request: HttpRequest, payload: RoundsIn) -> Status[list[PopUpOut]]:
    """A fair or a stand on all of its next days, each to be changed and called off by itself; all of them or none."""
    made = operations.announce_rounds(
        actor=actor_of(request), at=now(), place=_place(payload.place_id), told=payload.told(), again=payload.again()
    )  # fmt: skip
    return Status(201, list(map(PopUpOut.of, made)))


@pop_ups_router.get("/{uuid:pop_up_id}", response=OnePopUpOut, auth=None, summary="One of them")
def get_pop_up(request: HttpRequest, pop_up_id: UUID) -> OnePopUpOut:
    """When and where it stands, with the stops of a bus; also what is over or called off."""
    return _one_pop_up(pop_up_id)


@pop_ups_router.put("/{uuid:pop_up_id}", response=OnePopUpOut, summary="Write anew what is told of it")
def change_pop_up(request: HttpRequest, pop_up_id: UUID, payload: PopUpChangeIn) -> OnePopUpOut:
    """While it is not over; what is left out becomes empty."""
    operations.change_pop_up(
        actor=actor_of(request), at=now(), pop_up=_pop_up(pop_up_id), turn=payload.turn, told=payload.told()
    )
    return _one_pop_up(pop_up_id)


@pop_ups_router.post("/{uuid:pop_up_id}/call-off", response=OnePopUpOut, summary="Call it off")
@decorate_view(idempotent)
def call_off_pop_up(request: HttpRequest, pop_up_id: UUID, payload: PopUpCallOffIn) -> OnePopUpOut:
    """With a reason that everybody reads."""
    operations.call_off_pop_up(
        actor=actor_of(request), at=now(), pop_up=_pop_up(pop_up_id), turn=payload.turn, why=payload.why
    )
    return _one_pop_up(pop_up_id)


def _pop_up(uuid: UUID) -> PopUp:
    found = queries.pop_up_by_uuid(uuid=uuid)
    if found is None:
        raise NotFound()
    return found


def _one_pop_up(uuid: UUID) -> OnePopUpOut:
    found = _pop_up(uuid)
    return OnePopUpOut.with_stops(found, found.stops.all())


def _place(uuid: UUID) -> Place:
    place = queries.place_by_uuid(uuid=uuid)
    if place is None:
        raise NotFound()
    return place
