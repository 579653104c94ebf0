"""How a project grows, in the console: its stage, money, tasks, and the tasks of all projects of a place."""

from collections.abc import Callable, Sequence
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from sidan.audit.operations import record
from sidan.catalogue import operations, permissions, queries, words
from sidan.catalogue.enums import Stage
from sidan.catalogue.growing_forms import (
    CapacityForm,
    StageForm,
    SupportForm,
    TaskForm,
    TaskNoteForm,
    TaskSearch,
    WhyForm,
)
from sidan.catalogue.models import ProjectTask
from sidan.catalogue.operations.errors import NoSuchSupport
from sidan.catalogue.states import TASK
from sidan.catalogue.views.shared import checked, own_project, worker_of
from sidan.core.actor import Actor
from sidan.core.badges import ToldStep
from sidan.core.clock import business_date, now
from sidan.core.errors import NotFound
from sidan.core.htmx import go_to, page_or_piece
from sidan.core.idempotency import once_per_form
from sidan.core.lists import Column, asked_sort, filter_chips, keeps_views, list_view, page_of
from sidan.core.pages import AND_WRITES, REFUSALS, put_errors
from sidan.core.pagination import key_order
from sidan.core.tables import table_response
from sidan.files.models import StoredFile
from sidan.files.operations import store_picture
from sidan.people.enums import STAFF_ROLES
from sidan.places.queries import places_to_filter

COLUMNS = (
    Column("task", gettext_lazy("Task"), up="title", down="-title", is_fixed=True),
    Column("project", gettext_lazy("Project")),
    Column("team", gettext_lazy("Team")),
    Column("answers", gettext_lazy("Who answers for it")),
    Column("due", gettext_lazy("Due on"), up="due_on", down="-due_on"),
    Column("standing", gettext_lazy("State"), up="state", down="-state"),
)


@require_http_methods(AND_WRITES)
@once_per_form
def stage(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Say how far a project has grown."""
    actor, found = worker_of(request), own_project(uuid)
    permissions.require_review(actor=actor, project=found)
    form = StageForm(request.POST or None, initial={"stage": found.stage})

    def write() -> None:
        data = form.cleaned_data
        operations.set_stage(
            actor=actor, at=now(), project_uuid=uuid, stage=Stage(data["stage"]), why=data["why"]
        )

    title = _("How far has “%(title)s” grown?") % {"title": found.shown_title}
    return _written(request, form, write, title=title, done=_("The stage is kept."), back=_project_url(uuid))


@require_http_methods(AND_WRITES)
@once_per_form
def capacity(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Say how many orders a project can take in a month."""
    actor, found = worker_of(request), own_project(uuid)
    permissions.require_edit(actor=actor, project=found)
    form = CapacityForm(request.POST or None, initial={"month_capacity": found.month_capacity})
    title = _("How many orders can “%(title)s” take?") % {"title": found.shown_title}
    return _written(
        request, form, title=title, done=_("It is kept. What was ordered already stays."),
        back=_project_url(uuid),
        write=lambda: operations.set_capacity(
            actor=actor, at=now(), project_uuid=uuid, capacity=form.cleaned_data["month_capacity"]
        ),
    )  # fmt: skip


@require_http_methods(AND_WRITES)
@once_per_form
def support(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Write down money that a project was given."""
    actor, found = worker_of(request), own_project(uuid)
    permissions.require_review(actor=actor, project=found)
    form = SupportForm(request.POST or None, initial={"granted_on": business_date(now())})
    title = _("Money given to “%(title)s”") % {"title": found.shown_title}
    return _written(
        request, form, title=title, done=_("It is written down."), back=_project_url(uuid),
        write=lambda: operations.add_support(
            actor=actor, at=now(), project_uuid=uuid, support=form.support()
        ),
    )  # fmt: skip


@require_http_methods(AND_WRITES)
@once_per_form
def take_back(request: HttpRequest, uuid: UUID, support_uuid: UUID) -> HttpResponse:
    """Take a row of money back, with the reason."""
    actor, found = worker_of(request), own_project(uuid)
    permissions.require_review(actor=actor, project=found)
    if not found.support.filter(uuid=support_uuid, reverses=None).exists():
        raise NoSuchSupport
    form = WhyForm(request.POST or None)
    return _written(
        request, form, title=_("Take this row back?"), done=_("It is taken back; both rows stay."),
        back=_project_url(uuid), submit=_("Take back"),
        write=lambda: operations.take_back_support(
            actor=actor, at=now(), project_uuid=uuid, support_uuid=support_uuid, why=form.cleaned_data["why"]
        ),
    )  # fmt: skip


@require_http_methods(AND_WRITES)
@once_per_form
def new_task(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Write a task of a project down."""
    actor, found = worker_of(request), own_project(uuid)
    permissions.require_edit(actor=actor, project=found)
    form = TaskForm(request.POST or None, project=found)
    title = _("New task of “%(title)s”") % {"title": found.shown_title}
    return _written(
        request, form, title=title, done=_("The task is written down."), back=_project_url(uuid),
        write=lambda: operations.add_task(actor=actor, at=now(), project_uuid=uuid, task=form.task()),
    )  # fmt: skip


@require_safe
@keeps_views
def tasks(request: HttpRequest) -> HttpResponse:
    """The tasks of all projects of the own subtree and teams, what is due first."""
    actor, today = worker_of(request), business_date(now())
    form = checked(TaskSearch(request.GET))
    sort = asked_sort(request, columns=COLUMNS, default="due_on")
    rows = queries.tasks(wanted=form.wanted(), today=today)
    page = page_of(request, rows=rows, sort=sort)
    choices = [(code, words.TASK_LOOKS[code].word) for code in queries.STANDINGS]
    context = {
        "page": page,
        "next_cursor": page.next_cursor,
        "rows": [(task, task.standing(today)) for task in page.items],
        "today": today,
        "list": list_view(request, columns=COLUMNS, sort=sort, rows=rows),
        "filters": filter_chips(request, name="standing", choices=choices, everything=_("All")),
        "told": form.cleaned_data,
        "places": places_to_filter(root_ids=actor.places_where(STAFF_ROLES)),
        "is_filtered": any(form.cleaned_data.values()),
    }
    return page_or_piece(request, page="catalogue/tasks.html", piece="catalogue/_tasks.html", context=context)


@require_safe
def export_tasks(request: HttpRequest) -> HttpResponseBase:
    """The same list as a table; that it was taken out is written down, for it names who answers."""
    actor, today = worker_of(request), business_date(now())
    sort = asked_sort(request, columns=COLUMNS, default="due_on")
    rows = queries.tasks(wanted=checked(TaskSearch(request.GET)).wanted(), today=today)
    record(actor=actor, at=now(), verb="project.tasks_exported", subject=("tasks", None))
    head = (
        _("Task"), _("Project"), _("Team"), _("Library of"), _("Who answers for it"), _("Due on"), _("State"),
        _("Days overdue"),
    )  # fmt: skip
    cells = (_cells(task) for task in rows.order_by(*key_order(sort)).iterator(chunk_size=500))
    return table_response(request, name="tasks", header=head, rows=cells)


@require_safe
def task(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One task: what happened to it, and what can be done with it."""
    actor, found = worker_of(request), queries.task_by_uuid(uuid=uuid)
    return _task_page(request, actor, found)


def _task_page(request: HttpRequest, actor: Actor, found: ProjectTask) -> HttpResponse:
    may_act = permissions.may_edit(actor=actor, project=found.project)
    steps = list(queries.task_steps(task=found))
    context = {
        "task": found,
        "standing": found.standing(business_date(now())),
        "days_over": found.days_over(business_date(now())),
        "verbs": [
            (verb, words.TASK_VERBS[verb]) for verb, step in TASK.items() if may_act and found.state in step.sources
        ],
        "steps": [
            ToldStep(
                str(words.TASK_STEPS[step.verb].sentence), step.at, words.TASK_STEPS[step.verb].icon, step.note,
                step.actor.person.name if step.actor else "",
            )
            for step in steps
        ],
        "pictures": [step.picture for step in steps if step.picture],
    }  # fmt: skip
    return render(request, "catalogue/task.html", context)


@require_http_methods(AND_WRITES)
@once_per_form
def move_task(request: HttpRequest, uuid: UUID, verb: str) -> HttpResponse:
    """Close a task out, open it again or drop it: with a word, and closed out with a picture if there is one."""
    actor, found = worker_of(request), queries.task_by_uuid(uuid=uuid)
    if verb not in TASK:
        raise NotFound
    permissions.require_edit(actor=actor, project=found.project)
    form = TaskNoteForm(*((request.POST, request.FILES) if request.method == "POST" else ()), verb=verb)

    def write() -> None:
        picture = _stored(actor, form)
        operations.move_task(
            actor=actor, at=now(), task=found, verb=verb, note=form.cleaned_data["note"], picture=picture
        )

    return _written(
        request, form, write, title=f"{words.TASK_VERBS[verb]}: {found.title}", done=str(words.TASK_DONE[verb]),
        back=reverse("catalogue:task", args=[uuid]), submit=str(words.TASK_VERBS[verb]),
        lead=str(words.TASK_EFFECTS[verb]),
    )  # fmt: skip


def _stored(actor: Actor, form: TaskNoteForm) -> StoredFile | None:
    sent = form.cleaned_data.get("picture")
    if not sent:
        return None
    return store_picture(actor=actor, at=now(), upload=sent, purpose=permissions.TASK_PICTURE)


def _written(
    request: HttpRequest,
    form: forms.Form,
    write: Callable[[], object],
    *,
    title: str,
    done: str,
    back: str,
    submit: str = "",
    lead: str = "",
) -> HttpResponse:
    """Do what a page of one form is for, or show the form, with what was typed and what is wrong with it."""
    if request.method == "POST" and form.is_valid():
        try:
            write()
        except REFUSALS as refusal:
            put_errors(form, refusal)
        else:
            messages.success(request, done)
            return go_to(request, back)
    context = {
        "form": form, "form_title": title, "back_url": back, "submit": submit or _("Keep"), "lead": lead,
    }  # fmt: skip
    return render(request, "catalogue/form.html", context, status=422 if form.errors else 200)


def _project_url(uuid: UUID) -> str:
    return reverse("catalogue:project", args=[uuid])


def _cells(task: ProjectTask) -> Sequence[object]:
    return [
        task.title, task.project.shown_title, task.project.team.shown_name, task.place.shown_name,
        task.answers.name, task.due_on, words.TASK_LOOKS[task.standing(business_date(now()))].word,
        task.days_over(business_date(now())) or "",
    ]  # fmt: skip
