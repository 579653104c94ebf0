"""What an activity must be, and when its hour has come: pure."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from sidan.bookings.policies import Span

DOOR_BEFORE: Final = timedelta(hours=2)
DOOR_AFTER: Final = timedelta(hours=4)
"""From when to when somebody comes or goes, beside the time of an activity: those who help set up and clear away."""
WHERE_ONE_COMES: Final = frozenset({"open", "running", "ended"})
_WHERE_ONE_GOES: Final = WHERE_ONE_COMES | {"cancelled"}
REMINDED_BEFORE: Final = {"day": timedelta(days=1), "hours": timedelta(hours=2)}
SATURDAY: Final = 5
DAYS_OF_A_WEEK: Final = 7


@dataclass(frozen=True, slots=True)
class Hours:
    """Since when one can come, and from when to when it is."""

    span: Span
    signup_from: datetime | None = None


@dataclass(frozen=True, slots=True)
class Ages:
    """From which age to which somebody may be; of what is not said there is no end."""

    youngest: int | None = None
    oldest: int | None = None

    @property
    def are_said(self) -> bool:
        return self.youngest is not None or self.oldest is not None

    @property
    def of_helpers(self) -> "Ages":
        """Who helps is old enough to be there; at what is for children adults help, too."""
        return Ages(youngest=self.youngest)

    def fit(self, age: int) -> bool:
        """Tell whether an age lies within."""
        return (self.youngest is None or self.youngest <= age) and (self.oldest is None or age <= self.oldest)


def is_door_open(*, state: str, direction: str, span: Span, at: datetime) -> bool:
    """Tell whether somebody can have come or gone at a moment; from what is called off one still goes."""
    states = WHERE_ONE_COMES if direction == "in" else _WHERE_ONE_GOES
    return state in states and span.begins - DOOR_BEFORE <= at <= span.ends + DOOR_AFTER


def due_verb(*, state: str, hours: Hours, at: datetime) -> str:
    """Return what the clock does with an activity now; nothing where its hour has not come."""
    if state == "announced" and (
        hours.signup_from is None or min(hours.signup_from, hours.span.begins) <= at
    ):
        return "open"
    if state == "open" and hours.span.begins <= at:
        return "run"
    if state == "running" and hours.span.ends <= at:
        return "end"
    return ""


def span_on(day: date, begins_at: time, ends_at: time, zone: ZoneInfo) -> Span:
    """Return from when to when something is on a day; until the next day where it ends before it begins."""
    last = day if begins_at < ends_at else day + timedelta(days=1)
    return Span(datetime.combine(day, begins_at, zone), datetime.combine(last, ends_at, zone))


def days_within(*, when: str, today: date) -> tuple[date, date] | None:
    """Return the first day, and the first that is no longer meant, of a word for some days; None for all."""
    monday = today - timedelta(days=today.weekday())
    if when == "today":
        return today, today + timedelta(days=1)
    if when == "week":
        return today, monday + timedelta(days=DAYS_OF_A_WEEK)
    if when == "weekend":
        return max(today, monday + timedelta(days=SATURDAY)), monday + timedelta(days=DAYS_OF_A_WEEK)
    return None


def due_reminder(*, begins: datetime, since: datetime, reminded: str, at: datetime) -> str:
    """Return of what somebody who comes since then is reminded now; whoever signed up just before knows it."""
    if at >= begins or reminded == "hours":
        return ""
    for code in ("hours", "day"):
        moment = begins - REMINDED_BEFORE[code]
        if moment <= at:
            return code if since < moment and code != reminded else ""
    return ""


UNANSWERED: Final = "unanswered"
ANSWERED: Final = "answered"
COUNTS: Final = "counts"
"""What it is worth that somebody was said not to have been there. Kept nowhere: it follows from the last step."""


def absence_of(*, verb: str, said_at: datetime, at: datetime, days: int) -> str:
    """Return what an absence is worth by its last step: it counts after the time to answer, or after a second word.

    `verb` and `said_at` are of the last step of somebody who is written down as not having been there.
    """
    if verb == "answer":
        return ANSWERED
    if verb == "uphold" or at >= said_at + timedelta(days=days):
        return COUNTS
    return UNANSWERED
