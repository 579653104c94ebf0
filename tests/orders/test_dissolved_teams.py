"""A team is dissolved: nothing waits for it any more, and nobody is forgotten over it."""

from functools import partial

import pytest
from django.urls import reverse

from sidan.core.actor import SYSTEM
from sidan.core.errors import NotFound
from sidan.core.scope import everything, scoped
from sidan.limits.models import Timer
from sidan.notify.models import Notice
from sidan.orders.enums import CallWay
from sidan.orders.models import CallAnswer, OpenCall, Order, OrderStep, TakeOver, Visit
from sidan.orders.operations import (
    Report,
    accept_order,
    apply_for_call,
    ask_take_over,
    check_in,
    check_out,
    claim_call,
    dispatch_order,
    open_call,
    pick_team,
    report_and_go_on,
    report_visit,
)
from sidan.orders.queries import visit_by_uuid
from sidan.people.access import scope_for
from sidan.people.models import RoleGrant, Team
from sidan.people.operations import TeamTakesNoOrders, dissolve_team, pause_team
from tests.at_once import DONE, second_behind
from tests.orders.browsing import browser, once, sent, text_of
from tests.orders.scene import AT, Scene, build_scene, later
from tests.orders.splits import HAND, broken, divided, share_of, taken


def told(scene: Scene, name: str) -> list[str]:
    rows = Notice.objects.filter(account_id=scene.accounts[name]).order_by("id")
    return list(rows.values_list("kind", flat=True))


def dissolve(scene: Scene, team: Team | None = None, **spans: float) -> None:
    dissolve_team(actor=SYSTEM, at=later(**spans), uuid=(team or scene.team).uuid)


def called(scene: Scene, way: CallWay) -> OpenCall:
    return open_call(
        actor=scene.actor("li"),
        at=AT,
        order=scene.admitted(),
        way=way,
        area=scene.center,
        until=later(days=1),
    )


def last_step(order: Order) -> OrderStep:
    return OrderStep.objects.filter(order=order, machine="order").latest("id")


@pytest.mark.parametrize("stands", ["accepted", "scheduled"])
def test_what_it_had_waits_for_another_team_and_everybody_knows(scene: Scene, stands: str) -> None:
    share = scene.accepted() if stands == "accepted" else scene.scheduled().assignment
    dissolve(scene, hours=1)
    share.refresh_from_db()
    order = Order.unscoped.get()
    assert (order.state, share.state) == ("admitted", "released")
    row = last_step(order)
    assert (row.verb, row.reason_code, row.team_id) == ("take_back", "team_gone", scene.team.pk)
    assert Timer.objects.get(ended_at=None).effect == "dispatch"
    assert not Visit.objects.exclude(state="called_off").exists()
    assert not order.parties.filter(team=scene.team, until=None).exists()
    assert told(scene, "wang")[-1] == "order_of_dissolved_team"
    assert told(scene, "li")[-1] == "order_back_from_dissolved"
    assert told(scene, "zhou")[-1] == "order_released_to_resident"
    assert (told(scene, "zhao")[-1:] == ["order_no_longer_yours"]) == (stands == "scheduled")
    assert "The team serves no longer" in text_of(browser(scene, "li").get(f"/console/queue/{order.uuid}/"))
    dispatch_order(actor=scene.actor("li"), at=later(hours=2), order=order, team=scene.other_team)
    assert not broken()


def test_what_it_was_offered_is_taken_back(scene: Scene) -> None:
    share = scene.offered()
    dissolve(scene, hours=1)
    share.refresh_from_db()
    order = Order.unscoped.get()
    assert (order.state, share.state) == ("admitted", "withdrawn")
    assert (last_step(order).verb, last_step(order).reason_code) == ("withdraw_offer", "team_gone")
    assert told(scene, "wang")[-1] == "order_withdrawn"
    assert told(scene, "li")[-1] == "order_back_from_dissolved"


def test_its_part_goes_back_and_the_other_team_keeps_its_own(scene: Scene) -> None:
    order, (hair, lamp) = divided(scene)
    taken(scene, order, hair)
    taken(scene, order, lamp, other=True)
    dissolve(scene, hours=1)
    hair.refresh_from_db()
    lamp.refresh_from_db()
    assert (hair.state, lamp.state, share_of(lamp).state) == ("admitted", "accepted", "accepted")
    assert not broken()


@pytest.mark.parametrize("is_over", [False, True])
def test_what_it_offered_in_a_call_stands_no_more(scene: Scene, is_over: bool) -> None:
    call = called(scene, CallWay.BEST_FIT)
    apply_for_call(actor=scene.actor("wang"), at=later(minutes=5), call=call, team=scene.team)
    if is_over:
        OpenCall.objects.update(state="choosing")
    dissolve(scene, hours=1)
    answer = CallAnswer.objects.get()
    assert (answer.state, answer.taken_back_at, answer.taken_back_by) == ("taken_back", later(hours=1), None)
    kind = "order_last_offer_taken_back" if is_over else "order_offer_taken_back"
    assert told(scene, "li")[-1] == kind
    assert Order.unscoped.get().state == ("admitted" if is_over else "dispatched")
    with pytest.raises(TeamTakesNoOrders):
        pick_team(actor=scene.actor("li"), at=later(hours=2), order=Order.unscoped.get(), team=scene.team)


def test_who_asked_it_to_take_over_keeps_the_order_and_reads_why(scene: Scene) -> None:
    share = scene.accepted()
    ask_take_over(
        actor=scene.actor("wang"), at=later(minutes=1), assignment=share, to_team=scene.other_team,
        until=later(days=1), reason="no_people",
    )  # fmt: skip
    dissolve(scene, scene.other_team, hours=1)
    assert TakeOver.objects.get().state == "declined"
    assert (last_step(share.order).verb, last_step(share.order).reason_code) == ("end_take_over", "team_gone")
    assert told(scene, "wang")[-1] == "take_over_declined"
    assert Order.unscoped.get().state == "accepted"


def begun(scene: Scene) -> Visit:
    visit = scene.scheduled()
    check_in(actor=scene.actor("zhao"), at=later(days=1), visit=visit, proof=HAND)
    visit.refresh_from_db()
    dissolve(scene, days=1, minutes=10)
    assert (visit.assignment.state, Order.unscoped.get().state) == ("accepted", "under_way")
    assert told(scene, "li")[-1] == "order_under_way_of_dissolved"
    return Visit.objects.select_related("assignment__order", "assignment__team").get(pk=visit.pk)


def test_who_is_at_the_door_finishes_and_reports(scene: Scene) -> None:
    visit, zhao = begun(scene), scene.actor("zhao")
    task = visit.assignment.uuid
    for who, answer in (("zhao", 200), ("wang", 404), ("sun", 404)):
        assert browser(scene, who).get(f"/tasks/{task}/").status_code == answer
        assert browser(scene, who).get(f"/tasks/{task}/report/").status_code == answer
    with scoped(scope_for(zhao)):
        assert visit_by_uuid(uuid=visit.uuid) == visit
        check_out(actor=zhao, at=later(days=1, minutes=40), visit=visit, proof=HAND)
        report_visit(actor=zhao, at=later(days=1, hours=1), visit=visit, report=Report(words="好了"))
    with scoped(scope_for(zhao)), pytest.raises(NotFound):
        visit_by_uuid(uuid=visit.uuid)
    assert Order.unscoped.get().state == "done"


def test_where_one_more_visit_is_needed_another_team_is_looked_for(scene: Scene) -> None:
    visit, zhao = begun(scene), scene.actor("zhao")
    check_out(actor=zhao, at=later(days=1, minutes=40), visit=visit, proof=HAND)
    report_and_go_on(actor=zhao, at=later(days=1, hours=1), visit=visit, report=Report(words="还要来一次"))
    order = Order.unscoped.get()
    assert (order.state, last_step(order).verb) == ("admitted", "take_back")
    assert told(scene, "zhou")[-1] == "order_released_to_resident"
    assert told(scene, "li")[-1] == "order_back_from_dissolved"
    assert not broken()


def test_a_team_that_rests_takes_nothing_on_but_keeps_what_it_has(scene: Scene) -> None:
    held, offer = scene.accepted(), scene.offered()
    call = called(scene, CallWay.BEST_FIT)
    apply_for_call(actor=scene.actor("wang"), at=later(minutes=5), call=call, team=scene.team)
    pause_team(actor=SYSTEM, at=later(hours=1), uuid=scene.team.uuid)
    with pytest.raises(TeamTakesNoOrders):
        accept_order(actor=scene.actor("wang"), at=later(hours=2), assignment=offer)
    order = Order.unscoped.get(pk=call.order_id)
    with pytest.raises(TeamTakesNoOrders):
        pick_team(actor=scene.actor("li"), at=later(hours=2), order=order, team=scene.team)
    held.refresh_from_db()
    assert held.state == "accepted"


def test_it_is_dissolved_by_who_sees_no_orders_and_its_page_says_what_happens(scene: Scene) -> None:
    scene.accepted()
    account = scene.accounts["sun"]
    RoleGrant.objects.create(account_id=account, role="manager", place=scene.center, granted_at=AT)
    url, client = reverse("people:dissolve_team", args=[scene.team.uuid]), browser(scene, "sun")
    assert "orders that it has wait for another team" in text_of(client.get(url))
    assert "is dissolved" in sent(client, url, {"once": once()})
    assert Order.unscoped.get().state == "admitted"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("act", ["accept", "claim", "dispatch"])
@pytest.mark.parametrize("is_first", [True, False])
def test_who_takes_an_order_on_at_that_moment_does_not_keep_it(act: str, is_first: bool) -> None:
    with everything("a race"):
        scene = build_scene()
        wang, li, team = scene.actor("wang"), scene.actor("li"), scene.team
        if act == "accept":
            take = partial(accept_order, actor=wang, at=later(minutes=1), assignment=scene.offered())
        elif act == "claim":
            call = called(scene, CallWay.FIRST_COME)
            take = partial(claim_call, actor=wang, at=later(minutes=1), call=call, team=team)
        else:
            order = scene.admitted()
            take = partial(dispatch_order, actor=li, at=later(minutes=1), order=order, team=team)
        end = partial(dissolve, scene, minutes=2)
        answer = second_behind(take, end) if is_first else second_behind(end, take)
        assert (answer == DONE) == is_first
        assert not Order.unscoped.get().assignments.filter(state__in=["offered", "accepted"]).exists()
        assert not broken()
