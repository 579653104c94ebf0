"""When a ledger is whole, what can still be added, and when it is filed by itself."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from sidan.dossiers.enums import Part
from sidan.dossiers.policies import Closing, Held, can_be_added, completeness_of, files_itself

WHOLE = Held(
    is_planned=True, is_told=True, listed=3, came=2, heads=None, photos=1, has_minutes=True, has_news=True
)
AT = datetime(2026, 11, 23, 3, tzinfo=UTC)


def test_nothing_is_there_of_nothing_and_everything_of_a_whole_one() -> None:
    nothing, whole = completeness_of(Held()), completeness_of(WHOLE)
    assert (nothing.count, nothing.of, nothing.is_whole) == (0, 7, False)
    assert nothing.lacking == tuple(Part)
    assert (whole.count, whole.of, whole.is_whole, whole.lacking) == (7, 7, True, ())


@pytest.mark.parametrize(
    ("lacks", "part"),
    [
        ({"is_planned": False}, Part.PLAN), ({"is_told": False}, Part.NOTICE), ({"listed": 0}, Part.LIST),
        ({"photos": 0}, Part.PHOTOS), ({"has_minutes": False}, Part.MINUTES), ({"came": 0}, Part.NUMBERS),
        ({"has_news": False}, Part.NEWS),
    ],
)  # fmt: skip
def test_each_part_lacks_by_itself(lacks: dict[str, object], part: Part) -> None:
    found = completeness_of(replace(WHOLE, **lacks))  # type: ignore[arg-type] # which fields lack comes as data
    assert found.lacking == (part,)
    assert found.count == 6


def test_heads_that_were_counted_are_numbers_also_where_there_were_none() -> None:
    assert Part.NUMBERS in completeness_of(Held(heads=0)).there


def test_who_came_is_added_until_it_is_filed_and_all_else_after_it_too() -> None:
    addable = {
        state: {part for part in Part if can_be_added(part, state=state)} for state in ("ended", "filed")
    }
    assert addable["ended"] == set(Part) - {Part.NOTICE}
    assert addable["filed"] == {Part.PLAN, Part.PHOTOS, Part.MINUTES, Part.NEWS}


@pytest.mark.parametrize(
    ("is_whole", "is_door_shut", "hours", "files"),
    [
        (True, True, 0, True), (True, False, 0, False), (False, True, 0, False), (False, True, 14 * 24 - 1, False),
        (False, False, 14 * 24, True),
    ],
)  # fmt: skip
def test_it_is_filed_whole_with_its_door_shut_or_after_its_days(
    is_whole: bool, is_door_shut: bool, hours: int, files: bool
) -> None:
    closing = Closing(is_whole=is_whole, is_door_shut=is_door_shut, over_since=AT)
    assert files_itself(closing, at=AT + timedelta(hours=hours), days=14) is files
