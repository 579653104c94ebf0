"""Figures: a place is its own orders and those of its children; who oversees nothing sees none."""

import csv
import re

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext

from sidan.analytics.queries import Counts
from sidan.analytics.told import MOST_BARS, charts_of
from sidan.audit.models import AuditEntry
from sidan.core.scope import everything
from sidan.people.models import Person
from tests.figures import count_up_to
from tests.orders.browsing import browser, text_of
from tests.orders.scene import Scene


def cells(page: str, name: str) -> list[int]:
    """The numbers of a row of the table."""
    rows = re.findall(r"<tr>(.*?)</tr>", page, re.S)
    row = next(row for row in rows if 'scope="row"' in row and name in row.partition("</th>")[0])
    return [int(number) for number in re.findall(r'data-cell="\w+">(\d+)<', row)]


@pytest.mark.parametrize("name", ["zhou", "wang", "keeper"])
def test_who_oversees_nothing_sees_no_figures(scene: Scene, name: str) -> None:
    client = browser(scene, name)
    assert client.get("/console/figures/").status_code == 403
    assert client.get(f"/console/figures/{scene.center.uuid}/").status_code == 403
    assert client.get(f"/console/figures/{scene.center.uuid}/export.csv").status_code == 403


@pytest.mark.parametrize(
    ("name", "place"), [("mallory", "center"), ("director", "center"), ("li", "far_center")]
)
def test_a_place_out_of_reach_is_not_there(scene: Scene, name: str, place: str) -> None:
    uuid = getattr(scene, place).uuid
    client = browser(scene, name)
    assert client.get(f"/console/figures/{uuid}/").status_code == 404
    assert client.get(f"/console/figures/{uuid}/export.csv").status_code == 404


def test_a_parent_is_its_own_orders_and_those_of_its_children(scene: Scene) -> None:
    scene.offered()
    Person.unscoped.filter(account=scene.accounts["zhou"]).update(home_place=scene.town)
    scene.placed()
    client = browser(scene, "supervisor")
    town = client.get(f"/console/figures/{scene.town.uuid}/").content.decode()
    own, child, together = (cells(town, name) for name in ("itself", "城北社区", "Together"))
    assert (own[0], child[1]) == (1, 1)
    assert [a + b for a, b in zip(own, child, strict=True)] == together
    center = client.get(f"/console/figures/{scene.center.uuid}/").content.decode()
    assert cells(center, "长宁镇") == together
    city = client.get("/console/figures/").content.decode()
    assert cells(city, "寻乌县") == together
    assert sum(cells(city, "安远县")) == 0


def test_one_drills_down_to_a_station_and_back_up_to_one_s_own_place(scene: Scene) -> None:
    scene.placed()
    client = browser(scene, "director")
    top = client.get("/console/figures/").content.decode()
    assert f"/console/figures/{scene.station.uuid}/" in top
    assert str(scene.center.uuid) not in top
    station = client.get(f"/console/figures/{scene.station.uuid}/")
    assert f"/console/figures/{scene.town.uuid}/" in station.content.decode()
    assert "Orders in all 1" in text_of(station)


def test_the_table_is_taken_along_with_every_state(scene: Scene) -> None:
    scene.placed()
    response = browser(scene, "li").get(f"/console/figures/{scene.center.uuid}/export.csv")
    rows = list(csv.reader(b"".join(response.streaming_content).decode("utf-8-sig").splitlines()))
    together = dict(zip(rows[0], rows[-1], strict=True))
    assert together["Where the orders stand: Submitted"] == together["Orders placed"] == "1"
    assert together["How they reached us: Entered by staff"] == "0"
    assert AuditEntry.objects.filter(verb="figures.exported", subject_id=scene.center.pk).exists()


def test_figures_cost_the_same_with_one_order_and_with_three(scene: Scene) -> None:
    client = browser(scene, "li")
    scene.placed()
    client.get("/console/figures/")
    with CaptureQueriesContext(connection) as one:
        client.get("/console/figures/")
    scene.placed()
    scene.offered()
    with CaptureQueriesContext(connection) as three:
        client.get("/console/figures/")
    assert len(three) == len(one)


def test_what_the_job_has_counted_is_not_counted_again_by_the_page(scene: Scene) -> None:
    """The same page, with and without a tail; once all is counted no source is asked for its rows."""
    client = browser(scene, "li")
    scene.offered()
    with CaptureQueriesContext(connection) as before:
        first = text_of(client.get("/console/figures/"))
    count_up_to()
    with CaptureQueriesContext(connection) as after:
        second = text_of(client.get("/console/figures/"))
    assert first == second
    asked = [sum("JOIN orders_order placed" in one["sql"] for one in found) for found in (before, after)]
    assert asked == [4, 0], "an offered order has rows that four sources read"


@pytest.mark.django_db
def test_of_very_many_parts_the_largest_are_shown_and_the_others_together() -> None:
    counts = Counts()
    for nth in range(20):
        counts.counts["orders.category", f"kind{nth}"] = nth + 1
    with everything("words of categories"):
        chart = next(chart for chart in charts_of(counts) if chart.total == 210)
    assert len(chart.bars) == MOST_BARS
    assert [bar.count for bar in chart.bars] == [*range(20, 11, -1), 66]


def test_unlike_things_are_told_one_by_one_without_shares_and_without_a_rest(scene: Scene) -> None:
    counts = Counts()
    for nth in range(MOST_BARS + 5):
        counts.counts["orders.counted", f"kind{nth}|amount"] = nth + 1
    with everything("words of what reports ask for"):
        [chart] = charts_of(counts)
    assert (chart.total, len(chart.bars)) == (None, MOST_BARS + 5)
    assert {bar.share for bar in chart.bars} == {None}
    page = render_to_string("analytics/_chart.html", {"chart": chart})
    assert ("%" in page, "progress" in page, "data-folds open" in page) == (False, False, False)
