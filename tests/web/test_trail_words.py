"""The audit trail is read by people: every act that may stand in it has a sentence."""

import ast
from collections.abc import Iterator

import pytest

from sidan.activities.states import ACTIVITY
from sidan.audit.registry import verb_words
from sidan.bookings.states import BOOKING, ROOM
from sidan.catalogue.states import PROJECT
from sidan.core.transitions import Table
from sidan.mediation.states import CASE
from sidan.orders.states import ORDER
from sidan.people.states import TEAM, VOLUNTEER
from sidan.rotas.states import DUTY, SWAP
from sidan.wishes.states import WISH
from tests.architecture.source import modules

MACHINES: dict[str, Table] = {
    "order": ORDER, "wish": WISH, "project": PROJECT, "booking": BOOKING, "room": ROOM, "mediation": CASE,
    "volunteer": VOLUNTEER, "team": TEAM, "activity": ACTIVITY, "duty": DUTY, "swap": SWAP,
}  # fmt: skip


def constants(node: ast.expr) -> Iterator[str]:
    """The words that an expression may be: itself, or either side of a choice."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    if isinstance(node, ast.IfExp):
        yield from constants(node.body)
        yield from constants(node.orelse)


def verbs_written() -> set[str]:
    """Every verb that a call names by itself, as `record` and its wrappers take them: with a dot."""
    calls = (
        node for module in modules("sidan") for node in ast.walk(module.tree) if isinstance(node, ast.Call)
    )
    named = (
        word
        for call in calls
        for each in call.keywords
        if each.arg == "verb"
        for word in constants(each.value)
    )
    return {word for word in named if "." in word}


def test_every_act_that_is_written_by_name_has_a_sentence() -> None:
    written = verbs_written()
    assert len(written) > 60
    assert written - set(verb_words()) == set()


@pytest.mark.parametrize("prefix", MACHINES)
def test_every_step_of_a_machine_has_a_sentence(prefix: str) -> None:
    steps = {f"{prefix}.{verb}" for verb in MACHINES[prefix]}
    assert steps - set(verb_words()) == set()
