"""Who has reported an order as done stays a party of its talk until it ends: something may be left behind."""

import pytest

from sidan.notify.models import Notice
from sidan.orders.models import Order
from sidan.orders.operations import give_up, reopen_order, review_order
from sidan.talk.models import Message
from sidan.talk.permissions import TalkIsOver, seat_of
from tests.orders.browsing import browser
from tests.orders.scene import Scene, later
from tests.orders.splits import divided, served, taken
from tests.orders.test_portal_order import finished
from tests.talk.test_talk import heard, say

pytestmark = pytest.mark.django_db
DONE, AFTER = 26 * 60, 30 * 60
"""Minutes: after the report, and after the review."""


def fresh(order: Order) -> Order:
    return Order.unscoped.get(pk=order.pk)


def told(scene: Scene) -> dict[str, int]:
    names = ("wang", "zhao", "qian", "sun", "li", "zhou")
    rows = {
        name: Notice.objects.filter(account_id=scene.accounts[name], kind__startswith="talk_message")
        for name in names
    }
    return {name: found.count() for name, found in rows.items() if found.exists()}


def opened_again_of(scene: Scene, order: Order) -> Order:
    review_order(
        actor=scene.actor("zhou"), at=later(minutes=DONE + 5), order=fresh(order), outcome="not_done", stars=2
    )
    if fresh(order).state == "closed":
        reopen_order(actor=scene.actor("li"), at=later(minutes=DONE + 6), order=fresh(order))
    return fresh(order)


def test_who_has_reported_reads_answers_and_is_told(scene: Scene) -> None:
    order = finished(scene)
    say(scene, "zhou", order, "有把剪刀落在我家了。", minutes=DONE)
    assert told(scene) == {"wang": 1, "zhao": 1, "qian": 1}, "they know what it is, not the office"
    for name in ("wang", "zhao"):
        assert heard(scene, name, order) == ["有把剪刀落在我家了。"]
        assert seat_of(actor=scene.actor(name), order=fresh(order)).may_write
    say(scene, "wang", order, "我下午来拿。", minutes=DONE + 1)
    assert told(scene)["zhou"] == 1
    page = browser(scene, "wang").get(f"/talk/{order.number}/").content.decode()
    assert "It is done. Please say how it was." in page


def test_after_the_review_it_is_read_and_nothing_is_added(scene: Scene) -> None:
    order = finished(scene)
    say(scene, "zhou", order, "谢谢。", minutes=DONE)
    review_order(
        actor=scene.actor("zhou"), at=later(minutes=DONE + 5), order=fresh(order), outcome="done", stars=5
    )
    assert heard(scene, "wang", order) == ["谢谢。"]
    with pytest.raises(TalkIsOver):
        say(scene, "wang", order, "不客气。", minutes=AFTER)


def test_once_opened_again_who_did_the_round_before_is_a_party_no_more(scene: Scene) -> None:
    order = finished(scene)
    say(scene, "zhou", order, "这次谢谢", minutes=DONE)
    order = opened_again_of(scene, order)
    say(scene, "zhou", order, "这次没好", minutes=AFTER)
    assert heard(scene, "wang", order) == ["这次谢谢"]
    assert told(scene)["wang"] == 1
    with pytest.raises(TalkIsOver):
        say(scene, "wang", order, "还有", minutes=AFTER + 1)


def test_who_could_not_do_it_is_a_party_no_more(scene: Scene) -> None:
    assignment = scene.scheduled().assignment
    give_up(
        actor=scene.actor("wang"), at=later(minutes=5), assignment=assignment, reason="no_people", words=""
    )
    say(scene, "zhou", assignment.order, "还是需要的", minutes=6)
    assert told(scene) == {"li": 1}
    assert heard(scene, "wang", assignment.order) == []
    with pytest.raises(TalkIsOver):
        say(scene, "wang", assignment.order, "抱歉", minutes=7)


def test_of_an_order_that_was_split_both_teams_hear_it_and_the_office_while_a_part_has_nobody(
    scene: Scene,
) -> None:
    order, (first, second) = divided(scene)
    taken(scene, order, first)
    served(scene, first, "wang")
    say(scene, "zhou", order, "第二项谁来？", minutes=DONE)
    assert told(scene) == {"wang": 1, "li": 1}
    taken(scene, order, second, other=True)
    say(scene, "zhou", order, "你们一起来过吗？", minutes=DONE + 1)
    assert told(scene) == {"wang": 2, "li": 1, "sun": 1}
    say(scene, "wang", order, "我们来过了。", minutes=DONE + 2)
    assert Message.objects.latest("id").team_id == scene.team.pk
