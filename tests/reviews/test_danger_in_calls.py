"""Danger to life that is told in a call-back: the order is open again and marked, and a number is shown."""

import pytest
from django.urls import reverse

from sidan.audit.operations import record
from sidan.core.clock import now
from sidan.notify.models import Notice
from sidan.orders.models import Order
from sidan.reviews import operations
from sidan.reviews.models import CallBack, FollowUp
from tests.orders.browsing import browser, once, text_of
from tests.orders.scene import Scene, later
from tests.orders.splits import fresh
from tests.reviews.helpers import decide, drawn, reviewed

pytestmark = pytest.mark.django_db
DANGER = "老人说不想活了"


def to_call(scene: Scene, outcome: str = "done") -> CallBack:
    """An order that is closed, drawn, and whose contact Li has opened."""
    decide(scene)
    found = drawn(Order.unscoped.get(pk=reviewed(scene, outcome).order_id))
    record(
        actor=scene.actor("li"),
        at=later(days=3),
        verb="reviews.look_contact",
        subject=("order", found.order_id),
    )
    Notice.objects.all().delete()
    return found


def called(scene: Scene, found: CallBack, **heard: str) -> Order:
    operations.record_call(
        actor=scene.actor("li"), at=later(days=3), call_back=found, heard=operations.Heard(**heard)
    )
    return fresh(found.order)


def last_verbs(order: Order) -> list[str]:
    steps = order.steps.filter(machine="order").order_by("turn")
    return list(steps.values_list("verb", flat=True))[-2:]


@pytest.mark.parametrize(
    ("result", "outcome", "kept"),
    [("answered", "done", "done"), ("answered", "half", "half"), ("declined", "", "still_needed")],
)
def test_the_order_is_opened_again_marked_and_told(
    scene: Scene, result: str, outcome: str, kept: str
) -> None:
    order = called(scene, to_call(scene), result=result, outcome=outcome, words=DANGER)
    assert (order.state, order.urgency, order.calls_heard) == ("reopened", "danger", "110")
    assert last_verbs(order) == ["reopen", "danger"]
    follow_up = FollowUp.objects.get(order=order)
    assert (follow_up.told_by, follow_up.way, follow_up.outcome) == ("call_back", "reopen", kept)
    assert Notice.objects.filter(account_id=scene.accounts["li"], kind="order_danger").count() == 1


def test_so_it_is_where_somebody_sees_to_the_review_already(scene: Scene) -> None:
    found = to_call(scene, "half")
    assert FollowUp.objects.get().state == "open"
    order = called(scene, found, result="answered", outcome="half", words=DANGER)
    assert (order.state, order.urgency) == ("reopened", "danger")
    told = list(FollowUp.objects.values_list("told_by", "way", "state"))
    assert told == [("review", "follow_up", "open"), ("call_back", "reopen", "done")]


def test_calm_words_leave_the_order_closed(scene: Scene) -> None:
    order = called(scene, to_call(scene), result="answered", outcome="done", words="都好")
    assert (order.state, order.urgency, order.calls_heard) == ("closed", "normal", "")
    assert not Notice.objects.filter(kind="order_danger").exists()


def test_who_called_reads_whom_to_call_and_the_office_finds_the_number_with_the_order(scene: Scene) -> None:
    found, client = to_call(scene), browser(scene, "li")
    record(actor=scene.actor("li"), at=now(), verb="reviews.look_contact", subject=("order", found.order_id))
    said = {"result": "answered", "outcome": "done", "words": DANGER, "_once": once(), "once": once()}
    response = client.post(reverse("reviews:call", args=[found.uuid]), said)
    assert response.status_code == 303, text_of(response)
    page = client.get(response.headers["Location"])
    assert "Make sure that help has been called" in text_of(page)
    assert 'href="tel:110"' in page.content.decode()
    office = client.get(reverse("orders:queue_order", args=[found.order.uuid]))
    assert 'href="tel:110"' in office.content.decode()
