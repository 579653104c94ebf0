"""What somebody typed beside an act is kept with it, or the act is not done: never dropped without a word."""

import pytest
from django.urls import reverse

from sidan.orders.enums import CallWay
from sidan.orders.models import Assignment, Order, OrderNote
from sidan.orders.operations import open_call, split_order
from sidan.orders.operations.splitting import PartWish
from tests.orders.browsing import browser, once, read_pages_at, sent, text_of
from tests.orders.scene import AT, Scene, later

pytestmark = pytest.mark.django_db
HTMX = {"HTTP_HX_REQUEST": "true"}
UNCLEAN = ["长" * 301, "改期\u202e再派", "改期\x0b再派"]


@pytest.fixture(autouse=True)
def _at(monkeypatch: pytest.MonkeyPatch) -> None:
    read_pages_at(monkeypatch, AT)
    for module in ("acts", "calls", "passing"):
        monkeypatch.setattr(f"sidan.orders.views.{module}.now", lambda: AT)


def _sent(scene: Scene, order: Order, verb: str, **data: str) -> tuple[int, str]:
    """Send an act from the page beside the queue; return how it was answered, and what was said."""
    url = f"/console/queue/{order.uuid}/{verb}/"
    answer = browser(scene, "li").post(url, {"turn": str(order.turn), "once": once(), **data}, **HTMX)
    return answer.status_code, answer.content.decode()


@pytest.mark.parametrize("words", UNCLEAN)
def test_an_offer_is_not_withdrawn_without_the_words_beside_it(scene: Scene, words: str) -> None:
    order = Order.unscoped.get(pk=scene.offered().order_id)
    status, page = _sent(scene, order, "withdraw", words=words)
    assert (status, "Nothing was done yet." in page, "<details open" in page) == (422, True, True)
    assert ("再派" in page) or ("长" * 301 in page), "what was typed stays"
    assert Order.unscoped.get(pk=order.pk).state == "dispatched"
    assert _sent(scene, order, "withdraw", words="改期再派")[0] == 200
    assert OrderNote.objects.get(step__order=order, step__verb="withdraw_offer").words == "改期再派"


def test_an_order_is_not_dispatched_without_the_words_beside_it(scene: Scene) -> None:
    order = scene.admitted()
    status, page = _sent(scene, order, "dispatch", team=str(scene.team.uuid), words=UNCLEAN[0])
    assert (status, "at most 300 characters" in page) == (422, True)
    assert not Assignment.objects.filter(order=order).exists()


def test_without_htmx_what_was_typed_beside_an_act_stays_too(scene: Scene) -> None:
    order = Order.unscoped.get(pk=scene.offered().order_id)
    page = browser(scene, "li").post(
        f"/console/queue/{order.uuid}/withdraw/",
        {"turn": str(order.turn), "once": once(), "words": UNCLEAN[1]},
    )
    assert (page.status_code, "再派" in text_of(page)) == (422, True)


@pytest.mark.parametrize("words", ["好" * 201, "我们\u202e在村里"])
def test_no_team_offers_without_the_sentence_it_wrote(scene: Scene, words: str) -> None:
    call = open_call(
        actor=scene.actor("li"), at=AT, order=scene.admitted(), area=scene.center, way=CallWay.BEST_FIT,
        until=later(days=1),
    )  # fmt: skip
    data = {"team": str(scene.team.uuid), "words": words}
    page = browser(scene, "wang").post(reverse("orders:apply", args=[call.uuid]), data)
    shown = page.content.decode()
    assert (page.status_code, words in shown, "<details open" in shown) == (422, True, True)
    assert not call.answers.exists()
    sent(browser(scene, "wang"), reverse("orders:apply", args=[call.uuid]), data | {"words": "我们在村里"})
    assert call.answers.get().words == "我们在村里"


def test_who_gave_a_reason_reads_that_the_words_beside_it_are_wrong(scene: Scene) -> None:
    """Not that a reason is missing: it was given."""
    order = scene.admitted()
    parts = [PartWish(words=words, category=order.category, people_needed=1) for words in ("擦窗", "扫地")]
    split_order(actor=scene.actor("li"), at=AT, order=order, parts=parts)
    part = order.parts.order_by("position")[0]
    data = {"part": str(part.uuid), "out-reason": "no_people", "out-words": UNCLEAN[0]}
    status, page = _sent(scene, Order.unscoped.get(pk=order.pk), "leave-out", **data)
    assert (status, "at most 300 characters" in page) == (422, True)
