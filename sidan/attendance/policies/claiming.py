"""Which moment a telephone means that kept a time without network, and whether its clock can be believed."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

STEADY_WITHIN: Final = timedelta(minutes=2)
OLDEST: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Kept:
    """What the telephone says. Its times are its own clock's, in milliseconds since 1970."""

    device_ms: int
    sent_device_ms: int
    offset_ms: int | None
    """Ours minus its own, when it last heard from us; None if it never did."""
    elapsed_ms: int | None
    """From the act to the sending by its monotonic clock; None if it was restarted in between."""


@dataclass(frozen=True, slots=True)
class Claim:
    """The moment that is meant, in our time; steady: the clock was not moved in between."""

    at: datetime
    is_steady: bool


def claimed(*, kept: Kept, received_at: datetime) -> Claim:
    """Return the moment that a record means.

    The monotonic clock is believed before the other, which anybody can set. A moment that would lie ahead is now.
    """
    offset_now = received_at - _moment(kept.sent_device_ms, received_at)
    offset_then = offset_now if kept.offset_ms is None else timedelta(milliseconds=kept.offset_ms)
    by_clock = _moment(kept.device_ms, received_at) + offset_then
    if kept.elapsed_ms is not None:
        at = received_at - timedelta(milliseconds=kept.elapsed_ms)
        is_steady = abs(at - by_clock) <= STEADY_WITHIN
    else:
        at = by_clock
        is_steady = kept.offset_ms is not None and abs(offset_then - offset_now) <= STEADY_WITHIN
    if at > received_at + STEADY_WITHIN:
        is_steady = False
    return Claim(at=min(at, received_at), is_steady=is_steady)


def is_too_old(*, claim: Claim, received_at: datetime) -> bool:
    """Tell whether a record comes too late to be written: the office writes such times by hand."""
    return received_at - claim.at > OLDEST


def _moment(milliseconds: int, like: datetime) -> datetime:
    return datetime.fromtimestamp(milliseconds / 1000, tz=like.tzinfo)
