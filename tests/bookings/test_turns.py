"""Organisations take turns in a room: counted from the first day, booked ahead once, with single days changed."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from sidan.bookings import operations
from sidan.bookings.models import Booking, Room, RoomTurns
from sidan.bookings.operations.answering import SayWhy
from sidan.bookings.operations.turns import NoSuchTurnDay, NotATaker, TakersTooFew, TurnsBackwards, TurnsOver
from sidan.bookings.permissions import NotYourRooms
from sidan.bookings.policies import next_turn_day, turn_days, whose_turn
from sidan.bookings.queries.turns import TurnShown, active_turns, coming_turns
from sidan.core.clock import business_date, now
from sidan.core.errors import DomainError
from sidan.core.scope import everything
from sidan.notify.models import Notice
from sidan.people.policies import Organisation
from tests.at_once import all_at_once
from tests.cast import Cast
from tests.matrix.stage_rooms import open_room, take_turns

DAYS = st.dates(min_value=date(2024, 1, 1), max_value=date(2035, 12, 31))


@pytest.fixture
def room(cast: Cast) -> Room:
    return open_room(cast, "排练室")


@pytest.fixture
def turns(cast: Cast, room: Room) -> RoomTurns:
    return take_turns(cast, room)


def coming(turns: RoomTurns) -> list[TurnShown]:
    with everything("a test"):
        return coming_turns(turns=RoomTurns.unscoped.get(pk=turns.pk), at=now())


def held() -> list[Booking]:
    return list(Booking.unscoped.filter(state="held", for_kind="turns").order_by("during"))


@given(DAYS, st.integers(0, 6), DAYS, st.integers(0, 200), st.integers(2, 7))
def test_turns_come_each_week_and_everybodys_equally_often(
    first: date, weekday: int, since: date, span: int, takers: int
) -> None:
    begins = next_turn_day(first, weekday)
    assert begins.weekday() == weekday
    assert 0 <= (begins - first).days < 7
    days = turn_days(first=begins, last=None, since=since, until=since + timedelta(days=span))
    each = [since + timedelta(days=gone) for gone in range(span + 1)]
    assert days == [day for day in each if day >= begins and day.weekday() == weekday]
    following = [whose_turn(first=begins, day=day, takers=takers) for day in days]
    assert all((one + 1) % takers == other for one, other in pairwise(following))


@pytest.mark.django_db
def test_the_room_is_booked_ahead_in_turn_and_shown_for_twelve_days(turns: RoomTurns) -> None:
    shown = coming(turns)
    assert len(shown) == 12
    assert [one.taker.name for one in shown[:4]] == ["客家山歌队", "太极拳协会", "客家山歌队", "太极拳协会"]
    booked = [one for one in shown if one.kind == "booked"]
    assert [one.booking.organisation_name for one in booked if one.booking] == [
        one.taker.name for one in booked
    ]
    assert len(booked) == len(held())
    assert all(one.day <= business_date(now()) + timedelta(days=60) for one in booked)


@pytest.mark.django_db
def test_the_job_books_nothing_twice_and_goes_on_with_the_weeks(turns: RoomTurns) -> None:
    before = len(held())
    with everything("a test"):
        assert active_turns() == [turns.pk]
        assert operations.make_turns(at=now(), turns_id=turns.pk) == 0
        assert operations.make_turns(at=now() + timedelta(days=14), turns_id=turns.pk) == 2
    assert len(held()) == before + 2


@pytest.mark.django_db
def test_a_day_that_others_have_is_shown_as_taken_and_booked_once_it_is_free(cast: Cast, room: Room) -> None:
    first = take_turns(cast, room)
    second = take_turns(cast, room)
    assert {one.kind for one in coming(second)} == {"taken", ""}
    with everything("a test"):
        operations.end_turns(actor=cast.practitioner.actor, at=now(), turns=first, words="社团搬走了")
        assert operations.make_turns(at=now(), turns_id=second.pk) > 0
    assert "taken" not in {one.kind for one in coming(second)}


@pytest.mark.django_db
def test_who_runs_the_rooms_is_told_once_of_a_turn_that_could_not_be_booked(cast: Cast, room: Room) -> None:
    first, second = take_turns(cast, room), take_turns(cast, room)
    told = Notice.objects.filter(kind="turn_not_booked", account=cast.practitioner.account)
    assert not told.exists(), "who begins sees it on the page"
    with everything("a test"):
        for turns in (first, second, second):
            operations.make_turns(at=now() + timedelta(days=7), turns_id=turns.pk)
    assert told.count() == 1
    assert told.get().facts["taker"] in {"客家山歌队", "太极拳协会"}
    assert told.get().link == f"/console/turns/{second.uuid}/"


@pytest.mark.django_db
def test_a_day_left_out_is_free_and_moves_nobodys_turn(cast: Cast, turns: RoomTurns) -> None:
    before = coming(turns)
    with pytest.raises(DomainError) as refused:
        operations.leave_out_turn(
            actor=cast.practitioner.actor, at=now(), turns=turns, day=before[0].day, words=" "
        )
    assert refused.value.code == SayWhy.code
    operations.leave_out_turn(
        actor=cast.practitioner.actor, at=now(), turns=turns, day=before[0].day, words="检修"
    )
    after = coming(turns)
    assert after[0].kind == "left_out"
    assert [one.taker for one in after] == [one.taker for one in before]
    assert before[0].booking is not None
    assert Booking.unscoped.get(pk=before[0].booking.pk).state == "cancelled"
    with everything("a test"):
        assert operations.make_turns(at=now(), turns_id=turns.pk) == 0


@pytest.mark.django_db
def test_a_day_is_given_to_another_and_booked_for_them(cast: Cast, turns: RoomTurns) -> None:
    one, other = coming(turns)[:2]
    actor = cast.practitioner.actor
    with pytest.raises(NotATaker):
        operations.give_turn(actor=actor, at=now(), turns=turns, day=one.day, taker=one.taker, words="换")
    operations.give_turn(actor=actor, at=now(), turns=turns, day=one.day, taker=other.taker, words="演出换班")
    given = coming(turns)[0]
    assert given.is_given
    assert given.booking is not None
    assert given.booking.organisation_name == "太极拳协会"
    assert coming(turns)[1].taker == other.taker
    with pytest.raises(NoSuchTurnDay):
        operations.give_turn(
            actor=actor, at=now(), turns=turns, day=one.day + timedelta(days=1), taker=other.taker, words="换"
        )


@pytest.mark.django_db
def test_ended_turns_free_the_room_and_end_once(cast: Cast, turns: RoomTurns) -> None:
    ahead = len(held())
    actor = cast.practitioner.actor
    assert operations.end_turns(actor=actor, at=now(), turns=turns, words="不办了") == ahead
    assert held() == []
    with pytest.raises(TurnsOver):
        operations.end_turns(actor=actor, at=now(), turns=turns, words="不办了")


@pytest.mark.django_db
def test_a_rule_is_whole_or_refused_and_strangers_make_none(cast: Cast, room: Room, turns: RoomTurns) -> None:
    told = operations.NewTurns(
        weekday=1, begins_at=turns.begins_at, ends_at=turns.ends_at, first=turns.first, people=5, purpose="sport",
        takers=[Organisation("other", "甲"), Organisation("other", "甲")],
    )  # fmt: skip
    with pytest.raises(TakersTooFew):
        operations.begin_turns(actor=cast.practitioner.actor, at=now(), room=room, told=told)
    two = [Organisation("other", "甲"), Organisation("other", "乙")]
    backwards = operations.NewTurns(1, turns.ends_at, turns.begins_at, turns.first, two, 5, "sport")
    with pytest.raises(TurnsBackwards):
        operations.begin_turns(actor=cast.practitioner.actor, at=now(), room=room, told=backwards)
    with pytest.raises(NotYourRooms):
        operations.end_turns(actor=cast.mallory.actor, at=now(), turns=turns, words="x")
    with pytest.raises(IntegrityError), transaction.atomic():
        turns.days.create(day=coming(turns)[0].day, kind="left_out")


@pytest.mark.django_db
def test_the_next_days_are_looked_at_before_anything_is_kept(cast: Cast, room: Room) -> None:
    client = cast.practitioner.client()
    client.cookies["django_language"] = "en"
    url = reverse("bookings:new_turns", args=[room.uuid])
    typed = {
        "weekday": "3", "begins_at": "19:00", "ends_at": "20:30", "first": f"{business_date(now())}", "kind": "other",
        "takers": "山歌队\n太极队\n棋友会", "people": "20", "purpose": "rehearsal",
    }  # fmt: skip
    looked = client.post(url, {**typed, "look": "yes"}).content.decode()
    assert looked.count("棋友会") == 4 + 1
    assert not RoomTurns.unscoped.exists()
    refused = client.post(url, {**typed, "takers": "山歌队"})
    assert refused.status_code == 422
    assert "at least two organisations" in refused.content.decode()
    client.post(url, typed)
    made = RoomTurns.unscoped.get()
    shown = client.get(reverse("bookings:one_turns", args=[made.uuid])).content.decode()
    assert "each Thu" in shown
    day = coming(made)[0].day
    wrong = client.post(reverse("bookings:leave_out_turn", args=[made.uuid]), {"day": f"{day}", "words": ""})
    assert wrong.status_code == 422
    assert coming(made)[0].kind == "booked"


@pytest.mark.django_db(transaction=True)
def test_two_jobs_at_once_book_each_day_once(cast: Cast) -> None:
    turns = take_turns(cast, open_room(cast, "排练室"))
    before = len(held())

    def make() -> None:
        operations.make_turns(at=now() + timedelta(days=21), turns_id=turns.pk)

    all_at_once(make, make)
    assert len(held()) == before + 3
