"""Money is kept in fen and told in yuan."""

from decimal import Decimal

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from sidan.core.money import MOST_FEN, fen_of, yuan_cell, yuan_words


@given(st.integers(-MOST_FEN, MOST_FEN))
def test_an_amount_in_a_table_is_the_amount_in_fen(fen: int) -> None:
    assert fen_of(Decimal(yuan_cell(fen))) == fen


def test_less_than_a_fen_is_refused() -> None:
    with pytest.raises(ValueError, match="less than a fen"):
        fen_of(Decimal("0.005"))


@pytest.mark.parametrize(
    ("fen", "words"),
    [(0, "0 yuan"), (5, "0.05 yuan"), (-123_450, "-1,234.50 yuan"), (10**8, "1,000,000 yuan")],
)
def test_people_read_whole_yuan_without_a_point(fen: int, words: str) -> None:
    with override("en"):
        assert yuan_words(fen) == words
    with override("zh-hans"):
        assert yuan_words(fen) == words.replace("yuan", "元")
