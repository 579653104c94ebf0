"""The project library as staff and leaders read it: own subtree and own teams, never the neighbour's."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery

from sidan.catalogue.enums import ProjectState
from sidan.catalogue.models import Project, ProjectPhoto
from sidan.catalogue.queries.categories import category_with_below
from sidan.core.scope import current_scope
from sidan.core.search import search_q
from sidan.places.models import PlaceLink


@dataclass(frozen=True, slots=True)
class LibraryFilter:
    """What of the library is wanted. `place_id` means it and all below; `category` too."""

    words: str = ""
    category: str = ""
    mode: str = ""
    state: str = ""
    stage: str = ""
    team_id: int | None = None
    place_id: int | None = None


def library(*, wanted: LibraryFilter) -> QuerySet[Project]:
    """Return the projects of the actor's own subtree and teams that match, ready for a keyset page."""
    rows = Project.objects.filter(_own(), search_q("search", wanted.words))
    if wanted.category:
        rows = rows.filter(category__in=category_with_below(code=wanted.category))
    if wanted.mode:
        rows = rows.filter(mode=wanted.mode)
    if wanted.state:
        rows = rows.filter(state=wanted.state)
    if wanted.stage:
        rows = rows.filter(stage=wanted.stage)
    if wanted.team_id is not None:
        rows = rows.filter(team=wanted.team_id)
    if wanted.place_id is not None:
        below = PlaceLink.objects.filter(ancestor=wanted.place_id, during__upper_inf=True)
        rows = rows.filter(place__in=below.values("descendant"))
    return rows.select_related("category", "team", "place", "area")


def waiting_for_review(*, wanted: LibraryFilter) -> QuerySet[Project]:
    """Return what was handed in, oldest first when paged by id."""
    return library(wanted=replace(wanted, state=ProjectState.IN_REVIEW))


def review_count() -> int:
    """Return how many projects of the own subtree wait for review."""
    return Project.objects.filter(_own(), state=ProjectState.IN_REVIEW).count()


def project_page(*, uuid: UUID) -> Project | None:
    """Return a project that the active scope may see, with all its page shows, or nothing."""
    rows = Project.objects.select_related(
        "category", "category__parent", "team", "team__category", "place", "area", "county"
    )
    return rows.prefetch_related("photos__file").filter(uuid=uuid).first()


def own_project_ids(*, project_ids: Collection[int]) -> set[int]:
    """Return which of some projects stand in the reader's own library: others have their page on the portal only."""
    return set(Project.objects.filter(_own(), pk__in=project_ids).values_list("pk", flat=True))


def photo_ids(*, project_uuid: UUID) -> dict[UUID, int]:
    """Return the pictures of a project in order: the inner id of each by its public one."""
    rows = ProjectPhoto.objects.filter(project__uuid=project_uuid).order_by("position", "id")
    return dict(rows.values_list("file__uuid", "pk"))


def photo_uuids_of(*, project_ids: Iterable[int]) -> dict[int, UUID]:
    """Return the first picture of each project that has one."""
    first = ProjectPhoto.objects.filter(project=OuterRef("project")).values("pk")[:1]
    photos = ProjectPhoto.objects.filter(project__in=list(project_ids), pk=Subquery(first))
    return dict(photos.values_list("project_id", "file__uuid"))


def used_files(file_ids: Sequence[int]) -> set[int]:
    """Return which stored files hang on a project; what no app uses is removed after a day."""
    return set(ProjectPhoto.objects.filter(file__in=file_ids).values_list("file_id", flat=True))


def _own() -> Q:
    """Return the condition "of the own subtree or team": published projects elsewhere are public, not one's library."""
    scope = current_scope()
    return Q() if scope.unlimited else Project.scope_q(replace(scope, public=False))
