"""Leave to read a place, and a second person's word on a time, over the API."""

from datetime import datetime, timedelta

import pytest

from sidan.attendance.models import Confirmation, LocationConsent, Mark, RawPoint
from tests.attendance.test_marks import HAND, by_place, come, on_the_map
from tests.orders.browsing import browser
from tests.orders.scene import Scene, later

THEN = later(days=1)
CONSENT = "/api/v1/attendance/location-consent"
WORK = "/api/v1/team-work"


@pytest.fixture(autouse=True)
def _at(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("sidan.orders.api.times", "sidan.attendance.api"):
        monkeypatch.setattr(f"{module}.now", lambda: THEN + timedelta(minutes=5))


def test_leave_is_given_twice_and_taken_back_and_the_points_go_with_it(scene: Scene) -> None:
    visit, client = scene.scheduled(), browser(scene, "zhao")
    on_the_map(scene)
    assert client.get(CONSENT).json() == {"is_given": False, "given_at": None}

    first, second = client.put(CONSENT).json(), client.put(CONSENT).json()
    assert first == second
    assert client.get(CONSENT).json()["is_given"]
    come(scene, visit, by_place(metres_north=10))
    assert RawPoint.objects.exists()

    assert client.delete(CONSENT).status_code == 204
    assert client.delete(CONSENT).status_code == 204
    assert not client.get(CONSENT).json()["is_given"]
    assert (LocationConsent.objects.count(), RawPoint.objects.count()) == (1, 0)


def test_a_second_person_reads_the_times_and_says_a_word(scene: Scene) -> None:
    visit = scene.scheduled()
    written = come(scene, visit, HAND)
    told = browser(scene, "zhao").get(f"{WORK}/visits/{visit.uuid}/times").json()
    assert [(each["id"], each["direction"], each["by_me"]) for each in told] == [
        (str(written.uuid), "in", True)
    ]

    def say(who: str) -> tuple[int, str]:
        answer = browser(scene, who).post(
            f"{WORK}/times/{written.uuid}/word", {"is_right": True}, content_type="application/json"
        )
        return answer.status_code, answer.json()["code"] if answer.content else ""

    assert say("zhao") == (403, "second_person_needed")
    assert say("mallory")[0] == 404
    assert say("zhou") == (204, "")
    assert say("wang") == (409, "time_already_judged")
    assert Confirmation.objects.get().is_right
    assert browser(scene, "zhou").get(f"{WORK}/visits/{visit.uuid}/times").json() == []


def test_who_has_nothing_to_do_with_a_visit_reads_no_times(scene: Scene) -> None:
    visit = scene.scheduled()
    come(scene, visit, HAND)
    assert browser(scene, "mallory").get(f"{WORK}/visits/{visit.uuid}/times").status_code == 404


def test_by_hand_the_api_takes_the_time_at_which_it_was_and_by_no_other_way(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    visit, wrote = scene.scheduled(), THEN + timedelta(minutes=50)
    monkeypatch.setattr("sidan.orders.api.team.now", lambda: wrote)
    url, client = f"{WORK}/visits/{visit.uuid}/check-in", browser(scene, "zhao")

    def say(way: str, at: datetime) -> tuple[int, str]:
        body = {"way": way, "code": "123456", "reason": "forgotten", "at": at.isoformat()}
        answer = client.post(url, body, content_type="application/json")
        return answer.status_code, "" if answer.status_code == 204 else answer.json()["code"]

    assert say("code", THEN) == (422, "only_by_hand_later")
    assert say("hand", wrote + timedelta(minutes=1)) == (422, "time_in_the_future")
    assert say("hand", THEN - timedelta(minutes=121)) == (409, "too_early")
    assert say("hand", THEN) == (204, "")
    written = Mark.objects.get()
    assert (written.at, written.recorded_at, written.grade) == (THEN, wrote, "weak")
