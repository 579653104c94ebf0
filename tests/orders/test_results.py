"""A report says what its kind of service asks for: on the page, over the API, in the figures and the export."""

import json

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from sidan.analytics.policies import Period
from sidan.analytics.queries import place_figures
from sidan.catalogue.models import ResultTemplate
from sidan.catalogue.operations import write_result_template
from sidan.catalogue.policies import ResultChoice, ResultField
from sidan.catalogue.queries import number_words
from sidan.core.actor import SYSTEM
from sidan.orders.models import Order, Visit, VisitCount, VisitReport
from sidan.orders.operations import BadResults, Report, report_visit
from sidan.orders.queries import visit_reports
from tests.orders.browsing import browser, once, read_pages_at, sent, text_of
from tests.orders.scene import AT, Scene, later
from tests.orders.test_portal_volunteer import came_and_left, photo, task_url

THEN = later(days=1)
ASKED = (
    ResultField("served", "number", "理发人数", "People served", is_required=True),
    ResultField("how", "choice", "在哪理的", "Where", choices=(ResultChoice("yard", "院子里", "Yard"),
                                                       ResultChoice("room", "屋里", "Room"))),
    ResultField("swept", "yes_no", "地扫了吗", "Swept"),
    ResultField("note", "text", "备注", "Note"),
)  # fmt: skip
GOOD = {"served": 3, "how": "yard", "swept": False, "note": "电话 13812345678"}


@pytest.fixture(autouse=True)
def _at(monkeypatch: pytest.MonkeyPatch) -> None:
    read_pages_at(monkeypatch, THEN)
    monkeypatch.setattr("sidan.orders.api.reporting.now", lambda: THEN)


@pytest.fixture
def template(scene: Scene) -> ResultTemplate:
    return write_result_template(actor=SYSTEM, at=AT, code=scene.project.category_id, fields=ASKED)


def posted(client: Client, visit: Visit, body: dict[str, object]) -> tuple[int, dict[str, object]]:
    url = f"/api/v1/team-work/visits/{visit.uuid}/report"
    answer = client.post(url, body, content_type="application/json")
    found: dict[str, object] = answer.json()
    return answer.status_code, found


def test_the_form_asks_keeps_and_the_order_shows_it(scene: Scene, template: ResultTemplate) -> None:
    visit, client = came_and_left(scene), browser(scene, "zhao")
    page = text_of(client.get(task_url(visit, "report/")))
    assert "People served" in page
    data = {"people_helped": "1", "words": "好", "template": str(template.uuid), "once": once()}

    refused = client.post(task_url(visit, "report/"), data)
    assert refused.status_code == 422
    assert not VisitReport.objects.exists()

    answers = {"result-served": "3", "result-how": "room", "result-swept": "yes", "result-note": ""}
    sent(client, task_url(visit, "report/"), {**data, **answers, "once": once()})
    kept = VisitReport.objects.get()
    assert json.loads(kept.results or "") == {"served": 3, "how": "room", "swept": True}
    assert kept.template == template
    shown = text_of(browser(scene, "zhou").get(f"/orders/{visit.assignment.order.number}/"))
    assert "People served 3 Where Room Swept Yes" in shown


def test_a_report_keeps_the_version_that_was_filled_in(scene: Scene, template: ResultTemplate) -> None:
    visit, client = came_and_left(scene), browser(scene, "zhao")
    newer = ResultField("pairs", "number", "剪刀数", is_required=True)
    write_result_template(actor=SYSTEM, at=AT, code="hair", fields=[newer])
    data = {"people_helped": "1", "template": str(template.uuid), "result-served": "2", "once": once()}
    sent(client, task_url(visit, "report/"), data)
    assert VisitReport.objects.get().template == template
    order = Order.unscoped.get(pk=visit.assignment.order_id)
    told = visit_reports(order=order, reader=scene.actor("zhou"))
    assert [(line.label, line.value) for line in told[0].results] == [("理发人数", "2")]


def test_over_the_api_an_answer_that_does_not_fit_is_told_by_its_field(
    scene: Scene, template: ResultTemplate
) -> None:
    visit, client = came_and_left(scene), browser(scene, "zhao")
    asked = client.get("/api/v1/catalogue/categories/hair/results").json()
    assert [field["code"] for field in asked["fields"]] == ["served", "how", "swept", "note"]

    status, said = posted(client, visit, {"results": {"how": "roof", "extra": 1}})
    assert (status, said["code"]) == (422, "results_invalid")
    assert {each["pointer"] for each in said["errors"]} == {  # type: ignore[attr-defined, index] # a list of objects
        "/results/served", "/results/how", "/results/extra",
    }  # fmt: skip
    assert posted(client, visit, {"results": {"served": "3"}})[0] == 422
    status, _said = posted(client, visit, {"results": GOOD, "template": asked["template"]})
    assert status == 200
    detail = browser(scene, "zhou").get(f"/api/v1/orders/{visit.assignment.order.number}").json()
    assert [line["value"] for line in detail["results"][0]] == ["3", "Yard", "No", "电话 13812345678"]


def test_with_pictures_the_results_are_json_text(scene: Scene, template: ResultTemplate) -> None:
    visit, client = came_and_left(scene), browser(scene, "zhao")
    url = f"/api/v1/team-work/visits/{visit.uuid}/report-with-pictures"
    assert client.post(url, {"results": "[1]", "pictures": photo()}).status_code == 422
    assert client.post(url, {"results": json.dumps(GOOD), "pictures": photo()}).status_code == 200
    assert json.loads(VisitReport.objects.get().results or "") == GOOD


def test_a_number_in_a_short_text_is_hidden_from_who_needs_a_look_for_it(
    scene: Scene, template: ResultTemplate
) -> None:
    visit = came_and_left(scene)
    visit = Visit.objects.select_related("assignment__order", "assignment__team").get(pk=visit.pk)
    order = report_visit(actor=scene.actor("zhao"), at=THEN, visit=visit, report=Report(results=GOOD))
    notes = [
        visit_reports(order=order, reader=scene.actor(who))[0].results[3].value for who in ("zhou", "li")
    ]
    assert "13812345678" in notes[0]
    assert "13812345678" not in notes[1]


def test_nothing_is_done_where_a_result_is_missing(scene: Scene, template: ResultTemplate) -> None:
    visit = came_and_left(scene)
    visit = Visit.objects.select_related("assignment__order", "assignment__team").get(pk=visit.pk)
    with pytest.raises(BadResults):
        report_visit(actor=scene.actor("zhao"), at=THEN, visit=visit, report=Report(words="好"))
    visit.refresh_from_db()
    assert (visit.state, VisitReport.objects.count(), VisitCount.objects.count()) == ("under_way", 0, 0)


def test_numbers_are_counted_once_for_ever_and_stand_in_the_export(
    scene: Scene, template: ResultTemplate
) -> None:
    visit, client = came_and_left(scene), browser(scene, "zhao")
    posted(client, visit, {"results": GOOD})
    found = place_figures(root=scene.center, figures=["orders.counted"], period=Period(), tree="of_the_day")
    assert found.total.counts[("orders.counted", "hair|served")] == 3
    assert number_words()["hair|served"] == "义剪 · 理发人数"
    number = visit.assignment.order.number
    table = browser(scene, "li").get("/console/queue/export.csv", {"q": number}).getvalue().decode()
    assert "People served: 3; Where: Yard; Swept: No" in table
    assert "13812345678" not in table
    with pytest.raises(DatabaseError), transaction.atomic():
        VisitCount.objects.update(amount=9)
