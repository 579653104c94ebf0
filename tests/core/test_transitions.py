"""Tables of transitions."""

import pytest

from sidan.core.transitions import KEEPS, START, Transition, table


def test_a_verb_leads_to_its_target_or_keeps_the_state() -> None:
    rows = table(
        Transition("open", frozenset({START}), "opened"),
        Transition("hand_over", frozenset({"opened", "closed"}), KEEPS, "lead"),
    )
    assert rows["open"].reached_from(START) == "opened"
    assert rows["hand_over"].reached_from("closed") == "closed"


def test_a_verb_that_stands_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="twice"):
        table(
            Transition("close", frozenset({"opened"}), "closed"),
            Transition("close", frozenset({"held"}), "closed"),
        )
