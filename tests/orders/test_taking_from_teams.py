"""The office takes an order back from a team whose time is over, or that serves no longer: with a reason, and told."""

import re

import pytest
from django.urls import reverse

from sidan.core.actor import SYSTEM
from sidan.limits.models import Timer
from sidan.notify.models import Notice
from sidan.orders.models import Assignment, Order, OrderStep, TakeOver, Visit, WorkPart
from sidan.orders.operations import ask_take_over, check_in, schedule_visit, take_from_team
from sidan.orders.operations.handling import ReasonMissing
from sidan.orders.operations.standing import OrderMovedOn, PartMissing
from sidan.orders.operations.taking import ReasonNotSo, TeamInTime
from sidan.orders.permissions import NotYourQueue
from sidan.people.operations import issue_token, pause_team
from tests.orders.browsing import browser, once, sent, text_of
from tests.orders.scene import Scene, later
from tests.orders.splits import HAND, broken, divided, fresh, share_of, taken

HTMX = {"headers": {"hx-request": "true"}}
TAKE = r'name="take-reason" value="(\w+)"'
OVER = later(days=30)
"""Every time of the scene is over."""


def told(scene: Scene, name: str) -> list[str]:
    rows = Notice.objects.filter(account_id=scene.accounts[name]).order_by("id")
    return list(rows.values_list("kind", flat=True))


def takes(scene: Scene, order: Order, who: str = "li", **changes: object) -> Order:
    values = {"at": OVER, "reason": "overdue", "order": fresh(order), **changes}
    return take_from_team(actor=scene.actor(who), **values)  # type: ignore[arg-type] # one part differs at a time


@pytest.mark.parametrize("stands", ["accepted", "scheduled"])
def test_when_its_time_is_over_another_team_is_looked_for(scene: Scene, stands: str) -> None:
    share = scene.accepted() if stands == "accepted" else scene.scheduled().assignment
    due = fresh(share.order).due_at
    assert due is not None
    with pytest.raises(TeamInTime, match="城北义剪队"):
        takes(scene, share.order, at=due - later(minutes=1) + later())
    order = takes(scene, share.order, at=due, words="打了三次电话都没人接")
    share.refresh_from_db()
    assert (fresh(order).state, share.state) == ("admitted", "released")
    step = OrderStep.objects.filter(order=order, machine="order").latest("id")
    assert (step.verb, step.reason_code, step.note.words) == ("take_back", "overdue", "打了三次电话都没人接")
    assert step.actor_id == scene.accounts["li"]
    assert Timer.objects.get(ended_at=None).effect == "dispatch"
    assert not Visit.objects.exclude(state="called_off").exists()
    assert told(scene, "wang")[-1] == "order_taken_from_team"
    assert told(scene, "zhou")[-1] == "order_released_to_resident"
    assert (told(scene, "zhao")[-1:] == ["order_no_longer_yours"]) == (stands == "scheduled")
    assert not broken()


def test_a_time_that_is_agreed_for_later_does_not_keep_it_for_the_team(scene: Scene) -> None:
    share = scene.accepted()
    schedule_visit(
        actor=scene.actor("wang"), at=later(), assignment=share, planned_from=later(days=60),
        planned_to=later(days=60, hours=2),
    )  # fmt: skip
    assert takes(scene, share.order).state == "admitted"


def test_of_a_team_that_rests_at_once(scene: Scene) -> None:
    share = scene.accepted()
    pause_team(actor=SYSTEM, at=later(minutes=1), uuid=scene.team.uuid)
    assert takes(scene, share.order, at=later(minutes=2), reason="team_gone").state == "admitted"


def test_a_reason_that_is_not_so_is_neither_offered_nor_taken(scene: Scene) -> None:
    share = scene.accepted()
    page = reverse("orders:queue_order", args=[share.order.uuid])
    client, url = browser(scene, "li"), reverse("orders:take_from_team", args=[share.order.uuid])
    Order.unscoped.update(due_at=later())

    def offered() -> list[str]:
        again = client.post(url, {"take-words": "没来", "once": once()}, **HTMX).content.decode()
        shown = client.get(page).content.decode()
        assert re.findall(TAKE, again) == re.findall(TAKE, shown)
        return re.findall(TAKE, shown)

    assert offered() == ["overdue", "no_people", "other"]
    with pytest.raises(ReasonNotSo, match="城北义剪队"):
        takes(scene, share.order, reason="team_gone")
    pause_team(actor=SYSTEM, at=later(minutes=1), uuid=scene.team.uuid)
    assert offered() == ["overdue", "team_gone", "no_people", "other"]
    Order.unscoped.update(due_at=later(days=3650))
    assert offered() == ["team_gone", "no_people", "other"]
    with pytest.raises(ReasonNotSo):
        takes(scene, share.order, reason="overdue", at=later(minutes=2))
    assert takes(scene, share.order, reason="team_gone", at=later(minutes=2)).state == "admitted"


def test_nobody_else_takes_it_nothing_without_a_reason_and_not_while_somebody_is_there(scene: Scene) -> None:
    visit = scene.scheduled()
    order = visit.assignment.order
    for who in ("wang", "zhou", "director", "mallory"):
        with pytest.raises(NotYourQueue):
            takes(scene, order, who)
    for reason in ("", "expired", "nonsense"):
        with pytest.raises(ReasonMissing):
            takes(scene, order, reason=reason)
    check_in(actor=scene.actor("zhao"), at=later(days=1), visit=visit, proof=HAND)
    with pytest.raises(OrderMovedOn):
        takes(scene, order)
    assert Assignment.objects.get().state == "accepted"


def test_what_the_team_asked_of_another_is_needed_no_more(scene: Scene) -> None:
    share = scene.accepted()
    ask_take_over(
        actor=scene.actor("wang"), at=later(minutes=1), assignment=share, to_team=scene.other_team,
        until=later(days=14), reason="no_people",
    )  # fmt: skip
    takes(scene, share.order)
    assert TakeOver.objects.get().state == "dropped"
    assert told(scene, "sun")[-1] == "take_over_withdrawn"


def test_of_an_order_that_was_split_one_part(scene: Scene) -> None:
    order, (hair, lamp) = divided(scene)
    taken(scene, order, hair)
    taken(scene, order, lamp, other=True)
    with pytest.raises(PartMissing):
        takes(scene, order)
    page, client = reverse("orders:queue_order", args=[order.uuid]), browser(scene, "li")
    url = reverse("orders:take_from_team", args=[order.uuid])
    WorkPart.objects.update(due_at=later(days=3650))
    assert "Take “剪头发” back" not in text_of(client.get(page))
    WorkPart.objects.filter(pk=hair.pk).update(due_at=later())
    shown = text_of(client.get(page))
    assert "Take “剪头发” back from the team" in shown
    assert "Take “修电灯” back" not in shown
    refused = client.post(url, {"part": str(hair.uuid), "take-words": "没来", "once": once()}, **HTMX)
    assert refused.status_code == 422
    assert "没来" in refused.content.decode()
    said = sent(client, url, {"part": str(hair.uuid), "take-reason": "overdue", "once": once()})
    assert "Taken back" in said
    assert (share_of(hair).state, share_of(lamp).state) == ("released", "accepted")
    assert not broken()


def test_the_page_offers_it_when_the_time_is_over_and_keeps_what_was_typed(scene: Scene) -> None:
    order = scene.accepted().order
    page, client = reverse("orders:queue_order", args=[order.uuid]), browser(scene, "li")
    url = reverse("orders:take_from_team", args=[order.uuid])
    Order.unscoped.update(due_at=later(days=3650))
    assert "Take it back from the team" not in text_of(client.get(page))
    early = client.post(url, {"take-reason": "overdue", "once": once()}, **HTMX)
    assert (early.status_code, "still has time" in text_of(early)) == (422, True)
    Order.unscoped.update(due_at=later())
    assert "Take it back from the team" in text_of(client.get(page))
    assert "从队伍收回" in text_of(browser(scene, "li", language="zh-hans").get(page))
    assert "Take it back from the team" not in text_of(browser(scene, "director").get(page))
    refused = client.post(url, {"take-words": "一直没人接", "once": once()}, **HTMX)
    assert refused.status_code == 422
    assert "一直没人接" in refused.content.decode()
    shown = sent(client, url, {"take-reason": "overdue", "take-words": "一直没人接", "once": once()})
    assert "The office took the order back from 城北义剪队" in shown
    assert "一直没人接" in shown
    assert "no longer" not in shown


def test_a_programme_is_told_what_the_page_says(scene: Scene) -> None:
    order = scene.accepted().order
    token = issue_token(actor=scene.actor("li"), at=later())[0]
    url = f"/api/v1/orders/{order.number}/take-from-team"

    def post() -> tuple[int, dict[str, object]]:
        answer = browser(scene, "li").post(
            url, '{"reason": "overdue"}', content_type="application/json",
            headers={"authorization": f"Bearer {token}"},
        )  # fmt: skip
        return answer.status_code, answer.json()

    Order.unscoped.update(due_at=later(days=3650))
    status, told_ = post()
    assert (status, told_["code"]) == (409, "team_in_time")
    Order.unscoped.update(due_at=later())
    status, told_ = post()
    assert (status, told_["state"]) == (200, "admitted")
