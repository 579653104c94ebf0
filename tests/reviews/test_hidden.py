"""What those who look after reviews read of the resident when the order is over: no name and no number (R-Z10)."""

import pytest
from django.urls import reverse

from sidan.audit.models import AuditEntry
from sidan.orders import operations as orders
from sidan.orders.models import Order, Review
from sidan.orders.operations.looking import ContactHidden
from sidan.reviews import operations
from sidan.reviews.enums import AfterLow, Rule
from sidan.reviews.models import CallBack, FollowUp, Suggestion
from sidan.reviews.operations.judging import flag_review
from tests.orders.browsing import browser, once, text_of
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


def acted(scene: Scene, name: str, uuid: object, words: str) -> None:
    answer = browser(scene, "li").post(
        reverse(f"reviews:{name}", args=[uuid]), {"words": words, "once": once()}
    )
    assert answer.status_code == 303, text_of(answer)


def own_page(scene: Scene, order: Order) -> str:
    return text_of(browser(scene, "zhou").get(reverse("orders:order", args=[order.number])))


WRITTEN = f"周桂英住{HOUSE}，打女儿 {NUMBER}"
HIDDEN = [False, False, False]


def told_in(page: str) -> list[bool]:
    return [part in page for part in ("周桂英", HOUSE, NUMBER)]


def test_the_reason_of_a_decision_is_read_as_all_words_of_the_order(scene: Scene) -> None:
    review = reviewed(scene)
    flag_review(at=review.at, review=review, rule=Rule.SAME_MINUTE)
    operations.decide_review(
        actor=scene.actor("li"),
        at=later(days=3),
        review=review,
        standing="set_aside",
        words=f"已核实，{WRITTEN}",
    )
    page = page_of(scene, review)
    assert ("已核实" in page, told_in(page)) == (True, HIDDEN)
    assert "已核实" not in own_page(scene, review.order)


def test_what_a_resident_is_told_is_whole_for_the_resident_and_masked_in_the_lists(scene: Scene) -> None:
    decide(scene, percent=1)
    review = reviewed(scene, "half", wish="早点来")
    acted(scene, "follow_up", FollowUp.objects.get().uuid, f"补好了，{WRITTEN}")
    acted(scene, "adopt", Suggestion.objects.get().uuid, f"下次早来，{WRITTEN}")
    li = browser(scene, "li")
    for name, state, said in (("follow_ups", "done", "补好了"), ("suggestions", "adopted", "下次早来")):
        page = text_of(li.get(reverse(f"reviews:{name}") + f"?state={state}"))
        assert (said in page, told_in(page)) == (True, HIDDEN), name
    own = own_page(scene, review.order)
    assert (f"补好了，{WRITTEN}" in own, f"下次早来，{WRITTEN}" in own) == (True, True)


def test_who_handles_an_order_anew_reads_what_its_resident_was_told_with_a_look_on_record(
    scene: Scene,
) -> None:
    decide(scene, percent=1)
    review = reviewed(scene, "half", words="", wish=f"早点来，打 {NUMBER}")
    acted(scene, "follow_up", FollowUp.objects.get().uuid, f"补好了，{WRITTEN}")
    order = Order.unscoped.get(pk=review.order_id)
    with pytest.raises(ContactHidden):
        orders.look_at_contact(actor=scene.actor("li"), at=later(days=4), order=order)
    order = orders.reopen_order(actor=scene.actor("li"), at=later(days=4), order=order, words="还要")
    page = text_of(browser(scene, "li").get(reverse("reviews:follow_ups") + "?state=done"))
    assert ("补好了" in page, NUMBER in page) == (True, False)
    shown = orders.look_at_contact(actor=scene.actor("li"), at=later(days=4), order=order)
    assert [f"早点来，打 {NUMBER}" in shown.notes, f"补好了，{WRITTEN}" in shown.notes] == [True, True]
    assert AuditEntry.objects.filter(verb="order.look_contact").count() == 1
