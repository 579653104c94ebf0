"""Nobody of the demo is in two places at once."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from sidan.web.demo.diary import BETWEEN, Diary

MORNING = datetime(2026, 5, 4, 1, tzinfo=UTC)
WISHES = st.lists(
    st.tuples(st.sets(st.integers(1, 4), min_size=1), st.integers(0, 60 * 24), st.integers(10, 300)),
    max_size=40,
)


@given(WISHES)
def test_nobody_is_in_two_places_however_the_visits_are_wished_for(
    wishes: list[tuple[set[int], int, int]],
) -> None:
    diary, kept = Diary(), dict[int, list[tuple[datetime, datetime]]]()
    for people, minutes, lasting in wishes:
        wished, length = MORNING + timedelta(minutes=minutes), timedelta(minutes=lasting)
        at = diary.free_from(people, at=wished, length=length)
        assert at >= wished
        diary.take(people, at=at, length=length)
        for one in people:
            kept.setdefault(one, []).append((at, at + length))
    for times in kept.values():
        assert all(before[1] <= after[0] for before, after in pairwise(sorted(times)))


def test_who_is_busy_is_free_when_they_have_come_from_the_last_door() -> None:
    diary, hour = Diary(), timedelta(hours=1)
    diary.take([1], at=MORNING, length=hour)
    diary.take([1], at=MORNING + 2 * hour, length=hour)
    assert diary.free_from([1], at=MORNING, length=timedelta(minutes=30)) == MORNING + hour + BETWEEN
    assert diary.free_from([1, 2], at=MORNING, length=hour) == MORNING + 3 * hour + BETWEEN
    assert diary.free_from([2], at=MORNING, length=hour) == MORNING
