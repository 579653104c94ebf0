"""What is sent outward belongs to the topic of its reader: resident, team or office switch off their own."""

import ast
from pathlib import Path

import pytest

from sidan.notify.enums import Topic
from sidan.notify.kinds import kind_of
from sidan.notify.models import Notice
from sidan.orders.models import Order
from sidan.orders.operations import cancel_order, give_up, leave_out_part
from sidan.talk.operations import say
from tests.orders.scene import AT, Scene, later
from tests.orders.splits import divided, fresh, share_of, taken

READERS = {
    "tell_resident": Topic.MINE,
    "tell_leader": Topic.TEAM,
    "tell_leaders": Topic.TEAM,
    "tell_dispatchers": Topic.OFFICE,
    "tell_helpers": Topic.OFFICE,
}


def told(scene: Scene) -> set[tuple[str, str, str]]:
    names = {account: name for name, account in scene.accounts.items()}
    rows = Notice.objects.values_list("account_id", "kind")
    return {(names[account], kind, kind_of(kind).topic) for account, kind in rows if kind_of(kind).goes_out}


def test_each_kind_that_is_told_goes_out_as_the_topic_of_its_reader() -> None:
    found: dict[str, set[Topic]] = {}
    for path in Path("sidan").glob("*/operations/**/*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if not (
                isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in READERS
            ):
                continue
            kinds = next(word.value for word in node.keywords if word.arg == "kind")
            for each in ast.walk(kinds):
                if isinstance(each, ast.Constant) and kind_of(str(each.value)).goes_out:
                    found.setdefault(str(each.value), set()).add(READERS[node.func.id])
    assert len(found) > 30
    assert {kind: topics for kind, topics in found.items() if topics != {kind_of(kind).topic}} == {}


@pytest.mark.django_db
def test_an_order_that_is_cancelled(scene: Scene) -> None:
    order = scene.accepted().order
    Notice.objects.all().delete()
    cancel_order(actor=scene.actor("zhou"), at=AT, order=order)
    assert told(scene) == {
        ("wang", "order_cancelled", Topic.TEAM), ("li", "order_cancelled_to_office", Topic.OFFICE),
    }  # fmt: skip


@pytest.mark.django_db
def test_an_order_that_could_not_be_done(scene: Scene) -> None:
    assignment = scene.accepted()
    Notice.objects.all().delete()
    give_up(actor=scene.actor("wang"), at=later(minutes=5), assignment=assignment, reason="no_people")
    assert told(scene) == {
        ("zhou", "order_failed", Topic.MINE), ("li", "order_failed_to_office", Topic.OFFICE),
    }  # fmt: skip
    office = Notice.objects.get(kind="order_failed_to_office")
    assert scene.team.name in kind_of(office.kind).render(office.facts)


@pytest.mark.django_db
def test_parts_that_could_not_be_done_and_are_left_out(scene: Scene) -> None:
    order, (hair, lamp) = divided(scene)
    taken(scene, order, hair)
    taken(scene, order, lamp, other=True)
    Notice.objects.all().delete()
    give_up(actor=scene.actor("sun"), at=later(minutes=5), assignment=share_of(lamp), reason="no_people")
    assert told(scene) == {
        ("zhou", "order_part_failed", Topic.MINE), ("li", "order_failed_to_office", Topic.OFFICE),
    }  # fmt: skip
    leave_out_part(
        actor=scene.actor("li"), at=later(minutes=6), order=fresh(order), part=lamp, reason="no_skill"
    )
    assert ("zhou", "order_part_left_out", Topic.MINE) in told(scene)


@pytest.mark.django_db
def test_a_message_that_waits_for_the_office(scene: Scene) -> None:
    placed, order = scene.placed(), scene.accepted().order
    Notice.objects.all().delete()
    say(
        actor=scene.actor("zhou"), at=later(minutes=5), order=Order.unscoped.get(pk=placed.pk), words="有人吗"
    )
    assert told(scene) == {("li", "talk_message_to_office", Topic.OFFICE)}
    say(actor=scene.actor("zhou"), at=later(minutes=6), order=Order.unscoped.get(pk=order.pk), words="几点来")
    assert told(scene) == {
        ("li", "talk_message_to_office", Topic.OFFICE), ("wang", "talk_message", Topic.TALK),
    }  # fmt: skip
