"""Counting the tries at a door, so that nobody guesses six digits."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Final

from django.utils.translation import gettext_lazy as _

from sidan.attendance.models import CodeTry
from sidan.attendance.operations.marking import WrongCode
from sidan.attendance.queries import TRIES_WITHIN, recent_tries
from sidan.core.errors import TooMany
from sidan.core.transactions import despite_refusal

MOST_TRIES: Final = 10
"""Within a quarter of an hour: three codes of a million are good at a time, so guessing would take years."""


class TooManyCodes(TooMany):
    code = "too_many_codes"
    sentence = _("Too many codes in a short time. Wait a quarter of an hour, or write it down by hand.")


@contextmanager
def tries_counted(*, person_id: int, at: datetime) -> Iterator[None]:
    """Refuse who has entered digits too often, and count those that do not fit; stands around the act.

    The count is kept although the act is refused and taken back.

    Raises:
        TooManyCodes.
    """
    if recent_tries(person_id=person_id, at=at) >= MOST_TRIES:
        raise TooManyCodes(seconds=int(TRIES_WITHIN.total_seconds()))
    try:
        yield
    except WrongCode:
        despite_refusal(lambda: CodeTry.objects.create(person_id=person_id, at=at))
        raise
