"""What happens to activities, as far as schools go."""

from sidan.activities.events import ActivityMoved
from sidan.core.events import subscribe
from sidan.schools.operations import have_made


@subscribe(ActivityMoved)
def after_activity(event: ActivityMoved) -> None:
    """Give a class that was made from its rule to the schools of its series."""
    if event.verb == "make":
        have_made(at=event.at, activity_id=event.activity_id)
