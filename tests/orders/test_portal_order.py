"""A resident orders, follows, cancels and reviews on the pages; everybody else is sent where they belong."""

import pytest
from django.db import connection
from django.db.models import F
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sidan.attendance.operations import Proof
from sidan.attendance.queries import present_code
from sidan.core.clock import BUSINESS_ZONE
from sidan.notify.models import Notice
from sidan.orders.enums import OrderState
from sidan.orders.models import Order, OrderText, Review, Visit
from sidan.orders.operations import Report, check_in, check_out, report_visit
from sidan.people.models import Person
from tests.orders.browsing import browser, once, read_pages_at, sent, text_of
from tests.orders.scene import AT, Scene, later


@pytest.fixture(autouse=True)
def _at(monkeypatch: pytest.MonkeyPatch) -> None:
    read_pages_at(monkeypatch, AT)


def place_url(scene: Scene) -> str:
    return f"/services/{scene.project.uuid}/order/"


def form(**changes: str) -> dict[str, str]:
    values = {
        "when": "20261121T0900/1200",
        "name": "周桂英",
        "phone": "12010000001",
        "address": "城北路 1 号",
    }
    return {**values, "need": "", "once": once(), **changes}


def finished(scene: Scene) -> Order:
    visit = scene.scheduled()
    zhao = scene.actor("zhao")
    check_in(actor=zhao, at=later(days=1), visit=visit, proof=Proof(way="hand", reason_code="no_phone"))
    leave = Proof(way="hand", reason_code="no_phone")
    check_out(actor=zhao, at=later(days=1, hours=1), visit=visit, proof=leave)
    told = Report(words="理好了", people_helped=1)
    return report_visit(actor=zhao, at=later(days=1, hours=1), visit=visit, report=told)


def order_url(order: Order, tail: str = "") -> str:
    return f"/orders/{order.number}/{tail}"


def test_a_visitor_is_led_to_the_sign_in_and_back(scene: Scene) -> None:
    response = Client().get(place_url(scene))
    assert response.status_code == 302
    assert response.headers["Location"].endswith(f"?next={place_url(scene)}")


def test_the_form_knows_address_and_telephone_already(scene: Scene) -> None:
    page = browser(scene, "zhou").get(place_url(scene)).content.decode()
    assert 'value="长宁镇城北路 1 号"' in page
    assert 'value="12010000001"' in page
    assert "Tomorrow morning" in page


def test_three_taps_place_an_order_and_show_its_number(scene: Scene) -> None:
    client = browser(scene, "zhou")
    response = client.post(place_url(scene), form(need="家住四楼"))
    order = Order.objects.get()
    assert (response.status_code, response.headers["Location"]) == (303, order_url(order, "placed/"))
    assert order.wished_from == later(days=1)
    assert order.wished_to == later(days=1, hours=3)
    spoken = f"{order.number[:3]} {order.number[3:6]} {order.number[6:]}"
    assert spoken in text_of(client.get(response.headers["Location"]))


def test_what_is_in_the_file_is_not_copied_into_the_order(scene: Scene) -> None:
    browser(scene, "zhou").post(place_url(scene), form(address="长宁镇城北路 1 号"))
    text = OrderText.objects.get()
    assert (text.contact_name, text.address, text.contact_phone) == ("", "", "12010000001")


def test_a_double_tap_orders_once(scene: Scene) -> None:
    client, data = browser(scene, "zhou"), form()
    first, second = client.post(place_url(scene), data), client.post(place_url(scene), data)
    assert first.headers["Location"] == second.headers["Location"]
    assert Order.objects.count() == 1


def test_an_own_time_may_be_named(scene: Scene) -> None:
    browser(scene, "zhou").post(place_url(scene), form(when="own", own_time="2026-11-23T15:30"))
    begins = Order.objects.get().wished_from.astimezone(BUSINESS_ZONE)
    assert f"{begins:%F %H:%M}" == "2026-11-23 15:30"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"when": "20261118T0900/1200"}, "This time has passed already."),
        ({"when": "own", "own_time": "2026-11-19T08:00"}, "This time has passed already."),
        ({"when": "own", "own_time": "2027-11-19T08:00"}, "within the next 90 days"),
        ({"when": "own", "own_time": "9999-12-31T23:59"}, "within the next 90 days"),
        ({"when": "own", "own_time": ""}, "Please choose a time."),
        ({"when": ""}, "Please choose a time."),
        ({"when": "99999999T9999/9999"}, "Please choose a time."),
        ({"phone": "123"}, "This is not a phone number we can call"),
        ({"need": "x" * 501}, "too long"),
        ({"address": ""}, "Please fill this in."),
    ],
)
def test_a_refused_form_says_why_and_keeps_what_was_typed(
    scene: Scene, changes: dict[str, str], sentence: str
) -> None:
    response = browser(scene, "zhou").post(place_url(scene), form(**{"need": "家住四楼", **changes}))
    assert response.status_code == 422
    assert sentence in text_of(response)
    assert changes.get("need", "家住四楼") in response.content.decode()
    assert not Order.objects.exists()


def test_a_refused_form_may_be_sent_again_with_its_fresh_key(scene: Scene) -> None:
    client, data = browser(scene, "zhou"), form(phone="1")
    assert client.post(place_url(scene), data).status_code == 422
    assert client.post(place_url(scene), {**data, "phone": "12010000001", "once": once()}).status_code == 303


def test_who_has_no_home_place_says_first_where_they_live(scene: Scene) -> None:
    Person.unscoped.filter(account=scene.accounts["zhou"]).update(home_place=None)
    response = browser(scene, "zhou").get(place_url(scene))
    assert "in which village or community you live" in text_of(response)


def test_a_service_is_not_offered_outside_its_area(scene: Scene) -> None:
    assert browser(scene, "mallory").get(place_url(scene)).status_code == 404
    assert browser(scene, "mallory").post(place_url(scene), form()).status_code == 404


def test_a_service_that_was_withdrawn_cannot_be_ordered(scene: Scene) -> None:
    type(scene.project).unscoped.update(state="withdrawn")
    assert browser(scene, "zhou").get(place_url(scene)).status_code == 404


def test_my_orders_show_what_waits_for_me_first(scene: Scene) -> None:
    done = finished(scene)
    new = scene.placed()
    page = text_of(browser(scene, "zhou").get("/orders/"))
    assert page.index("Waiting for your word") < page.index("All others")
    html = browser(scene, "zhou").get("/orders/").content.decode()
    assert html.index(done.number) < html.index(new.number)


def test_an_empty_list_says_what_to_do(scene: Scene) -> None:
    assert "three taps" in text_of(browser(scene, "zhou").get("/orders/"))


def queries_of(client: Client, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def test_my_orders_cost_the_same_for_one_and_for_three(scene: Scene) -> None:
    client = browser(scene, "zhou")
    scene.placed()
    one = queries_of(client, "/orders/")
    scene.placed()
    scene.placed()
    assert queries_of(client, "/orders/") == one


def test_my_order_tells_its_history_in_plain_words(scene: Scene) -> None:
    order = scene.accepted().order
    page = text_of(browser(scene, "zhou").get(order_url(order)))
    assert "城北义剪队 is coming. They will call you to agree on a time." in page
    for sentence in ("The order was placed", "The order was admitted", "城北义剪队 took the order"):
        assert sentence in page


def test_the_same_page_speaks_chinese(scene: Scene) -> None:
    order = scene.accepted().order
    page = text_of(browser(scene, "zhou", language="zh-hans").get(order_url(order)))
    assert "已有人接单" in page
    assert "城北义剪队" in page


@pytest.mark.parametrize("name", ["mallory", "sun"])
def test_a_stranger_finds_no_order(scene: Scene, name: str) -> None:
    order = scene.scheduled().assignment.order
    client = browser(scene, name)
    for tail in ("", "code/", "placed/", "cancel/"):
        assert client.get(order_url(order, tail)).status_code == 404, tail
    for tail in ("cancel/", "review/"):
        assert client.post(order_url(order, tail), {"once": once()}).status_code == 404, tail
    order.refresh_from_db()
    assert order.state == OrderState.SCHEDULED


@pytest.mark.parametrize("name", ["li", "wang", "zhao", "supervisor"])
def test_who_sees_the_order_but_did_not_ask_for_it_acts_elsewhere(scene: Scene, name: str) -> None:
    order = scene.scheduled().assignment.order
    client = browser(scene, name)
    page = client.get(order_url(order))
    assert page.status_code == 200
    assert "door-code" not in page.content.decode()
    for tail in ("code/", "placed/", "cancel/"):
        assert client.get(order_url(order, tail)).status_code == 403, tail
    assert client.post(order_url(order, "review/"), {"outcome": "done"}).status_code == 403


def test_a_named_volunteer_is_shown_the_way_to_the_task(scene: Scene) -> None:
    visit = scene.scheduled()
    page = browser(scene, "zhao").get(order_url(visit.assignment.order)).content.decode()
    assert f"/tasks/{visit.assignment.uuid}/" in page


def test_a_wrong_number_is_not_found(scene: Scene) -> None:
    client = browser(scene, "zhou")
    for number in ("123456789", "abc", "0", "1" * 40):
        assert client.get(f"/orders/{number}/").status_code == 404


def test_the_code_stands_on_the_page_only_while_a_visit_is_ahead(scene: Scene) -> None:
    waiting = scene.accepted().order
    assert "door-code" not in browser(scene, "zhou").get(order_url(waiting)).content.decode()


def test_the_code_is_shown_large_and_fetched_anew(scene: Scene) -> None:
    visit = scene.scheduled()
    client = browser(scene, "zhou")
    digits = present_code(cause_uuid=str(visit.uuid), at=AT)
    spoken = f"{digits[:3]} {digits[3:]}"
    assert spoken in client.get(order_url(visit.assignment.order)).content.decode()
    piece = client.get(order_url(visit.assignment.order, "code/")).content.decode()
    assert spoken in piece
    assert "<html" not in piece


def test_once_the_visit_is_over_the_page_is_loaded_again(scene: Scene) -> None:
    order = finished(scene)
    response = browser(scene, "zhou").get(order_url(order, "code/"))
    assert (response.status_code, response.headers["HX-Refresh"]) == (204, "true")


def test_cancelling_asks_by_name_and_tells_everybody(scene: Scene) -> None:
    order = scene.scheduled().assignment.order
    client = browser(scene, "zhou")
    assert "Cancel “上门理发”?" in text_of(client.get(order_url(order, "cancel/")))
    response = client.post(order_url(order, "cancel/"), {"reason": "no_longer_needed", "once": once()})
    assert response.status_code == 303
    order.refresh_from_db()
    assert order.state == OrderState.CANCELLED
    assert "No longer needed" in text_of(client.get(order_url(order)))
    assert Visit.objects.get().state == "called_off"


def test_what_began_already_is_told_politely_instead_of_cancelled(scene: Scene) -> None:
    visit = scene.scheduled()
    client = browser(scene, "zhou")
    begun = Proof(way="hand", reason_code="no_phone")
    check_in(actor=scene.actor("zhao"), at=later(days=1), visit=visit, proof=begun)
    order = visit.assignment.order
    assert "cannot be cancelled any more" in text_of(client.get(order_url(order, "cancel/")))
    page = sent(client, order_url(order, "cancel/"), {"once": once()})
    assert "This order has moved on in the meantime" in page
    order.refresh_from_db()
    assert order.state == OrderState.UNDER_WAY


def test_a_review_says_outcome_then_stars_then_words(scene: Scene) -> None:
    order = finished(scene)
    client = browser(scene, "zhou")
    data = {"outcome": "still_needed", "stars": "4", "words": "手艺好", "once": once()}
    page = sent(client, order_url(order, "review/"), data)
    review = Review.objects.get()
    assert (review.outcome, review.stars, review.text.words) == ("still_needed", 4, "手艺好")
    assert "Done, but more is needed" in page
    assert "手艺好" in page


def test_a_review_without_an_outcome_keeps_its_words(scene: Scene) -> None:
    order = finished(scene)
    data = {"stars": "9", "words": "手艺好", "once": once()}
    page = browser(scene, "zhou").post(order_url(order, "review/"), data)
    assert page.status_code == 422
    assert "Please say first whether it was done." in text_of(page)
    assert "手艺好" in page.content.decode()
    assert not Review.objects.exists()


def test_a_review_sent_twice_counts_once_and_a_second_one_is_told(scene: Scene) -> None:
    order = finished(scene)
    client, data = browser(scene, "zhou"), {"outcome": "done", "once": once()}
    assert client.post(order_url(order, "review/"), data).status_code == 303
    assert client.post(order_url(order, "review/"), data).status_code == 303
    again = sent(client, order_url(order, "review/"), {**data, "once": once()})
    assert "This order has moved on in the meantime" in again
    assert Review.objects.count() == 1


def test_every_state_of_the_loop_has_a_page(scene: Scene) -> None:
    order = scene.placed()
    client = browser(scene, "zhou")
    for state in OrderState.values:
        Order.unscoped.filter(pk=order.pk).update(state=state, turn=F("turn") + 1)
        assert client.get(order_url(order)).status_code == 200, state


def test_words_of_danger_mark_the_order_and_say_whom_to_call(scene: Scene) -> None:
    client = browser(scene, "zhou")
    answer = client.post(place_url(scene), form(need="老伴晕倒了，厨房着火了"))
    order = Order.unscoped.get()
    assert order.urgency == "danger"
    for address in (answer.headers["Location"], order_url(order)):
        page = client.get(address).content.decode()
        assert 'href="tel:120"' in page
        assert 'href="tel:119"' in page
        assert 'href="tel:110"' not in page
    assert Notice.objects.filter(kind="order_danger").exists()


def test_somebody_who_fell_and_cannot_rise_is_told_on_the_page_of_the_order(scene: Scene) -> None:
    client = browser(scene, "zhou")
    answer = client.post(place_url(scene), form(need="老人摔倒了起不来"))
    assert Order.unscoped.get().urgency == "danger"
    assert 'href="tel:120"' in client.get(answer.headers["Location"]).content.decode()


def test_the_page_answers_while_danger_is_typed_and_keeps_nothing(scene: Scene) -> None:
    client = browser(scene, "zhou")
    assert 'href="tel:110"' in client.post("/danger/", {"need": "我不想活了"}).content.decode()
    assert "tel:" not in client.post("/danger/", {"need": "想学预防煤气中毒"}).content.decode()
    assert Client().post("/danger/", {"need": "着火了"}).status_code == 200
    assert not Order.unscoped.exists()
