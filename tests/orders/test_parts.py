"""An order split among teams: each part walks as an order would, and the order stands where its parts let it."""

from itertools import product

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from sidan.attendance.operations import Proof
from sidan.catalogue.models import Category, TeamService
from sidan.catalogue.operations import write_result_template
from sidan.catalogue.policies import ResultField
from sidan.core.actor import SYSTEM
from sidan.core.soundness import look_at_all
from sidan.notify.models import Notice
from sidan.orders.enums import OrderState
from sidan.orders.models import Assignment, Order, TakeOver, Visit, VisitCount, WorkPart
from sidan.orders.operations import (
    BadResults,
    OrderMovedOn,
    PartWish,
    Report,
    accept_order,
    accept_take_over,
    admit_order,
    ask_take_over,
    cancel_order,
    change_order,
    check_in,
    check_out,
    decline_order,
    dispatch_order,
    expire_offer,
    give_up,
    join_order,
    leave_out_part,
    look_at_code,
    name_members,
    open_call,
    reopen_after_review,
    reopen_order,
    report_visit,
    review_order,
    schedule_visit,
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
    PrivatePartHasNoWords,
    SplitAlready,
)
from sidan.orders.operations.standing import PartDone, PartMissing, PartsTaken
from sidan.orders.permissions import NotYourQueue
from sidan.orders.policies import MOST_PARTS
from sidan.orders.queries import NoOpenOffer, open_take_overs
from sidan.orders.states import state_of_parts
from sidan.orders.telling import where_it_stands
from sidan.orders.words import SPLIT_STANDS
from sidan.people.models import Person, TeamMember
from tests.orders.browsing import browser, once, sent, text_of
from tests.orders.scene import AT, SINCE, Scene, later

STANDINGS = ("admitted", "dispatched", "accepted", "scheduled", "under_way", "done", "failed", "cancelled")
HAND = Proof(way="hand", reason_code="other")

TABLE = [
    (("admitted", "admitted"), "admitted"),
    (("dispatched", "admitted"), "admitted"),
    (("dispatched", "dispatched"), "dispatched"),
    (("accepted", "dispatched"), "dispatched"),
    (("accepted", "admitted"), "admitted"),
    (("accepted", "accepted"), "accepted"),
    (("scheduled", "accepted"), "accepted"),
    (("scheduled", "scheduled"), "scheduled"),
    (("under_way", "admitted"), "under_way"),
    (("under_way", "failed"), "under_way"),
    (("under_way", "done"), "under_way"),
    (("done", "scheduled"), "scheduled"),
    (("done", "accepted"), "accepted"),
    (("done", "done"), "done"),
    (("failed", "accepted"), "admitted"),
    (("failed", "scheduled"), "admitted"),
    (("failed", "done"), "failed"),
    (("failed", "failed"), "failed"),
    (("cancelled", "done"), "done"),
    (("cancelled", "accepted"), "accepted"),
    (("cancelled", "failed"), "failed"),
    (("cancelled", "cancelled"), "failed"),
]


@pytest.mark.parametrize(("standings", "state"), TABLE)
def test_the_state_of_an_order_follows_from_its_parts(standings: tuple[str, str], state: str) -> None:
    assert state_of_parts(standings) == state
    assert state_of_parts(standings[::-1]) == state


def test_an_order_without_parts_stands_for_itself() -> None:
    with pytest.raises(ValueError, match="without parts"):
        state_of_parts([])


@given(st.lists(st.sampled_from(STANDINGS), min_size=1, max_size=6), st.randoms())
def test_whatever_the_parts_the_rules_hold(standings: list[str], chance: object) -> None:
    state = state_of_parts(standings)
    assert state_of_parts(sorted(standings)) == state, "the order of the parts says nothing"
    assert state_of_parts(standings * 2) == state, "nor how many stand alike"
    assert (state == "under_way") == ("under_way" in standings)
    counted = set(standings) - {"cancelled"}
    assert (state == "done") == (counted == {"done"})
    assert (state == "failed") == (counted <= {"done", "failed"} and counted != {"done"})
    if state in {"accepted", "scheduled"}:
        assert not {"admitted", "dispatched", "failed"} & set(standings), "somebody has every part"
    if standings[0] != "cancelled":
        assert state_of_parts([standings[0], "cancelled"]) == standings[0], "one alone decides"


def test_every_pair_has_an_answer_that_an_order_may_have() -> None:
    assert {state_of_parts(pair) for pair in product(STANDINGS, repeat=2)} == set(STANDINGS) - {"cancelled"}


def divided(scene: Scene) -> tuple[Order, list[WorkPart]]:
    order = scene.admitted()
    kind = scene.project.category
    wishes = [PartWish("剪头发", kind, 2), PartWish("修电灯", kind)]
    return order, split_order(actor=scene.actor("li"), at=later(minutes=1), order=order, parts=wishes)


def fresh(order: Order) -> Order:
    return Order.unscoped.get(pk=order.pk)


def share_of(part: WorkPart) -> Assignment:
    rows = Assignment.objects.select_related("order", "team", "part")
    return rows.filter(part=part).order_by("-id")[0]


def offered(scene: Scene, order: Order, part: WorkPart, *, other: bool = False) -> Assignment:
    team = scene.other_team if other else scene.team
    dispatch_order(actor=scene.actor("li"), at=later(minutes=2), order=fresh(order), team=team, part=part)
    return share_of(part)


def taken(scene: Scene, order: Order, part: WorkPart, *, other: bool = False) -> Assignment:
    share = offered(scene, order, part, other=other)
    accept_order(actor=scene.actor("sun" if other else "wang"), at=later(minutes=3), assignment=share)
    return share_of(part)


def served(scene: Scene, part: WorkPart, leader: str) -> None:
    """The leader goes alone, comes, leaves and reports."""
    actor, person = scene.actor(leader), Person.unscoped.get(account=scene.accounts[leader])
    TeamMember.objects.get_or_create(team=share_of(part).team, person=person, defaults={"joined_on": SINCE})
    name_members(actor=actor, at=later(minutes=4), assignment=share_of(part), person_uuids=[person.uuid])
    schedule_visit(
        actor=actor, at=later(minutes=5), assignment=share_of(part), planned_from=later(hours=1),
        planned_to=later(hours=2),
    )  # fmt: skip
    for minutes, mark in ((60, check_in), (90, check_out)):
        mark(actor=actor, at=later(minutes=minutes), visit=_visit(part), proof=HAND)
    report_visit(actor=actor, at=later(hours=2), visit=_visit(part), report=Report(words="好了"))


def _visit(part: WorkPart) -> Visit:
    rows = Visit.objects.select_related("assignment__order", "assignment__part", "assignment__team", "cause")
    return rows.get(assignment__part=part, state__in=["planned", "under_way"])


def broken() -> set[str]:
    return {kept.rule.code for kept in look_at_all() if kept.broken}


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
        actor=scene.actor("sun"), at=later(hours=2), visit=_visit(lamp), report=Report(results={"mended": 2})
    )
    counted = VisitCount.objects.get()
    assert (counted.template.category_id, counted.amount) == ("lamps", 2)
    assert fresh(order).state == OrderState.DONE


def test_the_dispatcher_splits_and_dispatches_in_the_drawer(scene: Scene) -> None:
    order, li = scene.admitted(), browser(scene, "li")
    here = reverse("orders:queue_order", args=[order.uuid])
    data = {
        f"split-{name}_{nth}": value
        for nth in (1, 2, 3)
        for name, value in (("category", "hair"), ("people", "1"))
    }
    split = reverse("orders:split", args=[order.uuid])
    assert li.post(split, {**data, "split-words_1": "剪头发", "once": once()}).status_code == 422
    words = {"split-words_1": "剪头发", "split-words_2": "修电灯", "once": once()}
    assert "修电灯" in sent(li, split, {**data, **words})
    hair = order.parts.get(words="剪头发")
    dispatch = {"team": str(scene.team.uuid), "part": str(hair.uuid), "once": once()}
    assert "城北义剪队" in sent(li, reverse("orders:dispatch", args=[order.uuid]), dispatch)
    accept_order(actor=scene.actor("wang"), at=later(minutes=3), assignment=share_of(hair))
    assert "剪头发" in text_of(browser(scene, "wang").get(reverse("orders:board")))
    card = text_of(browser(scene, "wang").get(reverse("orders:card", args=[share_of(hair).uuid])))
    assert "Your part 剪头发" in card
    page = text_of(browser(scene, "zhou").get(f"/orders/{order.number}/"))
    assert "Who does what" in page
    assert "城北义剪队" in page
    assert "We are finding a team." in page
    drawer = text_of(li.get(here))
    assert "Find a team for “修电灯”" in drawer
    assert "Undo the split" not in drawer, "a team has a part"


def test_the_form_splits_into_as_many_parts_as_the_rule_allows(scene: Scene) -> None:
    order, li = scene.admitted(), browser(scene, "li")
    page = li.get(reverse("orders:queue_order", args=[order.uuid])).content.decode()
    assert page.count('name="split-words_') == MOST_PARTS
    named = ("words", "category", "people")
    data = {
        f"split-{name}_{nth}": value
        for nth in range(1, MOST_PARTS + 1)
        for name, value in zip(named, (f"第{nth}件事", "hair", "1"), strict=True)
    }
    assert "第6件事" in sent(li, reverse("orders:split", args=[order.uuid]), {**data, "once": once()})
    assert order.parts.count() == MOST_PARTS


def test_each_visit_of_a_split_order_has_its_own_code(scene: Scene) -> None:
    order, (hair, lamp) = divided(scene)
    taken(scene, order, hair)
    taken(scene, order, lamp, other=True)
    for part, leader in ((hair, "wang"), (lamp, "sun")):
        schedule_visit(
            actor=scene.actor(leader), at=later(minutes=5), assignment=share_of(part), planned_from=later(hours=1),
            planned_to=later(hours=2),
        )  # fmt: skip
    assert fresh(order).state == OrderState.SCHEDULED
    zhou = browser(scene, "zhou")
    page = zhou.get(f"/orders/{order.number}/").content.decode()
    for part in (hair, lamp):
        assert f"door-code-{part.uuid}" in page
        answer = zhou.get(f"/orders/{order.number}/code/?part={part.uuid}")
        assert answer.status_code == 200
    assert zhou.get(f"/orders/{order.number}/code/?part={order.uuid}").status_code == 204


def test_while_one_part_waits_the_other_has_its_code_and_its_times(scene: Scene) -> None:
    order, (hair, _lamp) = divided(scene)
    taken(scene, order, hair)
    here, li, zhou = f"/console/queue/{order.uuid}/", browser(scene, "li"), browser(scene, "zhou")
    assert "Tell the code at the door" not in text_of(li.get(here))
    schedule_visit(
        actor=scene.actor("wang"), at=later(minutes=5), assignment=share_of(hair), planned_from=later(hours=1),
        planned_to=later(hours=2),
    )  # fmt: skip
    assert fresh(order).state == OrderState.ADMITTED
    assert "Tell the code at the door" in text_of(li.get(here))
    served(scene, hair, "wang")
    assert fresh(order).state == OrderState.ADMITTED
    for page in (li.get(here), zhou.get(f"/orders/{order.number}/")):
        assert "Times to be confirmed" in text_of(page), (
            "what the leader wrote down waits for a second person"
        )


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


def test_of_a_private_order_a_part_is_its_kind_and_nobody_reads_more_before_accepting(scene: Scene) -> None:
    order = admit_order(actor=scene.actor("li"), at=AT, order=scene.placed(is_private=True))
    kind = scene.project.category
    with pytest.raises(PrivatePartHasNoWords):
        split_order(
            actor=scene.actor("li"), at=AT, order=order, parts=[PartWish("洗澡", kind), PartWish("", kind)]
        )
    hair, lamp = split_order(
        actor=scene.actor("li"), at=AT, order=fresh(order), parts=[PartWish("", kind), PartWish("", kind)]
    )
    share = offered(scene, order, hair)
    before = text_of(browser(scene, "wang").get(reverse("orders:card", args=[share.uuid])))
    assert "Your part" not in before
    accept_order(actor=scene.actor("wang"), at=later(minutes=3), assignment=share)
    after = text_of(browser(scene, "wang").get(reverse("orders:card", args=[share.uuid])))
    assert f"Your part {kind.name}" in after
    assert browser(scene, "sun").get(reverse("orders:card", args=[share.uuid])).status_code in {403, 404}
    assert lamp.shown_title == kind.name


def test_a_part_names_nobody(scene: Scene) -> None:
    kind = scene.project.category
    parts = [PartWish("打 12000000001", kind), PartWish("修灯", kind)]
    with pytest.raises(PartNamesSomebody):
        split_order(actor=scene.actor("li"), at=later(minutes=1), order=scene.admitted(), parts=parts)


def test_the_office_tells_the_code_of_every_visit(scene: Scene) -> None:
    order, (hair, lamp) = divided(scene)
    for part, leader in ((hair, "wang"), (lamp, "sun")):
        taken(scene, order, part, other=leader == "sun")
        schedule_visit(
            actor=scene.actor(leader), at=later(minutes=5), assignment=share_of(part),
            planned_from=later(hours=1), planned_to=later(hours=2),
        )  # fmt: skip
    told = look_at_code(actor=scene.actor("li"), at=later(minutes=30), order=fresh(order))
    assert [each.part for each in told] == [hair, lamp]
    assert len({each.digits for each in told}) == 2
    assert where_it_stands(fresh(order), at=later(minutes=30)) == str(SPLIT_STANDS["scheduled"])


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
