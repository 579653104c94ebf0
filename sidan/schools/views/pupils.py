"""Who belongs to a school: the list, writing somebody down, and writing down that somebody left."""

from collections.abc import Iterator
from typing import Final
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_POST, require_safe

from sidan.audit.operations import record
from sidan.core.clock import now
from sidan.core.idempotency import once_per_form
from sidan.core.lists import Column, asked_sort, filter_chips, list_view, page_of, query_of
from sidan.core.pages import act
from sidan.core.pagination import key_order
from sidan.core.phones import mask_name
from sidan.core.requests import actor_of
from sidan.core.tables import table_response
from sidan.people.queries import resident_by_uuid, residents_found
from sidan.schools import operations, queries
from sidan.schools.enums import SchoolState
from sidan.schools.models import Pupil
from sidan.schools.permissions import is_keeper
from sidan.schools.views.shared import school_of_ours, staff_page

COLUMNS: Final = (
    Column("name", _("Name"), up="name_key", down="-name_key", is_fixed=True),
    Column("home", pgettext_lazy("column of pupils", "Lives in")),
    Column("joined", pgettext_lazy("column of pupils", "Joined"), up="joined_on", down="-joined_on"),
    Column("way", pgettext_lazy("column of pupils", "Written down by"), up="way", down="-way"),
    Column(
        "online", pgettext_lazy("column of pupils", "Classes online"), up="online_count", down="-online_count",
        is_number=True,
    ),
    Column("left", pgettext_lazy("column of pupils", "Left")),
)  # fmt: skip
TYPED: Final = 60


@require_safe
@staff_page
def pupils(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Who belongs to a school; who only watches reads the names in part."""
    found, actor = queries.school_by_uuid(uuid=uuid), actor_of(request)
    chosen, sort, keeps = _chosen(request), _sort(request), is_keeper(actor, found)
    if not keeps:
        # A search by name would tell whole names one by one.
        chosen = queries.PupilFilter(has_left=chosen.has_left)
    rows = queries.pupils_of(school=found, chosen=chosen)
    context = {
        "school": found,
        "keeps": keeps,
        "may_add": keeps and found.state == SchoolState.ACTIVE,
        "page": page_of(request, rows=rows, sort=sort).map(lambda row: (row, _name(row, keeps=keeps))),
        "list": list_view(request, columns=COLUMNS, sort=sort, rows=rows),
        "filters": filter_chips(
            request, name="chip", choices=[("left", _("Have left"))], everything=_("Belong to it")
        ),
        "chosen": chosen,
        "query": chosen.text,
        "is_filtered": chosen != queries.PupilFilter(),
    }
    return render(request, "schools/pupils.html", context)


def _name(row: Pupil, *, keeps: bool) -> str:
    return row.person.name if keeps else mask_name(row.person.name)


def _chosen(request: HttpRequest) -> queries.PupilFilter:
    """Return what the address asks for; what cannot be understood filters nothing."""
    return queries.PupilFilter(has_left=request.GET.get("chip") == "left", text=query_of(request))


def _sort(request: HttpRequest) -> str:
    return asked_sort(request, columns=COLUMNS, default="joined_on")


@require_safe
@staff_page
def export(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """The pupils as a table, for who keeps the school; taking it is written down."""
    actor, found = school_of_ours(request, uuid)
    rows = queries.pupils_of(school=found, chosen=_chosen(request)).order_by(*key_order(_sort(request)))
    record(
        actor=actor, at=now(), verb="school.pupils_exported", subject=("school", found.pk), place_id=found.place_id,
        county_id=found.county_id,
    )  # fmt: skip
    header = [str(column.label) for column in COLUMNS]
    return table_response(request, name="pupils", header=header, rows=_table(rows.iterator(chunk_size=500)))


def _table(rows: Iterator[Pupil]) -> Iterator[list[object]]:
    for row in rows:
        yield [
            row.person.name, row.person.home_place.shown_short if row.person.home_place else "",
            row.joined_on.isoformat(), row.get_way_display(), row.online_count,  # type: ignore[attr-defined] # annotated
            row.left_on.isoformat() if row.left_on else "",
        ]  # fmt: skip


@require_safe
@staff_page
def find(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Find who joins, by telephone or name."""
    _actor, found = school_of_ours(request, uuid)
    text = request.GET.get("q", "")[:TYPED]
    people = residents_found(text=text if text.isprintable() else "")
    return render(request, "schools/find_pupil.html", {"school": found, "text": text, "people": people})


@require_POST
@staff_page
@once_per_form
def add(request: HttpRequest, uuid: UUID, person: UUID) -> HttpResponse:
    """Write down that somebody joins who has no telephone."""
    actor, found = school_of_ours(request, uuid)
    who = resident_by_uuid(uuid=person)
    return act(
        request, url=reverse("schools:pupils", args=[uuid]), done=_("Written down: they belong to the school now."),
        write=lambda: operations.write_down(actor=actor, at=now(), school=found, person=who),
    )  # fmt: skip


@require_POST
@staff_page
@once_per_form
def end(request: HttpRequest, uuid: UUID, pupil: UUID) -> HttpResponse:
    """Write down that somebody left."""
    actor, found = school_of_ours(request, uuid)
    row = queries.pupil_by_uuid(school=found, uuid=pupil)
    return act(
        request, url=reverse("schools:pupils", args=[uuid]), done=_("Written down; what they attended stays."),
        write=lambda: operations.leave(actor=actor, at=now(), pupil=row),
    )  # fmt: skip
