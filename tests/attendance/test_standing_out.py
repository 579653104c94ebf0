"""Which times stand out: rules over who was where from when to when."""

import random
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sidan.attendance.policies.standing_out import (
    ALIKE,
    COUNTY,
    DEFAULTS,
    LATE,
    LONG_DAY,
    NIGHT,
    ONLY_TOLD,
    PARENT,
    SELF,
    TWO_PLACES,
    Finding,
    Limits,
    Span,
    covered,
    findings,
    read_limits,
    tier_of,
    touches_night,
)

ZONE = ZoneInfo("Asia/Shanghai")
NINE = datetime(2026, 11, 2, 9, tzinfo=ZONE)
MINUTES = st.integers(min_value=0, max_value=3 * 24 * 60)
HOURS = st.integers(min_value=0, max_value=23)
LENGTHS = st.integers(min_value=1, max_value=20 * 60)


def span(
    key: int, begins: float, minutes: float, *, person: int = 1, team: int = 1, told: bool = False
) -> Span:
    """A visit so many minutes after nine in the morning."""
    since = NINE + timedelta(minutes=begins)
    return Span(
        key, person, team, since.astimezone(UTC), since.astimezone(UTC) + timedelta(minutes=minutes), told
    )


@st.composite
def days_of_visits(draw: st.DrawFn) -> list[Span]:
    count = draw(st.integers(min_value=0, max_value=9))
    few = st.integers(min_value=1, max_value=2)
    return [
        span(key, draw(MINUTES), draw(LENGTHS), person=draw(few), team=draw(few), told=draw(st.booleans()))
        for key in range(count)
    ]


def kinds(spans: list[Span]) -> list[str]:
    return [found.kind for found in findings(spans=spans, zone=ZONE)]


def of(kind: str, spans: list[Span]) -> list[Finding]:
    return [found for found in findings(spans=spans, zone=ZONE) if found.kind == kind]


@given(days_of_visits(), st.randoms())
def test_the_order_in_which_times_were_told_does_not_matter(spans: list[Span], chance: random.Random) -> None:
    mixed = list(spans)
    chance.shuffle(mixed)
    assert findings(spans=mixed, zone=ZONE) == findings(spans=spans, zone=ZONE)


@given(days_of_visits())
def test_two_places_are_found_exactly_where_somebodys_times_overlap(spans: list[Span]) -> None:
    overlap = {
        one.person_id
        for one in spans
        for other in spans
        if one.key != other.key and one.person_id == other.person_id
        and one.begins < other.ends and other.begins < one.ends
    }  # fmt: skip
    found = of(TWO_PLACES, spans)
    assert {each.spans[0].person_id for each in found} == overlap
    assert all(each.spans[1].begins < each.spans[0].ends for each in found)


@given(days_of_visits())
def test_what_overlaps_counts_once_and_nothing_is_lost(spans: list[Span]) -> None:
    total = covered(spans)
    assert total <= sum((one.ends - one.begins for one in spans), timedelta(0))
    minutes = {
        one.begins + timedelta(minutes=minute)
        for one in spans
        for minute in range(int((one.ends - one.begins) / timedelta(minutes=1)))
    }
    assert total == timedelta(minutes=len(minutes))


@given(st.integers(min_value=0, max_value=24 * 60))
def test_more_of_a_day_is_agreed_to_higher_up(minutes: int) -> None:
    tiers = [SELF, PARENT, COUNTY]
    amount = timedelta(minutes=minutes)
    assert tiers.index(tier_of(amount=amount)) == (amount > DEFAULTS.at_once) + (amount > DEFAULTS.by_parent)


@given(MINUTES, LENGTHS, st.tuples(HOURS, HOURS).filter(lambda ends: ends[0] != ends[1]))
def test_a_night_is_touched_where_any_minute_of_a_visit_lies_in_it(
    begins: int, minutes: int, night: tuple[int, int]
) -> None:
    first, last = night
    visit = span(1, begins, minutes)
    limits = Limits(night_begins=time(first), night_ends=time(last))
    hours = {(visit.begins + timedelta(minutes=past)).astimezone(ZONE).hour for past in range(minutes)}
    dark = {hour % 24 for hour in range(first, last if last > first else last + 24)}
    assert touches_night(visit, zone=ZONE, limits=limits) == bool(hours & dark)


def test_a_long_day_is_of_one_person_and_one_day() -> None:
    day = [span(1, 0, 300), span(2, 310, 250)]
    assert [(found.amount, found.spans) for found in of(LONG_DAY, day)] == [
        (timedelta(minutes=550), tuple(day))
    ]
    assert of(LONG_DAY, [span(1, 0, 300), span(2, 310, 250, person=2)]) == []
    assert of(LONG_DAY, [span(1, 0, 300), span(2, 24 * 60, 250)]) == []


def test_visits_all_alike_are_five_at_least_and_differ_by_no_minute() -> None:
    alike = [span(key, key * 24 * 60, 60) for key in range(DEFAULTS.alike)]
    assert [found.amount for found in of(ALIKE, alike)] == [timedelta(hours=1)]
    assert of(ALIKE, alike[1:]) == []
    assert of(ALIKE, [*alike, span(9, 30 * 24 * 60, 61)]) == []


def test_a_team_that_only_types_in_has_no_time_with_proof() -> None:
    told = [span(key, key * 24 * 60, 50 + key, person=key, told=True) for key in range(DEFAULTS.alike)]
    assert kinds(told) == [ONLY_TOLD]
    assert kinds([*told, span(9, 30, 40, person=9)]) == []


def test_a_quiet_morning_stands_out_in_nothing() -> None:
    assert kinds([span(1, 0, 60), span(2, 60, 45)]) == []
    assert kinds([span(1, 14 * 60, 30)]) == [NIGHT]


def test_a_time_by_hand_is_late_after_more_than_the_days_set() -> None:
    visit = span(1, 0, 60)
    assert of(LATE, [replace(visit, late_by=DEFAULTS.late)]) == []
    late = replace(visit, late_by=DEFAULTS.late + timedelta(minutes=1))
    assert [found.spans for found in of(LATE, [late])] == [(late,)]


def test_a_county_sets_the_numbers() -> None:
    limits = read_limits(hours="1.5,2", night="08:00-10:00", alike=2, late_days=0)
    spans = [span(1, 0, 100), replace(span(2, 24 * 60, 100), late_by=timedelta(hours=1))]
    found = findings(spans=spans, zone=ZONE, limits=limits)
    assert {one.kind for one in found} == {LONG_DAY, NIGHT, ALIKE, LATE}
    assert {one.tier for one in found if one.kind == LONG_DAY} == {PARENT}
    assert read_limits(hours="8,12", night="22:00-05:00", alike=5, late_days=3) == DEFAULTS


@pytest.mark.parametrize(
    ("hours", "night", "alike", "late_days"),
    [
        ("12,8", "22:00-05:00", 5, 3),
        ("8", "22:00-05:00", 5, 3),
        ("0,8", "22:00-05:00", 5, 3),
        ("8,nan", "22:00-05:00", 5, 3),
        ("8,25", "22:00-05:00", 5, 3),
        ("8,12", "22:00", 5, 3),
        ("8,12", "22:00-22:00", 5, 3),
        ("8,12", "22:00-05:00", 1, 3),
        ("8,12", "22:00-05:00", 5, -1),
    ],
)
def test_numbers_that_cannot_be_meant_are_refused(hours: str, night: str, alike: int, late_days: int) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_limits(hours=hours, night=night, alike=alike, late_days=late_days)
