"""The wheel of a year."""

from datetime import date, time, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from sidan.activities import operations
from sidan.activities.calendar import DaysOfWeek, degrees_of, sector, spoke, spot
from sidan.activities.models import Activity
from sidan.activities.operations import Rule
from sidan.core.clock import business_date, now
from tests.activities.test_calendar_pages import held
from tests.activities.test_pages import english, text
from tests.cast import Cast
from tests.matrix.stage_activities import make_series

YEAR = "/calendar/year/"


@given(day=st.dates(date(2000, 1, 1), date(2099, 12, 30)))
def test_the_wheel_begins_at_the_top_and_turns_with_the_clock(day: date) -> None:
    turned = degrees_of(day)
    assert 0 <= turned < 360
    following = day + timedelta(days=1)
    if following.year == day.year:
        assert turned < degrees_of(following) < turned + 1
    else:
        assert turned > 359
        assert degrees_of(following) == 0
    x, y = spot(turned, 100)
    assert abs((x * x + y * y) ** 0.5 - 100) < 0.1
    assert (x >= 0) == (turned <= 180) or abs(x) < 0.02


@given(degrees=st.floats(0, 359.9))
def test_words_run_outward_and_none_stand_upside_down(degrees: float) -> None:
    found = spoke(degrees, radius=100)
    # how far the line of words is turned from lying flat
    assert abs((found.turn + 180) % 360 - 180) <= 90.01
    assert (found.anchor, found.x > 0) == (("start", True) if degrees < 180 else ("end", False))


def test_a_quarter_is_a_quarter() -> None:
    assert [spot(degrees, 10) for degrees in (0, 90, 180, 270)] == [(0, -10), (10, 0), (0, 10), (-10, 0)]
    assert sector(0, 90, inner=5, outer=10) == "M0.0 -10.0A10 10 0 0 1 10.0 -0.0L5.0 -0.0A5 5 0 0 0 0.0 -5.0Z"


@pytest.mark.django_db
def test_a_year_counts_what_is_held_in_each_month(cast: Cast) -> None:
    held(cast, "2027-03-03", "一")
    held(cast, "2027-03-31", "二", hours=30)
    held(cast, "2027-01-01", "三", state="ended")
    held(cast, "2027-03-05", "草稿", state="draft")
    held(cast, "2026-12-31", "前一年", hours=30)
    shown = text(Client(), YEAR, day="2027-05-05")
    assert shown.count('<text class="wheel-count"') == 2
    assert "<td>2</td>" in shown
    assert shown.count("<td>0</td>") == 10
    assert shown.count('class="wheel-term"') == 24
    assert shown.count('class="wheel-feast"') == 7
    for words in ("学雷锋纪念日", "惊蛰", "元宵", "3月"):
        assert words in shown, words
    assert "<td>2</td>" not in text(Client(), YEAR, day="2027-05-05", kind="fair")
    assert "<td>2</td>" not in text(Client(), YEAR, day="2028-05-05")
    assert "Awakening of Insects" in text(english(Client()), YEAR, day="2027-05-05")


@pytest.mark.django_db
def test_a_year_says_what_comes_again_and_how_often(cast: Cast) -> None:
    first = business_date(now()) + timedelta(days=2)
    rule = Rule(
        pattern=DaysOfWeek(frozenset({first.weekday()}), since=first), first=first, begins_at=time(9), ends_at=time(11)
    )  # fmt: skip
    made = make_series(cast, rule, "每周实践日")
    operations.make_activities(at=now(), recurring_id=made.pk)
    years = [business_date(one.span.begins).year for one in Activity.unscoped.filter(series=made)]
    assert years
    shown = text(Client(), YEAR, day=f"{years[0]}-01-01")
    assert "每周实践日" in shown
    assert f"{years.count(years[0])} 次" in shown
    assert "每周实践日" not in text(Client(), YEAR, day=f"{years[0] - 1}-01-01")


@pytest.mark.django_db
def test_one_leafs_through_the_years_and_back_to_the_months(cast: Cast) -> None:
    place = str(cast.places.chengbei.uuid)
    shown = text(Client(), YEAR, day="2027-05-05", place=place)
    assert f"?day=2026-05-01&amp;place={place}" in shown
    assert f"view=month&amp;day=2027-03-01&amp;place={place}" in shown
    assert 'rel="next"' not in text(Client(), YEAR, day="2099-05-05")
    assert f"{YEAR}?day=2027-05-05" in text(Client(), reverse("activities:calendar"), day="2027-05-05")
