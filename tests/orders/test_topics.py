"""What is sent outward belongs to the topic of its reader: resident, team or office switch off their own."""

import ast
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

from sidan.notify.enums import Topic
from sidan.notify.kinds import kind_of
from sidan.notify.models import Notice
from sidan.orders.models import Order
from sidan.orders.operations import cancel_order, close_order, give_up, leave_out_part, reopen_order
from sidan.talk.operations import say
from tests.orders.scene import AT, Scene, later
from tests.orders.splits import divided, fresh, served, share_of, taken

MINE, TEAM, OFFICE = Topic.MINE, Topic.TEAM, Topic.OFFICE
READERS: dict[str, dict[str, Topic]] = {
    "activities": {"tell_followers": TEAM, "tell_person": MINE},
    "bookings": {"tell_asker": MINE, "tell_staff": OFFICE},
    "fairs": {"tell_place": OFFICE, "tell_stallholders": TEAM, "tell_team": TEAM},
    "honours": {"tell_named": MINE, "tell_office": OFFICE, "tell_person": MINE},
    "hours": {"tell_holder": OFFICE, "tell_person": MINE},
    "lectures": {"tell_lecturers": TEAM, "tell_writer": OFFICE},
    "schools": {"tell_pupils": MINE},
    "limits": {
        "tell_of_wish": OFFICE, "tell_office": OFFICE, "tell_person": OFFICE, "tell_person_of_wish": OFFICE,
    },
    "orders": {
        "tell_dispatchers": OFFICE, "tell_helpers": OFFICE, "tell_leader": TEAM, "tell_leaders": TEAM,
        "tell_resident": MINE,
    },
    "plans": {"tell_makers": OFFICE},
    "rotas": {
        "tell_crew": TEAM, "tell_desk": OFFICE, "tell_of_swap": TEAM, "tell_office": OFFICE, "tell_people": TEAM,
        "tell_whose": TEAM,
    },
    "wishes": {
        "tell_accounts": OFFICE, "tell_adopter": MINE, "tell_adopters": MINE, "tell_staff": OFFICE,
        "tell_wisher": MINE,
    },
}  # fmt: skip
"""Of each app's functions that tell a kind of notice, who reads it."""
BY_KIND = {
    ("limits", "tell_who_acts"), ("mediation", "tell_mediator"), ("orders", "tell_accounts"),
    ("orders", "tell_persons"), ("reviews", "tell"),
}  # fmt: skip
"""Those that serve several readers, or whose kinds stay in the inbox."""
APPS = sorted(path for path in Path("sidan").iterdir() if path.is_dir() and path.name != "web")
"""The demo of `web` tells what happened long ago."""


def tellers() -> set[tuple[str, str]]:
    """Return the functions of all apps that are given a kind to tell."""
    return {
        (app.name, node.name)
        for app in APPS if (app / "notices.py").exists()
        for node in ast.parse((app / "notices.py").read_text()).body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
        and "kind" in {each.arg for each in node.args.kwonlyargs}
    }  # fmt: skip


def kinds_told(path: Path) -> Iterator[tuple[str, Topic]]:
    """Return each kind that a file names where it tells somebody, and as what they read it."""
    module, tree = import_module(".".join(path.with_suffix("").parts)), ast.parse(path.read_text())
    readers = {
        alias.asname or alias.name: READERS.get(str(node.module).split(".")[1], {}).get(alias.name)
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and str(node.module).endswith(".notices")
        for alias in node.names
    }
    for function in (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)):
        calls = [node for node in ast.walk(function) if isinstance(node, ast.Call)]
        for call in calls:
            topic = readers.get(call.func.id) if isinstance(call.func, ast.Name) else None
            if topic is not None:
                said = next(word.value for word in call.keywords if word.arg == "kind")
                yield from ((kind, topic) for kind in named(said, function, module))


def named(said: ast.expr, function: ast.FunctionDef, module: ModuleType) -> set[str]:
    """Return the kinds an expression may mean: written there, in a table of the module, or given to a name before."""
    found = {str(each.value) for each in ast.walk(said) if isinstance(each, ast.Constant)}
    names = {each.id for each in ast.walk(said) if isinstance(each, ast.Name)}
    for name in names:
        table = getattr(module, name, None)
        found |= {str(kind) for kind in table.values()} if isinstance(table, dict) else set()
    for node in ast.walk(function):
        if isinstance(node, ast.Assign) and {getattr(each, "id", "") for each in node.targets} & names:
            found |= {str(each.value) for each in ast.walk(node.value) if isinstance(each, ast.Constant)}
    return {kind for kind in found if kind_of(kind).goes_out}


def told(scene: Scene) -> set[tuple[str, str, str]]:
    names = {account: name for name, account in scene.accounts.items()}
    rows = Notice.objects.values_list("account_id", "kind")
    return {(names[account], kind, kind_of(kind).topic) for account, kind in rows if kind_of(kind).goes_out}


def test_of_each_function_that_tells_something_it_is_known_who_reads_it() -> None:
    assert tellers() == {(app, name) for app, names in READERS.items() for name in names} | BY_KIND


def test_each_kind_that_is_told_goes_out_as_the_topic_of_its_reader() -> None:
    found: dict[str, set[Topic]] = {}
    for path in (path for app in APPS for path in app.rglob("*.py") if "notices" in path.read_text()):
        for kind, topic in kinds_told(path):
            found.setdefault(kind, set()).add(topic)
    assert len(found) > 100
    assert {kind: topics for kind, topics in found.items() if topics != {kind_of(kind).topic}} == {}


@pytest.mark.django_db
def test_an_order_that_is_opened_again(scene: Scene) -> None:
    assignment = scene.accepted()
    give_up(actor=scene.actor("wang"), at=later(minutes=5), assignment=assignment, reason="no_people")
    close_order(actor=scene.actor("li"), at=later(minutes=6), order=fresh(assignment.order))
    Notice.objects.all().delete()
    reopen_order(actor=scene.actor("li"), at=later(minutes=7), order=fresh(assignment.order))
    assert told(scene) == {
        ("zhou", "order_reopened", Topic.MINE), ("li", "order_reopened_to_office", Topic.OFFICE),
    }  # fmt: skip


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
    assert ("zhou", "order_split", Topic.MINE) in told(scene)
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
def test_a_part_that_is_done_while_the_others_follow(scene: Scene) -> None:
    order, (hair, lamp) = divided(scene)
    taken(scene, order, hair)
    taken(scene, order, lamp, other=True)
    served(scene, hair, "wang")
    assert ("zhou", "order_part_done", Topic.MINE) in told(scene)


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
