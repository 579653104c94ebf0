"""How a coming or going is known, what it is worth, and when it counts."""

from datetime import datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client

from sidan.attendance import operations as attendance
from sidan.attendance.models import CodeTry, Interval, Mark, RawPoint
from sidan.attendance.operations import (
    AlreadySaid,
    CodeUsed,
    NoLeaveToRead,
    NoPointToMeasure,
    NotTheSame,
    Proof,
    Reading,
)
from sidan.attendance.queries import present_code, standings, unconfirmed
from sidan.core.clock import now
from sidan.orders import operations as orders
from sidan.orders.models import OrderPoint, Visit
from sidan.orders.operations.pointing import NoPointNow, PointBlurred, PointNeedsConsent
from sidan.orders.permissions import MayNotJudgeTime, NotYourOrder
from sidan.orders.views.times import times_to_judge
from sidan.people.operations import issue_token
from sidan.places.coordinates import Point, converted
from sidan.places.models import Place
from tests.orders.browsing import browser, once
from tests.orders.scene import Scene, later

HAND = Proof(way="hand", reason_code="no_phone")
THEN = later(days=1)
STATION = Point(longitude=115.6489, latitude=24.9634, system="gcj02")
ONE_HOUR = timedelta(hours=1)


def by_code(visit: Visit, at: datetime) -> Proof:
    return Proof(way="code", code=present_code(cause_uuid=str(visit.uuid), at=at))


def by_place(*, metres_north: float, accuracy_m: float = 20) -> Proof:
    here = converted(STATION, system="wgs84")
    point = Point(here.longitude, here.latitude + metres_north / 111_195, "wgs84")
    return Proof(way="place", reading=Reading(point=point, accuracy_m=accuracy_m))


def come(scene: Scene, visit: Visit, proof: Proof, who: str = "zhao", at: datetime = THEN) -> Mark:
    return orders.check_in(actor=scene.actor(who), at=at, visit=visit, proof=proof)


def go(scene: Scene, visit: Visit, proof: Proof, who: str = "zhao", at: datetime = THEN + ONE_HOUR) -> Mark:
    return orders.check_out(actor=scene.actor(who), at=at, visit=visit, proof=proof)


def on_the_map(scene: Scene) -> None:
    Place.objects.filter(pk=scene.station.pk).update(
        longitude=STATION.longitude, latitude=STATION.latitude, coordinate_system=STATION.system
    )


def test_two_codes_make_a_time_that_counts(scene: Scene) -> None:
    visit = scene.scheduled()

    come(scene, visit, by_code(visit, THEN))
    go(scene, visit, by_code(visit, THEN + ONE_HOUR))

    counted = Interval.objects.get(cause=visit.cause_id)
    assert (counted.during.lower, counted.during.upper) == (THEN, THEN + ONE_HOUR)
    assert counted.grade == "strong"


def test_the_same_digits_prove_nothing_a_second_time(scene: Scene) -> None:
    visit = scene.scheduled()
    digits = by_code(visit, THEN)
    come(scene, visit, digits)

    with pytest.raises(CodeUsed):
        go(scene, visit, digits, at=THEN + timedelta(minutes=2))
    # Another person may have read the same digits at the same door.
    assert come(scene, visit, digits, who="qian").grade == "strong"


def test_times_by_hand_count_once_a_second_person_has_confirmed_both(scene: Scene) -> None:
    visit = scene.scheduled()
    marks = [come(scene, visit, HAND), go(scene, visit, HAND)]
    assert standings(cause_id=visit.cause_id)[marks[0].person_id].waits

    for number, written in enumerate(marks):
        assert Interval.objects.count() == 0, number
        orders.judge_time(
            actor=scene.actor("zhou"), at=later(days=2), visit=visit, written=written, is_right=True
        )

    assert Interval.objects.get().grade == "weak"
    assert unconfirmed(cause_ids=[visit.cause_id]) == []
    assert standings(cause_id=visit.cause_id)[marks[0].person_id].counts


def test_a_time_that_somebody_denies_never_counts(scene: Scene) -> None:
    visit = scene.scheduled()
    marks = [come(scene, visit, HAND), go(scene, visit, HAND)]
    wang = scene.actor("wang")

    orders.judge_time(actor=wang, at=later(days=2), visit=visit, written=marks[0], is_right=False)
    orders.judge_time(actor=wang, at=later(days=2), visit=visit, written=marks[1], is_right=True)

    assert Interval.objects.count() == 0
    assert standings(cause_id=visit.cause_id)[marks[0].person_id].denied


def test_nobody_confirms_what_they_wrote_and_strangers_nothing(scene: Scene) -> None:
    visit = scene.scheduled()
    written = come(scene, visit, HAND)

    with pytest.raises(NotTheSame):
        orders.judge_time(actor=scene.actor("zhao"), at=THEN, visit=visit, written=written, is_right=True)
    for stranger in ("mallory", "sun"):
        with pytest.raises(MayNotJudgeTime):
            orders.judge_time(
                actor=scene.actor(stranger), at=THEN, visit=visit, written=written, is_right=True
            )


def test_a_word_is_said_once_and_not_on_what_is_proven(scene: Scene) -> None:
    visit = scene.scheduled()
    told, proven = come(scene, visit, HAND), come(scene, visit, by_code(visit, THEN), who="qian")
    orders.judge_time(actor=scene.actor("li"), at=THEN, visit=visit, written=told, is_right=True)

    for written in (told, proven):
        with pytest.raises(AlreadySaid):
            orders.judge_time(actor=scene.actor("li"), at=THEN, visit=visit, written=written, is_right=False)


def test_nobody_is_in_two_places_at_once(scene: Scene) -> None:
    here, there = scene.scheduled(), scene.scheduled()
    for visit in (here, there):
        come(scene, visit, by_code(visit, THEN))
        written = go(scene, visit, by_code(visit, THEN + ONE_HOUR))

    assert [counted.cause_id for counted in Interval.objects.all()] == [here.cause_id]
    assert standings(cause_id=there.cause_id)[written.person_id].overlaps
    assert Mark.objects.filter(cause=there.cause_id).count() == 2, "what was told stays as it was told"


def test_the_place_is_read_only_with_leave(scene: Scene) -> None:
    visit = scene.scheduled()
    on_the_map(scene)
    with pytest.raises(NoLeaveToRead):
        come(scene, visit, by_place(metres_north=100))

    attendance.give_location_consent(actor=scene.actor("zhao"), at=THEN)
    attendance.give_location_consent(actor=scene.actor("zhao"), at=THEN)
    written = come(scene, visit, by_place(metres_north=100))

    assert written.grade == "fair"
    # The same spot in another system of coordinates lies some 500 m away: it was converted before measuring.
    assert written.distance_m == pytest.approx(100, abs=1)
    attendance.revoke_location_consent(actor=scene.actor("zhao"), at=THEN)
    assert RawPoint.objects.count() == 0
    with pytest.raises(NoLeaveToRead):
        go(scene, visit, by_place(metres_north=100))


@pytest.mark.parametrize(("metres", "accuracy"), [(5000, 20), (100, 900), (950, 100)])
def test_a_reading_far_away_or_blurred_is_weak(scene: Scene, metres: float, accuracy: float) -> None:
    visit = scene.scheduled()
    on_the_map(scene)
    attendance.give_location_consent(actor=scene.actor("zhao"), at=THEN)
    assert come(scene, visit, by_place(metres_north=metres, accuracy_m=accuracy)).grade == "weak"


def test_a_place_without_a_point_cannot_be_measured(scene: Scene) -> None:
    attendance.give_location_consent(actor=scene.actor("zhao"), at=THEN)
    with pytest.raises(NoPointToMeasure):
        come(scene, scene.scheduled(), by_place(metres_north=10))


def test_the_raw_point_is_dropped_after_a_day_and_the_distance_stays(scene: Scene) -> None:
    visit = scene.scheduled()
    on_the_map(scene)
    attendance.give_location_consent(actor=scene.actor("zhao"), at=THEN)
    written = come(scene, visit, by_place(metres_north=100))

    assert attendance.forget_points(at=THEN + timedelta(hours=23)) == 0
    assert attendance.forget_points(at=THEN + timedelta(hours=25)) == 1
    assert Mark.objects.get(pk=written.pk).distance_m == pytest.approx(100, abs=1)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE attendance_confirmation SET is_right = false",
        "DELETE FROM attendance_interval",
        "UPDATE attendance_mark SET grade = 'strong'",
    ],
)
def test_what_was_said_is_never_changed(scene: Scene, statement: str) -> None:
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_whoever_guesses_is_stopped_after_ten_tries(scene: Scene) -> None:
    visit = scene.scheduled()
    wrong = Proof(way="code", code=f"{(int(by_code(visit, THEN).code) + 1) % 10**6:06}")
    for _ in range(10):
        with pytest.raises(attendance.WrongCode):
            come(scene, visit, wrong)
    with pytest.raises(attendance.TooManyCodes):
        come(scene, visit, by_code(visit, THEN))
    soon = THEN + timedelta(minutes=16)
    come(scene, visit, by_code(visit, soon), at=soon)
    assert attendance.forget_tries(at=THEN + timedelta(hours=24, minutes=1)) == 10


@pytest.mark.parametrize("key", [{}, {"HTTP_IDEMPOTENCY_KEY": "a-key-that-was-not-used-before"}])
def test_a_wrong_code_over_the_api_is_counted_although_its_request_is_undone(
    scene: Scene, key: dict[str, str]
) -> None:
    url = f"/api/v1/team-work/visits/{scene.scheduled().uuid}/check-in"
    token = issue_token(actor=scene.actor("zhao"), at=now())[0]
    sent = {"way": "code", "code": "000000"}
    answer = Client().post(
        url, sent, content_type="application/json", headers={"authorization": f"Bearer {token}"}, **key
    )
    assert (answer.status_code, answer.json()["code"]) == (422, "wrong_code")
    assert CodeTry.objects.count() == 1


def test_a_wrong_code_on_the_page_is_counted_although_its_form_is_undone(scene: Scene) -> None:
    visit = scene.scheduled()
    url = f"/tasks/{visit.assignment.uuid}/check-in/"
    answer = browser(scene, "zhao").post(url, {"code": "000000", "once": once()})
    assert answer.status_code == 422
    assert CodeTry.objects.count() == 1


def home(*, metres_north: float) -> Reading:
    """Where the resident's door is, some way from the station's point."""
    reading = by_place(metres_north=metres_north).reading
    assert reading is not None
    return reading


def test_with_a_pinned_door_the_distance_is_to_it_and_the_mark_says_so(scene: Scene) -> None:
    visit = scene.scheduled()
    on_the_map(scene)
    attendance.give_location_consent(actor=scene.actor("zhao"), at=THEN)
    orders.pin_point(
        actor=scene.actor("zhou"), at=THEN, order=visit.assignment.order, reading=home(metres_north=3000)
    )
    near = come(scene, visit, by_place(metres_north=3050))
    assert (near.grade, near.measured_to, near.accuracy_m) == ("fair", "visit", 40)
    assert near.distance_m == pytest.approx(50, abs=1)

    other = scene.scheduled()
    village = come(scene, other, by_place(metres_north=50))
    assert (village.grade, village.measured_to, village.accuracy_m) == ("fair", "place", 20)


def test_the_circle_round_a_door_is_narrower_than_that_round_a_village(scene: Scene) -> None:
    visit = scene.scheduled()
    attendance.give_location_consent(actor=scene.actor("zhao"), at=THEN)
    order = visit.assignment.order
    orders.pin_point(actor=scene.actor("zhou"), at=THEN, order=order, reading=home(metres_north=0))
    assert come(scene, visit, by_place(metres_north=280)).grade == "weak", "280 + 20 + 20 is more than 300"
    how = times_to_judge(actor=scene.actor("wang"), visits=[visit])[0].how
    assert "离上门地点 280 米，误差约 40 米" in how


def test_staff_pin_only_with_the_residents_consent_and_strangers_never(scene: Scene) -> None:
    order = scene.scheduled().assignment.order
    with pytest.raises(PointNeedsConsent):
        orders.pin_point(actor=scene.actor("keeper"), at=THEN, order=order, reading=home(metres_north=0))
    kept = orders.pin_point(
        actor=scene.actor("keeper"), at=THEN, order=order, reading=home(metres_north=0), resident_agrees=True
    )
    assert not kept.is_own
    for stranger in ("mallory", "sun", "wang", "zhao"):
        with pytest.raises(NotYourOrder):
            orders.pin_point(
                actor=scene.actor(stranger), at=THEN, order=order, reading=home(metres_north=0),
                resident_agrees=True,
            )  # fmt: skip


def test_a_blurred_point_is_refused_and_what_is_kept_lies_open_nowhere(scene: Scene) -> None:
    order = scene.scheduled().assignment.order
    blurred = by_place(metres_north=0, accuracy_m=400).reading
    assert blurred is not None
    with pytest.raises(PointBlurred):
        orders.pin_point(actor=scene.actor("zhou"), at=THEN, order=order, reading=blurred)
    orders.pin_point(actor=scene.actor("zhou"), at=THEN, order=order, reading=home(metres_north=0))
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(row::text, ' ') FROM orders_orderpoint AS row")
        assert "24.9" not in cursor.fetchone()[0]


def test_the_point_goes_when_the_resident_says_so_and_when_the_order_ends(scene: Scene) -> None:
    order, other = scene.scheduled().assignment.order, scene.scheduled().assignment.order
    for each in (order, other):
        orders.pin_point(actor=scene.actor("zhou"), at=THEN, order=each, reading=home(metres_north=0))
    orders.unpin_point(actor=scene.actor("zhou"), at=THEN, order=order)
    assert OrderPoint.objects.count() == 1
    assert orders.forget_points_of_ended() == 0
    orders.cancel_order(actor=scene.actor("zhou"), at=THEN, order=other, reason="no_longer_needed", words="")
    assert orders.forget_points_of_ended() == 1
    with pytest.raises(NoPointNow):
        orders.pin_point(actor=scene.actor("zhou"), at=THEN, order=other, reading=home(metres_north=0))
