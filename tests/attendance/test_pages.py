"""Attendance on the pages: by place, the word of a second person, the code for the telephone."""

from datetime import datetime, timedelta

import pytest

from sidan.attendance.models import Confirmation, LocationConsent, Mark
from sidan.attendance.queries import present_code
from sidan.audit.models import AuditEntry
from sidan.core.clock import BUSINESS_ZONE
from sidan.orders.models import Visit
from sidan.people.models import Person
from tests.attendance.test_marks import HAND, STATION, come, on_the_map
from tests.orders.browsing import browser, once, read_pages_at, sent, text_of
from tests.orders.scene import Scene, later

THEN = later(days=1)


@pytest.fixture(autouse=True)
def _at(monkeypatch: pytest.MonkeyPatch) -> None:
    read_pages_at(monkeypatch, THEN)
    monkeypatch.setattr("sidan.orders.views.telling.now", lambda: THEN)


def task_url(visit: Visit, tail: str = "") -> str:
    return f"/tasks/{visit.assignment.uuid}/{tail}"


def here() -> dict[str, object]:
    return {
        "longitude": str(STATION.longitude), "latitude": str(STATION.latitude), "accuracy": "30",
        "system": "gcj02", "once": once(),
    }  # fmt: skip


def test_leave_is_given_and_taken_back_on_a_page_of_its_own(scene: Scene) -> None:
    client = browser(scene, "zhao")
    assert "Allow check-in by place" in text_of(client.get("/me/location/"))
    assert "You have allowed it." in sent(client, "/me/location/allow/", {})
    assert "Allow check-in by place" in sent(client, "/me/location/withdraw/", {})
    assert LocationConsent.objects.get().revoked_at is not None


def test_one_comes_by_place_once_it_is_allowed(scene: Scene) -> None:
    visit, client = scene.scheduled(), browser(scene, "zhao")
    on_the_map(scene)
    assert "Read about it and decide" in text_of(client.get(task_url(visit)))
    sent(client, "/me/location/allow/", {})
    assert "Check in by place" in text_of(client.get(task_url(visit)))

    sent(client, task_url(visit, "check-in/"), here())
    assert Mark.objects.get().distance_m == 0


def by_hand(at: str) -> dict[str, object]:
    return {"reason": "forgotten", "at": at, "once": once()}


def local(moment: datetime) -> str:
    return moment.astimezone(BUSINESS_ZONE).strftime("%Y-%m-%dT%H:%M")


def test_who_writes_it_down_later_says_when_it_was_and_both_times_are_told(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    visit, came, wrote = scene.scheduled(), THEN + timedelta(minutes=5), THEN + timedelta(minutes=50)
    read_pages_at(monkeypatch, wrote)
    sent(browser(scene, "zhao"), task_url(visit, "check-in/"), by_hand(local(came)))
    mark = Mark.objects.get()
    assert (mark.at, mark.recorded_at, mark.way, mark.grade) == (came, wrote, "hand", "weak")
    card = text_of(browser(scene, "wang").get(f"/console/board/{visit.assignment.uuid}/"))
    assert "I forgot to do it at the door · written down" in card
    left = sent(
        browser(scene, "zhao"), task_url(visit, "check-out/"), by_hand(local(came + timedelta(minutes=30)))
    )
    assert "Your going is written down." in left


@pytest.mark.parametrize(
    ("minutes", "told"),
    [(51, "This time is still to come"), (-121, "two hours before the agreed time")],
)
def test_a_time_by_hand_that_cannot_be_stays_in_its_field_with_what_is_wrong(
    scene: Scene, monkeypatch: pytest.MonkeyPatch, minutes: int, told: str
) -> None:
    visit, typed = scene.scheduled(), local(THEN + timedelta(minutes=minutes))
    read_pages_at(monkeypatch, THEN + timedelta(minutes=50))
    monkeypatch.setattr("sidan.orders.views.board.now", lambda: THEN + timedelta(minutes=50))
    member = str(Person.objects.get(account=scene.accounts["qian"]).uuid)
    for who, url, more in (
        ("zhao", task_url(visit, "check-in/"), {}),
        ("wang", f"/console/board/{visit.assignment.uuid}/check-in/", {"person": member}),
    ):
        answer = browser(scene, who).post(url, by_hand(typed) | more)
        assert answer.status_code == 422
        assert told in text_of(answer)
        assert typed in answer.content.decode()
    assert not Mark.objects.exists()


def test_a_telephone_that_says_nothing_is_told_in_words(scene: Scene) -> None:
    client = browser(scene, "zhao")
    sent(client, "/me/location/allow/", {})
    answer = client.post(task_url(scene.scheduled(), "check-in/"), {"latitude": "", "once": once()})
    assert answer.status_code == 422
    assert "did not say where it is" in text_of(answer)


def test_the_resident_confirms_a_time_that_was_written_by_hand(scene: Scene) -> None:
    visit = scene.scheduled()
    written = come(scene, visit, HAND)
    page = f"/orders/{visit.assignment.order.number}/"
    client = browser(scene, "zhou")
    assert "Times to be confirmed" in text_of(client.get(page))

    told = sent(client, f"/tasks/times/{written.uuid}/", {"verdict": "right", "next": page, "once": once()})

    assert "Your word on this time is written down" in told
    assert "Times to be confirmed" not in told
    assert Confirmation.objects.get().is_right


def test_who_wrote_it_reads_that_somebody_else_confirms(scene: Scene) -> None:
    visit = scene.scheduled()
    written = come(scene, visit, HAND)
    client = browser(scene, "zhao")
    assert "Somebody else confirms it" in text_of(client.get(task_url(visit)))
    told = sent(
        client, f"/tasks/times/{written.uuid}/", {"verdict": "right", "next": task_url(visit), "once": once()}
    )
    assert "Somebody else has to confirm" in told


def test_one_is_never_led_to_a_page_of_elsewhere(scene: Scene) -> None:
    written = come(scene, scene.scheduled(), HAND)
    data = {"verdict": "right", "next": "//evil.example/", "once": once()}
    answer = browser(scene, "wang").post(f"/tasks/times/{written.uuid}/", data)
    assert answer.headers["Location"] == "/tasks/"


def test_the_office_reads_the_code_out_and_the_look_is_recorded(scene: Scene) -> None:
    visit = scene.scheduled()
    digits = present_code(cause_uuid=str(visit.uuid), at=THEN)
    url = f"/console/queue/{visit.assignment.order.uuid}/"
    client = browser(scene, "li")
    assert "Tell the code at the door" in text_of(client.get(url))

    answer = text_of(client.post(f"{url}code/"))

    assert f"{digits[:3]} {digits[3:]}" in answer
    assert AuditEntry.objects.filter(verb="order.look_code").count() == 1


def test_there_is_no_code_before_a_visit_is_agreed(scene: Scene) -> None:
    order = scene.admitted()
    told = sent(browser(scene, "li"), f"/console/queue/{order.uuid}/code/", {})
    assert "There is no code now" in told


def test_guessing_at_a_door_is_stopped(scene: Scene) -> None:
    visit, client = scene.scheduled(), browser(scene, "zhao")
    good = present_code(cause_uuid=str(visit.uuid), at=THEN)
    codes = {present_code(cause_uuid=str(visit.uuid), at=THEN - timedelta(minutes=back)) for back in range(3)}
    wrong = next(code for code in ("000000", "000001", "000002", "000003") if code not in codes)
    for _ in range(10):
        assert client.post(task_url(visit, "check-in/"), {"code": wrong, "once": once()}).status_code == 422

    told = sent(client, task_url(visit, "check-in/"), {"code": good, "once": once()})
    assert "Too many codes in a short time" in told
    assert not Mark.objects.exists()


def test_the_resident_keeps_where_the_door_is_and_removes_it(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sidan.orders.views.pointing.now", lambda: THEN)
    number = scene.scheduled().assignment.order.number
    page, client = f"/orders/{number}/", browser(scene, "zhou")
    assert "Keep where the door is (optional)" in text_of(client.get(page))
    assert "The place of the door is kept" in sent(client, f"{page}point/", here())
    assert "115.6" not in client.get(page).content.decode()
    assert "Removed" in sent(client, f"{page}point/remove/", {"once": once()})
    told = sent(client, f"{page}point/", {"latitude": "", "once": once()})
    assert "This telephone did not say where it is" in told


def test_staff_at_the_door_say_that_the_resident_agrees(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sidan.orders.views.pointing.now", lambda: THEN)
    order, client = scene.scheduled().assignment.order, browser(scene, "keeper")
    url = f"/console/queue/{order.uuid}/point/"
    assert "Ask the resident first" in sent(client, url, here())
    assert "Kept by staff, with the resident" in sent(client, url, {**here(), "agrees": "on"})
    assert "Removed" in sent(client, f"{url}remove/", {"once": once()})


WIDE, ARABIC = str.maketrans("0123456789", "０１２３４５６７８９"), str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


@pytest.mark.parametrize("script", [WIDE, ARABIC])
def test_the_digits_of_the_door_are_read_in_whatever_script(
    scene: Scene, script: dict[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    visit = scene.scheduled()
    read_pages_at(monkeypatch, THEN)
    code = present_code(cause_uuid=str(visit.uuid), at=THEN).translate(script)
    typed = {"code": f"{code[:3]} {code[3:]}", "once": once()}
    assert browser(scene, "zhao").post(task_url(visit, "check-in/"), typed).status_code == 303
    assert Mark.objects.get().grade == "strong"


@pytest.mark.parametrize("typed", ["１２３", "一二三四五六", "²²²²²²", "12345６7"])
def test_what_is_no_code_is_told_at_its_field(scene: Scene, typed: str) -> None:
    answer = browser(scene, "zhao").post(
        task_url(scene.scheduled(), "check-in/"), {"code": typed, "once": once()}
    )
    assert answer.status_code == 422
