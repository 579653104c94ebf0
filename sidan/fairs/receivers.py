"""What happens to activities, as far as their stalls go."""

from sidan.activities.enums import ActivityKind
from sidan.activities.events import ActivityMoved, ActivityShifted
from sidan.activities.models import Activity
from sidan.core.events import subscribe
from sidan.fairs.notices import tell_stallholders
from sidan.fairs.operations import lay_out_new


@subscribe(ActivityMoved)
def after_activity(event: ActivityMoved) -> None:
    """Give a fair that was made from its rule the stalls of its series; tell who comes that it is called off."""
    if event.verb == "make":
        lay_out_new(at=event.at, activity_id=event.activity_id)
    elif event.verb == "cancel" and (fair := _fair(event.activity_id)):
        tell_stallholders(kind="stall_fair_cancelled", activity=fair, at=event.at)


@subscribe(ActivityShifted)
def after_shift(event: ActivityShifted) -> None:
    """Tell who has a stall or asks for one when and where the fair is now."""
    if fair := _fair(event.activity_id):
        tell_stallholders(kind="stall_fair_moved", activity=fair, at=event.at)


def _fair(activity_id: int) -> Activity | None:
    return Activity.unscoped.filter(pk=activity_id, kind=ActivityKind.FAIR).first()
