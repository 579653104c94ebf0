"""What an act writes into the trail is read by people: each fact has words, or is said to be for programs only."""

import ast

from sidan.audit.queries import UNTOLD
from sidan.web.trail_facts import FACTS
from tests.architecture.source import modules

RECORD = frozenset({"actor", "at", "verb", "subject", "place_id", "county_id"})
# In wrappers of `record` some arguments are the thing itself, of which the trail keeps the subject.
THINGS = frozenset({"case", "wish", "root", "booking", "activity", "plan", "talk", "campaign", "school"})


def facts_written() -> set[str]:
    """Every fact that a call of `record`, or of an app's wrapper of it, names."""
    calls = (
        node
        for module in modules("sidan")
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        and node.func.id in {"record", "leave_trail", "_record", "_trail", "_audit"}
    )  # fmt: skip
    return {word.arg for call in calls for word in call.keywords if word.arg} - RECORD - THINGS


def test_every_fact_of_the_trail_has_words() -> None:
    written = facts_written()
    assert len(written) > 20
    assert written - set(FACTS) - UNTOLD == set()
