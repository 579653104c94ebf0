"""The pure rules: a rate that nobody steers, flags that follow from what is known, a share that never lies."""

from dataclasses import replace
from datetime import timedelta
from hashlib import sha256

from hypothesis import given
from hypothesis import strategies as st

from sidan.orders.enums import Outcome
from sidan.reviews.enums import Rule
from sidan.reviews.policies import (
    ALIKE_FROM,
    FEW,
    FEWEST_TIMES,
    LEVELS,
    MOST_TIMES,
    TEAM_WINDOW,
    Circumstances,
    Given,
    alike,
    contradicts,
    flags_of,
    is_drawn,
    is_satisfied,
    parks,
    rate_of,
    share,
)
from tests.orders.scene import AT

NOTHING = Circumstances(reported_at=None, is_by_staff=False, is_by_team=False, is_team_phone=False)
OUTCOMES = st.sampled_from(Outcome.values)
STARS = st.none() | st.integers(1, 5)
SAID = st.builds(Given, at=st.just(AT), outcome=OUTCOMES, stars=STARS, words=st.text(max_size=3))


@given(st.binary(min_size=8, max_size=32), st.integers(0, 100), st.integers(0, 100))
def test_a_higher_rate_draws_everybody_that_a_lower_one_draws(digest: bytes, one: int, other: int) -> None:
    lower, higher = sorted((one, other))
    assert not is_drawn(digest=digest, percent=0)
    assert is_drawn(digest=digest, percent=100)
    assert not is_drawn(digest=digest, percent=lower) or is_drawn(digest=digest, percent=higher)


def test_the_rate_is_kept_over_many() -> None:
    digests = [sha256(str(number).encode()).digest() for number in range(20_000)]
    for percent in (1, 10, 50):
        drawn = sum(is_drawn(digest=digest, percent=percent) for digest in digests)
        assert abs(drawn / len(digests) - percent / 100) < 0.01


@given(st.integers(1, 100), st.integers(FEWEST_TIMES, MOST_TIMES))
def test_what_staff_typed_is_never_drawn_less_often(percent: int, times: int) -> None:
    own, typed = (rate_of(percent=percent, times=times, is_typed=is_typed) for is_typed in (False, True))
    assert own == percent
    assert typed == min(100, percent * times)
    assert typed > own or own > 50


@given(OUTCOMES, OUTCOMES)
def test_a_contradiction_is_mutual_and_never_with_oneself(one: str, other: str) -> None:
    assert contradicts(one, other) == contradicts(other, one)
    assert not contradicts(one, one)
    assert LEVELS.keys() == set(Outcome.values)


def test_that_more_is_needed_says_nothing_against_what_was_done() -> None:
    assert not contradicts("done", "still_needed")
    assert contradicts("done", "half")
    assert contradicts("done", "not_done")


@given(OUTCOMES, STARS)
def test_satisfied_is_only_who_had_it_done_and_gave_no_few_stars(outcome: str, stars: int | None) -> None:
    if is_satisfied(outcome=outcome, stars=stars):
        assert outcome in {"done", "still_needed"}
        assert stars is None or stars >= 4


KNOWN = st.fixed_dictionaries(
    {
        name: st.booleans()
        for name in (
            "is_typed",
            "is_by_staff",
            "is_by_team",
            "is_team_phone",
            "is_team_device",
            "is_staff_device",
        )
    }
)


@given(SAID, st.lists(SAID, max_size=12), KNOWN)
def test_each_flag_stands_for_what_is_known_and_for_nothing_else(
    review: Given, others: list[Given], facts: dict[str, bool]
) -> None:
    known = replace(NOTHING, **facts, of_account=others, of_device=others, of_team=others)
    found = flags_of(review, known)
    same = sum(
        (each.outcome, each.stars, each.words.strip()) == (review.outcome, review.stars, review.words.strip())
        for each in others
    )
    assert {name: name.removeprefix("is_") in found for name in facts} == facts
    for many in ("alike_account", "alike_device", "alike_team"):
        assert (many in found) == (same + 1 >= ALIKE_FROM)
    assert "same_minute" not in found
    assert set(found) <= set(Rule.values)
    at_odds = review.outcome == "not_done" and (review.stars or 0) >= 4
    assert flags_of(review, NOTHING) == ["at_odds"] * at_odds
    assert not at_odds or not parks(rule="at_odds", outcome=review.outcome, stars=review.stars)


@given(st.integers(-3600, 3600))
def test_only_a_review_within_a_minute_after_the_report_is_hasty(seconds: int) -> None:
    review = Given(at=AT + timedelta(seconds=seconds), outcome="done", stars=5)
    found = flags_of(review, replace(NOTHING, reported_at=AT))
    assert (found == ["same_minute"]) == (0 <= seconds < 60)


def test_what_was_said_long_before_is_not_counted_as_alike() -> None:
    review = Given(at=AT, outcome="done", stars=5)
    old = [replace(review, at=AT - TEAM_WINDOW - timedelta(seconds=1))] * 20
    assert alike(review, old, window=TEAM_WINDOW) == 1


@given(st.integers(0, 10_000), st.integers(0, 10_000))
def test_a_share_is_never_all_or_none_unless_it_is(one: int, other: int) -> None:
    part, whole = sorted((one, other))
    percent = share(part=part, whole=whole)
    if whole < FEW:
        assert percent is None
        return
    assert percent is not None
    assert (percent == 100) == (part == whole)
    assert (percent == 0) == (part == 0)
    assert abs(percent - 100 * part / whole) <= 1
