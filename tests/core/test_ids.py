"""Ids and numbers that people say to each other."""

import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sidan.core.ids import (
    BadNumber,
    check_digit,
    format_number,
    named_by,
    order_number,
    parse_number,
    uuid7,
)

eight_digits = st.integers(min_value=10_000_000, max_value=99_999_999).map(str)


def test_uuid7_is_one_and_sorts_by_its_moment() -> None:
    made = [uuid7() for _turn in range(2000)]
    assert {one.version for one in made} == {7}
    assert {one.variant for one in made} == {uuid.RFC_4122}
    assert len(set(made)) == 2000
    assert [one.int >> 64 for one in made] == sorted(one.int >> 64 for one in made)


def test_the_check_digit_is_damms() -> None:
    # The worked example of Damm's own description.
    assert check_digit("572") == "4"


@given(digits=eight_digits)
def test_a_number_is_read_however_it_was_written(digits: str) -> None:
    number = digits + check_digit(digits)
    wide = number.translate({ord("0") + digit: 0xFF10 + digit for digit in range(10)})
    for written in (
        number,
        format_number(number),
        f" {number[:3]}-{number[3:]} ",
        wide,
        f"{number[:4]}　{number[4:]}",
    ):
        assert parse_number(written) == number


@given(digits=eight_digits, place=st.integers(0, 8), step=st.integers(1, 9))
def test_one_wrong_digit_is_found(digits: str, place: int, step: int) -> None:
    number = digits + check_digit(digits)
    wrong = number[:place] + str((int(number[place]) + step) % 10) + number[place + 1 :]
    with pytest.raises(BadNumber):
        parse_number(wrong)


@given(digits=eight_digits, place=st.integers(0, 7))
def test_two_neighbours_exchanged_are_found(digits: str, place: int) -> None:
    number = digits + check_digit(digits)
    first, second = number[place], number[place + 1]
    if first != second:
        with pytest.raises(BadNumber):
            parse_number(number[:place] + second + first + number[place + 2 :])


@pytest.mark.parametrize(
    "text", ["", "12345678", "1234567890", "abcdefghi", "٤٨١٢٠٧٣٦٥", "4812073 5x", "0" * 9]
)
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(BadNumber):
        parse_number(text)


def test_numbers_are_drawn_with_nine_digits_and_no_zero_in_front() -> None:
    drawn = {order_number() for _turn in range(500)}
    assert len(drawn) == 500
    assert all(parse_number(number) == number for number in drawn)
    assert format_number("481207365") == "481 207 365"


class Counted:
    """Names that are known beforehand."""

    def uuid(self) -> uuid.UUID:
        return uuid.UUID(int=7)

    def number(self) -> str:
        return "123456782"


def test_names_come_from_a_given_source_only_while_it_is_given() -> None:
    with named_by(Counted()):
        assert (uuid7(), order_number()) == (uuid.UUID(int=7), "123456782")
    assert uuid7() != uuid.UUID(int=7)
    assert uuid7() != uuid7()
