"""Days of plans: which a period has, how they are read from a table, and where they are in another period."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sidan.plans.policies import (
    BadDays,
    Days,
    Tally,
    a_year_later,
    moved,
    percent_kept,
    period_around,
    read_days,
)

YEAR = Days(date(2027, 1, 1), date(2027, 12, 31))
DAYS = st.dates(min_value=date(2016, 1, 1), max_value=date(2090, 12, 31))
PERIODS = st.sampled_from(["year", "month", "week"])


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("2027-03-05", (3, 5), (3, 5)),
        ("2027/3/5", (3, 5), (3, 5)),
        ("2027年3月5日", (3, 5), (3, 5)),
        ("3月5日", (3, 5), (3, 5)),
        ("3.5", (3, 5), (3, 5)),
        ("3月", (3, 1), (3, 31)),
        ("2027年2月", (2, 1), (2, 28)),
        ("2027-02", (2, 1), (2, 28)),
        ("3月5日至7日", (3, 5), (3, 7)),
        ("3月5日-4月2日", (3, 5), (4, 2)),
        ("2027-03-05 ~ 2027-03-07", (3, 5), (3, 7)),
        ("2027-03-05 to 2027-03-07", (3, 5), (3, 7)),
        ("2027-03-05/2027-03-07", (3, 5), (3, 7)),
        ("3月至5月", (3, 1), (5, 31)),
        ("2027-03-05 00:00:00", (3, 5), (3, 5)),
    ],
)
def test_days_are_read_as_people_write_them(
    written: str, first: tuple[int, int], last: tuple[int, int]
) -> None:
    assert read_days(written, within=YEAR) == Days(date(2027, *first), date(2027, *last))


@pytest.mark.parametrize(
    "written", ["", "每周四", "2027-13-01", "2月30日", "3月7日至5日", "99999", "a", "1至2至3"]
)
def test_what_names_no_days_is_refused(written: str) -> None:
    with pytest.raises(BadDays):
        read_days(written, within=YEAR)


@given(period=PERIODS, day=DAYS)
def test_a_period_holds_its_day_and_begins_where_the_last_one_ended(period: str, day: date) -> None:
    days = period_around(period, day)
    assert days.first <= day <= days.last
    assert period_around(period, days.first) == period_around(period, days.last) == days


@given(period=PERIODS, day=DAYS, target_day=DAYS, offset=st.integers(0, 365), length=st.integers(0, 40))
def test_what_lies_in_a_plan_lies_in_its_copy(
    period: str, day: date, target_day: date, offset: int, length: int
) -> None:
    source, target = period_around(period, day), period_around(period, target_day)
    size = (source.last - source.first).days + 1
    begin = offset % size
    end = min(begin + length, size - 1)
    days = Days(
        date.fromordinal(source.first.toordinal() + begin), date.fromordinal(source.first.toordinal() + end)
    )
    copied = moved(days, period=period, source=source, target=target)
    assert copied.first <= copied.last
    assert target.holds(copied)
    assert moved(days, period=period, source=source, target=source) == days


def test_a_copy_keeps_whole_months_and_mends_what_is_not_there() -> None:
    leap = period_around("year", date(2028, 1, 1))
    february = Days(date(2027, 2, 1), date(2027, 2, 28))
    assert moved(february, period="year", source=YEAR, target=leap).last == date(2028, 2, 29)
    odd = Days(date(2028, 2, 29), date(2028, 2, 29))
    assert moved(odd, period="year", source=leap, target=YEAR).first == date(2027, 2, 28)


def test_a_year_later_a_week_has_the_same_weekdays() -> None:
    week = period_around("week", date(2026, 11, 25))
    assert a_year_later("week", week) == period_around("week", date(2027, 11, 24))
    assert a_year_later("month", period_around("month", date(2027, 2, 1))).last == date(2028, 2, 29)


def test_more_than_was_meant_does_not_make_up_for_another_line() -> None:
    assert percent_kept([Tally(planned=2, done=5), Tally(planned=2, done=1)]) == 75
    assert percent_kept([]) is None
