"""Which moment a telephone means that kept a time without network, and whether its clock can be believed."""

from collections.abc import Callable
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
    """From the act to the sending, at least: its monotonic clock may stand still in its sleep. None after a restart."""


@dataclass(frozen=True, slots=True)
class Claim:
    """The moment that is meant, in our time; steady: the clock was not moved in between."""

    at: datetime
    is_steady: bool


def claimed(*, kept: Kept, received_at: datetime, fits: Callable[[datetime], bool] | None = None) -> Claim:
    """Return the moment that a record means: of those it may mean, the one that its proof fits.

    Outside Windows the monotonic clock of a browser stands still while the telephone sleeps (w3c/hr-time, issue 115):
    at least as much time has passed as it says. Where it does not agree with the other clock, and no proof fits, the
    moment of that clock is taken if it lies before; it is not steady. A moment that would lie ahead is now.
    """
    claims = _candidates(kept, received_at)
    if fits is None:
        return claims[0]
    return next((claim for claim in claims if fits(claim.at)), claims[0])


def _candidates(kept: Kept, received_at: datetime) -> list[Claim]:
    """Return every moment that may be meant, the likeliest first."""
    offset_now = received_at - _moment(kept.sent_device_ms, received_at)
    offset_then = offset_now if kept.offset_ms is None else timedelta(milliseconds=kept.offset_ms)
    device = _moment(kept.device_ms, received_at)
    by_clock = [device + offset_then, device + offset_now]
    if kept.elapsed_ms is None:
        is_steady = kept.offset_ms is not None and abs(offset_then - offset_now) <= STEADY_WITHIN
        return [
            Claim(min(at, received_at), is_steady and at <= received_at + STEADY_WITHIN) for at in by_clock
        ]
    latest = received_at - timedelta(milliseconds=kept.elapsed_ms)
    is_steady = abs(latest - by_clock[0]) <= STEADY_WITHIN
    # The nearest first: a clock that was moved in between gives two moments, and sleep only ever adds.
    before = sorted((at for at in by_clock if at <= latest + STEADY_WITHIN), reverse=True)
    is_known = bool(before) and latest - before[0] <= STEADY_WITHIN
    moments = [latest, *before] if is_known else [*before, latest]
    return [Claim(min(at, received_at), is_steady) for at in moments]


def is_too_old(*, claim: Claim, received_at: datetime) -> bool:
    """Tell whether a record comes too late to be written: the office writes such times by hand."""
    return received_at - claim.at > OLDEST


def _moment(milliseconds: int, like: datetime) -> datetime:
    return datetime.fromtimestamp(milliseconds / 1000, tz=like.tzinfo)
