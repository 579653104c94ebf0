"""The project library in the console: list, export, page, writing, states, pictures."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sidan.catalogue import operations, permissions, queries, words
from sidan.catalogue.enums import Mode, ProjectState, Stage, TaskState
from sidan.catalogue.forms import LibrarySearch, NoteForm, PhotoForm, PhotoStepForm, ProjectForm
from sidan.catalogue.models import Project
from sidan.catalogue.operations.photos import MAX_PHOTOS
from sidan.catalogue.operations.projects import require_editable
from sidan.catalogue.states import PROJECT
from sidan.catalogue.views.shared import checked, own_project, worker_of
from sidan.core.actor import Actor
from sidan.core.clock import business_date, now
from sidan.core.errors import Conflict, Forbidden, Invalid, NotFound
from sidan.core.htmx import go_to, page_or_piece
from sidan.core.lists import Column, asked_sort, keeps_views, list_view, page_of
from sidan.core.pages import AND_WRITES, act, put_errors
from sidan.core.tables import table_response
from sidan.files.operations import store_picture
from sidan.people.enums import MANAGING_ROLES

_REQUIRED = {"edit_project": permissions.require_edit, "review_project": permissions.require_review}
"""Who may take a step, by the permission that the table of states names."""
CSV_HEADS = (
    gettext_lazy("Title"), gettext_lazy("Kind of service"), gettext_lazy("Team"), gettext_lazy("Library of"),
    gettext_lazy("Area served"), gettext_lazy("Where"), gettext_lazy("Minutes"), gettext_lazy("Volunteers needed"),
    gettext_lazy("Orders it can take in a month"), gettext_lazy("State"), pgettext_lazy("of a project", "Stage"),
)  # fmt: skip

TASKS_SHOWN = 20
"""On the project's own page; all stand in the list of tasks."""
COLUMNS = (
    Column("project", gettext_lazy("Project"), up="title", down="-title", is_fixed=True),
    Column("kind", gettext_lazy("Kind of service"), up="category_id", down="-category_id"),
    Column("team", gettext_lazy("Team")),
    Column("area", gettext_lazy("Area served")),
    Column("stage", pgettext_lazy("of a project", "Stage"), css="gives-way"),
    Column("state", gettext_lazy("State"), up="state", down="-state"),
)
FIXED_COLUMNS = tuple(replace(column, up="", down="") for column in COLUMNS)
"""In the queue of review the oldest always comes first."""


@require_safe
@keeps_views
def projects(request: HttpRequest) -> HttpResponse:
    """The library of the own subtree and teams."""
    actor = worker_of(request)
    form = checked(LibrarySearch(request.GET))
    sort = asked_sort(request, columns=COLUMNS, default="-id")
    rows = queries.library(wanted=form.wanted())
    page = page_of(request, rows=rows, sort=sort)
    context = {
        "page": page,
        "next_cursor": page.next_cursor,
        "query": form.cleaned_data["q"],
        "list": list_view(request, columns=COLUMNS, sort=sort, rows=rows),
        "wanted": form.cleaned_data,
        "states": ProjectState.choices,
        "stages": Stage.choices,
        "modes": Mode.choices,
        "categories": queries.category_tree(),
        "may_write": _may_write(actor),
        "is_filtered": any(
            form.cleaned_data.get(name)
            for name in ("q", "category", "mode", "state", "stage", "team", "place")
        ),
    }
    return page_or_piece(
        request, page="catalogue/projects.html", piece="catalogue/_projects.html", context=context
    )


@require_safe
def export(request: HttpRequest) -> HttpResponseBase:
    """The same list as a table for a spreadsheet, row by row."""
    worker_of(request)
    rows = queries.library(wanted=checked(LibrarySearch(request.GET)).wanted()).order_by("-id")
    # The rows are chosen here, within the scope; they are read while the answer is sent.
    cells = map(_cells, rows.iterator(chunk_size=500))
    return table_response(request, name="projects", header=CSV_HEADS, rows=cells)


@require_safe
def review(request: HttpRequest) -> HttpResponse:
    """What was handed in and waits for a manager or director, the oldest first."""
    worker_of(request)
    form = checked(LibrarySearch(request.GET))
    rows = queries.waiting_for_review(wanted=replace(form.wanted(), state=""))
    page = page_of(request, rows=rows, sort="id")
    context = {
        "page": page, "next_cursor": page.next_cursor, "query": form.cleaned_data["q"],
        "list": list_view(request, columns=FIXED_COLUMNS, sort="id", rows=rows),
    }  # fmt: skip
    return page_or_piece(
        request, page="catalogue/review.html", piece="catalogue/_projects.html", context=context
    )


@require_safe
def project(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One project: what it is, what can be done with it, and what happened to it."""
    actor = worker_of(request)
    found = own_project(uuid)
    context = {
        "project": found,
        "photos": list(found.photos.all()),
        "steps": _history(found),
        **_growth(actor, found),
        "rooms": queries.rooms_of(project=found, today=business_date(now())),
        "verbs": _verbs_for(actor, found),
        "may_edit": _may_edit_now(actor, found),
        "may_hang": _may_hang(actor, found),
        "photo_form": PhotoForm(),
        "max_photos": MAX_PHOTOS,
    }
    return render(request, "catalogue/project.html", context)


@require_http_methods(AND_WRITES)
def new(request: HttpRequest) -> HttpResponse:
    """Write a project."""
    actor = worker_of(request)
    if not _may_write(actor):
        raise permissions.NotYourLibrary
    form = ProjectForm(request.POST or None, actor=actor)
    if request.method == "POST" and form.is_valid():
        place = form.cleaned_data["place"]
        try:
            made = operations.create_project(actor=actor, at=now(), place=place, text=form.text())
        except (Conflict, Invalid, Forbidden) as refusal:
            put_errors(form, refusal)
        else:
            messages.success(request, _("The project is written. Look it over, then hand it in for review."))
            return go_to(request, reverse("catalogue:project", args=[made.uuid]))
    return _form_page(request, form, title=_("New project"), back=reverse("catalogue:projects"))


@require_http_methods(AND_WRITES)
def edit(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Change a project."""
    actor = worker_of(request)
    found = own_project(uuid)
    require_editable(actor=actor, project=found)
    back = reverse("catalogue:project", args=[uuid])
    form = ProjectForm(request.POST or None, actor=actor, project=found)
    if request.method == "POST" and form.is_valid():
        try:
            operations.edit_project(actor=actor, at=now(), project_uuid=uuid, text=form.text())
        except (Conflict, Invalid) as refusal:
            put_errors(form, refusal)
        else:
            messages.success(request, _("The changes are kept."))
            return go_to(request, back)
    return _form_page(request, form, title=_("Change “%(title)s”") % {"title": found.title}, back=back)


@require_http_methods(AND_WRITES)
def move(request: HttpRequest, uuid: UUID, verb: str) -> HttpResponse:
    """Ask, then walk one step of the project's life."""
    actor = worker_of(request)
    found = own_project(uuid)
    if verb not in PROJECT:
        raise NotFound
    _REQUIRED[PROJECT[verb].permission](actor=actor, project=found)
    back = reverse("catalogue:project", args=[uuid])
    form = NoteForm(request.POST or None)
    if request.method != "POST":
        context = {
            "project": found,
            "verb": verb,
            "form": form,
            "word": words.VERBS[verb],
            "what": words.EFFECTS[verb],
            "asks_note": verb in words.WITH_NOTE,
        }
        return render(request, "catalogue/move.html", {**context, "back_url": back})
    note = {"note": checked(form).cleaned_data["note"]} if verb in words.WITH_NOTE else {}
    return act(
        request,
        done=words.DONE[verb],
        url=back,
        write=lambda: operations.PROJECT_VERBS[verb](actor=actor, at=now(), project_uuid=uuid, **note),
    )


@require_POST
def add_photo(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Store a picture and hang it behind the others."""
    actor = worker_of(request)
    # Before the picture is stored: who may not hang it shall leave nothing here.
    permissions.require_edit(actor=actor, project=own_project(uuid))
    form = PhotoForm(request.POST, request.FILES)
    back = reverse("catalogue:project", args=[uuid])
    if not form.is_valid():
        messages.error(request, _("Choose a picture first."))
        return go_to(request, back)

    def store_and_hang() -> None:
        file = store_picture(
            actor=actor, at=now(), upload=form.cleaned_data["picture"], purpose=permissions.PHOTO_PURPOSE
        )
        operations.add_photo(actor=actor, at=now(), project_uuid=uuid, file=file)

    return act(request, done=_("The picture is added."), url=back, write=store_and_hang)


@require_POST
def remove_photo(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Take a picture off."""
    actor = worker_of(request)
    photo_id = checked(PhotoStepForm(request.POST)).cleaned_data["photo"]
    return act(
        request,
        done=_("The picture is removed."),
        url=reverse("catalogue:project", args=[uuid]),
        write=lambda: operations.remove_photo(actor=actor, at=now(), project_uuid=uuid, photo_id=photo_id),
    )


@require_POST
def move_photo(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Exchange a picture with its neighbour."""
    actor = worker_of(request)
    data = checked(PhotoStepForm(request.POST)).cleaned_data
    return act(
        request,
        done=_("The order of the pictures is kept."),
        url=reverse("catalogue:project", args=[uuid]),
        write=lambda: operations.move_photo(
            actor=actor, at=now(), project_uuid=uuid, photo_id=data["photo"], step=data["step"] or "up"
        ),
    )


def _may_write(actor: Actor) -> bool:
    return bool(MANAGING_ROLES & actor.roles or actor.led_team_ids)


def _may_edit_now(actor: Actor, found: Project) -> bool:
    try:
        require_editable(actor=actor, project=found)
    except (Forbidden, Conflict):
        return False
    return True


def _may_hang(actor: Actor, found: Project) -> bool:
    if found.state == ProjectState.DRAFT:
        return permissions.may_edit(actor=actor, project=found)
    is_shown = found.state in {ProjectState.PUBLISHED, ProjectState.SUSPENDED}
    return is_shown and permissions.may_review(actor=actor, project=found)


def _verbs_for(actor: Actor, found: Project) -> list[dict[str, Any]]:
    """Return the steps open to the actor now, the one that leads on first."""
    may = {
        "edit_project": permissions.may_edit(actor=actor, project=found),
        "review_project": permissions.may_review(actor=actor, project=found),
    }
    return [
        {"verb": verb, "word": words.VERBS[verb], "what": words.EFFECTS[verb], "danger": verb == "withdraw",
         "leads_on": verb in {"propose", "publish", "resume"}, "asks_note": verb in words.WITH_NOTE}
        for verb, step in PROJECT.items()
        if found.state in step.sources and may[step.permission]
    ]  # fmt: skip


def _growth(actor: Actor, found: Project) -> dict[str, Any]:
    """Return how it grew: stages, money and tasks, and what the actor may add."""
    wanted = queries.TaskFilter(project_id=found.pk)
    rows = queries.tasks(wanted=wanted, today=business_date(now())).order_by("state_since", "id")
    tasks = sorted(rows[:TASKS_SHOWN], key=lambda task: (task.state != TaskState.OPEN, task.due_on))
    goes_on = found.state != ProjectState.WITHDRAWN
    return {
        "stages": list(queries.stages_of(project_id=found.pk)),
        "support": queries.support_of(project_id=found.pk),
        "support_sum": queries.support_sum(project_id=found.pk),
        "tasks": [(task, task.standing(business_date(now()))) for task in tasks],
        "may_grow": goes_on and permissions.may_review(actor=actor, project=found),
        "may_take_back": permissions.may_review(actor=actor, project=found),
        "may_add_tasks": goes_on and permissions.may_edit(actor=actor, project=found),
    }


def _history(found: Project) -> list[dict[str, Any]]:
    steps = found.steps.select_related("actor__person").order_by("-id")
    return [
        {"sentence": words.STEPS[step.verb].sentence, "icon": words.STEPS[step.verb].icon, "at": step.at,
         "note": step.note, "who": step.actor.person.name if step.actor else ""}
        for step in steps
    ]  # fmt: skip


def _form_page(request: HttpRequest, form: ProjectForm, *, title: str, back: str) -> HttpResponse:
    context = {"form": form, "form_title": title, "back_url": back, "submit": _("Keep")}
    return render(request, "catalogue/form.html", context, status=422 if form.errors else 200)


def _cells(row: Project) -> list[object]:
    return [
        row.shown_title, row.category.shown_name, row.team.shown_name, row.place.shown_name, row.area.shown_name,
        row.get_mode_display(), row.duration_minutes, row.people_needed, row.month_capacity or "",
        row.get_state_display(), row.get_stage_display() if row.stage else "",
    ]  # fmt: skip
