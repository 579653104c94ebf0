"""Patterns as JSON: what is written is read again, and what cannot be read says why and where."""

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sidan.activities.calendar import (
    LAST,
    BadPattern,
    DaysOfMonth,
    DaysOfWeek,
    Festival,
    Festivals,
    LunarDays,
    Pattern,
    Terms,
    WeekdaysOfMonth,
    endings_of,
    market_days,
    pattern_of,
    written,
)
from sidan.core.lunar import Term
from tests.activities.patterns import patterns

anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
kinds = st.sampled_from(["week", "nth_weekday", "month", "lunar", "feasts", "terms"])
parts = st.sampled_from(["days", "every", "since", "weekday", "nths", "months", "names", "other"])
some_days = st.frozensets(st.integers(1, 30), min_size=1)


@given(pattern=patterns())
def test_what_is_written_is_read_as_the_same_pattern(pattern: Pattern) -> None:
    assert pattern_of(json.loads(json.dumps(written(pattern)))) == pattern


@given(told=anything | st.dictionaries(kinds, st.dictionaries(parts, anything, max_size=4), min_size=1))
def test_whatever_is_sent_is_read_or_refused_with_a_reason(told: Any) -> None:
    refused = None
    try:
        assert pattern_of(written(pattern_of(told))) == pattern_of(told)
    except BadPattern as error:
        refused = error
    codes = {"no_day", "unknown_kind", "unknown_part", "missing_part", "unreadable"}
    assert refused is None or (refused.code in codes and refused.told)


@pytest.mark.parametrize(
    ("pattern", "told"),
    [
        (
            DaysOfWeek(frozenset({3}), since=date(2026, 1, 1)),
            {"week": {"days": [3], "since": "2026-01-01"}},
        ),
        (
            DaysOfWeek(frozenset({5, 0}), since=date(2026, 1, 1), every=2),
            {"week": {"days": [0, 5], "every": 2, "since": "2026-01-01"}},
        ),
        (WeekdaysOfMonth(2, frozenset({4})), {"nth_weekday": {"weekday": 2, "nths": [4]}}),
        (
            WeekdaysOfMonth(6, frozenset({3}), frozenset({5})),
            {"nth_weekday": {"weekday": 6, "nths": [3], "months": [5]}},
        ),
        (DaysOfMonth(frozenset({15, LAST})), {"month": {"days": [-1, 15]}}),
        (DaysOfMonth(frozenset({5}), frozenset({3})), {"month": {"days": [5], "months": [3]}}),
        (LunarDays(frozenset({15, 1})), {"lunar": {"days": [1, 15]}}),
        (
            Festivals(frozenset({Festival.DOUBLE_NINTH, Festival.SPRING})),
            {"feasts": {"names": ["spring", "double_ninth"]}},
        ),
        (
            Terms(frozenset({Term.GRAIN_IN_EAR, Term.RAIN_WATER})),
            {"terms": {"names": ["rain_water", "grain_in_ear"]}},
        ),
    ],
)
def test_a_pattern_is_written_so_and_stays_so(pattern: Pattern, told: dict[str, Any]) -> None:
    """Rows keep these words for years: a change here needs a migration of the rows."""
    assert written(pattern) == told
    assert pattern_of(told) == pattern


@pytest.mark.parametrize(
    ("told", "code", "where"),
    [
        (None, "unreadable", ""),
        ([], "unreadable", ""),
        ("week", "unreadable", ""),
        ({}, "unreadable", ""),
        ({"month": {"days": [1]}, "lunar": {"days": [1]}}, "unreadable", ""),
        ({"fortnight": {}}, "unknown_kind", ""),
        ({"month": [1]}, "unreadable", "/month"),
        ({"month": {"days": [1], "hour": 9}}, "unknown_part", "/month"),
        ({"week": {"days": [3]}}, "missing_part", "/week/since"),
        ({"month": {}}, "missing_part", "/month/days"),
        ({"month": {"days": 15}}, "unreadable", "/month/days"),
        ({"month": {"days": ["15"]}}, "unreadable", "/month/days"),
        ({"month": {"days": [True]}}, "unreadable", "/month/days"),
        ({"month": {"days": [1.0]}}, "unreadable", "/month/days"),
        ({"month": {"days": [1], "months": None}}, "unreadable", "/month/months"),
        ({"nth_weekday": {"weekday": "2", "nths": [4]}}, "unreadable", "/nth_weekday/weekday"),
        ({"week": {"days": [3], "since": "20260101"}}, "unreadable", "/week/since"),
        ({"week": {"days": [3], "since": "2026-W01-4"}}, "unreadable", "/week/since"),
        ({"week": {"days": [3], "since": "2026-02-30"}}, "unreadable", "/week/since"),
        ({"week": {"days": [3], "since": 20260101}}, "unreadable", "/week/since"),
        ({"feasts": {"names": "spring"}}, "unreadable", "/feasts/names"),
        ({"feasts": {"names": ["christmas"]}}, "unreadable", "/feasts/names"),
        ({"terms": {"names": [1]}}, "unreadable", "/terms/names"),
        ({"month": {"days": []}}, "no_day", "/month"),
        ({"month": {"days": [32]}}, "no_day", "/month"),
        ({"month": {"days": [10**40]}}, "no_day", "/month"),
        ({"week": {"days": [3], "every": 0, "since": "2026-01-01"}}, "no_day", "/week"),
        ({"week": {"days": [3], "every": 53, "since": "2026-01-01"}}, "no_day", "/week"),
        ({"terms": {"names": []}}, "no_day", "/terms"),
    ],
)
def test_what_cannot_be_read_says_why_and_where(told: Any, code: str, where: str) -> None:
    with pytest.raises(BadPattern) as refused:
        pattern_of(told)
    assert (refused.value.code, refused.value.where) == (code, where)


@given(endings=st.frozensets(st.integers(0, 9), min_size=1))
def test_market_days_are_known_again_by_their_endings(endings: frozenset[int]) -> None:
    assert endings_of(market_days(endings)) == endings


@given(days=some_days)
def test_days_that_are_no_market_have_no_endings(days: frozenset[int]) -> None:
    assert not endings_of(days) or market_days(endings_of(days)) == days
    assert not endings_of(frozenset({1, 15}))
