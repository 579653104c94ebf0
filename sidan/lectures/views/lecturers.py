"""Who lectures: the list of an office, writing somebody down, and ending it."""

from collections.abc import Iterator
from typing import Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sidan.activities.enums import Task
from sidan.audit.operations import record
from sidan.core.clock import now
from sidan.core.htmx import go_to
from sidan.core.idempotency import once_per_form
from sidan.core.lists import Column, asked_sort, keeps_views, list_view, page_of, query_of
from sidan.core.pages import AND_WRITES, REFUSALS, act, put_errors
from sidan.core.pagination import key_order
from sidan.core.requests import actor_of
from sidan.core.tables import table_response
from sidan.lectures import operations, queries
from sidan.lectures.forms import LecturerForm
from sidan.lectures.models import Lecturer
from sidan.lectures.permissions import NotYourTalks, may_write
from sidan.lectures.views.shared import own_page
from sidan.people.enums import ORDER_STAFF_ROLES
from sidan.people.queries import resident_by_uuid, residents_found
from sidan.places.nearby import place_asked
from sidan.places.queries import places_to_filter

COLUMNS: Final = (
    Column("name", _("Name"), up="name_key", down="-name_key", is_fixed=True),
    Column("about", _("Who it is")),
    Column("tasks", _("What the talks are about")),
    Column("place", _("Place"), up="place_key", down="-place_key"),
    Column("times", pgettext_lazy("column of lecturers", "Lectures given"), is_number=True),
)
TYPED: Final = 60


@require_safe
@keeps_views
@own_page
def desk(request: HttpRequest) -> HttpResponse:
    """Who lectures for one's office."""
    actor, chosen = actor_of(request), _chosen(request)
    rows, sort = queries.lecturers(chosen=chosen), _sort(request)
    page = page_of(request, rows=rows, sort=sort)
    context = {
        "page": page,
        "list": list_view(request, columns=COLUMNS, sort=sort, rows=rows),
        "query": chosen.text,
        "chosen": chosen,
        "tasks": Task.choices,
        "place": request.GET.get("place", ""),
        "places": places_to_filter(root_ids=actor.places_where(frozenset(ORDER_STAFF_ROLES))),
        "is_filtered": chosen != queries.LecturerFilter(),
        "writes": queries.places_to_write(actor=actor).exists(),
        "ours": {
            row.pk
            for row in page.items
            if may_write(actor=actor, place_id=row.place_id, county_id=row.county_id)
        },
    }
    return render(request, "lectures/lecturers.html", context)


def _chosen(request: HttpRequest) -> queries.LecturerFilter:
    """Return what the address asks for; what cannot be understood filters nothing."""
    task, place = request.GET.get("task", ""), place_asked(request)
    return queries.LecturerFilter(
        task=task if task in Task.values else "", place_id=place.pk if place else None, text=query_of(request)
    )


def _sort(request: HttpRequest) -> str:
    return asked_sort(request, columns=COLUMNS, default="name_key")


@require_safe
@own_page
def export(request: HttpRequest) -> HttpResponseBase:
    """The list as a table; taking it is written down."""
    rows = queries.lecturers(chosen=_chosen(request)).order_by(*key_order(_sort(request)))
    record(actor=actor_of(request), at=now(), verb="lecturers.exported", subject=("lecturers", None))
    header = [str(column.label) for column in COLUMNS]
    return table_response(
        request, name="lecturers", header=header, rows=_table(rows.iterator(chunk_size=500))
    )


def _table(rows: Iterator[Lecturer]) -> Iterator[list[object]]:
    for row in rows:
        yield [row.person.name, row.shown_about, row.tasks_words, row.place.shown_name, row.times]  # type: ignore[attr-defined] # by the query


@require_safe
@own_page
def find(request: HttpRequest) -> HttpResponse:
    """Find who lectures from now on, by telephone or name."""
    if not queries.places_to_write(actor=actor_of(request)).exists():
        raise NotYourTalks
    text = request.GET.get("q", "")[:TYPED]
    found = residents_found(text=text if text.isprintable() else "")
    return render(request, "lectures/find_lecturer.html", {"text": text, "people": found})


@require_http_methods(AND_WRITES)
@own_page
@once_per_form
def new(request: HttpRequest, person: UUID) -> HttpResponse:
    """Write somebody down who lectures."""
    actor, who = actor_of(request), resident_by_uuid(uuid=person)
    posted = request.POST if request.method == "POST" else None
    places = queries.places_to_write(actor=actor)
    first = places.first()
    if first is None:
        raise NotYourTalks
    form = LecturerForm(posted, places=places, initial={"place": str(first.uuid)})
    if posted is not None and form.is_valid():
        try:
            operations.name_lecturer(
                actor=actor, at=now(), place=form.cleaned_data["place"], person=who, facts=form.facts()
            )
        except REFUSALS as refusal:
            put_errors(form, refusal)
        else:
            messages.success(request, str(_("Written down: everybody reads the name with the lectures.")))
            return go_to(request, reverse("lectures:lecturers"))
    context = {"form": form, "who": who, "back_url": reverse("lectures:find_lecturer")}
    return render(request, "lectures/new_lecturer.html", context, status=422 if form.errors else 200)


@require_POST
@own_page
@once_per_form
def end(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Somebody lectures no more."""
    actor, found = actor_of(request), queries.lecturer_by_uuid(uuid=uuid)
    return act(
        request, url=reverse("lectures:lecturers"), done=_("Written down; what was given stays."),
        write=lambda: operations.end_lecturer(actor=actor, at=now(), lecturer=found),
    )  # fmt: skip
