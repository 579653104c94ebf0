"""What the desk says after a call back, and does where the order cannot be cancelled any more."""

import pytest
from django.urls import reverse

from sidan.attendance.operations import Proof
from sidan.notify.models import Notice
from sidan.orders import operations as loop
from sidan.orders.models import Order
from sidan.people.models import Account, Person
from tests.desk.helpers import entered, looked
from tests.orders.browsing import browser, once, read_pages_at, text_of
from tests.orders.scene import AT, Scene, later

pytestmark = pytest.mark.django_db


def test_a_page_after_a_call_says_what_was_done_and_not_what_was_asked_for(
    scene: Scene, grandma: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    order, client = entered(scene, grandma), browser(scene, "li")
    back = reverse("desk:call_back", args=[order.uuid])
    for nth, told in enumerate(["in two hours", "in two hours", "nobody calls again"]):
        at = later(hours=2 * nth + 1)
        read_pages_at(monkeypatch, at)
        monkeypatch.setattr("sidan.desk.views.phone.now", lambda at=at: at)
        looked(scene, "li", order, at)
        client.post(back, {"outcome": "no_answer", "once": once()})
        assert told in text_of(client.get(reverse("desk:phone")))
    client.post(back, {"outcome": "not_wanted", "once": once()})
    assert "The order was cancelled, as they wish." in text_of(client.get(reverse("desk:phone")))


def test_who_is_there_already_is_told_that_the_order_is_not_wanted(
    scene: Scene, grandma: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The order goes on until the team says what came of it, and the desk does not say that it was cancelled."""
    order = under_way(scene, entered(scene, grandma))
    for moment in ("desk.views.phone", "desk.api"):
        monkeypatch.setattr(f"sidan.{moment}.now", lambda: later(days=1))
    looked(scene, "li", order, later(days=1))
    client = browser(scene, "li")
    client.post(reverse("desk:call_back", args=[order.uuid]), {"outcome": "not_wanted", "once": once()})
    told = text_of(client.get(reverse("desk:phone")))
    assert "Somebody is there already, so the order was not cancelled." in told
    assert "The order was cancelled" not in told
    assert Order.unscoped.get(pk=order.pk).state == "under_way"
    for name, kind in (("wang", "order_not_wanted"), ("li", "order_not_wanted_to_office")):
        rows = Notice.objects.filter(account=scene.accounts[name], kind=kind)
        assert rows.count() == 1, name


def test_the_api_tells_where_the_order_stands_after_a_call(
    scene: Scene, grandma: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sidan.desk.api.now", lambda: later(days=1))
    for order, state in (
        (entered(scene, grandma), "cancelled"),
        (under_way(scene, entered(scene, grandma)), "under_way"),
    ):
        looked(scene, "li", order, later(days=1))
        answer = browser(scene, "li").post(
            f"/api/v1/desk/orders/{order.number}/call-back", {"outcome": "not_wanted"},
            content_type="application/json", headers={"Idempotency-Key": once()},
        )  # fmt: skip
        assert (answer.status_code, answer.json()["state"]) == (201, state)


def under_way(scene: Scene, order: Order) -> Order:
    """Let a team of two go there, the first of whom has come in."""
    li, wang = scene.actor("li"), scene.actor("wang")
    share = loop.dispatch_order(
        actor=li, at=AT, order=loop.admit_order(actor=li, at=AT, order=order), team=scene.team
    )
    loop.accept_order(actor=wang, at=AT, assignment=share)
    people = [Account.objects.get(pk=scene.accounts["zhao"]).person.uuid]
    loop.name_members(actor=wang, at=AT, assignment=share, person_uuids=people)
    visit = loop.schedule_visit(
        actor=wang, at=AT, assignment=share, planned_from=later(days=1), planned_to=later(days=1, hours=2)
    )
    hand = Proof(way="hand", reason_code="other")
    loop.check_in(actor=scene.actor("zhao"), at=later(days=1), visit=visit, proof=hand)
    return Order.unscoped.get(pk=order.pk)
