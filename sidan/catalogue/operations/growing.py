"""The stages of a project and the money it was given: rows that are appended, and taken back by another row (R-O1)."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from sidan.audit.operations import record
from sidan.catalogue import permissions
from sidan.catalogue.enums import ProjectState, Stage, SupportSource
from sidan.catalogue.models import Project, ProjectStage, ProjectSupport
from sidan.catalogue.operations.errors import (
    BadProject,
    NoSuchSupport,
    NoteMissing,
    ProjectEnded,
    StageUnchanged,
    SupportRefused,
    SupportTakenBack,
)
from sidan.catalogue.operations.projects import capacity_problems, locked_project
from sidan.core.actor import Actor
from sidan.core.clock import business_date
from sidan.core.errors import FieldProblem
from sidan.core.money import MOST_FEN

NOTE = 200
"""Characters of a note that are kept."""


def set_stage(*, actor: Actor, at: datetime, project_uuid: UUID, stage: Stage, why: str) -> ProjectStage:
    """Say how far a project has grown, and why one thinks so. It may also fall back.

    Raises:
        NoSuchProject, NotYourLibrary, ProjectEnded, StageUnchanged
        NoteMissing: it is not said why.
    """
    with transaction.atomic():
        project = _going_on(actor, project_uuid)
        if project.stage == stage:
            raise StageUnchanged
        if not why.strip():
            raise NoteMissing(errors=[FieldProblem("/why", NoteMissing.sentence)])
        row = ProjectStage.objects.create(
            project=project, stage=stage, before=project.stage, why=why.strip()[:NOTE],
            by_id=actor.account_id, at=at,
        )  # fmt: skip
        project.stage = stage
        project.save(update_fields=["stage"])
        leave_trail(actor=actor, at=at, project=project, what="stage", stage=stage.value)
    return row


@dataclass(frozen=True, slots=True, kw_only=True)
class Support:
    """What was given: by whom, how much, on which day, what for."""

    source: SupportSource
    amount_fen: int
    granted_on: date
    purpose: str
    giver: str = ""


def add_support(*, actor: Actor, at: datetime, project_uuid: UUID, support: Support) -> ProjectSupport:
    """Write down money that a project was given.

    Raises:
        NoSuchProject, NotYourLibrary, ProjectEnded
        SupportRefused: with the fields that are not right.
    """
    with transaction.atomic():
        project = _going_on(actor, project_uuid)
        _check_support(support, today=business_date(at))
        row = ProjectSupport.objects.create(
            project=project, source=support.source, giver=support.giver, amount_fen=support.amount_fen,
            granted_on=support.granted_on, purpose=support.purpose, by_id=actor.account_id, at=at,
        )  # fmt: skip
        leave_trail(actor=actor, at=at, project=project, what="support", support=row.pk, fen=row.amount_fen)
    return row


def take_back_support(
    *, actor: Actor, at: datetime, project_uuid: UUID, support_uuid: UUID, why: str
) -> ProjectSupport:
    """Take a row back by one of the same amount below nothing: a slip of the pen, or money that was not paid.

    Raises:
        NoSuchProject, NotYourLibrary, NoSuchSupport, SupportTakenBack, NoteMissing
    """
    with transaction.atomic():
        project = locked_project(project_uuid)
        permissions.require_review(actor=actor, project=project)
        row = project.support.filter(uuid=support_uuid, reverses=None).first()
        if row is None:
            raise NoSuchSupport
        if not why.strip():
            raise NoteMissing(errors=[FieldProblem("/why", NoteMissing.sentence)])
        back = _reversal(row, actor=actor, at=at, why=why.strip()[:NOTE])
        leave_trail(
            actor=actor, at=at, project=project, what="support_back", support=row.pk, fen=back.amount_fen
        )
    return back


def _reversal(row: ProjectSupport, *, actor: Actor, at: datetime, why: str) -> ProjectSupport:
    try:
        with transaction.atomic():
            return ProjectSupport.objects.create(
                project_id=row.project_id, source=row.source, giver=row.giver, amount_fen=-row.amount_fen,
                granted_on=row.granted_on, purpose=why, reverses=row, by_id=actor.account_id, at=at,
            )  # fmt: skip
    except IntegrityError as twice:
        raise SupportTakenBack from twice


def set_capacity(*, actor: Actor, at: datetime, project_uuid: UUID, capacity: int | None) -> Project:
    """Say how many orders for one month a project can take; nothing for as many as come.

    Also while it is published, for those who know what the team can do. What was ordered already stays as it is.

    Raises:
        NoSuchProject, NotYourProject, ProjectEnded
        BadProject: it is not a number of orders.
    """
    with transaction.atomic():
        project = locked_project(project_uuid)
        permissions.require_edit(actor=actor, project=project)
        require_going_on(project)
        problems = capacity_problems(capacity)
        if problems:
            raise BadProject(errors=problems)
        if project.month_capacity != capacity:
            facts = {"before": project.month_capacity or 0, "after": capacity or 0}
            project.month_capacity = capacity
            project.save(update_fields=["month_capacity"])
            leave_trail(actor=actor, at=at, project=project, what="capacity", **facts)
    return project


def _going_on(actor: Actor, project_uuid: UUID) -> Project:
    project = locked_project(project_uuid)
    permissions.require_review(actor=actor, project=project)
    require_going_on(project)
    return project


def require_going_on(project: Project) -> None:
    """Let pass a project that was not withdrawn.

    Raises:
        ProjectEnded
    """
    if project.state == ProjectState.WITHDRAWN:
        raise ProjectEnded


def _check_support(support: Support, *, today: date) -> None:
    problems = []
    if not 0 < support.amount_fen <= MOST_FEN:
        problems.append(FieldProblem("/amount", _("More than nothing, and no more than can be.")))
    if support.granted_on > today:
        problems.append(FieldProblem("/granted_on", _("Write it down when it was granted, not before.")))
    if not support.purpose:
        problems.append(FieldProblem("/purpose", _("Please say what it is for.")))
    if support.source == SupportSource.DONOR and support.giver:
        problems.append(
            FieldProblem("/giver", _("People who give are not named here. Please leave it empty."))
        )
    if support.source != SupportSource.DONOR and not support.giver:
        problems.append(FieldProblem("/giver", _("Please say which fund, unit or office.")))
    if problems:
        raise SupportRefused(errors=problems)


def leave_trail(*, actor: Actor, at: datetime, project: Project, what: str, **facts: int | str) -> None:
    """Write into the audit trail what was done for a project."""
    record(
        actor=actor, at=at, verb=f"project.{what}", subject=("project", project.pk),
        place_id=project.place_id, county_id=project.county_id, **facts,
    )  # fmt: skip
