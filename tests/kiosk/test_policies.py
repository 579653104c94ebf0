"""The number pad and the times to choose from, without a database."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from sidan.kiosk.forms import TimeForm
from sidan.kiosk.policies import press, windows

ZONE = ZoneInfo("Asia/Shanghai")


@pytest.mark.parametrize(
    ("values", "key", "after"),
    [
        (["", ""], "7", ["7", ""]),
        (["123", ""], "4", ["123", "4"]),
        (["123", "45"], "6", ["123", "45"]),
        (["123", "4"], "back", ["123", ""]),
        (["123", ""], "back", ["12", ""]),
        (["", ""], "back", ["", ""]),
        (["1", ""], "x", ["1", ""]),
        (["1", ""], "12", ["1", ""]),
        (["1", ""], "²", ["1", ""]),
    ],
)
def test_a_key_of_the_pad_goes_where_there_is_room(values: list[str], key: str, after: list[str]) -> None:
    assert press(values=values, lengths=[3, 2], key=key) == after


def test_a_week_of_mornings_and_afternoons_is_offered_from_the_next_hour_on() -> None:
    at = datetime(2026, 11, 20, 0, 30, tzinfo=UTC)  # half past eight in the morning
    found = windows(at=at, zone=ZONE)
    assert [chip.code for chip in found[:3]] == ["afternoon", "morning", "afternoon"]
    assert len(found) == 13
    assert all(chip.begins > at for chip in found)


@pytest.mark.parametrize(("knows_address", "chosen"), [("no", "ask"), ("yes", None)])
def test_where_to_come_is_chosen_already_where_there_is_one_answer(
    knows_address: str, chosen: str | None
) -> None:
    at = datetime(2026, 11, 20, 0, 30, tzinfo=UTC)
    form = TimeForm(at=at, at_home="yes", knows_address=knows_address)
    assert form["where"].value() == chosen
