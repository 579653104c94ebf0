"""The catalogue over the API: what can be ordered where (open to all), the library and the menus (staff, leaders)."""

from typing import Annotated, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router, Status
from ninja.decorators import decorate_view

from sidan.catalogue import operations, permissions, queries
from sidan.catalogue.enums import ProjectState
from sidan.catalogue.models import Menu, Project
from sidan.catalogue.operations.errors import NoSuchMenu, NoSuchProject
from sidan.catalogue.schemas import (
    CategoryOut,
    ChipOut,
    MenuIn,
    MenuItemsIn,
    MenuOut,
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
from sidan.core.errors import Forbidden, NotFound
from sidan.core.idempotency import idempotent
from sidan.core.pagination import MAX_LIMIT, keyset_page
from sidan.core.requests import actor_of
from sidan.people.enums import STAFF_ROLES
from sidan.places.models import Place
from sidan.places.queries import place_by_uuid, stands_within

router = Router(tags=["catalogue"])
Words = Annotated[str, Query(max_length=60)]
Cursor = Annotated[str | None, Query(max_length=1000)]
Limit = Annotated[int, Query(ge=1, le=MAX_LIMIT)]
Code = Annotated[str, Query(max_length=40, pattern=r"^[\w-]*$")]
StateCode = Literal["", "draft", "in_review", "published", "suspended", "withdrawn"]
NO_NOTE = NoteIn()
Verb = Literal["propose", "return", "publish", "suspend", "resume", "withdraw"]


class NotOpenToYou(Forbidden):
    """The library and unpublished menus are for staff and team leaders."""

    code = "library_not_open"


class NoSuchPlace(NotFound):
    """The place is not there."""


# --- open to all --------------------------------------------------------------------------------------------------


@router.get("/categories", response=list[CategoryOut], auth=None, summary="Kinds of service, as a tree")
def list_categories(request: HttpRequest) -> list[CategoryOut]:
    """Return the active kinds of service in the order of a table of contents."""
    return [CategoryOut.of(node) for node in queries.category_tree()]


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
        place_id=_place(place).pk,
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
    return PublicServiceOut.of(project)


# --- the library --------------------------------------------------------------------------------------------------


@router.get("/projects", response=ProjectPageOut, summary="The library of my subtree and teams")
def list_projects(
    request: HttpRequest,
    q: Words = "",
    category: Code = "",
    state: StateCode = "",
    mode: ModeCode | Literal[""] = "",
    cursor: Cursor = None,
    limit: Limit = 50,
) -> ProjectPageOut:
    """Return projects, newest first."""
    _worker(request)
    wanted = queries.LibraryFilter(words=q, category=category, state=state, mode=mode)
    page = keyset_page(rows=queries.library(wanted=wanted), sort="-id", cursor=cursor, limit=limit)
    return ProjectPageOut(items=[ProjectOut.of(row) for row in page.items], next_cursor=page.next_cursor)


@router.post("/projects", response={201: ProjectDetailOut}, summary="Write a project")
@decorate_view(idempotent)
def create_project(request: HttpRequest, payload: ProjectIn) -> Status[ProjectDetailOut]:
    """Put a draft into the library of a place."""
    actor = _worker(request)
    made = operations.create_project(actor=actor, at=now(), place=_place(payload.place), text=payload.text())
    return Status(201, _detail(made.uuid))


@router.get("/projects/{uuid:project_id}", response=ProjectDetailOut, summary="A project with its history")
def get_project(request: HttpRequest, project_id: UUID) -> ProjectDetailOut:
    """Return a project of the own subtree or team."""
    _worker(request)
    return _detail(project_id)


@router.put(
    "/projects/{uuid:project_id}", response=ProjectDetailOut, summary="Change a draft or suspended project"
)
@decorate_view(idempotent)
def edit_project(request: HttpRequest, project_id: UUID, payload: ProjectTextIn) -> ProjectDetailOut:
    """Replace the project's text; what is left out becomes empty."""
    actor = _worker(request)
    operations.edit_project(actor=actor, at=now(), project_uuid=project_id, text=payload.text())
    return _detail(project_id)


@router.post(
    "/projects/{uuid:project_id}/{verb}", response=ProjectDetailOut, summary="Take a step of its life"
)
@decorate_view(idempotent)
def move_project(
    request: HttpRequest, project_id: UUID, verb: Verb, payload: NoteIn = NO_NOTE
) -> ProjectDetailOut:
    """Propose, return, publish, suspend, resume or withdraw. The note counts for return, suspend and withdraw."""
    actor = _worker(request)
    note = {"note": payload.note} if verb in WITH_NOTE else {}
    operations.PROJECT_VERBS[verb](actor=actor, at=now(), project_uuid=project_id, **note)
    return _detail(project_id)


# --- menus --------------------------------------------------------------------------------------------------------


@router.post("/menus", response={201: MenuOut}, summary="Begin the menu of a month")
@decorate_view(idempotent)
def draft_menu(request: HttpRequest, payload: MenuIn) -> Status[MenuOut]:
    """Begin a menu as a copy of the place's last one."""
    actor = _worker(request)
    menu = operations.draft_menu(
        actor=actor, at=now(), place=_place(payload.place), month=month_day(payload.month)
    )
    return Status(201, _menu(menu.uuid))


@router.get("/menus/{uuid:menu_id}", response=MenuOut, summary="A menu with its projects")
def get_menu(request: HttpRequest, menu_id: UUID) -> MenuOut:
    """Return a menu of the own subtree."""
    actor = _worker(request)
    menu = queries.menu_of_month(uuid=menu_id)
    roots = actor.places_where(STAFF_ROLES)
    if menu is None or not stands_within(place_id=menu.place_id, root_ids=roots):
        raise NoSuchMenu
    return _menu(menu_id)


@router.put("/menus/{uuid:menu_id}/items", response=MenuOut, summary="Set the projects of a menu, in order")
@decorate_view(idempotent)
def set_menu_items(request: HttpRequest, menu_id: UUID, payload: MenuItemsIn) -> MenuOut:
    """Make exactly these projects the menu."""
    actor = _worker(request)
    operations.set_menu_items(actor=actor, at=now(), menu_uuid=menu_id, project_uuids=payload.projects)
    return _menu(menu_id)


@router.post("/menus/{uuid:menu_id}/publish", response=MenuOut, summary="Publish a menu")
@decorate_view(idempotent)
def publish_menu(request: HttpRequest, menu_id: UUID) -> MenuOut:
    """Show the menu to residents."""
    operations.publish_menu(actor=_worker(request), at=now(), menu_uuid=menu_id)
    return _menu(menu_id)


@router.post("/menus/{uuid:menu_id}/unpublish", response=MenuOut, summary="Take a menu back to a draft")
@decorate_view(idempotent)
def unpublish_menu(request: HttpRequest, menu_id: UUID) -> MenuOut:
    """Take the menu back."""
    operations.unpublish_menu(actor=_worker(request), at=now(), menu_uuid=menu_id)
    return _menu(menu_id)


def _worker(request: HttpRequest) -> Actor:
    actor = actor_of(request)
    if not permissions.may_see_console(actor=actor):
        raise NotOpenToYou
    return actor


def _place(uuid: UUID) -> Place:
    place = place_by_uuid(uuid=uuid)
    if place is None:
        raise NoSuchPlace
    return place


def _detail(uuid: UUID) -> ProjectDetailOut:
    own = queries.library(wanted=queries.LibraryFilter()).filter(uuid=uuid)
    project: Project | None = own.prefetch_related("photos__file", "steps").first()
    if project is None:
        raise NoSuchProject
    return ProjectDetailOut.of(project)


def _menu(uuid: UUID) -> MenuOut:
    menu: Menu | None = queries.menu_of_month(uuid=uuid)
    if menu is None:
        raise NoSuchMenu
    return MenuOut.of(menu, list(queries.items_of(menu_id=menu.pk)))
