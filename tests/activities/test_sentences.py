"""What comes again, told in one sentence: word by word in both languages."""

from datetime import date, time, timedelta

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from sidan.activities.calendar import (
    LAST,
    DaysOfMonth,
    DaysOfWeek,
    Festival,
    Festivals,
    LunarDays,
    Otherwise,
    Pattern,
    Series,
    Terms,
    Wanted,
    WeekdaysOfMonth,
    market_days,
)
from sidan.activities.sentences import Hours, pattern_words, sentence_of
from sidan.activities.words import (
    FESTIVALS,
    TERMS,
    day_counted_in_a_month,
    day_of_every_week,
    day_of_month,
    ending_word,
    lunar_day_word,
    lunar_month_word,
    month_word,
    nth,
)
from sidan.core.lunar import Term, term_on
from tests.activities.patterns import patterns
from tests.second_calendar import told_of

SAME_IN = {"zh-hans": 1, "en": 0}
"""清明 is a term and a feast."""
TODAY = date(2026, 10, 1)
BEGINS = date(2026, 1, 1)
EVERY_MONTH: frozenset[int] = frozenset()
AFTERNOON = Hours(time(14, 30), time(16))
THURSDAYS = DaysOfWeek(frozenset({3}), since=BEGINS)


def week(*days: int, every: int = 1) -> DaysOfWeek:
    return DaysOfWeek(frozenset(days), since=BEGINS, every=every)


def nths(weekday: int, *numbers: int, months: frozenset[int] = EVERY_MONTH) -> WeekdaysOfMonth:
    return WeekdaysOfMonth(weekday, frozenset(numbers), months)


def month(*days: int, months: frozenset[int] = EVERY_MONTH) -> DaysOfMonth:
    return DaysOfMonth(frozenset(days), months)


def lunar(*days: int, months: frozenset[int] = EVERY_MONTH) -> LunarDays:
    return LunarDays(frozenset(days), months)


def market(*endings: int) -> LunarDays:
    return LunarDays(market_days(endings))


def feasts(*names: Festival) -> Festivals:
    return Festivals(frozenset(names))


PATTERNS: list[tuple[Pattern, str, str]] = [
    (week(3), "每周四", "Every Thursday"),
    (week(1, 3), "每周二、周四", "Every Tuesday and Thursday"),
    (week(0, 2, 4), "每周一、周三、周五", "Every Monday, Wednesday and Friday"),
    (week(5, 6), "每周六、周日", "Every Saturday and Sunday"),
    (week(0, 1, 2, 3, 4), "每周一至周五", "Every Monday to Friday"),
    (week(*range(7)), "每天", "Every day"),
    (
        week(3, every=2),
        "隔周周四（从2026年1月1日那一周算起）",
        "Every second week on Thursday (counted from the week of 1 Jan 2026)",
    ),
    (
        week(1, 3, every=3),
        "每3周的周二、周四（从2026年1月1日那一周算起）",
        "Every 3 weeks on Tuesday and Thursday (counted from the week of 1 Jan 2026)",
    ),
    (nths(2, 4), "每月第四个星期三", "The fourth Wednesday of every month"),
    (nths(2, 1, 3), "每月第一个、第三个星期三", "The first and third Wednesday of every month"),
    (nths(4, LAST, 1), "每月第一个、最后一个星期五", "The first and last Friday of every month"),
    (
        nths(5, 5),
        "每月第五个星期六（没有这一天时不安排）",
        "The fifth Saturday of every month (left out where there is no such day)",
    ),
    (
        nths(6, 3, months=frozenset({5})),
        "每年5月的第三个星期日",
        "The third Sunday of May every year",
    ),
    (
        nths(6, 3, months=frozenset({9, 3})),
        "每年3月、9月的第三个星期日",
        "The third Sunday of March and September every year",
    ),
    (month(15), "每月15日", "The 15th of every month"),
    (month(15, 1), "每月1日、15日", "The 1st and 15th of every month"),
    (month(LAST), "每月最后一天", "The last day of every month"),
    (month(LAST, 22), "每月22日、最后一天", "The 22nd and last day of every month"),
    (
        month(31),
        "每月31日（没有这一天时不安排）",
        "The 31st of every month (left out where there is no such day)",
    ),
    (month(5, months=frozenset({3})), "每年3月5日", "Every year on 5 March"),
    (
        month(5, months=frozenset({9, 3})),
        "每年3月5日、9月5日",
        "Every year on 5 March and 5 September",
    ),
    (
        month(29, months=frozenset({2})),
        "每年2月29日（没有这一天时不安排）",
        "Every year on 29 February (left out where there is no such day)",
    ),
    (
        month(1, 10, 20, months=frozenset({7, 8})),
        "每年7月、8月的1日、10日、20日",
        "The 1st, 10th and 20th of July and August every year",
    ),
    (
        month(LAST, months=frozenset({6})),
        "每年6月的最后一天",
        "The last day of June every year",
    ),
    (
        market(3, 6, 9),
        "农历逢三、六、九（圩日，闰月照常）",
        "Lunar days ending in 3, 6 and 9 (market days, in leap months too)",
    ),
    (
        market(1, 4, 7),
        "农历逢一、四、七（圩日，闰月照常）",
        "Lunar days ending in 1, 4 and 7 (market days, in leap months too)",
    ),
    (
        market(0, 5),
        "农历逢五、十（圩日，闰月照常）",
        "Lunar days ending in 5 and 0 (market days, in leap months too)",
    ),
    (lunar(15, 1), "每月初一、十五（农历）", "The 1st and 15th of every month (lunar calendar)"),
    (
        lunar(30, months=frozenset({12})),
        "每年腊月三十（农历，没有这一天时不安排）",
        "The 30th of the 12th month every year (lunar calendar, left out where there is no such day)",
    ),
    (
        lunar(8, months=frozenset({12})),
        "每年腊月初八（农历）",
        "The 8th of the 12th month every year (lunar calendar)",
    ),
    (
        feasts(Festival.DRAGON_BOAT, Festival.SPRING, Festival.LANTERN),
        "春节、元宵、端午（农历）",
        "Spring Festival, Lantern Festival and Dragon Boat Festival (lunar calendar)",
    ),
    (feasts(Festival.DOUBLE_NINTH), "重阳（农历）", "Double Ninth Festival (lunar calendar)"),
    (
        feasts(Festival.SPRING, Festival.CLEAR_AND_BRIGHT),
        "春节、清明",
        "Spring Festival and Qingming",
    ),
    (
        Terms(frozenset({Term.GRAIN_IN_EAR, Term.RAIN_WATER})),
        "每年雨水、芒种当天",
        "Every year on the day of Rain Water and Grain in Ear",
    ),
    (Terms(frozenset(Term)), "每个节气当天", "On the day of each solar term"),
]

GIVING_WAY = [
    (Wanted.ANY, Otherwise.LATER, "", ""),
    (Wanted.WORKING, Otherwise.SKIPPED, "，遇放假不安排", "; not on days off"),
    (
        Wanted.WORKING,
        Otherwise.EARLIER,
        "，遇放假提前到前一个工作日",
        "; on days off the working day before instead",
    ),
    (
        Wanted.WORKING,
        Otherwise.LATER,
        "，遇放假顺延到下一个工作日",
        "; on days off the next working day instead",
    ),
    (Wanted.OFF, Otherwise.SKIPPED, "，遇上班（含调休）不安排", "; not on working days"),
    (
        Wanted.OFF,
        Otherwise.EARLIER,
        "，遇上班（含调休）提前到前一个休息日",
        "; on working days the day off before instead",
    ),
    (
        Wanted.OFF,
        Otherwise.LATER,
        "，遇上班（含调休）顺延到下一个休息日",
        "; on working days the next day off instead",
    ),
]


def told(series: Series, *, language: str, hours: Hours | None = None, name: str = "") -> str:
    with override(language):
        return sentence_of(series, today=TODAY, hours=hours, name=name)


def both(series: Series, *, hours: Hours | None = None, name: str = "") -> tuple[str, str]:
    return (
        told(series, language="zh-hans", hours=hours, name=name),
        told(series, language="en", hours=hours, name=name),
    )


@pytest.mark.parametrize(("pattern", "chinese", "english"), PATTERNS)
def test_a_pattern_reads_as_people_say_it(pattern: Pattern, chinese: str, english: str) -> None:
    assert both(Series(pattern, begins=BEGINS)) == (chinese, english)


@pytest.mark.parametrize(("wanted", "otherwise", "chinese", "english"), GIVING_WAY)
def test_what_gives_way_on_days_off_is_said(
    wanted: Wanted, otherwise: Otherwise, chinese: str, english: str
) -> None:
    series = Series(THURSDAYS, begins=BEGINS, wanted=wanted, otherwise=otherwise)
    assert both(series, hours=AFTERNOON) == (
        f"每周四 14:30–16:00{chinese}",
        f"Every Thursday, 14:30–16:00{english}",
    )


@pytest.mark.parametrize(
    ("hours", "chinese", "english"),
    [
        (Hours(time(19)), "每周六晚上 7:00", "Every Saturday, 19:00"),
        (Hours(time(9, 5)), "每周六上午 9:05", "Every Saturday, 9:05"),
        (Hours(time(9), time(11, 30)), "每周六 9:00–11:30", "Every Saturday, 9:00–11:30"),
    ],
)
def test_the_time_of_the_day_is_said(hours: Hours, chinese: str, english: str) -> None:
    assert both(Series(week(5), begins=BEGINS), hours=hours) == (chinese, english)


@pytest.mark.parametrize(
    ("series", "chinese", "english"),
    [
        (Series(THURSDAYS, begins=BEGINS, times=12), "每周四，共12次", "Every Thursday; 12 times"),
        (Series(THURSDAYS, begins=BEGINS, times=1), "每周四，共1次", "Every Thursday; once"),
        (
            Series(THURSDAYS, begins=BEGINS, until=date(2027, 6, 30)),
            "每周四，到2027年6月30日止",
            "Every Thursday; until 30 Jun 2027",
        ),
        (Series(THURSDAYS, begins=TODAY), "每周四", "Every Thursday"),
        (
            Series(THURSDAYS, begins=date(2026, 12, 3), until=date(2027, 6, 30), times=12),
            "每周四，自2026年12月3日起，到2027年6月30日止，共12次",
            "Every Thursday; from 3 Dec 2026 on; until 30 Jun 2027; 12 times",
        ),
    ],
)
def test_beginning_and_end_are_said(series: Series, chinese: str, english: str) -> None:
    assert both(series) == (chinese, english)


NOVEMBER = [date(2026, 11, 5) + timedelta(weeks=nth) for nth in range(4)]


@pytest.mark.parametrize(
    ("exceptions", "chinese", "english"),
    [
        ({NOVEMBER[0]: None}, "，除2026年11月5日外", "; except 5 Nov 2026"),
        (
            {NOVEMBER[0]: None, NOVEMBER[1]: None, date(2027, 1, 7): None},
            "，除2026年11月5日、11月12日、2027年1月7日外",
            "; except 5 Nov 2026, 12 Nov and 7 Jan 2027",
        ),
        (dict.fromkeys(NOVEMBER), "，其中4天除外", "; except 4 days"),
        (
            {NOVEMBER[0]: date(2026, 11, 6)},
            "，2026年11月5日改到11月6日",
            "; 5 Nov 2026 moved to 6 Nov",
        ),
        (
            {date(2026, 12, 31): date(2027, 1, 4)},
            "，2026年12月31日改到2027年1月4日",
            "; 31 Dec 2026 moved to 4 Jan 2027",
        ),
        (
            {of: of + timedelta(days=1) for of in NOVEMBER},
            "，其中4次改期",
            "; 4 of them on other days",
        ),
        ({date(2026, 12, 5): date(2026, 12, 5)}, "，另加2026年12月5日", "; also on 5 Dec 2026"),
        ({of: of for of in NOVEMBER}, "，另加4天", "; also on 4 more days"),
        (
            {NOVEMBER[0]: None, NOVEMBER[1]: date(2026, 11, 13), date(2026, 12, 5): date(2026, 12, 5)},
            "，除2026年11月5日外，2026年11月12日改到11月13日，另加2026年12月5日",
            "; except 5 Nov 2026; 12 Nov 2026 moved to 13 Nov; also on 5 Dec 2026",
        ),
        ({date(2026, 9, 24): None, date(2026, 9, 3): date(2026, 9, 4)}, "", ""),
        (
            {date(2026, 9, 24): date(2026, 10, 2)},
            "，2026年9月24日改到10月2日",
            "; 24 Sep 2026 moved to 2 Oct",
        ),
    ],
)
def test_exceptions_that_lie_ahead_are_said_and_many_are_counted(
    exceptions: dict[date, date | None], chinese: str, english: str
) -> None:
    found = both(Series(THURSDAYS, begins=BEGINS, exceptions=exceptions))
    assert found == (f"每周四{chinese}", f"Every Thursday{english}")


def test_a_day_that_has_a_name_is_told_by_it() -> None:
    lei_feng = Series(month(5, months=frozenset({3})), begins=BEGINS)
    assert told(lei_feng, language="zh-hans", name="学雷锋纪念日") == "每年3月5日（学雷锋纪念日）"
    laba = Series(lunar(8, months=frozenset({12})), begins=BEGINS)
    assert told(laba, language="en", name="Laba Festival", hours=Hours(time(8))) == (
        "The 8th of the 12th month every year (lunar calendar, Laba Festival), 8:00"
    )
    assert told(laba, language="zh-hans", name="腊八节") == "每年腊月初八（农历，腊八节）"


@given(pattern=patterns(), language=st.sampled_from(["zh-hans", "en"]))
def test_every_pattern_has_its_own_words_in_both_languages(pattern: Pattern, language: str) -> None:
    with override(language):
        words = pattern_words(pattern)
    assert words
    assert "%" not in words
    assert any("一" <= char <= "鿿" for char in words) is (language == "zh-hans")


def test_no_two_words_of_a_row_are_the_same() -> None:
    for language in ("zh-hans", "en"):
        with override(language):
            rows = (
                [lunar_day_word(day) for day in range(1, 31)],
                [lunar_month_word(month) for month in range(1, 13)],
                [month_word(month) for month in range(1, 13)],
                [day_of_month(day) for day in (*range(1, 32), LAST)],
                [day_of_every_week(day) for day in range(7)],
                [day_counted_in_a_month(day) for day in range(7)],
                [nth(number) for number in (1, 2, 3, 4, 5, LAST)],
                [ending_word(digit) for digit in range(10)],
                [str(name) for name in (*TERMS.values(), *FESTIVALS.values())],
            )
        assert [len(set(row)) for row in rows] == [30, 12, 12, 32, 7, 7, 6, 10, 32 - SAME_IN[language]]


def test_the_terms_are_called_as_a_second_calendar_calls_them() -> None:
    with override("zh-hans"):
        for day, other in told_of(2026).items():
            term = term_on(day)
            assert other.term == (str(TERMS[term]) if term else "")


def test_feasts_lunar_days_and_digits_are_called_as_people_call_them() -> None:
    with override("zh-hans"):
        assert [str(FESTIVALS[each]) for each in Festival] == [
            "除夕",
            "春节",
            "元宵",
            "清明",
            "端午",
            "七夕",
            "中秋",
            "重阳",
        ]
        assert [ending_word(each) for each in range(10)] == [
            "十",
            "一",
            "二",
            "三",
            "四",
            "五",
            "六",
            "七",
            "八",
            "九",
        ]
        days = [lunar_day_word(day) for day in (1, 10, 15, 20, 23, 30)]
        assert days == ["初一", "初十", "十五", "二十", "二十三", "三十"]
        assert [lunar_month_word(month) for month in (1, 2, 11, 12)] == ["正月", "二月", "冬月", "腊月"]
