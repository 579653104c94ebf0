"""The table of categories, and what a team serves."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sidan.catalogue import operations, permissions, queries
from sidan.catalogue.forms import CategoryForm, TeamServicesForm
from sidan.catalogue.models import Category, TeamService
from sidan.catalogue.operations.errors import NoSuchCategory
from sidan.catalogue.views.shared import worker_of
from sidan.core.actor import Actor
from sidan.core.clock import now
from sidan.core.errors import Conflict, Invalid, NotFound
from sidan.core.htmx import go_to
from sidan.core.pages import AND_WRITES, act, put_errors
from sidan.people.models import Team
from sidan.places.models import Place


class NoSuchTeam(NotFound):
    """The team is not there."""


@require_safe
def categories(request: HttpRequest) -> HttpResponse:
    """All kinds of service as a tree, retired ones too."""
    actor = worker_of(request)
    nodes = queries.category_tree(active_only="no")
    context = {
        "nodes": nodes,
        "asking": queries.kinds_that_ask(node.category for node in nodes),
        "may_edit": permissions.may_edit_categories(actor=actor),
    }
    return render(request, "catalogue/categories.html", context)


@require_http_methods(AND_WRITES)
def new_category(request: HttpRequest) -> HttpResponse:
    """Add a kind of service."""
    actor = _keeper(request)
    form = CategoryForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            operations.create_category(actor=actor, at=now(), **form.values())
        except (Conflict, Invalid) as refusal:
            put_errors(form, refusal)
        else:
            messages.success(request, _("The kind of service is added."))
            return go_to(request, reverse("catalogue:categories"))
    return _form_page(request, form, title=_("New kind of service"))


@require_http_methods(AND_WRITES)
def edit_category(request: HttpRequest, code: str) -> HttpResponse:
    """Change a kind of service."""
    actor = _keeper(request)
    category = Category.objects.filter(code=code).first()
    if category is None:
        raise NoSuchCategory
    form = CategoryForm(request.POST or None, category=category)
    if request.method == "POST" and form.is_valid():
        try:
            operations.edit_category(actor=actor, at=now(), code=code, **form.values())
        except (Conflict, Invalid) as refusal:
            put_errors(form, refusal)
        else:
            messages.success(request, _("The changes are kept."))
            return go_to(request, reverse("catalogue:categories"))
    return _form_page(request, form, title=_("Change “%(title)s”") % {"title": category.shown_name})


@require_POST
def retire_category(request: HttpRequest, code: str) -> HttpResponse:
    """Offer a kind of service no more."""
    actor = _keeper(request)
    return act(
        request,
        done=_("It is not offered any more."),
        url=reverse("catalogue:categories"),
        write=lambda: operations.retire_category(actor=actor, at=now(), code=code),
    )


@require_POST
def restore_category(request: HttpRequest, code: str) -> HttpResponse:
    """Offer a retired kind of service again."""
    actor = _keeper(request)
    return act(
        request,
        done=_("It is offered again."),
        url=reverse("catalogue:categories"),
        write=lambda: operations.restore_category(actor=actor, at=now(), code=code),
    )


@require_http_methods(AND_WRITES)
def team_services(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """What a team serves and where; one more is added here."""
    actor = worker_of(request)
    team = _team(uuid)
    services = list(queries.services_of(team_id=team.pk))
    may_edit = permissions.manages(actor=actor, place_id=team.place_id, county_id=team.county_id)
    form = TeamServicesForm(request.POST or None, team=team)
    if request.method == "POST" and form.is_valid():
        category = Category.objects.get(code=form.cleaned_data["category"])
        wanted = [*_pairs(services), (category, form.cleaned_data["area"])]
        try:
            operations.set_team_services(actor=actor, at=now(), team=team, services=wanted)
        except (Conflict, Invalid) as refusal:
            put_errors(form, refusal)
        else:
            messages.success(request, _("The team serves this from now on."))
            return go_to(request, reverse("catalogue:team_services", args=[uuid]))
    context = {"team": team, "services": services, "form": form, "may_edit": may_edit}
    return render(request, "catalogue/team_services.html", context, status=422 if form.errors else 200)


@require_POST
def end_team_service(request: HttpRequest, uuid: UUID, service_id: int) -> HttpResponse:
    """Take one thing off what a team serves."""
    actor = worker_of(request)
    team = _team(uuid)
    present = queries.services_of(team_id=team.pk)
    kept = [service for service in present if service.pk != service_id]
    if len(kept) == len(present):
        raise NotFound
    return act(
        request,
        done=_("The team does not serve this any more."),
        url=reverse("catalogue:team_services", args=[uuid]),
        write=lambda: operations.set_team_services(actor=actor, at=now(), team=team, services=_pairs(kept)),
    )


def _pairs(services: list[TeamService]) -> list[tuple[Category, Place]]:
    return [(service.category, service.area) for service in services]


def _keeper(request: HttpRequest) -> Actor:
    actor = worker_of(request)
    permissions.require_categories(actor=actor)
    return actor


def _team(uuid: UUID) -> Team:
    team = queries.team_by_uuid(uuid=uuid)
    if team is None:
        raise NoSuchTeam
    return team


def _form_page(request: HttpRequest, form: CategoryForm, *, title: str) -> HttpResponse:
    context = {
        "form": form,
        "form_title": title,
        "back_url": reverse("catalogue:categories"),
        "submit": _("Keep"),
    }
    return render(request, "catalogue/form.html", context, status=422 if form.errors else 200)
