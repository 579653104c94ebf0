"""Who takes turns in a rota: groups and the people in them."""

from typing import Any, Final
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from sidan.core.clock import now
from sidan.core.errors import NotFound
from sidan.core.idempotency import once_per_form
from sidan.core.pages import act, act_by_form, keep_typed
from sidan.core.requests import actor_of
from sidan.people.queries import person_in_scope
from sidan.rotas import operations, queries
from sidan.rotas.forms import GroupForm, JoinForm
from sidan.rotas.models import Rota
from sidan.rotas.permissions import require_running
from sidan.rotas.views.shared import staff_page

TYPED: Final = 60


@require_safe
@staff_page
def people(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The groups with who is in them, and whom one can put in."""
    return _shown(request, _ours(request, uuid))


def _ours(request: HttpRequest, uuid: UUID) -> Rota:
    found = queries.rota_by_uuid(uuid=uuid)
    require_running(actor=actor_of(request), thing=found)
    return found


def _shown(request: HttpRequest, found: Rota, *, form: GroupForm | None = None) -> HttpResponse:
    text = request.GET.get("q", "")[:TYPED]
    groups = queries.groups_of(rota=found)
    context: dict[str, Any] = {
        "rota": found,
        "groups": groups,
        "group_form": GroupForm(auto_id="group_%s"),
        "text": text,
        "volunteers": queries.volunteers_to_add(rota=found, text=text if text.isprintable() else "")
        if groups
        else [],
    }
    keep_typed(context, name="group_form", form=form)
    return render(request, "rotas/people.html", context)


@require_POST
@staff_page
@once_per_form
def group(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Begin a group."""
    found = _ours(request, uuid)
    return act_by_form(
        request, form=GroupForm(request.POST), url=reverse("rotas:people", args=[uuid]),
        done=_("The group is there."),
        write=lambda typed: operations.add_group(actor=actor_of(request), at=now(), rota=found, **typed),
        page=lambda refused: _shown(request, found, form=refused),  # type: ignore[arg-type] # the form above
    )  # fmt: skip


@require_POST
@staff_page
@once_per_form
def team(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Put everybody of the rota's team into a group."""
    found = _ours(request, uuid)
    return act_by_form(
        request, form=JoinForm(request.POST, rota_id=found.pk), url=reverse("rotas:people", args=[uuid]),
        done=_joined,
        write=lambda typed: operations.add_team(actor=actor_of(request), at=now(), group=typed["group"]),
    )  # fmt: skip


def _joined(number: int) -> str:
    if not number:
        return gettext("Everybody of the team who serves takes turns already.")
    return ngettext(
        "%(number)s person takes turns from now on.", "%(number)s people take turns from now on.", number
    ) % {"number": number}


@require_POST
@staff_page
@once_per_form
def join(request: HttpRequest, uuid: UUID, person: UUID) -> HttpResponse:
    """Put somebody into a group."""
    found, resident = _ours(request, uuid), person_in_scope(uuid=person)
    if resident is None:
        raise NotFound
    return act_by_form(
        request, form=JoinForm(request.POST, rota_id=found.pk), url=reverse("rotas:people", args=[uuid]),
        done=_("They take turns from now on."),
        write=lambda typed: operations.add_member(
            actor=actor_of(request), at=now(), group=typed["group"], person=resident
        ),
    )  # fmt: skip


@require_POST
@staff_page
@once_per_form
def leave(request: HttpRequest, uuid: UUID, member: UUID) -> HttpResponse:
    """Let somebody take turns no longer."""
    found = _ours(request, uuid)
    known = next((one for one in queries.members_of(rota_id=found.pk) if one.uuid == member), None)
    if known is None:
        raise NotFound
    return act(
        request, url=reverse("rotas:people", args=[uuid]),
        done=_("They take turns no longer; what they had ahead lacks people now."),
        write=lambda: operations.remove_member(actor=actor_of(request), at=now(), member=known),
    )  # fmt: skip
