"""How a time is cut where a day's hours end."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from sidan.attendance.policies.standing_out import COUNTY, PARENT, SELF, Limits
from sidan.hours.policies import Piece, cut, minutes_between

BEGINS = datetime(2026, 11, 20, 0, 0, tzinfo=UTC)
LIMITS = Limits()


def pieces(minutes: float, spent: int = 0) -> list[tuple[str, int]]:
    found = cut(begins=BEGINS, ends=BEGINS + timedelta(minutes=minutes), spent=spent, limits=LIMITS)
    return [(piece.tier, piece.minutes) for piece in found]


def test_eight_hours_count_at_once_and_not_a_minute_more() -> None:
    assert pieces(480) == [(SELF, 480)]
    assert pieces(481) == [(SELF, 480), (PARENT, 1)]


def test_twelve_hours_are_agreed_to_above_and_more_by_the_county() -> None:
    assert pieces(720) == [(SELF, 480), (PARENT, 240)]
    assert pieces(780) == [(SELF, 480), (PARENT, 240), (COUNTY, 60)]


def test_what_the_day_has_already_is_spent() -> None:
    assert pieces(120, spent=450) == [(SELF, 30), (PARENT, 90)]
    assert pieces(60, spent=480) == [(PARENT, 60)]
    assert pieces(60, spent=1000) == [(COUNTY, 60)]


def test_seconds_are_no_minutes() -> None:
    assert pieces(0.9) == []
    assert pieces(59.99) == [(SELF, 59)]


@given(
    seconds=st.integers(min_value=1, max_value=24 * 3600),
    spent=st.integers(min_value=0, max_value=24 * 60),
    at_once=st.integers(min_value=1, max_value=12),
    more=st.integers(min_value=0, max_value=12),
)
def test_the_pieces_follow_one_another_and_have_all_whole_minutes(
    seconds: int, spent: int, at_once: int, more: int
) -> None:
    ends = BEGINS + timedelta(seconds=seconds)
    limits = Limits(at_once=timedelta(hours=at_once), by_parent=timedelta(hours=at_once + more))
    found: list[Piece] = cut(begins=BEGINS, ends=ends, spent=spent, limits=limits)
    assert sum(piece.minutes for piece in found) == minutes_between(BEGINS, ends)
    assert all(piece.minutes > 0 for piece in found)
    assert all(one.ends == two.begins for one, two in pairwise(found))
    assert not found or (found[0].begins == BEGINS and found[-1].ends <= ends)
    order = [SELF, PARENT, COUNTY]
    tiers = [order.index(piece.tier) for piece in found]
    assert tiers == sorted(set(tiers))
    at_once_minutes = sum(piece.minutes for piece in found if piece.tier == SELF)
    assert spent + at_once_minutes <= max(at_once * 60, spent)
