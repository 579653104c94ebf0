"""Whose turn it is, and which numbers stalls get."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from sidan.fairs.policies import Stood, by_turn, next_numbers
from sidan.fairs.states import STALLHOLDER

DAYS = st.none() | st.dates(date(2022, 1, 1), date(2026, 12, 31))
ROWS = st.lists(
    st.builds(Stood, place_id=st.integers(1, 99), last=DAYS, times=st.integers(0, 9)), max_size=20
)


def test_who_never_stood_comes_first_and_then_who_stood_longest_ago() -> None:
    rows = [
        Stood(1, date(2026, 10, 3), 4),
        Stood(2),
        Stood(3, date(2026, 3, 7), 9),
        Stood(4, date(2026, 10, 3), 2),
        Stood(5),
    ]
    assert [row.place_id for row in by_turn(rows)] == [2, 5, 3, 4, 1]


@given(ROWS)
def test_nobody_waits_behind_who_stood_earlier(rows: list[Stood]) -> None:
    turns = by_turn(rows)
    assert sorted(map(repr, turns)) == sorted(map(repr, rows))
    days = [row.last for row in turns]
    never = days.count(None)
    assert days[:never] == [None] * never
    told = [day for day in days[never:] if day]
    assert told == sorted(told)


@given(st.sets(st.integers(1, 200)), st.integers(1, 60))
def test_new_numbers_follow_the_highest_and_none_is_given_twice(taken: set[int], count: int) -> None:
    numbers = next_numbers(taken=taken, count=count)
    assert len(set(numbers)) == count
    assert not taken & set(numbers)
    assert numbers[0] == max(taken, default=0) + 1


def test_what_was_marked_wrong_is_given_as_before() -> None:
    assert STALLHOLDER["unmark"].sources == frozenset({"came", "absent"})
    assert STALLHOLDER["unmark"].target == "given"
