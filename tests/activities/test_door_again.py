"""Coming again: after a break the same day, and on the second day of an activity of several days."""

from datetime import datetime, timedelta
from functools import partial

import pytest
from django.db import transaction
from django.db.utils import DatabaseError
from django.urls import reverse

from sidan.activities import operations, queries
from sidan.activities.models import Activity, Gathering
from sidan.attendance.enums import Direction
from sidan.attendance.models import Confirmation, Interval, Mark
from sidan.attendance.operations import LeftBeforeComing
from sidan.hours.models import Claim, Entry
from tests.activities.test_activities import MONDAY, announced, at, span
from tests.activities.test_door import OUT, by_code, by_scan, end, fresh, register
from tests.activities.test_door_offline import outcomes, scanned
from tests.activities.test_enrolment import HELP, SEATS, post_of
from tests.at_once import all_at_once, second_behind
from tests.cast import Cast
from tests.factories import AT

IN = Direction.IN
TUESDAY = MONDAY + timedelta(days=1)


def fair(cast: Cast) -> Activity:
    """From Monday at nine to Wednesday at nine: the volunteer helps, the resident has a place to listen."""
    activity = announced(cast, span=span(9, 48))
    operations.enrol(actor=cast.volunteer.actor, at=AT, post=post_of(cast, activity, HELP))
    operations.enrol(actor=cast.zhou.actor, at=AT, post=post_of(cast, activity, SEATS))
    operations.advance_activity(at=at(9), activity_id=activity.pk)
    return fresh(activity)


def minutes() -> list[int]:
    return list(Entry.unscoped.order_by("during").values_list("minutes", flat=True))


def by_hand(cast: Cast, activity: Activity, direction: Direction, when: datetime) -> Mark:
    return operations.mark_by_hand(
        actor=cast.practitioner.actor, at=at(20, day=TUESDAY), activity=activity, person=cast.volunteer.person,
        reason="forgotten", direction=direction, when=when,
    ).mark  # fmt: skip


@pytest.mark.django_db
def test_the_time_after_a_break_and_the_second_day_count_each_by_themselves(cast: Cast) -> None:
    activity = fair(cast)
    for direction, moment in (
        (IN, at(9)), (OUT, at(11)), (IN, at(13)), (OUT, at(14)), (IN, at(9, day=TUESDAY)), (OUT, at(12, day=TUESDAY))
    ):  # fmt: skip
        assert by_scan(cast.practitioner, cast.volunteer, activity, moment, direction).is_new
        assert not by_scan(
            cast.practitioner, cast.volunteer, activity, moment + timedelta(minutes=1), direction
        ).is_new
    end(activity, at(9, day=MONDAY + timedelta(days=2)))
    assert minutes() == [120, 60, 180]
    assert [entry.day for entry in Entry.unscoped.order_by("during")] == [MONDAY, MONDAY, TUESDAY]
    assert not Claim.unscoped.exists()


@pytest.mark.django_db
def test_whoever_forgot_to_leave_comes_the_next_day_and_the_first_is_ended_by_hand(cast: Cast) -> None:
    activity = fair(cast)
    by_scan(cast.practitioner, cast.volunteer, activity, at(9))
    assert by_scan(cast.practitioner, cast.volunteer, activity, at(9, day=TUESDAY)).is_new
    by_scan(cast.practitioner, cast.volunteer, activity, at(11, day=TUESDAY), OUT)
    told = by_hand(cast, activity, OUT, at(12))
    assert told.nth == 1
    operations.judge_mark(
        actor=cast.manager.actor, at=at(21, day=TUESDAY), activity=activity, written=told, is_right=True
    )
    end(activity, at(9, day=MONDAY + timedelta(days=2)))
    assert minutes() == [180, 120]


@pytest.mark.django_db
def test_a_morning_told_by_hand_stands_beside_a_proven_afternoon(cast: Cast) -> None:
    activity = fair(cast)
    by_scan(cast.practitioner, cast.volunteer, activity, at(13))
    by_scan(cast.practitioner, cast.volunteer, activity, at(15), OUT)
    with pytest.raises(LeftBeforeComing):
        by_hand(cast, activity, OUT, at(11))
    came, went = by_hand(cast, activity, IN, at(9)), by_hand(cast, activity, OUT, at(11))
    assert (came.nth, went.nth) == (2, 2)
    with pytest.raises(LeftBeforeComing):
        by_hand(cast, activity, OUT, at(8))
    assert Interval.objects.count() == 1
    for one in (came, went):
        operations.judge_mark(
            actor=cast.manager.actor, at=at(21, day=TUESDAY), activity=activity, written=one, is_right=True
        )
    assert Interval.objects.count() == 2


@pytest.mark.django_db
def test_both_halves_of_a_day_come_in_from_a_telephone_without_network(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    back = at(20)
    monkeypatch.setattr("sidan.activities.api.inbox.now", lambda: back)
    monkeypatch.setattr("tests.activities.test_door_offline.BACK", back)
    activity = fair(cast)
    told = [(IN, at(9)), (OUT, at(11)), (IN, at(13)), (OUT, at(15))]
    records = [
        scanned(cast.volunteer, activity, moment, direction=direction.value, nth=nth)
        for nth, (direction, moment) in enumerate(told, start=1)
    ]
    assert outcomes(cast.practitioner, *records) == ["written"] * 4
    assert outcomes(cast.practitioner, *records) == ["written"] * 4
    end(activity, at(9, day=MONDAY + timedelta(days=2)))
    assert minutes() == [120, 120]


@pytest.mark.django_db
def test_the_first_half_may_arrive_after_the_second(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sidan.activities.api.inbox.now", lambda: at(20))
    monkeypatch.setattr("tests.activities.test_door_offline.BACK", at(20))
    activity = fair(cast)
    by_scan(cast.practitioner, cast.volunteer, activity, at(13))
    by_scan(cast.practitioner, cast.volunteer, activity, at(15), OUT)
    early = [
        scanned(cast.volunteer, activity, moment, direction=direction.value, nth=nth)
        for nth, (direction, moment) in enumerate([(IN, at(9)), (OUT, at(11))], start=1)
    ]
    assert outcomes(cast.practitioner, *early) == ["written", "written"]
    end(activity, at(9, day=MONDAY + timedelta(days=2)))
    assert minutes() == [120, 120]


@pytest.mark.django_db
def test_somebody_who_comes_twice_is_one_person(cast: Cast) -> None:
    activity = fair(cast)
    for direction, moment in ((IN, at(9)), (OUT, at(11)), (IN, at(13))):
        for who in (cast.volunteer, cast.zhou):
            by_code(who, activity, moment + timedelta(minutes=who is cast.zhou), direction)
    counted = queries.attendance_of(activity=activity)
    assert (counted.helpers, counted.guests, counted.gone) == (1, 1, 0)
    by_code(cast.zhou, activity, at(15), OUT)
    assert queries.attendance_of(activity=activity).gone == 1
    assert queries.came_to(activity=activity).count() == 4
    times = queries.own_times(activity=activity, person_id=cast.zhou.person.pk)
    assert (times.came_at, times.went_at) == (at(13, minute=1), at(15))
    assert times.comes_next(at(16))


@pytest.mark.django_db
def test_after_a_break_the_page_lets_one_come_again(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    activity = fair(cast)
    by_code(cast.volunteer, activity, at(9))
    by_code(cast.volunteer, activity, at(11), OUT)
    monkeypatch.setattr("sidan.activities.views.here.now", lambda: at(13))
    client, url = cast.volunteer.client(), reverse("activities:here", args=[activity.uuid])
    page = client.get(url)
    assert page.status_code == 200
    assert "<details" in page.content.decode()
    code = queries.spot_code(activity=activity, at=at(13))
    assert client.post(url, {"code": code, "direction": "in"}).status_code == 303
    assert Mark.objects.filter(direction=IN).count() == 2


@pytest.mark.django_db(transaction=True)
def test_at_four_doors_at_once_somebody_comes_again_once(cast: Cast) -> None:
    activity = fair(cast)
    by_scan(cast.practitioner, cast.volunteer, activity, at(9))
    by_scan(cast.practitioner, cast.volunteer, activity, at(11), OUT)
    again = [
        partial(by_scan, cast.practitioner, cast.volunteer, fresh(activity), at(13)) for _door in range(4)
    ]
    assert set(all_at_once(*again)) == {"done"}
    assert Mark.objects.filter(direction=IN).count() == 2


@pytest.mark.django_db(transaction=True)
def test_two_words_at_once_on_the_coming_and_on_the_going_make_one_time(cast: Cast) -> None:
    activity = fair(cast)
    came, went = by_hand(cast, activity, IN, at(9)), by_hand(cast, activity, OUT, at(11))
    end(activity, at(9, day=MONDAY + timedelta(days=2)))

    def say(written: Mark) -> Confirmation:
        return operations.judge_mark(
            actor=cast.manager.actor, at=at(10, day=MONDAY + timedelta(days=2)), activity=fresh(activity),
            written=written, is_right=True,
        )  # fmt: skip

    assert second_behind(partial(say, came), partial(say, went)) == "done"
    assert Interval.objects.count() == 1
    assert minutes() == [120]


@pytest.mark.django_db(transaction=True)
def test_a_word_while_the_end_is_written_down_loses_no_hours(cast: Cast) -> None:
    activity = fair(cast)
    register(cast, cast.zhou)
    by_scan(cast.practitioner, cast.volunteer, activity, at(9))
    went, after = by_hand(cast, activity, OUT, at(11)), at(9, day=MONDAY + timedelta(days=2))
    say = partial(
        operations.judge_mark, actor=cast.manager.actor, at=after, activity=fresh(activity), written=went,
        is_right=True,
    )  # fmt: skip
    assert second_behind(partial(end, activity, after), say) == "done"
    assert minutes() == [120]


@pytest.mark.django_db
def test_the_database_keeps_comings_apart(cast: Cast) -> None:
    activity = fair(cast)
    by_scan(cast.practitioner, cast.volunteer, activity, at(9))
    by_scan(cast.practitioner, cast.volunteer, activity, at(11), OUT)
    told = Mark.objects.get(direction=OUT)
    same = {
        "cause_id": Gathering.objects.get().helpers_id, "person": cast.volunteer.person, "recorded_at": at(20),
        "recorded_by": cast.practitioner.account, "way": "code", "grade": "strong", "place_id": told.place_id,
        "county_id": told.county_id,
    }  # fmt: skip
    for wrong in (
        {"direction": "in", "nth": 1, "at": at(13)},
        {"direction": "in", "nth": 0, "at": at(13)},
        {"direction": "out", "nth": 2, "at": at(15)},
        {"direction": "out", "nth": 1, "at": at(15)},
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            Mark.objects.create(**same, **wrong)
    with pytest.raises(DatabaseError, match="two marks that hold"), transaction.atomic():
        Interval.objects.create(
            cause_id=same["cause_id"], person=cast.volunteer.person, nth=2, during=(at(13), at(15)), grade="strong",
            derived_at=at(20),
        )  # fmt: skip
