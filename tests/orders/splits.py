"""Orders that are split: how tests bring their parts to where they want them."""

from sidan.attendance.operations import Proof
from sidan.core.soundness import look_at_all
from sidan.orders.models import Assignment, Order, Visit, WorkPart
from sidan.orders.operations import (
    PartWish,
    Report,
    accept_order,
    check_in,
    check_out,
    dispatch_order,
    name_members,
    report_visit,
    schedule_visit,
    split_order,
)
from sidan.people.models import Person, TeamMember
from tests.orders.scene import SINCE, Scene, later

HAND = Proof(way="hand", reason_code="other")


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
    gone_to(scene, part, leader)
    actor = scene.actor(leader)
    report_visit(actor=actor, at=later(hours=2), visit=visit_of(part), report=Report(words="好了"))


def gone_to(scene: Scene, part: WorkPart, leader: str) -> None:
    """The leader goes alone, comes and leaves, and has not reported yet."""
    actor, person = scene.actor(leader), Person.unscoped.get(account=scene.accounts[leader])
    TeamMember.objects.get_or_create(team=share_of(part).team, person=person, defaults={"joined_on": SINCE})
    name_members(actor=actor, at=later(minutes=4), assignment=share_of(part), person_uuids=[person.uuid])
    schedule_visit(
        actor=actor, at=later(minutes=5), assignment=share_of(part), planned_from=later(hours=1),
        planned_to=later(hours=2),
    )  # fmt: skip
    for minutes, mark in ((60, check_in), (90, check_out)):
        mark(actor=actor, at=later(minutes=minutes), visit=visit_of(part), proof=HAND)


def visit_of(part: WorkPart) -> Visit:
    rows = Visit.objects.select_related("assignment__order", "assignment__part", "assignment__team", "cause")
    return rows.get(assignment__part=part, state__in=["planned", "under_way"])


def broken() -> set[str]:
    return {kept.rule.code for kept in look_at_all() if kept.broken}
