"""The fourteen other counties stand beside Xunwu with their calendars; nothing is said of them that they did not."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from sidan.activities import queries
from sidan.activities.models import Activity, Recurring
from sidan.core.actor import SYSTEM
from sidan.core.clock import BUSINESS_ZONE, business_date
from sidan.core.scope import everything
from sidan.people.models import Directorship
from sidan.places.management.commands.load_divisions import COMPACT_FILE
from sidan.places.models import Place
from sidan.places.operations.divisions import load_divisions
from sidan.places.sources import division_rows
from sidan.web.demo.draw import Draw
from sidan.web.demo.neighbours import DAYS, FIRST, OF_DEMO, make_neighbours, reported
from sidan.web.demo.places import make_network

NOW = datetime.combine(date(2026, 11, 20), time(20), BUSINESS_ZONE)
BEFORE = NOW - timedelta(days=210)
NEXT_FOUR = {
    "万年县": ["2026-11-26", "2026-12-03", "2026-12-10", "2026-12-17"],
    "南昌县": ["2026-11-25", "2026-12-23", "2027-01-27", "2027-02-24"],
}
"""Every Thursday; the fourth Wednesday of every month."""


@pytest.fixture(scope="module")
def counties(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[list[Place]]:
    """Set up the network and the other counties alone: the people of Xunwu are not needed for them."""
    with django_db_blocker.unblock(), transaction.atomic(), everything("tests of the demo"):  # type: ignore[attr-defined] # pytest-django's own
        load_divisions(actor=SYSTEM, at=NOW, rows=division_rows(COMPACT_FILE))
        draw = Draw(7)
        network = make_network(draw=draw, today=NOW.date(), at=BEFORE)
        yield make_neighbours(draw=draw, network=network, at=BEFORE, now=NOW)
        transaction.set_rollback(True)


def test_fourteen_centers_stand_under_their_cities_by_official_code(counties: list[Place]) -> None:
    assert len(counties) == 14
    assert Place.objects.filter(kind="center").count() == 15
    for center in counties:
        assert center.division is not None
        assert center.parent is not None
        assert center.parent.division_id == center.division.parent_code
        assert center.name == f"{center.division.name}新时代文明实践中心"
        assert center.name_en
        assert center.county_id == center.pk
        assert Directorship.objects.filter(place=center).count() == 1
    assert {one.parent.short_name for one in counties if one.parent} >= {"赣州市", "南昌市", "上饶市"}


def test_a_practice_day_is_a_rule_where_a_county_named_one_and_none_is_invented(
    counties: list[Place],
) -> None:
    rules = {rule.place.short_name: rule for rule in Recurring.unscoped.select_related("place")}
    assert rules.keys() == NEXT_FOUR.keys()
    for county, expected in NEXT_FOUR.items():
        rule = rules[county]
        days = queries.next_days(
            series=queries.series_of(recurring=rule), place_id=rule.place_id, at=NOW, count=4
        )
        assert [one.day.isoformat() for one in days] == expected
        made = Activity.unscoped.filter(series=rule).order_by("during")
        # what lies within the days ahead is announced already, by the house's own door
        assert [business_date(one.span.begins).isoformat() for one in made] == [
            day for day in expected if day <= "2026-12-25"
        ] + (["2026-12-24"] if county == "万年县" else [])


@pytest.mark.parametrize("county", reported(), ids=lambda county: county["name_en"])
def test_each_county_has_a_calendar_of_its_own(counties: list[Place], county: dict[str, object]) -> None:
    center = next(one for one in counties if one.division_id == f"{county['code']}000000")
    held = list(Activity.unscoped.filter(place=center).select_related("text").order_by("during"))
    assert held
    for one in held:
        months = reverse("activities:calendar")
        page = Client().get(f"{months}?place={center.uuid}&view=list&day={business_date(one.span.begins)}")
        assert one.title in page.content.decode()
    if "practice_day" not in county:
        titles = {project["title"] for project in county["projects"]}  # type: ignore[attr-defined] # from JSON
        assert {one.title for one in held} == titles
        assert all(one.text.about.endswith(OF_DEMO) for one in held)
        last = NOW.date() + timedelta(days=FIRST + DAYS)
        assert all(NOW.date() < business_date(one.span.begins) <= last for one in held)


def test_where_so_many_a_month_are_the_rule_so_many_are_held(counties: list[Place]) -> None:
    held = Activity.unscoped.filter(place__division="360881000000")
    assert (held.count(), held.filter(kind="lecture").count()) == (8, 3)
