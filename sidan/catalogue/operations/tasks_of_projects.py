"""The tasks of a project: written down, closed out (销号), opened again, dropped (R-O1)."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sidan.catalogue import permissions, queries
from sidan.catalogue.enums import TaskState
from sidan.catalogue.models import Project, ProjectTask, ProjectTaskStep
from sidan.catalogue.notices import tell_of_task
from sidan.catalogue.operations.errors import NoteMissing, TaskMovedOn, TaskRefused
from sidan.catalogue.operations.growing import NOTE, leave_trail, require_going_on
from sidan.catalogue.operations.projects import locked_project
from sidan.catalogue.states import TASK
from sidan.core.actor import Actor
from sidan.core.clock import business_date
from sidan.core.errors import FieldProblem
from sidan.core.turns import take_turn
from sidan.files.models import StoredFile
from sidan.people.models import Person

TASK_TITLE: Final = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """What is to be done, by which day, and the public id of who answers for it."""

    title: str
    due_on: date
    answers: UUID


def add_task(*, actor: Actor, at: datetime, project_uuid: UUID, task: Task) -> ProjectTask:
    """Write a task down; who answers for it is told.

    Raises:
        NoSuchProject, NotYourProject, ProjectEnded
        TaskRefused: with the fields that are not right.
    """
    with transaction.atomic():
        project = locked_project(project_uuid)
        permissions.require_edit(actor=actor, project=project)
        require_going_on(project)
        person = _checked(project, task, today=business_date(at))
        row = ProjectTask(
            project=project, place_id=project.place_id, county_id=project.county_id, title=task.title,
            due_on=task.due_on, answers=person, state_since=at, made_at=at,
        )  # fmt: skip
        row.save(force_insert=True)
        _append(row, project, actor=actor, at=at, verb="add", before="")
        tell_of_task(task=row, actor=actor, at=at)
    return row


def move_task(
    *, actor: Actor, at: datetime, task: ProjectTask, verb: str, note: str, picture: StoredFile | None = None
) -> ProjectTask:
    """Close a task out, open it again or drop it: by a verb of `states.TASK`, with a word about it.

    Raises:
        NotYourProject: the actor neither leads the team nor manages the place.
        NoteMissing: it is not said what was done, or why.
        TaskMovedOn: the verb does not fit its state, or somebody was faster.
    """
    step = TASK[verb]
    permissions.require_edit(actor=actor, project=task.project)
    if not note.strip():
        raise NoteMissing(errors=[FieldProblem("/note", NoteMissing.sentence)])
    with transaction.atomic():
        before = take_turn(
            rows=ProjectTask.unscoped.all(), thing=task, sources=step.sources, target=step.target, at=at,
            moved_on=_moved_on,
        )  # fmt: skip
        _append(
            task, task.project, actor=actor, at=at, verb=verb, before=before, note=note.strip()[:NOTE],
            picture=picture,
        )  # fmt: skip
    return task


def _moved_on(state: str) -> TaskMovedOn:
    return TaskMovedOn(state=state, state_words=TaskState(state).label)


def _checked(project: Project, task: Task, *, today: date) -> Person:
    """Return who answers for it."""
    problems = []
    person = queries.people_who_may_answer(project=project).filter(uuid=task.answers).first()
    if not task.title or len(task.title) > TASK_TITLE:
        problems.append(FieldProblem("/title", _("Please say what is to be done.")))
    if task.due_on < today:
        problems.append(FieldProblem("/due_on", _("The day lies behind us.")))
    if person is None:
        problems.append(
            FieldProblem(
                "/answers", _("Please choose somebody of the team or of the office that manages it.")
            )
        )
    if problems or person is None:
        raise TaskRefused(errors=problems)
    return person


def _append(
    task: ProjectTask, project: Project, *, actor: Actor, at: datetime, verb: str, before: str, note: str = "",
    picture: StoredFile | None = None,
) -> None:  # fmt: skip
    ProjectTaskStep.objects.create(
        task=task, turn=task.turn, verb=verb, from_state=before, to_state=task.state,
        actor_id=actor.account_id, at=at, note=note, picture=picture,
    )  # fmt: skip
    leave_trail(actor=actor, at=at, project=project, what=f"task_{verb}", task=task.pk)
