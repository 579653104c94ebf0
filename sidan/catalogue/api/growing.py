"""How projects grow, over the API: stages, money, tasks and their close-out."""

from typing import Annotated, BinaryIO, Literal, cast
from uuid import UUID

from django.http import HttpRequest
from ninja import File, Query, Router, Status, UploadedFile
from ninja.decorators import decorate_view

from sidan.catalogue import operations, permissions, queries
from sidan.catalogue.api.shared import detail_of, own_project, place_of, worker_of
from sidan.catalogue.enums import Stage
from sidan.catalogue.growing_schemas import (
    AnsweringPersonOut,
    StageIn,
    StageOut,
    SupportIn,
    SupportListOut,
    SupportOut,
    TaskDetailOut,
    TaskIn,
    TaskNoteIn,
    TaskOut,
    TaskPageOut,
    TaskPictureOut,
    TaskStepOut,
    WhyIn,
)
from sidan.catalogue.models import ProjectTask
from sidan.catalogue.schemas import CapacityIn, ProjectDetailOut
from sidan.core.actor import Actor
from sidan.core.clock import business_date, now
from sidan.core.idempotency import idempotent
from sidan.core.pagination import MAX_LIMIT, keyset_page
from sidan.files.models import StoredFile
from sidan.files.operations import store_picture
from sidan.files.queries import own_files

router = Router(tags=["catalogue"])
PROJECT = "/projects/{uuid:project_id}"
Standing = Literal["", "open", "soon", "overdue", "closed", "dropped"]


@router.get(
    f"{PROJECT}/stages", response=list[StageOut], summary="How far a project has grown, the latest first"
)
def list_stages(request: HttpRequest, project_id: UUID) -> list[StageOut]:
    """Return each time that somebody said so."""
    worker_of(request)
    return [StageOut.of(row) for row in queries.stages_of(project_id=own_project(project_id).pk)]


@router.post(f"{PROJECT}/stage", response={201: StageOut}, summary="Say how far a project has grown")
@decorate_view(idempotent)
def set_stage(request: HttpRequest, project_id: UUID, payload: StageIn) -> Status[StageOut]:
    """Append a stage; the latest is the project's."""
    row = operations.set_stage(
        actor=worker_of(request),
        at=now(),
        project_uuid=project_id,
        stage=Stage(payload.stage),
        why=payload.why,
    )
    return Status(201, StageOut.of(row))


@router.post(
    f"{PROJECT}/capacity", response=ProjectDetailOut, summary="Say how many orders a month a project takes"
)
@decorate_view(idempotent)
def set_capacity(request: HttpRequest, project_id: UUID, payload: CapacityIn) -> ProjectDetailOut:
    """For those who may change the project, also while it is published; what was ordered already stays."""
    operations.set_capacity(
        actor=worker_of(request), at=now(), project_uuid=project_id, capacity=payload.month_capacity
    )
    return detail_of(project_id)


@router.get(f"{PROJECT}/support", response=SupportListOut, summary="What a project was given")
def list_support(request: HttpRequest, project_id: UUID) -> SupportListOut:
    """Return the rows of money with what was taken back, and the sum that residents read."""
    worker_of(request)
    return _support(project_id)


@router.post(
    f"{PROJECT}/support", response={201: SupportListOut}, summary="Write down money given to a project"
)
@decorate_view(idempotent)
def add_support(request: HttpRequest, project_id: UUID, payload: SupportIn) -> Status[SupportListOut]:
    """Append a row; it is never changed."""
    operations.add_support(
        actor=worker_of(request), at=now(), project_uuid=project_id, support=payload.support()
    )
    return Status(201, _support(project_id))


@router.post(
    f"{PROJECT}/support/{{uuid:support_id}}/back",
    response=SupportListOut,
    summary="Take a row of money back",
)
@decorate_view(idempotent)
def take_back_support(
    request: HttpRequest, project_id: UUID, support_id: UUID, payload: WhyIn
) -> SupportListOut:
    """Append the row that takes it back; both stay."""
    operations.take_back_support(
        actor=worker_of(request), at=now(), project_uuid=project_id, support_uuid=support_id, why=payload.why
    )
    return _support(project_id)


@router.get(
    f"{PROJECT}/people", response=list[AnsweringPersonOut], summary="Who may answer for tasks of a project"
)
def list_people(request: HttpRequest, project_id: UUID) -> list[AnsweringPersonOut]:
    """Return the team's leader and members, and who manages the project's place: to those who write tasks."""
    actor, project = worker_of(request), own_project(project_id)
    permissions.require_edit(actor=actor, project=project)
    return [
        AnsweringPersonOut(id=person.uuid, name=person.name)
        for person in queries.people_who_may_answer(project=project)
    ]


@router.post(f"{PROJECT}/tasks", response={201: TaskDetailOut}, summary="Write down a task of a project")
@decorate_view(idempotent)
def add_task(request: HttpRequest, project_id: UUID, payload: TaskIn) -> Status[TaskDetailOut]:
    """Write it down; who answers for it is told."""
    made = operations.add_task(
        actor=worker_of(request), at=now(), project_uuid=project_id, task=payload.task()
    )
    return Status(201, _detail(made.uuid))


@router.get("/tasks", response=TaskPageOut, summary="Tasks of the projects of my subtree and teams")
def list_tasks(
    request: HttpRequest,
    q: Annotated[str, Query(max_length=60)] = "",
    standing: Standing = "",
    place: UUID | None = None,
    project: UUID | None = None,
    cursor: Annotated[str | None, Query(max_length=1000)] = None,
    limit: Annotated[int, Query(ge=1, le=MAX_LIMIT)] = 50,
) -> TaskPageOut:
    """Return tasks, what is due first."""
    worker_of(request)
    wanted = queries.TaskFilter(
        words=q,
        standing=standing,
        place_id=place_of(place).pk if place else None,
        project_id=own_project(project).pk if project else None,
    )
    rows = queries.tasks(wanted=wanted, today=business_date(now()))
    page = keyset_page(rows=rows, sort="due_on", cursor=cursor, limit=limit)
    return TaskPageOut(items=[_told(task) for task in page.items], next_cursor=page.next_cursor)


@router.post("/tasks/pictures", response={201: TaskPictureOut}, summary="Keep the picture of what was done")
def keep_task_picture(request: HttpRequest, picture: File[UploadedFile]) -> Status[TaskPictureOut]:
    """Store a picture (JPEG, PNG or WebP, at most 12 MB) that a close-out of the same day names."""
    actor = worker_of(request)
    # Before the picture is stored: who closes nothing out shall leave nothing here.
    permissions.require_any_tasks(actor=actor)
    file = store_picture(
        actor=actor, at=now(), upload=cast("BinaryIO", picture.file), purpose=permissions.TASK_PICTURE
    )
    return Status(201, TaskPictureOut(picture=file.uuid))


@router.get("/tasks/{uuid:task_id}", response=TaskDetailOut, summary="A task with its history")
def get_task(request: HttpRequest, task_id: UUID) -> TaskDetailOut:
    """Return a task of the own subtree or team."""
    worker_of(request)
    return _detail(task_id)


@router.post(
    "/tasks/{uuid:task_id}/{verb}", response=TaskDetailOut, summary="Close a task out, or open it again"
)
@decorate_view(idempotent)
def move_task(
    request: HttpRequest, task_id: UUID, verb: Literal["close", "reopen", "drop"], payload: TaskNoteIn
) -> TaskDetailOut:
    """Take a step with a word about it; the picture counts for close."""
    actor, task = worker_of(request), queries.task_by_uuid(uuid=task_id)
    permissions.require_edit(actor=actor, project=task.project)
    picture = _picture(actor, payload.picture) if verb == "close" else None
    operations.move_task(actor=actor, at=now(), task=task, verb=verb, note=payload.note, picture=picture)
    return _detail(task_id)


def _picture(actor: Actor, uuid: UUID | None) -> StoredFile | None:
    if uuid is None:
        return None
    return own_files(actor=actor, uuids=[uuid], purpose=permissions.TASK_PICTURE)[0]


def _support(project_id: UUID) -> SupportListOut:
    project = own_project(project_id)
    return SupportListOut(
        sum_fen=queries.support_sum(project_id=project.pk),
        items=[SupportOut.of(row) for row in queries.support_of(project_id=project.pk)],
    )


def _told(task: ProjectTask) -> TaskOut:
    return TaskOut.of(task, standing=task.standing(business_date(now())))


def _detail(task_id: UUID) -> TaskDetailOut:
    task = queries.task_by_uuid(uuid=task_id)
    steps = [TaskStepOut.of(step) for step in queries.task_steps(task=task)]
    return TaskDetailOut(**_told(task).dict(), steps=steps)
