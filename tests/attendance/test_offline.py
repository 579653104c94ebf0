"""Times that a telephone kept without network: taken in once, conflicts told, nothing lost."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import count, islice
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client

from sidan.attendance import operations as attendance
from sidan.attendance.models import Interval, Mark, OfflineRecord, RawPoint
from sidan.attendance.operations import MOST_RECORDS
from sidan.attendance.policies.door import MOST_WRONG_TOLD
from sidan.attendance.queries import present_code
from sidan.notify.models import Notice
from sidan.orders import operations as orders
from sidan.orders.models import Visit
from sidan.orders.views.times import times_to_judge
from sidan.people.models import Account
from sidan.places.coordinates import converted
from tests.attendance.test_marks import HAND, STATION, by_code, come, go, on_the_map
from tests.orders.browsing import browser
from tests.orders.scene import Scene, later

THEN = later(days=1)
REPORTED = THEN + timedelta(hours=2)
BACK = THEN + timedelta(hours=3)
URL = "/api/v1/team-work/offline"


@pytest.fixture(autouse=True)
def _at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sidan.orders.api.inbox.now", lambda: BACK)


def ms(moment: datetime) -> int:
    return round(moment.timestamp() * 1000)


def record(visit: Visit, at: datetime, **changes: Any) -> dict[str, Any]:
    """A record whose telephone has a right clock that nobody moved."""
    return {
        "id": str(uuid4()), "visit": str(visit.uuid), "direction": "in", "way": "code",
        "code": present_code(cause_uuid=str(visit.uuid), at=at), "reason": "", "device_ms": ms(at), "offset_ms": 0,
        "elapsed_ms": ms(BACK) - ms(at), **changes,
    }  # fmt: skip


def send(scene: Scene, *records: dict[str, Any], who: str = "zhao") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = answered(scene, *records, who=who)["results"]
    return found


def answered(
    scene: Scene, *records: dict[str, Any], who: str = "zhao", sent_at: datetime = BACK
) -> dict[str, Any]:
    client = browser(scene, who)
    account = Account.objects.get(pk=scene.accounts[who]).uuid
    body = {"account": str(account), "sent_ms": ms(sent_at), "records": records}
    answer = client.post(f"{URL}/inbox", body, content_type="application/json")
    assert answer.status_code == 200, answer.content
    found: dict[str, Any] = answer.json()
    return found


def test_a_coming_and_a_going_kept_without_network_count_when_their_codes_fit(scene: Scene) -> None:
    visit = scene.scheduled()
    left = THEN + timedelta(hours=1)

    told = send(scene, record(visit, THEN), record(visit, left, direction="out"))

    assert [each["outcome"] for each in told] == ["written", "written"]
    counted = Interval.objects.get()
    assert (counted.during.lower, counted.during.upper, counted.grade) == (THEN, left, "strong")
    assert Mark.objects.first().recorded_at == BACK  # type: ignore[union-attr] # two were written above


def test_sent_twice_it_is_written_once_and_answered_alike(scene: Scene) -> None:
    kept = record(scene.scheduled(), THEN)
    first, second = send(scene, kept), send(scene, kept)
    assert first == second
    assert (Mark.objects.count(), OfflineRecord.objects.count()) == (1, 1)


def test_digits_that_do_not_fit_the_claimed_time_are_weak(scene: Scene) -> None:
    visit = scene.scheduled()
    wrong = present_code(cause_uuid=str(visit.uuid), at=THEN - timedelta(hours=1))
    told = send(scene, record(visit, THEN, code=wrong))
    assert told[0]["outcome"] == "written"
    assert "confirm" in told[0]["sentence"]
    assert Mark.objects.get().grade == "weak"
    assert times_to_judge(actor=scene.actor("wang"), visits=[visit])[0].how == "号码对不上"


def test_a_telephone_that_slept_is_believed_where_its_digits_fit(scene: Scene) -> None:
    """Its monotonic clock stood still for all but ten minutes of three hours."""
    visit = scene.scheduled()
    send(scene, record(visit, THEN, elapsed_ms=10 * 60_000))
    assert (Mark.objects.get().at, Mark.objects.get().grade) == (THEN, "strong")


def test_by_hand_without_network_is_weak(scene: Scene) -> None:
    send(scene, record(scene.scheduled(), THEN, way="hand", code="", reason="no_network"))
    assert (Mark.objects.get().grade, Mark.objects.get().at) == ("weak", THEN)


def test_a_conflict_is_told_in_words_and_kept(scene: Scene) -> None:
    visit = scene.scheduled()
    come(scene, visit, HAND, at=THEN)

    told = send(scene, record(visit, THEN + timedelta(minutes=3), way="hand", code="", reason="no_network"))

    assert told[0]["outcome"] == "already_marked"
    assert "stands already" in told[0]["sentence"]
    assert Mark.objects.get().way == "hand", "the first word stands"
    assert OfflineRecord.objects.get().outcome == "already_marked"


def reported_without_the_third(scene: Scene) -> Visit:
    """The leader writes one in and out by hand and reports, while another's telephone has no network."""
    visit = scene.scheduled()
    come(scene, visit, HAND, who="qian", at=THEN)
    visit.refresh_from_db()
    go(scene, visit, HAND, who="qian", at=THEN + timedelta(hours=1))
    orders.report_visit(actor=scene.actor("wang"), at=REPORTED, visit=visit, report=orders.Report())
    return visit


def test_a_proven_time_from_before_the_report_counts_although_it_comes_after(scene: Scene) -> None:
    visit = reported_without_the_third(scene)
    left = THEN + timedelta(hours=1)

    told = send(scene, record(visit, THEN), record(visit, left, direction="out"))

    assert [each["outcome"] for each in told] == ["written", "written"]
    counted = Interval.objects.get(person__account=scene.accounts["zhao"])
    assert (counted.during.lower, counted.during.upper, counted.grade) == (THEN, left, "strong")
    visit.refresh_from_db()
    assert visit.state == "done"


def test_a_time_from_after_the_report_is_not_written(scene: Scene) -> None:
    visit = reported_without_the_third(scene)
    told = send(scene, record(visit, REPORTED + timedelta(seconds=1)))
    assert told[0]["outcome"] == "after_visit_ended"
    assert OfflineRecord.objects.get().mark is None


@pytest.mark.parametrize(
    "unproven", [{"code": "000000"}, {"way": "hand", "code": "", "reason": "no_network"}]
)
def test_after_the_report_a_bare_word_adds_nothing(scene: Scene, unproven: dict[str, str]) -> None:
    visit = reported_without_the_third(scene)
    told = send(scene, record(visit, THEN, **unproven))
    assert told[0]["outcome"] == "visit_ended"
    assert Mark.objects.filter(person__account=scene.accounts["zhao"]).count() == 0
    assert OfflineRecord.objects.get().claimed_at == THEN


def test_the_digits_of_a_visit_that_ended_cannot_be_guessed(scene: Scene) -> None:
    visit = reported_without_the_third(scene)
    wrong = [record(visit, THEN, code="000000") for _try in range(5)]
    told = send(scene, *wrong, record(visit, THEN))
    assert {each["outcome"] for each in told} == {"visit_ended"}


def wrong_ones(visit: Visit) -> Iterator[dict[str, Any]]:
    """Records with digits that fit no moment of the day."""
    good = {present_code(cause_uuid=str(visit.uuid), at=THEN + timedelta(minutes=m)) for m in range(-60, 60)}
    return (record(visit, THEN, code=code) for n in count() if (code := f"{n:06d}") not in good)


def test_the_digits_of_a_visit_that_goes_on_cannot_be_guessed_either(scene: Scene) -> None:
    visit = scene.scheduled()
    wrong = wrong_ones(visit)
    send(scene, *islice(wrong, MOST_WRONG_TOLD - 1))
    leader = Notice.objects.filter(account=scene.accounts["wang"], kind="order_digits_do_not_fit")
    assert not leader.exists()
    told = send(scene, next(wrong), record(visit, THEN))
    assert [each["outcome"] for each in told] == ["already_marked", "already_marked"]
    assert [mark.grade for mark in Mark.objects.all()] == ["weak"], "the right digits come too late"
    assert leader.count() == 1


def test_who_has_typed_wrong_less_often_is_believed_with_the_right_digits(scene: Scene) -> None:
    visit = scene.scheduled()
    send(scene, *islice(wrong_ones(visit), MOST_WRONG_TOLD - 1))
    assert send(scene, record(visit, THEN))[0]["outcome"] == "written"
    assert Mark.objects.get(replaced_by=None).grade == "strong"


def test_records_of_one_visit_have_an_end(scene: Scene) -> None:
    visit = scene.scheduled()
    wrong = wrong_ones(visit)
    send(scene, *islice(wrong, MOST_RECORDS))
    assert send(scene, next(wrong))[0]["outcome"] == "too_many_records"
    assert OfflineRecord.objects.count() == MOST_RECORDS


def test_a_proven_time_of_an_order_given_up_meanwhile_is_evidence_beside_it(scene: Scene) -> None:
    visit = scene.scheduled()
    orders.give_up(actor=scene.actor("wang"), at=REPORTED, assignment=visit.assignment, reason="nobody_home")

    told = send(scene, record(visit, THEN), record(visit, REPORTED + timedelta(minutes=1), direction="out"))

    assert [each["outcome"] for each in told] == ["written", "after_visit_ended"]
    assert Mark.objects.get().at == THEN
    visit.refresh_from_db()
    assert visit.state == "failed", "what was given up stays given up"


def test_a_telephone_whose_clock_lost_its_battery_holds_nothing_up(scene: Scene) -> None:
    """Its clock began in 1970 and was not put right: what its other clock counted, and the digits, tell the moment."""
    visit = scene.scheduled()
    since = 86_400_000
    kept = record(visit, THEN, device_ms=since, offset_ms=None)
    client = browser(scene, "zhao")
    body = {
        "account": str(Account.objects.get(pk=scene.accounts["zhao"]).uuid), "records": [kept],
        "sent_ms": since + ms(BACK) - ms(THEN),
    }  # fmt: skip
    answer = client.post(f"{URL}/inbox", body, content_type="application/json")
    assert answer.status_code == 200, answer.content
    assert (Mark.objects.get().at, Mark.objects.get().grade) == (THEN, "strong")


def test_another_persons_records_are_not_taken(scene: Scene) -> None:
    visit = scene.scheduled()
    kept = record(visit, THEN)
    body = {"account": str(Account.objects.get(pk=scene.accounts["zhao"]).uuid), "sent_ms": ms(BACK)}
    answer = browser(scene, "qian").post(
        f"{URL}/inbox", {**body, "records": [kept]}, content_type="application/json"
    )
    assert (answer.status_code, answer.json()["code"]) == (409, "records_of_another_account")
    assert send(scene, kept, who="mallory")[0]["outcome"] == "not_found"
    send(scene, kept)
    assert send(scene, kept, who="qian")[0]["outcome"] == "record_of_another"


def test_what_a_telephone_keeps_names_nobody(scene: Scene) -> None:
    visit = scene.scheduled()
    told = browser(scene, "zhao").get(URL)
    assert [task["visit"] for task in told.json()["tasks"]] == [str(visit.uuid)]
    assert told.json()["now_ms"] == ms(BACK)
    text = told.content.decode()
    for secret in ("周桂英", "12010000001", "城北路"):
        assert secret not in text


def test_what_a_telephone_keeps_says_who_has_come(scene: Scene) -> None:
    visit = scene.scheduled()
    come(scene, visit, by_code(visit, THEN))
    task = browser(scene, "zhao").get(URL).json()["tasks"][0]
    assert (task["came"], task["went"]) == (True, False)


def test_the_page_and_its_worker_are_for_everybody_and_hold_nothing(scene: Scene) -> None:
    scene.scheduled()
    page = browser(scene, "zhao").get("/tasks/offline/").content.decode()
    for secret in ("赵敏", "周桂英", "上门理发"):
        assert secret not in page
    worker = Client().get("/tasks/worker.js")
    assert worker.headers["Content-Type"].startswith("text/javascript")
    assert Client().get("/tasks/app.webmanifest").json()["scope"] == "/tasks/"


def allow(scene: Scene, at: datetime, who: str = "zhao") -> None:
    attendance.give_location_consent(actor=scene.actor(who), at=at)


def by_reading(
    visit: Visit, at: datetime = THEN, *, metres_north: float = 0, **changes: Any
) -> dict[str, Any]:
    """A record whose telephone said where it was."""
    reading = {
        "longitude": STATION.longitude, "latitude": STATION.latitude + metres_north / 111_195, "accuracy": 20,
        "system": "gcj02",
    }  # fmt: skip
    return record(visit, at, way="place", code="", reading=reading, **changes)


def test_a_place_kept_without_network_is_measured_when_it_arrives_and_not_kept(scene: Scene) -> None:
    visit = scene.scheduled()
    on_the_map(scene)
    allow(scene, THEN - timedelta(hours=1))
    left = THEN + timedelta(hours=1)

    told = send(scene, by_reading(visit, metres_north=300), by_reading(visit, left, direction="out"))

    assert [each["outcome"] for each in told] == ["written", "written"]
    came, went = Mark.objects.order_by("at")
    assert (came.way, came.grade, came.at, came.measured_to) == ("place", "fair", THEN, "place")
    assert came.distance_m is not None
    assert abs(came.distance_m - 300) < 3
    assert (went.distance_m, went.accuracy_m) == (0, 20)
    assert Interval.objects.get().grade == "fair"
    assert RawPoint.objects.count() == 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(row::text, ' ') FROM attendance_offlinerecord AS row")
        assert str(STATION.longitude)[:7] not in cursor.fetchone()[0]


def test_the_system_of_coordinates_is_heeded(scene: Scene) -> None:
    """What a receiver says lies half a kilometre from what a Chinese map draws."""
    visit = scene.scheduled()
    on_the_map(scene)
    allow(scene, THEN)
    here = converted(STATION, system="wgs84")
    reading = {"longitude": here.longitude, "latitude": here.latitude, "accuracy": 20}
    send(scene, by_reading(visit) | {"reading": reading})
    assert Mark.objects.get().distance_m == 0


@pytest.mark.parametrize(
    ("changes", "grade"),
    [({"metres_north": 1500}, "weak"), ({"offset_ms": 10 * 60_000}, "weak"), ({}, "fair")],
)
def test_a_place_far_away_or_by_a_clock_that_was_moved_waits_for_a_second_person(
    scene: Scene, changes: dict[str, Any], grade: str
) -> None:
    visit = scene.scheduled()
    on_the_map(scene)
    allow(scene, THEN - timedelta(hours=1))
    assert send(scene, by_reading(visit, **changes))[0]["outcome"] == "written"
    assert Mark.objects.get().grade == grade


def test_a_place_counts_only_with_leave_given_before_it_was_read_and_not_taken_back(scene: Scene) -> None:
    visit = scene.scheduled()
    on_the_map(scene)
    without = send(scene, by_reading(visit))[0]
    allow(scene, THEN + timedelta(minutes=5))
    before = send(scene, by_reading(visit))[0]
    attendance.revoke_location_consent(actor=scene.actor("zhao"), at=THEN + timedelta(minutes=10))
    taken_back = send(scene, by_reading(visit, THEN + timedelta(minutes=6)))[0]

    assert {one["outcome"] for one in (without, before, taken_back)} == {"no_leave_to_read_place"}
    assert "may not be read" in before["sentence"]
    assert Mark.objects.count() == 0
    assert OfflineRecord.objects.count() == 3, "what was told is kept, without where"


def test_what_the_telephone_has_removed_for_its_age_is_told_as_too_old(scene: Scene) -> None:
    visit = scene.scheduled()
    old = record(visit, BACK - timedelta(days=8), way="place", code="", reading=None)
    assert send(scene, old)[0]["outcome"] == "record_too_old"


def test_a_place_beside_another_proof_is_not_taken(scene: Scene) -> None:
    visit = scene.scheduled()
    kept = by_reading(visit) | {"way": "hand", "reason": "no_network"}
    send(scene, kept)
    assert (Mark.objects.get().way, RawPoint.objects.count()) == ("hand", 0)


def test_a_place_without_a_point_is_told_and_can_be_written_by_hand(scene: Scene) -> None:
    allow(scene, THEN - timedelta(hours=1))
    told = send(scene, by_reading(scene.scheduled()))[0]
    assert told["outcome"] == "no_point_to_measure"
    assert "by hand" in told["sentence"]


def test_after_the_report_a_place_adds_nothing_for_only_the_telephone_says_it(scene: Scene) -> None:
    visit = reported_without_the_third(scene)
    on_the_map(scene)
    allow(scene, THEN - timedelta(hours=1))
    assert send(scene, by_reading(visit))[0]["outcome"] == "visit_ended"


def test_the_telephone_knows_whether_to_offer_the_place(scene: Scene) -> None:
    client = browser(scene, "zhao")
    assert client.get(URL).json()["may_read_place"] is False
    allow(scene, THEN)
    assert client.get(URL).json()["may_read_place"] is True


@pytest.mark.parametrize(("tag", "words"), [("zh-Hans", "已记下"), ("en", "Written down")])
def test_what_came_of_a_record_is_told_in_the_language_that_is_asked_for(
    scene: Scene, tag: str, words: str
) -> None:
    """The page's own, which may be another than the browser's."""
    kept = record(scene.scheduled(), THEN)
    body = {"account": str(Account.objects.get(pk=scene.accounts["zhao"]).uuid), "sent_ms": ms(BACK)}
    client = browser(scene, "zhao")
    del client.cookies["django_language"]
    answer = client.post(
        f"{URL}/inbox", {**body, "records": [kept]}, content_type="application/json",
        headers={"Accept-Language": tag},
    )  # fmt: skip
    assert answer.json()["results"][0]["sentence"].startswith(words)
