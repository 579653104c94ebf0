"""Who has which watch: turns go round. Pure, and the same facts give the same plan.

Whoever had the fewest turns is next; who is away, has promised something else or stands elsewhere at that time is
passed over, and the next takes it. So of those who can always, nobody has two turns more than another.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sidan.rotas.policies.times import Span


@dataclass(frozen=True, slots=True)
class ToFill:
    """A watch that has nobody yet."""

    key: int
    span: Span
    needed: int


@dataclass(frozen=True, slots=True)
class Filled:
    """Who has a watch: people in the order of their seats, and the group whose turn it was, if groups take turns."""

    key: int
    people: tuple[int, ...]
    group: int | None = None


@dataclass(frozen=True, slots=True)
class Crew:
    """Who takes turns: groups in their order, each with its people in theirs, and how often each was on before."""

    groups: Mapping[int, Sequence[int]]
    turns: Mapping[int, int] = field(default_factory=dict)
    group_turns: Mapping[int, int] = field(default_factory=dict)
    by_group: bool = False


def fill(*, watches: Sequence[ToFill], crew: Crew, busy: Mapping[int, Sequence[Span]]) -> list[Filled]:
    """Return who has each watch, the first first; where too few can, fewer have it."""
    turns = {person: crew.turns.get(person, 0) for people in crew.groups.values() for person in people}
    group_turns = {group: crew.group_turns.get(group, 0) for group in crew.groups}
    taken = {person: list(busy.get(person, ())) for person in turns}
    made = []
    for watch in sorted(watches, key=lambda one: (one.span.begins, one.span.ends, one.key)):
        free = {person for person, spans in taken.items() if not any(watch.span.meets(one) for one in spans)}
        order = _order(crew, turns, group_turns)
        people = tuple(person for person in order if person in free)[: watch.needed]
        group = _next_group(crew, group_turns) if crew.by_group else None
        for person in people:
            turns[person] += 1
            taken[person].append(watch.span)
        if group is not None:
            group_turns[group] += 1
        made.append(Filled(watch.key, people, group))
    return made


def _next_group(crew: Crew, group_turns: Mapping[int, int]) -> int | None:
    return min(crew.groups, key=lambda group: group_turns[group], default=None)


def _order(crew: Crew, turns: Mapping[int, int], group_turns: Mapping[int, int]) -> list[int]:
    """Return everybody, who is next first; of as many turns, as they stand in the list."""
    if not crew.by_group:
        everybody = [person for people in crew.groups.values() for person in people]
        return sorted(everybody, key=lambda person: turns[person])
    groups = sorted(crew.groups, key=lambda group: group_turns[group])
    return [person for group in groups for person in sorted(crew.groups[group], key=lambda one: turns[one])]
