"""Writing projects, and the one door through which their state changes."""

from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Final
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sidan.audit.operations import record
from sidan.catalogue import permissions
from sidan.catalogue.enums import Mode, ProjectState
from sidan.catalogue.events import ProjectMoved
from sidan.catalogue.models import Category, Project, ProjectStep
from sidan.catalogue.notices import tell_of
from sidan.catalogue.operations.errors import (
    AreaElsewhere,
    BadProject,
    CategoryRetired,
    NoSuchProject,
    NotEditableNow,
    ProjectMovedOn,
    TeamCannotServe,
    TeamElsewhere,
)
from sidan.catalogue.policies import MOST_A_MONTH
from sidan.catalogue.search import terms_of
from sidan.catalogue.states import PROJECT
from sidan.core.actor import Actor
from sidan.core.errors import FieldProblem
from sidan.core.events import publish
from sidan.people.enums import TeamState
from sidan.people.models import Team
from sidan.places.models import Place
from sidan.places.queries import ancestor_ids

NEEDS_ACTIVE_TEAM: Final = frozenset({"propose", "publish", "resume"})
REQUIRE: Final[dict[str, Callable[..., None]]] = {
    "edit_project": permissions.require_edit,
    "review_project": permissions.require_review,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectText:
    """What a project says of itself; every part may be changed while it may be edited."""

    title: str
    category: Category
    team: Team
    area: Place
    summary: str = ""
    to_prepare: str = ""
    title_en: str = ""
    summary_en: str = ""
    to_prepare_en: str = ""
    mode: Mode = Mode.AT_HOME
    duration_minutes: int = 60
    people_needed: int = 2
    month_capacity: int | None = None


_COLUMNS: Final = tuple(field.name for field in fields(ProjectText))


def create_project(*, actor: Actor, at: datetime, place: Place, text: ProjectText) -> Project:
    """Put a draft into the library of a place.

    Raises:
        NotYourLibrary: the actor neither manages the place nor leads the team there.
        BadProject, AreaElsewhere, TeamElsewhere, TeamCannotServe, CategoryRetired: what was entered is not right.
    """
    permissions.require_library(actor=actor, team=text.team, place=place)
    _check_text(text, place)
    project = Project(place=place, county_id=place.county_id, created_at=at)
    _write(project, text)
    _check_fields(project)
    with transaction.atomic():
        project.save(force_insert=True)
        _append_step(project, actor=actor, at=at, verb="create", from_state="", note="")
    return project


def edit_project(*, actor: Actor, at: datetime, project_uuid: UUID, text: ProjectText) -> Project:
    """Change a draft, or, as a reviewer, a suspended project.

    Raises:
        NoSuchProject: there is none, or the actor may not know of it.
        NotYourProject, NotYourLibrary: the actor may not.
        NotEditableNow: it is in review, published or withdrawn.
    """
    with transaction.atomic():
        project = locked_project(project_uuid)
        require_editable(actor=actor, project=project)
        _check_text(text, project.place)
        changed = _write(project, text)
        if changed:
            _check_fields(project)
            project.save(update_fields=[*changed, "search"])
            record(
                actor=actor, at=at, verb="project.edit", subject=("project", project.pk),
                place_id=project.place_id, county_id=project.county_id, fields=changed,
            )  # fmt: skip
    return project


def propose_project(*, actor: Actor, at: datetime, project_uuid: UUID) -> Project:
    """Hand a draft in for review."""
    return _move_project(actor=actor, at=at, project_uuid=project_uuid, verb="propose")


def return_project(*, actor: Actor, at: datetime, project_uuid: UUID, note: str) -> Project:
    """Give a project back to those who wrote it; the note says what is missing."""
    return _move_project(actor=actor, at=at, project_uuid=project_uuid, verb="return", note=note)


def publish_project(*, actor: Actor, at: datetime, project_uuid: UUID) -> Project:
    """Let a reviewed project be ordered wherever a menu holds it."""
    return _move_project(actor=actor, at=at, project_uuid=project_uuid, verb="publish")


def suspend_project(*, actor: Actor, at: datetime, project_uuid: UUID, note: str = "") -> Project:
    """Take a published project off all menus for a while; orders already placed go on."""
    return _move_project(actor=actor, at=at, project_uuid=project_uuid, verb="suspend", note=note)


def resume_project(*, actor: Actor, at: datetime, project_uuid: UUID) -> Project:
    """Let a suspended project be ordered again."""
    return _move_project(actor=actor, at=at, project_uuid=project_uuid, verb="resume")


def withdraw_project(*, actor: Actor, at: datetime, project_uuid: UUID, note: str = "") -> Project:
    """End a project for good; it stays in the library as history."""
    return _move_project(actor=actor, at=at, project_uuid=project_uuid, verb="withdraw", note=note)


PROJECT_VERBS: Final[dict[str, Callable[..., Project]]] = {
    "propose": propose_project,
    "return": return_project,
    "publish": publish_project,
    "suspend": suspend_project,
    "resume": resume_project,
    "withdraw": withdraw_project,
}
"""Every verb of the table in `states`, for edges that are told a verb by name."""


def locked_project(project_uuid: UUID) -> Project:
    """Read a project for writing, within the active scope.

    Raises:
        NoSuchProject: there is none that the actor may know of.
    """
    rows = Project.objects.select_for_update(of=("self",)).select_related("place", "team", "category", "area")
    project = rows.filter(uuid=project_uuid).first()
    if project is None:
        raise NoSuchProject
    return project


def require_editable(*, actor: Actor, project: Project) -> None:
    """Refuse changes that the project's state, or the actor's standing, does not allow.

    Raises:
        NotYourProject, NotYourLibrary, NotEditableNow
    """
    permissions.require_edit(actor=actor, project=project)
    if project.state == ProjectState.SUSPENDED:
        permissions.require_review(actor=actor, project=project)
    elif project.state != ProjectState.DRAFT:
        raise NotEditableNow(state=project.state, state_words=ProjectState(project.state).label)


def _move_project(*, actor: Actor, at: datetime, project_uuid: UUID, verb: str, note: str = "") -> Project:
    """Walk one row of `states.PROJECT`: lock, check the right, check the state, move, keep the step, tell.

    Raises:
        NoSuchProject, NotYourProject, NotYourLibrary
        ProjectMovedOn: the table does not allow the verb from the present state.
        TeamCannotServe: the project would be offered by a team that is paused or dissolved.
    """
    step = PROJECT[verb]
    with transaction.atomic():
        project = locked_project(project_uuid)
        REQUIRE[step.permission](actor=actor, project=project)
        before = project.state
        if before not in step.sources:
            raise ProjectMovedOn(state=before, state_words=ProjectState(before).label)
        if verb in NEEDS_ACTIVE_TEAM:
            _check_team(project.team)
        project.state = ProjectState(step.target)
        project.save(update_fields=["state"])
        _append_step(project, actor=actor, at=at, verb=verb, from_state=before, note=note)
    return project


def _append_step(
    project: Project, *, actor: Actor, at: datetime, verb: str, from_state: str, note: str
) -> None:
    step = ProjectStep.objects.create(
        project=project, verb=verb, from_state=from_state, to_state=project.state,
        actor_id=actor.account_id, at=at, note=note[:200],
    )  # fmt: skip
    record(
        actor=actor, at=at, verb=f"project.{verb}", subject=("project", project.pk),
        place_id=project.place_id, county_id=project.county_id,
    )  # fmt: skip
    tell_of(step=step, actor=actor, at=at)
    publish(
        ProjectMoved(
            project_id=project.pk,
            verb=verb,
            from_state=from_state,
            to_state=project.state,
            place_id=project.place_id,
            county_id=project.county_id,
            at=at,
        )
    )


def _write(project: Project, text: ProjectText) -> list[str]:
    """Put the text into the row; return the names of what changed."""
    changed = []
    for name in _COLUMNS:
        value = getattr(text, name)
        is_relation = hasattr(value, "pk")
        before = getattr(project, f"{name}_id" if is_relation else name)
        if before != (value.pk if is_relation else value):
            changed.append(name)
        setattr(project, name, value)
    project.search = terms_of(project)
    return changed


def _check_team(team: Team) -> None:
    if team.state != TeamState.ACTIVE:
        raise TeamCannotServe(team=team.name)


def _check_text(text: ProjectText, place: Place) -> None:
    """Check what no form can know: that category, team and area fit the place."""
    if not text.category.is_active:
        raise CategoryRetired(category=text.category.name)
    _check_team(text.team)
    require_same_county(place=place, area=text.area)
    if text.team.county_id != place.county_id and text.team.place_id not in ancestor_ids(place_id=place.pk):
        raise TeamElsewhere(team=text.team.name)


def require_same_county(*, place: Place, area: Place) -> None:
    """Refuse an area outside the county; for a city's or province's project, one outside its subtree.

    Raises:
        AreaElsewhere
    """
    if place.county_id is not None:
        fits = area.county_id == place.county_id
    else:
        fits = place.pk in ancestor_ids(place_id=area.pk)
    if not fits:
        raise AreaElsewhere(area=area.name)


def capacity_problems(capacity: int | None) -> list[FieldProblem]:
    """Return what is not right with how many orders a month a project takes; nothing is as many as come."""
    if capacity is None or 1 <= capacity <= MOST_A_MONTH:
        return []
    return [FieldProblem("/month_capacity", _("Between 1 and 9999 orders a month, or nothing."))]


def _check_fields(project: Project) -> None:
    """Check lengths, ranges and choices as the columns declare them.

    Raises:
        BadProject
    """
    problems = []
    if not project.title.strip():
        problems.append(FieldProblem(pointer="/title", detail=_("Please give the service a name.")))
    if not 5 <= project.duration_minutes <= 1440:
        problems.append(
            FieldProblem(
                pointer="/duration_minutes", detail=_("It takes between 5 minutes and a day (1440).")
            )
        )
    if not 1 <= project.people_needed <= 200:
        problems.append(FieldProblem(pointer="/people_needed", detail=_("Between 1 and 200 people.")))
    problems += capacity_problems(project.month_capacity)
    told = ["duration_minutes", "people_needed", "month_capacity", "title"] if problems else []
    try:
        project.clean_fields(exclude=["search", *told])
    except ValidationError as exc:
        problems += [
            FieldProblem(pointer=f"/{name}", detail=sentence)
            for name, sentences in exc.message_dict.items()
            for sentence in sentences
        ]
    if problems:
        raise BadProject(errors=problems)
