"""The numbers of the file, and filing what nobody files."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sidan.activities.enums import ActivityState
from sidan.activities.models import Activity
from sidan.activities.operations import file_by_itself
from sidan.activities.operations.locking import lock_activity
from sidan.core.actor import Actor
from sidan.core.errors import Conflict
from sidan.dossiers.models import Tally
from sidan.dossiers.operations.shared import tell
from sidan.dossiers.permissions import require_keeping
from sidan.dossiers.policies import Closing, files_itself
from sidan.dossiers.queries import Numbers, dossier_of, is_door_shut


class NotFiledYet(Conflict):
    code = "activity_not_filed_yet"
    sentence = _("This activity is not filed yet: its numbers are counted anew whenever they are read.")


class NothingChanged(Conflict):
    code = "numbers_not_changed"
    sentence = _("The numbers are what they were when they were counted last.")


def keep_numbers(*, at: datetime, activity_id: int, account_id: int | None) -> Tally:
    """Keep the numbers of an activity with its filing, within that transaction."""
    activity = Activity.unscoped.get(pk=activity_id)
    return _append(activity, dossier_of(activity=activity).live, at=at, version=1, account_id=account_id)


@transaction.atomic
def count_again(*, actor: Actor, at: datetime, activity: Activity) -> Tally:
    """Append the numbers of today to a file whose hours or marks were corrected since; the old ones stay.

    Raises:
        NotYourActivities, NotFiledYet, NothingChanged
    """
    require_keeping(actor=actor, activity=activity)
    held = lock_activity(activity.pk)
    if held.state != ActivityState.FILED:
        raise NotFiledYet
    found = dossier_of(activity=held)
    if found.filed is not None and not found.has_changed:
        raise NothingChanged
    version = found.filed.version + 1 if found.filed else 1
    made = _append(held, found.live, at=at, version=version, account_id=actor.account_id)
    tell(actor, at, held, "counted_again", version=version)
    return made


@transaction.atomic
def file_due(*, at: datetime, activity_id: int, days: int) -> bool:
    """File what is whole and where nobody comes, goes or waits any more, or what is over for some days; tell whether.

    Looked at again under its lock: what was added or moved meanwhile counts. Done twice it does nothing.
    """
    held = lock_activity(activity_id)
    if held.state != ActivityState.ENDED:
        return False
    closing = Closing(
        is_whole=dossier_of(activity=held).parts.is_whole, is_door_shut=is_door_shut(activity=held, at=at),
        over_since=held.state_since,
    )  # fmt: skip
    if not files_itself(closing, at=at, days=days):
        return False
    file_by_itself(at=at, activity=held)
    return True


def _append(
    activity: Activity, numbers: Numbers, *, at: datetime, version: int, account_id: int | None
) -> Tally:
    return Tally.objects.create(
        activity=activity, version=version, at=at, counted_by_id=account_id, signed_up=numbers.signed_up,
        guests=numbers.guests, helpers=numbers.helpers, heads=numbers.heads, minutes=numbers.minutes,
    )  # fmt: skip
