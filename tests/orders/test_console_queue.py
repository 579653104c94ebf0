"""The dispatcher's queue: what is seen, what is done, and what the second of two is told."""

import csv
import json

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sidan.audit.models import AuditEntry
from sidan.core.search import name_terms
from sidan.orders import queries
from sidan.orders.enums import OrderState
from sidan.orders.models import Order
from sidan.orders.operations import admit_order
from sidan.people.models import Team
from tests.orders.browsing import browser, once, read_pages_at, text_of
from tests.orders.scene import AT, Scene

HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture(autouse=True)
def _at(monkeypatch: pytest.MonkeyPatch) -> None:
    read_pages_at(monkeypatch, AT)
    for module in ("acts", "console"):
        monkeypatch.setattr(f"sidan.orders.views.{module}.now", lambda: AT)


def url(order: Order, tail: str = "") -> str:
    return f"/console/queue/{order.uuid}/{tail}"


def act(client: Client, order: Order, verb: str, *, chip: str = "", **data: str) -> object:
    tail = f"{verb}/" + (f"?chip={chip}" if chip else "")
    return client.post(url(order, tail), {"turn": str(order.turn), "once": once(), **data}, **HTMX)


@pytest.mark.parametrize("name", ["zhou", "wang", "zhao"])
def test_who_looks_after_no_orders_is_refused(scene: Scene, name: str) -> None:
    order = scene.placed()
    client = browser(scene, name)
    assert client.get("/console/queue/").status_code == 403
    assert client.get(url(order)).status_code == 403
    assert client.post(url(order, "admit/")).status_code == 403
    assert client.get("/console/queue/export.csv").status_code == 403


def test_only_who_may_enter_orders_is_shown_the_way(scene: Scene) -> None:
    for placed in (False, True):  # the empty queue offers it in a second place
        if placed:
            scene.placed()
        for name, may in (("supervisor", False), ("li", True)):
            shown = browser(scene, name).get("/console/queue/").content.decode()
            main = shown[shown.index("<main") : shown.index("</main>")]
            assert ('href="/console/orders/new/"' in main) is may


def test_the_queue_tells_how_long_each_has_waited(scene: Scene) -> None:
    scene.placed()
    shown = text_of(browser(scene, "li").get("/console/queue/"))
    assert "Place Waiting Time left State Team" in shown
    assert " ago " not in shown


def test_a_visitor_is_led_to_the_sign_in(scene: Scene) -> None:
    assert Client().get("/console/queue/").status_code == 302


def test_mallory_sees_nothing_of_another_county(scene: Scene) -> None:
    order = scene.placed()
    client = browser(scene, "mallory")
    assert order.number[:3] not in text_of(client.get("/console/queue/"))
    for verb in ("", "row/", "teams/"):
        assert client.get(url(order, verb)).status_code == 404
    for verb in ("contact", "admit", "dispatch", "withdraw", "close", "reopen"):
        assert client.post(url(order, f"{verb}/"), {"team": str(scene.team.uuid)}).status_code == 404
    order.refresh_from_db()
    assert order.state == OrderState.SUBMITTED


def test_one_s_own_order_elsewhere_is_not_in_one_s_queue(scene: Scene) -> None:
    order = scene.placed()
    Order.unscoped.filter(pk=order.pk).update(requester=scene.actor("mallory").person_id)
    assert browser(scene, "mallory").get(url(order)).status_code == 404


def test_the_queue_has_rows_and_chips_with_counts(scene: Scene) -> None:
    scene.placed()
    scene.offered()
    page = browser(scene, "li").get("/console/queue/")
    text = text_of(page)
    assert "To admit 1" in text
    assert "Offered, not yet taken 1" in text
    assert "Waiting for us 2" in text
    assert page.content.decode().count("data-row=") == 2
    assert text_of(browser(scene, "li").get("/console/queue/?chip=offered")).count("城北义剪队") == 1


@pytest.mark.parametrize(
    "query",
    [
        "chip=nonsense",
        "place=x",
        "category=%27%3B",
        "q=%E2%80%8F",
        "cursor=",
        "place=0190f3a0-0000-7000-8000-000000000000",
    ],
)
def test_what_cannot_be_understood_filters_nothing_and_breaks_nothing(scene: Scene, query: str) -> None:
    scene.placed()
    assert browser(scene, "li").get(f"/console/queue/?{query}").status_code == 200


def test_an_order_is_found_by_its_number_by_name_and_by_place(scene: Scene) -> None:
    order = scene.placed(need="家住四楼")
    client = browser(scene, "li")
    for query in (f"q={order.number}", "q=四楼", f"place={scene.town.uuid}", "category=hair"):
        assert str(order.uuid) in client.get(f"/console/queue/?{query}").content.decode(), query
    for query in ("q=没有的", f"place={scene.far_center.uuid}", "category=none"):
        assert str(order.uuid) not in client.get(f"/console/queue/?{query}").content.decode(), query


def test_admitting_stays_with_the_order_and_proposes_teams_with_reasons(scene: Scene) -> None:
    order = scene.placed()
    response = act(browser(scene, "li"), order, "admit")
    text = text_of(response)
    assert response.status_code == 200
    assert "sidan:changed" in response.headers["HX-Trigger"]
    assert "城北义剪队 Serves 义剪 in" in text
    assert text.index("城北义剪队") < text.index("孙立家电队")
    order.refresh_from_db()
    assert order.state == OrderState.ADMITTED


def test_clearing_the_new_ones_goes_on_to_the_next(scene: Scene) -> None:
    response = act(browser(scene, "li"), scene.placed(), "admit", chip="to_admit")
    assert "sidan:acted" in response.headers["HX-Trigger"]


def test_dispatching_offers_the_order_to_the_team(scene: Scene) -> None:
    order = scene.admitted()
    response = act(browser(scene, "li"), order, "dispatch", team=str(scene.team.uuid))
    assert response.status_code == 200
    assert "sidan:acted" in response.headers["HX-Trigger"]
    order.refresh_from_db()
    assert order.state == OrderState.DISPATCHED
    assert order.assignments.get().team_id == scene.team.pk


@pytest.mark.parametrize("team", ["", "x", "00000000-0000-7000-8000-000000000000"])
def test_dispatching_to_nobody_is_refused(scene: Scene, team: str) -> None:
    order = scene.admitted()
    assert act(browser(scene, "li"), order, "dispatch", team=team).status_code == 404


def test_the_second_of_two_dispatchers_reads_that_it_moved_on_and_how_it_stands(scene: Scene) -> None:
    order = scene.placed()
    admit_order(actor=scene.actor("li"), at=AT, order=Order.unscoped.get(pk=order.pk))
    response = act(browser(scene, "director"), order, "admit")
    assert response.status_code in {403, 422}
    response = act(browser(scene, "li"), order, "admit")
    text = text_of(response)
    assert response.status_code == 422
    assert "This order has moved on in the meantime" in text
    assert "Who could do it" in text


def test_an_old_page_does_not_act_on_a_newer_turn(scene: Scene) -> None:
    order = scene.admitted()
    stale = order.turn - 1
    client = browser(scene, "li")
    response = client.post(
        url(order, "dispatch/"), {"turn": stale, "team": str(scene.team.uuid), "once": once()}, **HTMX
    )
    assert response.status_code == 422
    order.refresh_from_db()
    assert order.state == OrderState.ADMITTED


def test_sent_twice_acts_once_and_answers_the_same(scene: Scene) -> None:
    order, key, client = scene.placed(), once(), browser(scene, "li")
    answers = [client.post(url(order, "admit/"), {"once": key}, **HTMX) for _try in range(2)]
    assert [answer.status_code for answer in answers] == [200, 200]
    order.refresh_from_db()
    assert order.turn == 2


def test_refusing_needs_a_reason_and_tells_it(scene: Scene) -> None:
    order, client = scene.placed(), browser(scene, "li")
    assert act(client, order, "refuse").status_code == 422
    response = act(client, order, "refuse", reason="out_of_area", words="请向安远县中心点单。")
    assert "Outside the area served" in text_of(response)
    order.refresh_from_db()
    assert order.state == OrderState.REFUSED


def test_withdrawing_brings_the_teams_back(scene: Scene) -> None:
    order = scene.offered().order
    response = act(browser(scene, "li"), order, "withdraw")
    assert response.status_code == 200
    assert "this order, before" in text_of(response)


def test_without_a_script_every_act_leads_back_to_the_page(scene: Scene) -> None:
    order, client = scene.placed(), browser(scene, "li")
    response = client.post(url(order, "admit/"), {"once": once()})
    assert (response.status_code, response.headers["Location"]) == (303, url(order))
    assert "Admitted." in text_of(client.get(url(order)))
    response = client.post(url(order, "admit/"), {"once": once()})
    assert "moved on" in text_of(client.get(response.headers["Location"]))


def test_teams_are_found_by_name(scene: Scene) -> None:
    order = scene.admitted()
    for team in (scene.team, scene.other_team):
        Team.objects.filter(pk=team.pk).update(search=name_terms(team.name))
    piece = text_of(browser(scene, "li").get(url(order, "teams/?team=孙立"), **HTMX))
    assert "孙立家电队" in piece
    assert "城北义剪队" not in piece


def test_telephone_and_address_are_shown_on_request_and_the_look_is_written_down(scene: Scene) -> None:
    order, client = scene.placed(), browser(scene, "li")
    assert "120 1000 0001" not in text_of(client.get(url(order)))
    assert "120 1000 0001" in text_of(client.post(url(order, "contact/"), **HTMX))
    assert AuditEntry.objects.filter(verb="order.look_contact", subject_id=order.pk).count() == 1


def test_a_row_that_left_its_list_is_struck_through(scene: Scene) -> None:
    order, client = scene.admitted(), browser(scene, "li")
    assert "is-gone" in client.get(url(order, "row/?chip=to_admit")).content.decode()
    assert "is-gone" not in client.get(url(order, "row/?chip=to_dispatch")).content.decode()


def test_what_was_found_by_its_number_is_not_struck_through_wherever_it_stands(scene: Scene) -> None:
    order, client = scene.accepted().order, browser(scene, "li")
    assert str(order.uuid) in client.get(f"/console/queue/?q={order.number}").content.decode()
    assert "is-gone" not in client.get(url(order, f"row/?q={order.number}")).content.decode()
    assert "is-gone" in client.get(url(order, f"row/?q={order.number}&chip=to_admit")).content.decode()


def _counts(response: HttpResponse) -> dict[str, list[object]]:
    counts: dict[str, list[object]] = json.loads(response.headers["Sidan-Counts"])
    return counts


def test_the_counts_of_the_chips_come_with_a_row(scene: Scene) -> None:
    order, client = scene.placed(), browser(scene, "li")
    before = _counts(client.get(url(order, "row/")))
    assert (before["to_admit"], before["to_dispatch"], before[""]) == ([1, False], [0, False], [1, False])
    act(client, order, "admit")
    after = _counts(client.get(url(order, "row/?chip=to_admit")))
    assert (after["to_admit"], after["to_dispatch"], after[""]) == ([0, False], [1, False], [1, False])
    assert _counts(client.get(url(order, "row/?category=none")))["to_dispatch"] == [0, False], "as filtered"
    assert "ended" not in after, "what has ended is not counted"


def test_counts_of_what_is_late_are_marked(scene: Scene) -> None:
    order = scene.placed()
    Order.unscoped.filter(pk=order.pk).update(due_at=AT, half_at=AT)
    assert _counts(browser(scene, "li").get(url(order, "row/")))["overdue"] == [1, True]


def test_those_who_only_look_have_no_buttons(scene: Scene) -> None:
    order = scene.placed()
    client = browser(scene, "keeper")
    assert "Admit" not in text_of(client.get(url(order), **HTMX))
    assert act(client, order, "admit").status_code == 403


def test_the_export_holds_the_filtered_rows_without_personal_facts_and_is_written_down(scene: Scene) -> None:
    order = scene.placed(need="=HYPERLINK 家住四楼")
    response = browser(scene, "li").get("/console/queue/export.csv?chip=to_admit")
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    rows = list(csv.reader(text.splitlines()))
    assert rows[1][0] == order.number
    assert len(rows) == 2
    assert "周桂英" not in text
    assert "12010000001" not in text
    assert "四楼" not in text
    entry = AuditEntry.objects.get(verb="orders.exported")
    assert entry.facts["chip"] == "to_admit"


@pytest.mark.parametrize("address", ["/console/queue/", "/console/queue/?chip=to_admit&q=周"])
def test_the_queue_costs_the_same_with_one_row_and_with_three(scene: Scene, address: str) -> None:
    client = browser(scene, "li")
    scene.placed()
    client.get(address)
    with CaptureQueriesContext(connection) as one:
        client.get(address)
    scene.placed()
    scene.offered()
    with CaptureQueriesContext(connection) as three:
        client.get(address)
    assert len(three) == len(one)


def test_the_queue_can_be_read_in_chinese(scene: Scene) -> None:
    scene.placed()
    assert "待受理" in text_of(browser(scene, "li", language="zh-hans").get("/console/queue/"))


def test_chips_show_that_there_are_more_and_no_numbers_beside_a_search(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    scene.placed()
    scene.placed()
    monkeypatch.setattr(queries, "COUNTED_TO", 1)
    client = browser(scene, "li")
    assert '<span class="count">1+</span>' in client.get("/console/queue/").content.decode()
    assert 'class="count"' not in client.get("/console/queue/?q=理发").content.decode()
