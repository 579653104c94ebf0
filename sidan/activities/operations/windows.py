"""Until when one signs up and off, where the date moves."""

from datetime import datetime, timedelta
from typing import Final

from sidan.activities.models import Activity, EntryRules

TIME_TO_SIGN_OFF: Final = timedelta(days=1)
"""So long whoever is told of another date can sign off, though the day until which one could is over."""


def move_windows(*, activity: Activity, later: timedelta, at: datetime) -> None:
    """Move until when one signs up and off with an activity that has its new date: as long before it as they were.

    People who hear of another day can sign off for a while at the least, however near that day is.
    """
    rules = EntryRules.objects.filter(activity=activity).first()
    if rules is None or not later:
        return
    begins = activity.span.begins
    if rules.signup_until is not None:
        rules.signup_until = min(rules.signup_until + later, begins)
    if rules.signoff_until is not None:
        rules.signoff_until = min(max(rules.signoff_until + later, at + TIME_TO_SIGN_OFF), begins)
    rules.save(update_fields=["signup_until", "signoff_until"])
