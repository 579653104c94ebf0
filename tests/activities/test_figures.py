"""Figures of activities: what was held, who came and how many heads were counted, exact after every correction."""

from datetime import datetime
from functools import partial

import pytest
from django.urls import reverse

from sidan.activities import operations, queries
from sidan.activities.models import Activity, HeadCount
from sidan.analytics.models import Rollup
from sidan.analytics.operations import catch_up, rebuild
from sidan.analytics.policies import Period
from sidan.analytics.queries import place_figures
from sidan.attendance.models import Mark
from tests.activities.test_activities import announced, at
from tests.activities.test_door import by_code, by_scan, end, fresh, helping
from tests.activities.test_enrolment import HELP, post_of
from tests.activities.test_series import PLAN, RULE, THURSDAYS, begun, made_on
from tests.cast import Cast, Someone
from tests.figures import (
    ALL,
    Numbers,
    all_counters,
    counted_directly,
    directly_counted_of,
    not_nothing,
)

CODES = (
    "activities.held",
    "activities.called_off",
    "activities.came",
    "activities.came_by_kind",
    "activities.heads",
)


def told(cast: Cast, period: Period | None = None) -> Numbers:
    """Return what the page of the center shows of activities."""
    found = place_figures(root=cast.places.center, figures=ALL, period=period or Period())
    numbers = not_nothing(found.total.counts)
    assert directly_counted_of(numbers) == counted_directly(is_below=lambda _place, _moment: True)
    return {key: count for key, count in numbers.items() if key[0] in CODES}


def count(
    cast: Cast, activity: Activity, people: int, when: datetime, *, instead_of: HeadCount | None = None
) -> HeadCount:
    return operations.count_heads(
        actor=cast.practitioner.actor, at=when, activity=activity, people=people, instead_of=instead_of
    )


@pytest.mark.django_db
def test_what_came_to_its_end_is_held_and_what_was_called_off_is_told_apart(cast: Cast) -> None:
    end(helping(cast))
    off = announced(cast)
    assert told(cast) == {("activities.held", "lecture"): 1}
    operations.cancel_activity(actor=cast.practitioner.actor, at=at(8), activity=fresh(off), words="暴雨")
    assert told(cast) == {("activities.held", "lecture"): 1, ("activities.called_off", "lecture"): 1}
    day = at(9).date()
    assert told(cast, Period(day, day)).keys() == told(cast).keys()


@pytest.mark.django_db
def test_heads_are_the_most_that_stood_there_however_often_counts_are_put_right(cast: Cast) -> None:
    activity, key = helping(cast), ("activities.heads", "lecture")
    first = count(cast, activity, 260, at(9, minute=10))
    second = count(cast, activity, 410, at(9, minute=40))
    assert told(cast)[key] == 410
    catch_up()
    right = count(cast, activity, 140, at(10), instead_of=second)
    assert told(cast)[key] == 260
    count(cast, activity, 0, at(10, minute=5), instead_of=first)
    assert told(cast)[key] == 140
    catch_up()
    count(cast, activity, 0, at(10, minute=10), instead_of=right)
    assert key not in told(cast)
    count(cast, activity, 35, at(10, minute=20))
    assert told(cast)[key] == 35
    before = all_counters()
    rebuild()
    assert all_counters() == before
    assert not Rollup.objects.filter(figure="activities.heads", count__lt=0).exists()


@pytest.mark.django_db
def test_a_guest_who_helps_later_is_one_person_and_whoever_was_not_there_is_none(cast: Cast) -> None:
    activity = announced(cast)
    post = post_of(cast, activity, HELP)
    operations.advance_activity(at=at(9), activity_id=activity.pk)
    activity = fresh(activity)
    by_code(cast.volunteer, activity, at(9))
    by_scan(cast.practitioner, cast.zhou, activity, at(9, minute=5))
    assert told(cast) == {("activities.came", "guests"): 2, ("activities.came_by_kind", "lecture"): 2}
    operations.enrol_for(
        actor=cast.practitioner.actor, at=at(9, minute=30), post=post, person=cast.volunteer.person
    )
    catch_up()
    written = operations.mark_by_hand(
        actor=cast.practitioner.actor, at=at(9, minute=31), activity=activity, person=cast.volunteer.person,
        reason="no_phone",
    ).mark  # fmt: skip
    helping_now = {
        ("activities.came", "guests"): 1, ("activities.came", "helpers"): 1,
        ("activities.came_by_kind", "lecture"): 2,
    }  # fmt: skip
    guests = {("activities.came", "guests"): 2, ("activities.came_by_kind", "lecture"): 2}
    assert told(cast) == guests, "to have helped waits for a second person"
    _judge(cast, activity, written, at(9, minute=40))
    assert told(cast) == {("activities.came", "guests"): 2, ("activities.came_by_kind", "lecture"): 2}
    by_code(cast.volunteer, activity, at(9, minute=50))
    assert told(cast) == helping_now
    before = all_counters()
    rebuild()
    assert all_counters() == before


@pytest.mark.django_db
def test_whom_a_second_person_denies_has_not_come(cast: Cast) -> None:
    activity = helping(cast)
    written = operations.mark_by_hand(
        actor=cast.practitioner.actor, at=at(9), activity=activity, person=cast.volunteer.person, reason="no_phone"
    ).mark  # fmt: skip
    by_code(cast.zhou, activity, at(9))
    _judge(cast, activity, written, at(9))
    assert told(cast) == {("activities.came", "guests"): 1, ("activities.came_by_kind", "lecture"): 1}
    assert queries.attendance_of(activity=activity).marked == 1


@pytest.mark.django_db
def test_whoever_was_only_written_down_counts_once_a_second_person_has_confirmed_it(cast: Cast) -> None:
    activity = helping(cast)
    for who in (cast.zhou, cast.volunteer, cast.leader):
        operations.mark_by_hand(
            actor=cast.practitioner.actor, at=at(9), activity=activity, person=who.person, reason="no_phone"
        )
    assert queries.attendance_of(activity=activity).marked == 3
    assert told(cast) == {}
    catch_up()
    marks = [one.uuid for one in queries.times_to_confirm(activity=activity)]
    assert len(marks) == 3
    confirm = partial(operations.judge_all_right, activity=activity, marks=marks[:2])
    assert confirm(actor=cast.practitioner.actor, at=at(9, minute=5)) == 0, (
        "who wrote them is no second person"
    )
    assert confirm(actor=cast.manager.actor, at=at(9, minute=10)) == 2
    assert confirm(actor=cast.manager.actor, at=at(9, minute=11)) == 0
    assert told(cast)["activities.came_by_kind", "lecture"] == 2
    assert len(queries.times_to_confirm(activity=activity)) == 1
    before = all_counters()
    rebuild()
    assert all_counters() == before


def _judge(cast: Cast, activity: Activity, written: Mark, when: datetime) -> None:
    operations.judge_mark(
        actor=cast.manager.actor, at=when, activity=activity, written=written, is_right=False
    )


@pytest.mark.django_db
def test_a_rule_tells_how_often_it_was_held_and_how_many_came_across_its_changes(cast: Cast) -> None:
    rule = begun(cast)
    page = reverse("activities:series_figures", args=[rule.uuid])
    assert "还没有办过" in _page(cast.manager, page)
    first, second = (made_on(rule, day) for day in THURSDAYS[:2])
    _hold(cast, first, 300, 260)
    after = operations.change_series(
        actor=cast.manager.actor, at=first.span.ends, recurring=rule, day=THURSDAYS[1], rule=RULE, plan=PLAN,
        words="改时间",
    ).follows  # fmt: skip
    assert after is not None
    _hold(cast, fresh(second), 55)
    for one in (rule, after):
        found = queries.all_years(queries.years_of_series(recurring=one))
        assert found is not None
        assert (found.times, found.heads, found.counted, found.came) == (2, 315, 2, 0)
        assert (found.since, found.heads_each) == (THURSDAYS[0], 158)
    shown = _page(cast.manager, page)
    assert 'data-figure="times">2<' in shown
    assert 'data-figure="heads">315<' in shown
    file = cast.manager.client().get(f"{page}export/")
    table = b"".join(file.streaming_content).decode()  # type: ignore[attr-defined] # a table streams
    assert "2026,2,315,2,0" in table


def _hold(cast: Cast, activity: Activity, people: int, *right: int) -> None:
    """Let its hours pass, count heads and put the count right."""
    begins, ends = activity.span
    operations.advance_activity(at=begins, activity_id=activity.pk)
    counted = count(cast, fresh(activity), people, begins)
    for corrected in right:
        counted = count(cast, fresh(activity), corrected, begins, instead_of=counted)
    operations.advance_activity(at=ends, activity_id=activity.pk)


def _page(who: Someone, address: str) -> str:
    return who.client().get(address).content.decode()
