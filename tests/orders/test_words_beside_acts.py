"""What somebody typed beside an act is kept with it, or the act is not done: never dropped without a word."""

import pytest
from django.urls import reverse

from sidan.orders.enums import CallWay
from sidan.orders.models import Assignment, Order, OrderNote, TakeOver
from sidan.orders.operations import ask_take_over, open_call, split_order
from sidan.orders.operations.splitting import PartWish
from tests.orders.browsing import browser, once, read_pages_at, sent, text_of
from tests.orders.scene import AT, Scene, later

pytestmark = pytest.mark.django_db
HTMX = {"HTTP_HX_REQUEST": "true"}
UNCLEAN = ["长" * 301, "改期\u202e再派", "改期\x0b再派"]


@pytest.fixture(autouse=True)
def _at(monkeypatch: pytest.MonkeyPatch) -> None:
    read_pages_at(monkeypatch, AT)
    for module in ("acts", "board", "calls", "passing"):
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
    assert UNCLEAN[0] in page, "what was typed stays"


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_the_words_about_a_part_that_is_left_out_stay_where_the_reason_is_missing(
    scene: Scene, headers: dict[str, str]
) -> None:
    order = scene.admitted()
    parts = [PartWish(words=words, category=order.category, people_needed=1) for words in ("擦窗", "扫地")]
    split_order(actor=scene.actor("li"), at=AT, order=order, parts=parts)
    second = order.parts.order_by("position")[1]
    url = f"/console/queue/{order.uuid}/leave-out/"
    data = {"part": str(second.uuid), "out-words": "她自己扫了", "once": once()}
    answer = browser(scene, "li").post(url, data, **headers)
    before, shown, after = answer.content.decode().partition("她自己扫了")
    assert (answer.status_code, bool(shown)) == (422, True)
    assert str(second.uuid) in before.rpartition("<details open")[2], "in the form of its part, which is open"
    assert "她自己扫了" not in after
    assert "Please choose a reason" in before


def test_the_words_to_a_team_that_asked_stay_where_the_reason_is_missing(scene: Scene) -> None:
    share = scene.accepted()
    first = ask_take_over(
        actor=scene.actor("wang"), at=AT, assignment=share, to_team=scene.other_team, until=later(hours=2),
        reason="no_people",
    )  # fmt: skip
    keep, data = reverse("orders:keep_with_team", args=[first.uuid]), {"keep-words": "我们也没有人"}
    answer = browser(scene, "sun").post(keep, data | {"once": once()})
    page = answer.content.decode()
    assert (answer.status_code, "我们也没有人" in page, "<details open" in page) == (422, True, True)
    assert "Please choose a reason" in text_of(answer)
    assert TakeOver.objects.get().state == "open"
    sent(browser(scene, "sun"), keep, data | {"keep-reason": "other", "once": once()})
    told = sent(browser(scene, "sun"), keep, data | {"once": once()})
    assert "Please choose a reason" not in told, "it is over"
    assert TakeOver.objects.get().state == "declined"
