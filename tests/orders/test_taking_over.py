"""A team asks another team, or the office, to take its order over; somebody agrees, declines, or time is over."""

from datetime import datetime

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from sidan.notify.models import Notice
from sidan.orders.enums import AssignmentState, OrderState, TakeOverState, VisitState
from sidan.orders.models import Assignment, Order, TakeOver, Visit
from sidan.orders.operations import (
    OrderMovedOn,
    accept_take_over,
    ask_take_over,
    cancel_order,
    decline_take_back,
    decline_take_over,
    expire_take_over,
    look_at_contact,
    release_order,
    take_back_order,
    withdraw_take_over,
)
from sidan.orders.operations.handling import ReasonMissing, TeamDoesNotServe
from sidan.orders.operations.looking import ContactHidden
from sidan.orders.operations.passing import SameTeam, TakeOverAsked, TakeOverOver, TakeOverTimeRefused
from sidan.orders.permissions import NotYourQueue, NotYourTeam
from sidan.orders.queries import NotYoursNow, my_tasks, take_overs_asked, take_overs_to_end
from sidan.orders.tasks import end_take_overs
from sidan.people.models import Team
from tests.orders.browsing import browser, once, read_pages_at, sent, text_of
from tests.orders.scene import Scene, later

SOON = later(minutes=1)


def asked(scene: Scene, share: Assignment, *, office: bool = False, at: datetime = SOON) -> TakeOver:
    """Wang asks Sun's team, or the office, to take it over within a day."""
    return ask_take_over(
        actor=scene.actor("wang"), at=at, assignment=fresh(share), to_team=None if office else scene.other_team,
        until=later(days=1), reason="no_people", words="他家狗凶，12900000000 可问",
    )  # fmt: skip


def fresh(share: Assignment) -> Assignment:
    return Assignment.objects.select_related("order", "team").get(pk=share.pk)


def order_of(share: Assignment) -> Order:
    return Order.unscoped.get(pk=share.order_id)


def kinds_told(scene: Scene, name: str) -> list[str]:
    return list(
        Notice.objects.filter(account=scene.accounts[name]).order_by("id").values_list("kind", flat=True)
    )


def test_the_order_moves_with_its_history_and_the_visit_is_called_off(scene: Scene) -> None:
    visit = scene.scheduled()
    share = visit.assignment
    request = asked(scene, share)
    assert order_of(share).state == OrderState.SCHEDULED
    taken = accept_take_over(actor=scene.actor("sun"), at=later(hours=1), asked=request)
    order = order_of(share)
    assert (order.state, taken.state, taken.team_id) == ("accepted", "accepted", scene.other_team.pk)
    assert fresh(share).state == AssignmentState.PASSED_ON
    assert Visit.objects.get(pk=visit.pk).state == VisitState.CALLED_OFF
    assert TakeOver.objects.get().state == TakeOverState.ACCEPTED
    assert order.parties.filter(until=None).values_list("team", flat=True).get() == scene.other_team.pk
    steps = list(order.steps.order_by("turn").values_list("machine", "verb"))
    assert steps[-4:] == [
        ("visit", "call_off"), ("assignment", "pass_on"), ("assignment", "take_over"), ("order", "take_over")
    ]  # fmt: skip
    assert not my_tasks(person_id=scene.actor("zhao").person_id or 0)
    assert "order_no_longer_yours" in kinds_told(scene, "zhao")
    assert "order_taken_over_of_office" in kinds_told(scene, "li")
    assert "order_taken_over_to_resident" in kinds_told(scene, "zhou")


def test_the_contact_follows_the_order_and_is_read_only_by_whom_has_it(scene: Scene) -> None:
    share = scene.accepted()
    request = asked(scene, share)
    with pytest.raises(ContactHidden):
        look_at_contact(actor=scene.actor("sun"), at=later(minutes=2), order=order_of(share))
    accept_take_over(actor=scene.actor("sun"), at=later(minutes=3), asked=request)
    assert look_at_contact(actor=scene.actor("sun"), at=later(minutes=4), order=order_of(share)).address
    with pytest.raises(ContactHidden):
        look_at_contact(actor=scene.actor("wang"), at=later(minutes=5), order=order_of(share))


def test_the_asking_team_answers_for_the_order_until_somebody_agrees(scene: Scene) -> None:
    share = scene.accepted()
    request = asked(scene, share)
    with pytest.raises(TakeOverAsked):
        asked(scene, share, office=True)
    with pytest.raises(NotYourTeam):
        accept_take_over(actor=scene.actor("wang"), at=later(minutes=2), asked=request)
    with pytest.raises(NotYourTeam):
        withdraw_take_over(actor=scene.actor("sun"), at=later(minutes=2), asked=request)
    with pytest.raises(ReasonMissing):
        decline_take_over(actor=scene.actor("sun"), at=later(minutes=2), asked=request, reason="")
    decline_take_over(actor=scene.actor("sun"), at=later(minutes=2), asked=request, reason="no_skill")
    assert (order_of(share).state, fresh(share).state) == ("accepted", "accepted")
    assert "take_over_declined" in kinds_told(scene, "wang")
    with pytest.raises(TakeOverOver):
        accept_take_over(actor=scene.actor("sun"), at=later(minutes=3), asked=request)
    again = asked(scene, share, at=later(minutes=4))
    withdraw_take_over(actor=scene.actor("wang"), at=later(minutes=5), asked=again)
    assert TakeOver.objects.get(pk=again.pk).state == TakeOverState.WITHDRAWN


def test_a_request_expires_once_however_often_the_job_runs(scene: Scene) -> None:
    share = scene.accepted()
    request = asked(scene, share)
    end_take_overs.run(at=later(hours=23))
    assert TakeOver.objects.get().state == TakeOverState.OPEN
    with pytest.raises(TakeOverOver):
        accept_take_over(actor=scene.actor("sun"), at=later(days=1), asked=request)
    assert take_overs_to_end(at=later(days=1)) == [request.pk]
    for _twice in range(2):
        end_take_overs.run(at=later(days=1))
    assert TakeOver.objects.get().state == TakeOverState.EXPIRED
    order = order_of(share)
    assert order.steps.filter(verb="end_take_over", reason_code="expired").count() == 1
    assert kinds_told(scene, "wang").count("take_over_expired") == 1
    assert order.state == OrderState.ACCEPTED


def test_a_request_that_cannot_be_ended_does_not_stop_those_behind_it(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = asked(scene, scene.accepted()), asked(scene, scene.accepted())

    def breaks(*, at: datetime, take_over_id: int) -> None:
        if take_over_id == first.pk:
            raise RuntimeError("broken")
        expire_take_over(at=at, take_over_id=take_over_id)

    monkeypatch.setattr("sidan.orders.operations.expire_take_over", breaks)
    with pytest.raises(RuntimeError):
        end_take_overs.run(at=later(days=1))
    assert take_overs_to_end(at=later(days=1)) == [first.pk]
    assert TakeOver.objects.get(pk=second.pk).state == TakeOverState.EXPIRED


def test_the_office_takes_back_what_it_is_asked_to_or_leaves_it(scene: Scene) -> None:
    share = scene.accepted()
    asked(scene, share, office=True)
    with pytest.raises(NotYourQueue):
        take_back_order(actor=scene.actor("mallory"), at=later(minutes=2), order=order_of(share))
    decline_take_back(actor=scene.actor("li"), at=later(minutes=2), order=order_of(share), reason="other")
    with pytest.raises(TakeOverOver):
        take_back_order(actor=scene.actor("li"), at=later(minutes=3), order=order_of(share))
    asked(scene, share, office=True, at=later(minutes=4))
    order = take_back_order(actor=scene.actor("li"), at=later(minutes=5), order=order_of(share))
    assert (order.state, fresh(share).state) == (OrderState.ADMITTED, AssignmentState.RELEASED)
    assert not order.parties.filter(until=None, team=scene.team).exists()


@pytest.mark.parametrize("who", ["wang", "zhou"])
def test_a_share_that_ends_drops_the_request(scene: Scene, who: str) -> None:
    share = scene.accepted()
    request = asked(scene, share)
    if who == "wang":
        release_order(actor=scene.actor("wang"), at=later(minutes=2), assignment=fresh(share), reason="other")
    else:
        cancel_order(actor=scene.actor("zhou"), at=later(minutes=2), order=order_of(share))
    assert TakeOver.objects.get().state == TakeOverState.DROPPED
    assert "take_over_withdrawn" in kinds_told(scene, "sun")
    with pytest.raises(TakeOverOver):
        accept_take_over(actor=scene.actor("sun"), at=later(minutes=3), asked=request)


def test_a_request_must_make_sense(scene: Scene) -> None:
    share, wang = scene.accepted(), scene.actor("wang")
    good = {
        "assignment": fresh(share),
        "to_team": scene.other_team,
        "until": later(days=1),
        "reason": "other",
    }
    for changed, error in (
        ({"to_team": scene.team}, SameTeam),
        ({"until": later(minutes=1)}, TakeOverTimeRefused),
        ({"until": later(days=15)}, TakeOverTimeRefused),
        ({"reason": "expired"}, ReasonMissing),
    ):
        with pytest.raises(error):
            ask_take_over(actor=wang, at=later(), **{**good, **changed})  # type: ignore[arg-type] # one part differs
    Team.objects.filter(pk=scene.other_team.pk).update(state="paused")
    with pytest.raises(TeamDoesNotServe):
        ask_take_over(actor=wang, at=later(), **good)  # type: ignore[arg-type] # as above
    with pytest.raises(NotYourTeam):
        ask_take_over(actor=scene.actor("sun"), at=later(), **good)  # type: ignore[arg-type] # as above
    offered = scene.offered()
    with pytest.raises(NotYoursNow):
        asked(scene, offered)


def test_who_comes_second_is_told_and_nothing_moves_twice(scene: Scene) -> None:
    share = scene.accepted()
    stale = fresh(share)
    request = asked(scene, share)
    with pytest.raises(OrderMovedOn):
        release_order(actor=scene.actor("wang"), at=later(minutes=2), assignment=stale, reason="other")
    accept_take_over(actor=scene.actor("sun"), at=later(minutes=3), asked=request)
    with pytest.raises(TakeOverOver):
        accept_take_over(actor=scene.actor("sun"), at=later(minutes=4), asked=request)
    assert order_of(share).assignments.filter(state="accepted").count() == 1


def test_an_answered_request_is_never_changed(scene: Scene) -> None:
    request = asked(scene, scene.accepted())
    withdraw_take_over(actor=scene.actor("wang"), at=later(minutes=2), asked=request)
    with pytest.raises(IntegrityError, match="answered once"), transaction.atomic():
        TakeOver.objects.filter(pk=request.pk).update(state=TakeOverState.OPEN, ended_at=None)


def test_two_leaders_do_it_on_their_boards(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    read_pages_at(monkeypatch, later(minutes=5))
    for module in ("board", "passing"):
        monkeypatch.setattr(f"sidan.orders.views.{module}.now", lambda: later(minutes=5))
    share = scene.accepted()
    wang, sun = browser(scene, "wang"), browser(scene, "sun")
    ask_url = reverse("orders:ask_take_over", args=[share.uuid])
    assert wang.post(ask_url, {"once": once()}).status_code == 422
    data = {
        "ask-to": str(scene.other_team.uuid), "ask-hours": "24", "ask-reason": "no_people",
        "ask-words": "请早点打电话 12900000000，周桂英住城北路 1 号", "once": once(),
    }  # fmt: skip
    assert "孙立家电队 was asked" in sent(wang, ask_url, data)
    board = text_of(sun.get(reverse("orders:board")))
    assert "城北义剪队 asks 孙立家电队" in board
    assert "请早点打电话" in board
    assert [found for found in ("12900000000", "周桂英", "城北路 1 号") if found in board] == []
    queue = reverse("orders:queue_order", args=[share.order.uuid])
    assert "城北义剪队 asks 孙立家电队" in text_of(browser(scene, "li").get(queue))
    watched = text_of(browser(scene, "supervisor").get(queue))
    assert "请早点打电话" in watched
    assert [found for found in ("12900000000", "周桂英", "城北路 1 号") if found in watched] == []
    request = TakeOver.objects.get()
    assert "Please call the resident" in sent(
        sun, reverse("orders:take_over", args=[request.uuid]), {"once": once()}
    )
    assert wang.get(reverse("orders:card", args=[share.uuid])).status_code == 303
    assert take_overs_asked(team_ids=[scene.other_team.pk], at=later(minutes=6)) == []
    assert "孙立家电队 took the order over" in text_of(
        browser(scene, "zhou").get(f"/orders/{share.order.number}/")
    )


def test_the_office_answers_in_its_drawer(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("acts", "passing"):
        monkeypatch.setattr(f"sidan.orders.views.{module}.now", lambda: later(minutes=5))
    share, li = scene.accepted(), browser(scene, "li")
    asked(scene, share, office=True)
    leave, take_back = (
        reverse(f"orders:{verb}", args=[share.order.uuid]) for verb in ("leave_with_team", "take_back")
    )
    assert li.post(leave, {"once": once()}).status_code == 422
    assert "keeps the order" in sent(li, leave, {"keep-reason": "other", "once": once()})
    asked(scene, share, office=True, at=later(minutes=4))
    assert "Admitted, finding a team" in sent(li, take_back, {"once": once()})
