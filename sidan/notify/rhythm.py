"""When a message may leave, and when it is tried again: arithmetic on moments handed in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final

from sidan.core.clock import BUSINESS_ZONE

FIRST_PAUSE: Final = timedelta(seconds=30)
LONGEST_PAUSE: Final = timedelta(hours=1)
LONGEST_PAUSE_WHILE_DOWN: Final = timedelta(minutes=10)
"""A way out that is down is asked more often: each try costs one refused connection, not one message."""
QUIET_FROM: Final = time(21)
QUIET_UNTIL: Final = time(8)
DIGEST_MINUTES: Final = 30
DEFAULTS: Final[Mapping[str, frozenset[str]]] = {
    "phone": frozenset({"mine", "team", "talk"}),
    "email": frozenset({"mine", "team", "office", "talk", "other"}),
    "chat": frozenset({"mine", "team", "office", "talk", "other"}),
}
"""Which topics go which way for who has chosen nothing. What waits for an office is read in the console; a text message
for each order of a county would cost money and say nothing new."""


@dataclass(frozen=True, slots=True)
class Rhythm:
    """When one person may be sent something: not in the quiet hours, and not twice within the window."""

    quiet_from: time = QUIET_FROM
    quiet_until: time = QUIET_UNTIL
    window: timedelta = timedelta(minutes=DIGEST_MINUTES)

    def quiet_ends(self, at: datetime) -> datetime:
        """Return when the quiet hours end that a moment falls into, or the moment itself outside of them.

        The hours are China's own. Equal ends mean that there are none.
        """
        local = at.astimezone(BUSINESS_ZONE)
        begin, end, clock = self.quiet_from, self.quiet_until, local.time()
        is_within = begin <= clock < end if begin <= end else clock >= begin or clock < end
        if not is_within:
            return at
        ends = local.replace(hour=end.hour, minute=end.minute, second=0, microsecond=0)
        return ends if ends > local else ends + timedelta(days=1)

    def may_leave_at(self, *, at: datetime, last: datetime | None) -> datetime:
        """Return the first moment from `at` on at which something may leave, when the last message left at `last`.

        The first of several messages leaves at once; what follows within the window is gathered until it is over.
        """
        waits_until = max(at, last + self.window) if last is not None else at
        return self.quiet_ends(waits_until)


def pause_after(attempts: int, *, longest: timedelta = LONGEST_PAUSE) -> timedelta:
    """Return how long to wait after a failed try: half a minute, doubling, up to the longest pause."""
    return min(FIRST_PAUSE * (1 << min(attempts - 1, 20)), longest)
