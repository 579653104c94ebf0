"""An order called openly is taken by one team: whoever comes first, or whoever the dispatcher picks."""

from datetime import datetime, timedelta

import pytest
from django.urls import reverse

from sidan.notify.models import Notice
from sidan.orders.enums import AnswerState, AssignmentState, CallState, CallWay, OrderState
from sidan.orders.models import CallAnswer, OpenCall, Order
from sidan.orders.operations import (
    apply_for_call,
    cancel_order,
    claim_call,
    end_call,
    expire_call,
    merge_order,
    open_call,
    pick_team,
    widen_call,
)
from sidan.orders.operations.calling import (
    AlreadyApplied,
    CallAreaRefused,
    CallOver,
    CallTaken,
    CallTimeRefused,
    NobodyReached,
    NotReached,
    YoursAlready,
)
from sidan.orders.permissions import NotYourQueue, NotYourTeam
from sidan.orders.queries import call_count, calls_for, calls_to_end, offers_of
from sidan.orders.tasks import end_calls
from sidan.people.models import Team
from tests.orders.browsing import browser, once, sent
from tests.orders.scene import AT, Scene, later


def called(scene: Scene, way: CallWay = CallWay.FIRST_COME, **changes: object) -> OpenCall:
    """An admitted order, put before the teams of the county for a day."""
    values = {"area": scene.center, "until": later(days=1), **changes}
    order = scene.admitted()
    return open_call(actor=scene.actor("li"), at=AT, order=order, way=way, **values)  # type: ignore[arg-type] # one part differs at a time


def test_the_first_team_has_the_order_and_the_second_is_told_who_was_faster(scene: Scene) -> None:
    call = called(scene)
    assert call.order.state == OrderState.DISPATCHED
    assignment = claim_call(actor=scene.actor("sun"), at=later(minutes=1), call=call, team=scene.other_team)
    order = Order.unscoped.get(pk=call.order_id)
    assert (order.state, assignment.state) == (OrderState.ACCEPTED, AssignmentState.ACCEPTED)
    with pytest.raises(CallTaken) as told:
        claim_call(actor=scene.actor("wang"), at=later(minutes=2), call=call, team=scene.team)
    assert "孙立家电队" in str(told.value)
    assert order.assignments.count() == 1
    assert order.parties.filter(until=None).values_list("team", flat=True).get() == scene.other_team.pk


def test_the_dispatcher_picks_the_best_fit_and_the_others_are_thanked(scene: Scene) -> None:
    call = called(scene, CallWay.BEST_FIT)
    for who, team in (("sun", scene.other_team), ("wang", scene.team)):
        apply_for_call(actor=scene.actor(who), at=later(minutes=5), call=call, team=team, words=f"{who}能去")
    with pytest.raises(AlreadyApplied):
        apply_for_call(actor=scene.actor("sun"), at=later(minutes=6), call=call, team=scene.other_team)
    offers = offers_of(call=call, order=call.order)
    assert [offer.answer.team_id for offer in offers] == [scene.team.pk, scene.other_team.pk]
    assert [offer.fit.near for offer in offers if offer.fit] == [1, 2]
    order = Order.unscoped.get(pk=call.order_id)
    assignment = pick_team(actor=scene.actor("li"), at=later(hours=1), order=order, team=scene.team)
    assert assignment.state == AssignmentState.ACCEPTED
    states = dict(CallAnswer.objects.filter(call=call).values_list("team", "state"))
    assert states == {scene.team.pk: AnswerState.WON, scene.other_team.pk: AnswerState.PASSED_OVER}
    call.refresh_from_db()
    assert call.state == CallState.TAKEN


def test_a_call_that_nobody_answered_ends_by_itself_once(scene: Scene) -> None:
    call = called(scene)
    end_calls.run(at=later(hours=23))
    assert Order.unscoped.get(pk=call.order_id).state == OrderState.DISPATCHED
    assert calls_to_end(at=later(days=1)) == [call.pk]
    end_calls.run(at=later(days=1))
    assert Order.unscoped.get(pk=call.order_id).state == OrderState.DISPATCHED, "time limits come first"
    for _twice in range(2):
        end_calls.run(at=later(days=1, minutes=10))
        expire_call(at=later(days=1, minutes=11), call_id=call.pk)
    order = Order.unscoped.get(pk=call.order_id)
    assert order.state == OrderState.ADMITTED
    assert order.steps.filter(verb="end_call").count() == 1
    with pytest.raises(CallOver):
        claim_call(actor=scene.actor("wang"), at=later(days=1, hours=1), call=call, team=scene.team)


def test_a_call_that_cannot_be_ended_does_not_stop_those_behind_it(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = called(scene), called(scene)

    def breaks(*, at: datetime, call_id: int) -> CallState:
        if call_id == first.pk:
            raise RuntimeError("broken")
        return expire_call(at=at, call_id=call_id)

    monkeypatch.setattr("sidan.orders.operations.expire_call", breaks)
    with pytest.raises(RuntimeError):
        end_calls.run(at=later(days=1, minutes=10))
    assert calls_to_end(at=later(days=2)) == [first.pk]
    assert Order.unscoped.get(pk=second.order_id).state == OrderState.ADMITTED


def test_a_call_with_offers_waits_for_the_choice_when_its_time_is_over(scene: Scene) -> None:
    call = called(scene, CallWay.BEST_FIT)
    apply_for_call(actor=scene.actor("wang"), at=later(minutes=5), call=call, team=scene.team)
    end_calls.run(at=later(days=1, minutes=10))
    call.refresh_from_db()
    assert call.state == CallState.CHOOSING
    with pytest.raises(CallOver):
        apply_for_call(actor=scene.actor("sun"), at=later(days=1), call=call, team=scene.other_team)
    order = Order.unscoped.get(pk=call.order_id)
    assert pick_team(actor=scene.actor("li"), at=later(days=2), order=order, team=scene.team).pk


def test_who_is_not_asked_sees_no_call_and_cannot_take_it(scene: Scene) -> None:
    call = called(scene, area=scene.town)
    assert call_count(team_ids=[scene.team.pk], at=later(minutes=1)) == 1
    assert call_count(team_ids=[scene.other_team.pk], at=later(minutes=1)) == 0
    with pytest.raises(NotReached):
        claim_call(actor=scene.actor("sun"), at=later(minutes=1), call=call, team=scene.other_team)
    with pytest.raises(NotYourTeam):
        claim_call(actor=scene.actor("sun"), at=later(minutes=1), call=call, team=scene.team)
    Team.objects.filter(pk=scene.team.pk).update(state="paused")
    with pytest.raises(NotReached):
        claim_call(actor=scene.actor("wang"), at=later(minutes=1), call=call, team=scene.team)


def test_calls_are_filtered_by_the_area_in_which_the_need_arose(scene: Scene) -> None:
    called(scene)
    team_ids, at = [scene.team.pk], later(minutes=1)
    assert [task.teams for task in calls_for(team_ids=team_ids, at=at)] == [[scene.team]]
    assert len(calls_for(team_ids=team_ids, at=at, area=scene.town.uuid)) == 1
    assert calls_for(team_ids=team_ids, at=at, area=scene.far_center.uuid) == []
    assert calls_for(team_ids=team_ids, at=later(days=2)) == []


def test_teams_are_called_within_the_county_alone(scene: Scene) -> None:
    """Whoever calls, and whatever widens: the areas are those that the form offers."""
    city = scene.center.parent
    assert city is not None
    with pytest.raises(CallAreaRefused):
        called(scene, area=city)
    Team.objects.filter(pk=scene.other_team.pk).update(place=scene.far_center)
    call = called(scene, area=scene.town)
    assert widen_call(at=later(hours=1), call_id=call.pk, lasting=timedelta(days=1)) is None
    Team.objects.filter(pk=scene.other_team.pk).update(place=scene.center)
    wider = widen_call(at=later(hours=1), call_id=call.pk, lasting=timedelta(days=1))
    assert wider is not None
    assert wider.area == scene.center


def test_a_call_must_make_sense(scene: Scene) -> None:
    with pytest.raises(CallAreaRefused):
        called(scene, area=scene.far_center)
    with pytest.raises(CallTimeRefused):
        called(scene, until=later(minutes=1))
    with pytest.raises(CallTimeRefused):
        called(scene, until=later(days=15))
    with pytest.raises(NobodyReached):
        called(scene, area=scene.station)
    order = scene.admitted()
    with pytest.raises(NotYourQueue):
        open_call(
            actor=scene.actor("mallory"), at=AT, order=order, area=scene.center, way=CallWay.FIRST_COME,
            until=AT + timedelta(hours=2),
        )  # fmt: skip


def test_a_call_ends_with_the_dispatchers_word_or_with_the_order(scene: Scene) -> None:
    call = called(scene, CallWay.BEST_FIT)
    apply_for_call(actor=scene.actor("wang"), at=later(minutes=5), call=call, team=scene.team)
    order = end_call(actor=scene.actor("li"), at=later(minutes=9), order=Order.unscoped.get(pk=call.order_id))
    assert order.state == OrderState.ADMITTED
    assert call.answers.get().state == AnswerState.PASSED_OVER
    again = called(scene)
    cancel_order(actor=scene.actor("zhou"), at=later(minutes=9), order=Order.unscoped.get(pk=again.order_id))
    again.refresh_from_db()
    assert again.state == CallState.ENDED


def thanked(scene: Scene) -> list[int]:
    """Whose leaders read that an order for which they offered has gone another way."""
    told = Notice.objects.filter(kind="order_passed_over").order_by("account_id")
    return list(told.values_list("account_id", flat=True))


def test_who_offered_is_told_when_the_resident_cancels(scene: Scene) -> None:
    call = called(scene, CallWay.BEST_FIT)
    apply_for_call(actor=scene.actor("wang"), at=later(minutes=5), call=call, team=scene.team)
    cancel_order(actor=scene.actor("zhou"), at=later(minutes=9), order=Order.unscoped.get(pk=call.order_id))
    assert thanked(scene) == [scene.accounts["wang"]]
    assert call.answers.get().state == AnswerState.PASSED_OVER


def test_who_offered_is_told_when_the_order_is_merged_into_another(scene: Scene) -> None:
    call = called(scene, CallWay.BEST_FIT)
    apply_for_call(actor=scene.actor("wang"), at=later(minutes=5), call=call, team=scene.team)
    apply_for_call(actor=scene.actor("sun"), at=later(minutes=6), call=call, team=scene.other_team)
    order, into = Order.unscoped.get(pk=call.order_id), scene.admitted()
    merge_order(actor=scene.actor("li"), at=later(minutes=9), order=order, into=into)
    assert thanked(scene) == sorted([scene.accounts["wang"], scene.accounts["sun"]])


def test_who_was_picked_is_not_thanked_in_vain_and_the_others_once(scene: Scene) -> None:
    call = called(scene, CallWay.BEST_FIT)
    for who, team in (("sun", scene.other_team), ("wang", scene.team)):
        apply_for_call(actor=scene.actor(who), at=later(minutes=5), call=call, team=team)
    order = Order.unscoped.get(pk=call.order_id)
    pick_team(actor=scene.actor("li"), at=later(hours=1), order=order, team=scene.team)
    assert thanked(scene) == [scene.accounts["sun"]]


def test_who_presses_on_two_devices_reads_that_the_team_has_it_already(scene: Scene) -> None:
    call, wang = called(scene), scene.actor("wang")
    claim_call(actor=wang, at=later(minutes=1), call=call, team=scene.team)
    with pytest.raises(YoursAlready) as told:
        claim_call(actor=wang, at=later(minutes=2), call=call, team=scene.team)
    assert "faster" not in str(told.value)
    with pytest.raises(CallTaken):
        claim_call(actor=scene.actor("sun"), at=later(minutes=2), call=call, team=scene.other_team)


@pytest.mark.parametrize("area", ["", "x", "0190f3a0-0000-7000-8000-000000000000", "far"])
def test_an_area_that_was_not_offered_is_asked_again_at_its_field(scene: Scene, area: str) -> None:
    order, li = scene.admitted(), browser(scene, "li")
    chosen = str(scene.far_center.uuid) if area == "far" else area
    answer = li.post(
        f"/console/queue/{order.uuid}/call/",
        {"call-way": "first_come", "call-area": chosen, "call-hours": "24", "once": once()},
    )
    assert answer.status_code == 422
    assert "Please choose an area in which the resident&#x27;s place lies." in answer.content.decode()
    assert not OpenCall.objects.exists()


def test_the_api_answers_an_unknown_area_as_the_page_does(scene: Scene) -> None:
    order, li = scene.admitted(), browser(scene, "li")
    told = {"area": "0190f3a0-0000-7000-8000-000000000000", "until": later(days=1).isoformat()}
    answer = li.post(f"/api/v1/orders/{order.number}/call", told, "application/json")
    assert (answer.status_code, answer.json()["code"]) == (422, "call_area_refused")


def test_a_leader_offers_on_the_page_of_open_calls(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sidan.orders.views.calls.now", lambda: later(minutes=5))
    call, client = called(scene, CallWay.BEST_FIT), browser(scene, "wang")
    assert f'id="id_{call.uuid}_words"' in client.get(reverse("orders:calls")).content.decode()
    sent(
        client,
        reverse("orders:apply", args=[call.uuid]),
        {"team": str(scene.team.uuid), "words": "我们就在村里"},
    )
    assert call.answers.get().words == "我们就在村里"
