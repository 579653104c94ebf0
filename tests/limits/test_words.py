"""How long a limit is, in words: hours by the clock are said as days where they are days."""

import pytest
from django.utils.translation import override

from sidan.limits.models import Limit
from sidan.limits.words import length_words
from sidan.notify.kinds import kind_of

WISHED = "until the wished time; when that has passed, or a later one is agreed, at most"


@pytest.mark.parametrize(
    ("amount", "unit", "english", "chinese"),
    [
        (1, "hours", "1 hour", "1 小时"),
        (24, "hours", "24 hours", "24 小时"),
        (48, "hours", "48 hours", "48 小时"),
        (71, "hours", "71 hours", "71 小时"),
        (72, "hours", "3 days", "3 天"),
        (73, "hours", "73 hours", "73 小时"),
        (168, "hours", "7 days", "7 天"),
        (168, "wished", f"{WISHED} 7 days", "到希望的时间为止；已过的或另约更晚时间的，最多 7 天"),
        (6, "wished", f"{WISHED} 6 hours", "到希望的时间为止；已过的或另约更晚时间的，最多 6 小时"),
        # A working day is another thing than a day by the clock, and is called so.
        (7, "working_days", "7 working days", "7 个工作日"),
        (72, "working_hours", "72 office hours", "72 个工作小时"),
        (30, "minutes", "30 minutes", "30 分钟"),
    ],
)
def test_a_limit_is_said_in_the_unit_that_one_thinks_in(
    amount: int, unit: str, english: str, chinese: str
) -> None:
    limit = Limit(amount=amount, unit=unit)
    with override("en"):
        assert length_words(limit) == english
    with override("zh-hans"):
        assert length_words(limit) == chinese


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        (
            "en",
            "Half of the time is over for order 257 641 407: “Admit or refuse” by 23 Nov 2026 (Mon) 19:50.",
        ),
        ("zh-hans", "点单 257 641 407 时间过半：请在 2026年11月23日（周一）晚上 7:50 前完成“受理”。"),
    ],
)
def test_a_message_of_a_limit_says_until_when_as_people_say_it(language: str, sentence: str) -> None:
    facts = {"number": "257641407", "step": "admit", "due": "2026-11-23T11:50:00+00:00"}
    with override(language):
        assert kind_of("limit_half").render(facts) == sentence
