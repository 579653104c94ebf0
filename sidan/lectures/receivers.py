"""What happens to activities, as far as those go who lecture at them."""

from sidan.activities.events import ActivityMoved, ActivityShifted
from sidan.activities.models import Activity
from sidan.core.events import subscribe
from sidan.lectures.enums import GIVEN_AT
from sidan.lectures.notices import tell_lecturers


@subscribe(ActivityMoved)
def after_activity(event: ActivityMoved) -> None:
    """Tell who lectures that it is called off."""
    if event.verb == "cancel":
        _tell("lecture_cancelled", event)


@subscribe(ActivityShifted)
def after_shift(event: ActivityShifted) -> None:
    """Tell who lectures when and where it is now."""
    _tell("lecture_moved", event)


def _tell(kind: str, event: ActivityMoved | ActivityShifted) -> None:
    rows = Activity.unscoped.select_related("place").filter(pk=event.activity_id, kind__in=sorted(GIVEN_AT))
    for activity in rows:
        tell_lecturers(kind=kind, activity=activity, at=event.at)
