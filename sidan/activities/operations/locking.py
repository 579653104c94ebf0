"""The lock of an activity: of its posts, of everybody at them, and of its end."""

from sidan.activities.models import Activity


def lock_activity(activity_id: int) -> Activity:
    """Let nobody sign up or off meanwhile, nor the activity move; within the caller's transaction."""
    rows = Activity.unscoped.select_for_update(of=("self",), no_key=True).select_related("place")
    return rows.get(pk=activity_id)
