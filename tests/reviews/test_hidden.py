"""What those who look after reviews read of the resident when the order is over: no name and no number (R-Z10)."""

import pytest
from django.urls import reverse

from sidan.audit.models import AuditEntry
from sidan.orders.models import Order, Review
from sidan.reviews import operations
from sidan.reviews.enums import AfterLow
from sidan.reviews.models import CallBack
from tests.orders.browsing import browser, text_of
from tests.orders.scene import Scene, later
from tests.reviews.helpers import decide, drawn, reviewed, served, told_by_telephone

pytestmark = pytest.mark.django_db
NUMBER, HOUSE = "12030004000", "3栋502"


def page_of(scene: Scene, review: Review) -> str:
    return text_of(browser(scene, "li").get(reverse("reviews:review", args=[review.order.uuid, review.turn])))


def test_the_page_of_a_review_names_staff_who_typed_it_and_masks_the_resident(scene: Scene) -> None:
    own = page_of(scene, reviewed(scene))
    assert ("周桂英" in own, "entered by" in own, "· 周*英" in own) == (False, False, True)
    assert "· entered by 郑员" in page_of(scene, told_by_telephone(scene, "keeper", served(scene)))


def call(scene: Scene, call_back: CallBack, hours: int, **heard: str) -> None:
    at = later(days=3, hours=hours)
    operations.look_to_call(actor=scene.actor("li"), at=at, call_back=call_back)
    operations.record_call(
        actor=scene.actor("li"), at=at, call_back=call_back, heard=operations.Heard(**heard)
    )


def test_what_was_said_in_a_call_is_whole_only_with_a_look_on_record(scene: Scene) -> None:
    decide(scene, after_not_done=AfterLow.REOPEN.value)
    review = reviewed(scene)
    call_back = drawn(review.order)
    call(scene, call_back, 0, result="not_reached", words=f"没人接，住{HOUSE}，打女儿 {NUMBER}，说是周桂英家")
    client, url = browser(scene, "li"), reverse("reviews:call", args=[call_back.uuid])
    page = text_of(client.get(url))
    assert [part in page for part in ("没人接，住", NUMBER, HOUSE, "周桂英")] == [True, False, False, False]
    looks = AuditEntry.objects.filter(verb="reviews.look_contact")
    before = looks.count()
    whole = text_of(client.post(reverse("reviews:call_contact", args=[call_back.uuid])))
    assert f"住{HOUSE}，打女儿 {NUMBER}" in whole
    assert looks.count() == before + 1

    call(scene, call_back, 3, result="answered", outcome="done", words=f"做好了，下次打 {NUMBER}")
    for page in (text_of(client.get(url)), page_of(scene, review)):
        assert ("做好了，下次打" in page, NUMBER in page, "Show whom to call" in page) == (True, False, False)
    assert client.post(reverse("reviews:call_contact", args=[call_back.uuid])).status_code == 409


def test_what_a_call_heard_is_looked_at_again_when_it_opened_the_order_again(scene: Scene) -> None:
    decide(scene, after_not_done=AfterLow.REOPEN.value)
    review = reviewed(scene)
    call_back = drawn(review.order)
    call(scene, call_back, 0, result="answered", outcome="not_done", words=f"没人来，打女儿 {NUMBER}")
    assert Order.unscoped.get().state == "reopened"
    client = browser(scene, "li")
    page = text_of(client.get(reverse("reviews:call", args=[call_back.uuid])))
    assert ("没人来" in page, NUMBER in page, "Show whom to call" in page) == (True, False, True)
    assert NUMBER not in page_of(scene, review)
    assert NUMBER in text_of(client.post(reverse("reviews:call_contact", args=[call_back.uuid])))
    mallory = browser(scene, "mallory")
    assert mallory.post(reverse("reviews:call_contact", args=[call_back.uuid])).status_code == 404
