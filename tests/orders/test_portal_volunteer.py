"""A volunteer finds the task, comes and goes by the resident's code or by hand, reports, or hands the order back."""

from datetime import datetime, timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from PIL import Image

from sidan.attendance.models import Mark
from sidan.attendance.queries import present_code
from sidan.audit.models import AuditEntry
from sidan.orders.enums import OrderState
from sidan.orders.models import Visit, VisitPhoto, VisitReport
from sidan.people.models import Person
from tests.orders.browsing import browser, once, read_pages_at, sent, text_of
from tests.orders.scene import Scene, later

THEN = later(days=1)


@pytest.fixture(autouse=True)
def _at(monkeypatch: pytest.MonkeyPatch) -> None:
    read_pages_at(monkeypatch, THEN)


def task_url(visit: Visit, tail: str = "") -> str:
    return f"/tasks/{visit.assignment.uuid}/{tail}"


def by_code(visit: Visit, at: datetime = THEN) -> dict[str, object]:
    return {"code": present_code(cause_uuid=str(visit.uuid), at=at), "once": once()}


def by_hand(scene: Scene, name: str = "", reason: str = "no_phone") -> dict[str, object]:
    data: dict[str, object] = {"reason": reason, "once": once()}
    if name:
        data["person"] = str(Person.unscoped.get(account=scene.accounts[name]).uuid)
    return data


def came_and_left(scene: Scene) -> Visit:
    visit = scene.scheduled()
    client = browser(scene, "zhao")
    sent(client, task_url(visit, "check-in/"), by_code(visit, THEN - timedelta(minutes=1)))
    sent(client, task_url(visit, "check-out/"), by_code(visit))
    return visit


def photo() -> SimpleUploadedFile:
    picture = BytesIO()
    Image.new("RGB", (40, 30), (180, 40, 50)).save(picture, "PNG")
    return SimpleUploadedFile("visit.png", picture.getvalue(), content_type="image/png")


def where_it_leads(client: Client, url: str) -> str:
    return text_of(client.get(client.get(url).headers["Location"]))


def test_my_tasks_lead_to_the_task(scene: Scene) -> None:
    visit = scene.scheduled()
    page = browser(scene, "zhao").get("/tasks/")
    assert task_url(visit) in page.content.decode()
    assert "上门理发" in text_of(page)


def test_without_tasks_the_page_says_how_one_gets_some(scene: Scene) -> None:
    assert "names you for an order" in text_of(browser(scene, "zhou").get("/tasks/"))


def test_my_tasks_cost_the_same_for_one_and_for_three(scene: Scene) -> None:
    client = browser(scene, "zhao")

    def cost() -> int:
        client.get("/tasks/")
        with CaptureQueriesContext(connection) as captured:
            assert client.get("/tasks/").status_code == 200
        return len(captured)

    scene.scheduled()
    one = cost()
    scene.scheduled()
    scene.scheduled()
    assert cost() == one


@pytest.mark.parametrize("name", ["mallory", "zhou", "sun", "li"])
def test_who_is_not_of_the_team_opens_no_task(scene: Scene, name: str) -> None:
    visit = scene.scheduled()
    client = browser(scene, name)
    for tail in ("", "report/", "hand-back/"):
        assert client.get(task_url(visit, tail)).status_code in {403, 404}, tail
    for tail in ("contact/", "check-in/", "check-out/", "report/", "hand-back/"):
        answer = client.post(task_url(visit, tail), {**by_code(visit), "reason": "other"})
        assert answer.status_code in {403, 404}, tail
    assert not Mark.objects.exists()


def test_the_contact_is_shown_on_request_and_the_look_is_written_down(scene: Scene) -> None:
    visit = scene.scheduled()
    client = browser(scene, "zhao")
    assert "120 1000 0001" not in text_of(client.get(task_url(visit)))
    page = text_of(client.post(task_url(visit, "contact/")))
    assert "120 1000 0001" in page
    assert "城北路 1 号" in page
    piece = client.post(task_url(visit, "contact/"), headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in piece
    assert AuditEntry.objects.filter(verb="order.look_contact").count() == 2


def test_a_code_from_the_door_begins_the_visit(scene: Scene) -> None:
    visit = scene.scheduled()
    page = sent(browser(scene, "zhao"), task_url(visit, "check-in/"), by_code(visit))
    assert "Your coming is written down." in page
    assert "You are leaving" in page
    visit.assignment.order.refresh_from_db()
    assert visit.assignment.order.state == OrderState.UNDER_WAY


def test_a_code_may_be_typed_with_a_space(scene: Scene) -> None:
    visit = scene.scheduled()
    digits = str(by_code(visit)["code"])
    data = {"code": f" {digits[:3]} {digits[3:]} ", "once": once()}
    assert browser(scene, "zhao").post(task_url(visit, "check-in/"), data).status_code == 303


@pytest.mark.parametrize(
    ("code", "sentence"),
    [("000000", "The code does not fit."), ("12", "Please enter the six digits."), ("", "the six digits")],
)
def test_a_wrong_code_is_told_at_the_field(scene: Scene, code: str, sentence: str) -> None:
    visit = scene.scheduled()
    page = browser(scene, "zhao").post(task_url(visit, "check-in/"), {"code": code, "once": once()})
    assert page.status_code == 422
    assert sentence in text_of(page)
    assert not Mark.objects.exists()


def test_the_same_coming_sent_twice_is_written_once(scene: Scene) -> None:
    visit = scene.scheduled()
    client, data = browser(scene, "zhao"), by_code(visit)
    assert client.post(task_url(visit, "check-in/"), data).status_code == 303
    assert client.post(task_url(visit, "check-in/"), data).status_code == 303
    assert "This was written down already" in sent(client, task_url(visit, "check-in/"), by_code(visit))
    assert Mark.objects.count() == 1


def test_by_hand_needs_a_reason(scene: Scene) -> None:
    visit = scene.scheduled()
    client = browser(scene, "zhao")
    refused = client.post(task_url(visit, "check-in/"), {"once": once()})
    assert refused.status_code == 422
    assert "Please choose a reason." in text_of(refused)
    sent(client, task_url(visit, "check-in/"), by_hand(scene))
    assert Mark.objects.get().reason_code == "no_phone"


def test_the_leader_writes_others_down_by_hand(scene: Scene) -> None:
    visit = scene.scheduled()
    client = browser(scene, "wang")
    assert "Who?" in text_of(client.get(task_url(visit)))
    sent(client, task_url(visit, "check-in/"), by_hand(scene, "qian"))
    assert Mark.objects.get().person.name == "钱多"


def test_a_volunteer_does_not_write_others_down(scene: Scene) -> None:
    visit = scene.scheduled()
    client = browser(scene, "zhao")
    for name in ("qian", "mallory"):
        assert client.post(task_url(visit, "check-in/"), by_hand(scene, name)).status_code == 403
    assert not Mark.objects.exists()


def test_a_leader_does_not_write_down_who_was_not_named(scene: Scene) -> None:
    visit = scene.scheduled()
    answer = browser(scene, "wang").post(task_url(visit, "check-in/"), by_hand(scene, "mallory"))
    assert answer.status_code in {403, 422}
    assert not Mark.objects.exists()


def test_a_report_with_pictures_ends_the_visit_and_asks_the_resident(scene: Scene) -> None:
    visit = came_and_left(scene)
    client = browser(scene, "zhao")
    assert "Report the visit" in text_of(client.get(task_url(visit)))
    data = {"people_helped": "2", "words": "理好了", "photos": [photo(), photo()], "once": once()}
    page = sent(client, task_url(visit, "report/"), data)
    assert "The resident is asked how it was." in page
    assert (VisitReport.objects.get().people_helped, VisitPhoto.objects.count()) == (2, 2)
    visit.assignment.order.refresh_from_db()
    assert visit.assignment.order.state == OrderState.DONE


@pytest.mark.parametrize(
    ("name", "status"), [("zhou", 200), ("wang", 200), ("li", 200), ("mallory", 404), ("sun", 404)]
)
def test_pictures_of_a_visit_are_seen_by_who_sees_the_order(scene: Scene, name: str, status: int) -> None:
    visit = came_and_left(scene)
    sent(
        browser(scene, "zhao"),
        task_url(visit, "report/"),
        {"people_helped": "1", "photos": [photo()], "once": once()},
    )
    uuid = VisitPhoto.objects.get().file.uuid
    assert browser(scene, name).get(f"/files/{uuid}/thumb/").status_code == status


def test_a_report_that_is_refused_keeps_its_words(scene: Scene) -> None:
    visit = scene.scheduled()
    client = browser(scene, "zhao")
    sent(client, task_url(visit, "check-in/"), by_code(visit))
    page = client.post(task_url(visit, "report/"), {"people_helped": "1", "words": "理好了", "once": once()})
    assert page.status_code == 422
    assert "Not everybody has checked out yet" in text_of(page)
    assert "理好了" in page.content.decode()


@pytest.mark.parametrize("sent_file", [b"GIF89a nothing", b""])
def test_what_is_no_picture_is_refused(scene: Scene, sent_file: bytes) -> None:
    visit = came_and_left(scene)
    data = {"people_helped": "1", "photos": SimpleUploadedFile("a.png", sent_file), "once": once()}
    assert browser(scene, "zhao").post(task_url(visit, "report/"), data).status_code == 422
    assert not VisitReport.objects.exists()


def test_six_pictures_are_too_many(scene: Scene) -> None:
    visit = came_and_left(scene)
    data = {"people_helped": "1", "photos": [photo() for _nth in range(6)], "once": once()}
    page = browser(scene, "zhao").post(task_url(visit, "report/"), data)
    assert page.status_code == 422
    assert "At most 5 pictures." in text_of(page)


def test_a_stay_over_midnight_is_told_with_both_days(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    visit = scene.scheduled()
    client, evening = browser(scene, "zhao"), later(days=1, hours=10)
    for tail, at in (("check-in/", evening), ("check-out/", evening + timedelta(hours=12))):
        read_pages_at(monkeypatch, at)
        monkeypatch.setattr("sidan.core.clock.now", lambda at=at: at)
        page = sent(client, task_url(visit, tail), by_code(visit, at))
        told = (
            "since today (Sat) 19:00" if tail == "check-in/" else "yesterday (Sat) 19:00 – today (Sun) 7:00"
        )
        assert told in page


def test_there_is_nothing_to_report_before_anybody_came(scene: Scene) -> None:
    visit = scene.scheduled()
    response = browser(scene, "zhao").get(task_url(visit, "report/"))
    assert (response.status_code, response.headers["Location"]) == (303, task_url(visit))
    assert "Nobody has checked in" in where_it_leads(browser(scene, "zhao"), task_url(visit, "report/"))


BY_ZHAO = "This visit is over: 赵敏 has reported it, today (Sat) 9:00. Nothing was added."


@pytest.mark.parametrize("then", ["last", "one_more"])
def test_who_comes_second_reads_who_reported_the_visit_and_when(scene: Scene, then: str) -> None:
    visit = came_and_left(scene)
    late, data = browser(scene, "qian"), {"people_helped": "1", "then": then}
    assert late.get(task_url(visit, "report/")).status_code == 200
    sent(browser(scene, "zhao"), task_url(visit, "report/"), {**data, "once": once()})
    assert BY_ZHAO in where_it_leads(late, task_url(visit, "report/"))
    assert BY_ZHAO in sent(late, task_url(visit, "report/"), {**data, "once": once()})
    assert VisitReport.objects.count() == 1


def test_over_the_api_too_and_nobody_comes_to_a_visit_that_was_reported(scene: Scene) -> None:
    visit = came_and_left(scene)
    sent(browser(scene, "zhao"), task_url(visit, "report/"), {"people_helped": "1", "once": once()})
    late = browser(scene, "qian")
    answer = late.post(f"/api/v1/team-work/visits/{visit.uuid}/report", {}, content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (409, "already_reported")
    assert BY_ZHAO in sent(late, task_url(visit, "check-in/"), by_code(visit))


def test_a_report_sent_twice_is_told_as_what_it_was(scene: Scene) -> None:
    visit = came_and_left(scene)
    client, data = browser(scene, "zhao"), {"people_helped": "1", "once": once()}
    assert "The resident is asked how it was." in sent(client, task_url(visit, "report/"), data)
    again = client.post(task_url(visit, "report/"), data)
    assert again.headers["Idempotent-Replay"] == "true"
    page = text_of(client.get(again.headers["Location"]))
    assert "This visit is over" not in page
    assert "no visit to check in to" not in page


def test_handing_back_needs_a_reason_and_tells_the_office(scene: Scene) -> None:
    visit = scene.scheduled()
    client = browser(scene, "zhao")
    assert client.post(task_url(visit, "hand-back/"), {"once": once()}).status_code == 422
    data = {"reason": "nobody_home", "words": "敲门没人", "once": once()}
    page = sent(client, task_url(visit, "hand-back/"), data)
    assert "Handed back." in page
    resident = text_of(browser(scene, "zhou").get(f"/orders/{visit.assignment.order.number}/"))
    assert "Nobody was at home" in resident
    assert "敲门没人" in resident


def test_whoever_came_has_gone_before_it_is_handed_back_and_what_was_typed_stays(scene: Scene) -> None:
    """Of a visit that has ended no going can be written, and the time that was given would be lost."""
    visit = scene.scheduled()
    client = browser(scene, "zhao")
    sent(client, task_url(visit, "check-in/"), by_code(visit, THEN - timedelta(minutes=1)))
    data = {"reason": "nobody_home", "words": "敲门没人", "once": once()}
    refused = client.post(task_url(visit, "hand-back/"), data)
    assert refused.status_code == 422
    assert "Not everybody has checked out yet: 赵敏 still there." in text_of(refused)
    assert "敲门没人" in text_of(refused)
    sent(client, task_url(visit, "check-out/"), by_code(visit))
    assert "Handed back." in sent(client, task_url(visit, "hand-back/"), {**data, "once": once()})


def test_what_was_handed_back_is_out_of_sight(scene: Scene) -> None:
    visit = scene.scheduled()
    client = browser(scene, "zhao")
    page = sent(client, task_url(visit, "hand-back/"), {"reason": "not_safe", "once": once()})
    assert "Handed back." in page
    again = sent(client, task_url(visit, "hand-back/"), {"reason": "not_safe", "once": once()})
    assert "does not hold this order" in again
    assert "上门理发" not in again


def test_no_page_of_the_loop_asks_more_the_longer_its_history_is(scene: Scene) -> None:
    """The resident's page and the task's page: the same number of queries at the first step and at the last."""
    visit = scene.scheduled()
    client = browser(scene, "zhou")
    url = f"/orders/{visit.assignment.order.number}/"
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        client.get(url)
    # the last two are of the reviews' slot: what is being seen to, and what became of a suggestion;
    # one asks whether the order was split, one whether the door was pinned
    assert len(captured) <= 19
