"""To which coming of a person something told belongs: pure."""

from datetime import datetime, timedelta

import pytest

from sidan.attendance.policies.stretches import Stretch, coming_at, going_at
from sidan.core.clock import BUSINESS_ZONE


def at(hour: int, minute: int = 0, *, day: int = 20) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=BUSINESS_ZONE)


MORNING = Stretch(1, at(9), went_at=at(12))
AFTERNOON = Stretch(2, at(13))
FORGOTTEN = Stretch(1, at(9, day=19))


@pytest.mark.parametrize(
    ("told", "moment", "same"),
    [
        ([], at(9), None),
        ([Stretch(1, at(9))], at(9, 40), 1),
        ([MORNING], at(10), 1),
        ([MORNING], at(12), None),
        ([MORNING], at(13), None),
        ([MORNING, AFTERNOON], at(14), 2),
        ([MORNING, AFTERNOON], at(12, 45), 2),
        ([AFTERNOON], at(9), None),
        ([FORGOTTEN], at(8), None),
        ([Stretch(1, at(22, day=19))], at(0, 30), 1),
        ([Stretch(1, at(9), is_denied=True, went_at=at(12))], at(13), 1),
    ],
)  # fmt: skip
def test_a_coming_repeats_the_one_that_holds_or_begins_anew(
    told: list[Stretch], moment: datetime, same: int | None
) -> None:
    assert coming_at(stretches=told, at=moment, zone=BUSINESS_ZONE) == same


@pytest.mark.parametrize(
    ("told", "moment", "ended"),
    [
        ([], at(9), None),
        ([AFTERNOON], at(12), None),
        ([MORNING, AFTERNOON], at(17), 2),
        ([MORNING, AFTERNOON], at(12, 30), 1),
        ([FORGOTTEN, Stretch(2, at(8))], at(11), 2),
        ([FORGOTTEN, Stretch(2, at(8))], at(11, day=19), 1),
        ([Stretch(1, at(9), is_denied=True)], at(11), None),
    ],
)  # fmt: skip
def test_a_going_ends_the_last_coming_before_it(
    told: list[Stretch], moment: datetime, ended: int | None
) -> None:
    assert going_at(stretches=told, at=moment) == ended


def test_in_whichever_order_they_are_told_the_same_comes_of_it() -> None:
    told = [MORNING, AFTERNOON, Stretch(3, at(8, day=21), went_at=at(9, day=21))]
    for hours in range(48):
        moment = at(0) + timedelta(hours=hours)
        assert coming_at(stretches=told, at=moment, zone=BUSINESS_ZONE) == coming_at(
            stretches=told[::-1], at=moment, zone=BUSINESS_ZONE
        )
        assert going_at(stretches=told, at=moment) == going_at(stretches=told[::-1], at=moment)
