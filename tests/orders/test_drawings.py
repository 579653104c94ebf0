"""The drawings in the READMEs are those of the tables that the code walks."""

from ops.drawings import DRAWINGS, draw, stale
from sidan.core.transitions import KEEPS, START
from sidan.orders.enums import AssignmentState, OrderState, VisitState
from sidan.orders.states import MACHINES


def test_every_drawing_is_current() -> None:
    assert stale() == {}


def test_every_state_is_reached_and_every_arrow_ends_in_a_known_state() -> None:
    known = {"order": OrderState, "assignment": AssignmentState, "visit": VisitState}
    for machine, table in MACHINES.items():
        states = {state.value for state in known[machine]}
        assert {row.target for row in table.values()} - {KEEPS} == states
        assert set().union(*(row.sources for row in table.values())) <= states | {START}


def test_a_drawing_has_an_arrow_for_each_source_and_each_ends_in_a_state() -> None:
    for table in DRAWINGS.values():
        assert draw(table).count("-->") == sum(len(row.sources) for row in table.values())
        assert "--> :" not in draw(table)
