"""Which limit holds for an order in a state, and when it is over: pure rules, plain values in and out."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from sidan.places.working_time import WorkingTime

STEP_OF_STATE: Final[Mapping[str, str]] = {
    "submitted": "admit",
    "admitted": "dispatch",
    "failed": "dispatch",
    "reopened": "dispatch",
    "dispatched": "accept",
    "accepted": "contact",
    "scheduled": "visit",
    "under_way": "report",
    "done": "review",
}
"""What must be done while an order is in a state; in a state that is not here nobody waits for anybody."""

STEP_OF_PART: Final[Mapping[str, str]] = {
    state: step for state, step in STEP_OF_STATE.items() if step not in {"admit", "review"}
}
"""The same of one part of an order that was split: it is admitted and reviewed as a whole."""
STEP_OF_WISH: Final[Mapping[str, str]] = {"submitted": "answer"}
"""The same of a wish: what hangs on the wall or is arranged waits for people, and nobody is late."""


STEPS_OF: Final[Mapping[str, tuple[str, ...]]] = {
    "order": tuple(dict.fromkeys(STEP_OF_STATE.values())),
    "wish": tuple(STEP_OF_WISH.values()),
    "task": ("confirm", "call_back", "follow_up"),
}
"""What the clocks of each kind of thing measure."""


ENDS_OF_STEP: Final[Mapping[str, frozenset[str]]] = {
    "admit": frozenset({"remind", "up", "to_person"}),
    "dispatch": frozenset({"remind", "up", "to_person"}),
    "accept": frozenset({"remind", "to_pool", "widen", "up", "to_person"}),
    "contact": frozenset({"remind", "to_pool", "up", "to_person"}),
    "visit": frozenset({"remind", "to_pool", "up", "to_person"}),
    "report": frozenset({"remind", "up", "to_person"}),
    "review": frozenset({"remind", "close", "to_person"}),
    "answer": frozenset({"remind", "up", "to_person"}),
    "confirm": frozenset({"remind", "up", "to_person"}),
    "call_back": frozenset({"remind", "up", "to_person"}),
    "follow_up": frozenset({"remind", "up", "to_person"}),
}
"""What can happen when the time of a step is over: what nobody came for is taken back, a visit made is not."""

WISHED_FOR: Final = frozenset({"visit"})
"""Steps that can be due by the wished time: nobody wishes when the office admits an order or calls back."""

MOST_DAYS_TOLD: Final = 10
"""On how many working days those who must act are told again of what is over; then the pages alone show it."""

PRESSING: Final[Mapping[str, tuple[str, ...]]] = {
    "danger": ("danger", "urgent", "normal"),
    "urgent": ("urgent", "normal"),
}
"""Whose limits hold for orders that press, the most special first."""

REMIND: Final = "remind"

Key = tuple[int | None, str, str | None, str, str]
"""Place (none: everywhere), step, category (none: every one), level of the places meant (empty: every one), urgency."""


@dataclass(frozen=True, slots=True)
class Which:
    """For what a limit is meant: of a step, and of which orders at which of the places below."""

    step: str
    category: str | None = None
    level: str = ""
    urgency: str = "normal"


@dataclass(frozen=True, slots=True)
class Rule:
    """One limit as it was written down."""

    limit_id: int
    amount: int
    unit: str
    urgency: str = "normal"
    at_end: str = REMIND
    acts_by: int | None = None
    """The limit whose end is carried out, where it is another one: of what presses, the one that is written for it."""

    @property
    def pressing(self) -> int | None:
        """Which limit acts because it is written for what presses; none where none is, or where it only reminds."""
        return self.acts_by or (self.limit_id if self.urgency in PRESSING and self.at_end != REMIND else None)

    def acted_by(self, limit_id: int | None) -> "Rule":
        """Return the same time, at whose end another limit acts, if there is one."""
        return self if limit_id in {None, self.limit_id} else replace(self, acts_by=limit_id)


@dataclass(frozen=True, slots=True)
class Deadline:
    """When half of the time is over, and when all of it."""

    half_at: datetime
    due_at: datetime


def keys(
    *, chain: Sequence[int], level: str, categories: Sequence[str], step: str, urgency: str
) -> Iterator[Key]:
    """Yield where a limit may be written, what counts most first.

    What is written for urgent orders comes before what is written for all; then the nearest place wins, then the most
    special category, then what is meant for places of one level. `chain` is the place that holds the order and all
    above it, `level` the kind of the former, `categories` the order's and all above it, the nearest first.
    """
    for urgent in PRESSING.get(urgency, ("normal",)):
        for place in (*chain, None):
            for category in (*categories, None):
                for of_level in (level, ""):
                    yield place, step, category, of_level, urgent


def rules_for(
    rules: Mapping[Key, Rule],
    *,
    chain: Sequence[int],
    level: str,
    categories: Sequence[str],
    step: str,
    urgency: str,
) -> list[tuple[Key, Rule]]:
    """Return the limits that may hold, each with where it is written: one for each urgency, what presses most first.

    An order that presses is never given longer than the same one that does not: of several the soonest holds.
    """
    found: dict[str, tuple[Key, Rule]] = {}
    for key in keys(chain=chain, level=level, categories=categories, step=step, urgency=urgency):
        if key in rules:
            found.setdefault(key[-1], (key, rules[key]))
    return list(found.values())


def soonest(
    found: Sequence[tuple[Key, Rule]], *, count: Callable[[Rule], Deadline]
) -> tuple[Key, Rule, Deadline] | None:
    """Return the limit that holds, and until when; of those that end together the most special.

    What is done at its end says the one that is written for what presses most, even where a general one is over first;
    but where that one only reminds and the one that is over does more, what presses is not left lying.
    """
    if not found:
        return None
    counted = [(key, rule, count(rule)) for key, rule in found]
    key, rule, due = min(counted, key=lambda each: each[-1].due_at)
    most = found[0][1]
    return key, rule if most.at_end == REMIND != rule.at_end else rule.acted_by(most.limit_id), due


OF_WORKING_DAYS: Final = ("working_days", "working_hours")
"""The units that the calendar counts."""


def set_later(*, former: Deadline, counted: Deadline, time: WorkingTime) -> Deadline:
    """Return when a time that runs is over when days were made free: as counted anew, never earlier, on no day off."""
    due = time.on_working_day(max(former.due_at, counted.due_at))
    half = time.on_working_day(max(former.half_at, counted.half_at))
    return Deadline(half_at=min(half, due), due_at=due)


def deadline(
    *, rule: Rule, begins: datetime, wished_to: datetime, time: WorkingTime, agreed_to: datetime | None = None
) -> Deadline:
    """Return when a limit is half over and over, for a step that begins at a moment.

    What is due by the wished time is due by a later one that was agreed, as far as the limit's own length goes.
    """
    if rule.unit == "working_days":
        due = time.after_working_days(begins, rule.amount)
        return Deadline(half_at=time.half_way(begins, due), due_at=due)
    if rule.unit == "working_hours":
        span = timedelta(hours=rule.amount)
        return Deadline(
            half_at=time.after_working_time(begins, span / 2), due_at=time.after_working_time(begins, span)
        )
    minutes = rule.unit == "minutes"
    due = longest = begins + (timedelta(minutes=rule.amount) if minutes else timedelta(hours=rule.amount))
    if rule.unit == "wished" and wished_to > begins:
        due = max(wished_to, min(agreed_to or wished_to, longest))
    return Deadline(half_at=begins + (due - begins) / 2, due_at=due)


def takes_visit_back(*, step: str, at_end: str) -> bool:
    """Tell whether a limit takes a visit from its team that nobody came for."""
    return step == "visit" and at_end in {"to_pool", "up"}
