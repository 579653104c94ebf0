"""The roll of volunteers in the console."""

from collections.abc import Callable, Iterator
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import pgettext, pgettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sidan.audit.operations import record
from sidan.core.actor import Actor
from sidan.core.clock import now
from sidan.core.errors import NotFound
from sidan.core.htmx import go_to
from sidan.core.lists import (
    Column,
    asked_sort,
    filter_chips,
    keeps_views,
    list_view,
    query_of,
    rows_a_page,
    uuid_of,
)
from sidan.core.pages import AND_WRITES, REFUSALS, put_errors
from sidan.core.phones import format_phone
from sidan.core.requests import actor_of
from sidan.core.tables import table_response
from sidan.people import operations, permissions, queries
from sidan.people.enums import PEOPLE_ROLES, Skill, VolunteerState
from sidan.people.forms.staff import VolunteerEditForm, VolunteerNewForm
from sidan.people.models import Volunteer
from sidan.people.views.shared import Question, ask_or_act, places_below
from sidan.places.queries import place_by_uuid

EXPORT_CHUNK: Final = 500
COLUMNS: Final = (
    Column("name", _lazy("Name"), up="name", down="-name", is_fixed=True),
    Column("number", pgettext_lazy("volunteer", "Number")),
    Column("phone", _lazy("Phone")),
    Column("place", _lazy("Place"), up="place", down="-place"),
    Column("skills", _lazy("Skills")),
    Column("state", _lazy("State"), up="state", down="-state"),
    Column("since", _lazy("Since"), up="oldest", down="newest"),
)


def _reader(request: HttpRequest) -> Actor:
    """Return who may read the roll: staff of some place."""
    actor = actor_of(request)
    permissions.require_people_role(actor=actor)
    return actor


def _wanted(request: HttpRequest) -> queries.VolunteerFilter:
    place_uuid = uuid_of(request, "place")
    place = place_by_uuid(uuid=place_uuid) if place_uuid else None
    state, skill = request.GET.get("state", ""), request.GET.get("skill", "")
    return queries.VolunteerFilter(
        query=query_of(request),
        state=state if state in VolunteerState.values else "",
        skill=skill if skill in Skill.values else "",
        place_id=place.pk if place else None,
    )


@require_safe
@keeps_views
def volunteers(request: HttpRequest) -> HttpResponse:
    """The roll: filtered, searched, sorted, page by page."""
    actor = _reader(request)
    wanted, sort = _wanted(request), asked_sort(request, columns=COLUMNS, default="newest")
    page = queries.volunteer_page_of(
        wanted=wanted, sort=sort, cursor=request.GET.get("cursor"), limit=rows_a_page(request)
    )
    context = {
        "rows": [(row, queries.masked_phone(row), _skill_words(row)) for row in page.items],
        "next_cursor": page.next_cursor,
        "query": wanted.query,
        "state_chips": filter_chips(
            request, name="state", choices=list(VolunteerState.choices), everything=_("All present")
        ),
        "skill_chips": filter_chips(
            request, name="skill", choices=list(Skill.choices), everything=_("Any skill")
        ),
        "places": places_below(actor, PEOPLE_ROLES)[:500],
        "place": request.GET.get("place", ""),
        "list": list_view(request, columns=COLUMNS, sort=sort, rows=queries.volunteers(wanted=wanted)),
        "is_filtered": bool(wanted.query or wanted.state or wanted.skill or wanted.place_id),
    }
    return render(request, "people/volunteers.html", context)


@require_safe
def export(request: HttpRequest) -> HttpResponseBase:
    """The same list as a table; phones stay masked, and that it was taken away is written down."""
    actor = _reader(request)
    wanted = _wanted(request)

    def rows() -> Iterator[list[object]]:
        for row in queries.volunteers(wanted=wanted).order_by("id").iterator(chunk_size=EXPORT_CHUNK):
            yield [
                row.number, row.person.name, queries.masked_phone(row), row.place.shown_path, row.get_state_display(),
                _skill_words(row), row.free_time, row.registered_on.isoformat(),
            ]  # fmt: skip

    header = [
        pgettext("volunteer", "Number"),
        _("Name"),
        _("Phone"),
        _("Place"),
        _("State"),
        _("Skills"),
        _("Free time"),
        _("Since"),
    ]
    record(actor=actor, at=now(), verb="people.volunteers_exported", subject=("volunteers", None))
    return table_response(request, name="volunteers", header=header, rows=rows())


@require_http_methods(AND_WRITES)
def new_volunteer(request: HttpRequest) -> HttpResponse:
    """Enter a volunteer."""
    actor = _reader(request)
    form = VolunteerNewForm(request.POST or None, places=places_below(actor, PEOPLE_ROLES))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            volunteer = operations.register_volunteer(
                actor=actor, at=now(), name=data["name"], phone=data["phone"], place_id=data["place"].pk,
                skills=data["skills"], sex=data["sex"], free_time=data["free_time"],
            )  # fmt: skip
        except REFUSALS as refusal:
            put_errors(form, refusal)
        else:
            messages.success(request, _("%(name)s is entered.") % {"name": data["name"]})
            return go_to(request, _page_of(volunteer))
    return _form_page(
        request,
        form,
        heading=_("New volunteer"),
        submit=pgettext("a volunteer", "Enter"),
        back=reverse("people:volunteers"),
    )


@require_safe
def volunteer(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One volunteer."""
    return _volunteer_page(request, _found(uuid), shown_phone="")


@require_POST
def show_phone(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The same page with the whole phone; who looked is on record."""
    actor = _reader(request)
    phone = operations.reveal_volunteer_phone(actor=actor, at=now(), uuid=uuid)
    return _volunteer_page(request, _found(uuid), shown_phone=format_phone(phone))


def _volunteer_page(request: HttpRequest, found: Volunteer, *, shown_phone: str) -> HttpResponse:
    actor = _reader(request)
    context = {
        "volunteer": found,
        "skills": _skill_words(found),
        "phone": shown_phone or queries.masked_phone(found),
        "is_shown": bool(shown_phone),
        "memberships": queries.teams_of_person(person_id=found.person_id),
        "may_manage": permissions.may_manage_people(actor=actor, place_id=found.place_id),
        "may_see_contact": permissions.may_see_volunteer_contact(actor=actor, volunteer=found),
    }
    return render(request, "people/volunteer.html", context)


@require_http_methods(AND_WRITES)
def edit_volunteer(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Change place, skills, free time."""
    actor, found = _reader(request), _found(uuid)
    initial = {"place": found.place.uuid, "skills": found.skills, "free_time": found.free_time}
    form = VolunteerEditForm(request.POST or None, initial=initial, places=places_below(actor, PEOPLE_ROLES))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            operations.edit_volunteer(
                actor=actor, at=now(), uuid=uuid, place_id=data["place"].pk, skills=data["skills"],
                free_time=data["free_time"],
            )  # fmt: skip
        except REFUSALS as refusal:
            put_errors(form, refusal)
        else:
            messages.success(request, _("The changes are kept."))
            return go_to(request, _page_of(found))
    heading = _("Change %(name)s") % {"name": found.person.name}
    return _form_page(request, form, heading=heading, submit=_("Keep"), back=_page_of(found))


@require_http_methods(AND_WRITES)
def approve(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Take an applicant in."""
    name = _found(uuid).person.name
    question = Question(
        _("Approve %(name)s?") % {"name": name},
        _("Teams can take in and send this volunteer."),
        _("Yes, approve"),
    )
    return _step(request, uuid, question, _("%(name)s is a volunteer now.") % {"name": name}, "approve")


@require_http_methods(AND_WRITES)
def pause(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Let a volunteer rest."""
    name = _found(uuid).person.name
    question = Question(
        _("Let %(name)s rest?") % {"name": name},
        _("Nobody asks them to serve until they resume."),
        _("Yes, rest"),
    )
    return _step(request, uuid, question, _("%(name)s is resting.") % {"name": name}, "pause")


@require_http_methods(AND_WRITES)
def resume(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Let a resting volunteer serve again."""
    name = _found(uuid).person.name
    question = Question(
        _("Let %(name)s serve again?") % {"name": name}, _("Teams can ask them to serve again."), _("Yes")
    )
    return _step(request, uuid, question, _("%(name)s serves again.") % {"name": name}, "resume")


@require_http_methods(AND_WRITES)
def leave(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Take a volunteer off the roll."""
    name = _found(uuid).person.name
    question = Question(
        _("Take %(name)s off the roll?") % {"name": name},
        _("What they did stays on record. They may apply again at any time."),
        _("Yes, take off"),
        danger=True,
    )
    return _step(request, uuid, question, _("%(name)s has left the roll.") % {"name": name}, "leave")


_STEPS: Final[dict[str, Callable[..., Volunteer]]] = {
    "approve": operations.approve_volunteer,
    "pause": operations.pause_volunteer,
    "resume": operations.resume_volunteer,
    "leave": operations.leave_as_volunteer,
}


def _step(request: HttpRequest, uuid: UUID, question: Question, done: str, verb: str) -> HttpResponse:
    actor, found = _reader(request), _found(uuid)
    # Who may not answer is not asked.
    permissions.require_managing(actor=actor, place_id=found.place_id)
    return ask_or_act(
        request, question=question, back_url=_page_of(found), done=done,
        write=lambda: _STEPS[verb](actor=actor, at=now(), uuid=uuid),
    )  # fmt: skip


def _found(uuid: UUID) -> Volunteer:
    found = queries.volunteer_by_uuid(uuid=uuid)
    if found is None:
        raise NotFound
    return found


def _page_of(volunteer: Volunteer) -> str:
    return reverse("people:volunteer", args=[volunteer.uuid])


def _skill_words(volunteer: Volunteer) -> str:
    return _(", ").join(str(Skill(code).label) for code in volunteer.skills if code in Skill.values)


def _form_page(request: HttpRequest, form: Any, *, heading: str, submit: str, back: str) -> HttpResponse:
    context = {"form": form, "heading": heading, "submit": submit, "back_url": back}
    return render(request, "people/form.html", context, status=422 if form.is_bound and form.errors else 200)
