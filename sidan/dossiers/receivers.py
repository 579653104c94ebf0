"""What the ledger does when an activity is filed."""

from sidan.activities.enums import ActivityState
from sidan.activities.events import ActivityMoved
from sidan.activities.models import ActivityStep
from sidan.core.events import subscribe
from sidan.dossiers.operations import keep_numbers


@subscribe(ActivityMoved)
def after_move(event: ActivityMoved) -> None:
    """Keep the numbers of that moment, in the same transaction, whoever filed it."""
    if event.to_state == ActivityState.FILED and event.from_state != ActivityState.FILED:
        who = ActivityStep.objects.values_list("actor_id", flat=True).get(pk=event.step_id)
        keep_numbers(at=event.at, activity_id=event.activity_id, account_id=who)
