"""How a project grows, as the API takes it in and tells it."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from ninja import Field, Schema

from sidan.catalogue.enums import SupportSource
from sidan.catalogue.models import ProjectStage, ProjectSupport, ProjectTask, ProjectTaskStep
from sidan.catalogue.operations import Support, Task
from sidan.core.inputs import CleanText, Input
from sidan.core.money import MOST_FEN
from sidan.places.references import PlaceRef

Words = Annotated[str, CleanText(max_length=200, lines="many")]


class StageIn(Input):
    """How far the project has grown, and why one thinks so."""

    stage: Literal["seed", "growing", "mature", "brand"]
    why: Words


class StageOut(Schema):
    """That a project came to a stage."""

    stage: str
    before: str
    why: str
    at: datetime

    @classmethod
    def of(cls, row: ProjectStage) -> "StageOut":
        return cls(stage=row.stage, before=row.before, why=row.why, at=row.at)


class SupportIn(Input):
    """Money that was given, in fen. People who give are not named."""

    source: Literal["fund", "unit", "budget", "donor"]
    giver: Annotated[str, CleanText(max_length=60, min_length=0)] = ""
    amount_fen: Annotated[int, Field(ge=1, le=MOST_FEN)]
    granted_on: date
    purpose: Words

    def support(self) -> Support:
        return Support(
            source=SupportSource(self.source), giver=self.giver, amount_fen=self.amount_fen,
            granted_on=self.granted_on, purpose=self.purpose,
        )  # fmt: skip


class SupportOut(Schema):
    """What was given; taken back, with when and why."""

    id: UUID
    source: str
    giver: str
    amount_fen: int
    granted_on: date
    purpose: str
    taken_back_at: datetime | None
    taken_back_why: str

    @classmethod
    def of(cls, row: ProjectSupport) -> "SupportOut":
        back = getattr(row, "reversal", None)
        return cls(
            id=row.uuid, source=row.source, giver=row.giver, amount_fen=row.amount_fen, granted_on=row.granted_on,
            purpose=row.purpose, taken_back_at=back.at if back else None, taken_back_why=back.purpose if back else "",
        )  # fmt: skip


class SupportListOut(Schema):
    """All that a project was given, and what it keeps of it, in fen."""

    sum_fen: int
    items: list[SupportOut]


class WhyIn(Input):
    """Why: about the work, never about a person."""

    why: Words


class TaskIn(Input):
    """What is to be done, by which day, and the public id of who answers for it."""

    title: Annotated[str, CleanText(max_length=80)]
    due_on: date
    answers: UUID

    def task(self) -> Task:
        return Task(title=self.title, due_on=self.due_on, answers=self.answers)


class TaskNoteIn(Input):
    """What was done, or why; closed out, the picture of it that was kept before."""

    note: Words
    picture: UUID | None = None


class TaskOut(Schema):
    """A task of a project. `standing` is its state; of an open one "soon" or "overdue" by its day."""

    id: UUID
    title: str
    project: UUID
    project_title: str
    place: PlaceRef
    answers: str
    due_on: date
    state: str
    standing: str

    @classmethod
    def of(cls, task: ProjectTask, *, standing: str) -> "TaskOut":
        return cls(
            id=task.uuid, title=task.title, project=task.project.uuid, project_title=task.project.shown_title,
            place=PlaceRef.of(task.place), answers=task.answers.name, due_on=task.due_on, state=task.state,
            standing=standing,
        )  # fmt: skip


class TaskStepOut(Schema):
    """What happened to a task."""

    verb: str
    state: str
    at: datetime
    note: str
    picture: UUID | None

    @classmethod
    def of(cls, step: ProjectTaskStep) -> "TaskStepOut":
        picture = step.picture.uuid if step.picture else None
        return cls(verb=step.verb, state=step.to_state, at=step.at, note=step.note, picture=picture)


class TaskDetailOut(TaskOut):
    """A task with its history, the latest first."""

    steps: list[TaskStepOut]


class TaskPageOut(Schema):
    """A page of tasks, what is due first."""

    items: list[TaskOut]
    next_cursor: str | None


class TaskPictureOut(Schema):
    """A picture that a close-out may name within a day."""

    picture: UUID


class AnsweringPersonOut(Schema):
    """Somebody who may answer for tasks of a project."""

    id: UUID
    name: str
