"""What happens to activities, as far as their stalls go."""

from sidan.activities.events import ActivityMoved
from sidan.core.events import subscribe
from sidan.fairs.operations import lay_out_new


@subscribe(ActivityMoved)
def after_activity(event: ActivityMoved) -> None:
    """Give a fair that was made from its rule the stalls of its series."""
    if event.verb == "make":
        lay_out_new(at=event.at, activity_id=event.activity_id)
