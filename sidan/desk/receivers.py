"""What the desk does when the catalogue says something."""

from sidan.catalogue.enums import ProjectState
from sidan.catalogue.events import ProjectMoved
from sidan.core.events import subscribe
from sidan.desk.operations import number_services


@subscribe(ProjectMoved)
def after_publishing(event: ProjectMoved) -> None:
    """Number a service as soon as it can be ordered: whoever prints a menu afterwards only reads."""
    if event.to_state == ProjectState.PUBLISHED:
        number_services(project_ids=[event.project_id])
