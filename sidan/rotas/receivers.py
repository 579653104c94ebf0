"""What happens to volunteers, as far as rotas count on them."""

from sidan.core.events import subscribe
from sidan.people.enums import VolunteerState
from sidan.people.events import VolunteerMoved
from sidan.rotas import operations


@subscribe(VolunteerMoved)
def after_volunteer(event: VolunteerMoved) -> None:
    """Open the turns of who pauses, leaves or goes to another county, and tell the office who is lacking."""
    if event.to_state in {VolunteerState.PAUSED, VolunteerState.LEFT}:
        operations.release_volunteer(at=event.at, volunteer_id=event.volunteer_id)
    elif event.verb == "move":
        operations.release_who_moved(at=event.at, volunteer_id=event.volunteer_id)
