"""Danger to life in a need that somebody wrote down: its order is marked, or the office of its place is told."""

import pytest
from django.urls import reverse

from sidan.needs import operations
from sidan.needs.models import Need
from sidan.notify.kinds import kind_of
from sidan.notify.models import Notice
from sidan.orders.models import Order, OrderStep
from sidan.orders.operations import cancel_order
from tests.orders.browsing import browser, once, sent, text_of
from tests.orders.scene import Scene, later
from tests.orders.splits import fresh

pytestmark = pytest.mark.django_db
DANGER = "老人摔倒了起不来"
CALM = "楼道的灯坏了"


def noted(
    scene: Scene, *, title: str = CALM, words: str = "", order: Order | None = None, source: str = "message"
) -> Need:
    told = operations.NewNeed(place=scene.station, title=title, words=words, source=source, order=order)
    return operations.note_need(actor=scene.actor("li"), at=later(minutes=40), told=told)


@pytest.mark.parametrize("where", ["title", "words"])
def test_of_an_order_it_marks_the_order_and_its_clock_follows(scene: Scene, where: str) -> None:
    order = scene.accepted().order
    noted(scene, order=order, **{where: DANGER})
    order = fresh(order)
    assert (order.urgency, order.calls_heard, order.due_at) == ("danger", "120", later(minutes=70))
    assert OrderStep.objects.get(order=order, verb="danger").at == later(minutes=40)
    assert Notice.objects.filter(kind="order_danger", account_id=scene.accounts["li"]).count() == 1
    assert not Notice.objects.filter(kind="need_danger").exists(), "nobody is told twice of the same"


def test_said_again_it_is_told_and_marks_nothing_twice(scene: Scene) -> None:
    order = scene.accepted().order
    for _twice in range(2):
        noted(scene, words=DANGER, order=order)
    assert OrderStep.objects.filter(order=order, verb="danger").count() == 1


def test_an_order_that_is_over_stays_as_it_is_and_those_who_decide_are_told(scene: Scene) -> None:
    order = scene.placed()
    cancel_order(actor=scene.actor("zhou"), at=later(minutes=5), order=order)
    noted(scene, words=DANGER, order=fresh(order))
    assert (fresh(order).state, fresh(order).urgency) == ("cancelled", "normal")
    assert Notice.objects.filter(kind="order_danger", account_id=scene.accounts["li"]).count() == 1


def test_without_an_order_the_office_of_the_place_is_told_at_once_but_not_who_wrote_it(scene: Scene) -> None:
    noted(scene, words=DANGER, source="meeting")
    told = Notice.objects.filter(kind="need_danger")
    assert kind_of("need_danger").is_urgent
    assert told.filter(account_id=scene.accounts["keeper"]).count() == 1
    assert not told.filter(account_id=scene.accounts["li"]).exists()
    assert "摔倒" not in str(told.values_list("facts", flat=True)), "never what it says"


def test_what_is_said_calmly_is_told_to_nobody(scene: Scene) -> None:
    order = scene.accepted().order
    noted(scene, order=order)
    noted(scene, source="meeting")
    assert fresh(order).urgency == "normal"
    assert not Notice.objects.filter(kind__in=["order_danger", "need_danger"]).exists()


def test_its_page_says_whom_to_call_until_something_came_of_it(scene: Scene) -> None:
    client = browser(scene, "li")
    typed = {"place": str(scene.station.uuid), "title": CALM, "category": "", "source": "meeting", "voices": "1",
             "words": DANGER, "_once": once()}  # fmt: skip
    assert "120 Ambulance" in sent(client, reverse("needs:new"), typed)
    need = Need.unscoped.get()
    operations.answer_need(actor=scene.actor("li"), at=later(hours=1), need=need, answer="已送医")
    assert "120 Ambulance" not in text_of(client.get(reverse("needs:need", args=[need.uuid])))


def test_the_api_answers_with_whom_to_call(scene: Scene) -> None:
    client = browser(scene, "li")
    for words, numbers in ((DANGER, ["120"]), (CALM, [])):
        asked = {"place": str(scene.station.uuid), "title": CALM, "source": "meeting", "words": words}
        told = client.post("/api/v1/needs", asked, content_type="application/json")
        assert (told.status_code, told.json()["call_now"]) == (201, numbers)
