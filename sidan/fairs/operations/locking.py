"""The lock of a fair: of its stalls and of everybody who asks for one."""

from django.utils.translation import gettext_lazy as _

from sidan.activities.enums import COMING, OVER, ActivityKind, ActivityState
from sidan.activities.models import Activity
from sidan.activities.operations.locking import lock_activity
from sidan.core.errors import Conflict

LAID_OUT_IN = COMING | {ActivityState.DRAFT, ActivityState.REVIEW}
"""Stalls are added and given from the draft on, and until it is over."""
ASKED_IN = frozenset({ActivityState.ANNOUNCED, ActivityState.OPEN})
"""Teams ask and give back before it begins."""
MARKED_IN = OVER | {ActivityState.RUNNING}
"""Who came is marked from its beginning on."""


class NoFair(Conflict):
    code = "not_a_fair"
    sentence = _("Only fairs have stalls.")


class FairOver(Conflict):
    code = "fair_over"
    sentence = _("This fair is over or called off: its stalls are not changed any more.")


class FairBegun(Conflict):
    code = "fair_begun"
    sentence = _("This fair has begun, or it is over. Please call the place that holds it.")


class FairNotBegun(Conflict):
    code = "fair_not_begun"
    sentence = _("Who came is marked when the fair has begun.")


def lock_fair_to_lay_out(activity_id: int) -> Activity:
    """Let nobody else change the stalls meanwhile. Raises NoFair, FairOver."""
    found = _lock_fair(activity_id)
    if found.state not in LAID_OUT_IN:
        raise FairOver
    return found


def lock_fair_to_ask(activity_id: int) -> Activity:
    """The same for a team that asks or gives back. Raises NoFair, FairBegun."""
    found = _lock_fair(activity_id)
    if found.state not in ASKED_IN:
        raise FairBegun
    return found


def lock_fair_to_mark(activity_id: int) -> Activity:
    """The same for marking who came. Raises NoFair, FairNotBegun."""
    found = _lock_fair(activity_id)
    if found.state not in MARKED_IN:
        raise FairNotBegun
    return found


def _lock_fair(activity_id: int) -> Activity:
    found = lock_activity(activity_id)
    if found.kind != ActivityKind.FAIR:
        raise NoFair
    return found
