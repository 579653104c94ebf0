"""Drawing up and publishing the menu of a place for a month (R-O2)."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.db import IntegrityError, transaction

from sidan.audit.operations import record
from sidan.catalogue import permissions
from sidan.catalogue.enums import MenuState, ProjectState
from sidan.catalogue.events import MenuPublished
from sidan.catalogue.models import Menu, MenuItem, Project
from sidan.catalogue.operations.errors import (
    MenuAlready,
    MenuEmpty,
    MenuExists,
    MenuMonthOver,
    NoSuchMenu,
    NotForThisMenu,
    TooManyItems,
    UnknownForMenu,
)
from sidan.catalogue.policies import Step, exchanged
from sidan.catalogue.queries import fits_menu_of
from sidan.core.actor import Actor
from sidan.core.clock import business_date
from sidan.core.events import publish
from sidan.places.models import Place

MAX_ITEMS: Final = 500


def draft_menu(*, actor: Actor, at: datetime, place: Place, month: date) -> Menu:
    """Begin the menu of a month as a copy of the place's latest menu before it, without what is offered no more.

    Raises:
        NotYourMenu, MenuMonthOver
        MenuExists: there is one for this month.
    """
    permissions.require_menu(actor=actor, place=place)
    month = month.replace(day=1)
    _require_month(month, at)
    latest = Menu.objects.filter(place=place, month__lt=month).order_by("-month").first()
    try:
        with transaction.atomic():
            menu = Menu.objects.create(place=place, county_id=place.county_id, month=month)
            if latest is not None:
                _write_items(menu, _still_offered(latest))
            _record(actor, at, menu, "draft")
    except IntegrityError:
        raise MenuExists(place=place.name) from None
    return menu


def set_menu_items(*, actor: Actor, at: datetime, menu_uuid: UUID, project_uuids: Sequence[UUID]) -> Menu:
    """Make exactly these projects, in this order, the menu. A published menu changes for residents at once.

    Raises:
        NoSuchMenu, NotYourMenu, MenuMonthOver, TooManyItems
        NotForThisMenu: a project that is new on the menu is not published or serves another area.
        UnknownForMenu: a project that is new on the menu is not there, or not to be seen.
        MenuEmpty: the last project of a published menu would go.
    """
    wanted = list(dict.fromkeys(project_uuids))
    if len(wanted) > MAX_ITEMS:
        raise TooManyItems(limit=MAX_ITEMS)
    with transaction.atomic():
        menu = _locked_menu(actor, at, menu_uuid)
        if not wanted and menu.state == MenuState.PUBLISHED:
            raise MenuEmpty
        found = _found_for(menu, wanted)
        _write_items(menu, [found[uuid] for uuid in wanted])
        _record(actor, at, menu, "items", count=len(wanted))
    return menu


def add_menu_item(*, actor: Actor, at: datetime, menu_uuid: UUID, project_uuid: UUID) -> Menu:
    """Put one project behind the others; what is already there stays where it is.

    Raises:
        as `set_menu_items`
    """
    return _change_items(actor, at, menu_uuid, lambda uuids: [*uuids, project_uuid])


def remove_menu_item(*, actor: Actor, at: datetime, menu_uuid: UUID, project_uuid: UUID) -> Menu:
    """Take one project off the menu; one that is not there is off it already.

    Raises:
        as `set_menu_items`
    """
    return _change_items(actor, at, menu_uuid, lambda uuids: [uuid for uuid in uuids if uuid != project_uuid])


def move_menu_item(*, actor: Actor, at: datetime, menu_uuid: UUID, project_uuid: UUID, step: Step) -> Menu:
    """Exchange one project with its neighbour; at the end of the list nothing changes.

    Raises:
        as `set_menu_items`
    """
    return _change_items(actor, at, menu_uuid, lambda uuids: exchanged(uuids, project_uuid, step))


def publish_menu(*, actor: Actor, at: datetime, menu_uuid: UUID) -> Menu:
    """Show the menu to residents from its month on.

    Raises:
        NoSuchMenu, NotYourMenu, MenuMonthOver, MenuAlready, MenuEmpty
    """
    with transaction.atomic():
        menu = _locked_menu(actor, at, menu_uuid)
        if menu.state == MenuState.PUBLISHED:
            raise MenuAlready(state=menu.state, state_words=MenuState.PUBLISHED.label)
        if not menu.items.filter(project__state=ProjectState.PUBLISHED).exists():
            raise MenuEmpty
        menu.state, menu.published_at = MenuState.PUBLISHED, at
        menu.save(update_fields=["state", "published_at"])
        _record(actor, at, menu, "publish")
        publish(
            MenuPublished(
                menu_id=menu.pk, place_id=menu.place_id, county_id=menu.county_id, month=menu.month, at=at
            )
        )
    return menu


def unpublish_menu(*, actor: Actor, at: datetime, menu_uuid: UUID) -> Menu:
    """Take a menu back to a draft; residents see the latest published one before it.

    Raises:
        NoSuchMenu, NotYourMenu, MenuMonthOver, MenuAlready
    """
    with transaction.atomic():
        menu = _locked_menu(actor, at, menu_uuid)
        if menu.state == MenuState.DRAFT:
            raise MenuAlready(state=menu.state, state_words=MenuState.DRAFT.label)
        menu.state, menu.published_at = MenuState.DRAFT, None
        menu.save(update_fields=["state", "published_at"])
        _record(actor, at, menu, "unpublish")
    return menu


def _change_items(
    actor: Actor, at: datetime, menu_uuid: UUID, change: Callable[[list[UUID]], list[UUID]]
) -> Menu:
    """Change the list as it is now, under the menu's lock, so that two people at work lose nothing of each other's."""
    with transaction.atomic():
        menu = _locked_menu(actor, at, menu_uuid)
        rows = menu.items.order_by("position", "id")
        uuids = change(list(rows.values_list("project__uuid", flat=True)))
        return set_menu_items(actor=actor, at=at, menu_uuid=menu_uuid, project_uuids=uuids)


def _locked_menu(actor: Actor, at: datetime, menu_uuid: UUID) -> Menu:
    menu = Menu.objects.select_for_update(of=("self",)).select_related("place").filter(uuid=menu_uuid).first()
    if menu is None:
        raise NoSuchMenu
    permissions.require_menu(actor=actor, place=menu.place)
    _require_month(menu.month, at)
    return menu


def _require_month(month: date, at: datetime) -> None:
    if month < business_date(at).replace(day=1):
        raise MenuMonthOver


def _still_offered(menu: Menu) -> list[int]:
    items = menu.items.filter(project__state=ProjectState.PUBLISHED).order_by("position", "id")
    return list(items.values_list("project_id", flat=True))


def _found_for(menu: Menu, wanted: Sequence[UUID]) -> dict[UUID, int]:
    """Return the ids of the projects that shall stand on a menu; those that are new on it must be offered here.

    What already stands on the menu may stay, so that a suspended project keeps its place for when it resumes: also one
    of a place above, which nobody here sees while it is suspended.
    """
    found = dict(menu.items.filter(project__uuid__in=wanted).values_list("project__uuid", "project_id"))
    added = list(Project.objects.filter(uuid__in=[uuid for uuid in wanted if uuid not in found]))
    if len(found) + len(added) != len(wanted):
        raise UnknownForMenu
    _require_offered(menu, added)
    return found | {project.uuid: project.pk for project in added}


def _require_offered(menu: Menu, added: Sequence[Project]) -> None:
    """Raise NotForThisMenu where one of the projects is not published or serves another area."""
    if not added:
        return
    fitting = set(
        Project.objects.filter(fits_menu_of(place_id=menu.place_id), pk__in=[project.pk for project in added])
        .values_list("pk", flat=True)
    )  # fmt: skip
    for project in added:
        if project.pk not in fitting:
            raise NotForThisMenu(title=project.title)


def _write_items(menu: Menu, project_ids: Sequence[int]) -> None:
    menu.items.all().delete()
    MenuItem.objects.bulk_create(
        MenuItem(menu=menu, project_id=project_id, position=position)
        for position, project_id in enumerate(project_ids)
    )


def _record(actor: Actor, at: datetime, menu: Menu, verb: str, **facts: int) -> None:
    record(
        actor=actor, at=at, verb=f"menu.{verb}", subject=("menu", menu.pk),
        place_id=menu.place_id, county_id=menu.county_id, month=f"{menu.month:%Y-%m}", **facts,
    )  # fmt: skip
