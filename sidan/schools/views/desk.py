"""The schools of an office: the list, one of them with what can be done, a new one."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sidan.activities.queries import leads_to_choose
from sidan.audit.operations import record
from sidan.core.clock import now
from sidan.core.htmx import go_to
from sidan.core.idempotency import once_per_form
from sidan.core.lists import Column, asked_sort, desk_chips, keeps_views, list_view, page_of, query_of
from sidan.core.pages import AND_WRITES, REFUSALS, act, act_by_form, keep_typed, put_errors
from sidan.core.pagination import key_order
from sidan.core.requests import actor_of
from sidan.core.tables import moment_cell, table_response
from sidan.files.operations import store_picture
from sidan.people.enums import ORDER_STAFF_ROLES
from sidan.places.nearby import place_asked
from sidan.places.queries import places_to_filter
from sidan.schools import operations, queries
from sidan.schools.enums import PICTURE_PURPOSE, SchoolState, Subject
from sidan.schools.forms import CloseForm, NewSchoolForm, PictureForm, SchoolForm
from sidan.schools.models import School
from sidan.schools.permissions import is_keeper
from sidan.schools.views.shared import school_of_ours, staff_page, told_steps

CHIP_WORDS: Final[dict[str, str | Promise]] = {
    "": pgettext_lazy("schools", "Hold classes"),
    "closed": pgettext_lazy("schools", "Closed"),
}
COLUMNS: Final = (
    Column("name", pgettext_lazy("column of schools", "School"), up="name", down="-name", is_fixed=True),
    Column("place", _("Place"), up="place_key", down="-place_key"),
    Column("subjects", pgettext_lazy("column of schools", "Subjects")),
    Column("head", pgettext_lazy("column of schools", "Run by")),
    Column(
        "pupils",
        pgettext_lazy("column of schools", "Pupils"),
        up="pupil_count",
        down="-pupil_count",
        is_number=True,
    ),
    Column(
        "times", pgettext_lazy("column of schools", "Classes held"), up="times", down="-times", is_number=True
    ),
    Column("next", pgettext_lazy("column of schools", "Next class")),
)


@require_safe
@keeps_views
@staff_page
def desk(request: HttpRequest) -> HttpResponse:
    """The schools that one's office keeps."""
    actor, chosen = actor_of(request), _chosen(request)
    rows, sort = queries.desk(chosen=chosen), _sort(request)
    context = {
        "page": page_of(request, rows=rows, sort=sort),
        "list": list_view(request, columns=COLUMNS, sort=sort, rows=rows),
        "filters": desk_chips(request, words=CHIP_WORDS, counts={}, urgent=""),
        "query": chosen.text,
        "chosen": chosen,
        "subjects": Subject.choices,
        "place": request.GET.get("place", ""),
        "places": places_to_filter(root_ids=actor.places_where(frozenset(ORDER_STAFF_ROLES))),
        "is_filtered": replace(chosen, chip="") != queries.SchoolFilter(),
        "may_found": queries.places_to_keep(actor=actor).exists(),
    }
    return render(request, "schools/desk.html", context)


def _chosen(request: HttpRequest) -> queries.SchoolFilter:
    """Return what the address asks for; what cannot be understood filters nothing."""
    chip, subject = (request.GET.get(name, "") for name in ("chip", "subject"))
    place = place_asked(request)
    return queries.SchoolFilter(
        chip=chip if chip in CHIP_WORDS else "",
        subject=subject if subject in Subject.values else "",
        place_id=place.pk if place else None,
        text=query_of(request),
    )


def _sort(request: HttpRequest) -> str:
    return asked_sort(request, columns=COLUMNS, default="place_key")


@require_safe
@staff_page
def export(request: HttpRequest) -> HttpResponseBase:
    """The list as a table; taking it is written down."""
    chosen = _chosen(request)
    rows = queries.desk(chosen=chosen).order_by(*key_order(_sort(request)))
    record(
        actor=actor_of(request), at=now(), verb="schools.exported", subject=("schools", None), chip=chosen.chip,
        filter_place=chosen.place_id,
    )  # fmt: skip
    header = [str(column.label) for column in COLUMNS] + [gettext("State")]
    return table_response(request, name="schools", header=header, rows=_table(rows.iterator(chunk_size=500)))


def _table(rows: Iterator[Any]) -> Iterator[list[object]]:
    for row in rows:
        yield [
            row.name, row.place.shown_name, row.subject_words, row.head.name, row.pupil_count, row.times,
            moment_cell(row.next_at) if row.next_at else "", row.get_state_display(),
        ]  # fmt: skip


@require_safe
@staff_page
def school(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One school: its pupils and classes in numbers, and what can be done."""
    return _shown(request, queries.school_by_uuid(uuid=uuid))


def _shown(
    request: HttpRequest, found: School, *, name: str = "", form: forms.Form | None = None
) -> HttpResponse:
    keeps = is_keeper(actor_of(request), found)
    is_active = found.state == SchoolState.ACTIVE
    context: dict[str, Any] = {
        "school": found,
        "keeps": keeps,
        "is_active": is_active,
        "why": queries.why_closed(school=found),
        "coming": queries.coming_to(schools=[found]),
        "held": queries.attended(sessions=queries.held_by(school=found)),
        "steps": told_steps(queries.history(school=found)) if keeps else [],
    }
    if keeps and is_active:
        context["close_form"] = CloseForm(auto_id="close_%s")
        context["picture_form"] = PictureForm(auto_id="picture_%s")
    keep_typed(context, name=name, form=form)
    return render(request, "schools/school.html", context)


@require_http_methods(AND_WRITES)
@staff_page
@once_per_form
def new(request: HttpRequest) -> HttpResponse:
    """Found a school."""
    actor, posted = actor_of(request), request.POST if request.method == "POST" else None
    form = NewSchoolForm(
        posted, places=queries.places_to_keep(actor=actor), heads=leads_to_choose(actor=actor)
    )
    if posted is not None and form.is_valid():
        try:
            made = operations.found_school(
                actor=actor, at=now(), place=form.cleaned_data["place"], facts=form.facts()
            )
        except REFUSALS as refusal:
            put_errors(form, refusal)
        else:
            messages.success(
                request, str(_("The school is founded. Give it a picture, and write down its pupils."))
            )
            return go_to(request, reverse("schools:school", args=[made.uuid]))
    context = {"form": form, "back_url": reverse("schools:desk")}
    return render(request, "schools/form.html", context, status=422 if form.errors else 200)


@require_http_methods(AND_WRITES)
@staff_page
@once_per_form
def edit(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Write a school anew."""
    actor, found = school_of_ours(request, uuid)
    posted, url = request.POST if request.method == "POST" else None, reverse("schools:school", args=[uuid])
    heads = leads_to_choose(actor=actor)
    if found.head not in heads:
        heads = [found.head, *heads]
    form = SchoolForm(posted, heads=heads, initial=SchoolForm.known(found))
    if posted is not None and form.is_valid():
        try:
            operations.edit_school(actor=actor, at=now(), school=found, facts=form.facts())
        except REFUSALS as refusal:
            put_errors(form, refusal)
        else:
            messages.success(request, str(_("The school is kept.")))
            return go_to(request, url)
    context = {"form": form, "school": found, "back_url": url}
    return render(request, "schools/form.html", context, status=422 if form.errors else 200)


@require_POST
@staff_page
@once_per_form
def hang_picture(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Store a picture and give it to a school."""
    actor, found = school_of_ours(request, uuid)

    def store_and_hang(typed: dict[str, Any]) -> None:
        file = store_picture(actor=actor, at=now(), upload=typed["picture"], purpose=PICTURE_PURPOSE)
        operations.hang_picture(actor=actor, at=now(), school=found, file=file)

    return act_by_form(
        request, form=PictureForm(request.POST, request.FILES), url=reverse("schools:school", args=[uuid]),
        done=_("The picture is added."), write=store_and_hang,
    )  # fmt: skip


@require_POST
@staff_page
@once_per_form
def close(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Close a school and say why."""
    actor, found = school_of_ours(request, uuid)
    return act_by_form(
        request, form=CloseForm(request.POST), url=reverse("schools:school", args=[uuid]),
        done=_("The school is closed; its pupils are told."),
        write=lambda typed: operations.close_school(actor=actor, at=now(), school=found, **typed),
        page=lambda refused: _shown(request, queries.school_by_uuid(uuid=uuid), name="close_form", form=refused),
    )  # fmt: skip


@require_POST
@staff_page
@once_per_form
def reopen(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Open a school again."""
    actor, found = school_of_ours(request, uuid)
    return act(
        request, url=reverse("schools:school", args=[uuid]),
        done=_("The school holds classes again; its pupils are told."),
        write=lambda: operations.reopen_school(actor=actor, at=now(), school=found),
    )  # fmt: skip
