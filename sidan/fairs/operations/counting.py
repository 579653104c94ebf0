"""Counting whom a stall served: appended, kept apart from the heads of the fair."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sidan.activities.policies import is_door_open
from sidan.attendance.enums import Direction
from sidan.core.actor import Actor
from sidan.core.errors import AtField, Conflict, NotFound
from sidan.core.transactions import told_when
from sidan.fairs.enums import HELD, MOST_SERVED
from sidan.fairs.models import ONE_CORRECTION, Stall, StallCount, Stallholder
from sidan.fairs.operations.door import leave_trail
from sidan.fairs.permissions import NotYoursToCount, may_count
from sidan.people.permissions import require_signed_in


class NobodyStandsThere(Conflict):
    code = "nobody_stands_there"
    sentence = _("Nobody has this stall. Please give it to whoever stands there first.")


class NotTheTime(Conflict):
    code = "stall_not_the_time"
    sentence = _("Whom a stall serves is counted while the fair goes on, and shortly before and after it.")


class OutOfReach(AtField):
    code = "served_out_of_reach"
    field = "served"
    sentence = _("Please write down a number of people, at most %(most)s at once.")


class CountedAnew(Conflict):
    code = "stall_count_corrected_already"
    sentence = _("This count was corrected already. Please look at it again.")


def count_served(*, actor: Actor, at: datetime, stall: Stall, served: int) -> StallCount:
    """Append how many more a stall served.

    Raises:
        NotSignedIn, NotYoursToCount, OutOfReach, NobodyStandsThere, NotTheTime
    """
    if not 1 <= served <= MOST_SERVED:
        raise OutOfReach(most=MOST_SERVED)
    return _counted(actor, at, stall, served, moment=at, instead_of=None)


def correct_count(*, actor: Actor, at: datetime, count: StallCount, served: int) -> StallCount:
    """Put a count right that was wrong: the new one stands instead, for the same moment; none were served: 0.

    Raises:
        NotSignedIn, NotYoursToCount, OutOfReach, NobodyStandsThere, NotTheTime, CountedAnew
    """
    if not 0 <= served <= MOST_SERVED:
        raise OutOfReach(most=MOST_SERVED)
    if StallCount.objects.filter(instead_of=count).exists():
        raise CountedAnew
    with told_when(constraint=ONE_CORRECTION, refusal=CountedAnew):
        return _counted(actor, at, count.stall, served, moment=count.at, instead_of=count)


@transaction.atomic
def _counted(
    actor: Actor, at: datetime, stall: Stall, served: int, *, moment: datetime, instead_of: StallCount | None
) -> StallCount:
    account_id, _person_id = require_signed_in(actor=actor)
    # The stall's own lock, not that of the fair: counting keeps nobody at the door waiting.
    held = Stallholder.unscoped.select_for_update(of=("self",), no_key=True).filter(
        stall=stall, state__in=sorted(HELD)
    )
    fair, holder = stall.activity, held.first()
    if not may_count(actor=actor, holder=holder, place_id=fair.place_id, county_id=fair.county_id):
        raise NotYoursToCount
    if holder is None:
        raise NobodyStandsThere
    if not is_door_open(state=fair.state, direction=Direction.OUT, span=fair.span, at=moment):
        raise NotTheTime
    made = StallCount.objects.create(
        stall=stall, at=moment, served=served, counted_by_id=account_id, recorded_at=at, instead_of=instead_of
    )
    leave_trail(activity=fair, actor=actor, at=at, verb="served_counted", number=stall.number)
    return made


def require_count_of(*, count: StallCount, stall: Stall) -> None:
    """Refuse a count of another stall. Raises NotFound."""
    if count.stall_id != stall.pk:
        raise NotFound
