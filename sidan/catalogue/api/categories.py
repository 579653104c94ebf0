"""The table of kinds of service, and what a team serves, over the API."""

from typing import Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Status
from ninja.decorators import decorate_view

from sidan.catalogue import operations, permissions, queries
from sidan.catalogue.api.shared import worker_of
from sidan.catalogue.models import Category
from sidan.catalogue.operations.errors import NoSuchCategory
from sidan.catalogue.schemas import (
    CategoryEditIn,
    CategoryIn,
    CategoryOut,
    CategoryRowOut,
    TeamServiceOut,
    TeamServicesIn,
)
from sidan.core.actor import Actor
from sidan.core.clock import now
from sidan.core.errors import NotFound
from sidan.core.idempotency import idempotent
from sidan.people.models import Team

router = Router(tags=["catalogue"])


class NoSuchTeam(NotFound):
    """The team is not there."""


@router.get("/categories", response=list[CategoryOut], auth=None, summary="Kinds of service, as a tree")
def list_categories(request: HttpRequest, which: Literal["active", "all"] = "active") -> list[CategoryOut]:
    """Return the kinds of service in the order of a table of contents; retired ones only when asked for."""
    nodes = queries.category_tree() if which == "active" else queries.category_tree(active_only="no")
    return [CategoryOut.of(node) for node in nodes]


@router.post("/categories", response={201: CategoryRowOut}, summary="Add a kind of service")
@decorate_view(idempotent)
def create_category(request: HttpRequest, payload: CategoryIn) -> Status[CategoryRowOut]:
    """Add a kind of service, last among its neighbours; its code is made from its name and stays."""
    category = operations.create_category(actor=_keeper(request), at=now(), **payload.values())
    return Status(201, CategoryRowOut.of(category))


@router.put("/categories/{code}", response=CategoryRowOut, summary="Change a kind of service")
def edit_category(request: HttpRequest, code: str, payload: CategoryEditIn) -> CategoryRowOut:
    """Change a kind of service; its code stays."""
    actor = _keeper(request)
    return CategoryRowOut.of(
        operations.edit_category(actor=actor, at=now(), code=_code(code), **payload.values())
    )


@router.post("/categories/{code}/retire", response=CategoryRowOut, summary="Offer a kind of service no more")
def retire_category(request: HttpRequest, code: str) -> CategoryRowOut:
    """Offer a kind of service no more; what was ordered under it keeps its name."""
    actor = _keeper(request)
    return CategoryRowOut.of(operations.retire_category(actor=actor, at=now(), code=_code(code)))


@router.post("/categories/{code}/restore", response=CategoryRowOut, summary="Offer a kind of service again")
def restore_category(request: HttpRequest, code: str) -> CategoryRowOut:
    """Offer a retired kind of service again."""
    actor = _keeper(request)
    return CategoryRowOut.of(operations.restore_category(actor=actor, at=now(), code=_code(code)))


@router.get(
    "/teams/{uuid:team_id}/services", response=list[TeamServiceOut], summary="What a team serves, and where"
)
def list_team_services(request: HttpRequest, team_id: UUID) -> list[TeamServiceOut]:
    """Return the kinds of service and the areas from which teams for an order are drawn."""
    worker_of(request)
    return _services(_team(team_id))


@router.put("/teams/{uuid:team_id}/services", response=list[TeamServiceOut], summary="Set what a team serves")
def set_team_services(request: HttpRequest, team_id: UUID, payload: TeamServicesIn) -> list[TeamServiceOut]:
    """Make this exactly what the team serves."""
    actor, team = worker_of(request), _team(team_id)
    permissions.require_team_services(actor=actor, team=team)
    operations.set_team_services(actor=actor, at=now(), team=team, services=payload.pairs())
    return _services(team)


def _keeper(request: HttpRequest) -> Actor:
    actor = worker_of(request)
    permissions.require_categories(actor=actor)
    return actor


def _code(code: str) -> str:
    """Return the code of a kind that is there: it comes from the address, where anything may stand."""
    if not Category.objects.filter(code=code).exists():
        raise NoSuchCategory
    return code


def _services(team: Team) -> list[TeamServiceOut]:
    return [TeamServiceOut.of(service) for service in queries.services_of(team_id=team.pk)]


def _team(uuid: UUID) -> Team:
    team = queries.team_by_uuid(uuid=uuid)
    if team is None:
        raise NoSuchTeam
    return team
