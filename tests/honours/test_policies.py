"""The code beside the number, hours as a number, sums by kind of service."""

from hypothesis import given
from hypothesis import strategies as st

from sidan.honours.policies import (
    CODE_LENGTH,
    LETTERS,
    ContentSum,
    code_of,
    hours_number,
    is_code,
    shown_code,
    sums_by_content,
)


@given(st.binary(min_size=32, max_size=34))
def test_a_code_is_of_letters_that_read_alike_in_no_hand(digest: bytes) -> None:
    code = code_of(digest)
    assert len(code) == CODE_LENGTH
    assert set(code) <= set(LETTERS)
    assert not set(LETTERS) & set("01OIL")


@given(st.binary(min_size=32, max_size=34))
def test_a_code_is_known_however_it_is_typed(digest: bytes) -> None:
    code = code_of(digest)
    for typed in (code, code.lower(), shown_code(code), f" {shown_code(code).lower()} "):
        assert is_code(typed=typed, right=code)


@given(st.binary(min_size=32, max_size=34), st.integers(0, CODE_LENGTH - 1))
def test_a_code_with_another_letter_is_none(digest: bytes, place: int) -> None:
    code = code_of(digest)
    other = LETTERS[(LETTERS.index(code[place]) + 1) % len(LETTERS)]
    assert not is_code(typed=code[:place] + other + code[place + 1 :], right=code)


def test_a_part_of_a_code_more_than_it_or_nothing_is_none() -> None:
    code = code_of(b"\x07" * 32)
    for typed in ("", code[:-1], f"{code}2"):
        assert not is_code(typed=typed, right=code)
    assert not is_code(typed="", right="")


def test_hours_are_told_with_two_digits() -> None:
    assert [hours_number(minutes) for minutes in (1, 60, 90, 100, 6000)] == [
        "0.02",
        "1.00",
        "1.50",
        "1.67",
        "100.00",
    ]


@given(st.lists(st.tuples(st.sampled_from(["义剪", "助老", "清洁"]), st.integers(1, 600))))
def test_the_sums_by_kind_are_the_sum_of_all(served: list[tuple[str, int]]) -> None:
    sums = sums_by_content(ContentSum(zh=kind, en=kind, minutes=minutes) for kind, minutes in served)
    assert sum(one["minutes"] for one in sums) == sum(minutes for _kind, minutes in served)
    assert len({one["zh"] for one in sums}) == len(sums)
    assert [one["minutes"] for one in sums] == sorted((one["minutes"] for one in sums), reverse=True)
