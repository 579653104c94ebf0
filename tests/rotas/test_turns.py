"""Turns go round, whoever is away."""

from collections import Counter
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from sidan.rotas.policies import Span
from sidan.rotas.policies.turns import Crew, Filled, ToFill, fill

BEGINS = datetime(2026, 11, 23, 1, tzinfo=UTC)


def watch(nth: int, needed: int = 1, *, hours: int = 3) -> ToFill:
    begins = BEGINS + timedelta(days=nth)
    return ToFill(nth, Span(begins, begins + timedelta(hours=hours)), needed)


def turns_of(made: list[Filled]) -> Counter[int]:
    return Counter(person for one in made for person in one.people)


def test_people_take_turns_one_after_the_other() -> None:
    made = fill(watches=[watch(nth) for nth in range(5)], crew=Crew({1: [7, 8, 9]}), busy={})
    assert [one.people for one in made] == [(7,), (8,), (9,), (7,), (8,)]


def test_groups_take_turns_as_they_are_and_another_group_helps_out() -> None:
    crew = Crew({1: [1, 2, 3, 4], 2: [5, 6, 7, 8]}, by_group=True)
    away = {2: [watch(0).span]}
    made = fill(watches=[watch(nth, 4) for nth in range(3)], crew=crew, busy=away)
    assert [one.group for one in made] == [1, 2, 1]
    assert [set(one.people) for one in made] == [{1, 3, 4, 5}, {5, 6, 7, 8}, {1, 2, 3, 4}]


def test_whoever_is_away_is_passed_over_and_is_next_when_back() -> None:
    made = fill(watches=[watch(nth) for nth in range(3)], crew=Crew({1: [7, 8]}), busy={7: [watch(0).span]})
    assert [one.people for one in made] == [(8,), (7,), (7,)]


def test_where_too_few_can_fewer_have_it() -> None:
    made = fill(watches=[watch(0, 3)], crew=Crew({1: [7, 8]}), busy={8: [watch(0).span]})
    assert made == [Filled(0, (7,))]


def test_nobody_is_on_two_watches_that_overlap() -> None:
    long, short = watch(0, hours=5), ToFill(9, watch(0).span, 1)
    made = fill(watches=[long, short], crew=Crew({1: [7]}), busy={})
    assert sum(turns_of(made).values()) == 1


people = st.integers(min_value=1, max_value=8)
needs = st.lists(st.integers(min_value=1, max_value=4), min_size=1, max_size=30)
absences = st.dictionaries(people, st.sets(st.integers(min_value=0, max_value=29), max_size=10), max_size=5)


@given(number=people, needed=needs, away=absences, before=st.integers(min_value=0, max_value=3))
def test_of_those_who_can_always_nobody_has_two_turns_more(
    number: int, needed: list[int], away: dict[int, set[int]], before: int
) -> None:
    everybody = list(range(1, number + 1))
    watches = [watch(nth, many) for nth, many in enumerate(needed)]
    busy = {person: [watch(nth).span for nth in days] for person, days in away.items()}
    crew = Crew({1: everybody}, turns=dict.fromkeys(everybody, before))
    made = fill(watches=watches, crew=crew, busy=busy)
    always = [person for person in everybody if not away.get(person)]
    turns = turns_of(made)
    if always:
        assert max(turns[one] for one in always) - min(turns[one] for one in always) <= 1
    assert made == fill(watches=watches[::-1], crew=crew, busy=busy)
    for one, many in zip(made, needed, strict=True):
        free = [person for person in everybody if one.key not in away.get(person, ())]
        assert len(one.people) == min(many, len(free))
        assert set(one.people) <= set(free)
        assert len(set(one.people)) == len(one.people)


spans = st.lists(
    st.tuples(st.integers(min_value=0, max_value=40), st.integers(min_value=1, max_value=9)),
    min_size=1,
    max_size=15,
)


@given(number=people, told=spans, by_group=st.booleans())
def test_whatever_overlaps_nobody_stands_twice(
    number: int, told: list[tuple[int, int]], by_group: bool
) -> None:
    watches = [
        ToFill(nth, Span(BEGINS + timedelta(hours=begin), BEGINS + timedelta(hours=begin + long)), 2)
        for nth, (begin, long) in enumerate(told)
    ]
    half = number // 2
    groups = {1: list(range(half)), 2: list(range(half, number))}
    made = fill(watches=watches, crew=Crew(groups, by_group=by_group), busy={})
    stands: dict[int, list[Span]] = {}
    for one in made:
        for person in one.people:
            span = watches[one.key].span
            assert not any(span.meets(other) for other in stands.get(person, ()))
            stands.setdefault(person, []).append(span)
    if by_group:
        counted = Counter(one.group for one in made)
        assert abs(counted[1] - counted[2]) <= 1
