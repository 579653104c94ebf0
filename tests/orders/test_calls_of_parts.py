"""One part of an order that was split is put before all teams of an area; what concerns the others stays."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sidan.catalogue.models import Category, TeamService
from sidan.orders.enums import CallState, OrderState
from sidan.orders.models import OpenCall, Order, WorkPart
from sidan.orders.operations import (
    OrderMovedOn,
    PartWish,
    admit_order,
    apply_for_call,
    cancel_order,
    claim_call,
    end_call,
    open_call,
    pick_team,
    split_order,
)
from sidan.orders.operations.calling import (
    NobodyReached,
    NoCallToEnd,
    NotReached,
    PrivateIsNotCalled,
    YoursAlready,
)
from sidan.orders.operations.handling import TeamHasPart
from sidan.orders.permissions import NotYourQueue
from sidan.orders.queries import calls_for, parts_of
from tests.orders.browsing import browser, once, sent, text_of
from tests.orders.scene import AT, Scene, later
from tests.orders.splits import broken, divided, fresh, offered, share_of, taken


def called(scene: Scene, order: Order, part: WorkPart, *, way: str = "first_come") -> OpenCall:
    return open_call(
        actor=scene.actor("li"), at=later(minutes=2), order=fresh(order), part=part, area=scene.center, way=way,
        until=later(days=1),
    )  # fmt: skip


def test_the_first_team_takes_the_part_and_the_other_part_stays_with_its_team(scene: Scene) -> None:
    order, (hair, lamp) = divided(scene)
    taken(scene, order, lamp, other=True)
    call = called(scene, order, hair)
    hair.refresh_from_db()
    assert (hair.state, fresh(order).state) == (OrderState.DISPATCHED, OrderState.DISPATCHED)
    share = claim_call(actor=scene.actor("wang"), at=later(minutes=5), call=call, team=scene.team)
    hair.refresh_from_db()
    assert (share.part_id, hair.state, fresh(order).state) == (hair.pk, "accepted", "accepted")
    with pytest.raises(YoursAlready):
        claim_call(actor=scene.actor("wang"), at=later(minutes=6), call=call, team=scene.team)
    assert broken() == set()


def test_both_parts_are_called_at_once_and_one_team_takes_one_of_them(scene: Scene) -> None:
    order, (hair, lamp) = divided(scene)
    calls = [called(scene, order, hair), called(scene, order, lamp)]
    assert len(calls_for(team_ids=[scene.team.pk], at=later(minutes=3))) == 2
    claim_call(actor=scene.actor("wang"), at=later(minutes=5), call=calls[0], team=scene.team)
    with pytest.raises(TeamHasPart):
        claim_call(actor=scene.actor("wang"), at=later(minutes=6), call=calls[1], team=scene.team)
    assert calls_for(team_ids=[scene.team.pk], at=later(minutes=7)) == [], (
        "who has a part is not asked for another"
    )
    assert fresh(order).state == OrderState.DISPATCHED
    claim_call(actor=scene.actor("sun"), at=later(minutes=8), call=calls[1], team=scene.other_team)
    assert fresh(order).state == OrderState.ACCEPTED
    assert broken() == set()


def test_the_office_picks_who_fits_best_for_a_part(scene: Scene) -> None:
    order, (hair, _lamp) = divided(scene)
    call = called(scene, order, hair, way="best_fit")
    apply_for_call(
        actor=scene.actor("sun"), at=later(minutes=5), call=call, team=scene.other_team, words="顺路"
    )
    li = scene.actor("li")
    with pytest.raises(NoCallToEnd):
        pick_team(actor=li, at=later(minutes=6), order=fresh(order), team=scene.other_team)
    with pytest.raises(NotYourQueue):
        pick_team(
            actor=scene.actor("mallory"),
            at=later(minutes=6),
            order=fresh(order),
            team=scene.other_team,
            part=hair,
        )
    share = pick_team(actor=li, at=later(minutes=6), order=fresh(order), team=scene.other_team, part=hair)
    assert (share.part_id, share_of(hair).team_id) == (hair.pk, scene.other_team.pk)
    assert broken() == set()


def test_a_call_of_a_part_is_ended_alone_and_with_a_cancelled_order(scene: Scene) -> None:
    order, (hair, lamp) = divided(scene)
    first, second = called(scene, order, hair), called(scene, order, lamp)
    with pytest.raises(OrderMovedOn):
        called(scene, order, hair)
    end_call(actor=scene.actor("li"), at=later(minutes=5), order=fresh(order), part=hair)
    hair.refresh_from_db()
    first.refresh_from_db()
    second.refresh_from_db()
    assert (hair.state, first.state, second.state) == ("admitted", CallState.ENDED, CallState.OPEN)
    assert fresh(order).state == OrderState.ADMITTED
    offered(scene, order, hair)
    cancel_order(actor=scene.actor("zhou"), at=later(minutes=6), order=fresh(order))
    second.refresh_from_db()
    assert second.state == CallState.ENDED
    assert broken() == set()


def test_who_is_asked_follows_the_kind_of_the_part(scene: Scene) -> None:
    kind = Category.objects.create(code="lamps", name="修电灯")
    order = scene.admitted()
    wishes = [PartWish("剪头发", scene.project.category), PartWish("修电灯", kind)]
    _hair, lamp = split_order(actor=scene.actor("li"), at=later(minutes=1), order=order, parts=wishes)
    with pytest.raises(NobodyReached):
        called(scene, order, lamp)
    TeamService.objects.create(team=scene.other_team, category=kind, area=scene.center)
    call = called(scene, order, lamp)
    with pytest.raises(NotReached):
        claim_call(actor=scene.actor("wang"), at=later(minutes=5), call=call, team=scene.team)
    [told] = calls_for(team_ids=[scene.other_team.pk], at=later(minutes=5))
    assert (told.call.pk, told.call.work.category_id) == (call.pk, "lamps")
    assert calls_for(team_ids=[scene.team.pk], at=later(minutes=5)) == []


def test_of_a_part_one_call_is_open_at_a_time(scene: Scene) -> None:
    order, (hair, _lamp) = divided(scene)
    called(scene, order, hair)
    with pytest.raises(IntegrityError, match="orders_one_call_of_a_part"), transaction.atomic():
        OpenCall.objects.create(
            order=order, part=hair, area=scene.center, way="first_come", until=later(days=1), opened_at=AT
        )
    order = admit_order(actor=scene.actor("li"), at=AT, order=scene.placed(is_private=True))
    kind = scene.project.category
    parts = split_order(
        actor=scene.actor("li"), at=AT, order=fresh(order), parts=[PartWish("", kind), PartWish("", kind)]
    )
    with pytest.raises(PrivateIsNotCalled):
        called(scene, order, parts[0])


def test_the_dispatcher_calls_picks_and_stops_in_the_drawer(scene: Scene) -> None:
    order, (hair, lamp) = divided(scene)
    li, address = browser(scene, "li"), {name: reverse(f"orders:{name}", args=[order.uuid]) for name in (
        "queue_order", "call", "pick", "end_call")}  # fmt: skip
    part = {"part": str(hair.uuid)}
    asked = {"call-way": "best_fit", "call-area": str(scene.center.uuid), "call-hours": "24"}
    assert "Ask all teams openly for “剪头发”" in text_of(li.get(address["queue_order"]))
    refused = li.post(address["call"], {**part, "once": once()}, headers={"HX-Request": "true"})
    assert (refused.status_code, OpenCall.objects.count()) == (422, 0)
    assert "Teams asked openly" in sent(li, address["call"], {**part, **asked, "once": once()})
    call = OpenCall.objects.get()
    sun = browser(scene, "sun")
    offer = {"team": str(scene.other_team.uuid), "words": "顺路", "once": once()}
    assert "剪头发" in sent(sun, reverse("orders:apply", args=[call.uuid]), offer)
    assert "顺路" in text_of(li.get(address["queue_order"]))
    assert "Teams asked openly" in text_of(browser(scene, "zhou").get(f"/orders/{order.number}/"))
    picked = {**part, "team": str(scene.other_team.uuid), "once": once()}
    assert scene.other_team.name in sent(li, address["pick"], picked)
    assert share_of(hair).team_id == scene.other_team.pk
    sent(li, address["call"], {**asked, "part": str(lamp.uuid), "once": once()})
    told = sent(li, address["end_call"], {"part": str(lamp.uuid), "once": once()})
    assert "Find a team for “修电灯”" in told


def test_over_the_api_a_part_is_called_picked_and_ended(scene: Scene) -> None:
    order, (hair, lamp) = divided(scene)
    li, base = browser(scene, "li"), f"/api/v1/orders/{order.number}"

    def post(verb: str, **data: object) -> int:
        return li.post(f"{base}/{verb}", data, content_type="application/json").status_code

    asked = {"area": str(scene.center.uuid), "way": "best_fit", "until": later(days=1).isoformat()}
    for part in (hair, lamp):
        open_call(
            actor=scene.actor("li"), at=AT, order=fresh(order), part=part, area=scene.center, way="best_fit",
            until=later(days=1),
        )  # fmt: skip
    assert post("call", **asked, part=str(hair.uuid)) in {409, 422}
    call = hair.calls.get()
    apply_for_call(
        actor=scene.actor("sun"), at=later(minutes=5), call=call, team=scene.other_team, words="顺路"
    )
    assert len(li.get(f"{base}/offers?part={hair.uuid}").json()) == 1
    assert li.get(f"{base}/offers?part={lamp.uuid}").json() == []
    assert post("pick", team=str(scene.other_team.uuid), part=str(hair.uuid)) == 201
    assert post("end-call", part=str(lamp.uuid)) == 200
    parts = {part["words"]: part for part in li.get(base).json()["parts"]}
    assert (parts["剪头发"]["state"], parts["修电灯"]["state"]) == ("accepted", "admitted")
    assert parts["剪头发"]["due_at"]
    assert parts["修电灯"]["called_until"] is None


def test_over_the_api_a_team_reads_its_own_part(scene: Scene) -> None:
    order, (hair, lamp) = divided(scene)
    taken(scene, order, hair)
    taken(scene, order, lamp, other=True)
    for name, words in (
        ("wang", ["剪头发"]),
        ("sun", ["修电灯"]),
        ("zhou", ["剪头发", "修电灯"]),
        ("li", ["剪头发", "修电灯"]),
    ):
        read = browser(scene, name).get(f"/api/v1/orders/{order.number}")
        assert [part["words"] for part in read.json()["parts"]] == words, name


@pytest.mark.parametrize("parts", [2, 4])
def test_however_many_parts_and_calls_they_are_read_in_as_many_queries(scene: Scene, parts: int) -> None:
    kind, order = scene.project.category, scene.admitted()
    wishes = [PartWish(f"第{nth}样", kind) for nth in range(1, parts + 1)]
    made = split_order(actor=scene.actor("li"), at=later(minutes=1), order=order, parts=wishes)
    taken(scene, order, made[0])
    for part in made[1:]:
        called(scene, order, part)
    with CaptureQueriesContext(connection) as asked:
        shares = parts_of(order=order)
    assert [share.call is not None for share in shares] == [False] + [True] * (parts - 1)
    assert len(asked) == 5
