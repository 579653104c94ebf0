"""A resident rings up and no longer wants an order: the office cancels it, and nobody reads that they did it."""

import pytest
from django.utils import translation

from sidan.audit.models import AuditEntry
from sidan.core.scope import everything, scoped
from sidan.notify.models import Notice
from sidan.orders import operations
from sidan.orders.models import Order
from sidan.orders.operations import OrderMovedOn, merge_order, reopen_order
from sidan.orders.operations.reviewing import NotAskedSo
from sidan.orders.permissions import NotYourOrder
from sidan.orders.telling import steps_of, where_it_stands
from sidan.people.access import scope_for
from tests.orders.browsing import browser, once, sent, text_of
from tests.orders.scene import AT, Scene, later
from tests.orders.test_loop import walk

pytestmark = pytest.mark.django_db


def _kinds(scene: Scene, name: str) -> list[str]:
    return list(Notice.objects.filter(account=scene.accounts[name]).values_list("kind", flat=True))


def _told(scene: Scene, order: Order, name: str = "zhou") -> tuple[str, str]:
    """Return where the order stands, and its last step, as somebody reads them."""
    actor, kept = scene.actor(name), Order.unscoped.get(pk=order.pk)
    with scoped(scope_for(actor)), translation.override("en"):
        return where_it_stands(kept, at=AT), steps_of(kept, reader=actor)[0].sentence


@pytest.mark.parametrize("by", ["li", "keeper"])
def test_the_office_cancels_as_the_resident_asked_and_says_so(scene: Scene, by: str) -> None:
    visit = scene.scheduled()
    order = Order.unscoped.get(pk=visit.assignment.order_id)

    operations.cancel_order_for(
        actor=scene.actor(by), at=AT, order=order, asked_by="telephone", reason="no_longer_needed"
    )

    visit.refresh_from_db()
    assert (order.state, visit.state) == ("cancelled", "called_off")
    stands, step = _told(scene, order)
    assert stands.startswith("The office cancelled this order for you, as you asked.")
    assert step == "The office cancelled the order, as the resident asked"
    assert "order_cancelled_for_you" in _kinds(scene, "zhou")
    assert "order_cancelled" in _kinds(scene, "wang")
    with everything("reading the trail"):
        kept = AuditEntry.objects.get(verb="order.asked_to_cancel")
    assert (kept.actor_id, kept.facts["asked_by"]) == (scene.accounts[by], "telephone")


def test_who_cancels_their_own_order_is_told_that_they_did(scene: Scene) -> None:
    order = scene.admitted()
    operations.cancel_order(actor=scene.actor("zhou"), at=AT, order=order)
    assert _told(scene, order) == (
        "You cancelled this order. You can order again at any time.", "The resident cancelled the order"
    )  # fmt: skip
    assert "order_cancelled_for_you" not in _kinds(scene, "zhou")


def test_nobody_else_cancels_for_a_resident_and_it_is_said_how_they_asked(scene: Scene) -> None:
    order = scene.admitted()
    for name in ("mallory", "wang", "zhao", "supervisor"):
        with pytest.raises(NotYourOrder):
            operations.cancel_order_for(actor=scene.actor(name), at=AT, order=order, asked_by="telephone")
    for asked_by in ("", "dream"):
        with pytest.raises(NotAskedSo):
            operations.cancel_order_for(actor=scene.actor("li"), at=AT, order=order, asked_by=asked_by)
    assert Order.unscoped.get(pk=order.pk).state == "admitted"


def test_a_merged_order_is_not_told_as_cancelled_by_anybody(scene: Scene) -> None:
    first, second = scene.placed(), scene.placed()
    merge_order(actor=scene.actor("li"), at=AT, order=second, into=first)
    assert _told(scene, second)[0].startswith("This order was put together with another one of yours")


def test_the_page_of_an_order_leads_to_cancelling_and_asks_how_the_resident_asked(scene: Scene) -> None:
    order = reopen_order(actor=scene.actor("li"), at=later(days=3), order=walk(scene))
    client, page = browser(scene, "li"), f"/console/queue/{order.uuid}/"
    assert f'href="{page}cancel/"' in client.get(page).content.decode()
    refused = client.post(f"{page}cancel/", {"words": "她女儿来电话", "once": once()})
    assert refused.status_code == 422
    assert "她女儿来电话" in refused.content.decode()
    data = {"asked_by": "others", "reason": "no_longer_needed", "words": "她女儿来电话", "once": once()}
    told = sent(client, f"{page}cancel/", data)
    assert "The order was cancelled. The resident and everybody who was to come have been told." in told
    assert f'href="{page}cancel/"' not in client.get(page).content.decode()
    assert "cannot be cancelled any more" in text_of(client.get(f"{page}cancel/"))
    own = text_of(browser(scene, "zhou").get(f"/orders/{order.number}/"))
    assert "The office cancelled this order for you" in own
    assert "You cancelled" not in own


def test_what_has_begun_is_no_longer_cancelled_for_anybody(scene: Scene) -> None:
    order = walk(scene)
    with pytest.raises(OrderMovedOn):
        operations.cancel_order_for(
            actor=scene.actor("li"), at=later(days=4), order=order, asked_by="in_person"
        )
