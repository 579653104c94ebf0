"""Bookings stay for ever: what is coming is found without reading what is over, and nobody waits without need."""

from datetime import timedelta

import pytest
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.test.utils import CaptureQueriesContext

from sidan.bookings import queries
from sidan.bookings.models import Booking, Room
from sidan.bookings.operations import Wanted, ask_room, hold_room
from tests.at_once import DONE, second_behind
from tests.bookings.test_bookings import a_room, span
from tests.cast import Cast
from tests.factories import AT


def held_for_years(room: Room, cast: Cast, count: int) -> None:
    """Write down the past of a room, and tell PostgreSQL of it: of few bookings it would read all."""
    Booking.unscoped.bulk_create(
        Booking(
            room=room, place_id=room.place_id, county_id=room.county_id, people=5, purpose="meeting",
            during=DateTimeTZRange(AT - timedelta(hours=number + 1), AT - timedelta(hours=number)),
            entered_by_id=cast.practitioner.account.pk, state="held", state_since=AT, created_at=AT,
        )
        for number in range(1, count)
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("SELECT core_analyse()")


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["manager", "practitioner"])
def test_what_is_coming_is_counted_by_its_index_however_much_is_over(cast: Cast, who: str) -> None:
    room = a_room(cast)
    held_for_years(room, cast, 3000)
    with getattr(cast, who).at_work() as actor, CaptureQueriesContext(connection) as read:
        assert queries.desk_counts(actor=actor, chosen=queries.BookingFilter(at=AT)) == {"": 0, "coming": 0}
    for statement in (each["sql"] for each in read.captured_queries):
        with connection.cursor() as cursor:
            cursor.execute("EXPLAIN (FORMAT TEXT) " + statement)
            plan = "\n".join(row[0] for row in cursor.fetchall())
        assert "Seq Scan on bookings_booking" not in plan, plan
        assert "upper(during) > " in plan.split("Index Cond:", 1)[1], plan


@pytest.mark.django_db(transaction=True)
def test_who_holds_a_room_for_somebody_who_asks_at_that_moment_does_not_wait_in_a_circle(cast: Cast) -> None:
    one, other = a_room(cast), a_room(cast, name="棋牌室", name_en="Games")
    wanted = Wanted(people=5, purpose="meeting")

    def ask() -> None:
        ask_room(actor=cast.zhou.actor, at=AT, room=one, span=span(9), wanted=wanted)

    def hold() -> None:
        hold_room(
            actor=cast.practitioner.actor,
            at=AT,
            room=other,
            span=span(9),
            wanted=wanted,
            asker=cast.zhou.person,
        )

    assert second_behind(ask, hold) == DONE
