"""All limits and calendars at hand: every step of every order asks for them, and they change a few times a year.

Each process keeps what it has read. Whether it is still so is asked of the database by the very statement that sets a
clock (by their `Edition`), so nothing is ever counted by a rule or a calendar that somebody has changed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from django.db import connection

from sidan.catalogue.models import Category
from sidan.limits.policies import (
    STEP_OF_PART,
    STEP_OF_STATE,
    STEP_OF_WISH,
    Deadline,
    Key,
    Rule,
    deadline,
    rules_for,
    soonest,
)
from sidan.orders.models import Order, WorkPart
from sidan.orders.queries import agreed_end
from sidan.places.models import Place
from sidan.places.queries import WorkingDayBook, chain_of, working_day_book
from sidan.places.working_time import WorkingTime

NEWEST: Final = """
SELECT place_id, step, category_id, level, urgency, id, amount, unit, at_end FROM (
    SELECT DISTINCT ON (place_id, step, category_id, level, urgency) * FROM limits_limit
    ORDER BY place_id, step, category_id, level, urgency, word DESC
) AS newest WHERE in_force
"""
CALLED: Final = "dispatched"
AGREED: Final = "scheduled"
EDITIONS: Final = "SELECT array_agg(number ORDER BY rules) FROM limits_edition"
"""Of limits, days, the tree of places and that of categories: any change of any of them makes it another array."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What held when it was read."""

    editions: Sequence[int]
    written: Mapping[Key, Rule]
    days: WorkingDayBook
    parents: Mapping[str, str | None]
    chains: dict[int, tuple[int, ...]] = field(default_factory=dict)
    levels: dict[int, str] = field(default_factory=dict)
    times: dict[int, WorkingTime] = field(default_factory=dict)

    def chain(self, place_id: int) -> tuple[int, ...]:
        """Return a place and all above it; read once for each place."""
        if place_id not in self.chains:
            self.chains[place_id] = tuple(chain_of(place_id=place_id))
        return self.chains[place_id]

    def level(self, place_id: int) -> str:
        """Return of which kind a place is; read once for each place."""
        if place_id not in self.levels:
            self.levels[place_id] = level_of(place_id=place_id)
        return self.levels[place_id]

    def time(self, place_id: int) -> WorkingTime:
        """Return the calendar of a place."""
        if place_id not in self.times:
            self.times[place_id] = self.days.time_of(chain=self.chain(place_id))
        return self.times[place_id]

    def categories(self, code: str | None) -> tuple[str, ...]:
        """Return a category and all above it, the nearest first."""
        line: list[str] = []
        while code is not None and code not in line:
            line.append(code)
            code = self.parents.get(code)
        return tuple(line)

    def holding(
        self, *, place_id: int, category: str | None, urgency: str, step: str
    ) -> list[tuple[Key, Rule]]:
        """Return the limits of a step that may hold at a place, with where they are written: the soonest does."""
        return rules_for(
            self.written, chain=self.chain(place_id), level=self.level(place_id),
            categories=self.categories(category), step=step, urgency=urgency,
        )  # fmt: skip

    def deadline(
        self,
        *,
        rule: Rule,
        place_id: int,
        begins: datetime,
        wished_to: datetime,
        agreed_to: datetime | None = None,
    ) -> Deadline:
        """Return when a limit that begins now is over, by the calendar of the place."""
        time = self.time(place_id)
        return deadline(rule=rule, begins=begins, wished_to=wished_to, time=time, agreed_to=agreed_to)

    def for_order(
        self, *, order: Order, part: WorkPart | None, begins: datetime, urgency: str | None = None
    ) -> tuple[str, Rule, Deadline] | None:
        """Return what must be done next about an order, or one part of it, by which limit and until when.

        None where nothing waits. The limit is that of the part's own kind, at the place that holds the order; `urgency`
        is how urgent it was when the time began, where it presses more by now.
        """
        work = part or order
        step = step_of(order=order, part=part)
        if step is None:
            return None
        place_id = order.holder_place_id
        found = self.holding(
            place_id=place_id, category=work.category_id, urgency=urgency or order.urgency, step=step
        )
        agreed = agreed_end(order=order, part=part) if work.state == AGREED else None
        held = soonest(
            found,
            count=lambda rule: self.deadline(
                rule=rule, place_id=place_id, begins=begins, wished_to=order.wished_to, agreed_to=agreed
            ),
        )
        if held is None:
            return None
        _key, rule, due = held
        if work.state == CALLED and order.called_until is not None:
            # How long a call is open says who opens it; what happens then says the limit.
            due = Deadline(begins + (order.called_until - begins) / 2, order.called_until)
        return step, rule, due

    def for_wish(self, *, wish: Any, at: datetime) -> tuple[str, Rule, Deadline] | None:
        """Return the same of a wish; none where nothing waits for the office."""
        step = STEP_OF_WISH.get(wish.state)
        if step is None:
            return None
        return self._since(step, wish.holder_id, category=None, urgency=wish.urgency, begins=at)

    def for_task(self, *, order: Order, task: str, begins: datetime) -> tuple[str, Rule, Deadline] | None:
        """Return by which limit, and until when, something is to be done about an order beside its own way."""
        return self._since(
            task, order.holder_place_id, category=order.category_id, urgency=order.urgency, begins=begins
        )

    def _since(
        self, step: str, place_id: int, *, category: str | None, urgency: str, begins: datetime
    ) -> tuple[str, Rule, Deadline] | None:
        """Return the limit of what nobody wished for at a time of their own."""
        held = soonest(
            self.holding(place_id=place_id, category=category, urgency=urgency, step=step),
            count=lambda rule: self.deadline(rule=rule, place_id=place_id, begins=begins, wished_to=begins),
        )
        if held is None:
            return None
        _key, rule, due = held
        return step, rule, due


def step_of(*, order: Order, part: WorkPart | None) -> str | None:
    """Return what must be done next about an order, or one part of it; nothing where nobody waits for anybody."""
    return STEP_OF_STATE.get(order.state) if part is None else STEP_OF_PART.get(part.state)


_kept: list[Rules] = []


def level_of(*, place_id: int) -> str:
    """Return the kind of a place; of none, nothing is written for its level."""
    return Place.objects.filter(pk=place_id).values_list("kind", flat=True).first() or ""


def rules_now(*, fresh: bool = False) -> Rules:
    """Return what is at hand; `fresh` reads it anew, after a statement found it outdated."""
    rules = None if fresh else next(iter(_kept), None)
    if rules is None:
        rules = _read()
        _kept[:] = [rules]
    return rules


def forget_rules() -> None:
    """Throw away what is at hand: after a change in this process, and between tests."""
    _kept.clear()


def _read() -> Rules:
    with connection.cursor() as cursor:
        # First: what changes while the rest is read is then found outdated, and not taken for this edition.
        cursor.execute(EDITIONS)
        (editions,) = cursor.fetchone()
        cursor.execute(NEWEST)
        written = {
            (place, step, category, level, urgency): Rule(
                limit_id=pk, amount=amount, unit=unit, urgency=urgency, at_end=at_end
            )
            for place, step, category, level, urgency, pk, amount, unit, at_end in cursor.fetchall()
        }
    parents = dict(Category.objects.values_list("code", "parent_id"))
    return Rules(editions=editions, written=written, days=working_day_book(), parents=parents)
