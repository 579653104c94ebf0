"""Who may do what to the library and the menus. A predicate answers; a `require_…` raises with a reason."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from sidan.catalogue.enums import ProjectState
from sidan.catalogue.models import Project, ProjectPhoto, ProjectTask
from sidan.core.actor import SYSTEM, Actor
from sidan.core.errors import Forbidden, NotFound
from sidan.files.models import StoredFile
from sidan.people.enums import MANAGING_ROLES, STAFF_ROLES, Role
from sidan.people.models import Team
from sidan.people.permissions import holds_role_over
from sidan.places.models import Place

COUNTY_AND_ABOVE = frozenset({"province", "city", "center"})
PHOTO_PURPOSE: Final = "project_photo"
"""What pictures of a project are stored as."""
TASK_PICTURE: Final = "project_task"
"""What pictures of a task that is done are stored as."""


class NoSuchTask(NotFound):
    code = "no_such_task"
    sentence = _("This task is not here, or it is not yours to see.")


class NotYourLibrary(Forbidden):
    code = "not_your_library"
    sentence = _("Only a manager or director of this place, or of one above it, may do this.")


class NotYourProject(Forbidden):
    code = "not_your_project"
    sentence = _(
        "Only the leader of the team, or a manager or director of the place, may change this project."
    )


class NotYourMenu(Forbidden):
    code = "not_your_menu"
    sentence = _("Only a manager or director of this place, or of one above it, may change its menu.")


class NotYourCategories(Forbidden):
    code = "not_your_categories"
    sentence = _("Kinds of service are kept by the managers of the center.")


class NotYourTeamToSet(Forbidden):
    code = "not_your_team_to_set"
    sentence = _("Only a manager or director of the team's place may say what the team serves.")


def manages(*, actor: Actor, place_id: int, county_id: int | None) -> bool:
    """Tell whether the actor is manager or director of the place or of one above it.

    Jobs and the making of a demo county act as SYSTEM, which no request ever is.
    """
    return actor is SYSTEM or holds_role_over(
        actor=actor, roles=MANAGING_ROLES, place_id=place_id, county_id=county_id
    )


def may_review(*, actor: Actor, project: Project) -> bool:
    """Tell whether the actor publishes, returns, suspends and resumes this project."""
    return manages(actor=actor, place_id=project.place_id, county_id=project.county_id)


def may_edit(*, actor: Actor, project: Project) -> bool:
    """Tell whether the actor writes and proposes this project: who leads its team, or manages its place."""
    return project.team_id in actor.led_team_ids or may_review(actor=actor, project=project)


def may_propose_for(*, actor: Actor, team: Team, place: Place) -> bool:
    """Tell whether the actor may put a new project of this team into this place's library.

    A leader does it for the own team at the team's own place; managers and directors anywhere below them.
    """
    if team.pk in actor.led_team_ids and place.pk in {team.place_id, team.county_id}:
        return True
    return manages(actor=actor, place_id=place.pk, county_id=place.county_id)


def may_edit_menu(*, actor: Actor, place: Place) -> bool:
    """Tell whether the actor draws up this place's menu."""
    return manages(actor=actor, place_id=place.pk, county_id=place.county_id)


def may_edit_categories(*, actor: Actor) -> bool:
    """Tell whether the actor keeps the table of categories, which the whole installation shares.

    Managers of a center or above; where an installation serves one township or village, its managers (the root has
    no county above it, so its grant carries none but its own).
    """
    return actor is SYSTEM or any(
        grant.role == Role.MANAGER
        and (grant.kind in COUNTY_AND_ABOVE or grant.county_id in {None, grant.place_id})
        for grant in actor.grants
    )


def may_see_console(*, actor: Actor) -> bool:
    """Tell whether the library is open to the actor: staff, and whoever leads a team."""
    return bool(STAFF_ROLES & actor.roles) or bool(actor.led_team_ids)


def require_library(*, actor: Actor, team: Team, place: Place) -> None:
    if not may_propose_for(actor=actor, team=team, place=place):
        raise NotYourLibrary


def require_edit(*, actor: Actor, project: Project) -> None:
    if not may_edit(actor=actor, project=project):
        raise NotYourProject


def require_review(*, actor: Actor, project: Project) -> None:
    if not may_review(actor=actor, project=project):
        raise NotYourLibrary


def require_menu(*, actor: Actor, place: Place) -> None:
    if not may_edit_menu(actor=actor, place=place):
        raise NotYourMenu


def require_categories(*, actor: Actor) -> None:
    if not may_edit_categories(actor=actor):
        raise NotYourCategories


def require_team_services(*, actor: Actor, team: Team) -> None:
    if not manages(actor=actor, place_id=team.place_id, county_id=team.county_id):
        raise NotYourTeamToSet


def may_see_photo(actor: Actor, file: StoredFile) -> bool:
    """Tell whether a stored picture of a project may be shown: to all when the project is published."""
    projects = [photo.project for photo in ProjectPhoto.objects.filter(file=file).select_related("project")]
    if not projects:
        return actor.account_id is not None and file.uploaded_by_id == actor.account_id
    # projects of one kind may share a picture
    if any(project.state == ProjectState.PUBLISHED for project in projects):
        return True
    return any(may_edit(actor=actor, project=project) for project in projects)


def require_any_tasks(*, actor: Actor) -> None:
    """Let pass who closes out tasks anywhere: a manager or director, or who leads a team."""
    if not (actor.places_where(MANAGING_ROLES) or actor.led_team_ids):
        raise NotYourProject


def may_see_task_picture(actor: Actor, file: StoredFile) -> bool:
    """Tell whether a picture of what was done may be shown: to whoever sees the task, and to who just sent it."""
    if actor.account_id is not None and file.uploaded_by_id == actor.account_id:
        return True
    return may_see_console(actor=actor) and ProjectTask.objects.filter(steps__picture=file).exists()
