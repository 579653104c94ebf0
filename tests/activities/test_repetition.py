"""Repetition as people say it, against RFC 5545, a second calendar and the published feasts."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from dateutil import rrule
from hypothesis import given
from hypothesis import strategies as st

from sidan.activities.calendar import (
    LAST,
    BadPattern,
    BadSeries,
    DaysOfMonth,
    DaysOfWeek,
    Festival,
    Festivals,
    LunarDays,
    Occurrence,
    Otherwise,
    Pattern,
    Series,
    Terms,
    Wanted,
    WeekdaysOfMonth,
    ended_before,
    festival_on,
    market_days,
    next_occurrences,
    occurrences,
    rest_from,
)
from sidan.core.lunar import Term
from tests.second_calendar import told_of

YEARS = range(2024, 2036)
HOLIDAYS_2026 = {date(2026, 10, day) for day in range(1, 8)} | {date(2026, 2, day) for day in range(15, 24)}
MADE_UP_2026 = {date(2026, 9, 20), date(2026, 10, 10), date(2026, 2, 14), date(2026, 2, 28)}
FEASTS = {
    2025: "01-29 02-12 04-04 05-31 08-29 10-06 10-29 01-28",
    2026: "02-17 03-03 04-05 06-19 08-19 09-25 10-18 02-16",
    2027: "02-06 02-20 04-05 06-09 08-08 09-15 10-08 02-05",
    2028: "01-26 02-09 04-04 05-28 08-26 10-03 10-26 01-25",
    2029: "02-13 02-27 04-04 06-16 08-16 09-22 10-16 02-12",
    2030: "02-03 02-17 04-05 06-05 08-05 09-12 10-05 02-02",
}
IN_ORDER = (
    Festival.SPRING,
    Festival.LANTERN,
    Festival.CLEAR_AND_BRIGHT,
    Festival.DRAGON_BOAT,
    Festival.DOUBLE_SEVENTH,
    Festival.MID_AUTUMN,
    Festival.DOUBLE_NINTH,
    Festival.NEW_YEARS_EVE,
)
DAYS_OF_FEASTS = ((1, 1), (1, 15), None, (5, 5), (7, 7), (8, 15), (9, 9), None)
THURSDAYS = DaysOfWeek(weekdays=frozenset({3}), since=date(2026, 1, 1))
days = st.dates(date(2024, 1, 1), date(2035, 12, 31))
near_holidays = st.dates(date(2026, 1, 20), date(2026, 11, 1))
weekdays = st.frozensets(st.integers(0, 6), min_size=1)
months = st.frozensets(st.integers(1, 12))


def is_working(day: date) -> bool:
    return day in MADE_UP_2026 or (day.weekday() < 5 and day not in HOLIDAYS_2026)


def held(series: Series, first: date, last: date) -> list[Occurrence]:
    return occurrences(series, first=first, last=last, is_working=is_working)


def held_days(series: Series, first: date, last: date) -> list[date]:
    return [each.day for each in held(series, first, last)]


def of_rule(rule: rrule.rrule, first: date, last: date) -> list[date]:
    return [each.date() for each in rule.between(noon(first), noon(last), inc=True)]


def noon(day: date) -> datetime:
    return datetime.combine(day, time(12))


@st.composite
def some_series(draw: st.DrawFn) -> Series:
    """A series of any kind around the long holidays of 2026, with exceptions on and off its days."""
    begins = draw(near_holidays)
    patterns: list[st.SearchStrategy[Pattern]] = [
        st.builds(DaysOfWeek, weekdays=weekdays, since=st.just(begins), every=st.integers(1, 2)),
        st.builds(DaysOfMonth, days=st.frozensets(st.sampled_from([1, 2, 5, 8, 20, LAST]), min_size=1)),
        st.builds(LunarDays, days=st.builds(market_days, st.frozensets(st.integers(0, 9), min_size=1))),
    ]
    return Series(
        pattern=draw(st.one_of(patterns)),
        begins=begins,
        until=draw(st.none() | st.integers(0, 60).map(lambda count: begins + timedelta(days=count))),
        times=draw(st.none() | st.integers(1, 12)),
        wanted=draw(st.sampled_from(Wanted)),
        otherwise=draw(st.sampled_from(Otherwise)),
        exceptions=draw(st.dictionaries(near_holidays, st.none() | near_holidays, max_size=6)),
    )


@given(weekdays=weekdays, every=st.integers(1, 6), begins=days, times=st.none() | st.integers(1, 80))
def test_weeks_come_as_rfc_5545_says(
    weekdays: frozenset[int], every: int, begins: date, times: int | None
) -> None:
    rule = rrule.rrule(
        rrule.WEEKLY, dtstart=noon(begins), interval=every, byweekday=sorted(weekdays), count=times
    )
    series = Series(DaysOfWeek(weekdays=weekdays, since=begins, every=every), begins=begins, times=times)
    last = begins + timedelta(days=400)
    assert held_days(series, begins, last) == of_rule(rule, begins, last)


@given(
    weekday=st.integers(0, 6),
    nths=st.frozensets(st.sampled_from([1, 2, 3, 4, 5, LAST]), min_size=1),
    months=months,
    begins=days,
    times=st.none() | st.integers(1, 20),
)
def test_weekdays_of_a_month_come_as_rfc_5545_says(
    weekday: int, nths: frozenset[int], months: frozenset[int], begins: date, times: int | None
) -> None:
    by = [rrule.weekday(weekday, nth) for nth in sorted(nths)]
    rule = rrule.rrule(
        rrule.MONTHLY, dtstart=noon(begins), byweekday=by, bymonth=sorted(months) or None, count=times
    )
    series = Series(WeekdaysOfMonth(weekday=weekday, nths=nths, months=months), begins=begins, times=times)
    last = begins + timedelta(days=900)
    assert held_days(series, begins, last) == of_rule(rule, begins, last)


@given(
    numbers=st.frozensets(st.sampled_from([*range(1, 32), LAST]), min_size=1, max_size=6),
    months=months,
    begins=days,
    length=st.none() | st.integers(0, 700),
)
def test_days_of_a_month_come_as_rfc_5545_says(
    numbers: frozenset[int], months: frozenset[int], begins: date, length: int | None
) -> None:
    end = None if length is None else begins + timedelta(days=length)
    rule = rrule.rrule(
        rrule.MONTHLY, dtstart=noon(begins), bymonthday=sorted(numbers), bymonth=sorted(months) or None,
        until=end and noon(end),
    )  # fmt: skip
    series = Series(DaysOfMonth(days=numbers, months=months), begins=begins, until=end)
    last = begins + timedelta(days=800)
    assert held_days(series, begins, last) == of_rule(rule, begins, last)


@given(begins=days, skipped=st.sets(st.integers(0, 200)), more=st.sets(st.integers(0, 200)))
def test_days_taken_out_and_added_are_those_of_rfc_5545(
    begins: date, skipped: set[int], more: set[int]
) -> None:
    out = {begins + timedelta(days=nth) for nth in skipped - more}
    added = {begins + timedelta(days=nth) for nth in more}
    rule = rrule.rruleset()
    rule.rrule(rrule.rrule(rrule.WEEKLY, dtstart=noon(begins), byweekday=[1, 3]))
    for day in out:
        rule.exdate(noon(day))
    for day in added:
        rule.rdate(noon(day))
    pattern = DaysOfWeek(weekdays=frozenset({1, 3}), since=begins)
    series = Series(pattern, begins=begins, exceptions=dict.fromkeys(out) | {day: day for day in added})
    last = begins + timedelta(days=250)
    told = [each.date() for each in rule.between(noon(begins), noon(last), inc=True)]
    assert held_days(series, begins, last) == told


@pytest.mark.parametrize("year", FEASTS)
def test_every_feast_falls_on_its_published_day_and_only_once_in_a_leap_year(year: int) -> None:
    for festival, told in zip(IN_ORDER, FEASTS[year].split(), strict=True):
        series = Series(Festivals(frozenset({festival})), begins=date(year, 1, 1))
        assert held_days(series, date(year, 1, 1), date(year, 12, 31)) == [
            date.fromisoformat(f"{year}-{told}")
        ]


@pytest.mark.parametrize("year", YEARS)
def test_feasts_are_where_a_second_calendar_has_them(year: int) -> None:
    for day, told in told_of(year).items():
        named = None if told.is_leap else (told.month, told.day)
        feast = next(
            (each for each, of in zip(IN_ORDER, DAYS_OF_FEASTS, strict=True) if of and of == named), None
        )
        if told.term == "清明":
            feast = Festival.CLEAR_AND_BRIGHT
        following = told_of(year).get(day + timedelta(days=1))
        if following and (following.month, following.is_leap, following.day) == (1, False, 1):
            feast = Festival.NEW_YEARS_EVE
        assert festival_on(day) is feast, day


@pytest.mark.parametrize("endings", [{3, 6, 9}, {1, 4, 7}, {2, 5, 8}, {0, 5}])
@pytest.mark.parametrize("year", YEARS)
def test_a_market_is_held_on_lunar_days_that_end_on_its_digits_in_leap_months_too(
    year: int, endings: set[int]
) -> None:
    series = Series(LunarDays(days=market_days(endings)), begins=date(year, 1, 1))
    told = [day for day, each in told_of(year).items() if each.day % 10 in endings]
    assert held_days(series, date(year, 1, 1), date(year, 12, 31)) == told


@given(day=days, month=st.integers(1, 12), number=st.integers(1, 30))
def test_a_lunar_day_of_a_named_month_never_comes_in_the_leap_copy(
    day: date, month: int, number: int
) -> None:
    told = told_of(day.year)[day]
    falls = LunarDays(days=frozenset({number}), months=frozenset({month})).falls_on(day)
    assert falls == ((told.month, told.day, told.is_leap) == (month, number, False))


def test_the_first_and_fifteenth_come_in_the_leap_sixth_month_of_2025() -> None:
    series = Series(LunarDays(days=frozenset({1, 15})), begins=date(2025, 7, 25))
    told = [date(2025, 7, 25), date(2025, 8, 8)]
    assert held_days(series, date(2025, 7, 25), date(2025, 8, 22)) == told


def test_a_term_is_held_on_its_day_in_beijing() -> None:
    series = Series(Terms(frozenset({Term.RAIN_WATER, Term.GRAIN_IN_EAR})), begins=date(2026, 1, 1))
    assert held_days(series, date(2026, 1, 1), date(2026, 12, 31)) == [date(2026, 2, 18), date(2026, 6, 5)]


def test_a_memorial_day_comes_every_year() -> None:
    lei_feng = Series(DaysOfMonth(days=frozenset({5}), months=frozenset({3})), begins=date(2025, 6, 1))
    disabled = Series(
        WeekdaysOfMonth(weekday=6, nths=frozenset({3}), months=frozenset({5})), begins=date(2025, 6, 1)
    )
    assert held_days(lei_feng, date(2025, 1, 1), date(2027, 12, 31)) == [date(2026, 3, 5), date(2027, 3, 5)]
    assert held_days(disabled, date(2025, 1, 1), date(2027, 12, 31)) == [date(2026, 5, 17), date(2027, 5, 16)]


@pytest.mark.parametrize(
    ("otherwise", "told"),
    [
        (Otherwise.SKIPPED, ["09-24", "10-08"]),
        (Otherwise.EARLIER, ["09-24", "09-30", "10-08"]),
        (Otherwise.LATER, ["09-24", "10-08"]),
    ],
)
def test_a_thursday_in_the_holidays_gives_way_as_was_chosen(otherwise: Otherwise, told: list[str]) -> None:
    """1 October is off, and so are all days up to the 7th: what goes later meets the next Thursday and is held once."""
    series = Series(THURSDAYS, begins=date(2026, 9, 20), wanted=Wanted.WORKING, otherwise=otherwise)
    found = held(series, date(2026, 9, 20), date(2026, 10, 10))
    assert [f"{each.day:%m-%d}" for each in found] == told
    assert found[-1].of == date(2026, 10, 8)


def test_a_saturday_that_was_made_a_working_day_gives_way_to_the_next_day_off() -> None:
    saturdays = DaysOfWeek(weekdays=frozenset({5}), since=date(2026, 1, 1))
    series = Series(saturdays, begins=date(2026, 10, 8), wanted=Wanted.OFF, otherwise=Otherwise.LATER)
    found = held(series, date(2026, 10, 8), date(2026, 10, 18))
    assert found == [(date(2026, 10, 10), date(2026, 10, 11)), (date(2026, 10, 17), date(2026, 10, 17))]


def test_what_would_give_way_for_longer_than_two_weeks_is_left_out() -> None:
    series = Series(THURSDAYS, begins=date(2026, 7, 1), wanted=Wanted.WORKING, otherwise=Otherwise.LATER)
    closed = occurrences(
        series, first=date(2026, 7, 1), last=date(2026, 9, 10), is_working=lambda day: day.month not in {7, 8}
    )
    assert [each.of for each in closed] == [date(2026, 8, 20), date(2026, 9, 3), date(2026, 9, 10)]


def test_twelve_evenings_are_twelve_whatever_the_holidays_leave_out() -> None:
    series = Series(THURSDAYS, begins=date(2026, 9, 3), times=6, wanted=Wanted.WORKING)
    told = ["09-03", "09-10", "09-17", "09-24", "10-08", "10-15"]
    assert [f"{day:%m-%d}" for day in held_days(series, date(2026, 9, 1), date(2026, 12, 31))] == told


def test_one_that_is_taken_out_by_hand_is_not_made_up_for() -> None:
    series = Series(THURSDAYS, begins=date(2026, 9, 3), times=3, exceptions={date(2026, 9, 10): None})
    assert held_days(series, date(2026, 9, 1), date(2026, 12, 31)) == [date(2026, 9, 3), date(2026, 9, 17)]


@given(series=some_series())
def test_what_the_rule_holds_is_of_the_sort_that_is_wanted_within_its_ends_and_once_a_day(
    series: Series,
) -> None:
    plain = replace(series, exceptions={})
    found = held(plain, date(2026, 1, 1), date(2027, 6, 30))
    for each in found:
        assert plain.wanted is Wanted.ANY or is_working(each.day) is (plain.wanted is Wanted.WORKING)
        assert plain.has(each.day)
        assert plain.pattern.falls_on(each.of)
    held_on = [each.day for each in found]
    assert held_on == sorted(set(held_on))
    assert len({each.of for each in found}) == len(found)
    assert plain.times is None or len(found) <= plain.times


@given(series=some_series(), first=near_holidays, length=st.integers(0, 60))
def test_a_span_shows_the_same_as_the_whole(series: Series, first: date, length: int) -> None:
    last = first + timedelta(days=length)
    whole = held(series, date(2025, 12, 1), date(2027, 6, 30))
    assert held(series, first, last) == [each for each in whole if first <= each.day <= last]


@given(series=some_series(), cut=near_holidays)
def test_what_a_series_held_stays_as_it_was_when_another_takes_its_place(series: Series, cut: date) -> None:
    if cut <= series.begins:
        with pytest.raises(BadSeries):
            ended_before(series, day=cut)
        return
    ended = held(ended_before(series, day=cut), date(2025, 12, 1), date(2027, 6, 30))
    whole = held(series, date(2025, 12, 1), date(2027, 6, 30))
    assert ended == [each for each in whole if each.day < cut]


@given(series=some_series(), cut=near_holidays)
def test_a_series_cut_in_two_by_the_same_rule_loses_doubles_and_counts_nothing_twice(
    series: Series, cut: date
) -> None:
    if cut <= series.begins:
        return
    whole = held(series, date(2025, 12, 1), date(2027, 6, 30))
    before = held(ended_before(series, day=cut), date(2025, 12, 1), date(2027, 6, 30))
    rest = rest_from(series, day=cut, is_working=is_working)
    if rest is None:
        by_hand = [each for each in whole if each.day >= cut]
        assert all(series.exceptions.get(each.of) == each.day for each in by_hand)
        assert whole == before + by_hand
        return
    assert rest.times is None or rest.times >= 1
    assert whole == before + held(rest, date(2025, 12, 1), date(2027, 6, 30))


@pytest.mark.parametrize("decided", [None, date(2026, 10, 9)])
def test_one_that_would_give_way_into_what_has_ended_stays_as_it_was_decided(decided: date | None) -> None:
    """1 October is off and would be held on 30 September, had it not been left out, or put behind the holidays."""
    series = Series(
        THURSDAYS,
        begins=date(2026, 9, 20),
        wanted=Wanted.WORKING,
        otherwise=Otherwise.EARLIER,
        exceptions={date(2026, 10, 1): decided},
    )
    ended = ended_before(series, day=date(2026, 10, 1))
    assert held_days(ended, date(2026, 9, 1), date(2026, 12, 31)) == [date(2026, 9, 24)]


def test_of_twelve_evenings_so_many_are_left_as_have_not_been() -> None:
    series = Series(THURSDAYS, begins=date(2026, 9, 3), times=6, exceptions={date(2026, 9, 10): None})
    rest = rest_from(series, day=date(2026, 9, 24), is_working=is_working)
    assert rest == Series(THURSDAYS, begins=date(2026, 9, 24), times=3, exceptions={date(2026, 9, 10): None})
    assert rest_from(series, day=date(2026, 10, 9), is_working=is_working) is None
    assert rest_from(series, day=date(2026, 8, 1), is_working=is_working) == series


def test_one_that_was_held_earlier_is_not_held_again_by_the_rest() -> None:
    moved = {date(2026, 10, 8): date(2026, 9, 30)}
    series = Series(THURSDAYS, begins=date(2026, 9, 1), until=date(2026, 10, 20), exceptions=moved)
    rest = rest_from(series, day=date(2026, 10, 2), is_working=is_working)
    assert rest is not None
    assert [each.day for each in held(rest, date(2026, 9, 1), date(2026, 12, 31))] == [date(2026, 10, 15)]


def test_exceptions_are_of_their_day_alone() -> None:
    series = Series(
        THURSDAYS,
        begins=date(2026, 11, 1),
        until=date(2026, 11, 30),
        exceptions={
            date(2026, 11, 5): None,
            date(2026, 11, 7): date(2026, 11, 7),
            date(2026, 11, 26): date(2026, 11, 10),
            date(2026, 12, 1): date(2026, 12, 1),
        },
    )
    found = held(series, date(2026, 11, 1), date(2026, 12, 31))
    assert [(each.of.day, each.day.day) for each in found] == [(7, 7), (26, 10), (12, 12), (19, 19), (1, 1)]


def test_an_exception_stays_where_it_is_when_the_calendar_is_corrected() -> None:
    moved = {date(2026, 10, 1): date(2026, 10, 9)}
    series = Series(
        THURSDAYS, begins=date(2026, 9, 25), until=date(2026, 10, 10), wanted=Wanted.WORKING, exceptions=moved
    )
    before = held(series, date(2026, 9, 1), date(2026, 10, 31))
    after = occurrences(
        series, first=date(2026, 9, 1), last=date(2026, 10, 31), is_working=lambda day: day.weekday() < 5
    )
    assert before == after == [(date(2026, 10, 8), date(2026, 10, 8)), (date(2026, 10, 1), date(2026, 10, 9))]


def test_one_that_is_cancelled_is_not_held_for_the_sake_of_one_that_was_put_on_its_day() -> None:
    series = Series(
        THURSDAYS,
        begins=date(2026, 9, 30),
        until=date(2026, 10, 9),
        wanted=Wanted.WORKING,
        otherwise=Otherwise.LATER,
        exceptions={date(2026, 10, 8): None},
    )
    assert held(series, date(2026, 9, 1), date(2026, 10, 31)) == []


def test_a_series_that_has_ended_has_no_next_and_one_without_an_end_has_as_many_as_asked() -> None:
    ended = Series(THURSDAYS, begins=date(2026, 1, 1), times=3)
    assert next_occurrences(ended, after=date(2026, 1, 15), count=12, is_working=is_working) == []
    without = Series(THURSDAYS, begins=date(2020, 1, 2))
    found = next_occurrences(without, after=date(2026, 1, 1), count=100, is_working=is_working)
    assert [each.day for each in found] == [date(2026, 1, 1) + timedelta(weeks=nth) for nth in range(1, 101)]


@pytest.mark.parametrize(
    ("pattern", "told"),
    [
        (DaysOfMonth(frozenset({29}), frozenset({2})), date(2028, 2, 29)),
        (LunarDays(frozenset({30}), frozenset({12})), date(2030, 2, 2)),
    ],
)
def test_what_comes_once_in_years_is_found(pattern: Pattern, told: date) -> None:
    series = Series(pattern, begins=date(2024, 1, 1))
    assert next_occurrences(series, after=date(2024, 12, 31), count=1, is_working=is_working)[0].day == told


def test_the_calendar_ends_without_noise() -> None:
    series = Series(LunarDays(frozenset({1})), begins=date(2099, 1, 1))
    found = next_occurrences(series, after=date(2100, 12, 1), count=12, is_working=is_working)
    assert [each.day.year for each in found] == [2100]


@pytest.mark.parametrize(
    "wrong",
    [
        {"until": date(2025, 12, 31)},
        {"times": 0},
        {"begins": date(1899, 12, 31)},
        {"begins": date(2101, 1, 1)},
    ],
)
def test_a_series_that_contradicts_itself_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(BadSeries):
        Series(**{"pattern": THURSDAYS, "begins": date(2026, 1, 1)} | wrong)  # type: ignore[arg-type] # on purpose


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        (DaysOfWeek, {"weekdays": frozenset(), "since": date(2026, 1, 1)}),
        (DaysOfWeek, {"weekdays": frozenset({7}), "since": date(2026, 1, 1)}),
        (DaysOfWeek, {"weekdays": frozenset({1}), "since": date(2026, 1, 1), "every": 0}),
        (WeekdaysOfMonth, {"weekday": 7, "nths": frozenset({1})}),
        (WeekdaysOfMonth, {"weekday": 1, "nths": frozenset({6})}),
        (DaysOfMonth, {"days": frozenset({32})}),
        (DaysOfMonth, {"days": frozenset({1}), "months": frozenset({13})}),
        (LunarDays, {"days": frozenset({31})}),
        (LunarDays, {"days": frozenset({LAST})}),
        (Festivals, {"festivals": frozenset()}),
        (Terms, {"terms": frozenset()}),
        (market_days, {"endings": [10]}),
        (market_days, {"endings": []}),
    ],
)
def test_a_pattern_that_names_no_day_is_refused(kind: type, told: dict[str, object]) -> None:
    with pytest.raises(BadPattern):
        kind(**told)
