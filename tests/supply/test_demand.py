"""Supply and demand: what became of what was asked for, by kind, place and week, counted by the job or not yet."""

import csv
import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from sidan.analytics.policies import Period, monday_of
from sidan.audit.models import AuditEntry
from sidan.catalogue.models import Category, Menu, MenuItem, Project
from sidan.catalogue.queries import is_offered_at
from sidan.core.clock import business_date, now
from sidan.needs.models import Need
from sidan.places.models import Place
from sidan.supply.policies import Fate
from sidan.supply.queries import (
    asked_off_the_menu,
    coverage_of,
    demand_of,
    needed_off_the_menu,
    never_asked,
    reasons_of,
)
from sidan.supply.told import chart_of, tall_chart_of
from tests.figures import count_up_to
from tests.orders.browsing import browser, text_of
from tests.orders.scene import Scene
from tests.supply.helpers import asked, moved, said_no, served

FATES = ("asked", "met", "in_hand", "lost", "taken_back", "unmet")


def fate(scene: Scene, place: Place | None = None) -> tuple[int, ...]:
    today = business_date(now())
    found = demand_of(
        root=place or scene.center, first=monday_of(today) - timedelta(weeks=11), last=today
    ).total()
    return tuple(getattr(found, part) for part in FATES)


@pytest.mark.parametrize("counted", [False, True])
def test_every_order_is_in_one_of_four_parts(scene: Scene, counted: bool) -> None:
    asked(scene, days=1)
    served(asked(scene, days=20), days=2)
    moved(asked(scene, days=30), "failed")
    moved(asked(scene, days=9), "refused", verb="refuse", reason="not_safe")
    moved(asked(scene, days=9), "refused", verb="refuse", reason="duplicate")
    moved(asked(scene, days=3), "cancelled", verb="cancel")
    if counted:
        count_up_to()
    for place in (scene.station, scene.town, scene.center):
        assert fate(scene, place) == (6, 1, 1, 2, 2, 3)
    assert fate(scene, scene.far_center) == (0, 0, 0, 0, 0, 0)


def test_closing_changes_nothing_and_opening_again_takes_back_what_was(scene: Scene) -> None:
    done, failed = asked(scene), asked(scene)
    served(done)
    moved(failed, "failed")
    for order in (done, failed):
        moved(order, "closed", verb="close")
    assert fate(scene) == (2, 1, 0, 1, 0, 1)
    for order in (done, failed):
        moved(order, "reopened", verb="reopen")
    assert fate(scene) == (2, 0, 2, 0, 0, 2)
    for order in (done, failed):
        served(order)
        moved(order, "closed", verb="review")
        moved(order, "reopened", verb="reopen")
        served(order)
    assert fate(scene) == (2, 2, 0, 0, 0, 0)


@pytest.mark.parametrize("counted", [False, True])
def test_what_is_cancelled_after_a_first_try_is_no_longer_wanted_and_nothing_else(
    scene: Scene, counted: bool
) -> None:
    failed, opened_again = asked(scene), asked(scene)
    moved(failed, "failed")
    served(opened_again)
    moved(opened_again, "closed", verb="review")
    moved(opened_again, "reopened", verb="reopen")
    for order in (failed, opened_again):
        moved(order, "cancelled", verb="cancel")
    if counted:
        count_up_to()
    assert fate(scene) == (2, 0, 0, 0, 2, 0)


def test_what_became_of_an_order_is_told_in_the_week_of_asking(scene: Scene) -> None:
    served(asked(scene, days=21), days=0)
    asked(scene, days=0)
    today = business_date(now())
    weeks = demand_of(root=scene.center, first=monday_of(today) - timedelta(weeks=3), last=today).by_week()
    assert [(one.asked, one.met) for one in weeks.values()] == [(1, 1), (0, 0), (0, 0), (1, 0)]


def reasons(scene: Scene, *, days: int = 0) -> list[tuple[str, str, str, int]]:
    day = business_date(now()) - timedelta(days=days)
    found = reasons_of(root=scene.town, first=day, last=day)
    return [(one.kind, one.why.how, one.why.reason, one.count) for one in found]


@pytest.mark.parametrize("counted", [False, True])
def test_what_came_to_nothing_is_told_with_kind_way_and_reason(scene: Scene, counted: bool) -> None:
    for reason in ("not_safe", "not_safe", "duplicate"):
        moved(asked(scene), "refused", verb="refuse", reason=reason)
    given_up, served_after_all = asked(scene), asked(scene)
    for order in (given_up, served_after_all):
        said_no(order, verb="decline", reason="wrong_time")
        said_no(order, verb="fail", reason="nobody_home")
        moved(order, "failed", verb="fail", reason="nobody_home")
        moved(order, "closed", verb="close")
    moved(served_after_all, "reopened", verb="reopen")
    served(served_after_all)
    if counted:
        count_up_to()
    assert reasons(scene) == [
        ("hair", "decline", "wrong_time", 2),
        ("hair", "fail", "nobody_home", 2),
        ("hair", "refused", "not_safe", 2),
        ("hair", "failed", "nobody_home", 1),
        ("hair", "refused", "duplicate", 1),
    ]
    today = business_date(now())
    found = reasons_of(root=scene.town, first=today, last=today)
    lost = [one.count for one in found if not (one.why.is_of_team or one.why.is_spared)]
    assert sum(lost) == 3 == fate(scene)[FATES.index("lost")], "the list explains the number above it"


def test_an_order_that_failed_twice_is_told_with_the_reason_of_the_last_time(scene: Scene) -> None:
    order = asked(scene)
    for reason in ("no_people", "not_safe"):
        moved(order, "failed", verb="fail", reason=reason)
        if reason == "no_people":
            moved(order, "dispatched", verb="dispatch")
    assert reasons(scene) == [("hair", "failed", "not_safe", 1)]


@pytest.mark.parametrize("counted", [False, True])
def test_that_no_team_was_found_is_told_apart_from_what_a_team_could_not_do(
    scene: Scene, counted: bool
) -> None:
    for _nth in range(2):
        moved(asked(scene), "failed", verb="cannot", reason="no_skill")
    tried_after_all = asked(scene)
    moved(tried_after_all, "failed", verb="cannot", reason="no_skill")
    moved(tried_after_all, "dispatched", verb="dispatch")
    moved(tried_after_all, "failed", verb="fail", reason="no_skill")
    if counted:
        count_up_to()
    assert reasons(scene) == [("hair", "cannot", "no_skill", 2), ("hair", "failed", "no_skill", 1)]
    address = f"/console/supply/{scene.center.uuid}/"
    page = text_of(browser(scene, "li").get(address))
    assert "No team was found" in page
    assert "Could not be done" in page
    heads = exported(browser(scene, "li").get(f"{address}demand.csv"))[0]
    assert {"No team was found: The skill is missing", "Could not be done: The skill is missing"} <= set(
        heads
    )


def test_why_something_came_to_nothing_stands_in_the_week_of_asking(scene: Scene) -> None:
    order = asked(scene, days=21)
    said_no(order, verb="release", reason="no_skill")
    moved(order, "refused", verb="refuse", reason="not_safe")
    assert reasons(scene) == []
    assert reasons(scene, days=21) == [
        ("hair", "refused", "not_safe", 1),
        ("hair", "release", "no_skill", 1),
    ]
    address = f"/console/supply/{scene.center.uuid}/demand.csv?weeks=12"
    head, *rows = exported(browser(scene, "li").get(address))
    (row,) = rows
    told = dict(zip(head, row, strict=True))
    assert (told["Asked for"], told["Not admitted or not done"]) == ("1", "1")
    assert told["Not admitted: Not safe"] == "1"
    assert told["A team gave it back before the visit: The skill is missing"] == "1"


def test_the_menu_and_what_is_asked_for_are_compared_both_ways(scene: Scene) -> None:
    today = business_date(now())
    shoes = Category.objects.create(code="shoes", name="修鞋")
    other = Project.unscoped.create(
        title="上门修鞋", category=shoes, team=scene.team, place=scene.center, county_id=scene.center.pk,
        area=scene.station, state="published", people_needed=1, created_at=now(),
    )  # fmt: skip
    menu = Menu.objects.create(
        place=scene.center, county=scene.center, month=today.replace(day=1), state="published",
        published_at=timezone.now(),
    )  # fmt: skip
    MenuItem.objects.create(menu=menu, project=other)
    asked(scene)
    ever = Period()
    assert [one.project.pk for one in never_asked(root=scene.center, period=ever, today=today)] == [other.pk]
    gone = asked_off_the_menu(root=scene.center, period=ever, today=today)
    assert [(one.project.pk, one.count) for one in gone] == [(scene.project.pk, 1)]
    asked(scene, days=200)
    row = f'{scene.project.title}</th>.*?<td class="number" data-label="Asked for in this time">(\\d+)</td>'
    page = browser(scene, "supervisor").get("/console/supply/gaps/").content.decode()
    assert re.findall(row, page, re.DOTALL) == ["1"], "not how often it was ever asked for"
    coverage = coverage_of(root=scene.town, today=today)
    assert (coverage.covered, coverage.places) == ({"shoes": 1}, 2), (
        "what is in the library only is not offered"
    )
    orders_at = (scene.town, scene.station)
    assert [is_offered_at(project_id=other.pk, place_id=one.pk, today=today) for one in orders_at] == [
        False,
        True,
    ]
    MenuItem.objects.create(menu=menu, project=scene.project, position=1)
    assert coverage_of(root=scene.town, today=today).covered == {"hair": 2, "shoes": 1}
    assert coverage_of(root=scene.town, today=date(2020, 1, 1)).covered == {}
    above = scene.center.parent
    assert above is not None
    counties = [coverage_of(root=one, today=today).places for one in (scene.center, scene.far_center)]
    assert coverage_of(root=above, today=today).places == sum(counties), "nobody orders above a county"
    MenuItem.objects.filter(menu=menu, project=scene.project).delete()
    asked(scene, project=other)
    assert never_asked(root=scene.center, period=ever, today=today) == []


@pytest.mark.parametrize("path", ["supply", "supply/gaps", "fairness"])
@pytest.mark.parametrize("name", ["zhou", "wang", "keeper"])
def test_who_oversees_nothing_is_refused(scene: Scene, name: str, path: str) -> None:
    assert browser(scene, name).get(f"/console/{path}/").status_code == 403


@pytest.mark.parametrize("path", ["supply/{}/", "supply/{}/gaps/", "supply/{}/demand.csv", "supply/{}/demand.svg",
                                  "supply/{}/gaps.csv", "fairness/{}/", "fairness/{}/fairness.csv"])  # fmt: skip
def test_a_place_out_of_reach_is_not_there(scene: Scene, path: str) -> None:
    assert browser(scene, "mallory").get(f"/console/{path.format(scene.center.uuid)}").status_code == 404


def test_the_page_says_it_in_words_tables_and_a_drawing(scene: Scene) -> None:
    asked(scene)
    moved(asked(scene), "refused", verb="refuse", reason="not_safe")
    failed = asked(scene)
    said_no(failed, verb="decline", reason="wrong_time")
    moved(failed, "failed", verb="fail", reason="nobody_home")
    client = browser(scene, "li")
    page = client.get("/console/supply/?rows=place")
    assert page.status_code == 200
    text = text_of(page)
    assert "Asked for 3" in text
    hair = scene.project.category.shown_name
    for line in ("Not admitted Not safe 1", "Could not be done Nobody was at home 1"):
        assert f"{hair} {line}" in text
    assert "Together 2" in text, "as many as the number above says"
    assert f"{hair} A team declined The time does not suit 1" in text
    assert "长宁镇" in text
    assert all(f'class="week-chart is-{kind}"' in page.content.decode() for kind in ("wide", "tall"))
    drawing = client.get(f"/console/supply/{scene.center.uuid}/demand.svg")
    assert drawing.headers["Content-Type"] == "image/svg+xml"
    assert drawing.content.startswith(b"<svg")
    assert text_of(client.get("/console/supply/?weeks=no&category=no&rows=no"))


def test_the_numbers_are_taken_along_and_that_is_written_down(scene: Scene) -> None:
    asked(scene)
    client = browser(scene, "li")
    response = client.get(f"/console/supply/{scene.center.uuid}/demand.csv?weeks=4")
    rows = list(csv.reader(b"".join(response.streaming_content).decode("utf-8-sig").splitlines()))  # type: ignore[attr-defined] # a stream
    assert [row[3] for row in rows] == ["Asked for", "1"]
    assert "长宁镇" in rows[1][0]
    assert AuditEntry.objects.filter(verb="supply.exported", subject_id=scene.center.pk).exists()
    book = client.get(f"/console/supply/{scene.center.uuid}/gaps.csv?format=xlsx")
    assert book.status_code == 200
    book.close()


def exported(response: Any) -> list[list[str]]:
    return list(csv.reader(b"".join(response.streaming_content).decode("utf-8-sig").splitlines()))


def test_what_was_not_admitted_is_taken_along_with_its_reasons(scene: Scene) -> None:
    for reason in ("not_safe", "not_safe", "duplicate"):
        moved(asked(scene, days=1), "refused", verb="refuse", reason=reason)
    asked(scene)
    address = f"/console/supply/{scene.center.uuid}/demand.csv?weeks=12"
    head, *rows = exported(browser(scene, "li").get(address))
    unsafe = head.index("Not admitted: Not safe")
    twice = head.index("Not admitted, as no longer wanted: Asked for already")
    assert head.index("Unmet") < twice < unsafe or head.index("Unmet") < unsafe < twice
    assert sum(int(row[unsafe]) for row in rows) == 2
    assert sum(int(row[twice]) for row in rows) == 1
    assert sum(int(row[3]) for row in rows) == 4
    assert {row[0] for row in rows} == {rows[0][0]}
    assert exported(browser(scene, "li").get(f"{address}&category={scene.project.category_id}"))[0] == head
    (plain,) = exported(browser(scene, "li").get(f"{address}&category=shoes-that-nobody-has"))[:1]
    assert plain == head, "a kind that does not exist chooses nothing"


def test_the_drawing_for_a_telephone_tells_the_same_weeks() -> None:
    weeks = {date(2026, 9, 7) + timedelta(weeks=nth): Fate(asked=nth, met=nth // 2) for nth in range(12)}
    wide, tall = chart_of(weeks), tall_chart_of(weeks)
    assert [(bar.week, bar.fate) for bar in wide.bars] == [(bar.week, bar.fate) for bar in tall.bars]
    assert max(bar.width for bar in tall.bars) + tall.left + 46 == tall.width
    assert all(bar.width_unmet <= bar.width for bar in tall.bars)
    assert tall_chart_of({}).height == 0


def test_needs_that_no_service_answers_stand_beside_the_menu(scene: Scene) -> None:
    category = Category.objects.create(code="shoes", name="修鞋")
    for voices in (3, 4):
        Need.unscoped.create(
            place=scene.station, county=scene.center, category=category, title="修鞋", source="visit", voices=voices,
            at=now(),
        )  # fmt: skip
    Need.unscoped.create(
        place=scene.station, county=scene.center, category=scene.project.category, title="理发", source="visit",
        at=now(),
    )  # fmt: skip
    asked(scene)
    asked(scene, days=400)
    client = browser(scene, "li")
    head, *rows = exported(client.get(f"/console/supply/{scene.center.uuid}/gaps.csv"))
    lines = [{name: cell for name, cell in zip(head, row, strict=True) if cell} for row in rows]
    assert lines[0] == {
        "Finding": "Needed, and nowhere offered", "Kind of service": "修鞋", "Open needs": "2", "Voices": "7",
    }  # fmt: skip
    assert {"Finding": "Wished for freely", "Wishes": "Waiting now", "Number of wishes": "0"} in lines
    (gone,) = [line for line in lines if line["Finding"] == "Asked for, and on no menu now"]
    assert (gone["Asked for in this time"], gone["Asked for ever"]) == ("1", "2")
    missing = [line for line in lines if line["Finding"] == "Kinds that are not offered everywhere here"]
    assert {line["Kind of service"]: line["Places where one can order it"] for line in missing}["修鞋"] == "0"
    text = text_of(client.get("/console/supply/gaps/"))
    needed = text.partition("Wished for freely")[0]
    assert "修鞋 nowhere 2 7" in needed
    hair = scene.project.category.shown_name
    assert f"{hair} in the library 1 1" in needed, "what the library has helps nobody who finds it on no menu"
    assert lines[1] == {
        "Finding": "Needed, on no menu, but in the library", "Kind of service": hair, "Open needs": "1", "Voices": "1",
    }  # fmt: skip
    menu = Menu.objects.create(
        place=scene.center, county=scene.center, month=business_date(now()).replace(day=1), state="published",
        published_at=now(),
    )  # fmt: skip
    MenuItem.objects.create(menu=menu, project=scene.project)
    assert hair not in text_of(client.get("/console/supply/gaps/")).partition("Wished for freely")[0]


def test_a_service_of_a_kind_below_answers_a_need_where_it_is_on_the_menu(scene: Scene) -> None:
    today, above = business_date(now()), Category.objects.create(code="body", name="身体")
    below = Category.objects.create(code="feet", name="修脚", parent=above)
    project = Project.unscoped.create(
        title="上门修脚", category=below, team=scene.team, place=scene.center, county_id=scene.center.pk,
        area=scene.station, state="published", people_needed=1, created_at=now(),
    )  # fmt: skip
    menu = Menu.objects.create(
        place=scene.center, county=scene.center, month=today.replace(day=1), state="published",
        published_at=now(),
    )  # fmt: skip
    MenuItem.objects.create(menu=menu, project=project)
    for place in (scene.station, scene.town):
        Need.unscoped.create(
            place=place, county=scene.center, category=above, title="修脚", source="visit", at=now()
        )
    found = needed_off_the_menu(root=scene.center, today=today)
    assert [(one.kind, one.in_library, one.needs) for one in found] == [("body", False, 1)], (
        "the town's own people are not served by it"
    )
    assert needed_off_the_menu(root=scene.station, today=today) == []


def test_shares_and_sums_of_nothing_are_nothing() -> None:
    assert (Fate().share, Fate(asked=1, taken_back=1).share) == (0, 0)
    assert Fate(asked=4, met=1, lost=1).share == 75
