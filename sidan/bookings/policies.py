"""When a room is open and when it is free: pure arithmetic on spans."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import Final, Literal, NamedTuple
from zoneinfo import ZoneInfo

STEP: Final = timedelta(minutes=30)
"""Residents choose beginnings on the half hour."""
DAYS_A_WEEK: Final = 7
_CLOCK: Final = re.compile(r"(\d{1,2})[:\uff1a](\d{2})")
PartKind = Literal["free", "taken", "over", "later"]


class Span(NamedTuple):
    """From a moment to another one, which is not part of it."""

    begins: datetime
    ends: datetime


@dataclass(frozen=True, slots=True)
class OpenPart:
    """A part of every such weekday (Monday is 0) on which the room is open."""

    weekday: int
    opens: time
    shuts: time


class DayPart(NamedTuple):
    """A part of a room's day: free, taken, over already, or later than anybody may ask for."""

    begins: datetime
    ends: datetime
    kind: PartKind


class BadHours(ValueError):
    """What was typed are no hours: a time is missing its other one, or there is no such time."""


def read_hours(text: str) -> list[tuple[time, time]]:
    """Return the parts of a day that somebody typed, as "8:30-12:00, 14:00-17:30"; nothing typed is no part.

    Raises:
        BadHours: a time stands alone, there is no such time, or there are words and no time.
    """
    found = _CLOCK.findall(text)
    if len(found) % 2 or (text.strip() and not found):
        raise BadHours(text)
    try:
        times = [time(int(hour), int(minute)) for hour, minute in found]
    except ValueError as bad:
        raise BadHours(text) from bad
    return list(zip(times[::2], times[1::2], strict=True))


def written_hours(parts: Iterable[tuple[time, time]]) -> str:
    """Return the parts of a day as `read_hours` reads them."""
    return ", ".join(f"{opens:%H:%M}-{shuts:%H:%M}" for opens, shuts in parts)


def day_parts(
    *, opened: Sequence[Span], busy: Iterable[Span], after: datetime, until: datetime
) -> list[DayPart]:
    """Return what is free, taken, over and too far ahead within the hours of a day, the first first."""
    taken = list(busy)
    cut = {
        DayPart(max(one.begins, span.begins), min(one.ends, span.ends), "taken")
        for span in opened
        for one in taken
        if one.begins < span.ends and one.ends > span.begins
    }
    for span in free_spans(spans=opened, busy=taken):
        edges = [span.begins, *(edge for edge in (after, until) if span.begins < edge < span.ends), span.ends]
        cut |= {DayPart(begins, ends, _kind(begins, after, until)) for begins, ends in pairwise(edges)}
    return sorted(cut)


def _kind(begins: datetime, after: datetime, until: datetime) -> PartKind:
    if begins < after:
        return "over"
    return "later" if begins >= until else "free"


def endings(*, free: Sequence[Span], after: datetime, zone: ZoneInfo) -> list[datetime]:
    """Return the moments at which what begins on one of the `beginnings` may end."""
    ends = {begins + STEP for begins in beginnings(free=free, after=after, zone=zone)}
    return sorted(ends | {span.ends.astimezone(zone) for span in free if span.ends - STEP >= after})


def open_spans(*, parts: Iterable[OpenPart], day: date, zone: ZoneInfo) -> list[Span]:
    """Return when a room is open on a day, the first first; parts that touch are one."""
    found = sorted(
        Span(datetime.combine(day, part.opens, zone), datetime.combine(day, part.shuts, zone))
        for part in parts
        if part.weekday == day.weekday()
    )
    joined: list[Span] = []
    for span in found:
        if joined and span.begins <= joined[-1].ends:
            joined[-1] = Span(joined[-1].begins, max(joined[-1].ends, span.ends))
        else:
            joined.append(span)
    return joined


def next_turn_day(day: date, weekday: int) -> date:
    """Return the first such weekday (Monday is 0) from a day on."""
    return day + timedelta(days=(weekday - day.weekday()) % DAYS_A_WEEK)


def turn_days(*, first: date, last: date | None, since: date, until: date) -> list[date]:
    """Return the days within a span that lie whole weeks after the first one; the last one may be that day."""
    ends = min(until, last) if last is not None else until
    begins = max(first, next_turn_day(since, first.weekday()))
    return [begins + timedelta(days=gone) for gone in range(0, (ends - begins).days + 1, DAYS_A_WEEK)]


def whose_turn(*, first: date, day: date, takers: int) -> int:
    """Return the position of whose turn a day is: counted from the first day, so that one left out moves nobody."""
    return (day - first).days // DAYS_A_WEEK % takers


def is_lent_on(since: date | None, until: date | None, day: date) -> bool:
    """Tell whether an agreement holds on a day, its last one included; without a beginning there is none to keep."""
    return (since is None or since <= day) and (until is None or day <= until)


def lies_within(*, spans: Iterable[Span], wanted: Span) -> bool:
    """Tell whether the whole of a span lies in one of these."""
    return any(span.begins <= wanted.begins and wanted.ends <= span.ends for span in spans)


def free_spans(*, spans: Iterable[Span], busy: Iterable[Span]) -> list[Span]:
    """Return what is left of the spans when what is busy is taken out."""
    taken, left = sorted(busy), []
    for span in spans:
        begins = span.begins
        for one in taken:
            if one.ends <= begins or one.begins >= span.ends:
                continue
            if one.begins > begins:
                left.append(Span(begins, one.begins))
            begins = max(begins, one.ends)
        if begins < span.ends:
            left.append(Span(begins, span.ends))
    return left


def beginnings(*, free: Sequence[Span], after: datetime, zone: ZoneInfo) -> list[datetime]:
    """Return the half hours from a moment on at which at least half an hour is free."""
    found = []
    for span in free:
        first = span.begins.astimezone(zone)
        # Measured from midnight: whoever leaves at 10:10 makes room at 10:30.
        midnight = datetime.combine(first.date(), time(), zone)
        begins = midnight + -((midnight - first) // STEP) * STEP
        while begins + STEP <= span.ends:
            if begins >= after:
                found.append(begins)
            begins += STEP
    return found
