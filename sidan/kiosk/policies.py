"""What a terminal may do and for how long: no database, no clock."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from sidan.orders.policies import TimeChip

SETUP_DIGITS: Final = 8
SETUP_LASTS: Final = timedelta(minutes=30)
"""A code to set a terminal up: long enough to walk over to it."""
RESET_SECONDS: Final = 40
"""A page that nobody touches goes back to the start; the countdown can be stopped."""
LONGER_SECONDS: Final = 300
"""The same once somebody has asked for more time."""
ACT_LASTS: Final = timedelta(minutes=10)
"""What the server keeps of an act without a touch, whatever the page's countdown does."""
SEEN_STEP: Final = timedelta(minutes=5)
"""How exact it is written down when a terminal was last seen."""
ORDERS_AN_HOUR: Final = 30
"""Of one terminal: more is no queue of residents."""
ORDERS_A_DAY: Final = 5
"""Of one person at terminals."""
DAYS_AHEAD: Final = 7
BACK: Final = "back"
"""The key of a number pad that takes the last digit away."""
LOOK_AT_DIGITS: Final = "kiosk.look_code"
"""The act on record: who shares a telephone opened the order of another of it, with the digits for its door."""
PARTS: Final = (("morning", 9, 12), ("afternoon", 14, 18))


def windows(*, at: datetime, zone: ZoneInfo) -> list[TimeChip]:
    """Return the mornings and afternoons of the coming week that begin in an hour or later."""
    local = at.astimezone(zone)
    days = [local.date() + timedelta(days=ahead) for ahead in range(DAYS_AHEAD)]
    return [
        TimeChip(part, datetime.combine(day, time(first), zone), datetime.combine(day, time(last), zone))
        for day in days
        for part, first, last in PARTS
        if datetime.combine(day, time(first), zone) > local + timedelta(hours=1)
    ]


def press(*, values: Sequence[str], lengths: Sequence[int], key: str) -> list[str]:
    """Return what stands in the fields after a key of the pad: a digit goes to the first that is not full yet."""
    pressed = list(values)
    if key == BACK:
        last = next((nth for nth in reversed(range(len(pressed))) if pressed[nth]), None)
        if last is not None:
            pressed[last] = pressed[last][:-1]
    elif len(key) == 1 and key in "0123456789":
        free = next((nth for nth, length in enumerate(lengths) if len(pressed[nth]) < length), None)
        if free is not None:
            pressed[free] += key
    return pressed
