"""Times that stand out: two places at once, at night, all of one length, only told, more than a day's work (R-Z2).

Each is a reason to look, none says that somebody did wrong: who sits with the dying is there at night, and a course is
always as long. Pure arithmetic over who was where from when to when.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

AT_ONCE: Final = timedelta(hours=8)
"""So much of one person's day needs nobody else's word."""
BY_PARENT: Final = timedelta(hours=12)
"""So much is agreed to by the place above; more by the county's center."""
NIGHT_BEGINS, NIGHT_ENDS = time(22), time(5)
FEWEST_ALIKE: Final = 5
"""So many visits of a person, or of a team, before it says something that they are all the same."""

TWO_PLACES, NIGHT, ALIKE, ONLY_TOLD, LONG_DAY = "two_places", "night", "alike", "only_told", "long_day"
KINDS: Final = (TWO_PLACES, LONG_DAY, NIGHT, ALIKE, ONLY_TOLD)

SELF, PARENT, COUNTY = "self", "parent", "county"


@dataclass(frozen=True, slots=True)
class Span:
    """One person's coming and going at one visit; told: both were written by hand."""

    key: int
    person_id: int
    team_id: int
    begins: datetime
    ends: datetime
    is_told: bool


@dataclass(frozen=True, slots=True)
class Finding:
    """What stands out, of whom, and in which visits, the first of them first."""

    kind: str
    spans: tuple[Span, ...]
    amount: timedelta = timedelta(0)
    """Of a long day how much it is altogether; of visits that are all alike how long each is."""

    @property
    def latest(self) -> datetime:
        """When the newest of the visits ended."""
        return max(span.ends for span in self.spans)


def tier_of(*, amount: timedelta) -> str:
    """Return who agrees to so much of one person's day: nobody else, the place above, or the county's center."""
    if amount <= AT_ONCE:
        return SELF
    return PARENT if amount <= BY_PARENT else COUNTY


def findings(*, spans: Iterable[Span], zone: ZoneInfo) -> list[Finding]:
    """Return all that stands out, the newest first; the same spans in any order give the same."""
    told = sorted(spans, key=lambda span: (span.begins, span.key))
    found = [
        *_two_places(told),
        *_long_days(told, zone),
        *_nights(told, zone),
        *_alike(told),
        *_only_told(told),
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


def _long_days(told: Sequence[Span], zone: ZoneInfo) -> list[Finding]:
    """Return the days of persons that are longer than needs nobody else's word; what overlaps counts once."""
    days: dict[tuple[int, date], list[Span]] = defaultdict(list)
    for span in told:
        days[span.person_id, span.begins.astimezone(zone).date()].append(span)
    amounts = [(tuple(spans), covered(spans)) for spans in days.values()]
    return [Finding(LONG_DAY, spans, amount) for spans, amount in amounts if tier_of(amount=amount) != SELF]


def covered(spans: Iterable[Span]) -> timedelta:
    """Return how much time some visits cover together."""
    total, until = timedelta(0), None
    for span in sorted(spans, key=lambda one: one.begins):
        begins = span.begins if until is None else max(span.begins, until)
        total += max(span.ends - begins, timedelta(0))
        until = span.ends if until is None else max(until, span.ends)
    return total


def _nights(told: Sequence[Span], zone: ZoneInfo) -> list[Finding]:
    return [Finding(NIGHT, (span,)) for span in told if touches_night(span, zone=zone)]


def touches_night(span: Span, *, zone: ZoneInfo) -> bool:
    """Tell whether any of a visit lies between ten in the evening and five in the morning."""
    begins, ends = span.begins.astimezone(zone), span.ends.astimezone(zone)
    if begins.time() < NIGHT_ENDS or begins.time() >= NIGHT_BEGINS:
        return True
    return ends > datetime.combine(begins.date(), NIGHT_BEGINS, zone)


def _alike(told: Sequence[Span]) -> list[Finding]:
    """Return the persons whose visits, five or more, all last the same number of minutes."""
    found = []
    for spans in _by(told, lambda span: span.person_id):
        lengths = {(span.ends - span.begins) // timedelta(minutes=1) for span in spans}
        if len(spans) >= FEWEST_ALIKE and len(lengths) == 1:
            found.append(Finding(ALIKE, tuple(spans), timedelta(minutes=lengths.pop())))
    return found


def _only_told(told: Sequence[Span]) -> list[Finding]:
    """Return the teams whose times, five or more, were all written by hand."""
    return [
        Finding(ONLY_TOLD, tuple(spans))
        for spans in _by(told, lambda span: span.team_id)
        if len(spans) >= FEWEST_ALIKE and all(span.is_told for span in spans)
    ]


def _by(told: Sequence[Span], of: Callable[[Span], int]) -> list[list[Span]]:
    kept: dict[int, list[Span]] = defaultdict(list)
    for span in told:
        kept[of(span)].append(span)
    return list(kept.values())
