"""Rooms: asked for by several, held by one; never twice at a time, whoever writes."""

from datetime import date, datetime, time, timedelta
from itertools import pairwise
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.utils import DatabaseError
from hypothesis import given
from hypothesis import strategies as st

from sidan.bookings import operations, queries
from sidan.bookings.enums import BookingState
from sidan.bookings.events import BookingMoved
from sidan.bookings.models import Booking, BookingStep, Room
from sidan.bookings.operations import NewRoom, RoomTaken, Wanted
from sidan.bookings.operations.answering import BookingBegun, SayWhy
from sidan.bookings.operations.asking import RoomNotOpen, TooFarAhead, TooManyBookings
from sidan.bookings.operations.door import BookingMovedOn, RoomClosed
from sidan.bookings.operations.rooms import HoursOverlap, RoomMovedOn, RoomNameTaken
from sidan.bookings.operations.wanting import BadBookingTime, Reason, TooManyPeople
from sidan.bookings.permissions import NotYourBooking, NotYourRooms
from sidan.bookings.policies import STEP, OpenPart, Span, beginnings, free_spans, lies_within, open_spans
from sidan.bookings.states import BOOKING
from sidan.core.clock import BUSINESS_ZONE
from sidan.core.errors import Forbidden, NotFound
from sidan.core.scope import Scope, scoped
from sidan.notify.models import Notice
from sidan.people.operations.organisations import OrganisationRefused
from sidan.people.policies import Organisation
from sidan.places import operations as places
from sidan.places.enums import DayKind
from tests.at_once import DONE, all_at_once
from tests.cast import Cast
from tests.factories import AT

FORENOON = (time(8, 30), time(12))
AFTERNOON = (time(14), time(17, 30))
HOURS = [OpenPart(day, *part) for day in range(6) for part in (FORENOON, AFTERNOON)]
"""Monday to Saturday."""
MONDAY = date(2026, 11, 23)
DANCING = Wanted(
    people=12, purpose="rehearsal", words="广场舞排练，请打 12900000001", contact_phone="12900000001"
)


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), BUSINESS_ZONE)


def span(hour: int, hours: float = 1, *, day: date = MONDAY) -> Span:
    return Span(at(day, hour), at(day, hour) + timedelta(hours=hours))


def a_room(cast: Cast, **changes: object) -> Room:
    told = {
        "name": "多功能厅",
        "name_en": "Hall",
        "seats": 30,
        "kit": ["projector"],
        "hours": HOURS,
        **changes,
    }
    return operations.open_room(
        actor=cast.practitioner.actor, at=AT, place=cast.places.chengbei, told=NewRoom(**told)
    )  # type: ignore[arg-type] # a test names what it changes


def asked(cast: Cast, room: Room, when: Span) -> Booking:
    return operations.ask_room(actor=cast.zhou.actor, at=AT, room=room, span=when, wanted=DANCING)


def held(cast: Cast, room: Room, when: Span) -> Booking:
    return operations.hold_room(
        actor=cast.practitioner.actor, at=AT, room=room, span=when, wanted=Wanted(people=5, purpose="meeting")
    )


def notices(account_id: int) -> list[str]:
    return list(Notice.objects.filter(account=account_id).order_by("id").values_list("kind", flat=True))


@pytest.mark.django_db
def test_a_room_is_asked_for_and_given(cast: Cast) -> None:
    room = a_room(cast)
    booking = asked(cast, room, span(9, 2))
    assert booking.state == "asked"
    assert queries.busy_times(room=room, span=span(0, 24)) == []
    assert "booking_asked" in notices(cast.practitioner.account.pk)
    operations.grant_booking(actor=cast.practitioner.actor, at=AT, booking=booking, words="钥匙在值班室")
    assert queries.busy_times(room=room, span=span(0, 24)) == [span(9, 2)]
    assert notices(cast.zhou.account.pk) == ["booking_granted"]
    with cast.zhou.at_work() as actor:
        mine = queries.my_bookings(actor=actor).get()
        assert mine.span == span(9, 2)
        text = queries.text_of(actor=actor, booking=mine)
        assert text is not None
        assert "广场舞" in str(text.words)
        assert [step.verb for step in queries.history(booking=mine)] == ["ask", "grant"]


@pytest.mark.django_db
def test_what_is_asked_for_may_overlap_and_what_is_held_may_not(cast: Cast) -> None:
    room = a_room(cast)
    first, second = asked(cast, room, span(9, 2)), asked(cast, room, span(10, 2))
    operations.grant_booking(actor=cast.practitioner.actor, at=AT, booking=first)
    with scoped(Scope(root_ids=(cast.places.chengbei.pk,))):
        waiting = queries.desk(actor=cast.practitioner.actor, chosen=queries.BookingFilter(at=AT)).get()
        assert waiting == second
        assert waiting.clashes
    with pytest.raises(RoomTaken) as refused:
        operations.grant_booking(actor=cast.practitioner.actor, at=AT, booking=second)
    assert len(refused.value.facts["times"]) == 1
    with pytest.raises(RoomTaken):
        asked(cast, room, span(9, 1))
    with pytest.raises(RoomTaken):
        held(cast, room, span(10, 1))
    assert held(cast, room, span(11, 1)).state == "held"


@pytest.mark.django_db
def test_the_database_itself_refuses_two_at_a_time(cast: Cast) -> None:
    room = a_room(cast)
    booking = held(cast, room, span(9))
    twin = Booking.unscoped.get(pk=booking.pk)
    twin.pk, twin.uuid = None, uuid4()
    with pytest.raises(IntegrityError, match="bookings_a_room_is_held_once"), transaction.atomic():
        twin.save(force_insert=True)
    twin.state = BookingState.CANCELLED
    twin.save(force_insert=True)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("ends", "bounds"),
    [(timedelta(0), "[)"), (timedelta(hours=25), "[)"), (timedelta(hours=1), "[]"), (None, "[)")],
)
def test_the_database_refuses_times_that_are_none(cast: Cast, ends: timedelta | None, bounds: str) -> None:
    booking = asked(cast, a_room(cast), span(9))
    booking.pk, booking.uuid = None, uuid4()  # type: ignore[assignment] # a row of its own
    begins = span(9).begins
    booking.during = DateTimeTZRange(begins, None if ends is None else begins + ends, bounds)
    with pytest.raises(IntegrityError), transaction.atomic():
        booking.save(force_insert=True)


@pytest.mark.django_db
def test_its_history_is_never_changed_and_it_keeps_what_it_is(cast: Cast) -> None:
    booking = held(cast, a_room(cast), span(9))
    for statement in (
        "UPDATE bookings_bookingstep SET verb = 'ask'",
        "DELETE FROM bookings_bookingstep",
        "UPDATE bookings_booking SET state = 'cancelled'",
        "UPDATE bookings_booking SET during = tstzrange(now(), now() + interval '1 hour')",
        "UPDATE bookings_room SET state = 'closed'",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert BookingStep.objects.get(booking=booking).verb == "hold"


@pytest.mark.django_db(transaction=True)
def test_of_two_who_book_at_the_same_moment_one_gets_the_room(cast: Cast) -> None:
    room = a_room(cast)
    one, other = asked(cast, room, span(9, 2)), asked(cast, room, span(10, 2))
    answers = all_at_once(
        lambda: operations.grant_booking(actor=cast.practitioner.actor, at=AT, booking=one),
        lambda: operations.grant_booking(actor=cast.practitioner.actor, at=AT, booking=other),
        lambda: held(cast, room, span(10, 1)),
    )
    assert sorted(answers) == sorted([DONE, "room_taken", "room_taken"])


@pytest.mark.django_db
def test_residents_ask_within_the_hours_and_who_has_the_key_is_not_bound(cast: Cast) -> None:
    room = a_room(cast)
    for outside in (span(12), span(11, 2), span(19), span(9, day=date(2026, 11, 29))):
        with pytest.raises(RoomNotOpen):
            asked(cast, room, outside)
    overnight = held(cast, room, span(22, 10))
    assert queries.busy_times(room=room, span=span(0, 24, day=MONDAY + timedelta(days=1))) == [span(22, 10)]
    assert overnight.state == "held"


@pytest.mark.django_db
def test_what_no_booking_can_be_is_refused(cast: Cast) -> None:
    room = a_room(cast)
    for bad in (span(9, 0.25), span(9, -1), span(9, day=date(2026, 11, 19))):
        with pytest.raises(BadBookingTime):
            asked(cast, room, bad)
    with pytest.raises(BadBookingTime):
        held(cast, room, span(9, 25))
    with pytest.raises(TooFarAhead):
        asked(cast, room, span(9, day=MONDAY + timedelta(days=63)))
    with pytest.raises(TooManyPeople):
        operations.ask_room(
            actor=cast.zhou.actor, at=AT, room=room, span=span(9), wanted=Wanted(people=31, purpose="class")
        )
    nameless = Wanted(people=3, purpose="class", organisation=Organisation("school", ""))
    with pytest.raises(OrganisationRefused):
        operations.ask_room(actor=cast.zhou.actor, at=AT, room=room, span=span(9), wanted=nameless)
    assert not Booking.unscoped.exists()


@pytest.mark.django_db
def test_so_many_ahead_and_not_one_more(cast: Cast) -> None:
    room = a_room(cast)
    made = [asked(cast, room, span(hour)) for hour in (9, 10, 14)]
    with pytest.raises(TooManyBookings):
        asked(cast, room, span(15))
    operations.cancel_booking(actor=cast.zhou.actor, at=AT, booking=made[0])
    assert asked(cast, room, span(15)).state == "asked"


@pytest.mark.django_db
def test_on_days_off_a_room_follows_the_calendar_of_its_place_only_where_it_says_so(cast: Cast) -> None:
    library = a_room(cast)
    office = a_room(cast, name="会议室", is_shut_on_days_off=True)
    places.set_working_day(
        actor=cast.manager.actor, at=AT, place_id=cast.places.center.pk, day=MONDAY, kind=DayKind.RESTS,
        reason="县庆",
    )  # fmt: skip
    saturday = MONDAY + timedelta(days=5)
    days = [MONDAY, MONDAY + timedelta(days=1), saturday]
    assert [len(spans) for spans in queries.open_on(room=library, days=days).values()] == [2, 2, 2]
    assert [len(spans) for spans in queries.open_on(room=office, days=days).values()] == [0, 2, 0]
    with pytest.raises(RoomNotOpen):
        asked(cast, office, span(9))


@pytest.mark.django_db
def test_free_times_are_what_is_left_of_the_hours(cast: Cast) -> None:
    room = a_room(cast)
    held(cast, room, span(9))
    assert queries.free_on(room=room, days=[MONDAY])[MONDAY] == [
        Span(at(MONDAY, 8, 30), at(MONDAY, 9)), Span(at(MONDAY, 10), at(MONDAY, 12)),
        Span(at(MONDAY, 14), at(MONDAY, 17, 30)),
    ]  # fmt: skip


@pytest.mark.django_db
def test_only_who_runs_the_rooms_answers(cast: Cast) -> None:
    room = a_room(cast)
    booking = asked(cast, room, span(9))
    for name, one in cast.everybody().items():
        if name in {"practitioner", "director", "manager"}:
            continue
        with pytest.raises(NotYourRooms):
            operations.grant_booking(actor=one.actor, at=AT, booking=booking)
        with pytest.raises(NotYourRooms):
            operations.close_room(actor=one.actor, at=AT, room=room, words="装修")
        with pytest.raises(NotYourRooms):
            operations.look_at_contact(actor=one.actor, at=AT, booking=booking)
        if name != "zhou":
            with pytest.raises(NotYourBooking):
                operations.cancel_booking(actor=one.actor, at=AT, booking=booking)
    assert operations.look_at_contact(actor=cast.director.actor, at=AT, booking=booking) == "12900000001"


@pytest.mark.django_db
def test_whose_booking_it_is_is_nobody_else_s_business(cast: Cast) -> None:
    booking, know = asked(cast, a_room(cast), span(9)), set()
    for name, one in cast.everybody().items():
        with one.at_work() as actor:
            assert Room.objects.count() == 1
            try:
                found = queries.booking_by_uuid(uuid=booking.uuid)
            except NotFound:
                continue
            know.add(name)
            reads = queries.text_of(actor=actor, booking=found) is not None
            assert reads == (name in {"zhou", "practitioner", "director", "manager"})
    assert know == {
        "zhou", "practitioner", "grid_keeper", "operator", "director", "dispatcher", "manager", "supervisor",
    }  # fmt: skip
    with connection.cursor() as cursor:
        for table in ("booking", "bookingtext", "bookingstep", "bookingnote"):
            cursor.execute(f"SELECT coalesce(string_agg(row::text, ' '), '') FROM bookings_{table} AS row")
            assert "12900000001" not in cursor.fetchone()[0]


@pytest.mark.django_db
def test_refusing_and_cancelling_for_others_needs_words(cast: Cast) -> None:
    room = a_room(cast)
    booking = asked(cast, room, span(9))
    with pytest.raises(SayWhy):
        operations.refuse_booking(actor=cast.practitioner.actor, at=AT, booking=booking, words=" ")
    with pytest.raises(SayWhy):
        operations.cancel_booking(actor=cast.practitioner.actor, at=AT, booking=booking)
    operations.refuse_booking(actor=cast.practitioner.actor, at=AT, booking=booking, words="当天消防检查")
    assert notices(cast.zhou.account.pk) == ["booking_refused"]
    with pytest.raises(BookingMovedOn):
        operations.cancel_booking(actor=cast.zhou.actor, at=AT, booking=booking)
    other = asked(cast, room, span(10))
    operations.grant_booking(actor=cast.practitioner.actor, at=AT, booking=other)
    with pytest.raises(BookingBegun):
        operations.cancel_booking(actor=cast.zhou.actor, at=span(10).begins, booking=other)
    operations.cancel_booking(actor=cast.zhou.actor, at=AT, booking=other)
    assert "booking_taken_back" in notices(cast.practitioner.account.pk)


@pytest.mark.django_db
def test_a_request_whose_time_is_over_cannot_be_granted(cast: Cast) -> None:
    booking = asked(cast, a_room(cast), span(9))
    with pytest.raises(BookingBegun):
        operations.grant_booking(actor=cast.practitioner.actor, at=span(9).ends, booking=booking)


@pytest.mark.django_db
def test_closing_a_room_cancels_what_is_ahead_and_tells_everybody(cast: Cast) -> None:
    room = a_room(cast)
    waiting = asked(cast, room, span(9))
    kept = held(cast, room, span(14))
    assert operations.close_room(actor=cast.manager.actor, at=AT, room=room, words="屋顶漏水") == 2
    assert notices(cast.zhou.account.pk) == ["booking_cancelled"]
    assert set(Booking.unscoped.filter(pk__in=[waiting.pk, kept.pk]).values_list("state", flat=True)) == {
        "cancelled"
    }
    with pytest.raises(RoomClosed):
        asked(cast, room, span(10))
    with pytest.raises(RoomMovedOn):
        operations.close_room(actor=cast.manager.actor, at=AT, room=room, words="屋顶漏水")
    with scoped(Scope()):
        assert not queries.rooms_near(near=cast.places.chengbei).exists()
    operations.reopen_room(actor=cast.manager.actor, at=AT, room=room)
    assert asked(cast, room, span(10)).state == "asked"


@pytest.mark.django_db
def test_a_series_of_times_is_held_whole_or_not_at_all(cast: Cast) -> None:
    room, reason = a_room(cast), Reason(kind="activity", uuid=uuid4())
    weeks = [span(9, day=MONDAY + timedelta(weeks=week)) for week in range(4)]
    held(cast, room, weeks[1])
    held(cast, room, weeks[3])
    wanted = Wanted(people=20, purpose="class")
    with pytest.raises(RoomTaken) as refused:
        operations.hold_room_for(
            actor=cast.practitioner.actor, at=AT, room=room, spans=weeks, wanted=wanted, reason=reason
        )
    assert len(refused.value.facts["times"]) == 2
    assert not Booking.unscoped.filter(for_uuid=reason.uuid).exists()
    made = operations.hold_room_for(
        actor=cast.practitioner.actor, at=AT, room=room, spans=weeks[::2], wanted=wanted, reason=reason
    )
    assert len(made) == 2


@pytest.mark.django_db
def test_what_a_room_is_held_for_is_told_upward(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[BookingMoved] = []
    monkeypatch.setattr("sidan.bookings.operations.door.publish", heard.append)
    room, reason = a_room(cast), Reason(kind="activity", uuid=uuid4())
    booking = operations.hold_room(
        actor=cast.practitioner.actor, at=AT, room=room, span=span(9), reason=reason,
        wanted=Wanted(people=20, purpose="class"),
    )  # fmt: skip
    operations.cancel_booking(actor=cast.practitioner.actor, at=AT, booking=booking, words="下雨")
    assert [(event.verb, event.for_uuid) for event in heard] == [
        ("hold", reason.uuid),
        ("cancel", reason.uuid),
    ]


@pytest.mark.django_db
def test_a_room_has_one_name_and_hours_that_run_forward(cast: Cast) -> None:
    room = a_room(cast)
    with pytest.raises(RoomNameTaken):
        a_room(cast)
    for bad in ([OpenPart(0, time(12), time(9))], [OpenPart(0, *FORENOON), OpenPart(0, time(11), time(13))]):
        with pytest.raises(HoursOverlap):
            a_room(cast, name="别的", hours=bad)
    told = NewRoom(name="大厅", seats=10, hours=[OpenPart(6, time(9), time(10))])
    operations.change_room(actor=cast.manager.actor, at=AT, room=room, told=told)
    with scoped(Scope()):
        assert queries.rooms_near(near=None, text="大厅").get() == room
        assert not queries.rooms_near(near=None, text="多功能").exists()
        assert not queries.rooms_near(near=None, seats=11).exists()
    assert queries.parts_of(room=room) == list(told.hours)
    with pytest.raises(Forbidden):
        operations.open_room(actor=cast.mallory.actor, at=AT, place=cast.places.chengbei, told=told)


def test_every_verb_of_the_table_is_passed_by_an_operation() -> None:
    assert set(BOOKING) == {"ask", "hold", "grant", "refuse", "cancel"}


MINUTES = st.integers(0, 24 * 60 - 1)
PARTS = st.lists(
    st.tuples(st.integers(0, 6), MINUTES, MINUTES).filter(lambda told: told[1] < told[2]), max_size=8
).map(lambda rows: [OpenPart(day, time(*divmod(one, 60)), time(*divmod(two, 60))) for day, one, two in rows])
DAYS = st.dates(date(2024, 1, 1), date(2035, 12, 31))
BUSY = st.lists(st.tuples(st.integers(-600, 2000), st.integers(1, 900)), max_size=6)


def _moments(day: date) -> list[datetime]:
    return [at(day, 0) + timedelta(minutes=minute) for minute in range(0, 24 * 60, 7)]


def _taken(day: date, busy: list[tuple[int, int]]) -> list[Span]:
    moments = [(at(day, 0) + timedelta(minutes=one), timedelta(minutes=long)) for one, long in busy]
    return [Span(begins, begins + lasts) for begins, lasts in moments]


def _holds(spans: list[Span], moment: datetime) -> bool:
    return any(one.begins <= moment < one.ends for one in spans)


@given(PARTS, DAYS, BUSY)
def test_at_each_moment_a_room_is_free_when_it_is_open_and_nobody_has_it(
    parts: list[OpenPart], day: date, busy: list[tuple[int, int]]
) -> None:
    taken = [
        Span(at(day, 0) + timedelta(minutes=one), at(day, 0) + timedelta(minutes=one + long))
        for one, long in busy
    ]
    opened = open_spans(parts=parts, day=day, zone=BUSINESS_ZONE)
    free = free_spans(spans=opened, busy=taken)
    for moment in _moments(day):
        is_open = any(
            part.weekday == day.weekday() and part.opens <= moment.time() < part.shuts for part in parts
        )
        assert _holds(opened, moment) == is_open
        assert _holds(free, moment) == (is_open and not _holds(taken, moment))
    for spans in (opened, free):
        assert all(one.begins < one.ends for one in spans)
        assert all(first.ends < second.begins or spans is free for first, second in pairwise(spans))


@given(PARTS, DAYS, BUSY)
def test_each_proposed_beginning_leaves_half_an_hour_and_none_is_missing(
    parts: list[OpenPart], day: date, busy: list[tuple[int, int]]
) -> None:
    taken = [
        Span(at(day, 0) + timedelta(minutes=one), at(day, 0) + timedelta(minutes=one + long))
        for one, long in busy
    ]
    free = free_spans(spans=open_spans(parts=parts, day=day, zone=BUSINESS_ZONE), busy=taken)
    grid = [at(day, 0) + STEP * step for step in range(48)]
    fits = [one for one in grid if lies_within(spans=free, wanted=Span(one, one + STEP))]
    assert beginnings(free=free, after=at(day, 0), zone=BUSINESS_ZONE) == fits
    assert beginnings(free=free, after=at(day, 12), zone=BUSINESS_ZONE) == [
        one for one in fits if one >= at(day, 12)
    ]
