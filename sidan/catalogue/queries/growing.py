"""How projects grow: the history of stages, what was given, and tasks across the projects of a place."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet, Sum

from sidan.catalogue.enums import TaskState
from sidan.catalogue.models import Project, ProjectStage, ProjectSupport, ProjectTask, ProjectTaskStep
from sidan.catalogue.permissions import NoSuchTask
from sidan.catalogue.policies import SOON
from sidan.core.search import search_q
from sidan.people.enums import MANAGING_ROLES
from sidan.people.models import Account, Person, TeamMember
from sidan.people.queries import accounts_with_roles
from sidan.places.queries import within

STANDINGS = ("open", "soon", "overdue", "closed", "dropped")


@dataclass(frozen=True, slots=True)
class TaskFilter:
    """What of the tasks is wanted; `standing` is one of `STANDINGS`, "open" with all that is open."""

    words: str = ""
    standing: str = ""
    place_id: int | None = None
    project_id: int | None = None


def tasks(*, wanted: TaskFilter, today: date) -> QuerySet[ProjectTask]:
    """Return the tasks in scope that match, ready for a keyset page."""
    rows = ProjectTask.objects.filter(search_q("search", wanted.words))
    if wanted.standing:
        rows = rows.filter(_standing_q(wanted.standing, today))
    if wanted.place_id is not None:
        rows = rows.filter(within(field="place", root_ids=(wanted.place_id,)))
    if wanted.project_id is not None:
        rows = rows.filter(project=wanted.project_id)
    return rows.select_related("project__team", "place", "answers")


def _standing_q(standing: str, today: date) -> Q:
    if standing == "overdue":
        return Q(state=TaskState.OPEN, due_on__lt=today)
    if standing == "soon":
        return Q(state=TaskState.OPEN, due_on__gte=today, due_on__lte=today + SOON)
    return Q(state=standing)


def overdue_count(*, today: date) -> int:
    """Return how many tasks in scope are overdue."""
    return ProjectTask.objects.filter(_standing_q("overdue", today)).count()


def task_by_uuid(*, uuid: UUID) -> ProjectTask:
    """Return a task in scope with what its page shows. Raises NoSuchTask."""
    rows = ProjectTask.objects.select_related("project__team", "project__place", "place", "answers")
    found = rows.filter(uuid=uuid).first()
    if found is None:
        raise NoSuchTask
    return found


def task_steps(*, task: ProjectTask) -> QuerySet[ProjectTaskStep]:
    """Return what happened to a task, the latest first."""
    return task.steps.select_related("actor__person", "picture").order_by("-turn")


def people_who_may_answer(*, project: Project) -> QuerySet[Person]:
    """Return who can answer for a task: the team's leader and members, and who manages the project's place."""
    managers = accounts_with_roles(place_id=project.place_id, roles=MANAGING_ROLES)
    ids = {
        # few each; asked for one by one, because an OR over three tables would read all people
        *Person.unscoped.filter(led_teams=project.team_id).values_list("pk", flat=True),
        *TeamMember.objects.filter(team=project.team_id, left_on=None).values_list("person_id", flat=True),
        *Account.objects.filter(pk__in=managers).values_list("person_id", flat=True),
    }
    return Person.unscoped.filter(pk__in=ids).order_by("pinyin", "id")


def stages_of(*, project_id: int) -> QuerySet[ProjectStage]:
    """Return how a project grew, the latest first."""
    return ProjectStage.objects.filter(project=project_id).select_related("by__person").order_by("-id")


def support_of(*, project_id: int) -> list[ProjectSupport]:
    """Return what a project was given, the latest first; what was taken back stands with the row that did it."""
    rows = ProjectSupport.objects.filter(project=project_id, reverses=None)
    return list(rows.select_related("by__person", "reversal__by__person").order_by("-granted_on", "-id"))


def support_sum(*, project_id: int) -> int:
    """Return in fen what a project was given and keeps."""
    rows = ProjectSupport.objects.filter(project=project_id)
    return int(rows.aggregate(sum=Sum("amount_fen"))["sum"] or 0)


def task_pictures_in_use(file_ids: Sequence[int]) -> Iterable[int]:
    """Return which stored files show what was done for a task."""
    rows = ProjectTaskStep.objects.filter(picture__in=file_ids)
    return set(rows.values_list("picture_id", flat=True))
