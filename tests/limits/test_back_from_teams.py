"""What a clock takes back from a team that did not call or come; where an end is not possible, what happens instead."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from sidan.attendance.enums import Direction
from sidan.attendance.policies.claiming import Kept
from sidan.core.actor import SYSTEM
from sidan.limits.models import Firing, Limit, Timer
from sidan.limits.operations import Terms, set_limit
from sidan.limits.permissions import staff_ids
from sidan.limits.tasks import fire
from sidan.notify.models import Notice
from sidan.orders.models import Assignment, Order, OrderStep, Visit, WorkPart
from sidan.orders.notices import office_of
from sidan.orders.operations import (
    Sent,
    ask_take_over,
    check_in,
    dispatch_order,
    name_members,
    schedule_visit,
    send_down_order,
    take_in,
)
from sidan.people.models import Person, RoleGrant
from sidan.people.operations import close_account
from tests.limits.helpers import HOUR
from tests.orders.browsing import browser, text_of
from tests.orders.scene import AT, Scene, later, make_account
from tests.orders.splits import HAND, divided, fresh, offered, share_of, taken
from tests.orders.test_private import private


def over(step: str) -> int:
    """Hours after which the time is over: of a visit, on the Monday after the one that was agreed on for Saturday."""
    return 72 if step == "visit" else 2


def set_end(scene: Scene, step: str, at_end: str, *, who: str = "") -> None:
    terms = Terms(over(step), "hours", "nobody", at_end, scene.accounts[who] if who else None)
    set_limit(actor=SYSTEM, at=AT, place=scene.center, step=step, terms=terms, reason="试行")


def told(scene: Scene, name: str) -> list[str]:
    rows = Notice.objects.filter(account_id=scene.accounts[name]).order_by("id")
    return list(rows.values_list("kind", flat=True))


def last_firing() -> Firing:
    return Firing.objects.filter(kind="end").latest("id")


def last_step(order: Order) -> OrderStep:
    return OrderStep.objects.filter(order=order, machine="order").latest("id")


@pytest.mark.parametrize("step", ["contact", "visit"])
def test_a_team_that_does_not_act_gives_the_order_back_to_the_pool(scene: Scene, step: str) -> None:
    set_end(scene, step, "to_pool")
    share = scene.accepted() if step == "contact" else scene.scheduled().assignment
    assert fire.run(at=later(hours=over(step))) == 1
    order = Order.unscoped.get()
    share.refresh_from_db()
    assert (order.state, share.state, last_firing().did) == ("admitted", "released", "to_pool")
    row = last_step(order)
    assert (row.verb, row.reason_code, row.actor_id) == ("take_back", "overdue", None)
    assert Timer.objects.get(ended_at=None).effect == "dispatch"
    assert not share.visits.exclude(state="called_off").exists()
    assert not order.parties.filter(team=scene.team, until=None).exists()
    assert told(scene, "li")[-1] == "limit_taken_back"
    assert told(scene, "wang")[-1] == "order_time_over"
    assert told(scene, "zhou")[-1] == "order_released_to_resident"
    if step == "visit":
        assert told(scene, "zhao")[-1] == "order_no_longer_yours"
    assert fire.run(at=later(hours=over(step) + 1)) == 0
    anew = dispatch_order(
        actor=scene.actor("li"), at=later(hours=over(step) + 1), order=order, team=scene.team
    )
    assert anew.state == "offered"


def test_it_is_said_on_the_page_of_the_clocks_and_in_the_history(scene: Scene) -> None:
    set_end(scene, "contact", "to_pool")
    order = scene.accepted().order
    fire.run(at=later(hours=2))
    client = browser(scene, "li")
    assert "Taken back from the team; another team is looked for" in text_of(
        client.get("/console/limits/clocks/")
    )
    assert "Nobody acted in time" in text_of(client.get(f"/console/queue/{order.uuid}/"))
    assert "First call, time agreed" in text_of(client.get("/notices/"))
    assert "no longer with your team" in text_of(browser(scene, "wang").get("/notices/"))


@pytest.mark.parametrize("step", ["contact", "visit"])
def test_it_goes_one_level_up_after_it_was_taken_back(scene: Scene, step: str) -> None:
    set_end(scene, step, "up")
    share = scene.accepted() if step == "contact" else scene.scheduled().assignment
    Order.unscoped.update(holder_place=scene.town)
    fire.run(at=later(hours=over(step)))
    order = Order.unscoped.get()
    share.refresh_from_db()
    assert (order.state, order.holder_place_id, share.state) == ("admitted", scene.center.pk, "released")
    assert last_firing().did == "up"
    verbs = (
        OrderStep.objects.filter(order=order, machine="order").order_by("id").values_list("verb", flat=True)
    )
    assert list(verbs)[-2:] == ["take_back", "pass_up"]
    assert "limit_end" in told(scene, "director"), "who held it reads why it went"
    assert told(scene, "li")[-1] == "order_received"


@pytest.mark.parametrize("step", ["accept", "contact", "visit"])
def test_where_nobody_stands_above_it_is_taken_back_all_the_same(scene: Scene, step: str) -> None:
    set_end(scene, step, "up")
    made: dict[str, Callable[[], Assignment]] = {
        "accept": scene.offered,
        "contact": scene.accepted,
        "visit": lambda: scene.scheduled().assignment,
    }
    share = made[step]()
    fire.run(at=later(hours=over(step)))
    share.refresh_from_db()
    order = Order.unscoped.get()
    assert (order.state, order.holder_place_id) == ("admitted", scene.center.pk)
    assert share.state == ("withdrawn" if step == "accept" else "released")
    assert last_firing().did == "to_pool"
    assert told(scene, "li")[-1] == ("limit_returned" if step == "accept" else "limit_taken_back")
    assert "limit_end" not in told(scene, "li")
    assert "for what the limit says was not possible" in text_of(
        browser(scene, "li").get("/console/limits/clocks/")
    )


@pytest.mark.parametrize("step", ["accept", "contact"])
def test_a_part_is_taken_back_while_somebody_is_at_the_residents_for_another(scene: Scene, step: str) -> None:
    set_end(scene, step, "up")
    order, (hair, lamp) = divided(scene)
    Order.unscoped.update(holder_place=scene.town)
    begun(scene, order, hair)
    if step == "accept":
        offered(scene, fresh(order), lamp, other=True)
    else:
        taken(scene, fresh(order), lamp, other=True)
    assert fresh(order).state == "under_way"
    fire.run(at=later(hours=3))
    lamp.refresh_from_db()
    assert (lamp.state, share_of(lamp).state in {"withdrawn", "released"}) == ("admitted", True)
    assert (fresh(order).state, fresh(order).holder_place_id) == ("under_way", scene.town.pk)
    assert Firing.objects.get(timer__part=lamp, kind="end").did == "to_pool"


def begun(scene: Scene, order: Order, part: WorkPart) -> Assignment:
    """Bring a part to where somebody of the first team is at the resident's."""
    share = taken(scene, order, part)
    wang = scene.actor("wang")
    people = [Person.unscoped.get(account=scene.accounts["wang"]).uuid]
    name_members(actor=wang, at=later(minutes=4), assignment=share_of(part), person_uuids=people)
    schedule_visit(
        actor=wang, at=later(minutes=5), assignment=share_of(part), planned_from=later(minutes=10),
        planned_to=later(minutes=40),
    )  # fmt: skip
    visits = Visit.objects.select_related(
        "assignment__order", "assignment__part", "assignment__team", "cause"
    )
    check_in(actor=wang, at=later(minutes=10), visit=visits.get(assignment__part=part), proof=HAND)
    return share


def test_one_part_is_taken_back_and_the_other_team_keeps_its_own(scene: Scene) -> None:
    set_end(scene, "contact", "to_pool")
    order, (hair, lamp) = divided(scene)
    kept = taken(scene, order, lamp, other=True)
    taken(scene, order, hair)
    Timer.objects.filter(part=lamp).update(next_at=None)
    fire.run(at=later(hours=3))
    hair.refresh_from_db()
    kept.refresh_from_db()
    assert (hair.state, kept.state) == ("admitted", "accepted")
    assert "order_time_over" not in told(scene, "sun")


def test_who_was_asked_to_take_it_over_is_told(scene: Scene) -> None:
    set_end(scene, "contact", "to_pool")
    share = scene.accepted()
    asked = ask_take_over(
        actor=scene.actor("wang"), at=AT, assignment=share, to_team=scene.other_team, until=later(days=2),
        reason="no_people",
    )  # fmt: skip
    fire.run(at=later(hours=2))
    asked.refresh_from_db()
    assert (asked.state, told(scene, "sun")[-1]) == ("dropped", "take_over_withdrawn")


def test_a_report_is_never_taken_from_who_made_the_visit(scene: Scene) -> None:
    page = text_of(browser(scene, "director").get(f"/console/limits/{scene.town.uuid}/change/?step=report"))
    assert "another team is looked for" not in page


@pytest.mark.parametrize("gone", ["account", "role"])
def test_where_the_named_person_is_gone_the_office_is_told(scene: Scene, gone: str) -> None:
    scene.accounts["chen"] = make_account("陈督", "12010000011", None, [("manager", scene.center)]).pk
    set_end(scene, "admit", "to_person", who="chen")
    scene.placed()
    if gone == "account":
        close_account(actor=SYSTEM, at=later(minutes=1), account_id=scene.accounts["chen"])
    else:
        RoleGrant.objects.filter(account=scene.accounts["chen"]).update(ended_at=later(minutes=1))
    fire.run(at=later(hours=2))
    assert last_firing().did == "to_office"
    assert "limit_see_to_it" not in told(scene, "chen")
    assert told(scene, "li")[-1] == "limit_see_to_it"
    page = text_of(browser(scene, "li").get("/console/limits/clocks/"))
    assert "may not act here; the office was told" in page


@pytest.mark.parametrize("why", ["private", "grid_keeper"])
def test_where_the_named_person_may_not_act_for_the_order_its_office_is_told(scene: Scene, why: str) -> None:
    role = "manager" if why == "private" else "dispatcher"
    scene.accounts["chen"] = make_account("陈督", "12010000011", None, [(role, scene.center)]).pk
    set_end(scene, "admit", "to_person", who="chen")
    if why == "private":
        send_down_order(
            actor=scene.actor("li"), at=later(minutes=1), order=private(scene), to=scene.town, reason="nearer"
        )
        Timer.objects.filter(ended_at=None).update(limit=Limit.objects.latest("id"))
    else:
        scene.placed()
        RoleGrant.objects.filter(account=scene.accounts["chen"]).update(role="grid_keeper")
    office = office_of(order=Order.unscoped.get())
    assert scene.accounts["chen"] not in office
    before = Notice.objects.filter(account_id__in=office, kind="limit_see_to_it").count()
    due = Timer.objects.get(ended_at=None).due_at
    fire.run(at=due)
    assert last_firing().did == "to_office"
    assert "limit_see_to_it" not in told(scene, "chen")
    after = Notice.objects.filter(account_id__in=office, kind="limit_see_to_it").count()
    assert after == before + len(office)


@pytest.mark.parametrize(("step", "calls"), [("admit", False), ("answer", False), ("call_back", True)])
def test_only_who_may_act_can_be_named(scene: Scene, step: str, calls: bool) -> None:
    grid = make_account("格员", "12010000012", None, [("grid_keeper", scene.center)]).pk
    assert (grid in staff_ids(place=scene.center, step=step)) == calls
    assert scene.accounts["li"] in staff_ids(place=scene.center, step=step)
    assert scene.accounts["supervisor"] not in staff_ids(place=scene.center, step=step)
    assert scene.accounts["keeper"] in staff_ids(place=scene.station, step=step)
    page = browser(scene, "director").get(f"/console/limits/{scene.town.uuid}/change/?step={step}")
    assert f'value="{scene.accounts["director"]}"' in page.content.decode()


def test_a_visit_that_is_agreed_for_later_is_not_called_off_by_a_clock(scene: Scene) -> None:
    set_end(scene, "visit", "to_pool")
    visit = scene.scheduled()
    wang = scene.actor("wang")
    schedule_visit(
        actor=wang,
        at=AT,
        assignment=visit.assignment,
        planned_from=later(days=4),
        planned_to=later(days=4, hours=1),
    )
    assert fire.run(at=later(hours=over("visit"))) == 1
    agreed = Visit.objects.get(state="planned")
    assert (Order.unscoped.get().state, agreed.planned_from) == ("scheduled", later(days=4))
    assert last_firing().did == "remind"
    assert told(scene, "li")[-1] == "limit_end"


@pytest.mark.parametrize(
    ("at_end", "words"),
    [("to_pool", "Taken back from the team; another team is looked for"), ("up", "Passed one level up")],
)
def test_once_the_agreed_time_has_passed_without_a_visit_the_end_is_carried_out(
    scene: Scene, at_end: str, words: str
) -> None:
    set_end(scene, "visit", at_end)
    visit = scene.scheduled()
    agreed = later(days=9, hours=1)
    agree(scene, visit, agreed)
    Order.unscoped.update(holder_place=scene.town)
    assert fire.run(at=later(hours=over("visit"))) == 1
    opens = later(days=9, hours=23.5)
    assert fire.run(at=opens - timedelta(minutes=1)) == 0, "nobody is late for what was agreed"
    assert fire.run(at=opens) == 1
    late = Firing.objects.latest("id")
    assert (late.kind, late.did, Order.unscoped.get().state) == ("late", at_end, "admitted")
    assert told(scene, "wang")[-1] == "order_time_over"
    page = text_of(browser(scene, "li").get("/console/limits/clocks/"))
    assert words in page


def test_a_clock_that_spoke_before_an_agreed_visit_waits_until_the_office_opens_after_it(
    scene: Scene,
) -> None:
    set_end(scene, "visit", "to_pool")
    visit = scene.scheduled()
    agree(scene, visit, later(days=9, hours=1))
    fire.run(at=later(hours=over("visit")))
    agree(scene, visit, later(days=11, hours=5))
    Timer.objects.filter(ended_at=None).update(next_at=later(days=10))
    assert fire.run(at=later(days=10)) == 1
    assert (Firing.objects.latest("id").did, Order.unscoped.get().state) == ("remind", "scheduled")
    assert fire.run(at=later(days=11, hours=5)) == 0
    assert fire.run(at=later(days=12)) == 1
    assert Order.unscoped.get().state == "admitted"


def test_who_was_at_the_door_without_network_has_until_the_office_opens_next(scene: Scene) -> None:
    set_limit(
        actor=SYSTEM, at=AT, place=scene.center, step="visit", reason="试行",
        terms=Terms(26, "hours", "nobody", "to_pool", None),
    )  # fmt: skip
    visit = scene.scheduled()
    came, over_at = later(days=1, hours=1), later(days=1, hours=2)
    assert over_at == visit.planned_to
    assert fire.run(at=over_at) == 1
    assert (last_firing().did, Order.unscoped.get().state) == ("remind", "scheduled")
    assert fire.run(at=over_at + 2 * HOUR) == 0
    then, sent_at = (round(moment.timestamp() * 1000) for moment in (came, over_at + 2 * HOUR))
    sent = Sent(
        uuid=uuid4(), visit=visit, direction=Direction.IN, proof=HAND,
        kept=Kept(device_ms=then, sent_device_ms=sent_at, offset_ms=0, elapsed_ms=sent_at - then),
    )  # fmt: skip
    taken_in = take_in(actor=scene.actor("zhao"), at=over_at + 2 * HOUR, sent=sent)
    assert (taken_in.outcome, taken_in.at, Order.unscoped.get().state) == ("written", came, "under_way")


@pytest.mark.parametrize("days", [(4, 12), (12, 4)], ids=["later", "earlier"])
@pytest.mark.parametrize(
    ("unit", "most", "first", "told_at"), [("hours", 72, 217, 72), ("wished", 30, 29, 29)]
)
def test_after_its_end_was_told_a_clock_waits_for_what_is_agreed_anew(
    scene: Scene, unit: str, most: int, first: int, told_at: int, days: tuple[int, int]
) -> None:
    terms = Terms(most, unit, "nobody", "to_pool")
    set_limit(actor=SYSTEM, at=AT, place=scene.center, step="visit", terms=terms, reason="试行")
    visit = scene.scheduled()
    agree(scene, visit, later(hours=first))
    assert fire.run(at=later(hours=told_at)) == 1
    for agreed in days:
        agree(scene, visit, later(days=agreed), at=later(hours=told_at + 2))
        assert Timer.objects.get(ended_at=None).next_at == later(days=agreed, hours=23.5)
    opens = later(days=days[-1], hours=23.5)
    assert fire.run(at=opens - timedelta(minutes=1)) == 0
    assert fire.run(at=opens) == 1
    assert Order.unscoped.get().state == "admitted"


def agree(scene: Scene, visit: Visit, until: datetime, *, at: datetime = AT) -> None:
    schedule_visit(
        actor=scene.actor("wang"), at=at, assignment=visit.assignment, planned_from=until - HOUR, planned_to=until,
    )  # fmt: skip
