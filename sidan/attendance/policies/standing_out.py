"""Times that stand out: two places at once, at night, all of one length, only or late by hand, a long day (R-Z2).

Each is a reason to look, none says that somebody did wrong: who sits with the dying is there at night, and a course is
always as long. Pure arithmetic over who was where from when to when.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from sidan.attendance.enums import Way

TWO_PLACES, NIGHT, ALIKE, ONLY_TOLD, LONG_DAY = "two_places", "night", "alike", "only_told", "long_day"
LATE = "late"
KINDS: Final = (TWO_PLACES, LONG_DAY, LATE, NIGHT, ALIKE, ONLY_TOLD)

SELF, PARENT, COUNTY = "self", "parent", "county"

LATE_BY_SQL: Final = (
    f"CASE WHEN {{mark}}.way = '{Way.HAND.value}' "
    "THEN {mark}.recorded_at - {mark}.at ELSE interval '0' END"
)
"""`late_by` of a row of marks, for statements over many of them."""


def late_by(*, way: str, at: datetime, recorded_at: datetime) -> timedelta:
    """Return how long after it a time was written by hand; what a device kept with its proof is not late."""
    return recorded_at - at if way == Way.HAND else timedelta(0)


@dataclass(frozen=True, slots=True)
class Limits:
    """From where on something stands out: what a county sets."""

    at_once: timedelta = timedelta(hours=8)
    """So much of one person's day needs nobody else's word."""
    by_parent: timedelta = timedelta(hours=12)
    """So much is agreed to by the place above; more by the county's center."""
    night_begins: time = time(22)
    night_ends: time = time(5)
    """Of the same day or, as usual, the next."""
    alike: int = 5
    """So many visits of a person, or of a team, before it says something that they are all the same."""
    late: timedelta = timedelta(days=3)
    """So long after the visit a time that is written by hand is late."""

    def is_late(self, after: timedelta) -> bool:
        """Tell whether a time is late that was written by hand so long after it."""
        return after > self.late

    def __post_init__(self) -> None:
        """Refuse what cannot be meant.

        Raises:
            ValueError: the second limit is below the first, the night has no length, or a number is too small.
        """
        if not timedelta(0) < self.at_once <= self.by_parent <= timedelta(hours=24):
            raise ValueError("the hours of a day do not rise")
        if self.night_begins == self.night_ends:
            raise ValueError("the night has no length")
        if self.alike < 2 or self.late < timedelta(0):
            raise ValueError("a number is too small")


DEFAULTS: Final = Limits()


def read_limits(*, hours: str, night: str, alike: int, late_days: int) -> Limits:
    """Read "8,12", "22:00-05:00" and two numbers.

    Raises:
        ValueError: they are written otherwise, or cannot be meant.
    """
    at_once, by_parent = (timedelta(hours=float(part)) for part in hours.split(","))
    begins, ends = (time.fromisoformat(end.strip()) for end in night.split("-"))
    return Limits(at_once, by_parent, begins, ends, alike, timedelta(days=late_days))


@dataclass(frozen=True, slots=True)
class Span:
    """One person's coming and going at a visit or an activity, of no team where that is 0; told: both by hand."""

    key: int
    person_id: int
    team_id: int
    begins: datetime
    ends: datetime
    is_told: bool
    late_by: timedelta = timedelta(0)
    """How long after the visit a time that was written by hand was written; nothing where none was."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What stands out, of whom, and in which visits, the first of them first."""

    kind: str
    spans: tuple[Span, ...]
    amount: timedelta = timedelta(0)
    """Of a long day how much it is altogether, of visits all alike how long each is, of a late time how late."""
    tier: str = SELF
    """Of a long day who agrees to it."""

    @property
    def latest(self) -> datetime:
        """When the newest of the visits ended."""
        return max(span.ends for span in self.spans)


def tier_of(*, amount: timedelta, limits: Limits = DEFAULTS) -> str:
    """Return who agrees to so much of one person's day: nobody else, the place above, or the county's center."""
    if amount <= limits.at_once:
        return SELF
    return PARENT if amount <= limits.by_parent else COUNTY


def findings(*, spans: Iterable[Span], zone: ZoneInfo, limits: Limits = DEFAULTS) -> list[Finding]:
    """Return all that stands out, the newest first; the same spans in any order give the same."""
    told = sorted(spans, key=lambda span: (span.begins, span.key))
    found = [
        *_two_places(told),
        *_long_days(told, zone, limits),
        *(Finding(LATE, (span,), span.late_by) for span in told if limits.is_late(span.late_by)),
        *(Finding(NIGHT, (span,)) for span in told if touches_night(span, zone=zone, limits=limits)),
        *_alike(told, limits.alike),
        *_only_told(told, limits.alike),
    ]
    return sorted(found, key=lambda one: (one.latest, one.kind, one.spans[-1].key), reverse=True)


def _two_places(told: Sequence[Span]) -> list[Finding]:
    """Return each visit that began before another of the same person had ended, with that one."""
    found = []
    for spans in _by(told, lambda span: span.person_id):
        last = spans[0]
        for span in spans[1:]:
            if span.begins < last.ends:
                found.append(Finding(TWO_PLACES, (last, span)))
            last = max(last, span, key=lambda one: one.ends)
    return found


def _long_days(told: Sequence[Span], zone: ZoneInfo, limits: Limits) -> list[Finding]:
    """Return the days of persons that are longer than needs nobody else's word; what overlaps counts once."""
    days: dict[tuple[int, date], list[Span]] = defaultdict(list)
    for span in told:
        days[span.person_id, span.begins.astimezone(zone).date()].append(span)
    amounts = [(tuple(spans), covered(spans)) for spans in days.values()]
    found = [Finding(LONG_DAY, spans, it, tier_of(amount=it, limits=limits)) for spans, it in amounts]
    return [one for one in found if one.tier != SELF]


def covered(spans: Iterable[Span]) -> timedelta:
    """Return how much time some visits cover together."""
    total, until = timedelta(0), None
    for span in sorted(spans, key=lambda one: one.begins):
        begins = span.begins if until is None else max(span.begins, until)
        total += max(span.ends - begins, timedelta(0))
        until = span.ends if until is None else max(until, span.ends)
    return total


def touches_night(span: Span, *, zone: ZoneInfo, limits: Limits = DEFAULTS) -> bool:
    """Tell whether any of a visit lies in a night."""
    begins, ends = span.begins.astimezone(zone), span.ends.astimezone(zone)
    is_over_midnight = limits.night_ends <= limits.night_begins
    evening = begins.date() - timedelta(days=1)
    while evening <= ends.date():
        morning = evening + timedelta(days=is_over_midnight)
        falls = datetime.combine(evening, limits.night_begins, zone)
        if begins < datetime.combine(morning, limits.night_ends, zone) and falls < ends:
            return True
        evening += timedelta(days=1)
    return False


def _alike(told: Sequence[Span], fewest: int) -> list[Finding]:
    """Return the persons whose visits, so many or more, all last the same number of minutes."""
    found = []
    for spans in _by(told, lambda span: span.person_id):
        lengths = {(span.ends - span.begins) // timedelta(minutes=1) for span in spans}
        if len(spans) >= fewest and len(lengths) == 1:
            found.append(Finding(ALIKE, tuple(spans), timedelta(minutes=lengths.pop())))
    return found


def _only_told(told: Sequence[Span], fewest: int) -> list[Finding]:
    """Return the teams whose times, so many or more, were all written by hand."""
    return [
        Finding(ONLY_TOLD, tuple(spans))
        for spans in _by([span for span in told if span.team_id], lambda span: span.team_id)
        if len(spans) >= fewest and all(span.is_told for span in spans)
    ]


def _by(told: Sequence[Span], of: Callable[[Span], int]) -> list[list[Span]]:
    kept: dict[int, list[Span]] = defaultdict(list)
    for span in told:
        kept[of(span)].append(span)
    return list(kept.values())
