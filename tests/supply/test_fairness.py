"""Fairness: who is served again and again, who is not at all, and what a dispatcher is told of it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from sidan.analytics.policies import Period
from sidan.analytics.queries import place_figures
from sidan.attendance.operations import Proof
from sidan.catalogue.models import Category, Project, TeamService
from sidan.core.actor import SYSTEM
from sidan.core.clock import business_date, now
from sidan.core.ids import format_number, uuid7
from sidan.core.pagination import encode_cursor
from sidan.core.scope import scoped
from sidan.orders.models import Order, OrderStep, Visit
from sidan.orders.operations import Report, check_in, check_out, report_visit
from sidan.people.access import scope_for
from sidan.people.models import Person
from sidan.places.enums import Setting
from sidan.places.models import Place
from sidan.places.operations import open_place
from sidan.supply.policies import is_often, usual
from sidan.supply.queries import (
    KindServed,
    audiences_served,
    every_place_served,
    groups_served,
    hints_for,
    kinds_here,
    kinds_unserved,
    places_served,
)
from sidan.web.models import SavedView
from tests.figures import count_up_to
from tests.orders.browsing import browser, text_of
from tests.orders.scene import AT, Scene, later
from tests.supply.helpers import asked, moved, served


def village(scene: Scene, name: str) -> Place:
    return open_place(
        actor=SYSTEM, at=now(), kind="station", name=name, parent_id=scene.town.pk, setting="village",
        on=business_date(now()) - timedelta(days=300),
    )  # fmt: skip


def told(scene: Scene, days: int = 90) -> dict[str, tuple[int, int, bool, bool]]:
    rows = every_place_served(root=scene.center, today=business_date(now()), days=days)
    return {row.place.name: (row.asked, row.visits, row.is_forgotten, row.is_often) for row in rows}


def test_places_that_nobody_serves_come_first_the_most_wanted_of_them_at_the_top(scene: Scene) -> None:
    quiet, waiting = village(scene, "静村"), village(scene, "等村")
    served(asked(scene, days=5), days=4)
    served(asked(scene, days=200, at=quiet), days=180)
    asked(scene, days=3, at=waiting)
    names = list(told(scene))
    assert names == ["等村", "静村", scene.station.name]
    assert told(scene)["静村"] == (0, 0, True, False)
    assert told(scene, 365)["静村"] == (1, 1, False, False)
    page, _settings = places_served(root=scene.center, today=business_date(now()), days=90)
    assert page.items[1].last == business_date(now() - timedelta(days=180))


def test_a_place_served_far_more_often_than_others_is_named(scene: Scene) -> None:
    for nth in range(3):
        served(asked(scene, days=6, at=village(scene, f"村{nth}")), days=5)
    for _visit in range(6):
        served(asked(scene, days=6), days=5)
    found = told(scene, 30)
    assert found[scene.station.name] == (6, 6, False, True)
    assert not any(often for name, (*_rest, often) in found.items() if name != scene.station.name)


def test_the_database_judges_as_the_rules_say(scene: Scene) -> None:
    for nth, visits in enumerate((0, 1, 1, 2, 5, 9)):
        place = village(scene, f"村{nth}")
        for _visit in range(visits):
            served(asked(scene, days=6, at=place), days=5)
    count_up_to(OrderStep.objects.latest("id").pk)
    served(asked(scene, days=6), days=5)
    found = told(scene, 30)
    middle = usual(visits for _asked, visits, *_rest in found.values())
    assert sorted(visits for _asked, visits, *_rest in found.values()) == [0, 1, 1, 1, 2, 5, 9]
    for _asked, visits, forgotten, often in found.values():
        assert often == is_often(count=visits, usual=middle, days=30)
        assert forgotten == (visits == 0)


def test_page_by_page_every_place_is_told_once(scene: Scene) -> None:
    for nth in range(5):
        served(asked(scene, days=6, at=village(scene, f"村{nth}")), days=5 - nth % 2)
    village(scene, "静村"), village(scene, "等村")
    today, names, cursor = business_date(now()), [], ""
    while True:
        page, settings = places_served(root=scene.center, today=today, days=90, cursor=cursor, limit=2)
        assert sum(one.places for one in settings) == 8
        names += [row.place.name for row in page.items]
        cursor = page.next_cursor or ""
        if not cursor:
            break
    assert names == list(told(scene))
    assert len(set(names)) == 8


@pytest.mark.parametrize("column", ["name", "under", "asked", "visits", "last"])
def test_every_head_sorts_both_ways_and_page_by_page_tells_each_place_once(scene: Scene, column: str) -> None:
    for nth, name in enumerate(("丙村", "甲村", "乙村", "丁村")):
        place = village(scene, name)
        for day in range(nth % 3):
            served(asked(scene, days=9, at=place), days=1 + nth + day)
    orders = []
    for sort in (column, f"-{column}"):
        names, cursor = [], ""
        while cursor is not None:
            page, _settings = places_served(
                root=scene.center, today=business_date(now()), days=90, sort=sort, cursor=cursor, limit=2
            )
            names += [row.place.name for row in page.items]
            cursor = page.next_cursor
        rows = every_place_served(root=scene.center, today=business_date(now()), days=90, sort=sort)
        assert names == [row.place.name for row in rows]
        orders.append(names)
    assert sorted(orders[0]) == sorted(told(scene))
    assert orders[0] == orders[1][::-1]


def test_the_heads_of_the_page_sort_by_what_they_say(scene: Scene) -> None:
    village(scene, "等村")
    served(asked(scene, days=5), days=4)
    client = browser(scene, "supervisor")
    for sort, first in (("-visits", scene.station.short_name), ("visits", "等"), ("no-such", "等")):
        page = client.get(f"/console/fairness/?show=all&sort={sort}").content.decode()
        assert page.split('class="lead">')[1].startswith(first), sort
    table = f"/console/fairness/{scene.center.uuid}/fairness.csv?show=all&sort=-visits"
    lines = b"".join(client.get(table).streaming_content).decode().splitlines()
    assert lines[1].startswith(scene.station.name)
    assert "2 rows" in text_of(client.get("/console/fairness/?show=all&count=1"))
    assert "1 row " in text_of(client.get("/console/fairness/?show=forgotten&count=1"))


def test_a_view_of_the_list_is_kept_with_its_place_and_opened_again(scene: Scene) -> None:
    client = browser(scene, "supervisor")
    query = f"place={scene.town.uuid}&show=all&sort=-visits&cols=visits"
    page = client.get(f"/console/fairness/?{query}").content.decode()
    assert 'name="page" value="supply:fairness"' in page
    assert "Asked for</a></th>" not in page.split("<h2>Kinds")[0], "a column that was not chosen"
    client.post(reverse("web:keep_view"), {"page": "supply:fairness", "name": "各村", "query": query})
    view = SavedView.objects.get()
    client.post(reverse("web:begin_with", args=[view.uuid]))
    answer = client.get("/console/fairness/")
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/console/fairness/?{query}")
    assert f"Who is served: {scene.town.name}" in text_of(client.get(answer.headers["Location"]))


def test_another_list_does_not_take_over_columns_it_does_not_have(scene: Scene) -> None:
    asked(scene, days=5), asked(scene, days=1)
    client = browser(scene, "li")
    page = client.get("/console/fairness/?show=all&sort=-visits&cols=visits&days=180").content.decode()
    chips = [part.split('"')[0] for part in page.split('filter-chip" href="')]
    (twice,) = [chip for chip in chips if "show=twice" in chip]
    assert twice == "/console/fairness/?show=twice&amp;days=180"


@pytest.mark.parametrize("value", ["", "0 1", "a b c", "0 1 2026-13-01"])
def test_a_place_in_the_list_that_was_not_given_out_is_refused(scene: Scene, value: str) -> None:
    cursor = encode_cursor(sort="need", value=value.replace(" ", "\t"), row_id=1)
    for asked_for in ("x", cursor):
        assert browser(scene, "supervisor").get(f"/console/fairness/?cursor={asked_for}").status_code == 400


def unserved(root: Place) -> list[KindServed]:
    return kinds_unserved(kinds=kinds_here(root=root, today=business_date(now()), days=90))


def test_kinds_that_nobody_gave_are_named_with_how_many_teams_serve_them(scene: Scene) -> None:
    asked(scene)
    found = unserved(scene.center)
    assert [(row.category.code, row.asked, row.visits, row.teams) for row in found] == [("hair", 1, 0, 2)]
    served(asked(scene))
    assert unserved(scene.center) == []
    assert [row.teams for row in unserved(scene.far_center)] == [0]


def test_groups_tell_how_many_of_their_places_nobody_came_to(scene: Scene) -> None:
    village(scene, "静村")
    today = business_date(now())
    _page, found = places_served(root=scene.center, today=today, days=90)
    settings, whom = groups_served(root=scene.center, today=today, days=90, settings=found)
    assert (str(Setting.VILLAGE.label), 1, 1, 0, 0) in [
        (row.label, row.members, row.left_out, row.asked, row.got) for row in settings
    ]
    assert {row.members for row in whom} == {None}


def audiences(root: Place) -> dict[str, tuple[int, int, int]]:
    rows = audiences_served(kinds=kinds_here(root=root, today=business_date(now()), days=90))
    return {row.label: (row.kinds or 0, row.asked, row.got) for row in rows if row.kinds or row.asked}


def test_groups_for_whom_services_are_meant_tell_what_they_asked_for_and_got(scene: Scene) -> None:
    group = Category.objects.create(code="care", name="关爱", audience=["elder"])
    Category.objects.create(code="lunch", name="午餐", parent=group, audience=["left_behind", "elder"])
    Category.objects.create(code="talk", name="聊天", parent=group)
    assert audiences(scene.center) == {}
    Category.objects.filter(pk="hair").update(audience=["elder", "disabled"])
    asked(scene)
    assert audiences(scene.center) == {"老年人": (1, 1, 0), "残疾人": (1, 1, 0)}
    served(asked(scene))
    TeamService.objects.create(team=scene.team, category_id="talk", area=scene.center)
    assert audiences(scene.center)["老年人"] == (2, 2, 1), "what says nothing is for whom the kind above is"
    text = text_of(browser(scene, "supervisor").get("/console/fairness/"))
    assert "Disabled people 1 2 1" in text
    assert "Veterans 0 nothing 0 0 nothing" in text


def test_the_dispatcher_is_told_of_a_group_that_nobody_came_to(scene: Scene) -> None:
    Category.objects.create(code="lunch", name="午餐", audience=["elder"])
    Category.objects.filter(pk="hair").update(audience=["elder", "veteran"])
    lunch = Project.unscoped.get(pk=scene.project.pk)
    lunch.pk, lunch.uuid, lunch.category_id = None, uuid7(), "lunch"
    lunch.save(force_insert=True)
    Category.objects.create(code="lamp", name="修灯")
    lamp = Project.unscoped.get(pk=lunch.pk)
    lamp.pk, lamp.uuid, lamp.category_id = None, uuid7(), "lamp"
    lamp.save(force_insert=True)
    served(asked(scene, project=lamp), days=1)
    order = asked(scene, project=lunch)
    assert hints_for(order=order, at=now(), today=business_date(now())) == [], "once is not yet a finding"
    asked(scene)
    (hint,) = hints_for(order=order, at=now(), today=business_date(now()))
    assert (hint.kind, hint.group, hint.count) == ("group_forgotten", "elder", 2)
    text = text_of(browser(scene, "li").get(f"/console/fairness/orders/{order.uuid}/"))
    assert "Old people: what is meant for them was ordered here 2 times in the last 90 days" in text
    served(asked(scene, days=4), days=3)
    assert hints_for(order=order, at=now(), today=business_date(now())) == []


def test_the_dispatcher_is_told_of_a_forgotten_place_and_of_nothing_where_all_is_usual(scene: Scene) -> None:
    order = asked(scene)
    client = browser(scene, "li")
    page = text_of(client.get(f"/console/fairness/orders/{order.uuid}/"))
    assert "Nobody has been served here in the last 90 days, though there was 1 order." in page
    served(asked(scene, days=4), days=3)
    piece = client.get(f"/console/fairness/orders/{order.uuid}/", headers={"HX-Request": "true"})
    assert text_of(piece) == ""


def test_the_dispatcher_is_told_of_a_place_a_person_and_a_kind_that_stand_out(scene: Scene) -> None:
    for _visit in range(5):
        served(asked(scene, days=3), days=2)
    served(asked(scene, days=3, at=village(scene, "邻村")), days=2)
    kinds = {
        one.kind: one.count for one in hints_for(order=asked(scene), at=now(), today=business_date(now()))
    }
    assert kinds == {"place_often": 5, "person_often": 6}
    text = text_of(browser(scene, "li").get(f"/console/fairness/orders/{asked(scene).uuid}/"))
    assert "Served 5 times in the last 30 days; the places beside it usually 1 times." in text


def test_the_visits_of_a_person_whose_rows_were_merged_are_of_one_person(scene: Scene) -> None:
    orders = [asked(scene, days=3) for _visit in range(4)]
    for order in orders:
        served(order, days=2)
    newest = asked(scene)
    row = Person.unscoped.create(name="周桂英", home_place=scene.station, county=scene.center, created_at=AT)
    Order.unscoped.filter(pk__in=[order.pk for order in orders[:2]]).update(requester=row)

    def often() -> list[int]:
        hints = hints_for(order=newest, at=now(), today=business_date(now()))
        return [one.count for one in hints if one.kind == "person_often"]

    assert often() == []
    Person.unscoped.filter(pk=row.pk).update(canonical=newest.requester)
    assert often() == [4]


def test_visits_of_private_orders_are_no_hint_to_who_may_not_see_them(scene: Scene) -> None:
    for _visit in range(6):
        served(asked(scene, days=3, keeper=scene.center), days=2)

    def told(name: str) -> set[str]:
        with scoped(scope_for(scene.actor(name))):
            return {one.kind for one in hints_for(order=open_one, at=now(), today=business_date(now()))}

    open_one = asked(scene)
    assert "person_often" in told("li")
    assert "person_often" not in told("director")


def test_an_order_out_of_reach_gives_no_hint(scene: Scene) -> None:
    order = asked(scene)
    assert browser(scene, "mallory").get(f"/console/fairness/orders/{order.uuid}/").status_code == 404
    assert browser(scene, "zhou").get(f"/console/fairness/orders/{order.uuid}/").status_code == 403


@pytest.mark.parametrize("show", ["forgotten", "often", "all", "nothing"])
def test_the_page_shows_the_places_that_are_asked_for(scene: Scene, show: str) -> None:
    quiet = village(scene, "静村")
    served(asked(scene))
    page = browser(scene, "supervisor").get(f"/console/fairness/?show={show}")
    assert page.status_code == 200
    assert (quiet.short_name in text_of(page)) == (show != "often")


@given(st.lists(st.integers(0, 50)), st.integers(1, 400))
def test_nothing_is_often_below_four_in_thirty_days(counts: list[int], days: int) -> None:
    middle = usual(counts)
    for count in counts:
        if is_often(count=count, usual=middle, days=days):
            assert count * 30 >= 4 * days
            assert count >= 3 * middle
    assert (middle == 0) == (not any(counts))


def test_a_visit_counts_where_the_order_arose_once_it_is_done(scene: Scene) -> None:
    visit, actor = scene.scheduled(), scene.actor("zhao")
    hand = Proof(way="hand", reason_code="other")
    check_in(actor=actor, at=later(days=1), visit=visit, proof=hand)
    visit = Visit.objects.select_related("assignment__order", "assignment__team").get(pk=visit.pk)
    assert _visits(scene) == 0
    check_out(actor=actor, at=later(days=1, hours=1), visit=visit, proof=hand)
    visit = Visit.objects.select_related("assignment__order", "assignment__team").get(pk=visit.pk)
    report_visit(actor=actor, at=later(days=1, hours=2), visit=visit, report=Report())
    assert _visits(scene) == 1


def _visits(scene: Scene) -> int:
    found = place_figures(root=scene.station, figures=["orders.served", "orders.met"], period=Period())
    assert found.own.of("orders.served", "hair") == found.own.of("orders.met", "hair")
    return found.own.of("orders.served", "hair")


def test_places_are_found_by_name_on_the_page_and_in_the_table(scene: Scene) -> None:
    client, name = browser(scene, "supervisor"), scene.station.name
    page = "/console/fairness/?show=all"
    assert f'class="lead">{scene.station.short_name}' in client.get(f"{page}&q={name}").content.decode()
    assert "Nothing fits these filters" in text_of(client.get(f"{page}&q=没有这个村"))
    table = f"/console/fairness/{scene.center.uuid}/fairness.csv"
    for asked_for, is_there in (
        (f"q={name}&show=all", True),
        ("q=没有这个村&show=all", False),
        ("show=no-such", True),
    ):
        taken = b"".join(client.get(f"{table}?{asked_for}").streaming_content).decode()
        assert (name in taken) == is_there, asked_for


def test_who_asked_for_the_same_twice_stands_in_a_list_with_both_orders_and_no_name(scene: Scene) -> None:
    first, again = asked(scene, days=5), asked(scene, days=1)
    long_before = asked(scene, days=60)
    client = browser(scene, "li")
    page = text_of(client.get("/console/fairness/?show=twice"))
    found = [format_number(one.number) in page for one in (again, first, long_before)]
    assert found == [True, True, False]
    assert again.requester.name not in page
    assert "Nobody asked for the same twice" not in page
    assert format_number(again.number) not in text_of(client.get("/console/fairness/"))
    url = f"/console/fairness/{scene.center.uuid}/fairness.csv?show=twice"
    table = b"".join(client.get(url).streaming_content).decode()
    assert (again.number in table, first.number in table, again.requester.name in table) == (
        True,
        True,
        False,
    )
    assert "Nothing fits" in text_of(client.get("/console/fairness/?show=twice&q=没有这个村"))


def test_what_was_asked_for_twice_is_sorted_and_goes_on_behind_the_last_row(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sidan.core.lists.DEFAULT_LIMIT", 1)
    _first, second, third = asked(scene, days=5), asked(scene, days=3), asked(scene, days=1)
    client, seen = browser(scene, "li"), []
    for sort in ("-created_at", "created_at", "place_key", "-state"):
        url, numbers = f"/console/fairness/?show=twice&sort={sort}", []
        while url:
            page = client.get(url)
            numbers += [one.order.number for one in page.context["rows"]]
            cursor = page.context["next_cursor"]
            url = f"/console/fairness/?show=twice&sort={sort}&cursor={cursor}" if cursor else ""
        seen.append(numbers)
    newest_first = [third.number, second.number]
    assert seen == [newest_first, newest_first[::-1], newest_first[::-1], newest_first]


def test_what_was_taken_back_was_not_asked_twice(scene: Scene) -> None:
    asked(scene, days=5)
    again = asked(scene, days=1)
    moved(again, "cancelled", verb="cancel")
    assert "Nobody asked for the same twice" in text_of(
        browser(scene, "li").get("/console/fairness/?show=twice")
    )
