"""A team accepts what its leader has read: not what the resident changed while the card lay open."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from sidan.notify.models import Notice
from sidan.orders.enums import CallWay
from sidan.orders.models import Assignment, OpenCall, Order
from sidan.orders.operations import Change, apply_for_call, change_order, open_call
from sidan.people.operations import issue_token
from tests.orders.browsing import browser, once, sent
from tests.orders.scene import AT, Scene, later

pytestmark = pytest.mark.django_db
MORE = Change(people_needed=12)


@pytest.fixture(autouse=True)
def _at(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("board", "calls"):
        monkeypatch.setattr(f"sidan.orders.views.{module}.now", lambda: AT)


def _turn(client: Client, url: str) -> dict[str, str]:
    """Open a page as the leader does, and return what its form says of the moment it was read."""
    found = re.search(r'name="turn" value="(\d+)"', client.get(url).content.decode())
    return {"once": once(), **({"turn": found[1]} if found else {})}


def _called(scene: Scene, way: CallWay) -> OpenCall:
    return open_call(
        actor=scene.actor("li"),
        at=AT,
        order=scene.admitted(),
        area=scene.center,
        way=way,
        until=later(days=1),
    )


def _changed(scene: Scene, order_id: int) -> None:
    change_order(actor=scene.actor("zhou"), at=AT, order=Order.unscoped.get(pk=order_id), change=MORE)


@pytest.mark.parametrize("page", ["card", "board"])
def test_a_card_that_lay_open_accepts_nothing_that_was_changed_meanwhile(scene: Scene, page: str) -> None:
    assignment, wang = scene.offered(), browser(scene, "wang")
    card = reverse("orders:card", args=[assignment.uuid]) if page == "card" else reverse("orders:board")
    accept = reverse("orders:accept", args=[assignment.uuid])
    old = _turn(wang, card)
    _changed(scene, assignment.order_id)

    assert "changed in the meantime (another number of people)" in sent(wang, accept, old)
    assert Assignment.objects.get(pk=assignment.pk).state == "offered"

    assert "Taken." in sent(wang, accept, _turn(wang, card))
    assert Assignment.objects.get(pk=assignment.pk).state == "accepted"


def test_a_call_is_not_taken_as_it_was_before_the_resident_changed_it(scene: Scene) -> None:
    call, wang, calls = _called(scene, CallWay.FIRST_COME), browser(scene, "wang"), reverse("orders:calls")
    claim, team = reverse("orders:claim", args=[call.uuid]), {"team": str(scene.team.uuid)}
    old = _turn(wang, calls)
    _changed(scene, call.order_id)
    assert "changed in the meantime" in sent(wang, claim, {**old, **team})
    assert not Assignment.objects.filter(order=call.order).exists()
    assert "Taken." in sent(wang, claim, {**_turn(wang, calls), **team})


def test_no_team_offers_for_what_it_has_not_read_and_who_has_offered_is_told(scene: Scene) -> None:
    call, wang, calls = _called(scene, CallWay.BEST_FIT), browser(scene, "wang"), reverse("orders:calls")
    url, team = reverse("orders:apply", args=[call.uuid]), {"team": str(scene.team.uuid)}
    apply_for_call(actor=scene.actor("sun"), at=AT, call=call, team=scene.other_team)
    old = _turn(wang, calls)
    _changed(scene, call.order_id)
    assert "changed in the meantime" in sent(wang, url, {**old, **team})
    assert list(call.answers.values_list("team", flat=True)) == [scene.other_team.pk]
    assert Notice.objects.filter(account=scene.accounts["sun"], kind="order_changed_for_team").exists()
    assert not Notice.objects.filter(account=scene.accounts["wang"], kind="order_changed_for_team").exists()


def test_the_api_accepts_with_and_without_the_turn_that_was_read(scene: Scene) -> None:
    assignment = scene.offered()
    token = issue_token(actor=scene.actor("wang"), at=AT)[0]
    client = Client(headers={"authorization": f"Bearer {token}"})
    turn = client.get(f"/api/v1/orders/{assignment.order.number}").json()["turn"]
    _changed(scene, assignment.order_id)
    url = f"/api/v1/team-work/assignments/{assignment.uuid}/accept"
    refused = client.post(f"{url}?turn={turn}")
    assert (refused.status_code, refused.json()["code"]) == (409, "wish_changed")
    assert client.post(url).status_code == 200
