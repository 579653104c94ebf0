"""The calendar of working days: the country's, what a place says otherwise, and that nothing of it is ever changed."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from django.db import DatabaseError, transaction

from sidan.core.actor import SYSTEM, Actor
from sidan.places.models import Place, WorkingDayEntry
from sidan.places.operations import load_national_days, read_national_days, set_working_day
from sidan.places.operations.working_days import (
    BadDayFile,
    DayIsSoAlready,
    DayNeedsReason,
    DayTooFar,
    NotADayKind,
)
from sidan.places.permissions import MayNotEditPlaces
from sidan.places.queries import day_told, days_told, said_of_days, said_of_year, working_time_of, year_told

County = dict[str, Place]
SNOW = date(2026, 12, 7)


def say(place: Place, kind: str, at: datetime, day: date = SNOW, actor: Actor = SYSTEM) -> WorkingDayEntry:
    return set_working_day(actor=actor, at=at, place_id=place.pk, day=day, kind=kind, reason="大雪封路")


def works(place: Place, day: date = SNOW) -> bool:
    return working_time_of(place_id=place.pk).works_on(day)


def test_the_country_s_holidays_are_there_from_the_beginning(county: County) -> None:
    place = county["chengbei"]
    assert not works(place, date(2026, 10, 1))
    assert works(place, date(2026, 10, 10))
    assert not works(place, date(2027, 2, 8))
    assert works(place, date(2026, 11, 20))


@pytest.mark.parametrize(
    ("year", "works_on"),
    [
        (2025, "01-26 02-08 04-27 09-28 10-11"),
        (2026, "01-04 02-14 02-28 05-09 09-20 10-10"),
        (2027, ""),
    ],
)
def test_the_weekends_that_are_worked_are_those_of_the_notices(
    county: County, year: int, works_on: str
) -> None:
    days = days_told(place_id=county["chengbei"].pk, year=year)
    assert [
        f"{told.day:%m-%d}" for told in days if told.works and told.day.weekday() >= 5
    ] == works_on.split()


def test_a_year_off_and_on_are_as_many_as_the_law_gives(county: County) -> None:
    """Thirteen days of law in a year; weekends that are moved to them are worked instead."""
    for year, ordinary in ((2025, 261), (2026, 261)):
        days = days_told(place_id=county["chengbei"].pk, year=year)
        weekdays = sum(told.day.weekday() < 5 for told in days)
        assert weekdays == ordinary
        assert sum(told.works for told in days) == weekdays - 13


def test_it_is_said_how_much_is_known_of_a_year(county: County, at: datetime, tmp_path: Path) -> None:
    assert [said_of_year(year=year) for year in (2025, 2026, 2027, 2031)] == [
        "published", "published", "by_law", "nothing",
    ]  # fmt: skip
    path = tmp_path / "days.csv"
    path.write_text("day,kind,occasion\n2027-02-13,works,spring_festival\n")
    load_national_days(actor=SYSTEM, at=at, days=read_national_days(path=path))
    assert said_of_year(year=2027) == "published"


def test_what_a_place_says_holds_below_it_and_nowhere_else(county: County, at: datetime) -> None:
    say(county["changning"], "rests", at)
    assert not works(county["changning"])
    assert not works(county["chengbei"])
    assert works(county["liuche"])
    assert not day_told(place_id=county["chengbei"].pk, day=SNOW).is_own


def test_the_nearest_place_wins_until_it_takes_back_what_it_said(county: County, at: datetime) -> None:
    say(county["changning"], "rests", at)
    say(county["chengbei"], "works", at)
    assert works(county["chengbei"])
    say(county["chengbei"], "as_above", at + timedelta(minutes=1))
    assert not works(county["chengbei"])
    said = said_of_days(place_id=county["chengbei"].pk, year=2026)
    assert [entry.kind for entry in said] == ["as_above", "works"]


def test_a_page_and_the_arithmetic_agree_on_every_day(county: County, at: datetime) -> None:
    say(county["changning"], "rests", at)
    say(county["chengbei"], "works", at, day=date(2026, 10, 1))
    calendar = working_time_of(place_id=county["chengbei"].pk)
    days = [
        day
        for _month, weeks in year_told(place_id=county["chengbei"].pk, year=2026)
        for week in weeks
        for day in week
        if day
    ]
    assert len(days) == 365
    assert [day.day for day in days if day.works != calendar.works_on(day.day)] == []


def test_what_is_so_already_is_said(county: County, at: datetime) -> None:
    with pytest.raises(DayIsSoAlready):
        say(county["chengbei"], "works", at)
    with pytest.raises(DayIsSoAlready):
        say(county["chengbei"], "as_above", at)


def test_a_change_needs_a_reason_a_known_kind_and_a_near_year(county: County, at: datetime) -> None:
    place_id = county["chengbei"].pk
    with pytest.raises(DayNeedsReason):
        set_working_day(actor=SYSTEM, at=at, place_id=place_id, day=SNOW, kind="rests", reason=" ")
    with pytest.raises(NotADayKind):
        say(county["chengbei"], "half", at)
    with pytest.raises(DayTooFar):
        say(county["chengbei"], "rests", at, day=date(1999, 12, 31))


def test_only_who_manages_the_place_changes_its_days(
    county: County, at: datetime, manager_of: Callable[..., Actor]
) -> None:
    with pytest.raises(MayNotEditPlaces):
        say(county["chengbei"], "rests", at, actor=manager_of(county["liuche"]))
    say(county["chengbei"], "rests", at, actor=manager_of(county["changning"]))
    assert not works(county["chengbei"])


def test_what_was_said_is_never_changed(county: County, at: datetime) -> None:
    entry = say(county["chengbei"], "rests", at)
    with pytest.raises(DatabaseError), transaction.atomic():
        WorkingDayEntry.objects.filter(pk=entry.pk).update(kind="works")
    with pytest.raises(DatabaseError), transaction.atomic():
        entry.delete()


@pytest.mark.django_db
def test_loading_the_country_s_days_again_changes_nothing(at: datetime) -> None:
    before = WorkingDayEntry.objects.count()
    assert load_national_days(actor=SYSTEM, at=at, days=read_national_days()) == 0
    assert WorkingDayEntry.objects.count() == before


@pytest.mark.django_db
def test_the_published_days_of_a_year_replace_those_of_the_law(at: datetime, tmp_path: Path) -> None:
    path = tmp_path / "days.csv"
    path.write_text("day,kind,occasion\n2027-02-05,works,spring_festival\n2027-02-09,rests,spring_festival\n")
    assert load_national_days(actor=SYSTEM, at=at, days=read_national_days(path=path)) == 2
    assert load_national_days(actor=SYSTEM, at=at, days=read_national_days(path=path)) == 0


@pytest.mark.parametrize(
    "line", ["2027-13-01,works,other", "2027-01-01,as_above,other", "2027-01-01,works", "x"]
)
def test_a_file_that_cannot_be_understood_names_the_line(tmp_path: Path, line: str) -> None:
    path = tmp_path / "days.csv"
    path.write_text(f"day,kind,occasion\n2027-01-01,rests,new_year\n{line}\n")
    with pytest.raises(BadDayFile) as refused:
        read_national_days(path=path)
    assert refused.value.facts == {"line": 3}
