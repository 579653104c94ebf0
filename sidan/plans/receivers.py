"""What happens to activities, as far as plans go."""

from sidan.activities.events import ActivityMoved
from sidan.core.events import subscribe
from sidan.plans.operations import stand_for_lines


@subscribe(ActivityMoved)
def after_activity(event: ActivityMoved) -> None:
    """Let what a rule makes stand for the lines that the rule carries out."""
    if event.verb == "make":
        stand_for_lines(at=event.at, activity_id=event.activity_id)
