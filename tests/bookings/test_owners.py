"""Rooms of others: lent by agreement, and booked only as long as that lasts."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from sidan.audit.models import AuditEntry
from sidan.bookings import operations, queries
from sidan.bookings.models import Booking, Room, RoomOwnerContact
from sidan.bookings.operations import Contact, Owner, Wanted
from sidan.bookings.operations.door import RoomNotLent
from sidan.bookings.operations.owning import BookedBeyond, LentBackwards, LentFromWhen, OwnerUnnamed
from sidan.bookings.permissions import NotYourRooms
from sidan.bookings.policies import Span
from sidan.core.clock import business_date, midnight, now
from tests.at_once import all_at_once
from tests.cast import Cast
from tests.matrix.stage_rooms import ask_room, open_room

MEETING = Wanted(people=5, purpose="meeting")


def school(*, ahead: int | None = 10, contact: Contact | None = None) -> Owner:
    today = business_date(now())
    last = today + timedelta(days=ahead) if ahead is not None else None
    return Owner("school", "城北小学", "Chengbei School", today - timedelta(days=30), last, contact)


def lend(cast: Cast, room: Room, told: Owner) -> Room:
    return operations.say_whose_room(actor=cast.practitioner.actor, at=now(), room=room, told=told)


def hold(cast: Cast, room: Room, days: int, hour: int = 9, hours: int = 1) -> Booking:
    begins = midnight(business_date(now()) + timedelta(days=days)) + timedelta(hours=hour)
    when = Span(begins, begins + timedelta(hours=hours))
    return operations.hold_room(actor=cast.practitioner.actor, at=now(), room=room, span=when, wanted=MEETING)


@pytest.fixture
def room(cast: Cast) -> Room:
    return open_room(cast, "多功能厅")


@pytest.mark.django_db
def test_a_lent_room_is_booked_on_the_last_day_and_not_on_the_next(cast: Cast, room: Room) -> None:
    lend(cast, room, school(ahead=10))
    hold(cast, room, 10)
    with pytest.raises(RoomNotLent):
        hold(cast, room, 11)
    with pytest.raises(RoomNotLent):
        hold(cast, room, 10, hour=23, hours=2)
    hold(cast, room, 10, hour=23, hours=1)
    days = [business_date(now()) + timedelta(days=day) for day in (10, 11)]
    assert [bool(spans) for spans in queries.open_on(room=room, days=days).values()] == [True, False]


@pytest.mark.django_db
def test_the_database_keeps_a_lent_room_from_whoever_writes(cast: Cast, room: Room) -> None:
    booking = hold(cast, room, 3)
    with pytest.raises(IntegrityError), transaction.atomic():
        Room.unscoped.filter(pk=room.pk).update(
            owner_kind="school", owner_name="城北小学", lent_from=date(2026, 1, 1),
            lent_until=business_date(now()) + timedelta(days=2),
        )  # fmt: skip
    lend(cast, room, school(ahead=5))
    begins = booking.span.begins + timedelta(days=30)
    with pytest.raises(IntegrityError, match="is not lent"), transaction.atomic():
        Booking.unscoped.create(
            room=room, place_id=room.place_id, county_id=room.county_id, entered_by_id=booking.entered_by_id,
            during=(begins, begins + timedelta(hours=1)), people=1, purpose="meeting", state="held",
            state_since=now(), created_at=now(),
        )  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        Room.unscoped.filter(pk=room.pk).update(owner_name="")


@pytest.mark.django_db
def test_an_agreement_is_not_cut_short_under_what_is_booked(cast: Cast, room: Room) -> None:
    asked = ask_room(cast.zhou.actor, room)
    with pytest.raises(BookedBeyond) as refused:
        lend(cast, room, school(ahead=1))
    assert refused.value.facts["count"] == 1
    operations.refuse_booking(actor=cast.practitioner.actor, at=now(), booking=asked, words="学校要收回")
    lend(cast, room, school(ahead=1))
    assert Room.unscoped.get().lent_until == business_date(now()) + timedelta(days=1)


@pytest.mark.django_db
def test_an_agreement_is_whole_or_refused_at_its_field(cast: Cast, room: Room) -> None:
    with pytest.raises(OwnerUnnamed):
        lend(cast, room, Owner("school", lent_from=date(2026, 1, 1)))
    with pytest.raises(LentFromWhen):
        lend(cast, room, Owner("school", "城北小学"))
    with pytest.raises(LentBackwards):
        lend(cast, room, Owner("school", "城北小学", "", date(2026, 2, 1), date(2026, 1, 1)))
    with pytest.raises(NotYourRooms):
        operations.say_whose_room(actor=cast.mallory.actor, at=now(), room=room, told=school())
    assert Room.unscoped.get().owner_kind == "own"


@pytest.mark.django_db
def test_whom_to_call_is_kept_protected_looked_up_on_record_and_goes_with_the_agreement(
    cast: Cast, room: Room
) -> None:
    lend(cast, room, school(contact=Contact("刘老师", "12900000088")))
    lend(cast, room, school(ahead=20))
    client = cast.practitioner.client()
    url = reverse("bookings:staff_room", args=[room.uuid])
    assert "12900000088" not in client.get(url).content.decode()
    assert "12900000088" not in client.get(reverse("bookings:owner", args=[room.uuid])).content.decode()
    shown = client.post(reverse("bookings:look_owner", args=[room.uuid])).content.decode()
    assert "刘老师" in shown
    assert "12900000088" in shown
    assert AuditEntry.objects.filter(verb="room.look", subject_id=room.pk).count() == 1
    assert "12900000088" not in Client().get(reverse("bookings:room", args=[room.uuid])).content.decode()
    lend(cast, room, Owner())
    assert not RoomOwnerContact.objects.exists()


@pytest.mark.django_db
def test_who_books_reads_whose_the_room_is_and_until_when(cast: Cast, room: Room) -> None:
    lend(cast, room, school(ahead=10))
    client = Client()
    client.cookies["django_language"] = "en"
    shown = client.get(reverse("bookings:room", args=[room.uuid])).content.decode()
    assert "Chengbei School" in shown
    day = f"{business_date(now()) + timedelta(days=2)}"
    assert (
        "城北小学"
        in cast.zhou.client().get(reverse("bookings:ask", args=[room.uuid]), {"day": day}).content.decode()
    )


@pytest.mark.django_db
def test_the_form_keeps_what_was_typed_and_says_what_is_wrong_at_its_field(cast: Cast, room: Room) -> None:
    client = cast.practitioner.client()
    client.cookies["django_language"] = "en"
    typed = {"kind": "company", "name": "某某物业", "lent_from": "2026-05-01", "lent_until": "2026-04-01"}
    answer = client.post(reverse("bookings:owner", args=[room.uuid]), typed)
    assert answer.status_code == 422
    assert "The agreement ends before it begins." in answer.content.decode()
    assert "某某物业" in answer.content.decode()
    assert 'value="2026-05-01"' in answer.content.decode()


@pytest.mark.django_db
def test_the_list_of_rooms_shows_those_of_others(cast: Cast, room: Room) -> None:
    open_room(cast, "棋牌室")
    lend(cast, room, school())
    client = cast.practitioner.client()
    shown = client.get(reverse("bookings:staff_rooms"), {"whose": "others"}).content.decode()
    assert "多功能厅" in shown
    assert "棋牌室" not in shown
    assert "城北小学" in shown


@pytest.mark.django_db(transaction=True)
def test_of_a_booking_and_the_end_of_the_agreement_at_once_only_one_comes_to_be(cast: Cast) -> None:
    room = open_room(cast, "多功能厅")
    lend(cast, room, school(ahead=20))
    seen: list[str] = []

    def book() -> None:
        hold(cast, Room.unscoped.get(), 9)
        seen.append("booked")

    def end() -> None:
        lend(cast, Room.unscoped.get(), school(ahead=1))
        seen.append("ended")

    all_at_once(book, end)
    assert len(seen) == 1
