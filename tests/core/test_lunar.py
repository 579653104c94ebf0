"""The Chinese calendar against a second source, and against the days that are published."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from sidan.core.lunar import Term, first_of_year, is_last_of_year, lunar_day, term_on
from tests.second_calendar import days_of, told_of

YEARS = range(2024, 2036)
"""2033 is among them, whose leap month many calendars had wrong."""
IN_CHINESE = """
小寒 大寒 立春 雨水 惊蛰 春分 清明 谷雨 立夏 小满 芒种 夏至 小暑 大暑 立秋 处暑 白露 秋分 寒露 霜降 立冬 小雪 大雪 冬至
"""
TERMS_OF_2026 = """
1-5 1-20 2-4 2-18 3-5 3-20 4-5 4-20 5-5 5-21 6-5 6-21
7-7 7-23 8-7 8-23 9-7 9-23 10-8 10-23 11-7 11-22 12-7 12-22
"""
TERMS_OF_2027 = """
1-5 1-20 2-4 2-19 3-6 3-21 4-5 4-20 5-6 5-21 6-6 6-21
7-7 7-23 8-8 8-23 9-8 9-23 10-8 10-23 11-7 11-22 12-7 12-22
"""


@pytest.mark.parametrize("year", YEARS)
def test_every_day_of_a_year_is_the_day_that_a_second_source_says(year: int) -> None:
    for day, told in told_of(year).items():
        found = lunar_day(day)
        assert (found.year, found.month, found.is_leap, found.day) == told[:4], day


@pytest.mark.parametrize("year", YEARS)
def test_every_year_has_its_terms_on_the_days_that_a_second_source_says(year: int) -> None:
    told = [(day, each.term) for day, each in told_of(year).items() if each.term]
    names = dict(zip(Term, IN_CHINESE.split(), strict=True))
    assert [(day, names[term]) for day in days_of(year) if (term := term_on(day))] == told


@pytest.mark.parametrize(("year", "published"), [(2026, TERMS_OF_2026), (2027, TERMS_OF_2027)])
def test_terms_minutes_before_midnight_stay_on_their_day(year: int, published: str) -> None:
    """雨水 and 芒种 of 2026 begin at 23:51 and 23:48 in Beijing."""
    assert [f"{day.month}-{day.day}" for day in days_of(year) if term_on(day)] == published.split()


@pytest.mark.parametrize(
    ("year", "month", "day"),
    [(2025, 1, 29), (2026, 2, 17), (2027, 2, 6), (2028, 1, 26), (2029, 2, 13), (2030, 2, 3)],
)
def test_the_year_begins_and_ends_on_the_published_days(year: int, month: int, day: int) -> None:
    first = date(year, month, day)
    assert first_of_year(year) == first
    assert is_last_of_year(first - timedelta(days=1))
    assert not is_last_of_year(first)


@pytest.mark.parametrize("year", range(1901, 2101))
def test_the_tables_of_two_years_agree_where_they_meet(year: int) -> None:
    """Each is made from three years of the library: no day may be missed or told twice around a new year."""
    before = lunar_day(date(year - 1, 12, 1))
    for nth in range(1, 62):
        found = lunar_day(date(year - 1, 12, 1) + timedelta(days=nth))
        goes_on = replace(before, day=before.day + 1)
        next_month = found.month == before.month % 12 + 1 or (found.is_leap and found.month == before.month)
        assert found == goes_on or (found.day == 1 and before.day in {29, 30} and next_month)
        before = found


@pytest.mark.parametrize("day", [date(1899, 6, 1), date(2101, 6, 1)])
def test_a_year_that_the_calendar_is_not_kept_for_is_refused(day: date) -> None:
    for asked in (lunar_day, term_on, is_last_of_year):
        with pytest.raises(ValueError, match="1900 to 2100"):
            asked(day)


def test_the_last_day_that_it_is_kept_for_can_be_asked_about() -> None:
    assert not is_last_of_year(date(2100, 12, 31))
    assert lunar_day(date(2100, 12, 31)).year == 2100
