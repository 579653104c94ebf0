"""When a room is open and when it is free: pure arithmetic on spans."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

STEP: Final = timedelta(minutes=30)
"""Residents choose beginnings on the half hour."""


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
