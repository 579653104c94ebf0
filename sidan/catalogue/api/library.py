"""Services for everybody, the library and the menus over the API."""

from typing import Annotated, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router, Status
from ninja.decorators import decorate_view

from sidan.catalogue import operations, queries
from sidan.catalogue.api.shared import NoSuchPlace, detail_of, place_of, worker_of
from sidan.catalogue.enums import ProjectState
from sidan.catalogue.models import Menu
from sidan.catalogue.operations.errors import NoSuchMenu, NoSuchProject
from sidan.catalogue.schemas import (
    ChipOut,
    MenuIn,
    MenuItemsIn,
    MenuOut,
    MenuPageOut,
    MenuRowOut,
    ModeCode,
    NoteIn,
    ProjectDetailOut,
    ProjectIn,
    ProjectOut,
    ProjectPageOut,
    ProjectTextIn,
    PublicServiceOut,
    ServiceOut,
    ServicesOut,
    month_day,
)
from sidan.catalogue.words import WITH_NOTE
from sidan.core.actor import Actor
from sidan.core.clock import business_date, now
from sidan.core.idempotency import idempotent
from sidan.core.pagination import MAX_LIMIT, keyset_page
from sidan.people.enums import STAFF_ROLES
from sidan.people.permissions import holds_role_over

router = Router(tags=["catalogue"])
Words = Annotated[str, Query(max_length=60)]
Cursor = Annotated[str | None, Query(max_length=1000)]
Limit = Annotated[int, Query(ge=1, le=MAX_LIMIT)]
Code = Annotated[str, Query(max_length=40, pattern=r"^[\w-]*$")]
StateCode = Literal["", "draft", "in_review", "published", "suspended", "withdrawn"]
StageCode = Literal["", "seed", "growing", "mature", "brand"]
NO_NOTE = NoteIn()
Verb = Literal["propose", "return", "publish", "suspend", "resume", "withdraw"]


# --- open to all --------------------------------------------------------------------------------------------------


@router.get("/services", response=ServicesOut, auth=None, summary="What residents of a place can order today")
def list_services(
    request: HttpRequest,
    place: UUID,
    q: Words = "",
    category: Code = "",
    mode: ModeCode | Literal[""] = "",
    cursor: Annotated[str, Query(max_length=60)] = "",
    limit: Limit = 24,
) -> ServicesOut:
    """Return the menus of the place, its institute and its center, the nearest first, each service once."""
    menu = queries.menu_at(
        place_id=place_of(place).pk,
        today=business_date(now()),
        wanted=queries.MenuFilter(words=q, category=category, mode=mode),
        cursor=cursor,
        limit=limit,
    )
    return ServicesOut(
        items=[ServiceOut.of(card) for card in menu.cards],
        categories=[ChipOut.of(chip) for chip in menu.chips],
        next_cursor=menu.next_cursor,
        total=menu.total,
    )


@router.get(
    "/services/{uuid:service_id}", response=PublicServiceOut, auth=None, summary="A published service"
)
def get_service(request: HttpRequest, service_id: UUID) -> PublicServiceOut:
    """Return a service as residents read it."""
    project = queries.project_page(uuid=service_id)
    if project is None or project.state != ProjectState.PUBLISHED:
        raise NoSuchProject
    rooms = queries.rooms_of(project=project, today=business_date(now()))
    return PublicServiceOut.of(project, support_fen=queries.support_sum(project_id=project.pk), rooms=rooms)


# --- the library --------------------------------------------------------------------------------------------------


@router.get("/projects", response=ProjectPageOut, summary="The library of my subtree and teams")
def list_projects(
    request: HttpRequest,
    q: Words = "",
    category: Code = "",
    state: StateCode = "",
    stage: StageCode = "",
    mode: ModeCode | Literal[""] = "",
    cursor: Cursor = None,
    limit: Limit = 50,
) -> ProjectPageOut:
    """Return projects, newest first."""
    worker_of(request)
    wanted = queries.LibraryFilter(words=q, category=category, state=state, stage=stage, mode=mode)
    page = keyset_page(rows=queries.library(wanted=wanted), sort="-id", cursor=cursor, limit=limit)
    return ProjectPageOut(items=[ProjectOut.of(row) for row in page.items], next_cursor=page.next_cursor)


@router.post("/projects", response={201: ProjectDetailOut}, summary="Write a project")
@decorate_view(idempotent)
def create_project(request: HttpRequest, payload: ProjectIn) -> Status[ProjectDetailOut]:
    """Put a draft into the library of a place."""
    actor = worker_of(request)
    made = operations.create_project(
        actor=actor, at=now(), place=place_of(payload.place), text=payload.text()
    )
    return Status(201, detail_of(made.uuid))


@router.get("/projects/{uuid:project_id}", response=ProjectDetailOut, summary="A project with its history")
def get_project(request: HttpRequest, project_id: UUID) -> ProjectDetailOut:
    """Return a project of the own subtree or team."""
    worker_of(request)
    return detail_of(project_id)


@router.put(
    "/projects/{uuid:project_id}", response=ProjectDetailOut, summary="Change a draft or suspended project"
)
@decorate_view(idempotent)
def edit_project(request: HttpRequest, project_id: UUID, payload: ProjectTextIn) -> ProjectDetailOut:
    """Replace the project's text; what is left out becomes empty."""
    actor = worker_of(request)
    operations.edit_project(actor=actor, at=now(), project_uuid=project_id, text=payload.text())
    return detail_of(project_id)


@router.post(
    "/projects/{uuid:project_id}/{verb}", response=ProjectDetailOut, summary="Take a step of its life"
)
@decorate_view(idempotent)
def move_project(
    request: HttpRequest, project_id: UUID, verb: Verb, payload: NoteIn = NO_NOTE
) -> ProjectDetailOut:
    """Propose, return, publish, suspend, resume or withdraw. The note counts for return, suspend and withdraw."""
    actor = worker_of(request)
    note = {"note": payload.note} if verb in WITH_NOTE else {}
    operations.PROJECT_VERBS[verb](actor=actor, at=now(), project_uuid=project_id, **note)
    return detail_of(project_id)


# --- menus --------------------------------------------------------------------------------------------------------


@router.get("/menus", response=MenuPageOut, summary="The menus of a place, the latest month first")
def list_menus(request: HttpRequest, place: UUID, cursor: Cursor = None, limit: Limit = 50) -> MenuPageOut:
    """Return the menus of a place of the own subtree, drafts too; one with its projects is asked for by its id."""
    actor, found = worker_of(request), place_of(place)
    if not _oversees(actor, place_id=found.pk):
        raise NoSuchPlace
    page = keyset_page(rows=queries.menus_of(place_id=found.pk), sort="-month", cursor=cursor, limit=limit)
    counts = queries.item_counts(menu_ids=[menu.pk for menu in page.items])
    rows = [MenuRowOut.of(menu, items=counts.get(menu.pk, 0)) for menu in page.items]
    return MenuPageOut(items=rows, next_cursor=page.next_cursor)


@router.post("/menus", response={201: MenuOut}, summary="Begin the menu of a month")
@decorate_view(idempotent)
def draft_menu(request: HttpRequest, payload: MenuIn) -> Status[MenuOut]:
    """Begin a menu as a copy of the place's last one."""
    actor = worker_of(request)
    menu = operations.draft_menu(
        actor=actor, at=now(), place=place_of(payload.place), month=month_day(payload.month)
    )
    return Status(201, _menu(menu.uuid))


@router.get("/menus/{uuid:menu_id}", response=MenuOut, summary="A menu with its projects")
def get_menu(request: HttpRequest, menu_id: UUID) -> MenuOut:
    """Return a menu of the own subtree."""
    actor = worker_of(request)
    menu = queries.menu_of_month(uuid=menu_id)
    if menu is None or not _oversees(actor, place_id=menu.place_id):
        raise NoSuchMenu
    return _menu(menu_id)


@router.put("/menus/{uuid:menu_id}/items", response=MenuOut, summary="Set the projects of a menu, in order")
@decorate_view(idempotent)
def set_menu_items(request: HttpRequest, menu_id: UUID, payload: MenuItemsIn) -> MenuOut:
    """Make exactly these projects the menu."""
    actor = worker_of(request)
    operations.set_menu_items(actor=actor, at=now(), menu_uuid=menu_id, project_uuids=payload.projects)
    return _menu(menu_id)


@router.post("/menus/{uuid:menu_id}/publish", response=MenuOut, summary="Publish a menu")
@decorate_view(idempotent)
def publish_menu(request: HttpRequest, menu_id: UUID) -> MenuOut:
    """Show the menu to residents."""
    operations.publish_menu(actor=worker_of(request), at=now(), menu_uuid=menu_id)
    return _menu(menu_id)


@router.post("/menus/{uuid:menu_id}/unpublish", response=MenuOut, summary="Take a menu back to a draft")
@decorate_view(idempotent)
def unpublish_menu(request: HttpRequest, menu_id: UUID) -> MenuOut:
    """Take the menu back."""
    operations.unpublish_menu(actor=worker_of(request), at=now(), menu_uuid=menu_id)
    return _menu(menu_id)


def _oversees(actor: Actor, *, place_id: int) -> bool:
    return holds_role_over(actor=actor, roles=STAFF_ROLES, place_id=place_id)


def _menu(uuid: UUID) -> MenuOut:
    menu: Menu | None = queries.menu_of_month(uuid=uuid)
    if menu is None:
        raise NoSuchMenu
    return MenuOut.of(menu, list(queries.items_of(menu_id=menu.pk)))
