"""Counting failures, so that nobody can go on guessing: per telephone number and per network address."""

from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sidan.core.errors import TooMany
from sidan.people.models import SignInAttempt

ADDRESS_ALLOWANCE: Final = 10
"""A whole township office stands behind one address, so an address may fail ten times as often as a number."""


class LockedOut(TooMany):
    code = "locked_out"
    sentence = _(
        "Too many wrong tries. Please wait %(minutes)s minutes and try again, "
        "or ask the people at your station to help you."
    )


def begin_attempt(*, phone: str, address: str, at: datetime, is_on_paper: bool = False) -> SignInAttempt:
    """Write a try down before it is judged, and refuse it when there were too many.

    Written first and counted after: a hundred tries at the same moment cannot all pass before one is counted. A
    refused try is taken back, so that trying on does not make the waiting longer. Whether the number exists plays no
    part: the answer tells nothing.

    Args:
        is_on_paper: the number is read by others than its owner too. Its failures count for the address they come
            from, and of all addresses together it may have ten times as many: else any stranger could lock it.

    Raises:
        LockedOut: with the minutes to wait.
    """
    attempt = SignInAttempt.objects.create(phone_hash=phone, address_hash=address or "unknown", at=at)
    window = SignInAttempt.objects.filter(
        at__gt=at - timedelta(minutes=settings.LOCKOUT_MINUTES), pk__lte=attempt.pk
    )
    of_phone, from_here = window.filter(phone_hash=attempt.phone_hash), Q(address_hash=attempt.address_hash)
    few, many = settings.LOCKOUT_FAILURES, settings.LOCKOUT_FAILURES * ADDRESS_ALLOWANCE
    limits = [(window.filter(from_here), many), (of_phone, many if is_on_paper else few)]
    if is_on_paper:
        limits.append((of_phone.filter(from_here), few))
    if any(rows.count() > most for rows, most in limits):
        attempt.delete()
        minutes = settings.LOCKOUT_MINUTES
        raise LockedOut(minutes=minutes, seconds=minutes * 60)
    return attempt


def forgive_attempts(*, phone: str) -> None:
    """Forget the failures of a number whose owner has just proven to be it, or was given a new code by staff."""
    SignInAttempt.objects.filter(phone_hash=phone).delete()


def remove_old_attempts(*, before: datetime) -> int:
    """Remove what no longer counts; returns how many rows went."""
    return SignInAttempt.objects.filter(at__lt=before).delete()[0]
