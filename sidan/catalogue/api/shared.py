"""What the API's operations of the catalogue have in common."""

from uuid import UUID

from django.http import HttpRequest

from sidan.catalogue import permissions, queries
from sidan.catalogue.models import Project
from sidan.catalogue.operations.errors import NoSuchProject
from sidan.catalogue.schemas import ProjectDetailOut
from sidan.core.actor import Actor
from sidan.core.clock import business_date, now
from sidan.core.errors import Forbidden, NotFound
from sidan.core.requests import actor_of
from sidan.places.models import Place
from sidan.places.queries import place_by_uuid


class NotOpenToYou(Forbidden):
    """The library and unpublished menus are for staff and team leaders."""

    code = "library_not_open"


class NoSuchPlace(NotFound):
    """The place is not there."""


def worker_of(request: HttpRequest) -> Actor:
    """Return who may look into the library: staff, and those who lead a team. Raises NotOpenToYou."""
    actor = actor_of(request)
    if not permissions.may_see_console(actor=actor):
        raise NotOpenToYou
    return actor


def place_of(uuid: UUID) -> Place:
    """Return the place an id names. Raises NoSuchPlace."""
    place = place_by_uuid(uuid=uuid)
    if place is None:
        raise NoSuchPlace
    return place


def own_project(uuid: UUID) -> Project:
    """Return a project of the own subtree or team. Raises NoSuchProject."""
    own = queries.library(wanted=queries.LibraryFilter()).filter(uuid=uuid)
    project: Project | None = own.prefetch_related("photos__file", "steps").first()
    if project is None:
        raise NoSuchProject
    return project


def detail_of(uuid: UUID) -> ProjectDetailOut:
    """Return a project of the own subtree or team as the API tells it. Raises NoSuchProject."""
    project = own_project(uuid)
    rooms = queries.rooms_of(project=project, today=business_date(now()))
    return ProjectDetailOut.of_project(project, rooms)
