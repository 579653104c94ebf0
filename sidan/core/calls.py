"""Calling residents: how far apart tries are that count, the same whatever the call is about."""

from datetime import datetime, timedelta
from typing import Final

from django.utils.translation import gettext_lazy as _

from sidan.core.errors import Conflict

TRIES_APART: Final = timedelta(hours=2)
"""Three calls in a minute are one call: who is out in the field is called again later."""


class TriedJustNow(Conflict):
    code = "call_back_tried_just_now"
    sentence = _(
        "Nobody answered less than two hours ago. Please try again later; until then no further try is counted."
    )


def require_pause(*, tried_at: datetime | None, at: datetime) -> None:
    """Refuse a second "nobody answered" in a row: else three of them within a minute would end the calls.

    Raises:
        TriedJustNow: the try before, at `tried_at`, was less than `TRIES_APART` ago.
    """
    if tried_at is not None and tried_at > at - TRIES_APART:
        raise TriedJustNow
