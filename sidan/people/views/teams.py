"""Teams in the console: staff of the place run them, leaders keep their own."""

from collections.abc import Iterator
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sidan.core.actor import Actor
from sidan.core.clock import now
from sidan.core.errors import BadRequest, NotFound
from sidan.core.htmx import go_to
from sidan.core.ids import read_uuid
from sidan.core.lists import (
    Column,
    asked_sort,
    filter_chips,
    keeps_views,
    list_view,
    page_of,
    query_of,
    rows_a_page,
)
from sidan.core.pages import AND_WRITES, REFUSALS, act, put_errors
from sidan.core.requests import actor_of
from sidan.core.tables import table_response
from sidan.people import operations, permissions, queries
from sidan.people.enums import MANAGING_ROLES, TeamLevel, TeamState
from sidan.people.forms.staff import NumberForm, TeamEditForm, TeamNewForm
from sidan.people.models import Team
from sidan.people.views.shared import Question, ask_or_act, places_below

EXPORT_CHUNK: Final = 500
COLUMNS: Final = (
    Column("name", _lazy("Name"), up="name", down="-name", is_fixed=True),
    Column("level", _lazy("Level"), up="level", down="-level"),
    Column("kind", _lazy("Kind"), up="kind", down="-kind"),
    Column("place", _lazy("Place"), up="place", down="-place"),
    Column("leader", _lazy("Leader")),
    Column("members", _lazy("Members"), is_number=True),
    Column("state", _lazy("State"), up="state", down="-state"),
)


def _worker(request: HttpRequest) -> Actor:
    """Return who may see teams from the inside: staff, and those who lead one."""
    actor = actor_of(request)
    permissions.require_team_work(actor=actor)
    return actor


def _wanted(request: HttpRequest) -> queries.TeamFilter:
    state, level = request.GET.get("state", ""), request.GET.get("level", "")
    return queries.TeamFilter(
        query=query_of(request),
        state=state if state in TeamState.values else "",
        category=query_of(request, "category"),
        level=level if level in TeamLevel.values else "",
    )


@require_safe
@keeps_views
def teams(request: HttpRequest) -> HttpResponse:
    """The teams of the own subtree."""
    actor = _worker(request)
    wanted = _wanted(request)
    sort = asked_sort(request, columns=COLUMNS, default="name")
    rows = queries.teams_in_scope(wanted=wanted)
    page = queries.team_page_of(
        rows=rows, sort=sort, cursor=request.GET.get("cursor"), limit=rows_a_page(request)
    )
    counts = queries.member_counts(team_ids=[team.pk for team in page.items])
    kinds = [(kind.code, kind.shown_name) for kind in queries.team_categories()]
    context = {
        "rows": [(team, counts.get(team.pk, 0)) for team in page.items],
        "next_cursor": page.next_cursor,
        "list": list_view(request, columns=COLUMNS, sort=sort, rows=rows),
        "query": wanted.query,
        "state_chips": filter_chips(
            request, name="state", choices=list(TeamState.choices), everything=_("All present")
        ),
        "kind_chips": filter_chips(request, name="category", choices=kinds, everything=_("Any kind")),
        "may_found": bool(actor.roles & MANAGING_ROLES),
        "is_filtered": bool(wanted.query or wanted.state or wanted.category or wanted.level),
    }
    return render(request, "people/teams.html", context)


@require_safe
def export(request: HttpRequest) -> HttpResponseBase:
    """The same list as CSV."""
    _worker(request)
    wanted = _wanted(request)

    def rows() -> Iterator[list[object]]:
        for team in queries.teams_in_scope(wanted=wanted).order_by("id").iterator(chunk_size=EXPORT_CHUNK):
            yield [
                team.shown_name, team.get_level_display(), team.category.shown_name, team.place.shown_path,
                team.leader.name if team.leader else "", team.get_state_display(), team.founded_on or "",
            ]  # fmt: skip

    header = [pgettext("of a place or team", "Name"), _("Level"), _("Kind"), _("Place"), _("Leader"),
              _("State"), _("Founded")]  # fmt: skip
    return table_response(request, name="teams", header=header, rows=rows())


@require_http_methods(AND_WRITES)
def new_team(request: HttpRequest) -> HttpResponse:
    """Found a team."""
    actor = _worker(request)
    permissions.require_managing_role(actor=actor)
    form = TeamNewForm(
        request.POST or None, places=places_below(actor, MANAGING_ROLES), parents=queries.parents_to_choose()
    )
    if request.method == "POST" and form.is_valid():
        place = form.cleaned_data["place"]
        try:
            team = operations.create_team(actor=actor, at=now(), place_id=place.pk, **form.values())
        except REFUSALS as refusal:
            put_errors(form, refusal)
        else:
            messages.success(request, _("The team is founded. Name its leader next."))
            return go_to(request, _page_of(team))
    return _form_page(
        request, form, heading=_("New team"), submit=pgettext("a team", "Found"), back=reverse("people:teams")
    )


@require_safe
def team(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One team with its members."""
    actor, found = _worker(request), _found(uuid)
    may_run = permissions.may_run_team(actor=actor, team=found)
    is_inside = may_run or found.pk in actor.team_ids
    below, most = queries.teams_under(team_id=found.pk), rows_a_page(request)
    context = {
        "team": found,
        "below": [part for part in (below[:most], below[most:]) if part],
        "is_inside": is_inside,
        "may_run": may_run and found.state != TeamState.DISSOLVED,
        "may_manage": permissions.may_manage_people(actor=actor, place_id=found.place_id),
        "number_form": NumberForm(),
    }
    if is_inside:
        page = page_of(request, rows=queries.members_by_name(team_id=found.pk), sort="by_name")
        counts = queries.member_counts(team_ids=[found.pk])
        context |= {"members": page.items, "next_cursor": page.next_cursor, "total": counts.get(found.pk, 0)}
    return render(request, "people/team.html", context)


@require_http_methods(AND_WRITES)
def edit_team(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Change a team's name, kind, level, words."""
    actor, found = _worker(request), _found(uuid)
    permissions.require_managing(actor=actor, place_id=found.place_id)
    initial = {
        "name": found.name, "name_en": found.name_en, "category": found.category_id, "level": found.level,
        "about": found.about, "parent": found.parent.uuid if found.parent else None,
    }  # fmt: skip
    form = TeamEditForm(request.POST or None, initial=initial, parents=queries.parents_to_choose(team=found))
    if request.method == "POST" and form.is_valid():
        try:
            operations.edit_team(actor=actor, at=now(), uuid=uuid, **form.values())
        except REFUSALS as refusal:
            put_errors(form, refusal)
        else:
            messages.success(request, _("The changes are kept."))
            return go_to(request, _page_of(found))
    heading = _("Change %(name)s") % {"name": found.shown_name}
    return _form_page(request, form, heading=heading, submit=_("Keep"), back=_page_of(found))


@require_http_methods(AND_WRITES)
def choose_leader(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Find a person by name and make them the leader."""
    actor, found = _worker(request), _found(uuid)
    permissions.require_managing(actor=actor, place_id=found.place_id)
    if request.method == "POST":
        person_uuid = _posted_person(request)
        return act(
            request, url=_page_of(found), done=_("The team has a new leader."),
            write=lambda: operations.set_leader(actor=actor, at=now(), uuid=uuid, person_uuid=person_uuid),
        )  # fmt: skip
    return _choose_page(
        request, found, heading=_("Leader of %(name)s") % {"name": found.shown_name}, button=_("Make leader")
    )


@require_http_methods(AND_WRITES)
def add_member(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Find a volunteer by name and take them in."""
    actor, found = _worker(request), _found(uuid)
    permissions.require_running_team(actor=actor, team=found)
    if request.method == "POST":
        person_uuid = _posted_person(request)
        return act(
            request, url=_page_of(found), done=_("The volunteer belongs to the team now."),
            write=lambda: operations.add_member(actor=actor, at=now(), uuid=uuid, person_uuid=person_uuid),
        )  # fmt: skip
    return _choose_page(
        request, found, heading=_("New member of %(name)s") % {"name": found.shown_name}, button=_("Take in")
    )


@require_POST
def add_by_number(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Take in a volunteer by the number they told."""
    actor, found, form = _worker(request), _found(uuid), NumberForm(request.POST)
    number = form.cleaned_data["number"] if form.is_valid() else ""

    def write() -> None:
        try:
            operations.add_member_by_number(actor=actor, at=now(), uuid=uuid, number=number)
        except operations.UnknownVolunteerNumber as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("The volunteer belongs to the team now."))

    try:
        write()
    except REFUSALS as refusal:
        messages.error(request, str(refusal))
    return go_to(request, _page_of(found))


@require_POST
def remove_member(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """End a membership."""
    actor, found, person_uuid = _worker(request), _found(uuid), _posted_person(request)
    return act(
        request, url=_page_of(found), done=_("The membership has ended."),
        write=lambda: operations.remove_member(actor=actor, at=now(), uuid=uuid, person_uuid=person_uuid),
    )  # fmt: skip


@require_http_methods(AND_WRITES)
def pause(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Let a team rest."""
    actor, found = _worker(request), _found(uuid)
    permissions.require_managing(actor=actor, place_id=found.place_id)
    question = Question(
        _("Let %(name)s rest?") % {"name": found.shown_name},
        _("The team is offered no orders until it resumes."),
        _("Yes"),
    )
    return ask_or_act(
        request, question=question, back_url=_page_of(found), done=_("The team is resting."),
        write=lambda: operations.pause_team(actor=actor, at=now(), uuid=uuid),
    )  # fmt: skip


@require_http_methods(AND_WRITES)
def resume(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Let a resting team take orders again."""
    actor, found = _worker(request), _found(uuid)
    permissions.require_managing(actor=actor, place_id=found.place_id)
    question = Question(
        _("Let %(name)s work again?") % {"name": found.shown_name},
        _("The team is offered orders again."),
        _("Yes"),
    )
    return ask_or_act(
        request, question=question, back_url=_page_of(found), done=_("The team works again."),
        write=lambda: operations.resume_team(actor=actor, at=now(), uuid=uuid),
    )  # fmt: skip


@require_http_methods(AND_WRITES)
def dissolve(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """End a team for good."""
    actor, found = _worker(request), _found(uuid)
    permissions.require_managing(actor=actor, place_id=found.place_id)
    question = Question(
        _("Dissolve %(name)s?") % {"name": found.shown_name},
        _(
            "All memberships end today and the team cannot be opened again. What it did stays on record; orders"
            " that it has wait for another team."
        ),
        _("Yes, dissolve"),
        danger=True,
    )
    return ask_or_act(
        request, question=question, back_url=_page_of(found), done=_("The team is dissolved."),
        write=lambda: operations.dissolve_team(actor=actor, at=now(), uuid=uuid),
    )  # fmt: skip


def _found(uuid: UUID) -> Team:
    found = queries.team_by_uuid(uuid=uuid)
    if found is None:
        raise NotFound
    return found


def _posted_person(request: HttpRequest) -> UUID:
    found = read_uuid(request.POST.get("person"))
    if found is None:
        raise BadRequest
    return found


def _page_of(team: Team) -> str:
    return reverse("people:team", args=[team.uuid])


def _choose_page(request: HttpRequest, team: Team, *, heading: str, button: str) -> HttpResponse:
    words = query_of(request)
    context = {
        "heading": heading, "button": button, "query": words, "back_url": _page_of(team),
        "persons": queries.persons_named(query=words),
    }  # fmt: skip
    return render(request, "people/choose_person.html", context)


def _form_page(request: HttpRequest, form: Any, *, heading: str, submit: str, back: str) -> HttpResponse:
    context = {"form": form, "heading": heading, "submit": submit, "back_url": back}
    return render(request, "people/form.html", context, status=422 if form.is_bound and form.errors else 200)
