"""The leader's board: take, say who goes and when, write others down by hand; nobody else's team."""

from datetime import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sidan.attendance.operations import Proof
from sidan.audit.models import AuditEntry
from sidan.orders.enums import OrderState
from sidan.orders.models import Assignment, Visit
from sidan.orders.operations import accept_order, check_in, give_up, withdraw_offer
from sidan.people.models import Person
from tests.orders.browsing import browser, once, read_pages_at, sent, text_of
from tests.orders.scene import AT, Scene, later


def set_clock(monkeypatch: pytest.MonkeyPatch, at: datetime) -> None:
    read_pages_at(monkeypatch, at)
    monkeypatch.setattr("sidan.orders.views.board.now", lambda: at)


@pytest.fixture(autouse=True)
def _at(monkeypatch: pytest.MonkeyPatch) -> None:
    set_clock(monkeypatch, AT)


def url(card: Assignment, tail: str = "") -> str:
    return f"/console/board/{card.uuid}/{tail}"


def uuid_of(scene: Scene, name: str) -> str:
    return str(Person.unscoped.get(account=scene.accounts[name]).uuid)


@pytest.mark.parametrize("name", ["zhou", "zhao", "li", "mallory"])
def test_who_leads_no_team_has_no_board(scene: Scene, name: str) -> None:
    card, client = scene.offered(), browser(scene, name)
    assert client.get("/console/board/").status_code == 403
    assert client.get(url(card)).status_code == 403
    for verb in ("accept", "decline", "members", "time", "contact", "check-in", "check-out"):
        assert client.post(url(card, f"{verb}/")).status_code == 403


def test_another_team_s_leader_does_not_see_the_card(scene: Scene) -> None:
    card, client = scene.offered(), browser(scene, "sun")
    assert "上门理发" not in text_of(client.get("/console/board/"))
    assert client.get(url(card)).status_code == 404
    assert client.post(url(card, "accept/")).status_code == 404


def test_taking_naming_and_agreeing_on_a_time(scene: Scene) -> None:
    card, client = scene.offered(), browser(scene, "wang")
    assert "Take it" in text_of(client.get("/console/board/"))
    assert "Please call the resident" in sent(client, url(card, "accept/"), {"once": once()})
    people = [uuid_of(scene, "zhao"), uuid_of(scene, "qian")]
    assert "赵敏" in sent(client, url(card, "members/"), {"people": people, "once": once()})
    data = {"begins": "2026-11-21T09:00", "minutes": "90", "once": once()}
    assert "The time stands." in sent(client, url(card, "time/"), data)
    visit = Visit.objects.get()
    assert (visit.planned_from, visit.planned_to) == (later(days=1), later(days=1, hours=1.5))
    assert "Who goes, check in" in text_of(client.get("/console/board/?column=planned"))


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"begins": "nonsense", "minutes": "60"},
        {"begins": "2026-11-01T09:00", "minutes": "60"},
        {"begins": "2027-11-01T09:00", "minutes": "60"},
        {"begins": "2026-11-21T09:00", "minutes": "7"},
    ],
)
def test_a_time_that_cannot_be_is_told_at_its_field(scene: Scene, data: dict[str, str]) -> None:
    card = scene.accepted()
    response = browser(scene, "wang").post(url(card, "time/"), {**data, "once": once()})
    assert response.status_code == 422
    assert not Visit.objects.exists()


def test_only_members_of_the_team_can_go(scene: Scene) -> None:
    card, client = scene.accepted(), browser(scene, "wang")
    for people in ([], [uuid_of(scene, "mallory")], ["x"]):
        assert client.post(url(card, "members/"), {"people": people, "once": once()}).status_code == 422


def test_declining_needs_a_reason_and_goes_back_to_the_office(scene: Scene) -> None:
    card, client = scene.offered(), browser(scene, "wang")
    assert client.post(url(card, "decline/"), {"once": once()}).status_code == 422
    assert "Sent back." in sent(client, url(card, "decline/"), {"reason": "no_people", "once": once()})
    card.order.refresh_from_db()
    assert card.order.state == OrderState.ADMITTED


def test_an_offer_taken_back_in_the_meantime_is_told(scene: Scene) -> None:
    card, client = scene.offered(), browser(scene, "wang")
    stranger = scene.accepted()
    accept_again = sent(client, url(stranger, "accept/"), {"once": once()})
    assert "no longer open" in accept_again
    withdraw_offer(actor=scene.actor("li"), at=AT, order=card.order)
    for press in (lambda: client.post(url(card, "accept/"), {"once": once()}), lambda: client.get(url(card))):
        answer = press()
        assert (answer.status_code, answer.headers["Location"]) == (303, "/console/board/")
        assert text_of(client.get("/console/board/")).count("no longer open") == 1


def test_the_team_that_comes_second_reads_why_on_its_list(scene: Scene) -> None:
    card, client = scene.accepted(), browser(scene, "wang")
    give_up(actor=scene.actor("wang"), at=AT, assignment=card, reason="no_people")
    answer = client.post(f"/tasks/{card.uuid}/report/", {"words": "好了", "once": once()})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/tasks/")
    assert "does not hold this order" in text_of(client.get("/tasks/"))


def test_who_is_at_the_resident_s_is_named_and_stays_on_the_list(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    visit = scene.scheduled()
    card, client = visit.assignment, browser(scene, "wang")
    check_in(
        actor=scene.actor("zhao"), at=later(days=1), visit=visit, proof=Proof(way="hand", reason_code="other")
    )
    set_clock(monkeypatch, later(days=1))
    assert "Still there" in text_of(client.get(url(card)))
    told = sent(client, url(card, "members/"), {"people": [uuid_of(scene, "qian")], "once": once()})
    assert "Still there: 赵敏." in told
    assert card.members.filter(removed_at=None).count() == 2


def test_the_leader_writes_others_down_by_hand(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    visit = scene.scheduled()
    card, client = visit.assignment, browser(scene, "wang")
    set_clock(monkeypatch, later(days=1))
    zhao = {"person": uuid_of(scene, "zhao"), "reason": "forgotten"}
    assert "The coming is written down." in sent(client, url(card, "check-in/"), {**zhao, "once": once()})
    assert "Under way now 1" in text_of(client.get("/console/board/"))
    set_clock(monkeypatch, later(days=1, hours=1))
    assert "The going is written down." in sent(client, url(card, "check-out/"), {**zhao, "once": once()})
    assert "Report the visit" in text_of(client.get("/console/board/?column=to_report"))
    assert client.post(url(card, "check-in/"), {"person": "x", "reason": "other"}).status_code == 422


def test_the_contact_is_shown_once_the_order_is_taken_and_the_look_is_written_down(scene: Scene) -> None:
    card, client = scene.offered(), browser(scene, "wang")
    assert client.post(url(card, "contact/")).status_code == 403
    accept_order(actor=scene.actor("wang"), at=AT, assignment=card)
    assert "120 1000 0001" in text_of(client.post(url(card, "contact/"), HTTP_HX_REQUEST="true"))
    assert AuditEntry.objects.filter(verb="order.look_contact").count() == 1


def test_the_board_costs_the_same_with_one_card_and_with_three(scene: Scene) -> None:
    client = browser(scene, "wang")
    scene.scheduled()
    client.get("/console/board/")
    with CaptureQueriesContext(connection) as one:
        client.get("/console/board/")
    scene.scheduled()
    scene.offered()
    with CaptureQueriesContext(connection) as three:
        client.get("/console/board/")
    assert len(three) == len(one)


def test_whoever_reports_or_hands_back_from_the_board_stays_in_the_console(scene: Scene) -> None:
    card, client = scene.scheduled().assignment, browser(scene, "wang")
    assert f"/tasks/{card.uuid}/hand-back/?from=board" in client.get(url(card)).content.decode()
    from_board = client.get(f"/tasks/{card.uuid}/hand-back/?from=board").content.decode()
    assert 'class="console-main"' in from_board
    assert from_board.count("<h1") == 1
    assert url(card) in from_board
    assert 'class="console-main"' not in client.get(f"/tasks/{card.uuid}/hand-back/").content.decode()
    zhao = browser(scene, "zhao").get(f"/tasks/{card.uuid}/hand-back/?from=board").content.decode()
    assert 'class="console-main"' not in zhao
    answer = client.post(f"/tasks/{card.uuid}/hand-back/?from=board", {"reason": "no_people", "once": once()})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/console/board/")
