"""Every state, verb, outcome and proposed time has its words, in both languages."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from sidan.attendance.enums import HandReason
from sidan.core.badges import look_of
from sidan.orders.chips import chip_choices, chip_code, window_of
from sidan.orders.enums import AssignmentState, OrderState, Outcome, Reason, VisitState
from sidan.orders.policies import time_chips
from sidan.orders.states import ORDER
from sidan.orders.telling import reason_words
from sidan.orders.words import CHIPS, FACES, STANDS, stands_words, step_words

ZONE = ZoneInfo("Asia/Shanghai")
MACHINES = (("order", OrderState), ("assignment", AssignmentState), ("visit", VisitState))


@pytest.mark.parametrize(
    ("machine", "state"), [(name, each) for name, states in MACHINES for each in states.values]
)
def test_every_state_has_a_look(machine: str, state: str) -> None:
    look = look_of(machine=machine, state=state)
    assert str(look.word)
    assert look.icon


@pytest.mark.parametrize("state", OrderState.values)
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_every_state_says_where_the_order_stands(state: str, language: str) -> None:
    with translation.override(language):
        told = stands_words(state=state, team="城北义剪队", when="X")
        without = stands_words(state=state, team="", when="X")
    assert "%(" not in told + without
    assert any(char > "\u4e00" for char in told.replace("城北义剪队", "")) is (language == "zh-hans")


@pytest.mark.parametrize("verb", ORDER)
@pytest.mark.parametrize("team", ["城北义剪队", ""])
def test_every_verb_of_the_order_is_told(verb: str, team: str) -> None:
    sentence, icon = step_words(verb=verb, team=team)
    assert sentence == sentence.strip()
    assert "%(" not in sentence
    assert icon


def test_nothing_is_told_of_what_is_not_there() -> None:
    assert set(STANDS) == set(OrderState.values)
    assert set(FACES) == set(Outcome.values)
    assert all(HandReason.labels)


def test_a_step_without_a_reason_has_no_words_for_one() -> None:
    assert reason_words("") == ""
    with translation.override("zh-hans"):
        assert reason_words(Reason.NOBODY_HOME) == "家里没人"


@pytest.mark.parametrize("day", range(16, 23))
@pytest.mark.parametrize("hour", [0, 7, 9, 12, 13, 18, 23])
def test_proposed_times_lie_ahead_and_are_called_by_their_name(day: int, hour: int) -> None:
    at = datetime(2026, 11, day, hour, 30, tzinfo=ZONE)
    chips = time_chips(at=at, zone=ZONE)
    assert chips
    assert all(chip.begins > at and chip.code in CHIPS for chip in chips)
    today = [chip for chip in chips if chip.begins.date() == at.date()]
    assert all(chip.code in {"this_morning", "this_afternoon"} for chip in today)
    assert len(chip_choices(at=at)) == len(chips) + 1


def test_a_chip_means_the_same_day_however_long_the_page_lies_open() -> None:
    at = datetime(2026, 11, 20, 23, 50, tzinfo=ZONE)
    tomorrow = time_chips(at=at, zone=ZONE)[0]
    assert window_of(chip_code(tomorrow)) == (tomorrow.begins, tomorrow.ends)


@pytest.mark.parametrize(
    "code", ["", "own", "20261121", "20261321T0900/1200", "20261121T2500/1200", "20261121T0900/9900"]
)
def test_what_is_no_chip_is_refused(code: str) -> None:
    with pytest.raises(ValueError):
        window_of(code)
