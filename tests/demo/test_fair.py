"""The Saturday fair of Xunwu as it was reported: 216 sessions since 2022, 24 teams, 6 services, 80,000 visitors."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import pairwise

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from sidan.activities.models import Activity, Enrolment, HeadCount, Recurring
from sidan.activities.queries import all_years, years_of_series
from sidan.analytics.policies import Period
from sidan.analytics.queries import place_figures
from sidan.core.actor import SYSTEM
from sidan.core.clock import BUSINESS_ZONE
from sidan.core.scope import everything
from sidan.core.soundness import look_at, rules
from sidan.fairs.models import Stall, StallCount, Stallholder, StallKind
from sidan.hours.models import Entry
from sidan.people.models import Account
from sidan.places.management.commands.load_divisions import COMPACT_FILE
from sidan.places.models import Place
from sidan.places.operations.divisions import load_divisions
from sidan.places.sources import division_rows
from sidan.web.demo import FULL, Size, fair, fair_days
from sidan.web.demo.activities import arrange
from sidan.web.demo.catalogue import make_catalogue
from sidan.web.demo.draw import Draw
from sidan.web.demo.people import make_people
from sidan.web.demo.places import make_network
from sidan.web.demo.writing import silent
from tests.demo.test_county import signed_in

TODAY = date(2026, 11, 21)
NOW = datetime.combine(TODAY - timedelta(days=1), time(20), BUSINESS_ZONE)
BEFORE = NOW - timedelta(days=210)
SMALL_COUNTY = Size(
    "small", teams=320, volunteers=1600, projects=60, orders=1, residents=10, practitioners=5,
    fair_sessions=FULL.fair_sessions, fair_visitors=FULL.fair_visitors,
)  # fmt: skip
"""Few people; the fair as the full county has it."""


@pytest.fixture(scope="module")
def series(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[Recurring]:
    """Load what the fair needs of the full demo, and the fair."""
    with django_db_blocker.unblock(), transaction.atomic(), everything("tests of the demo"):  # type: ignore[attr-defined] # pytest-django's own
        load_divisions(actor=SYSTEM, at=NOW, rows=division_rows(COMPACT_FILE))
        draw = Draw(7)
        network = make_network(draw=draw, today=TODAY, at=BEFORE)
        told = {
            "draw": draw,
            "network": network,
            "size": SMALL_COUNTY,
            "today": TODAY,
            "at": BEFORE,
            "tell": silent,
        }
        people = make_people(**told)  # type: ignore[arg-type] # its own names
        make_catalogue(people=people, **told)  # type: ignore[arg-type] # its own names
        arrange(network=network, people=people, size=SMALL_COUNTY, now=NOW)
        yield Recurring.unscoped.get(kind="fair")
        transaction.set_rollback(True)


def test_216_sessions_since_2022_and_80_000_visitors(series: Recurring) -> None:
    found = all_years(years_of_series(recurring=series))
    assert found is not None
    assert (found.times, found.heads, found.counted, found.since) == (216, 80_000, 216, date(2022, 1, 1))
    held = Activity.unscoped.filter(series=series, state__in=["ended", "filed"])
    assert {one.span.begins.astimezone(BUSINESS_ZONE).weekday() for one in held} == {5}


def test_the_figures_page_of_xunwu_shows_them(series: Recurring) -> None:
    center = Place.objects.get(division="360734000000")
    for place in (center, center.parent):
        assert place is not None
        found = place_figures(root=place, figures=["activities.held", "activities.heads"], period=Period())
        assert found.total.of("activities.held", "fair") == 216
        assert found.total.of("activities.heads", "fair") == 80_000
    manager = signed_in(Account.objects.get(phone_hash="12000000009"))
    page = manager.get(f"/console/series/{series.uuid}/figures/").content.decode()
    assert 'data-figure="times">216<' in page
    assert 'data-figure="heads">80,000<' in page
    whole = manager.get("/console/figures/").content.decode()
    assert "216" in whole
    assert "80,000" in whole


def test_six_services_by_twenty_four_teams_in_turn(series: Recurring) -> None:
    past = Activity.unscoped.filter(series=series, text__about__contains="当晚摆摊").order_by("occurrence")
    stands = [
        one.text.about.partition("当晚摆摊——")[2].rstrip("。").split("；")
        for one in past.select_related("text")
    ]
    assert {len(evening) for evening in stands} == {len(fair.SERVICES)} == {6}
    turns = Counter(stand for evening in stands for stand in evening)
    assert len(turns) == 24
    assert max(turns.values()) - min(turns.values()) <= 1
    assert all(set(one) & set(other) == set() for one, other in pairwise(stands))


def test_each_past_session_has_its_stalls_with_whom_they_served(series: Recurring) -> None:
    told = Activity.unscoped.filter(series=series, text__about__contains="当晚摆摊")
    stalls = Stall.unscoped.filter(activity__in=told)
    assert stalls.count() == 6 * told.count()
    assert Stallholder.unscoped.filter(stall__in=stalls, state="came").values("team").distinct().count() == 24
    assert StallCount.objects.filter(stall__in=stalls, served__gt=0).count() == stalls.count()
    assert StallKind.objects.filter(stall__in=stalls).values("kind").distinct().count() == 4


def test_who_helped_of_the_last_year_has_hours_and_heads_stay_apart(series: Recurring) -> None:
    helpers = Enrolment.unscoped.filter(activity__series=series, way="office")
    assert 100 < helpers.count() <= 6 * fair.WITH_HELPERS
    entries = Entry.unscoped.filter(occasion__title=series.title)
    assert entries.count() > 0.9 * helpers.count()
    assert set(entries.values_list("minutes", flat=True)) <= {170}
    corrected = HeadCount.objects.filter(activity__series=series, instead_of__isnull=False)
    assert corrected.count() >= 10


def test_what_is_told_in_bulk_keeps_the_rules_of_the_data(series: Recurring) -> None:
    broken = {rule.code: kept.broken for rule in rules() if (kept := look_at(rule)).broken}
    assert broken == {}


@given(st.dates(date(2026, 2, 22), date(2031, 12, 31)))
@settings(max_examples=60, deadline=None)
def test_whenever_the_demo_is_loaded_there_are_so_many_and_the_same_for_everybody(today: date) -> None:
    now = datetime.combine(today, time(20), BUSINESS_ZONE)
    begun = today - timedelta(days=36)
    found = fair_days.saturdays_of(begun=begun, now=now, sessions=216)
    assert len(found.held) + found.follow == 216
    assert found == fair_days.saturdays_of(begun=begun, now=now, sessions=216)
    assert found.share_of(80_000) == 80_000
    heads = fair_days.shared_out(found.held, visitors=77_950)
    assert sum(heads) == 77_950
    assert min(heads) > 0
    assert len(set(heads)) > 20


def test_before_there_were_so_many_saturdays_it_was_held_on_all_and_fewer_came() -> None:
    found = fair_days.saturdays_of(
        begun=date(2022, 6, 1), now=datetime(2022, 7, 6, 20, tzinfo=BUSINESS_ZONE), sessions=216
    )
    assert (len(found.held), found.left_out, found.follow) == (22, [], 5)
    assert found.share_of(80_000) == 80_000 * 27 // 216


def test_it_rests_while_families_are_at_home() -> None:
    found = fair_days.saturdays_of(begun=NOW.date() - timedelta(days=36), now=NOW, sessions=216)
    assert not any(fair_days.is_rest(day) for day in found.held)
    assert date(2025, 10, 4) in found.left_out
