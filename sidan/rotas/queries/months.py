"""Who was there in a month: each person's turns of a rota, counted, with the reasons of who was not."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from sidan.attendance.enums import Direction
from sidan.attendance.models import Mark
from sidan.attendance.queries import STANDS
from sidan.people.models import Person
from sidan.rotas.enums import DutyState, WatchState
from sidan.rotas.models import Duty, DutyStep, Rota

TOLD_BY = {DutyState.ABSENT: ("answer", "miss"), DutyState.WITHDRAWN: ("withdraw",)}
"""Whose words are the reason why somebody was not there, the better ones first."""


@dataclass(frozen=True, slots=True)
class Reason:
    """On which day somebody was not there, whether that was said before, and why."""

    day: date
    state: str
    words: str


@dataclass(slots=True)
class MonthOf:
    """One person's month on a rota."""

    person: Person
    planned: int = 0
    """All turns they were to have, whatever became of them; not those that the office took back."""
    there: int = 0
    ahead: int = 0
    unsaid: int = 0
    """Over, and nobody has written down whether they came."""
    absent: int = 0
    withdrawn: int = 0
    handed: int = 0
    taken_over: int = 0
    """Of those planned, how many they took over from a colleague."""
    reasons: list[Reason] = field(default_factory=list)


def month_of(*, rota: Rota, first: date, at: datetime) -> list[MonthOf]:
    """Return who had turns of a rota in a month, by name: three queries, however many they are."""
    after = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    rows = list(
        Duty.objects.filter(watch__rota=rota, watch__day__gte=first, watch__day__lt=after)
        .exclude(state=DutyState.TAKEN_OFF).exclude(watch__state=WatchState.OFF)
        .select_related("person", "watch").order_by("during", "id")
    )  # fmt: skip
    came = _came(rows)
    steps = _steps(rows)
    months: dict[int, MonthOf] = {}
    for row in rows:
        month = months.setdefault(row.person_id, MonthOf(row.person))
        _count(month, row, steps[row.pk], has_come=(row.watch.cause_id, row.person_id) in came, at=at)
    return sorted(months.values(), key=lambda one: (one.person.pinyin, one.person.pk))


def _came(rows: Iterable[Duty]) -> set[tuple[int | None, int]]:
    causes = {row.watch.cause_id for row in rows if row.watch.cause_id is not None}
    marks = Mark.objects.filter(STANDS, cause__in=causes, direction=Direction.IN)
    return set(marks.values_list("cause_id", "person_id"))


def _steps(rows: Iterable[Duty]) -> Mapping[int, list[DutyStep]]:
    """Return the steps that tell of swaps and of who was not there, with their words, the last first."""
    verbs = ["take_over", "answer", "miss", "withdraw"]
    found: dict[int, list[DutyStep]] = defaultdict(list)
    ids = [row.pk for row in rows]
    for step in (
        DutyStep.objects.filter(duty__in=ids, verb__in=verbs).select_related("note").order_by("-turn")
    ):
        found[step.duty_id].append(step)
    return found


def _count(month: MonthOf, row: Duty, steps: list[DutyStep], *, has_come: bool, at: datetime) -> None:
    month.planned += 1
    month.taken_over += any(step.verb == "take_over" for step in steps)
    if row.state == DutyState.HANDED:
        month.handed += 1
    elif row.state == DutyState.WITHDRAWN:
        month.withdrawn += 1
    elif row.state == DutyState.ABSENT:
        month.absent += 1
    elif has_come:
        month.there += 1
    elif row.span.ends > at:
        month.ahead += 1
    else:
        month.unsaid += 1
    if row.state in TOLD_BY:
        month.reasons.append(Reason(row.watch.day, row.state, _words(steps, TOLD_BY[DutyState(row.state)])))


def _words(steps: list[DutyStep], verbs: tuple[str, ...]) -> str:
    """Return the words of the last of the better steps that has some."""
    for verb in verbs:
        for step in steps:
            if step.verb == verb and hasattr(step, "note"):
                return str(step.note.words)
    return ""
