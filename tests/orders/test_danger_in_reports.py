"""Danger to life that a volunteer writes down, of a visit or handing back: it is heard, told, and has a number."""

import json

import pytest

from sidan.attendance.operations import Proof
from sidan.attendance.queries import present_code
from sidan.notify.models import Notice
from sidan.orders.models import Order, OrderStep, Visit
from sidan.orders.operations import Report, check_in, check_out
from tests.orders.browsing import browser, once, read_pages_at, sent, text_of
from tests.orders.scene import Scene, later
from tests.orders.splits import fresh

DANGER = "老人说想自杀"
CAME, THEN = later(days=1), later(days=1, hours=1)
STAFF = "Make sure that help has been called"


@pytest.fixture(autouse=True)
def _at(monkeypatch: pytest.MonkeyPatch) -> None:
    read_pages_at(monkeypatch, THEN)


def task_url(visit: Visit, tail: str) -> str:
    return f"/tasks/{visit.assignment.uuid}/{tail}"


def came_and_left(scene: Scene) -> Visit:
    visit, actor = scene.scheduled(), scene.actor("zhao")
    code = present_code(cause_uuid=str(visit.uuid), at=CAME)
    check_in(actor=actor, at=CAME, visit=visit, proof=Proof(way="code", code=code))
    check_out(actor=actor, at=THEN, visit=visit, proof=Proof(way="hand", reason_code="other"))
    return visit


def told_to_decide(scene: Scene) -> int:
    return Notice.objects.filter(account_id=scene.accounts["li"], kind="order_danger").count()


def verbs_of(order: Order) -> list[str]:
    steps = OrderStep.objects.filter(order=order, machine="order").order_by("turn")
    return list(steps.values_list("verb", flat=True))


def heard(scene: Scene, visit: Visit) -> tuple[str, str, int]:
    order = fresh(visit.assignment.order)
    return order.urgency, order.calls_heard, told_to_decide(scene)


@pytest.mark.parametrize(("then", "last"), [("last", "finish"), ("one_more", "go_on")])
def test_a_report_that_speaks_of_it_marks_the_order_and_its_page_says_whom_to_call(
    scene: Scene, then: str, last: str
) -> None:
    visit = came_and_left(scene)
    said = {"people_helped": "1", "words": DANGER, "then": then, "once": once()}
    page = sent(browser(scene, "zhao"), task_url(visit, "report/"), said)
    assert STAFF in page
    assert "110 Police" in page
    assert heard(scene, visit) == ("danger", "110", 1)
    assert verbs_of(visit.assignment.order)[-2:] == ["danger", last]
    assert "110 Police" in text_of(browser(scene, "li").get(f"/console/queue/{visit.assignment.order.uuid}/"))


def test_a_calm_report_marks_nothing(scene: Scene) -> None:
    visit = came_and_left(scene)
    said = {"people_helped": "1", "words": "理好了", "once": once()}
    assert STAFF not in sent(browser(scene, "zhao"), task_url(visit, "report/"), said)
    assert heard(scene, visit) == ("normal", "", 0)


def test_an_answer_in_words_is_heard_as_the_words_are() -> None:
    told = Report(words="理好了", results={"note": DANGER, "pupils": 3, "ready": True})
    assert told.said == f"理好了\n{DANGER}"


@pytest.mark.parametrize("where", ["", "?from=board"])
def test_who_hands_an_order_back_with_such_words_reads_whom_to_call(scene: Scene, where: str) -> None:
    visit = scene.scheduled()
    client = browser(scene, "wang" if where else "zhao")
    said = {"reason": "no_skill", "words": DANGER, "once": once()}
    response = client.post(task_url(visit, f"hand-back/{where}"), said)
    page = client.get(response.headers["Location"])
    assert 'href="tel:110"' in page.content.decode()
    assert STAFF in text_of(page)
    assert heard(scene, visit) == ("danger", "110", 1)
    assert verbs_of(visit.assignment.order)[-2:] == ["danger", "fail"]
    office = browser(scene, "li").get(f"/console/queue/{visit.assignment.order.uuid}/")
    assert 'href="tel:110"' in office.content.decode()


def test_a_calm_hand_back_names_no_number(scene: Scene) -> None:
    visit = scene.scheduled()
    said = {"reason": "no_skill", "words": "没有工具", "once": once()}
    assert STAFF not in sent(browser(scene, "zhao"), task_url(visit, "hand-back/"), said)
    assert heard(scene, visit) == ("normal", "", 0)


def test_both_answer_with_whom_to_call_over_the_api(scene: Scene) -> None:
    visit = came_and_left(scene)
    client = browser(scene, "zhao")
    report = client.post(
        f"/api/v1/team-work/visits/{visit.uuid}/report", json.dumps({"words": DANGER, "then": "one_more"}),
        content_type="application/json",
    )  # fmt: skip
    answer = report.json()
    assert (report.status_code, answer["call_now"], answer["urgency"]) == (200, ["110"], "danger")
    back = client.post(
        f"/api/v1/team-work/assignments/{visit.assignment.uuid}/give-up",
        json.dumps({"reason": "no_skill", "words": "她割腕了"}), content_type="application/json",
    )  # fmt: skip
    assert (back.status_code, back.json()["call_now"]) == (200, ["120", "110"])
    assert fresh(visit.assignment.order).calls_heard == "120 110"
