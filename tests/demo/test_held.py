"""Years of activities are written in bulk, and are what the operations would have written."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import Final

import pytest
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from sidan.activities.enums import COMING, OVER, STANDING, EnrolmentState, PostRole
from sidan.activities.models import Activity, ActivityStep, Enrolment, EnrolmentStep, Gathering, Post
from sidan.activities.operations.gathering import service_of
from sidan.activities.policies import is_door_open
from sidan.activities.states import ACTIVITY, ENROLMENT
from sidan.attendance.models import Interval, Mark
from sidan.core.clock import business_date
from sidan.core.scope import everything
from sidan.core.soundness import look_at, rules
from sidan.core.transitions import START, Table
from sidan.core.turns import Turn
from sidan.hours.models import Entry, Occasion
from sidan.web.demo import Size, busy_county, load_county
from sidan.web.demo.held import GUESTS, HELPERS, days_over

TODAY: Final = date(2026, 11, 23)
HELD: Final = 62
SMALL: Final = Size(
    "small", teams=100, volunteers=800, projects=60, orders=80, residents=600, practitioners=30, activities=HELD
)  # fmt: skip


@pytest.fixture(scope="module", autouse=True)
def _county(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic(), everything("a look at what was held"):
        load_county(size=SMALL, today=TODAY)
        yield
        transaction.set_rollback(True)


def held() -> list[Activity]:
    """Return what was written in bulk: a team organises it."""
    return list(Activity.objects.filter(team__isnull=False).select_related("place").order_by("id"))


def walked(steps: Iterable[Turn], table: Table) -> str:
    """Walk through the steps of one thing by its table; return where they end."""
    state = START
    for turn, step in enumerate(steps, start=1):
        assert (step.turn, step.from_state) == (turn, state)
        assert state in table[step.verb].sources
        state = table[step.verb].reached_from(state)
        assert step.to_state == state
    return state


def test_so_many_are_held_in_the_last_month_and_are_over() -> None:
    assert len(held()) == HELD
    days = {business_date(one.span.begins) for one in held()}
    assert days == {date(2026, 10, day) for day in range(1, 32)}
    assert {one.state for one in held()} == OVER
    assert Activity.objects.filter(team=None, state__in=sorted(COMING)).exists()


def test_each_went_through_its_states_one_by_one() -> None:
    for one in held():
        steps = list(ActivityStep.objects.filter(activity=one))
        assert walked(steps, ACTIVITY) == one.state
        assert (len(steps), steps[-1].at) == (one.turn, one.state_since)
    enrolments = Enrolment.objects.filter(activity__in=held())
    for signed in enrolments:
        steps_of = list(EnrolmentStep.objects.filter(enrolment=signed))
        assert walked(steps_of, ENROLMENT) == signed.state
        assert (len(steps_of), steps_of[-1].at) == (signed.turn, signed.state_since)
    assert enrolments.filter(state=EnrolmentState.ABSENT, steps__note__isnull=False).count() == HELD


def test_posts_count_who_stands_at_them() -> None:
    for post in Post.objects.filter(activity__in=held()):
        rows = Enrolment.objects.filter(post=post).order_by("created_at", "id")
        assert post.taken == rows.filter(state__in=sorted(STANDING)).count()
        assert list(rows.values_list("ticket", flat=True)) == list(range(1, post.tickets + 1))


def test_thirty_come_on_average_and_nobody_is_at_two_places_on_a_day() -> None:
    came = defaultdict[int, set[int]](set)
    for gathering in Gathering.objects.filter(activity__in=held()):
        for_it = Mark.objects.filter(cause__in=[gathering.helpers_id, gathering.guests_id])
        came[gathering.activity_id] = set(for_it.values_list("person_id", flat=True))
    counts = [len(people) for people in came.values()]
    assert min(counts) >= HELPERS + GUESTS[0]
    assert max(counts) <= HELPERS + GUESTS[1]
    assert sum(counts) / len(counts) == pytest.approx(30, abs=1)
    days = Counter(
        (person, business_date(one.span.begins)) for one in held() for person in came[one.pk]
    ).values()
    assert max(days) == 1
    absent = Enrolment.objects.filter(activity__in=held(), state=EnrolmentState.ABSENT)
    assert not [one for one in absent if one.person_id in came[one.activity_id]]


def test_whoever_came_did_so_while_the_door_was_open() -> None:
    spans = {one.pk: one.span for one in held()}
    for gathering in Gathering.objects.filter(activity__in=held()):
        for mark in Mark.objects.filter(cause__in=[gathering.helpers_id, gathering.guests_id]):
            span = spans[gathering.activity_id]
            assert is_door_open(state="running", direction=mark.direction, span=span, at=mark.at)


def test_who_helped_has_hours_of_it_as_if_the_clock_had_recorded_them() -> None:
    for one in held():
        cause = Gathering.objects.get(activity=one).helpers
        occasion, told = Occasion.objects.get(cause=cause), service_of(activity=one, at=one.span.ends)
        for said in (
            "title",
            "title_en",
            "content",
            "content_en",
            "place",
            "team",
            "lead",
            "day",
            "ended_at",
        ):
            assert getattr(occasion, said) == getattr(told, said)
        helped = Enrolment.objects.filter(activity=one, post__role=PostRole.VOLUNTEER)
        times = dict(Interval.objects.filter(cause=cause).values_list("person", "during"))
        assert times.keys() == set(helped.values_list("person", flat=True))
        recorded = dict(Entry.objects.filter(occasion=occasion).values_list("person", "during"))
        assert recorded == times


def test_the_rules_of_hours_hold() -> None:
    assert Entry.objects.count() > HELD * HELPERS
    kept = [look_at(rule) for rule in rules() if rule.code.startswith("hours.")]
    assert [(each.rule.code, each.broken) for each in kept if each.broken] == []


def test_three_years_are_thirty_six_months_that_are_over() -> None:
    days = days_over(activities=25_000, today=TODAY)
    assert (days[0], days[-1], len(days)) == (date(2023, 11, 1), date(2026, 10, 31), 1096)
    assert days_over(activities=694, today=date(2026, 3, 1))[0] == date(2026, 2, 1)
    assert len(days_over(activities=1, today=date(2026, 3, 31))) == 28


def test_a_busy_county_is_the_same_however_many_activities() -> None:
    small, large = busy_county(activities=694), busy_county(activities=25_000)
    assert replace(small, activities=0) == replace(large, activities=0)
