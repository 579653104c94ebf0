"""An order split among teams: each part walks as an order would, and the order stands where its parts let it."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from sidan.catalogue.models import Category, TeamService
from sidan.catalogue.operations import write_result_template
from sidan.catalogue.policies import ResultField
from sidan.core.actor import SYSTEM
from sidan.notify.models import Notice
from sidan.orders.enums import OrderState
from sidan.orders.models import Assignment, TakeOver, VisitCount, WorkPart
from sidan.orders.operations import (
    BadResults,
    OrderMovedOn,
    PartWish,
    Report,
    accept_order,
    accept_take_over,
    ask_take_over,
    cancel_order,
    change_order,
    decline_order,
    dispatch_order,
    expire_offer,
    give_up,
    join_order,
    leave_out_part,
    open_call,
    reopen_after_review,
    reopen_order,
    report_visit,
    review_order,
    send_down_order,
    split_order,
    take_back_order,
    withdraw_offer,
)
from sidan.orders.operations.changing import Change
from sidan.orders.operations.handling import NoOfferToWithdraw, ReasonMissing, TeamDoesNotServe, TeamHasPart
from sidan.orders.operations.passing import SeveralAsk
from sidan.orders.operations.splitting import (
    NotSplit,
    PartNamesSomebody,
    PartsRefused,
    SplitAlready,
)
from sidan.orders.operations.standing import PartDone, PartMissing, PartsTaken
from sidan.orders.permissions import NotYourQueue
from sidan.orders.queries import NoOpenOffer, open_take_overs
from tests.orders.browsing import browser, once, sent, text_of
from tests.orders.scene import AT, Scene, later
from tests.orders.splits import broken, divided, fresh, offered, served, share_of, taken, visit_of


def test_two_teams_do_their_parts_and_the_review_covers_the_order(scene: Scene) -> None:
    order, (hair, lamp) = divided(scene)
    taken(scene, order, hair)
    assert fresh(order).state == OrderState.ADMITTED, "a part still waits for a team"
    offered(scene, order, lamp, other=True)
    assert fresh(order).state == OrderState.DISPATCHED
    accept_order(actor=scene.actor("sun"), at=later(minutes=3), assignment=share_of(lamp))
    assert fresh(order).state == OrderState.ACCEPTED
    served(scene, hair, "wang")
    assert fresh(order).state == OrderState.ACCEPTED, "the other team has not agreed on a time"
    kinds = Notice.objects.filter(account=scene.accounts["zhou"]).values_list("kind", flat=True)
    assert "order_part_done" in kinds
    assert "order_done" not in kinds
    served(scene, lamp, "sun")
    assert fresh(order).state == OrderState.DONE
    assert "order_done" in kinds.all()
    review_order(
        actor=scene.actor("zhou"), at=later(hours=3), order=fresh(order), outcome="done", stars=5, words=""
    )
    assert fresh(order).state == OrderState.CLOSED
    for leader in ("wang", "sun"):
        assert Notice.objects.filter(account=scene.accounts[leader], kind="order_reviewed").exists()
    assert broken() == set()
    reopen_order(actor=scene.actor("li"), at=later(hours=4), order=fresh(order))
    assert not order.parts.filter(ended_at=None).exists(), "what is opened again begins whole"


def test_a_failed_part_returns_while_the_other_goes_on(scene: Scene) -> None:
    order, (hair, lamp) = divided(scene)
    taken(scene, order, hair)
    taken(scene, order, lamp, other=True)
    give_up(actor=scene.actor("sun"), at=later(minutes=5), assignment=share_of(lamp), reason="no_skill")
    lamp.refresh_from_db()
    assert (fresh(order).state, lamp.state) == (OrderState.ADMITTED, OrderState.FAILED)
    served(scene, hair, "wang")
    assert fresh(order).state == OrderState.FAILED, "nothing is open any more, and not all of it is done"
    again = taken(scene, order, lamp, other=True)
    assert (fresh(order).state, again.standing) == (OrderState.ACCEPTED, OrderState.ACCEPTED)
    assert broken() == set()


def test_the_other_team_goes_on_while_one_declines_or_passes_on(scene: Scene) -> None:
    order, (hair, lamp) = divided(scene)
    taken(scene, order, hair)
    share = offered(scene, order, lamp, other=True)
    decline_order(actor=scene.actor("sun"), at=later(minutes=4), assignment=share, reason="no_people")
    assert fresh(order).state == OrderState.ADMITTED
    request = ask_take_over(
        actor=scene.actor("wang"), at=later(minutes=5), assignment=share_of(hair), to_team=scene.other_team,
        until=later(days=1), reason="no_people",
    )  # fmt: skip
    moved = accept_take_over(actor=scene.actor("sun"), at=later(minutes=6), asked=request)
    assert moved.part_id == hair.pk
    assert share_of(hair).team_id == scene.other_team.pk
    with pytest.raises(TeamHasPart):
        offered(scene, order, lamp, other=True)


def asked_of_office(scene: Scene, leader: str, part: WorkPart) -> TakeOver:
    return ask_take_over(
        actor=scene.actor(leader), at=later(minutes=5), assignment=share_of(part), to_team=None,
        until=later(days=1), reason="no_people",
    )  # fmt: skip


def test_the_office_answers_each_of_two_teams_that_ask(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("acts", "passing"):
        monkeypatch.setattr(f"sidan.orders.views.{module}.now", lambda: later(minutes=6))
    order, (hair, lamp) = divided(scene)
    for part, other in ((hair, False), (lamp, True)):
        taken(scene, order, part, other=other)
    first, second = asked_of_office(scene, "wang", hair), asked_of_office(scene, "sun", lamp)
    with pytest.raises(SeveralAsk):
        take_back_order(actor=scene.actor("li"), at=later(minutes=6), order=fresh(order))
    li = browser(scene, "li")
    page = text_of(li.get(reverse("orders:queue_order", args=[order.uuid])))
    for part, team in ((hair, scene.team), (lamp, scene.other_team)):
        assert f"{part.shown_title} {team.name} asks the office to take this order back" in page
    leave = reverse("orders:leave_with_team", args=[order.uuid])
    empty = li.post(leave, {"asked": str(second.uuid), "once": once()})
    assert (empty.status_code, empty.content.decode().count('<details class="panel" open>')) == (422, 1)
    assert li.post(leave, {"keep-reason": "other", "asked": "soon", "once": once()}).status_code == 404
    sent(li, reverse("orders:take_back", args=[order.uuid]), {"asked": str(second.uuid), "once": once()})
    assert (share_of(lamp).state, share_of(hair).state) == ("released", "accepted")
    assert list(open_take_overs(order=order)) == [first]
    sent(li, leave, {"keep-reason": "other", "asked": str(first.uuid), "once": once()})
    assert (share_of(hair).state, open_take_overs(order=order).exists()) == ("accepted", False)


def test_an_order_is_split_and_joined_only_while_no_team_has_a_part(scene: Scene) -> None:
    order, (hair, _lamp) = divided(scene)
    li, kind = scene.actor("li"), scene.project.category
    two = [PartWish("一", kind), PartWish("二", kind)]
    with pytest.raises(SplitAlready):
        split_order(actor=li, at=later(minutes=2), order=fresh(order), parts=two)
    with pytest.raises(PartMissing):
        dispatch_order(actor=li, at=later(minutes=2), order=fresh(order), team=scene.team)
    with pytest.raises(PartMissing):
        open_call(
            actor=li, at=later(), order=fresh(order), area=scene.center, way="first_come", until=later(days=1)
        )
    join_order(actor=li, at=later(minutes=2), order=fresh(order))
    with pytest.raises(NotSplit):
        join_order(actor=li, at=later(minutes=2), order=fresh(order))
    with pytest.raises(OrderMovedOn):
        offered(scene, order, hair)
    for bad in (two[:1], two * 4, [PartWish(" ", kind), two[0]], [PartWish("多", kind, 999), two[0]]):
        with pytest.raises(PartsRefused):
            split_order(actor=li, at=later(minutes=3), order=fresh(order), parts=bad)
    with pytest.raises(NotYourQueue):
        split_order(actor=scene.actor("mallory"), at=later(minutes=3), order=fresh(order), parts=two)
    hair, _lamp = split_order(actor=li, at=later(minutes=3), order=fresh(order), parts=two)
    offered(scene, order, hair)
    for whole in (
        lambda: join_order(actor=li, at=later(minutes=4), order=fresh(order)),
        lambda: change_order(
            actor=scene.actor("zhou"), at=later(minutes=4), order=fresh(order), change=Change(people_needed=3)
        ),
    ):
        with pytest.raises(PartsTaken):
            whole()
    withdraw_offer(actor=li, at=later(minutes=5), order=fresh(order), part=hair)
    assert join_order(actor=li, at=later(minutes=6), order=fresh(order)).state == OrderState.ADMITTED


def test_a_part_is_served_by_its_own_kind_and_by_one_team(scene: Scene) -> None:
    order, (hair, lamp) = divided(scene)
    scene.team.services.all().delete()
    with pytest.raises(TeamDoesNotServe):
        offered(scene, order, hair)
    offered(scene, order, hair, other=True)
    with pytest.raises(OrderMovedOn):
        offered(scene, order, hair, other=True)
    with pytest.raises(IntegrityError, match="orders_one_team_has_a_part"), transaction.atomic():
        Assignment.objects.create(order=order, part=hair, team=scene.team, state="offered", offered_at=AT)
    order = scene.admitted()
    Assignment.objects.create(order=order, team=scene.team, state="offered", offered_at=AT)
    with pytest.raises(IntegrityError, match="orders_one_team_has_all_of_it"), transaction.atomic():
        Assignment.objects.create(order=order, team=scene.other_team, state="accepted", offered_at=AT)
    assert lamp.state == OrderState.ADMITTED


def test_a_part_is_reported_by_its_own_kind_of_service(scene: Scene) -> None:
    kind = Category.objects.create(code="lamps", name="修电灯")
    TeamService.objects.create(team=scene.other_team, category=kind, area=scene.center)
    asked = ResultField("mended", "number", "修好几盏", is_required=True)
    write_result_template(actor=SYSTEM, at=AT, code="lamps", fields=[asked])
    order = scene.admitted()
    wishes = [PartWish("剪头发", scene.project.category), PartWish("修电灯", kind)]
    hair, lamp = split_order(actor=scene.actor("li"), at=later(minutes=1), order=order, parts=wishes)
    taken(scene, order, hair)
    taken(scene, order, lamp, other=True)
    served(scene, hair, "wang")
    with pytest.raises(BadResults):
        served(scene, lamp, "sun")
    report_visit(
        actor=scene.actor("sun"),
        at=later(hours=2),
        visit=visit_of(lamp),
        report=Report(results={"mended": 2}),
    )
    counted = VisitCount.objects.get()
    assert (counted.template.category_id, counted.amount) == ("lamps", 2)
    assert fresh(order).state == OrderState.DONE


def test_a_part_nobody_can_do_is_left_out_and_the_rest_counts(scene: Scene) -> None:
    order, (hair, lamp) = divided(scene)
    li = scene.actor("li")
    taken(scene, order, hair)
    with pytest.raises(OrderMovedOn):
        leave_out_part(actor=li, at=later(minutes=5), order=fresh(order), part=hair, reason="no_people")
    with pytest.raises(ReasonMissing):
        leave_out_part(actor=li, at=later(minutes=5), order=fresh(order), part=lamp, reason="")
    served(scene, hair, "wang")
    assert fresh(order).state == OrderState.ADMITTED
    with pytest.raises(PartDone):
        cancel_order(actor=scene.actor("zhou"), at=later(hours=3), order=fresh(order))
    with pytest.raises(NotYourQueue):
        leave_out_part(
            actor=scene.actor("mallory"), at=later(hours=3), order=fresh(order), part=lamp, reason="no_people"
        )
    leave_out_part(actor=li, at=later(hours=3), order=fresh(order), part=lamp, reason="no_skill")
    lamp.refresh_from_db()
    assert (fresh(order).state, lamp.state) == (OrderState.DONE, OrderState.CANCELLED)
    page = text_of(browser(scene, "zhou").get(f"/orders/{order.number}/"))
    assert "Nobody comes for this part." in page
    assert "修电灯 · The skill is missing" in page
    review_order(
        actor=scene.actor("zhou"), at=later(hours=4), order=fresh(order), outcome="half", stars=3, words=""
    )
    assert broken() == set()


def test_an_order_of_which_all_is_left_out_could_not_be_done(scene: Scene) -> None:
    order, parts = divided(scene)
    for part in parts:
        leave_out_part(
            actor=scene.actor("li"), at=later(minutes=5), order=fresh(order), part=part, reason="no_people"
        )
    assert fresh(order).state == OrderState.FAILED
    assert join_order(actor=scene.actor("li"), at=later(minutes=6), order=fresh(order)).state == "failed"


def test_what_is_cancelled_or_told_not_well_is_over_in_all_its_parts(scene: Scene) -> None:
    order, (hair, lamp) = divided(scene)
    taken(scene, order, hair)
    offered(scene, order, lamp, other=True)
    cancel_order(actor=scene.actor("zhou"), at=later(minutes=9), order=fresh(order))
    assert not order.parts.filter(ended_at=None).exists()
    assert not Assignment.objects.filter(order=order, state__in=["offered", "accepted"]).exists()
    order, (hair, lamp) = divided(scene)
    for part, leader in ((hair, "wang"), (lamp, "sun")):
        taken(scene, order, part, other=leader == "sun")
        served(scene, part, leader)
    review_order(
        actor=scene.actor("zhou"), at=later(hours=3), order=fresh(order), outcome="done", stars=5, words=""
    )
    reopen_after_review(at=later(hours=4), order=fresh(order))
    assert not order.parts.filter(ended_at=None).exists()
    assert broken() == set()


def test_the_place_hands_a_split_order_on_while_a_team_keeps_its_part(scene: Scene) -> None:
    order, (hair, lamp) = divided(scene)
    taken(scene, order, hair)
    since = fresh(order).state_since
    send_down_order(
        actor=scene.actor("li"), at=later(minutes=8), order=fresh(order), to=scene.town, reason="nearer"
    )
    assert fresh(order).holder_place_id == scene.town.pk
    assert fresh(order).state_since == since, "that a team took its part does not make the order wait anew"
    served(scene, hair, "wang")
    assert lamp.state == OrderState.ADMITTED


def test_a_part_names_nobody(scene: Scene) -> None:
    kind = scene.project.category
    parts = [PartWish("打 12000000001", kind), PartWish("修灯", kind)]
    with pytest.raises(PartNamesSomebody):
        split_order(actor=scene.actor("li"), at=later(minutes=1), order=scene.admitted(), parts=parts)


def test_two_teams_that_act_at_the_same_moment_do_not_trip_over_each_other(scene: Scene) -> None:
    order, (hair, lamp) = divided(scene)
    first, second = offered(scene, order, hair), offered(scene, order, lamp, other=True)
    # Both have read the order before either acts.
    assert first.order.turn < second.order.turn
    first = share_of(hair)
    assert first.order.turn == second.order.turn
    accept_order(actor=scene.actor("wang"), at=later(minutes=3), assignment=first)
    accept_order(actor=scene.actor("sun"), at=later(minutes=3), assignment=second)
    assert fresh(order).state == OrderState.ACCEPTED
    with pytest.raises((OrderMovedOn, NoOpenOffer)):
        accept_order(actor=scene.actor("sun"), at=later(minutes=3), assignment=second)


def test_when_the_time_to_answer_is_over_the_offer_of_that_part_is_taken_back(scene: Scene) -> None:
    order, (hair, lamp) = divided(scene)
    for part, other in ((hair, False), (lamp, True)):
        offered(scene, order, part, other=other)
    with pytest.raises(NoOfferToWithdraw):
        expire_offer(at=later(days=2), order=fresh(order))
    expire_offer(at=later(days=2), order=fresh(order), part=hair)
    assert fresh(order).state == OrderState.ADMITTED
    assert [share_of(part).state for part in (hair, lamp)] == ["withdrawn", "offered"]
    with pytest.raises(NoOfferToWithdraw):
        expire_offer(at=later(days=2), order=fresh(order), part=hair)
    assert broken() == set()
