"""Where an order stands that is split: it follows from its parts, by a pure rule."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sidan.orders.states import state_of_parts

STANDINGS = ("admitted", "dispatched", "accepted", "scheduled", "under_way", "done", "failed", "cancelled")


TABLE = [
    (("admitted", "admitted"), "admitted"),
    (("dispatched", "admitted"), "admitted"),
    (("dispatched", "dispatched"), "dispatched"),
    (("accepted", "dispatched"), "dispatched"),
    (("accepted", "admitted"), "admitted"),
    (("accepted", "accepted"), "accepted"),
    (("scheduled", "accepted"), "accepted"),
    (("scheduled", "scheduled"), "scheduled"),
    (("under_way", "admitted"), "under_way"),
    (("under_way", "failed"), "under_way"),
    (("under_way", "done"), "under_way"),
    (("done", "scheduled"), "scheduled"),
    (("done", "accepted"), "accepted"),
    (("done", "done"), "done"),
    (("failed", "accepted"), "admitted"),
    (("failed", "scheduled"), "admitted"),
    (("failed", "done"), "failed"),
    (("failed", "failed"), "failed"),
    (("cancelled", "done"), "done"),
    (("cancelled", "accepted"), "accepted"),
    (("cancelled", "failed"), "failed"),
    (("cancelled", "cancelled"), "failed"),
]


@pytest.mark.parametrize(("standings", "state"), TABLE)
def test_the_state_of_an_order_follows_from_its_parts(standings: tuple[str, str], state: str) -> None:
    assert state_of_parts(standings) == state
    assert state_of_parts(standings[::-1]) == state


def test_an_order_without_parts_stands_for_itself() -> None:
    with pytest.raises(ValueError, match="without parts"):
        state_of_parts([])


@given(st.lists(st.sampled_from(STANDINGS), min_size=1, max_size=6), st.randoms())
def test_whatever_the_parts_the_rules_hold(standings: list[str], chance: object) -> None:
    state = state_of_parts(standings)
    assert state_of_parts(sorted(standings)) == state, "the order of the parts says nothing"
    assert state_of_parts(standings * 2) == state, "nor how many stand alike"
    assert (state == "under_way") == ("under_way" in standings)
    counted = set(standings) - {"cancelled"}
    assert (state == "done") == (counted == {"done"})
    assert (state == "failed") == (counted <= {"done", "failed"} and counted != {"done"})
    if state in {"accepted", "scheduled"}:
        assert not {"admitted", "dispatched", "failed"} & set(standings), "somebody has every part"
    if standings[0] != "cancelled":
        assert state_of_parts([standings[0], "cancelled"]) == standings[0], "one alone decides"


def test_every_pair_has_an_answer_that_an_order_may_have() -> None:
    assert {state_of_parts(pair) for pair in product(STANDINGS, repeat=2)} == set(STANDINGS) - {"cancelled"}
