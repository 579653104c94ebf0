"""What every write to a ledger has in common."""

from datetime import datetime
from typing import Final

from django.utils.translation import gettext_lazy as _

from sidan.activities.enums import OVER, ActivityState
from sidan.activities.models import Activity
from sidan.activities.operations.locking import lock_activity
from sidan.audit.operations import record
from sidan.core.actor import Actor
from sidan.core.errors import Conflict, FieldProblem, Invalid
from sidan.core.numbers import separate_numbers

HELD: Final = OVER | {ActivityState.RUNNING}
"""There is something to be seen."""


class NotHeldYet(Conflict):
    code = "activity_not_held_yet"
    sentence = _("This activity has not begun yet. Photos and minutes are added from its beginning on.")


class PersonalWords(Invalid):
    code = "personal_words_in_the_ledger"
    sentence = _("Please leave out telephone numbers, identity numbers and accounts: many read this.")


def lock_held(activity: Activity) -> Activity:
    """Hold an activity that has begun, so that who writes beside one comes before or after. Raises NotHeldYet."""
    held = lock_activity(activity.pk)
    if held.state not in HELD:
        raise NotHeldYet
    return held


def require_plain(words: str, *, field: str) -> None:
    """Refuse words with a number that points at somebody. Raises PersonalWords."""
    if separate_numbers(words).numbers:
        raise PersonalWords(errors=[FieldProblem(f"/{field}", PersonalWords.sentence)])


def tell(actor: Actor, at: datetime, activity: Activity, verb: str, **facts: int) -> None:
    """Leave a line in the trail."""
    record(
        actor=actor, at=at, verb=f"ledger.{verb}", subject=("activity", activity.pk),
        place_id=activity.place_id, county_id=activity.county_id, **facts,
    )  # fmt: skip
