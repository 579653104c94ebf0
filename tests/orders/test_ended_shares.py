"""What a team gave back has ended: whoever presses on it later moves nothing, though the team has the order anew."""

from collections.abc import Callable

import pytest

from sidan.core.errors import DomainError
from sidan.core.scope import scoped
from sidan.orders import operations
from sidan.orders.enums import Machine
from sidan.orders.models import Assignment, Order, OrderStep
from sidan.orders.operations import team_work
from sidan.orders.operations.door import Move, pass_door
from sidan.orders.queries import ShareOver, assignment_by_uuid
from sidan.people.access import scope_for
from sidan.people.models import Team
from tests.orders.browsing import browser, once, sent
from tests.orders.scene import AT, Scene, later
from tests.orders.splits import divided, gone_to, share_of, taken, visit_of

pytestmark = pytest.mark.django_db
MORNING = {"planned_from": later(days=1), "planned_to": later(days=1, hours=2)}


def _failed(scene: Scene) -> Assignment:
    share = scene.scheduled().assignment
    operations.give_up(actor=scene.actor("zhao"), at=AT, assignment=share, reason="no_people")
    return share


def _released(scene: Scene) -> Assignment:
    share = scene.scheduled().assignment
    operations.release_order(actor=scene.actor("wang"), at=AT, assignment=share, reason="no_people")
    return share


def _anew(scene: Scene, ended: Assignment, team: Team, leader: str) -> Assignment:
    """A team has the order again and has agreed on a time."""
    order = Order.unscoped.get(pk=ended.order_id)
    share = operations.dispatch_order(actor=scene.actor("li"), at=AT, order=order, team=team)
    operations.accept_order(actor=scene.actor(leader), at=AT, assignment=share)
    operations.schedule_visit(actor=scene.actor(leader), at=AT, assignment=share, **MORNING)
    return share


def _read(scene: Scene, name: str, share: Assignment) -> Assignment:
    with scoped(scope_for(scene.actor(name))):
        return assignment_by_uuid(uuid=share.uuid)


def _stands(share: Assignment) -> tuple[str, str]:
    return Order.unscoped.get(pk=share.order_id).state, Assignment.objects.get(pk=share.pk).state


@pytest.mark.parametrize("ended_by", [_failed, _released])
@pytest.mark.parametrize("who", ["wang", "qian"])
def test_handing_back_what_has_ended_leaves_what_the_team_has_anew(
    scene: Scene, ended_by: Callable[[Scene], Assignment], who: str
) -> None:
    ended = ended_by(scene)
    anew = _anew(scene, ended, scene.team, "wang")
    with pytest.raises(ShareOver):
        operations.give_up(
            actor=scene.actor(who), at=AT, assignment=_read(scene, who, ended), reason="no_people"
        )
    assert _stands(anew) == ("scheduled", "accepted")


def test_handing_back_what_has_ended_leaves_what_another_team_has(scene: Scene) -> None:
    ended = _failed(scene)
    anew = _anew(scene, ended, scene.other_team, "sun")
    found = Assignment.objects.select_related("order", "team").get(pk=ended.pk)
    with pytest.raises(ShareOver):
        operations.give_up(actor=scene.actor("qian"), at=AT, assignment=found, reason="no_people")
    assert _stands(anew) == ("scheduled", "accepted")


@pytest.mark.parametrize("verb", ["release", "schedule", "name", "ask_take_over"])
def test_no_act_of_a_team_goes_through_a_share_that_has_ended(scene: Scene, verb: str) -> None:
    ended = _failed(scene)
    anew = _anew(scene, ended, scene.team, "wang")
    wang, share = scene.actor("wang"), _read(scene, "wang", ended)
    acts: dict[str, Callable[[], object]] = {
        "release": lambda: operations.release_order(actor=wang, at=AT, assignment=share, reason="no_people"),
        "schedule": lambda: operations.schedule_visit(actor=wang, at=AT, assignment=share, **MORNING),
        "name": lambda: operations.name_members(actor=wang, at=AT, assignment=share, person_uuids=[]),
        "ask_take_over": lambda: operations.ask_take_over(
            actor=wang, at=AT, assignment=share, to_team=None, until=later(hours=5), reason="no_people"
        ),
    }
    with pytest.raises(ShareOver):
        acts[verb]()
    assert _stands(anew) == ("scheduled", "accepted")


def test_an_old_page_and_a_programme_are_told_that_it_has_ended(scene: Scene) -> None:
    ended = _failed(scene)
    anew = _anew(scene, ended, scene.team, "wang")
    qian, page = browser(scene, "qian"), f"/tasks/{ended.uuid}/hand-back/"
    told = sent(qian, page, {"reason": "no_people", "once": once()})
    assert "This task has ended. If your team has the order again" in told
    assert qian.get(page).headers["Location"] == "/tasks/"
    answer = qian.post(
        f"/api/v1/team-work/assignments/{ended.uuid}/give-up",
        {"reason": "no_people"},
        content_type="application/json",
    )
    assert (answer.status_code, answer.json()["code"]) == (409, "share_over")
    assert _stands(anew) == ("scheduled", "accepted")


def test_the_door_moves_no_share_from_where_its_table_does_not_begin(scene: Scene) -> None:
    ended = _failed(scene)
    anew = _anew(scene, ended, scene.team, "wang")
    order = Order.unscoped.get(pk=anew.order_id)
    before = OrderStep.objects.filter(order=order).count()
    move = Move(Machine.ASSIGNMENT, "fail", "failed", ended.pk, None, ended.team_id)
    with pytest.raises(DomainError) as told:
        pass_door(order=order, actor=scene.actor("wang"), at=AT, moves=[move])
    assert told.value.code == "order_moved_on"
    assert OrderStep.objects.filter(order=order).count() == before


def test_a_part_is_not_given_back_when_its_first_visit_was_reported_a_moment_before(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    order, (hair, _lamp) = divided(scene)
    taken(scene, order, hair)
    gone_to(scene, hair, "wang")
    wang, at, read, lock = scene.actor("wang"), later(hours=2), share_of(hair), team_work.lock_held_share

    def reported_before_it_is_locked(share: Assignment) -> None:
        operations.report_and_go_on(
            actor=wang, at=at, visit=visit_of(hair), report=operations.Report(words="下次再来")
        )
        lock(share)

    monkeypatch.setattr(team_work, "lock_held_share", reported_before_it_is_locked)
    with pytest.raises(team_work.VisitsMade):
        operations.release_order(actor=wang, at=at, assignment=read, reason="no_people")
    assert share_of(hair).state == "accepted"
