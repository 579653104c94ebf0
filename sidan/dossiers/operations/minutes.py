"""The minutes: each version is a row, the last one stands."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sidan.activities.models import Activity
from sidan.core.actor import Actor
from sidan.core.errors import Conflict, require_words
from sidan.dossiers.models import Minutes, MinutesText
from sidan.dossiers.operations.shared import lock_held, require_plain, tell
from sidan.dossiers.permissions import require_keeping


class SameMinutes(Conflict):
    code = "same_minutes"
    sentence = _("This is what the minutes say already.")


class MinutesMovedOn(Conflict):
    code = "minutes_moved_on"
    sentence = _(
        "The minutes were written anew since you opened this page. What they say now stands above your words: please"
        " bring both together, then keep them."
    )


@transaction.atomic
def write_minutes(
    *, actor: Actor, at: datetime, activity: Activity, words: str, seen: int | None = None
) -> Minutes:
    """Write the minutes, or a version that stands instead of the last one.

    `seen` is the version that the writer has read, 0 where there was none.

    Raises:
        NotYourActivities, NotHeldYet, SayWhy (no words), PersonalWords, SameMinutes
        MinutesMovedOn: another version stands than the one that was seen.
    """
    require_keeping(actor=actor, activity=activity)
    require_words(words)
    require_plain(words, field="words")
    held = lock_held(activity)
    last = Minutes.objects.filter(activity=held).select_related("text").order_by("-version").first()
    if last and hasattr(last, "text") and last.text.words == words:
        raise SameMinutes
    if seen is not None and seen != (last.version if last else 0):
        raise MinutesMovedOn
    made = Minutes.objects.create(
        activity=held, version=last.version + 1 if last else 1, written_by_id=actor.account_id, written_at=at
    )
    MinutesText.objects.create(minutes=made, words=words)
    tell(actor, at, held, "minutes_written", version=made.version)
    return made
