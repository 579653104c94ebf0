"""Patterns of every kind, made up by Hypothesis."""

from hypothesis import strategies as st

from sidan.activities.calendar import (
    LAST,
    DaysOfMonth,
    DaysOfWeek,
    Festival,
    Festivals,
    LunarDays,
    Pattern,
    Terms,
    WeekdaysOfMonth,
    market_days,
)
from sidan.core.lunar import Term

months = st.frozensets(st.integers(1, 12))
weekdays = st.frozensets(st.integers(0, 6), min_size=1)
nths = st.frozensets(st.sampled_from([1, 2, 3, 4, 5, LAST]), min_size=1)
numbers = st.frozensets(st.sampled_from([*range(1, 32), LAST]), min_size=1)
lunar_numbers = st.frozensets(st.integers(1, 30), min_size=1)
markets = st.builds(market_days, st.frozensets(st.integers(0, 9), min_size=1))


def patterns() -> st.SearchStrategy[Pattern]:
    """Every kind of pattern, with every part of it."""
    kinds: list[st.SearchStrategy[Pattern]] = [
        st.builds(DaysOfWeek, weekdays=weekdays, since=st.dates(), every=st.integers(1, 52)),
        st.builds(WeekdaysOfMonth, weekday=st.integers(0, 6), nths=nths, months=months),
        st.builds(DaysOfMonth, days=numbers, months=months),
        st.builds(LunarDays, days=lunar_numbers | markets, months=months),
        st.builds(Festivals, st.frozensets(st.sampled_from(Festival), min_size=1)),
        st.builds(Terms, st.frozensets(st.sampled_from(Term), min_size=1)),
    ]
    return st.one_of(kinds)
