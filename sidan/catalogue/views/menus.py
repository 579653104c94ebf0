"""Menus in the console: the months of a place, and the editor of one menu."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from sidan.catalogue import operations, permissions, queries
from sidan.catalogue.forms import ItemForm, LibrarySearch, MonthForm
from sidan.catalogue.models import Menu, MenuItem
from sidan.catalogue.operations.errors import NoSuchMenu
from sidan.catalogue.policies import MonthRoom
from sidan.catalogue.views.shared import checked, uuid_in, worker_of
from sidan.core.actor import Actor
from sidan.core.clock import business_date, now
from sidan.core.errors import Conflict
from sidan.core.htmx import go_to
from sidan.core.lists import rows_a_page
from sidan.core.pages import act
from sidan.people.enums import MANAGING_ROLES, STAFF_ROLES
from sidan.people.permissions import holds_role_over
from sidan.places.models import Place
from sidan.places.queries import place_by_uuid

ADDABLE_SHOWN = 20


@require_safe
def menus(request: HttpRequest) -> HttpResponse:
    """The months of one place, and how the places right below it stand this month and next."""
    actor = worker_of(request)
    place = _chosen_place(actor, request.GET.get("place", ""))
    today = business_date(now())
    context: dict[str, Any] = {"place": place}
    if place is not None:
        context["months"] = queries.months_of(place_id=place.pk, today=today)
        context["below"] = queries.months_below(place_id=place.pk, today=today)
        context["may_edit"] = permissions.may_edit_menu(actor=actor, place=place)
        context["parent"] = place.parent if place.parent and _oversees(actor, place.parent) else None
    return render(request, "catalogue/menus.html", context)


@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    """Begin the menu of a month as a copy of the last one."""
    actor = worker_of(request)
    data = checked(MonthForm(request.POST)).cleaned_data
    place = place_by_uuid(uuid=data["place"])
    if place is None:
        raise NoSuchMenu
    month: date = data["month"]
    try:
        menu = operations.draft_menu(actor=actor, at=now(), place=place, month=month)
    except Conflict as refusal:
        messages.error(request, str(refusal))
        return go_to(request, f"{reverse('catalogue:menus')}?place={place.uuid}")
    return go_to(request, reverse("catalogue:menu", args=[menu.uuid]))


@require_safe
def menu(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The editor: what is on the menu in its order, and what of the library could be added."""
    actor = worker_of(request)
    found = _found(actor, uuid)
    form = checked(LibrarySearch(request.GET))
    words = form.cleaned_data["q"]
    is_past = found.month < business_date(now()).replace(day=1)
    may_edit = not is_past and permissions.may_edit_menu(actor=actor, place=found.place)
    addable = list(queries.addable_projects(menu=found, words=words)[: ADDABLE_SHOWN + 1]) if may_edit else []
    items, most = _numbered(found), rows_a_page(request)
    context = {
        "menu": found,
        "total": len(items),
        "items": [part for part in (items[:most], items[most:]) if part],
        "own": queries.own_project_ids(project_ids=[item.project_id for _nth, item, _room in items]),
        "addable": addable[:ADDABLE_SHOWN],
        "more_addable": len(addable) > ADDABLE_SHOWN,
        "words": words,
        "may_edit": may_edit,
        "is_past": is_past,
    }
    return render(request, "catalogue/menu.html", context)


@require_POST
def add_item(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Put a project on the menu."""
    return _change(request, uuid, "add_menu_item", done=_("Added to the menu."))


@require_POST
def remove_item(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Take a project off the menu."""
    return _change(request, uuid, "remove_menu_item", done=_("Taken off the menu."))


@require_POST
def move_item(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Move a project up or down."""
    step = checked(ItemForm(request.POST)).cleaned_data["step"] or "up"
    return _change(request, uuid, "move_menu_item", done=_("The order is kept."), step=step)


@require_POST
def publish(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Show the menu to residents."""
    actor = worker_of(request)
    return act(
        request,
        done=_("The menu is published. Residents see it now, or from the first day of its month."),
        url=reverse("catalogue:menu", args=[uuid]),
        write=lambda: operations.publish_menu(actor=actor, at=now(), menu_uuid=uuid),
    )


@require_POST
def unpublish(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Take the menu back to a draft."""
    actor = worker_of(request)
    return act(
        request,
        done=_("The menu is a draft again. Residents see the last published one before it."),
        url=reverse("catalogue:menu", args=[uuid]),
        write=lambda: operations.unpublish_menu(actor=actor, at=now(), menu_uuid=uuid),
    )


def _change(request: HttpRequest, uuid: UUID, verb: str, *, done: str, **more: str) -> HttpResponse:
    actor = worker_of(request)
    project = checked(ItemForm(request.POST)).cleaned_data["project"]
    words = request.POST.get("q", "")
    back = reverse("catalogue:menu", args=[uuid], query={"q": words} if words else None)
    operation = getattr(operations, verb)
    return act(
        request,
        done=done,
        # What was moved may stand in the folded part: its own address opens that.
        url=f"{back}#item-{project}" if verb == "move_menu_item" else back,
        write=lambda: operation(actor=actor, at=now(), menu_uuid=uuid, project_uuid=project, **more),
    )


def _numbered(menu: Menu) -> list[tuple[int, MenuItem, MonthRoom | None]]:
    """Return the items in their order, each with how it stands in this month if it takes only so many orders."""
    items = list(queries.items_of(menu_id=menu.pk))
    capacities = ((item.project_id, item.project.month_capacity) for item in items)
    rooms = queries.rooms_in(capacities=capacities, month=menu.month)
    return [(nth, item, rooms.get(item.project_id)) for nth, item in enumerate(items, start=1)]


def _found(actor: Actor, uuid: UUID) -> Menu:
    found = queries.menu_of_month(uuid=uuid)
    if found is None or not _oversees(actor, found.place):
        raise NoSuchMenu
    return found


def _oversees(actor: Actor, place: Place) -> bool:
    return holds_role_over(actor=actor, roles=STAFF_ROLES, place_id=place.pk)


def _chosen_place(actor: Actor, given: str) -> Place | None:
    """Return the place named in the address, else the one the actor manages.

    Raises:
        NoSuchMenu: the place is not there, or not the actor's to oversee.
    """
    uuid = uuid_in(given)
    if uuid is not None:
        place = place_by_uuid(uuid=uuid)
        if place is None or not _oversees(actor, place):
            raise NoSuchMenu
        return place
    roots = actor.places_where(MANAGING_ROLES) or actor.places_where(STAFF_ROLES)
    return Place.objects.select_related("parent").filter(pk__in=roots[:1]).first()
