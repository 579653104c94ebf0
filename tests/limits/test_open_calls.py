"""The clock of an open call: it lasts as long as the call, reminds the teams at half, and ends it as the limit says."""

from datetime import timedelta
from typing import Any

import pytest

from sidan.core.actor import SYSTEM
from sidan.limits.models import Firing, Timer
from sidan.limits.operations import Terms, set_limit, start_missing_clocks
from sidan.limits.tasks import fire
from sidan.notify.models import Notice
from sidan.orders.enums import CallState, CallWay
from sidan.orders.models import OpenCall, Order
from sidan.orders.operations import apply_for_call, claim_call, open_call
from sidan.places.models import Place
from tests.orders.scene import AT, Scene, later


def called(scene: Scene, *, area: Place | None = None, way: CallWay = CallWay.FIRST_COME) -> OpenCall:
    """Put an order before all teams for two days."""
    order = scene.admitted()
    return open_call(
        actor=scene.actor("li"), at=AT, order=order, way=way, area=area or scene.center, until=later(days=2)
    )


def ends_with(scene: Scene, at_end: str, **more: Any) -> None:
    terms = Terms(24, "hours", "who_acts_and_office", at_end, **more)
    set_limit(actor=SYSTEM, at=AT, place=scene.center, step="accept", terms=terms, reason="试行")


def told(scene: Scene, name: str) -> list[str]:
    rows = Notice.objects.filter(account_id=scene.accounts[name]).order_by("id")
    return list(rows.values_list("kind", flat=True))


def test_the_clock_lasts_as_long_as_the_call(scene: Scene) -> None:
    order = Order.unscoped.get(pk=called(scene).order_id)
    assert (order.half_at, order.due_at) == (later(days=1), later(days=2))


def test_a_clock_that_was_missing_lasts_as_long_as_the_call(scene: Scene) -> None:
    order = Order.unscoped.get(pk=called(scene).order_id)
    Timer.objects.filter(order=order).update(ended_at=AT, next_at=None)
    Timer.objects.filter(order=order).exclude(effect="accept").update(ended_at=AT)
    Order.unscoped.filter(pk=order.pk).update(due_at=None, half_at=None)
    newest = Timer.objects.filter(order=order, effect="accept")
    newest.delete()
    assert start_missing_clocks(at=later(hours=2)) == 1
    order.refresh_from_db()
    assert order.due_at == later(days=2)


def test_at_half_time_the_teams_that_have_not_answered_are_reminded(scene: Scene) -> None:
    ends_with(scene, "to_pool")
    call = called(scene, way=CallWay.BEST_FIT)
    apply_for_call(actor=scene.actor("sun"), at=later(hours=1), call=call, team=scene.other_team)
    assert fire.run(at=later(days=1)) == 1
    assert told(scene, "wang").count("limit_half_for_team") == 1
    assert told(scene, "sun").count("limit_half_for_team") == 0
    assert told(scene, "li").count("limit_half") == 1


def test_at_the_end_a_call_that_nobody_took_goes_back_to_the_dispatcher(scene: Scene) -> None:
    call = called(scene)
    assert fire.run(at=later(days=2)) == 1
    call.refresh_from_db()
    assert (call.state, Order.unscoped.get(pk=call.order_id).state) == (CallState.ENDED, "admitted")
    assert Firing.objects.get().did == "to_pool"
    assert "order_call_ended" in told(scene, "li")
    assert Timer.objects.get(ended_at=None).effect == "dispatch"


def test_it_goes_on_in_a_wider_area_while_there_are_more_teams(scene: Scene) -> None:
    ends_with(scene, "widen")
    call = called(scene, area=scene.town)
    assert fire.run(at=later(days=2)) == 1
    wider = OpenCall.objects.get(state=CallState.OPEN)
    assert (wider.area_id, wider.until) == (scene.center.pk, later(days=4))
    assert Firing.objects.get(kind="end").did == "widen"
    assert told(scene, "sun").count("order_called") == 1
    order = Order.unscoped.get(pk=call.order_id)
    assert order.due_at == later(days=4)
    verbs = list(order.steps.filter(machine="order").order_by("turn").values_list("verb", flat=True))
    assert verbs[-3:] == ["call", "end_call", "call"]
    # There is no wider area with more teams than the county's.
    assert fire.run(at=later(days=4)) == 1
    assert Order.unscoped.get(pk=call.order_id).state == "admitted"
    assert Firing.objects.latest("id").did == "to_pool"


def test_it_is_passed_up_where_somebody_stands_above(scene: Scene) -> None:
    ends_with(scene, "up")
    call = called(scene)
    Order.unscoped.filter(pk=call.order_id).update(holder_place=scene.town)
    assert fire.run(at=later(days=2)) == 1
    order = Order.unscoped.get(pk=call.order_id)
    assert (order.holder_place_id, order.state) == (scene.center.pk, "admitted")
    assert Firing.objects.get().did == "up"


def test_where_nobody_stands_above_it_waits_for_the_dispatcher(scene: Scene) -> None:
    ends_with(scene, "up")
    call = called(scene)
    assert fire.run(at=later(days=2)) == 1
    order = Order.unscoped.get(pk=call.order_id)
    assert (order.holder_place_id, order.state) == (scene.center.pk, "admitted")
    assert Firing.objects.get().did == "to_pool"


def test_a_named_person_is_told(scene: Scene) -> None:
    ends_with(scene, "to_person", person_id=scene.accounts["li"])
    called(scene)
    assert fire.run(at=later(days=2)) == 1
    assert told(scene, "li")[-1] == "limit_see_to_it"


@pytest.mark.parametrize("at_end", ["to_pool", "widen", "up", "remind"])
def test_where_teams_have_offered_one_is_chosen_whatever_the_limit_says(scene: Scene, at_end: str) -> None:
    ends_with(scene, at_end)
    call = called(scene, way=CallWay.BEST_FIT)
    apply_for_call(actor=scene.actor("wang"), at=later(hours=1), call=call, team=scene.team)
    assert fire.run(at=later(days=2)) == 1
    call.refresh_from_db()
    assert (call.state, Firing.objects.get().did) == (CallState.CHOOSING, "choose")
    assert "order_to_choose" in told(scene, "li")


def test_a_call_that_was_taken_has_the_clock_of_its_team(scene: Scene) -> None:
    call = called(scene)
    claim_call(actor=scene.actor("wang"), at=later(hours=1), call=call, team=scene.team)
    order = Order.unscoped.get(pk=call.order_id)
    assert order.due_at == later(hours=1) + timedelta(hours=24)
    assert Timer.objects.get(ended_at=None).effect == "contact"


def test_an_offer_that_nobody_answers_is_passed_up_where_the_limit_says_so(scene: Scene) -> None:
    ends_with(scene, "up")
    assignment = scene.offered()
    Order.unscoped.filter(pk=assignment.order_id).update(holder_place=scene.town)
    assert fire.run(at=later(hours=24)) == 1
    order = Order.unscoped.get(pk=assignment.order_id)
    assignment.refresh_from_db()
    assert (order.holder_place_id, assignment.state) == (scene.center.pk, "withdrawn")
