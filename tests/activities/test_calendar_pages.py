"""The calendar of activities, as visitors leaf through it."""

from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from sidan.activities.calendar import Leaf, Spread, leaf_of
from sidan.activities.calendar.spans import FIRST_DAY, LAST_DAY
from sidan.activities.models import Activity
from sidan.core.clock import BUSINESS_ZONE, business_date, now
from sidan.places import operations as pop_ups
from sidan.places.enums import DayKind
from sidan.places.operations import set_working_day
from tests.activities.test_pages import english, text
from tests.cast import Cast
from tests.matrix.stage_activities import make_activity
from tests.matrix.stage_pop_ups import announce

URL = "/calendar/"
DAYS = st.dates(FIRST_DAY, LAST_DAY)


def held(cast: Cast, day: str, title: str, *, state: str = "announced", hours: int = 2) -> Activity:
    """An activity that is held on a day, at nine in the morning."""
    activity = make_activity(cast, state, title)
    begins = datetime.combine(date.fromisoformat(day), datetime.min.time(), BUSINESS_ZONE) + timedelta(
        hours=9
    )
    during = type(activity.during)(begins, begins + timedelta(hours=hours))
    Activity.unscoped.filter(pk=activity.pk).update(during=during)
    return activity


# --- which days lie open --------------------------------------------------------------------------------------------


@given(day=DAYS, spread=st.sampled_from(Spread))
def test_a_page_holds_its_day_and_whole_weeks_where_it_is_a_grid(day: date, spread: Spread) -> None:
    leaf = Leaf(spread, day)
    assert leaf.first <= day < leaf.after
    assert leaf.days[0] == leaf.first
    assert leaf.days[-1] == leaf.last == leaf.after - timedelta(days=1)
    if spread in {Spread.MONTH, Spread.WEEK}:
        assert leaf.first.weekday() == leaf.after.weekday() == 0
    assert not leaf.is_beside(day)


@given(day=DAYS, spread=st.sampled_from(Spread))
def test_whoever_leafs_on_and_back_again_is_where_they_were(day: date, spread: Spread) -> None:
    leaf = Leaf(spread, day)
    if leaf.on is not None:
        back = Leaf(spread, leaf.on).back
        assert back is not None
        assert Leaf(spread, back).first == leaf.first
        assert leaf.on <= LAST_DAY
    if leaf.back is not None:
        on = Leaf(spread, leaf.back).on
        assert on is not None
        assert Leaf(spread, on).first == leaf.first
        assert leaf.back >= FIRST_DAY


@given(spread=st.text(max_size=8), day=st.one_of(st.text(max_size=12), st.dates().map(str)))
def test_an_address_that_cannot_be_understood_opens_today(spread: str, day: str) -> None:
    today = date(2026, 11, 23)
    leaf = leaf_of(spread=spread, day=day, today=today)
    assert FIRST_DAY <= leaf.day <= LAST_DAY
    if spread not in set(Spread):
        assert leaf.spread is Spread.MONTH
    assert leaf_of(spread="week", day="1999-12-31", today=today).day == today


# --- the page -------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize("view", ["month", "week", "day", "list"])
def test_a_day_shows_what_is_held_and_no_draft(cast: Cast, view: str) -> None:
    held(cast, "2027-03-03", "义剪进村")
    held(cast, "2027-03-03", "还没想好", state="draft")
    held(cast, "2027-03-03", "已经办过", state="ended")
    called_off = held(cast, "2027-03-03", "不办了")
    cast.manager.client().post(reverse("activities:cancel", args=[called_off.uuid]), {"words": "台风要来"})
    shown = text(cast.manager.client(), URL, view=view, day="2027-03-03")
    assert "义剪进村" in shown
    assert "已经办过" in shown
    assert "还没想好" not in shown
    assert "不办了" not in shown
    beside = {"month": "2027-05-10", "week": "2027-03-10", "day": "2027-03-04", "list": "2027-04-03"}[view]
    assert "义剪进村" not in text(Client(), URL, view=view, day=beside)


@pytest.mark.django_db
def test_each_day_has_its_lunar_date_and_what_it_is_called(cast: Cast) -> None:
    shown = text(Client(), URL, day="2026-02-17")
    for words in ("正月", "初二", "春节", "雨水", "除夕", "立春"):
        assert words in shown, words
    assert "学雷锋纪念日" in text(Client(), URL, view="day", day="2026-03-05")
    assert text(Client(), URL, view="day", day="2026-04-05").count("清明") == 1
    in_english = text(english(Client()), URL, day="2026-02-17")
    for words in ("Spring Festival", "1st lunar month", "lunar 2nd", "Rain Water"):
        assert words in in_english, words


@pytest.mark.django_db
def test_a_weekend_that_is_worked_and_a_day_off_are_marked(cast: Cast) -> None:
    def mark(day: date, kind: DayKind) -> None:
        set_working_day(
            actor=cast.manager.actor,
            at=now(),
            place_id=cast.places.chengbei.pk,
            day=day,
            kind=kind,
            reason="庙会",
        )

    mark(date(2027, 3, 6), DayKind.WORKS)
    mark(date(2027, 3, 8), DayKind.RESTS)
    asked = {"day": "2027-03-01", "place": str(cast.places.chengbei.uuid)}
    shown = text(Client(), URL, **asked)
    assert 'class="day-off is-on">班' in shown
    assert 'class="day-off is-off">休' in shown
    assert "day-off" not in text(Client(), URL, day="2027-03-01", place=str(cast.places.datong.uuid))


@pytest.mark.django_db
def test_it_is_filtered_by_its_address_and_keeps_that_while_one_leafs(cast: Cast) -> None:
    held(cast, "2027-03-03", "义剪进村")
    for asked, count in (
        ({"kind": "fair"}, 0), ({"kind": "activity"}, 1), ({"kind": "x"}, 1), ({"audience": "child"}, 0),
        ({"audience": "elder"}, 1), ({"place": str(cast.places.changning.uuid)}, 1),
        ({"place": str(cast.places.chengbei.uuid)}, 1), ({"place": str(cast.places.datong.uuid)}, 0),
        ({"place": "x"}, 1),
    ):  # fmt: skip
        assert text(Client(), URL, day="2027-03-01", **asked).count("义剪进村") == count, asked
    shown = text(Client(), URL, day="2027-03-01", kind="activity", audience="elder")
    assert "view=month&amp;day=2027-04-01&amp;kind=activity&amp;audience=elder" in shown
    assert "没有符合条件的活动" in text(Client(), URL, day="2027-03-01", kind="fair")
    assert "还没有发布活动" in text(Client(), URL, day="2027-06-01")


@pytest.mark.django_db
def test_what_lasts_over_midnight_stands_under_each_of_its_days(cast: Cast) -> None:
    held(cast, "2027-03-03", "通宵夜市", hours=30)
    assert text(Client(), URL, day="2027-03-01").count("通宵夜市") == 2
    held(cast, "2027-03-10", "到午夜", hours=15)
    assert text(Client(), URL, day="2027-03-01").count("到午夜") == 1
    # the next page begins in its middle
    held(cast, "2027-03-31", "跨月活动", hours=30)
    assert "跨月活动" in text(Client(), URL, view="list", day="2027-04-01")


@pytest.mark.django_db
def test_a_full_day_shows_the_first_and_leads_to_the_rest(cast: Cast) -> None:
    for number in range(5):
        held(cast, "2027-03-03", f"第{number}场", hours=1 + number)
    shown = text(Client(), URL, day="2027-03-01")
    assert shown.count("days-occasion") == 3
    assert "还有 2 项" in shown
    assert text(Client(), URL, view="day", day="2027-03-03").count("activity-card") == 5


@pytest.mark.django_db
def test_today_is_marked_and_one_comes_back_to_it(cast: Cast) -> None:
    assert text(Client(), URL).count('aria-current="date"') == 1
    back = f'href="{URL}?view=month&amp;day={business_date(now())}"'
    assert 'href="#today"' in text(Client(), URL)
    assert text(Client(), URL, day="2030-01-01").count(back) == 1
    assert 'rel="prev"' not in text(Client(), URL, day="2000-01-05")
    assert 'rel="next"' not in text(Client(), URL, day="2099-12-05")


@pytest.mark.django_db
def test_home_a_place_and_an_activity_lead_to_the_calendar(cast: Cast) -> None:
    place = cast.places.chengbei
    assert f"{URL}?place={place.uuid}" in text(Client(), reverse("places:place", args=[place.uuid]))
    activity = held(cast, "2027-03-03", "义剪进村")
    shown = text(Client(), reverse("activities:activity", args=[activity.uuid]))
    assert f"{URL}?view=day&amp;day=2027-03-03&amp;place={place.uuid}" in shown
    assert f'href="{URL}"' in text(Client(), reverse("activities:activities"))


@pytest.mark.django_db
@pytest.mark.parametrize("view", ["month", "week", "list"])
def test_a_month_costs_the_same_however_much_is_held(cast: Cast, view: str) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as caught:
            text(Client(), URL, view=view, day="2027-03-03")
        return len(caught)

    held(cast, "2027-03-03", "一场")
    one = asked()
    for number in range(6):
        held(cast, f"2027-03-0{number + 1}", f"又{number}场")
    assert asked() == one


# --- buses, fairs and stands ----------------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize("view", ["month", "week", "day", "list"])
def test_what_stands_somewhere_for_a_while_stands_in_the_calendar_of_its_place(cast: Cast, view: str) -> None:
    made = announce(cast, "便民服务车")
    day, link = f"{business_date(made.begins)}", reverse("places:pop_up", args=[made.uuid])
    asked = {"view": view, "day": day, "place": str(cast.places.chengbei.uuid)}
    assert link in text(Client(), URL, **asked)
    assert link in text(Client(), URL, **{**asked, "place": str(cast.places.center.uuid)})
    assert link not in text(Client(), URL, **{**asked, "place": str(cast.places.other_center.uuid)})
    # It is no kind of activity, and for everybody: who looks for one of these does not look for it.
    assert link not in text(Client(), URL, **asked, kind="lecture")


@pytest.mark.django_db
def test_what_was_called_off_or_is_over_is_not_in_the_calendar_of_other_days(cast: Cast) -> None:
    made = announce(cast, "便民服务车")
    asked = {"view": "day", "place": str(cast.places.chengbei.uuid)}
    later = f"{business_date(made.ends) + timedelta(days=1)}"
    assert "便民服务车" not in text(Client(), URL, **asked, day=later)
    pop_ups.call_off_pop_up(actor=cast.manager.actor, at=now(), pop_up=made, turn=made.turn, why="暴雨")
    assert "便民服务车" not in text(Client(), URL, **asked, day=f"{business_date(made.begins)}")
