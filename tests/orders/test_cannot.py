"""Of an order that no team can do the office says so: the resident reads why; a team may be found after all."""

import pytest

from sidan.analytics.policies import Period
from sidan.analytics.queries import place_figures
from sidan.audit.models import AuditEntry
from sidan.limits.models import Timer
from sidan.limits.tasks import fire
from sidan.notify.models import Notice
from sidan.orders import queries
from sidan.orders.models import Order
from sidan.orders.operations import (
    admit_order,
    close_order,
    dispatch_order,
    reopen_order,
    say_cannot,
    withdraw_offer,
)
from sidan.orders.operations.handling import ReasonMissing
from sidan.orders.operations.standing import OrderMovedOn, PartMissing
from sidan.orders.permissions import NotYourQueue
from sidan.people.operations import issue_token
from tests.figures import count_up_to, counted_directly, not_nothing
from tests.limits.helpers import HOUR
from tests.orders.browsing import browser, once, text_of
from tests.orders.scene import AT, Scene, later
from tests.orders.splits import broken, divided, fresh

HTMX = {"headers": {"hx-request": "true"}}


def opened_again(scene: Scene) -> Order:
    order = say_cannot(actor=scene.actor("li"), at=AT, order=scene.admitted(), reason="no_skill")
    close_order(actor=scene.actor("li"), at=later(minutes=1), order=order)
    return reopen_order(actor=scene.actor("li"), at=later(minutes=2), order=order)


@pytest.mark.parametrize("state", ["admitted", "reopened"])
def test_who_looks_for_a_team_says_that_there_is_none_and_the_resident_is_told(
    scene: Scene, state: str
) -> None:
    order = scene.admitted() if state == "admitted" else opened_again(scene)
    assert order.state == state
    Notice.objects.all().delete()
    said = say_cannot(
        actor=scene.actor("li"), at=later(hours=1), order=order, reason="no_skill", words="请向县医院询问。"
    )
    assert said.state == fresh(order).state == "failed"
    assert [(one.account_id, one.kind) for one in Notice.objects.all()] == [
        (scene.accounts["zhou"], "order_failed")
    ]
    last = queries.timeline(order=order, reader=scene.actor("zhou"))[-1]
    assert (last.verb, last.reason_code, last.words) == ("cannot", "no_skill", "请向县医院询问。")
    assert AuditEntry.objects.filter(verb="order.cannot", subject_id=order.pk, at=later(hours=1)).count() == 1


def test_it_may_be_dispatched_after_all_or_closed(scene: Scene) -> None:
    li = scene.actor("li")
    order = say_cannot(actor=li, at=AT, order=scene.admitted(), reason="no_people")
    dispatch_order(actor=li, at=later(hours=1), order=order, team=scene.team)
    assert fresh(order).state == "dispatched"
    other = say_cannot(actor=li, at=AT, order=scene.admitted(), reason="no_people")
    close_order(actor=li, at=later(hours=1), order=other)
    assert fresh(other).state == "closed"


def test_only_who_handles_it_says_so_with_a_reason_and_before_a_team_was_asked(scene: Scene) -> None:
    order = scene.placed()
    with pytest.raises(OrderMovedOn):
        say_cannot(actor=scene.actor("li"), at=AT, order=order, reason="no_people")
    admit_order(actor=scene.actor("li"), at=AT, order=order)
    for name in ("zhou", "wang", "director", "mallory"):
        with pytest.raises(NotYourQueue):
            say_cannot(actor=scene.actor(name), at=AT, order=order, reason="no_people")
    for reason in ("", "because", "expired"):
        with pytest.raises(ReasonMissing):
            say_cannot(actor=scene.actor("li"), at=AT, order=order, reason=reason)
    read = fresh(order)
    dispatch_order(actor=scene.actor("li"), at=AT, order=order, team=scene.team)
    for stale in (read, fresh(order)):
        with pytest.raises(OrderMovedOn):
            say_cannot(actor=scene.actor("li"), at=AT, order=stale, reason="no_people")
    assert fresh(order).state == "dispatched"


def test_of_an_order_that_was_split_the_parts_are_left_out_instead(scene: Scene) -> None:
    order = divided(scene)[0]
    with pytest.raises(PartMissing):
        say_cannot(actor=scene.actor("li"), at=later(hours=1), order=fresh(order), reason="no_people")
    assert "Nobody can do it" not in text_of(browser(scene, "li").get(f"/console/queue/{order.uuid}/"))


def test_the_time_to_find_a_team_goes_on_from_where_it_was(scene: Scene) -> None:
    order = scene.admitted()
    before = Timer.objects.get(order=order, ended_at=None)
    say_cannot(actor=scene.actor("li"), at=later(hours=1), order=order, reason="no_people")
    runs, kept = Timer.objects.get(order=order, ended_at=None), fresh(order)
    assert (runs.effect, runs.begun_at) == ("dispatch", before.begun_at)
    assert (kept.due_at, kept.half_at) == (runs.due_at, runs.half_at) == (before.due_at, before.half_at)
    assert kept.state_since == before.begun_at
    close_order(actor=scene.actor("li"), at=later(hours=2), order=order)
    assert not Timer.objects.filter(order=order, ended_at=None).exists()


def test_three_clicks_a_day_gain_no_time(scene: Scene) -> None:
    order, li = scene.admitted(), scene.actor("li")
    before = Timer.objects.get(order=order, ended_at=None)
    for day in range(1, 5):
        say_cannot(actor=li, at=later(days=day), order=order, reason="no_people")
        dispatch_order(actor=li, at=later(days=day, minutes=1), order=order, team=scene.team)
        withdraw_offer(actor=li, at=later(days=day, minutes=2), order=order)
    kept = fresh(order)
    assert (kept.state, kept.state_since, kept.due_at) == ("admitted", before.begun_at, before.due_at)
    assert broken() == set()


def test_what_was_late_before_is_told_of_again_when_the_office_opens(scene: Scene) -> None:
    order = scene.admitted()
    late = Timer.objects.get(order=order, ended_at=None)
    fire.run(at=late.due_at)
    late.refresh_from_db()
    say_cannot(actor=scene.actor("li"), at=late.due_at + HOUR, order=order, reason="no_people")
    runs = Timer.objects.get(order=order, ended_at=None)
    assert (runs.due_at, runs.next_at) == (late.due_at, late.next_at)
    assert late.next_at is not None


@pytest.mark.parametrize("counted", [False, True])
def test_it_counts_as_not_done_until_a_team_is_found_after_all(scene: Scene, counted: bool) -> None:
    orders = [
        say_cannot(actor=scene.actor("li"), at=AT, order=scene.admitted(), reason="no_skill")
        for _nth in range(3)
    ]
    dispatch_order(actor=scene.actor("li"), at=later(hours=1), order=orders[0], team=scene.team)
    close_order(actor=scene.actor("li"), at=later(hours=1), order=orders[1])
    if counted:
        count_up_to()
    figures = ("orders.lost", "orders.lost_of")

    told = place_figures(root=scene.center, figures=figures, period=Period()).total.counts
    direct = counted_directly(is_below=lambda _place, _moment: True)
    wanted = {("orders.lost", "hair"): 2, ("orders.lost_of", "hair|cannot|no_skill"): 2}
    assert not_nothing(told) == {key: n for key, n in direct.items() if key[0] in figures} == wanted


def test_the_page_asks_for_a_reason_and_keeps_what_was_typed(scene: Scene) -> None:
    order, client = scene.admitted(), browser(scene, "li")
    page = f"/console/queue/{order.uuid}/"
    assert "Nobody can do it" in text_of(client.get(page))
    typed = {"cannot-words": "我们没有电工。", "turn": order.turn}
    answer = client.post(f"{page}cannot/", typed | {"once": once()}, **HTMX)
    assert answer.status_code == 422
    assert "Please choose a reason" in text_of(answer)
    assert "我们没有电工。" in text_of(answer)
    answer = client.post(f"{page}cannot/", typed | {"cannot-reason": "no_skill", "once": once()}, **HTMX)
    assert answer.status_code == 200
    assert fresh(order).state == "failed"
    shown = text_of(answer)
    assert "No team was found that can do it" in shown
    assert "Close: it cannot be done" in shown
    assert "Why can nobody do it?" not in shown, "it was said already"


def test_an_old_page_is_told_what_happened_instead(scene: Scene) -> None:
    order = scene.admitted()
    stale = {"cannot-reason": "no_skill", "turn": order.turn - 1, "once": once()}
    answer = browser(scene, "li").post(f"/console/queue/{order.uuid}/cannot/", stale, **HTMX)
    assert answer.status_code == 422
    assert "moved on" in text_of(answer)
    assert fresh(order).state == "admitted"


def test_over_the_api_it_is_the_same(scene: Scene) -> None:
    order = scene.admitted()
    token = issue_token(actor=scene.actor("li"), at=AT)[0]
    said = {"content_type": "application/json", "headers": {"authorization": f"Bearer {token}"}}
    path = f"/api/v1/orders/{order.number}/cannot"
    answer = browser(scene, "li").post(path, '{"reason": "no_skill"}', **said)
    assert (answer.status_code, answer.json()["state"]) == (200, "failed")
    again = browser(scene, "li").post(path, '{"reason": "no_skill"}', **said)
    assert (again.status_code, again.json()["code"]) == (409, "order_moved_on")
