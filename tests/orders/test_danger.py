"""Words that speak of danger to life are heard; words that only sound alike are not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sidan.orders.policies import numbers_to_call


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("老伴晕倒了，快来人", ("120",)),
        ("奶奶摔得很重，起不来了", ("120",)),
        ("他喘不上气，胸口疼得厉害", ("120",)),
        ("好像是中风了，半边身子不能动", ("120",)),
        ("孩子喝了农药", ("120",)),
        ("厨房着火了", ("119",)),
        ("家里漏气，味道很大", ("119",)),
        ("我不想活了", ("110",)),
        ("他拿刀要杀我，我被打伤流了很多血", ("120", "110")),
        ("My father fainted and is not breathing", ("120",)),
        ("The kitchen is on fire", ("119",)),
        ("I want to die", ("110",)),
    ],
)
def test_danger_to_life_is_heard_with_the_number_to_call(text: str, numbers: tuple[str, ...]) -> None:
    assert numbers_to_call(text) == numbers


@pytest.mark.parametrize(
    "text",
    [
        "",
        "坐 110 路公交到城北社区",
        "我爸中风三年了，想请人上门理发",
        "请提醒奶奶按时喝药",
        "屋后的落水管漏了",
        "拿刀来磨一下",
        "Please sharpen a kitchen knife",
        "想学预防煤气中毒的知识",
        "请来讲一堂火灾演练课",
        "爷爷中风康复，想请人陪着练走路",
        "帮忙去镇上买农药",
        "这两天热死了，想修一下风扇",
        "孩子想死你们了，盼着再来",
        "A talk on preventing stroke, please",
        "He needs company after a stroke",
        "理发，两位老人",
        "修水管，厨房漏水",
    ],
)
def test_words_that_only_sound_alike_raise_no_alarm(text: str) -> None:
    assert numbers_to_call(text) == ()


@given(before=st.text(max_size=60), after=st.text(max_size=60))
def test_any_text_is_read_without_an_error_and_in_one_order(before: str, after: str) -> None:
    numbers = numbers_to_call(f"{before} 着火了 {after}")
    assert list(numbers) == [number for number in ("120", "119", "110") if number in numbers]
