"""Counting heads: the crowd that signs nothing, kept apart from who was marked."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from sidan.activities.enums import MOST_SEATS
from sidan.activities.models import Activity, HeadCount
from sidan.activities.operations.checking import DoorShut
from sidan.activities.operations.gathering import share_gathering
from sidan.activities.operations.locking import lock_activity
from sidan.activities.permissions import require_running
from sidan.activities.policies import is_door_open
from sidan.attendance.enums import Direction
from sidan.audit.operations import record
from sidan.core.actor import Actor
from sidan.core.errors import AtField, Conflict, NotFound
from sidan.core.transactions import act
from sidan.people.permissions import require_signed_in


class CountedLater(AtField):
    code = "counted_in_the_future"
    sentence = _("This time is still to come. Please give the time at which it was counted.")
    field = "when"


class TooManyHeads(AtField):
    code = "too_many_heads"
    sentence = _("This is more than can be. Please count again.")
    field = "people"


class CorrectedAlready(Conflict):
    code = "count_corrected_already"
    sentence = _("This count was corrected already. Please look at it again.")


def count_heads(
    *, actor: Actor, at: datetime, activity: Activity, people: int, when: datetime | None = None,
    instead_of: HeadCount | None = None,
) -> HeadCount:  # fmt: skip
    """Append how many people are there, now or at a moment before; or put a count right that was wrong.

    Raises:
        NotYourActivities, DoorShut, CountedLater, TooManyHeads, NotFound (a count of something else), CorrectedAlready
    """
    require_running(actor=actor, place_id=activity.place_id, county_id=activity.county_id)
    account_id, _person_id = require_signed_in(actor=actor)
    moment = when or (instead_of.at if instead_of else at)
    if moment > at:
        raise CountedLater
    if not 0 <= people <= MOST_SEATS:
        raise TooManyHeads
    if instead_of and instead_of.activity_id != activity.pk:
        raise NotFound
    with act():
        if instead_of:
            # Two who correct the same one come after each other; a row that is never changed is no lock.
            lock_activity(activity.pk)
        share_gathering(activity=activity, at=at)
        if not is_door_open(state=activity.state, direction=Direction.OUT, span=activity.span, at=moment):
            raise DoorShut
        if instead_of and HeadCount.objects.filter(instead_of=instead_of).exists():
            raise CorrectedAlready
        made = HeadCount.objects.create(
            activity=activity, at=moment, people=people, counted_by_id=account_id, recorded_at=at,
            instead_of=instead_of,
        )  # fmt: skip
        record(
            actor=actor, at=at, verb="activity.heads_counted", subject=("activity", activity.pk),
            place_id=activity.place_id, county_id=activity.county_id,
        )  # fmt: skip
    return made
