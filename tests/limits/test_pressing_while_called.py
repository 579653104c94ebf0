"""What comes to press while a call is open: the call ends when its time is over then, if that is sooner."""

from datetime import datetime, timedelta

import pytest

from sidan.core.actor import SYSTEM
from sidan.limits.models import Firing, Timer
from sidan.limits.operations import Terms, set_limit
from sidan.limits.tasks import fire
from sidan.notify.models import Notice
from sidan.orders.enums import CallState, CallWay
from sidan.orders.models import OpenCall, Order, WorkPart
from sidan.orders.operations import Change, apply_for_call, change_order, claim_call, open_call
from sidan.orders.operations.calling import CallOver
from sidan.places.models import Place
from tests.limits.helpers import HOUR
from tests.limits.test_gaining_no_time import DANGER, all_is_sound
from tests.limits.test_pressing_while_asked import LENGTH, pressed
from tests.orders.browsing import browser
from tests.orders.scene import AT, Scene, later
from tests.orders.splits import divided, fresh

SAID, OPEN_TO = later(hours=5), later(days=2)
ACCEPT = {"danger": LENGTH["danger"], "urgent": 2 * HOUR}
"""How long a team is asked by the limits that everybody begins with."""


def called(
    scene: Scene, *, until: datetime = OPEN_TO, area: Place | None = None,
    way: CallWay = CallWay.FIRST_COME, of: str = "whole",
) -> OpenCall:  # fmt: skip
    """Put an order, or one part of it, before all teams."""
    order, part = (scene.admitted(), None) if of == "whole" else _part(scene)
    return open_call(
        actor=scene.actor("li"), at=AT + timedelta(minutes=1), order=fresh(order), part=part, way=way,
        area=area or scene.center, until=until,
    )  # fmt: skip


def _part(scene: Scene) -> tuple[Order, WorkPart]:
    order, (part, _other) = divided(scene)
    return order, part


def heard(scene: Scene, call: OpenCall, *, at: datetime = SAID, words: str = DANGER) -> OpenCall:
    """Hear of danger to life while it is open."""
    change_order(actor=scene.actor("zhou"), at=at, order=fresh(call.order), change=Change(need=words))
    call.refresh_from_db()
    return call


def ends_with(scene: Scene, at_end: str, urgency: str = "normal") -> None:
    set_limit(
        actor=SYSTEM, at=AT, place=scene.center, step="accept", urgency=urgency, reason="试行",
        terms=Terms(30, "minutes", "who_acts", at_end),
    )  # fmt: skip


def clock(call: OpenCall) -> Timer:
    return Timer.objects.get(order=call.order, part=call.part, ended_at=None)


@pytest.mark.parametrize("of", ["whole", "part"])
@pytest.mark.parametrize("urgency", ACCEPT)
def test_the_call_ends_as_an_offer_to_one_team_would(scene: Scene, urgency: str, of: str) -> None:
    call = called(scene, of=of)
    pressed(scene, fresh(call.order), urgency, SAID)
    call.refresh_from_db()
    now, end = clock(call), SAID + ACCEPT[urgency]
    assert (now.effect, now.begun_at, now.half_at, now.due_at) == (
        "accept", SAID, SAID + ACCEPT[urgency] / 2, end,
    )  # fmt: skip
    assert call.until == fresh(call.order).due_at == end
    assert all_is_sound()


@pytest.mark.parametrize("urgency", ACCEPT)
def test_a_call_that_ends_sooner_by_itself_keeps_its_end(scene: Scene, urgency: str) -> None:
    end = SAID + timedelta(minutes=20)
    call = called(scene, until=end)
    before = clock(call)
    pressed(scene, fresh(call.order), urgency, SAID)
    call.refresh_from_db()
    assert (call.until, clock(call).pk, clock(call).due_at) == (end, before.pk, end)


def test_of_urgent_and_later_a_danger_the_sooner_end_holds(scene: Scene) -> None:
    call = called(scene)
    pressed(scene, fresh(call.order), "urgent", SAID)
    assert heard(scene, call, at=SAID + HOUR / 2).until == SAID + HOUR
    assert heard(scene, call, at=SAID + HOUR * 0.75, words=f"真的，{DANGER}").until == SAID + HOUR, (
        "said again it gains nothing"
    )


def test_at_its_end_nobody_takes_it_any_more_and_the_office_has_it_back(scene: Scene) -> None:
    call = heard(scene, called(scene))
    with pytest.raises(CallOver):
        claim_call(actor=scene.actor("wang"), at=call.until, call=call, team=scene.team)
    assert fire.run(at=call.until) == 1
    call.refresh_from_db()
    assert (call.state, fresh(call.order).state) == (CallState.ENDED, "admitted")
    assert Firing.objects.get(kind="end").did == "to_pool"
    assert Notice.objects.filter(account_id=scene.accounts["li"], kind="order_call_ended").count() == 1


def test_a_team_that_is_quick_has_it_before(scene: Scene) -> None:
    call = heard(scene, called(scene))
    claim_call(actor=scene.actor("wang"), at=SAID + timedelta(minutes=29), call=call, team=scene.team)
    assert fresh(call.order).state == "accepted"


def test_the_teams_that_have_not_answered_are_reminded_when_half_of_what_is_left_is_over(
    scene: Scene,
) -> None:
    call = called(scene, way=CallWay.BEST_FIT)
    apply_for_call(actor=scene.actor("sun"), at=later(hours=1), call=call, team=scene.other_team)
    heard(scene, call)
    assert fire.run(at=SAID + timedelta(minutes=15)) == 1
    told = Notice.objects.filter(kind="limit_half_for_team").values_list("account", flat=True)
    assert list(told) == [scene.accounts["wang"]]


def test_where_teams_have_offered_one_is_chosen_from_then_on(scene: Scene) -> None:
    call = called(scene, way=CallWay.BEST_FIT)
    apply_for_call(actor=scene.actor("wang"), at=later(hours=1), call=call, team=scene.team)
    heard(scene, call)
    assert fire.run(at=call.until) == 1
    call.refresh_from_db()
    assert (call.state, call.until) == (CallState.CHOOSING, SAID + HOUR / 2)


def test_the_wider_area_is_asked_for_no_longer_than_what_presses_says(scene: Scene) -> None:
    ends_with(scene, "widen", "danger")
    call = heard(scene, called(scene, area=scene.town))
    assert fire.run(at=call.until) == 1
    wider = OpenCall.objects.get(state=CallState.OPEN)
    assert (wider.area_id, wider.until) == (scene.center.pk, SAID + HOUR)


def test_what_is_done_at_the_end_of_a_call_says_the_limit_of_what_presses(scene: Scene) -> None:
    ends_with(scene, "up", "danger")
    call = heard(scene, called(scene, until=SAID + timedelta(minutes=20)))
    Order.unscoped.update(holder_place=scene.town)
    assert fire.run(at=call.until) == 1
    assert (Firing.objects.get(kind="end").did, fresh(call.order).holder_place_id) == ("up", scene.center.pk)


def test_the_page_of_open_calls_tells_the_new_end(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sidan.orders.api.team.now", lambda: SAID)
    call = called(scene)
    answer = browser(scene, "wang").get("/api/v1/team-work/calls").json()
    assert datetime.fromisoformat(answer[0]["until"]) == OPEN_TO
    heard(scene, call)
    answer = browser(scene, "wang").get("/api/v1/team-work/calls").json()
    assert datetime.fromisoformat(answer[0]["until"]) == SAID + HOUR / 2
