"""Counting the tries at a door, so that nobody guesses six digits."""

from datetime import datetime
from typing import Final

from django.utils.translation import gettext_lazy as _

from sidan.attendance.models import CodeTry
from sidan.attendance.queries import TRIES_WITHIN, recent_tries
from sidan.core.errors import TooMany

MOST_TRIES: Final = 10
"""Within a quarter of an hour: three codes of a million are good at a time, so guessing would take years."""


class TooManyCodes(TooMany):
    code = "too_many_codes"
    sentence = _("Too many codes in a short time. Wait a quarter of an hour, or write it down by hand.")


def require_tries_left(*, person_id: int, at: datetime) -> None:
    """Refuse who has entered digits too often. Raises TooManyCodes."""
    if recent_tries(person_id=person_id, at=at) >= MOST_TRIES:
        raise TooManyCodes(seconds=int(TRIES_WITHIN.total_seconds()))


def count_code_try(*, person_id: int, at: datetime) -> None:
    """Count digits that did not fit. Called outside the act that was refused, which takes everything in it back."""
    CodeTry.objects.create(person_id=person_id, at=at)
