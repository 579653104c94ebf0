"""A team takes back what it offered before anybody is chosen: nothing is deleted, and nobody waits in vain."""

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse

from sidan.audit.models import AuditEntry
from sidan.catalogue.models import TeamService
from sidan.core.scope import everything
from sidan.notify.models import Notice
from sidan.orders.enums import AnswerState, CallState, CallWay, OrderState
from sidan.orders.models import CallAnswer, OpenCall, Order
from sidan.orders.operations import (
    Change,
    apply_for_call,
    change_order,
    end_call,
    expire_call,
    open_call,
    pick_team,
    take_offer_back,
    widen_call,
)
from sidan.orders.operations.calling import AlreadyApplied, AnswerUnknown, CallOver, OfferedBeforeChange
from sidan.orders.operations.offering import ChosenAlready, NoOfferStands
from sidan.orders.permissions import NotYourTeam
from sidan.orders.queries import call_by_uuid, call_count, calls_for, offers_of, teams_to_remind
from sidan.people.models import Team
from tests.at_once import DONE, all_at_once, second_behind
from tests.orders.browsing import browser, once, sent, text_of
from tests.orders.scene import AT, Scene, build_scene, later
from tests.orders.splits import broken


def called(scene: Scene, way: CallWay = CallWay.BEST_FIT, **changes: object) -> OpenCall:
    """An admitted order, put before the teams of the county for a day."""
    values = {"area": scene.center, "until": later(days=1), **changes}
    order = scene.admitted()
    return open_call(actor=scene.actor("li"), at=AT, order=order, way=way, **values)  # type: ignore[arg-type] # one part differs at a time


def offered(scene: Scene, call: OpenCall, *names: str) -> None:
    for name in names:
        apply_for_call(actor=scene.actor(name), at=later(minutes=5), call=call, team=team_of(scene, name))


def team_of(scene: Scene, name: str) -> Team:
    return scene.other_team if name == "sun" else scene.team


def taken_back(scene: Scene, call: OpenCall, name: str = "wang", **after: float) -> CallAnswer:
    moment = later(**(after or {"minutes": 9}))
    return take_offer_back(actor=scene.actor(name), at=moment, call=call, team=team_of(scene, name))


def order_of(call: OpenCall) -> Order:
    return Order.unscoped.get(pk=call.order_id)


def told(scene: Scene, name: str) -> list[str]:
    rows = Notice.objects.filter(account_id=scene.accounts[name], kind__contains="offer_taken_back")
    return list(rows.order_by("id").values_list("kind", flat=True))


def test_who_chooses_no_longer_finds_the_offer_and_is_told(scene: Scene) -> None:
    call = called(scene)
    offered(scene, call, "wang", "sun")
    answer = taken_back(scene, call)
    assert (answer.state, answer.taken_back_at) == (AnswerState.TAKEN_BACK, later(minutes=9))
    assert answer.taken_back_by_id == scene.accounts["wang"]
    assert [offer.answer.team_id for offer in offers_of(call=call, order=call.order)] == [scene.other_team.pk]
    assert told(scene, "li") == ["order_offer_taken_back"]
    assert AuditEntry.objects.filter(verb="order.take_offer_back", subject_id=call.order_id).count() == 1
    li = scene.actor("li")
    with pytest.raises(AnswerUnknown):
        pick_team(actor=li, at=later(minutes=10), order=order_of(call), team=scene.team)
    pick_team(actor=li, at=later(minutes=11), order=order_of(call), team=scene.other_team)
    assert not Notice.objects.filter(kind="order_passed_over").exists(), (
        "who took it back waits for no thanks"
    )
    assert broken() == set()


def test_a_team_may_offer_anew_while_the_call_is_open_and_both_offers_are_kept(scene: Scene) -> None:
    call = called(scene)
    offered(scene, call, "wang")
    taken_back(scene, call)
    offered(scene, call, "wang")
    with pytest.raises(AlreadyApplied):
        offered(scene, call, "wang")
    assert list(call.answers.values_list("state", flat=True)) == ["taken_back", "applied"]
    share = pick_team(actor=scene.actor("li"), at=later(hours=1), order=order_of(call), team=scene.team)
    assert share.team_id == scene.team.pk
    assert list(call.answers.values_list("state", flat=True)) == ["taken_back", "won"]


def test_what_is_not_there_cannot_be_taken_back(scene: Scene) -> None:
    call = called(scene)
    with pytest.raises(NoOfferStands):
        taken_back(scene, call)
    offered(scene, call, "wang")
    with pytest.raises(NotYourTeam):
        take_offer_back(actor=scene.actor("sun"), at=later(minutes=6), call=call, team=scene.team)
    with pytest.raises(NotYourTeam):
        take_offer_back(actor=scene.actor("zhao"), at=later(minutes=6), call=call, team=scene.team)
    taken_back(scene, call)
    with pytest.raises(NoOfferStands) as refusal:
        taken_back(scene, call)
    assert "城北义剪队在这里没有报名" in str(refusal.value)
    first_come = called(scene, CallWay.FIRST_COME)
    with pytest.raises(NoOfferStands):
        taken_back(scene, first_come)


def test_what_is_decided_is_no_longer_taken_back(scene: Scene) -> None:
    call = called(scene)
    offered(scene, call, "wang", "sun")
    pick_team(actor=scene.actor("li"), at=later(minutes=8), order=order_of(call), team=scene.team)
    with pytest.raises(ChosenAlready):
        taken_back(scene, call)
    with pytest.raises(CallOver):
        taken_back(scene, call, "sun")
    ended = called(scene)
    offered(scene, ended, "wang")
    end_call(actor=scene.actor("li"), at=later(minutes=8), order=order_of(ended))
    with pytest.raises(CallOver):
        taken_back(scene, ended)
    assert told(scene, "li") == []


def test_while_the_office_chooses_an_offer_is_taken_back_and_none_is_made(scene: Scene) -> None:
    call = called(scene)
    offered(scene, call, "wang", "sun")
    expire_call(at=later(days=1), call_id=call.pk)
    taken_back(scene, call, days=1, hours=1)
    call.refresh_from_db()
    assert (call.state, told(scene, "li")) == (CallState.CHOOSING, ["order_offer_taken_back"])
    with pytest.raises(CallOver):
        apply_for_call(actor=scene.actor("wang"), at=later(days=1, hours=2), call=call, team=scene.team)


def test_with_the_last_offer_a_call_whose_time_is_over_ends(scene: Scene) -> None:
    call = called(scene)
    offered(scene, call, "wang")
    expire_call(at=later(days=1), call_id=call.pk)
    taken_back(scene, call, days=1, hours=1)
    call.refresh_from_db()
    assert (call.state, order_of(call).state) == (CallState.ENDED, OrderState.ADMITTED)
    assert told(scene, "li") == ["order_last_offer_taken_back"]
    step = order_of(call).steps.latest("turn")
    assert (step.verb, step.actor_id) == ("end_call", None), "its time has ended it, not the team"
    assert broken() == set()


def test_while_the_call_is_open_it_goes_on_without_any_offer(scene: Scene) -> None:
    call = called(scene)
    offered(scene, call, "wang")
    taken_back(scene, call)
    call.refresh_from_db()
    assert (call.state, told(scene, "li")) == (CallState.OPEN, ["order_offer_taken_back"])
    assert teams_to_remind(call=call, order=call.order) == [scene.other_team.pk], "who took it back said no"
    assert expire_call(at=later(days=1), call_id=call.pk) == CallState.ENDED


def test_a_call_is_widened_when_the_only_offer_was_taken_back(scene: Scene) -> None:
    call = called(scene, area=scene.town)
    offered(scene, call, "wang")
    assert widen_call(at=later(days=1), call_id=call.pk, lasting=later(days=1) - AT) is None
    taken_back(scene, call)
    wider = widen_call(at=later(days=1), call_id=call.pk, lasting=later(days=1) - AT)
    assert wider is not None
    assert wider.area_id == scene.center.pk
    offered(scene, wider, "wang", "sun")
    assert wider.answers.count() == 2


def changed(scene: Scene, call: OpenCall, **after: float) -> None:
    """The resident asks for three people instead of one."""
    change = Change(people_needed=3)
    change_order(actor=scene.actor("zhou"), at=later(**after), order=order_of(call), change=change)


def test_nobody_is_chosen_by_an_offer_of_before_the_change_until_it_is_made_anew(scene: Scene) -> None:
    call, li = called(scene), scene.actor("li")
    offered(scene, call, "wang")
    changed(scene, call, minutes=6)
    apply_for_call(actor=scene.actor("sun"), at=later(minutes=7), call=call, team=scene.other_team)
    offers = offers_of(call=call, order=order_of(call))
    assert [(offer.answer.team_id, offer.is_outdated) for offer in offers] == [
        (scene.other_team.pk, False), (scene.team.pk, True),
    ]  # fmt: skip
    with pytest.raises(OfferedBeforeChange):
        pick_team(actor=li, at=later(minutes=8), order=order_of(call), team=scene.team)
    apply_for_call(actor=scene.actor("wang"), at=later(minutes=9), call=call, team=scene.team)
    with pytest.raises(AlreadyApplied):
        apply_for_call(actor=scene.actor("wang"), at=later(minutes=9), call=call, team=scene.team)
    kept = call.answers.filter(team=scene.team)
    assert list(kept.values_list("state", "taken_back_at")) == [
        ("taken_back", later(minutes=9)), ("applied", None),
    ]  # fmt: skip
    pick_team(actor=li, at=later(minutes=10), order=order_of(call), team=scene.team)
    assert order_of(call).state == OrderState.ACCEPTED
    assert broken() == set()


def test_after_a_change_an_offer_is_made_anew_though_the_time_of_the_call_is_over(scene: Scene) -> None:
    call = called(scene)
    offered(scene, call, "wang")
    changed(scene, call, hours=1)
    expire_call(at=later(days=1), call_id=call.pk)
    with pytest.raises(CallOver):
        apply_for_call(actor=scene.actor("sun"), at=later(days=1, hours=1), call=call, team=scene.other_team)
    at = later(days=1, hours=2)
    apply_for_call(actor=scene.actor("wang"), at=at, call=call, team=scene.team)
    pick_team(actor=scene.actor("li"), at=later(days=1, hours=3), order=order_of(call), team=scene.team)
    assert broken() == set()


def test_the_pages_say_which_offer_is_of_before_the_change(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sidan.orders.views.calls.now", lambda: later(minutes=9))
    call = called(scene)
    offered(scene, call, "wang")
    changed(scene, call, minutes=6)
    order = order_of(call)
    li, wang = browser(scene, "li"), browser(scene, "wang", language="zh-hans")
    page = f"/console/queue/{order.uuid}/"
    shown = text_of(li.get(page))
    assert "Offered before the change." in shown
    assert "Choose 城北义剪队" not in shown
    refused = sent(li, f"{page}pick/", {"team": str(scene.team.uuid), "once": once(), "turn": order.turn})
    assert "城北义剪队 offered before the wish was changed." in refused
    calls = reverse("orders:calls")
    assert "报名后需求有改动" in text_of(wang.get(calls))
    anew = {"team": str(scene.team.uuid), "turn": order.turn, "once": once()}
    told = sent(wang, reverse("orders:apply", args=[call.uuid]), anew)
    assert "报名后需求有改动" not in told
    assert "已报名，等选定" in told
    assert "Choose" in text_of(li.get(page))


def not_reached_any_more(scene: Scene) -> None:
    TeamService.objects.filter(team=scene.team).delete()


def test_a_team_that_is_not_reached_any_more_finds_its_offer_and_only_that(scene: Scene) -> None:
    call, without_offer = called(scene), called(scene)
    offered(scene, call, "wang")
    not_reached_any_more(scene)
    at = later(minutes=8)
    [task] = calls_for(team_ids=[scene.team.pk], at=at)
    assert (task.call, task.free, task.applied) == (call, [], [scene.team])
    assert call_count(team_ids=[scene.team.pk], at=at) == 1
    assert call_by_uuid(uuid=call.uuid, team_ids=[scene.team.pk]) == call
    taken_back(scene, call)
    assert calls_for(team_ids=[scene.team.pk], at=at) == []
    wang = browser(scene, "wang")
    again = wang.post(back_of(call), {"team": str(scene.team.uuid), "once": once()})
    assert again.status_code == 303, "who answered is told how it stands"
    other = wang.post(back_of(without_offer), {"team": str(scene.team.uuid), "once": once()})
    assert other.status_code == 404


@pytest.mark.parametrize("reached", [True, False])
@pytest.mark.parametrize("way", ["first_come", "best_fit"])
@pytest.mark.parametrize("after", [{"minutes": 8}, {"days": 2}])
def test_no_call_of_the_list_is_missing_where_it_is_acted_on(
    scene: Scene, way: str, reached: bool, after: dict[str, float]
) -> None:
    calls = [called(scene, CallWay(way)), called(scene), called(scene, area=scene.town)]
    offered(scene, calls[1], "wang", "sun")
    offered(scene, calls[2], "wang")
    expire_call(at=later(days=1), call_id=calls[2].pk)
    if not reached:
        not_reached_any_more(scene)
    for team_ids in ([scene.team.pk], [scene.other_team.pk], [scene.team.pk, scene.other_team.pk]):
        listed = calls_for(team_ids=team_ids, at=later(**after))
        assert listed
        assert [call_by_uuid(uuid=task.call.uuid, team_ids=team_ids) for task in listed] == [
            task.call for task in listed
        ]


def test_what_waits_for_the_choice_stands_below_what_can_be_answered(scene: Scene) -> None:
    waiting, fresh = called(scene), called(scene, until=later(days=3))
    offered(scene, waiting, "wang")
    tasks = calls_for(team_ids=[scene.team.pk], at=later(days=2))
    assert [(task.call, task.is_over, task.free) for task in tasks] == [
        (fresh, False, [scene.team]), (waiting, True, []),
    ]  # fmt: skip


def test_the_database_keeps_what_became_of_an_offer(scene: Scene) -> None:
    call = called(scene)
    offered(scene, call, "wang")
    answer = call.answers.get()
    with pytest.raises(IntegrityError, match="taken_back_at_a_moment"), transaction.atomic():
        CallAnswer.objects.filter(pk=answer.pk).update(state="taken_back")
    taken_back(scene, call)
    for change in ({"state": "applied", "taken_back_at": None}, {"state": "won"}, {"answered_at": AT}):
        with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
            CallAnswer.objects.filter(pk=answer.pk).update(**change)
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        CallAnswer.objects.filter(pk=answer.pk).delete()
    CallAnswer.objects.filter(pk=answer.pk).update(words="")
    offered(scene, call, "wang")
    with pytest.raises(IntegrityError, match="orders_team_answers_a_call_once"), transaction.atomic():
        CallAnswer.objects.create(call=call, team=scene.team, state="applied", answered_at=AT)


def back_of(call: OpenCall) -> str:
    return reverse("orders:take_offer_back", args=[call.uuid])


def test_a_leader_takes_the_offer_back_on_the_page_and_may_offer_again(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sidan.orders.views.calls.now", lambda: later(minutes=9))
    call, wang = called(scene), browser(scene, "wang")
    offered(scene, call, "wang")
    page = text_of(wang.get(reverse("orders:calls")))
    assert "Take our offer back" in page
    assert "You may offer again while the call is open." in page
    told = sent(wang, back_of(call), {"team": str(scene.team.uuid), "once": once()})
    assert "The offer of 城北义剪队 was taken back." in told
    assert "Offer to take it" in told
    assert "Take our offer back" not in told
    again = sent(wang, back_of(call), {"team": str(scene.team.uuid), "once": once()})
    assert "No offer of 城北义剪队 stands here" in again


def test_the_page_says_when_it_is_for_good(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sidan.orders.views.calls.now", lambda: later(days=2))
    call, wang = called(scene), browser(scene, "wang", language="zh-hans")
    offered(scene, call, "wang")
    expire_call(at=later(days=1), call_id=call.pk)
    page = text_of(wang.get(reverse("orders:calls")))
    for words in ("征集已截止，正在选队伍。", "撤回后就不会选到您的队伍，也不能再报名。", "撤回报名"):
        assert words in page
    told = sent(wang, back_of(call), {"team": str(scene.team.uuid), "once": once()})
    assert "已撤回城北义剪队的报名。" in told
    assert "征集已截止" not in told


def test_over_the_api_an_offer_is_taken_back(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sidan.orders.api.team.now", lambda: later(minutes=9))
    call, wang, base = called(scene), browser(scene, "wang"), "/api/v1/team-work/calls"
    offered(scene, call, "wang")

    def standing() -> list[tuple[bool, bool]]:
        return [(told["is_over"], told["teams"][0]["has_applied"]) for told in wang.get(base).json()]

    assert standing() == [(False, True)]
    body = {"team": str(scene.team.uuid)}
    assert wang.post(f"{base}/{call.uuid}/take-offer-back", body, "application/json").status_code == 204
    assert standing() == [(False, False)]
    refused = wang.post(f"{base}/{call.uuid}/take-offer-back", body, "application/json")
    assert (refused.status_code, refused.json()["code"]) == (409, "no_offer_stands")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("first", "answer"), [("pick", "chosen_already"), ("back", "answer_unknown")])
def test_of_a_choice_and_a_second_thought_at_one_moment_the_later_is_answered(
    first: str, answer: str
) -> None:
    with everything("a race"):
        scene = build_scene()
        call = called(scene)
        offered(scene, call, "wang", "sun")
        li, wang, order = scene.actor("li"), scene.actor("wang"), order_of(call)
        acts = {
            "pick": lambda: pick_team(actor=li, at=later(hours=1), order=order, team=scene.team),
            "back": lambda: take_offer_back(actor=wang, at=later(hours=1), call=call, team=scene.team),
        }
        second = acts["back" if first == "pick" else "pick"]
        assert second_behind(acts[first], second) == answer
        assert broken() == set()


@pytest.mark.django_db(transaction=True)
def test_whoever_presses_at_once_one_answer_is_given_and_the_data_agree() -> None:
    with everything("a race"):
        scene = build_scene()
        call = called(scene)
        offered(scene, call, "wang")
        expire_call(at=later(days=1), call_id=call.pk)
        li, wang, order, at = scene.actor("li"), scene.actor("wang"), order_of(call), later(days=1, hours=1)
        picked, back, twice = all_at_once(
            lambda: pick_team(actor=li, at=at, order=order, team=scene.team),
            lambda: take_offer_back(actor=wang, at=at, call=call, team=scene.team),
            lambda: take_offer_back(actor=wang, at=at, call=call, team=scene.team),
        )
        if picked == DONE:
            assert (back, twice) == ("chosen_already", "chosen_already")
            assert order_of(call).state == OrderState.ACCEPTED
        else:
            assert picked == "no_call_to_end"
            assert sorted((back, twice)) == ["call_over", DONE]
            assert order_of(call).state == OrderState.ADMITTED
        assert broken() == set()
