"""Coming to a turn and going: proven by the code at the post or by a second person, and hours made of it."""

from datetime import timedelta

import pytest

from sidan.attendance.enums import Direction
from sidan.attendance.operations import (
    NoLeaveToRead,
    NoPointToMeasure,
    NotTheSame,
    Reading,
    WrongCode,
    give_location_consent,
)
from sidan.attendance.queries import own_code
from sidan.core.errors import Forbidden
from sidan.core.scope import everything, scoped
from sidan.hours.models import Entry
from sidan.people.access import scope_for
from sidan.places.coordinates import Point
from sidan.places.models import Place
from sidan.rotas import operations, queries
from sidan.rotas.enums import WatchState
from sidan.rotas.models import Duty, Watch
from tests.cast import Cast
from tests.factories import AT
from tests.rotas.stage import duties, manned
from tests.rotas.test_rotas import someone


def close(watch: Watch) -> None:
    with everything("the clock"):
        operations.close_watch(at=watch.span.ends, watch_id=watch.pk)


@pytest.mark.django_db
def test_who_comes_and_goes_by_the_code_has_hours_when_it_is_over(cast: Cast) -> None:
    rota, people = manned(cast, 1)
    duty = duties(rota)[0]
    own, begins, ends = someone(people[0]).actor, duty.span.begins, duty.span.ends
    with pytest.raises(operations.DoorShut):
        operations.check_self(actor=own, at=begins - timedelta(hours=2), duty=duty, code="123456")
    with pytest.raises(WrongCode):
        operations.check_self(actor=own, at=begins, duty=duty, code="000000")
    code = queries.shown_code(watch=duty.watch, at=begins)
    operations.check_self(actor=own, at=begins, duty=duty, code=code)
    with pytest.raises(operations.WasThere):
        operations.miss(actor=cast.practitioner.actor, at=ends, duty=duty, words="没来")
    late = ends + timedelta(minutes=10)
    close(duty.watch)
    code = queries.shown_code(watch=duty.watch, at=late)
    operations.check_self(actor=own, at=late, duty=duty, code=code, direction=Direction.OUT)
    entry = Entry.unscoped.get(person=people[0])
    assert entry.minutes > 0
    assert entry.occasion.title == rota.name
    assert Watch.unscoped.get(pk=duty.watch_id).state == WatchState.OVER


@pytest.mark.django_db
def test_whoever_has_gone_from_a_turn_has_it_no_longer_ahead(cast: Cast) -> None:
    rota, people = manned(cast, 1)
    duty = duties(rota)[0]
    own, begins = someone(people[0]).actor, duty.span.begins
    gone = begins + timedelta(minutes=40)

    def first_ahead() -> Duty | None:
        with scoped(scope_for(own)):
            return queries.my_duties(actor=own, at=gone).order_by("during", "id").first()

    for moment, direction in ((begins, Direction.IN), (gone, Direction.OUT)):
        assert first_ahead() == duty
        code = queries.shown_code(watch=duty.watch, at=moment)
        operations.check_self(actor=own, at=moment, duty=duty, code=code, direction=direction)
    assert first_ahead() != duty
    with scoped(scope_for(own)):
        assert duty in queries.my_duties(actor=own, at=gone, chip="past")


@pytest.mark.django_db
def test_a_time_by_hand_counts_once_a_second_person_has_confirmed_it(cast: Cast) -> None:
    rota, people = manned(cast, 1)
    duty, actor = duties(rota)[0], cast.practitioner.actor
    begins, ends = duty.span.begins, duty.span.ends
    marks = [
        operations.mark_by_hand(
            actor=actor, at=ends, duty=duty, reason="no_phone", direction=direction, when=when
        )
        for direction, when in ((Direction.IN, begins), (Direction.OUT, ends - timedelta(minutes=5)))
    ]
    close(duty.watch)
    assert not Entry.unscoped.exists()
    watch = Watch.unscoped.get(pk=duty.watch_id)
    with pytest.raises(NotTheSame):
        operations.judge_mark(actor=actor, at=ends, watch=watch, written=marks[0], is_right=True)
    with pytest.raises(Forbidden):
        operations.judge_mark(actor=cast.mallory.actor, at=ends, watch=watch, written=marks[0], is_right=True)
    for written in marks:
        operations.judge_mark(actor=cast.manager.actor, at=ends, watch=watch, written=written, is_right=True)
    assert Entry.unscoped.filter(person=people[0]).exists()


@pytest.mark.django_db
def test_only_whose_turn_it_is_checks_in(cast: Cast) -> None:
    rota, people = manned(cast, 2)
    duty = duties(rota)[0]
    code = queries.shown_code(watch=duty.watch, at=duty.span.begins)
    with pytest.raises(Forbidden):
        operations.check_self(actor=someone(people[1]).actor, at=duty.span.begins, duty=duty, code=code)
    operations.withdraw(actor=someone(people[0]).actor, at=AT, duty=duty, words="病了")
    with pytest.raises(operations.NotOnThisWatch):
        operations.check_self(actor=someone(people[0]).actor, at=duty.span.begins, duty=duty, code=code)


@pytest.mark.django_db
def test_staff_read_the_own_code_of_who_has_a_turn_and_of_nobody_else(cast: Cast) -> None:
    rota, people = manned(cast, 2)
    duty, actor = duties(rota)[0], cast.practitioner.actor
    begins, watch = duty.span.begins, duty.watch
    right = str(own_code(person_id=people[0].pk, at=begins).code)
    with pytest.raises(Forbidden):
        operations.scan(actor=cast.mallory.actor, at=begins, watch=watch, text=right)
    for wrong in ("P123", right[:-6] + "000000"):
        with pytest.raises(WrongCode):
            operations.scan(actor=actor, at=begins, watch=watch, text=wrong)
    other = str(own_code(person_id=people[1].pk, at=begins).code)
    with pytest.raises(operations.NobodyOfThisCode):
        operations.scan(actor=actor, at=begins, watch=watch, text=other)
    first = operations.scan(actor=actor, at=begins, watch=watch, text=right)
    again = operations.scan(actor=actor, at=begins + timedelta(seconds=5), watch=watch, text=right)
    assert (first.pk, first.grade) == (again.pk, "strong"), "read twice it is the same"
    late = duty.span.ends
    gone = str(own_code(person_id=people[0].pk, at=late).code)
    operations.scan(actor=actor, at=late, watch=watch, text=gone, direction=Direction.OUT)
    close(Watch.unscoped.get(pk=watch.pk))
    assert Entry.unscoped.get(person=people[0]).minutes == 180


@pytest.mark.django_db
def test_who_allows_it_comes_by_place_and_far_away_waits_for_a_second_person(cast: Cast) -> None:
    rota, people = manned(cast, 1)
    duties_ahead = duties(rota)
    own, place = someone(people[0]).actor, rota.place
    here = Reading(point=Point(longitude=115.65, latitude=24.95, system="wgs84"), accuracy_m=10)
    far = Reading(point=Point(longitude=115.75, latitude=24.95, system="wgs84"), accuracy_m=10)
    first, second = duties_ahead[:2]
    with pytest.raises(NoLeaveToRead):
        operations.check_self_by_place(actor=own, at=first.span.begins, duty=first, reading=here)
    give_location_consent(actor=own, at=AT)
    Place.objects.filter(pk=place.pk).update(longitude=None, latitude=None)
    with pytest.raises(NoPointToMeasure):
        operations.check_self_by_place(actor=own, at=first.span.begins, duty=first, reading=here)
    Place.objects.filter(pk=place.pk).update(longitude=115.65, latitude=24.95, coordinate_system="wgs84")
    near = operations.check_self_by_place(actor=own, at=first.span.begins, duty=first, reading=here)
    away = operations.check_self_by_place(actor=own, at=second.span.begins, duty=second, reading=far)
    assert near.grade != "weak"
    assert away.grade == "weak"
    waiting = queries.times_to_confirm(watch=Watch.unscoped.get(pk=second.watch_id))
    assert [one.uuid for one in waiting] == [away.uuid]
    with pytest.raises(Forbidden):
        operations.check_self_by_place(
            actor=cast.volunteer.actor, at=second.span.begins, duty=second, reading=here
        )
