"""Arithmetic of the loop: what a wish may be, and when. No database, no clock."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

LONGEST_AHEAD: Final = timedelta(days=90)
LONGEST_WISH: Final = timedelta(days=31)
LONGEST_VISIT: Final = timedelta(hours=12)
SHORTEST_CALL: Final = timedelta(minutes=10)
LONGEST_CALL: Final = timedelta(days=14)
MOST_PEOPLE: Final = 20
"""Whom one order can ask for; a day of work for more is an activity."""
FEWEST_PARTS: Final = 2
MOST_PARTS: Final = 6
LONGEST_PART: Final = 60
"""Of the words that name a part, in characters."""
GRACE: Final = timedelta(minutes=10)
"""A form may lie open for a while before it is sent."""


class BadWish(ValueError):
    """A wished time that cannot be; `code` says why: past, backwards, too_far, too_long."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def check_wish(*, wished_from: datetime, wished_to: datetime, at: datetime) -> None:
    """Refuse a wish that ends before it begins, lies in the past, or is further ahead than people plan.

    Raises:
        BadWish: with the code of the reason.
    """
    if wished_to <= wished_from:
        raise BadWish("backwards")
    if wished_to < at or wished_from < at - timedelta(days=1):
        raise BadWish("past")
    if wished_from > at + LONGEST_AHEAD:
        raise BadWish("too_far")
    if wished_to - wished_from > LONGEST_WISH:
        raise BadWish("too_long")


def check_visit_time(*, planned_from: datetime, planned_to: datetime, at: datetime) -> None:
    """Refuse a visit that lies in the past or is longer than a day's work.

    Raises:
        BadWish: with the code of the reason.
    """
    if planned_to <= planned_from:
        raise BadWish("backwards")
    if planned_from < at - GRACE:
        raise BadWish("past")
    if planned_from > at + LONGEST_AHEAD:
        raise BadWish("too_far")
    if planned_to - planned_from > LONGEST_VISIT:
        raise BadWish("too_long")


def check_call_end(*, until: datetime, at: datetime) -> None:
    """Refuse a call that ends at once or stays open for weeks.

    Raises:
        BadWish: with the code of the reason.
    """
    if until < at + SHORTEST_CALL:
        raise BadWish("past")
    if until > at + LONGEST_CALL:
        raise BadWish("too_far")


@dataclass(frozen=True, slots=True)
class TimeChip:
    """One proposed time: a code that names it in words, and its window."""

    code: str
    begins: datetime
    ends: datetime


def time_chips(*, at: datetime, zone: ZoneInfo) -> list[TimeChip]:
    """Propose the next few windows as people say them: this afternoon, tomorrow morning, … Saturday morning."""
    local = at.astimezone(zone)
    chips: list[TimeChip] = []

    def add(code: str, days: int, first: int, last: int) -> None:
        day = local.date() + timedelta(days=days)
        begins = datetime.combine(day, time(first), zone)
        ends = datetime.combine(day, time(last), zone)
        if begins > local + timedelta(hours=1) and all(chip.begins != begins for chip in chips):
            chips.append(TimeChip(code=code, begins=begins, ends=ends))

    add("this_morning", 0, 9, 12)
    add("this_afternoon", 0, 14, 18)
    add("tomorrow_morning", 1, 9, 12)
    add("tomorrow_afternoon", 1, 14, 18)
    saturday = (5 - local.weekday()) % 7
    add("saturday_morning", saturday, 9, 12)
    add("sunday_morning", (6 - local.weekday()) % 7, 9, 12)
    add("day_after_morning", 2, 9, 12)
    return sorted(chips, key=lambda chip: chip.begins)[:4]
