"""Working days and hours, by property: whatever the calendar, a time limit is never over on a day off."""

from datetime import date, datetime, time, timedelta

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from sidan.core.clock import BUSINESS_ZONE
from sidan.core.moments import Counted, left_words
from sidan.places.operations import read_national_days
from sidan.places.working_time import NoWorkingDay, WorkingTime, read_hours

HOURS = read_hours("08:30-12:00,14:30-17:30")
AS_PUBLISHED = WorkingTime(
    parts=HOURS, other_days={each.day: each.kind == "works" for each in read_national_days()}
)
FIRST, LAST = date(2025, 1, 1), date(2027, 12, 1)
# Hypothesis wants the bounds without a zone and adds it.
BEGIN, END = (datetime.combine(day, time()) for day in (FIRST, LAST))
moments = st.datetimes(min_value=BEGIN, max_value=END, timezones=st.just(BUSINESS_ZONE))
calendars = st.one_of(
    st.just(AS_PUBLISHED),
    st.dictionaries(st.dates(FIRST, LAST), st.booleans(), max_size=60).map(
        lambda days: WorkingTime(HOURS, days)
    ),
)
spans = st.timedeltas(min_value=timedelta(0), max_value=timedelta(hours=130))


def moment(told: str) -> datetime:
    return datetime.fromisoformat(told).replace(tzinfo=BUSINESS_ZONE)


def at(day: str, clock: str = "10:00") -> datetime:
    return datetime.combine(date.fromisoformat(day), time.fromisoformat(clock), tzinfo=BUSINESS_ZONE)


@pytest.mark.parametrize(
    ("begins", "days", "ends"),
    [
        ("2025-01-24", 1, "2025-01-26"),  # the Sunday before Spring Festival
        ("2025-01-27", 2, "2025-02-06"),  # eight days later
        ("2025-09-27", 1, "2025-09-28"),
        ("2025-09-30", 2, "2025-10-10"),
        ("2025-10-10", 1, "2025-10-11"),  # the Saturday that is worked for National Day
        ("2025-12-31", 1, "2026-01-04"),  # over the year: New Year, then the Sunday worked for it
        ("2025-12-25", 10, "2026-01-09"),
        ("2026-11-19", 1, "2026-11-20"),  # Thursday to Friday
        ("2026-11-20", 1, "2026-11-23"),  # Friday to Monday
        ("2026-11-21", 1, "2026-11-23"),  # what arrives on a Saturday is a Monday's
        ("2026-09-30", 1, "2026-10-08"),  # over the National Day
        ("2026-10-09", 1, "2026-10-10"),  # the Saturday that is worked for it
        ("2026-02-13", 2, "2026-02-24"),  # the Saturday before Spring Festival, then the first day after it
        ("2026-04-30", 10, "2026-05-18"),
        ("2027-02-04", 1, "2027-02-09"),
    ],
)
def test_working_days_are_counted_as_offices_count_them(begins: str, days: int, ends: str) -> None:
    assert AS_PUBLISHED.after_working_days(at(begins), days) == at(ends, "17:30")


def test_working_hours_stop_at_noon_at_night_and_on_days_off() -> None:
    friday = at("2026-11-20", "11:00")
    assert AS_PUBLISHED.after_working_time(friday, timedelta(hours=1)) == at("2026-11-20", "12:00")
    assert AS_PUBLISHED.after_working_time(friday, timedelta(hours=2)) == at("2026-11-20", "15:30")
    assert AS_PUBLISHED.after_working_time(friday, timedelta(hours=5)) == at("2026-11-23", "09:30")


@given(calendar=calendars, now=moments, days=st.integers(1, 12), ago=st.integers(0, 60 * 24))
def test_what_began_before_is_over_and_what_began_since_is_not(
    calendar: WorkingTime, now: datetime, days: int, ago: int
) -> None:
    since, began = calendar.still_running_since(now, days), now - timedelta(hours=ago)
    assert (began < since) == (calendar.after_working_days(began, days) <= now)


@given(calendars, moments, st.integers(1, 30))
def test_no_working_day_ends_on_a_day_off(calendar: WorkingTime, begins: datetime, days: int) -> None:
    ends = calendar.after_working_days(begins, days)
    assert calendar.works_on(ends.date())
    assert ends.time() == time(17, 30)
    counted = [
        begins.date() + timedelta(days=passed)
        for passed in range(1, (ends.date() - begins.date()).days + 1)
        if calendar.works_on(begins.date() + timedelta(days=passed))
    ]
    assert len(counted) == days


@given(calendars, moments, moments, st.integers(1, 30))
def test_who_begins_later_ends_no_earlier(
    calendar: WorkingTime, one: datetime, other: datetime, days: int
) -> None:
    one, other = sorted([one, other])
    assert calendar.after_working_days(one, days) <= calendar.after_working_days(other, days)
    assert calendar.after_working_days(one, days) < calendar.after_working_days(one, days + 1)


@given(calendars, moments, spans, spans)
def test_more_working_time_ends_no_earlier(
    calendar: WorkingTime, begins: datetime, one: timedelta, other: timedelta
) -> None:
    one, other = sorted([one, other])
    assert calendar.after_working_time(begins, one) <= calendar.after_working_time(begins, other)


@given(calendars, moments, spans)
def test_working_time_is_measured_as_it_was_added(
    calendar: WorkingTime, begins: datetime, span: timedelta
) -> None:
    ends = calendar.after_working_time(begins, span)
    assert calendar.working_time_between(begins, ends) == span
    assert calendar.works_on(ends.date())
    assert any(opens <= ends.time() <= shuts for opens, shuts in HOURS)


@given(calendars, moments, st.integers(1, 30))
def test_at_half_time_half_of_the_office_hours_are_left(
    calendar: WorkingTime, begins: datetime, days: int
) -> None:
    ends = calendar.after_working_days(begins, days)
    half = calendar.half_way(begins, ends)
    assert begins <= half <= ends
    left = calendar.working_time_between(half, ends)
    assert abs(left - calendar.working_time_between(begins, half)) <= timedelta(microseconds=1)


def test_a_calendar_that_never_works_is_refused() -> None:
    never = WorkingTime(HOURS, {FIRST + timedelta(days=number): False for number in range(4000)})
    with pytest.raises(NoWorkingDay):
        never.after_working_days(at("2026-01-05"), 1)
    with pytest.raises(NoWorkingDay):
        WorkingTime(parts=()).after_working_time(at("2026-01-05"), timedelta(hours=1))


@pytest.mark.parametrize("told", ["", "8-12", "12:00-08:30", "08:30-12:00,11:00-17:00", "08:30-08:30"])
def test_office_hours_that_cannot_be_are_refused(told: str) -> None:
    with pytest.raises(ValueError):
        read_hours(told)


@pytest.mark.parametrize(
    ("now", "due", "left"),
    [
        ("2026-09-30T17:00", "2026-10-08T17:30", 1),
        ("2026-10-03T12:00", "2026-10-08T17:30", 1),
        ("2026-10-08T09:00", "2026-10-08T17:30", 0),
        ("2026-09-29T09:00", "2026-10-08T17:30", 2),
    ],
)
def test_a_holiday_is_no_day_that_is_left(now: str, due: str, left: int) -> None:
    assert AS_PUBLISHED.working_days_left(moment(now), moment(due)) == left


@pytest.mark.parametrize(
    ("now", "over"),
    [("2026-10-05T12:00", 0), ("2026-10-08T08:30", 0), ("2026-10-08T17:30", 1), ("2026-10-09T09:00", 1)],
)
def test_a_holiday_is_no_day_by_which_one_is_late(now: str, over: int) -> None:
    assert AS_PUBLISHED.working_days_over(moment("2026-09-30T17:30"), moment(now)) == over


@pytest.mark.parametrize(
    ("now", "due", "in_days", "chinese", "english"),
    [
        ("2026-09-30T17:00", "2026-10-08T17:30", True, "还剩 1 个工作日", "1 working day left"),
        ("2026-09-30T17:30:30", "2026-09-30T17:30", True, "已超时 不到 1 分钟", "overdue by under a minute"),
        ("2026-10-03T10:00", "2026-09-30T17:30", True, "已超时", "overdue"),
        ("2026-10-08T08:30", "2026-09-30T17:30", False, "已超时", "overdue"),
        (
            "2026-10-08T10:15",
            "2026-09-30T17:30",
            True,
            "已超时 1 个工作小时 45 分钟",
            "overdue by 1 office hour 45 minutes",
        ),
        ("2026-10-02T12:00", "2026-10-04T12:00", True, "还剩 2 天", "2 days left"),
        ("2026-10-09T10:00", "2026-09-30T17:30", True, "已超时 1 个工作日", "overdue by 1 working day"),
        ("2026-10-08T11:00", "2026-10-08T17:30", True, "还剩 4 个工作小时", "4 office hours left"),
        ("2026-09-30T17:00", "2026-10-08T10:00", False, "还剩 2 个工作小时", "2 office hours left"),
        (
            "2026-09-30T17:00",
            "2026-10-08T09:45",
            False,
            "还剩 1 个工作小时 45 分钟",
            "1 office hour 45 minutes left",
        ),
    ],
)
def test_what_is_left_is_told_as_the_office_counts_it(
    now: str, due: str, in_days: bool, chinese: str, english: str
) -> None:
    counted = Counted(AS_PUBLISHED, in_days=in_days)
    for language, words in (("zh-hans", chinese), ("en", english)):
        with override(language):
            assert left_words(moment(due), now=moment(now), counted=counted) == words
