"""What happens to activities, as far as they are stops of a campaign."""

from sidan.activities.events import ActivityMoved
from sidan.campaigns.operations import file_stops_of, lose_activity
from sidan.core.events import subscribe

LOST = frozenset({"dropped", "cancelled"})


@subscribe(ActivityMoved)
def after_activity(event: ActivityMoved) -> None:
    """Prove the stop of an activity that is filed; free that of one that is not held."""
    if event.from_state == event.to_state:
        return
    if event.to_state == "filed":
        file_stops_of(at=event.at, activity_id=event.activity_id)
    elif event.to_state in LOST:
        lose_activity(activity_id=event.activity_id)
