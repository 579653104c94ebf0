"""The pages of rooms and bookings, as residents and staff walk through them."""

from datetime import date, datetime, time, timedelta
from itertools import pairwise

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from sidan.bookings import operations
from sidan.bookings.models import Booking, Room
from sidan.bookings.policies import BadHours, Span, day_parts, read_hours, written_hours
from sidan.core.clock import BUSINESS_ZONE, business_date, now
from sidan.people.policies import Organisation
from tests.cast import Cast
from tests.matrix.stage_rooms import ask_room, hold_room, open_room

ASKED = {
    "begins": "09:00", "ends": "10:30", "people": "8", "purpose": "rehearsal",
    "contact_phone": "12900000001",
}  # fmt: skip


def ahead(days: int = 2) -> str:
    return f"{business_date(now()) + timedelta(days=days)}"


def english(cast_member: Client) -> Client:
    cast_member.cookies["django_language"] = "en"
    return cast_member


def text(client: Client, url: str, **data: str) -> str:
    answer = client.get(url, data)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def room(cast: Cast) -> Room:
    return open_room(cast, "多功能厅")


@pytest.mark.django_db
def test_a_visitor_sees_a_week_without_anybodys_name(cast: Cast, room: Room) -> None:
    operations.grant_booking(actor=cast.practitioner.actor, at=now(), booking=ask_room(cast.zhou.actor, room))
    shown = text(english(Client()), reverse("bookings:room", args=[room.uuid]), day=ahead())
    assert "9:00 – 10:00" in shown
    assert "Taken" in shown
    assert cast.zhou.person.name not in shown


@pytest.mark.django_db
def test_a_free_time_that_is_tapped_is_filled_in_and_asked_for(cast: Cast, room: Room) -> None:
    client, url = english(cast.zhou.client()), reverse("bookings:ask", args=[room.uuid])
    shown = text(client, url, day=ahead(), begins="09:00")
    assert '<option value="09:00" selected>' in shown
    answer = client.post(f"{url}?day={ahead()}", ASKED)
    booking = Booking.unscoped.get()
    assert answer.headers["Location"] == reverse("bookings:booking", args=[booking.uuid])
    assert booking.span.ends - booking.span.begins == timedelta(minutes=90)


@pytest.mark.django_db
def test_a_time_that_was_taken_meanwhile_is_named_and_what_was_typed_stays(cast: Cast, room: Room) -> None:
    hold_room(cast, room, hour=9)
    url = f"{reverse('bookings:ask', args=[room.uuid])}?day={ahead()}"
    answer = english(cast.zhou.client()).post(url, {**ASKED, "words": "我们有自己的音响"})
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "The room is taken" in shown
    assert "9:00 (taken)" in shown
    assert "我们有自己的音响" in shown
    assert not Booking.unscoped.filter(asker=cast.zhou.person).exists()


@pytest.mark.django_db
def test_more_people_than_fit_are_refused_at_their_field(cast: Cast, room: Room) -> None:
    url = f"{reverse('bookings:ask', args=[room.uuid])}?day={ahead()}"
    answer = english(cast.zhou.client()).post(url, {**ASKED, "people": "31"})
    assert answer.status_code == 422
    assert "The room takes 30 people" in answer.content.decode()


@pytest.mark.django_db
def test_my_booking_is_mine_to_cancel_and_another_persons_is_not_there(cast: Cast, room: Room) -> None:
    booking = ask_room(cast.zhou.actor, room)
    url = reverse("bookings:booking", args=[booking.uuid])
    assert cast.mallory.client().get(url).status_code == 404
    assert "多功能厅" in text(cast.zhou.client(), url)
    cast.zhou.client().post(reverse("bookings:cancel", args=[booking.uuid]), {"words": "下雨"})
    assert Booking.unscoped.get().state == "cancelled"


@pytest.mark.django_db
def test_who_looked_at_the_telephone_is_told_to_whose_it_is(cast: Cast, room: Room) -> None:
    booking = ask_room(cast.zhou.actor, room)
    shown = cast.practitioner.client().post(reverse("bookings:look", args=[booking.uuid])).content.decode()
    assert "12900000001" in shown
    assert cast.practitioner.person.name in text(
        cast.zhou.client(), reverse("bookings:booking", args=[booking.uuid])
    )


@pytest.mark.django_db
def test_the_desk_says_that_a_time_is_gone_and_giving_it_names_the_time(cast: Cast, room: Room) -> None:
    booking = ask_room(cast.zhou.actor, room)
    hold_room(cast, room, hour=9)
    client = english(cast.practitioner.client())
    assert "Taken meanwhile" in text(client, reverse("bookings:desk"))
    answer = client.post(reverse("bookings:grant", args=[booking.uuid]), {"words": "钥匙在值班室"})
    assert answer.status_code == 422
    assert "The room is taken" in answer.content.decode()
    assert "钥匙在值班室" in answer.content.decode()
    client.post(reverse("bookings:refuse", args=[booking.uuid]), {"words": "请换一天"})
    assert "请换一天" in text(cast.zhou.client(), reverse("bookings:booking", args=[booking.uuid]))


@pytest.mark.django_db
def test_the_desk_is_searched_by_room_and_by_who_asked(cast: Cast, room: Room) -> None:
    ask_room(cast.zhou.actor, room)
    client = cast.practitioner.client()
    for words, count in (("多功能", 1), (cast.zhou.person.name, 1), ("没有的", 0)):
        assert text(client, reverse("bookings:desk"), q=words).count("data-row=") == count


@pytest.mark.django_db
def test_staff_see_the_week_with_names_and_book_for_who_stands_at_the_counter(cast: Cast, room: Room) -> None:
    client = english(cast.practitioner.client())
    found = text(client, reverse("bookings:hold_for", args=[room.uuid]), q=cast.zhou.person.name)
    person = f"person={cast.zhou.person.uuid}"
    assert person in found
    tapped = text(client, reverse("bookings:hold", args=[room.uuid]), day=ahead(), begins="09:00")
    assert 'value="10:00"' in tapped
    url = f"{reverse('bookings:hold', args=[room.uuid])}?{person}"
    client.post(url, {**ASKED, "day": ahead(), "begins": "22:30", "ends": "00:30"})
    booking = Booking.unscoped.get()
    assert (booking.asker, booking.state) == (cast.zhou.person, "held")
    assert booking.span.ends - booking.span.begins == timedelta(hours=2)
    shown = text(client, reverse("bookings:staff_room", args=[room.uuid]), day=ahead())
    assert cast.zhou.person.name in shown


@pytest.mark.django_db
def test_a_room_is_entered_with_its_hours_and_hours_that_cannot_be_read_are_named(cast: Cast) -> None:
    client, url = english(cast.practitioner.client()), reverse("bookings:new_room")
    told = {"place": str(cast.places.chengbei.uuid), "name": "书画室", "seats": "20", "kit": ["board"]}
    answer = client.post(url, {**told, "hours_0": "早上"})
    assert answer.status_code == 422
    assert "Please write the hours as" in answer.content.decode()
    client.post(url, {**told, "hours_0": "8:30-12:00, 14:00-17:30"})
    room = Room.unscoped.get()
    assert [(part.opens, part.shuts) for part in room.hours.all()] == [
        (time(8, 30), time(12)),
        (time(14), time(17, 30)),
    ]
    shown = text(client, reverse("bookings:change_room", args=[room.uuid]))
    assert "08:30-12:00, 14:00-17:30" in shown


@pytest.mark.django_db
def test_closing_tells_how_many_are_cancelled_and_asks_why(cast: Cast, room: Room) -> None:
    ask_room(cast.zhou.actor, room)
    client = english(cast.practitioner.client())
    assert "1 booking ahead is cancelled" in text(client, reverse("bookings:staff_room", args=[room.uuid]))
    url = reverse("bookings:close_room", args=[room.uuid])
    assert client.post(url, {"words": ""}).status_code == 422
    client.post(url, {"words": "修屋顶"})
    assert Booking.unscoped.get().state == "cancelled"
    assert text(client, reverse("bookings:rooms")).count("多功能厅") == 0


@pytest.mark.django_db
@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "x", "2026-02-30"])
def test_a_made_up_day_shows_a_week_all_the_same(cast: Cast, room: Room, day: str) -> None:
    for name in ("room", "ask"):
        text(cast.zhou.client(), reverse(f"bookings:{name}", args=[room.uuid]), day=day)
    for name in ("staff_room", "hold"):
        text(cast.practitioner.client(), reverse(f"bookings:{name}", args=[room.uuid]), day=day)


@pytest.mark.django_db
def test_the_page_of_a_place_leads_to_its_rooms(cast: Cast, room: Room) -> None:
    shown = text(Client(), reverse("places:place", args=[cast.places.chengbei.uuid]))
    assert reverse("bookings:room", args=[room.uuid]) in shown


@pytest.mark.parametrize("typed", ["8:30", "25:00-26:00", "早上", "8:30-12:00, 14:00"])
def test_hours_without_their_other_end_or_of_no_clock_cannot_be_read(typed: str) -> None:
    with pytest.raises(BadHours):
        read_hours(typed)


@given(st.lists(st.tuples(st.times(), st.times()), max_size=4))
def test_hours_are_read_as_they_are_written(parts: list[tuple[time, time]]) -> None:
    whole = [(a.replace(second=0, microsecond=0), b.replace(second=0, microsecond=0)) for a, b in parts]
    assert read_hours(written_hours(whole)) == whole


MIDNIGHT = datetime.combine(date(2026, 11, 23), time(), BUSINESS_ZONE)
MINUTES = st.integers(0, 24 * 60)


@given(st.lists(st.tuples(MINUTES, MINUTES), max_size=5), MINUTES, MINUTES)
def test_the_parts_of_a_day_fill_its_hours_without_a_gap(
    busy: list[tuple[int, int]], one: int, other: int
) -> None:
    def at(minute: int) -> datetime:
        return MIDNIGHT + timedelta(minutes=minute)

    opened = [Span(at(8 * 60), at(12 * 60)), Span(at(14 * 60), at(18 * 60))]
    held, end = [], 0
    for begins, ends in sorted(busy):
        if begins >= end and ends > begins:
            held.append(Span(at(begins), at(ends)))
            end = ends
    parts = day_parts(opened=opened, busy=held, after=at(min(one, other)), until=at(max(one, other)))
    filled = sum((part.ends - part.begins for part in parts), timedelta())
    assert filled == timedelta(hours=8)
    assert all(first.ends <= second.begins for first, second in pairwise(parts))


@pytest.mark.django_db
def test_whose_a_booking_is_reads_who_runs_the_room_and_nobody_else(cast: Cast, room: Room) -> None:
    booking, name = ask_room(cast.zhou.actor, room), cast.zhou.person.name
    operations.grant_booking(actor=cast.practitioner.actor, at=now(), booking=booking)
    week = reverse("bookings:staff_room", args=[room.uuid])
    desk, one = reverse("bookings:desk"), reverse("bookings:staff_booking", args=[booking.uuid])
    program = "/api/v1/bookings"
    runs, reads = english(cast.practitioner.client()), english(cast.dispatcher.client())
    for url, asks in ((desk, {"chip": "coming"}), (week, {"day": ahead()}), (one, {})):
        assert name in text(runs, url, **asks)
        shown = text(reads, url, **asks)
        assert name not in shown, url
        assert ("Booked" in shown) or ("knows whose booking it is" in shown)
    # Nor is it found by the name, nor does a program read it.
    assert str(booking.uuid) in text(runs, desk, chip="coming", q=name)
    assert str(booking.uuid) not in text(reads, desk, chip="coming", q=name)
    both = (cast.practitioner, cast.dispatcher)
    known, unknown = (who.client().get(program, {"chip": "coming"}).json()["items"][0] for who in both)
    assert (known["is_known"], known["person_name"]) == (True, name)
    assert (unknown["is_known"], unknown["person"], unknown["person_name"]) == (False, None, "")


@pytest.mark.django_db
def test_the_name_of_an_organisation_is_not_taken_along_by_who_does_not_run_the_room(
    cast: Cast, room: Room
) -> None:
    span = Span(now() + timedelta(days=2), now() + timedelta(days=2, hours=1))
    organisation = Organisation(kind="enterprise", name="寻乌果业公司")
    made = operations.hold_room(
        actor=cast.practitioner.actor, at=now(), room=room, span=span,
        wanted=operations.Wanted(people=5, purpose="meeting", organisation=organisation), asker=cast.zhou.person,
    )  # fmt: skip
    url = reverse("bookings:export")
    tables = {
        who: b"".join(who_client.get(url, {"chip": "coming"}).streaming_content).decode()
        for who, who_client in (("runs", cast.practitioner.client()), ("reads", cast.dispatcher.client()))
    }
    assert organisation.name in tables["runs"]
    assert organisation.name not in tables["reads"]
    program = f"/api/v1/bookings/{made.uuid}"
    assert cast.practitioner.client().get(program).json()["organisation"]["name"] == organisation.name
    assert cast.dispatcher.client().get(program).json()["organisation"] is None
