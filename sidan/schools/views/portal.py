"""What everybody sees: the schools near by, one of them, one's own; joining, leaving, being with a class."""

from collections.abc import Callable
from typing import Any, Final
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from sidan.core.clock import now
from sidan.core.idempotency import once_per_form
from sidan.core.lists import filter_chips, query_of
from sidan.core.pages import act
from sidan.core.pagination import keyset_page
from sidan.core.requests import actor_of, asker_of
from sidan.people.queries import person_of
from sidan.places.models import Place
from sidan.places.nearby import place_asked, place_near
from sidan.places.queries import children_of
from sidan.schools import operations, queries
from sidan.schools.enums import Subject
from sidan.schools.permissions import NoSuchPupil

PAGE_SIZE: Final = 24


@require_safe
def schools(request: HttpRequest) -> HttpResponse:
    """The schools of one's county by place."""
    near, place = place_near(request), place_asked(request)
    text, subject = query_of(request), request.GET.get("subject", "")
    chosen = queries.SchoolFilter(
        place_id=place.pk if place else None, subject=subject if subject in Subject.values else "", text=text
    )
    rows = queries.public_schools(near=near, chosen=chosen)
    context: dict[str, Any] = {
        "page": keyset_page(
            rows=rows, sort="place_key", cursor=request.GET.get("cursor") or None, limit=PAGE_SIZE
        ),
        "filters": filter_chips(
            request, name="subject", choices=Subject.choices, everything=_("Every subject")
        ),
        "query": text,
        "subject": chosen.subject,
        "places": [(str(one.uuid), one.shown_short) for one in _places(near)],
        "place": str(place.uuid) if place else "",
        "is_filtered": chosen != queries.SchoolFilter(),
    }
    return render(request, "schools/schools.html", context)


def _places(near: Place | None) -> list[Place]:
    """Return the places right below the visitor's center."""
    return list(children_of(place_id=near.county_id)) if near is not None and near.county_id else []


@require_safe
def school(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One school: what is taught, where and when, and how one joins."""
    found, actor = queries.school_by_uuid(uuid=uuid), asker_of(request)
    pupil = queries.own_pupil(actor=actor, school=found)
    context = {
        "school": found,
        "why": queries.why_closed(school=found),
        "coming": queries.coming_to(schools=[found]),
        "pupil": pupil,
        "is_signed_in": actor.person_id is not None,
        "online": _still_to_say(actor.person_id, [found]) if pupil else [],
    }
    return render(request, "schools/public_school.html", context)


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """One's own schools: what comes next, and with which classes one can say now that one was."""
    person = person_of(actor_of(request))
    found = queries.own_schools(person_id=person.pk)
    context = {
        "schools": found,
        "coming": queries.coming_to(schools=found),
        "online": _still_to_say(person.pk, found),
    }
    return render(request, "schools/mine.html", context)


def _still_to_say(person_id: int | None, found: list[Any]) -> list[Any]:
    """Return the classes that are open online and with which one has not said yet that one was."""
    sessions = queries.open_online(schools=found, at=now())
    said = queries.said_with(person_id=person_id, sessions=sessions) if person_id and sessions else set()
    return [one for one in sessions if one.activity_id not in said]


def _press(
    write: Callable[[HttpRequest, UUID], object], *, done: str | Promise
) -> Callable[..., HttpResponse]:
    @require_POST
    @once_per_form
    def view(request: HttpRequest, uuid: UUID) -> HttpResponse:
        url = reverse("schools:public_school", args=[uuid])
        return act(request, url=url, done=done, write=lambda: write(request, uuid))

    return view


def _join(request: HttpRequest, uuid: UUID) -> object:
    found = queries.school_by_uuid(uuid=uuid)
    return operations.join(actor=actor_of(request), at=now(), school=found)


def _leave(request: HttpRequest, uuid: UUID) -> object:
    actor, found = actor_of(request), queries.school_by_uuid(uuid=uuid)
    pupil = queries.own_pupil(actor=actor, school=found)
    if pupil is None:
        raise NoSuchPupil
    return operations.leave(actor=actor, at=now(), pupil=pupil)


join = _press(_join, done=_("You belong to this school now. Its classes stand below."))
leave = _press(_leave, done=_("You have left this school. You can come back whenever you like."))


@require_POST
@once_per_form
def with_it(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Say that one was with a class from afar."""
    found, actor = queries.session_by_uuid(uuid=uuid), actor_of(request)
    return act(
        request, url=reverse("activities:activity", args=[found.activity.uuid]),
        done=_("Written down: you were with this class."),
        write=lambda: operations.say_with_it(actor=actor, at=now(), session=found),
    )  # fmt: skip
