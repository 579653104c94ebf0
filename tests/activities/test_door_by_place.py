"""Coming to an activity by where one's telephone is: with one's own leave, near enough, in whichever coordinates."""

from datetime import timedelta

import pytest
from django.urls import reverse

from sidan.activities import operations
from sidan.activities.models import Activity
from sidan.activities.operations import Came
from sidan.activities.operations.checking import NotNear
from sidan.attendance import operations as attendance
from sidan.attendance.enums import Direction, Grade
from sidan.attendance.models import Mark, RawPoint
from sidan.attendance.operations import NoLeaveToRead, NoPointToMeasure, Reading
from sidan.core.clock import now
from sidan.hours.models import Entry
from sidan.places.coordinates import Point, converted
from sidan.places.models import Place
from tests.activities.test_activities import announced, at
from tests.activities.test_door import end, fresh
from tests.activities.test_enrolment import HELP, SEATS, post_of
from tests.cast import Cast, Someone
from tests.factories import AT

SQUARE = Point(longitude=115.6489, latitude=24.9634, system="gcj02")
METRES_A_DEGREE = 111_195


def reading(*, metres_north: float, accuracy_m: float = 20) -> Reading:
    """Of a telephone, which tells another system of coordinates than the map from which staff took the point."""
    here = converted(SQUARE, system="wgs84")
    point = Point(here.longitude, here.latitude + metres_north / METRES_A_DEGREE, "wgs84")
    return Reading(point=point, accuracy_m=accuracy_m)


def on_the_square(cast: Cast, **changes: object) -> Activity:
    """The volunteer has a place to help, the resident one to listen; both let their telephone's place be read."""
    activity = announced(cast, **{"point": SQUARE, **changes})
    operations.enrol(actor=cast.volunteer.actor, at=AT, post=post_of(cast, activity, HELP))
    operations.enrol(actor=cast.zhou.actor, at=AT, post=post_of(cast, activity, SEATS))
    for one in (cast.volunteer, cast.zhou):
        attendance.give_location_consent(actor=one.actor, at=AT)
    operations.advance_activity(at=at(9), activity_id=activity.pk)
    return fresh(activity)


def by_place(
    who: Someone, activity: Activity, told: Reading, *, hour: int = 9, direction: Direction = Direction.IN
) -> Came:
    return operations.check_self_by_place(
        actor=who.actor, at=at(hour, minute=5), activity=activity, reading=told, direction=direction
    )


@pytest.mark.django_db
def test_who_helps_on_the_square_has_hours_by_place(cast: Cast) -> None:
    activity = on_the_square(cast)
    came = by_place(cast.volunteer, activity, reading(metres_north=60))
    assert (came.mark.grade, came.mark.measured_to, came.mark.distance_m) == (Grade.FAIR, "spot", 60)
    assert RawPoint.objects.filter(mark_id=came.mark.pk).exists()
    by_place(cast.volunteer, activity, reading(metres_north=0), hour=10, direction=Direction.OUT)
    end(activity)
    assert Entry.unscoped.get(person=cast.volunteer.person).minutes == 60


@pytest.mark.django_db
@pytest.mark.parametrize(("metres", "accuracy_m"), [(900, 20), (10, 700)])
def test_far_or_blurred_a_helper_waits_for_a_second_person_and_a_guest_is_refused(
    cast: Cast, metres: int, accuracy_m: int
) -> None:
    activity = on_the_square(cast)
    told = reading(metres_north=metres, accuracy_m=accuracy_m)
    assert by_place(cast.volunteer, activity, told).mark.grade == Grade.WEAK
    with pytest.raises(NotNear):
        by_place(cast.zhou, activity, told)
    assert not Mark.objects.filter(person=cast.zhou.person).exists()
    assert by_place(cast.zhou, activity, reading(metres_north=10)).mark.grade == Grade.FAIR
    shown = cast.manager.client().get(reverse("activities:checking", args=[activity.uuid])).text
    assert f"按手机所在位置 · 离活动现场 {metres} 米，误差约 {accuracy_m} 米" in shown


@pytest.mark.django_db
def test_without_leave_no_place_is_read(cast: Cast) -> None:
    activity = on_the_square(cast)
    attendance.revoke_location_consent(actor=cast.zhou.actor, at=at(9))
    with pytest.raises(NoLeaveToRead):
        by_place(cast.zhou, activity, reading(metres_north=0))
    assert not Mark.objects.exists()


@pytest.mark.django_db
def test_without_a_spot_of_its_own_the_places_point_counts_and_without_any_nothing(cast: Cast) -> None:
    activity = on_the_square(cast, point=None)
    with pytest.raises(NoPointToMeasure):
        by_place(cast.zhou, activity, reading(metres_north=0))
    Place.objects.filter(pk=activity.place_id).update(
        longitude=SQUARE.longitude, latitude=SQUARE.latitude, coordinate_system=SQUARE.system
    )
    came = by_place(cast.zhou, activity, reading(metres_north=700))
    assert (came.mark.measured_to, came.mark.grade) == ("place", Grade.FAIR)


@pytest.mark.django_db
def test_who_says_where_the_spot_is_proves_nothing_of_themselves_by_it(cast: Cast) -> None:
    activity = on_the_square(cast)
    attendance.give_location_consent(actor=cast.practitioner.actor, at=AT)
    with pytest.raises(NoPointToMeasure):
        by_place(cast.practitioner, activity, reading(metres_north=0))


@pytest.mark.django_db
def test_on_the_page_one_allows_it_first_and_is_asked_once(cast: Cast) -> None:
    begins = now() - timedelta(minutes=5)
    span = type(announced(cast).span)(begins, begins + timedelta(hours=2))
    activity = announced(cast, point=SQUARE, span=span)
    operations.advance_activity(at=begins, activity_id=activity.pk)
    client, here = cast.zhou.client(), reverse("activities:here", args=[activity.uuid])
    assert "data-locate" not in client.get(here).text
    attendance.give_location_consent(actor=cast.zhou.actor, at=now())
    assert "data-locate" in client.get(here).text
    told = reading(metres_north=0).point
    form = {"direction": "in", "longitude": told.longitude, "latitude": told.latitude, "system": told.system}
    blurred = client.post(here, {**form, "accuracy": "900"})
    assert (blurred.status_code, "看不出您就在现场" in blurred.text) == (422, True)
    assert client.post(here, {**form, "accuracy": ""}).status_code == 422
    assert client.post(here, {**form, "accuracy": "12.5"}).status_code == 303
    assert Mark.objects.get().way == "place"
