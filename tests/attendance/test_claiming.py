"""Which moment a telephone means that kept a time without network."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from sidan.attendance.policies.claiming import STEADY_WITHIN, Claim, Kept, claimed, is_too_old

NOON = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)
HOUR_MS = 3_600_000
SPANS = st.integers(min_value=0, max_value=6 * 24 * HOUR_MS)
WRONG_BY = st.integers(min_value=-400 * 24 * HOUR_MS, max_value=400 * 24 * HOUR_MS)


def ms(moment: datetime) -> int:
    return round(moment.timestamp() * 1000)


@given(wrong_by=WRONG_BY, waited=SPANS, was_restarted=st.booleans())
def test_however_wrong_the_clock_is_the_moment_is_right_while_nobody_moves_it(
    wrong_by: int, waited: int, was_restarted: bool
) -> None:
    then = NOON - timedelta(milliseconds=waited)
    kept = Kept(
        device_ms=ms(then) + wrong_by, sent_device_ms=ms(NOON) + wrong_by, offset_ms=-wrong_by,
        elapsed_ms=None if was_restarted else waited,
    )  # fmt: skip
    assert claimed(kept=kept, received_at=NOON) == Claim(at=then, is_steady=True)


@given(wrong_by=WRONG_BY, waited=SPANS, awake=st.floats(min_value=0, max_value=1), has_code=st.booleans())
def test_however_long_it_slept_the_moment_is_that_of_its_clock(
    wrong_by: int, waited: int, awake: float, has_code: bool
) -> None:
    then = NOON - timedelta(milliseconds=waited)
    kept = Kept(
        device_ms=ms(then) + wrong_by, sent_device_ms=ms(NOON) + wrong_by, offset_ms=-wrong_by,
        elapsed_ms=round(waited * awake),
    )  # fmt: skip
    claim = claimed(kept=kept, received_at=NOON, fits=(lambda at: at == then) if has_code else None)
    # Within two minutes both clocks agree, and a code is good for longer than that.
    assert abs(claim.at - then) <= (timedelta(0) if has_code else STEADY_WITHIN)


def test_come_at_nine_and_sent_at_noon_with_ten_minutes_awake() -> None:
    nine = NOON - timedelta(hours=3)
    kept = Kept(device_ms=ms(nine), sent_device_ms=ms(NOON), offset_ms=0, elapsed_ms=600_000)
    assert claimed(kept=kept, received_at=NOON) == Claim(at=nine, is_steady=False)


def test_a_clock_put_right_while_it_slept_is_corrected_as_it_stood_then() -> None:
    nine = NOON - timedelta(hours=3)
    kept = Kept(
        device_ms=ms(nine) - HOUR_MS, sent_device_ms=ms(NOON), offset_ms=HOUR_MS, elapsed_ms=HOUR_MS // 6
    )
    assert claimed(kept=kept, received_at=NOON, fits=lambda at: at == nine).at == nine


def test_a_clock_moved_back_is_noticed_and_the_digits_believed() -> None:
    then = NOON - timedelta(hours=2)
    kept = Kept(
        device_ms=ms(then) - 5 * HOUR_MS, sent_device_ms=ms(NOON), offset_ms=0, elapsed_ms=2 * HOUR_MS
    )
    assert claimed(kept=kept, received_at=NOON, fits=lambda at: at == then) == Claim(at=then, is_steady=False)


def test_a_clock_moved_ahead_says_less_than_has_passed_and_is_not_believed() -> None:
    then = NOON - timedelta(hours=2)
    kept = Kept(device_ms=ms(then) + HOUR_MS, sent_device_ms=ms(NOON), offset_ms=0, elapsed_ms=2 * HOUR_MS)
    assert claimed(kept=kept, received_at=NOON) == Claim(at=then, is_steady=False)


def test_after_a_restart_a_moved_clock_is_not_believed() -> None:
    kept = Kept(device_ms=ms(NOON) - HOUR_MS, sent_device_ms=ms(NOON) + HOUR_MS, offset_ms=0, elapsed_ms=None)
    assert not claimed(kept=kept, received_at=NOON).is_steady


def test_a_moment_ahead_is_now() -> None:
    kept = Kept(device_ms=ms(NOON) + HOUR_MS, sent_device_ms=ms(NOON), offset_ms=0, elapsed_ms=None)
    assert claimed(kept=kept, received_at=NOON) == Claim(at=NOON, is_steady=False)


def test_a_week_is_the_longest() -> None:
    claim = Claim(at=NOON - timedelta(days=8), is_steady=True)
    assert is_too_old(claim=claim, received_at=NOON)
    assert not is_too_old(claim=Claim(at=NOON - timedelta(days=6), is_steady=True), received_at=NOON)
