"""Days that have a name: rows of the installation, each with the day on which it falls."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError
from django.utils.translation import override

from sidan.activities.calendar import Series, written
from sidan.activities.enums import NamedDayKind
from sidan.activities.models import NamedDay
from sidan.activities.queries import named_days
from sidan.activities.sentences import sentence_of

pytestmark = pytest.mark.django_db

IN_2026 = {
    "lei_feng": "03-05",
    "young_volunteers": "03-05",
    "arbor": "03-12",
    "disabled": "05-17",
    "heritage": "06-13",
    "charity": "09-05",
    "civic_morality": "09-20",
    "harvest": "09-23",
    "elderly": "10-18",
    "volunteers": "12-05",
    "nanjing": "12-13",
    "dragon_head": "03-20",
    "laba": "01-26",
    "little_new_year_north": "02-10",
    "little_new_year_south": "02-11",
}


def days_of(named: NamedDay, year: int) -> list[date]:
    days = [date(year, 1, 1) + timedelta(days=nth) for nth in range(366)]
    return [day for day in days if day.year == year and named.falls.falls_on(day)]


def test_the_days_that_centers_keep_are_there_from_the_beginning_with_names_in_both_languages() -> None:
    by_code = {named.code: named for _kind, rows in named_days() for named in rows}
    assert by_code.keys() >= IN_2026.keys()
    assert all(named.name and named.name_en for named in by_code.values())
    assert len({named.name for named in by_code.values()}) == len(by_code)
    assert len({named.name_en for named in by_code.values()}) == len(by_code)


@pytest.mark.parametrize(("code", "day"), IN_2026.items())
def test_a_day_falls_where_the_year_2026_had_it(code: str, day: str) -> None:
    assert [f"{each:%m-%d}" for each in days_of(NamedDay.objects.get(code=code), 2026)] == [day]


@pytest.mark.parametrize("year", [2025, 2026, 2033])
def test_every_day_with_a_name_comes_once_in_every_year_of_its_calendar(year: int) -> None:
    """腊八 comes twice in some years of twelve months and in others not at all, but never so in two in a row."""
    for named in NamedDay.objects.all():
        days = days_of(named, year) + days_of(named, year + 1)
        lunar = "lunar" in named.pattern
        assert len(days) == 2 or (lunar and len(days) in {1, 3}), named.code


def test_what_is_kept_is_written_as_it_would_be_written_again() -> None:
    assert [named.code for named in NamedDay.objects.all() if written(named.falls) != named.pattern] == []


def test_days_are_offered_by_kind_in_the_order_of_the_year_and_none_that_is_kept_no_longer() -> None:
    NamedDay.objects.filter(code="arbor").update(is_active=False)
    offered = dict(named_days())
    assert list(offered) == list(NamedDayKind)
    holidays = [named.code for named in offered[NamedDayKind.HOLIDAY]]
    assert holidays[:3] == ["new_year", "women", "labour"]
    assert [named.code for named in offered[NamedDayKind.FOLK]][-1] == "little_new_year_south"


def test_staff_read_the_name_in_the_sentence() -> None:
    named = NamedDay.objects.get(code="lei_feng")
    series = Series(named.falls, begins=date(2026, 1, 1))
    with override("zh-hans"):
        words = sentence_of(series, today=date(2026, 1, 1), name=named.shown_name)
        assert words == "每年3月5日（学雷锋纪念日）"
    with override("en"):
        words = sentence_of(series, today=date(2026, 1, 1), name=named.shown_name)
        assert words == "Every year on 5 March (Learn from Lei Feng Day)"


@pytest.mark.parametrize("wrong", [{"kind": "week"}, {"name": ""}])
def test_the_database_refuses_a_day_without_a_name_or_of_no_kind(wrong: dict[str, str]) -> None:
    row = {"code": "ours", "kind": "folk", "name": "开秧门", "pattern": {"terms": {"names": ["grain_rain"]}}}
    with pytest.raises(IntegrityError):
        NamedDay.objects.create(**row | wrong)
