"""The dispatcher's page hands an order over; whoever did finds it behind a chip of its own."""

import pytest
from django.test import Client

from sidan.notify.models import Notice
from sidan.orders.models import Order, OrderHandover
from sidan.orders.operations import Change, ask_for_help, change_order, pass_up_order, send_down_order
from tests.orders.browsing import browser, once, read_pages_at, text_of
from tests.orders.scene import AT, Scene

HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture(autouse=True)
def _at(monkeypatch: pytest.MonkeyPatch) -> None:
    read_pages_at(monkeypatch, AT)
    for module in ("acts", "console"):
        monkeypatch.setattr(f"sidan.orders.views.{module}.now", lambda: AT)


def post(client: Client, order: Order, verb: str, **data: str) -> tuple[int, str]:
    sent = {"turn": str(order.turn), "once": once(), **data}
    response = client.post(f"/console/queue/{order.uuid}/{verb}/", sent, **HTMX)
    return response.status_code, text_of(response)


def in_queue(client: Client, order: Order, chip: str = "") -> bool:
    return str(order.uuid) in client.get(f"/console/queue/?chip={chip}").content.decode()


def sent_down(scene: Scene) -> Order:
    return send_down_order(
        actor=scene.actor("li"), at=AT, order=scene.placed(), to=scene.station, reason="nearer"
    )


def test_the_center_sends_down_and_the_station_passes_up(scene: Scene) -> None:
    order, li = scene.placed(), browser(scene, "li")
    status, page = post(li, order, "send-down", to=str(scene.town.uuid), reason="nearer", words="就近")
    assert status == 200
    assert "Handed to" in page
    director = browser(scene, "director")
    status, page = post(director, Order.unscoped.get(pk=order.pk), "pass-up", reason="no_skill")
    assert status == 200
    assert "The skill is missing" in page
    assert list(OrderHandover.objects.values_list("kind", flat=True)) == ["send_down", "pass_up"]
    assert "Passed on to" in text_of(browser(scene, "zhou").get(f"/orders/{order.number}/"))


def test_a_station_has_every_act_but_sending_down_for_nothing_is_below_it(scene: Scene) -> None:
    order = sent_down(scene)
    page = text_of(browser(scene, "keeper").get(f"/console/queue/{order.uuid}/"))
    for words in ("Admit", "Do not admit", "Pass up to", "for help"):
        assert words in page
    assert "Send down" not in page
    assert "Pass up to" not in text_of(browser(scene, "supervisor").get(f"/console/queue/{order.uuid}/"))


@pytest.mark.parametrize("verb", ["pass-up", "ask-help", "send-down"])
def test_without_a_reason_the_form_asks_again(scene: Scene, verb: str) -> None:
    order = send_down_order(
        actor=scene.actor("li"), at=AT, order=scene.placed(), to=scene.town, reason="nearer"
    )
    status, page = post(browser(scene, "li"), order, verb, to=str(scene.station.uuid), words="x")
    assert status == 422
    assert "choose a reason" in page
    assert OrderHandover.objects.count() == 1


def test_what_we_handed_over_waits_no_longer_for_us(scene: Scene) -> None:
    order = sent_down(scene)
    keeper, director = browser(scene, "keeper"), browser(scene, "director")
    assert in_queue(keeper, order)
    assert not in_queue(keeper, order, "handed_over")
    pass_up_order(actor=scene.actor("keeper"), at=AT, order=order, reason="other")
    assert not in_queue(keeper, order)
    assert in_queue(keeper, order, "handed_over")
    assert "Handed over by us 1" in text_of(keeper.get("/console/queue/"))
    assert in_queue(director, order)
    row = keeper.get(f"/console/queue/{order.uuid}/row/").content.decode()
    assert "is-gone" in row


def test_help_is_shown_to_whom_it_was_asked_of_until_somebody_decides(scene: Scene) -> None:
    order = sent_down(scene)
    ask_for_help(actor=scene.actor("keeper"), at=AT, order=order, reason="no_people")
    keeper, director = browser(scene, "keeper"), browser(scene, "director")
    assert in_queue(director, order, "help_asked")
    assert not in_queue(keeper, order, "help_asked")
    assert in_queue(keeper, order), "who asks for help still has the order"
    assert "asks" in text_of(director.get(f"/console/queue/{order.uuid}/"))
    status, _page = post(director, order, "admit")
    assert status == 200
    assert not in_queue(director, order, "help_asked")


def test_help_is_asked_once_until_somebody_decides(scene: Scene) -> None:
    order, keeper = sent_down(scene), browser(scene, "keeper")
    page = text_of(keeper.get(f"/console/queue/{order.uuid}/"))
    assert "Why do you need help?" in page
    assert post(keeper, order, "ask-help", reason="no_people")[0] == 200
    order.refresh_from_db()
    shown = keeper.get(f"/console/queue/{order.uuid}/")
    assert "Why do you need help?" not in text_of(shown)
    assert "asks 长宁镇 for help: Nobody is free" in text_of(shown)
    assert f'<time datetime="{AT.isoformat()}">' in shown.content.decode()
    status, page = post(keeper, order, "ask-help", reason="no_skill")
    assert status == 422
    assert "长宁镇 has been asked for help already" in page
    assert OrderHandover.objects.filter(kind="ask_help").count() == 1
    assert Notice.objects.filter(kind="order_help_asked").count() == 1
    number = order.number
    again = keeper.post(f"/api/v1/orders/{number}/ask-help", {"reason": "other"}, "application/json")
    assert (again.status_code, again.json()["code"]) == (409, "help_asked_already")


def test_help_can_be_asked_again_after_what_was_asked_for_is_over(scene: Scene) -> None:
    order, keeper = sent_down(scene), browser(scene, "keeper")
    assert post(keeper, order, "ask-help", reason="no_people")[0] == 200
    order.refresh_from_db()
    assert post(keeper, order, "admit")[0] == 200
    order.refresh_from_db()
    assert post(keeper, order, "ask-help", reason="no_people")[0] == 200


def test_why_help_is_asked_is_read_by_the_resident_as_the_form_says(scene: Scene) -> None:
    order, keeper = sent_down(scene), browser(scene, "keeper")
    status, page = post(keeper, order, "ask-help", words="两位队员都请假了")
    assert status == 422
    assert "the place that is asked reads it, and so will the person who asked" in page
    assert post(keeper, order, "ask-help", reason="no_people", words="两位队员都请假了")[0] == 200
    page = text_of(browser(scene, "zhou").get(f"/orders/{order.number}/"))
    assert "was asked to help" in page
    assert "Nobody is free · 两位队员都请假了" in page


def test_a_private_order_offers_no_empty_form_for_help(scene: Scene) -> None:
    order = send_down_order(
        actor=scene.actor("li"), at=AT, order=scene.placed(is_private=True), to=scene.station, reason="nearer"
    )
    page = text_of(browser(scene, "keeper").get(f"/console/queue/{order.uuid}/"))
    assert "Pass up to" in page
    assert "for help" not in page


def test_a_change_of_the_wish_is_no_answer_to_who_asked_for_help(scene: Scene) -> None:
    order = sent_down(scene)
    ask_for_help(actor=scene.actor("keeper"), at=AT, order=order, reason="no_people")
    change_order(actor=scene.actor("zhou"), at=AT, order=order, change=Change(people_needed=5))
    keeper, director = browser(scene, "keeper"), browser(scene, "director")
    assert in_queue(director, order, "help_asked")
    assert "asks" in text_of(director.get(f"/console/queue/{order.uuid}/"))
    pass_up_order(actor=scene.actor("keeper"), at=AT, order=Order.unscoped.get(pk=order.pk), reason="other")
    assert not in_queue(director, order, "help_asked"), "who was asked has it now"
    assert not in_queue(keeper, order, "help_asked")
