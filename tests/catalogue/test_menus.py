"""Drawing up menus, and what residents of a place find on them."""

from collections.abc import Callable
from datetime import date
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sidan.catalogue import operations as op
from sidan.catalogue.enums import MenuState, ProjectState
from sidan.catalogue.models import Menu, MenuItem, Project
from sidan.catalogue.operations.errors import (
    MenuAlready,
    MenuEmpty,
    MenuExists,
    MenuMonthOver,
    NoSuchMenu,
    NotForThisMenu,
    UnknownForMenu,
)
from sidan.catalogue.permissions import NotYourMenu
from sidan.catalogue.queries import MenuFilter, is_offered_at, menu_at
from sidan.core.actor import NOBODY, SYSTEM, Actor
from sidan.core.errors import BadRequest
from sidan.places.models import Place
from tests.catalogue.conftest import AT, TODAY, Land, actor_with, publish

NOVEMBER = date(2026, 11, 1)
EVERYTHING = MenuFilter()
Text = Callable[..., op.ProjectText]


@pytest.fixture
def offered(
    land: Land, text: Text, manager: Actor, seeing: Callable[[Actor], None]
) -> Callable[..., Project]:
    """Publish a project of the center: `offered("上门理发", area=land.town)`."""
    seeing(manager)

    def make(title: str, **given: object) -> Project:
        project = op.create_project(actor=manager, at=AT, place=land.center, text=text(title=title, **given))
        return publish(project, manager)

    return make


def menu_of(place: Place, *projects: Project, month: date = NOVEMBER) -> Menu:
    """A published menu, written as rows: the months gone by cannot be made by operations."""
    menu = Menu.objects.create(
        place=place, county_id=place.county_id, month=month, state=MenuState.PUBLISHED, published_at=AT
    )
    MenuItem.objects.bulk_create(
        MenuItem(menu=menu, project=project, position=position) for position, project in enumerate(projects)
    )
    return menu


def titles_at(place: Place, wanted: MenuFilter = EVERYTHING, today: date = TODAY) -> list[str]:
    return [card.title for card in menu_at(place_id=place.pk, today=today, wanted=wanted).cards]


def test_a_menu_begins_as_a_copy_of_the_last_one(
    land: Land, offered: Callable[..., Project], manager: Actor
) -> None:
    first, second, third = offered("一"), offered("二"), offered("三")
    menu_of(land.center, third, first, second, month=date(2026, 9, 1))
    op.suspend_project(actor=manager, at=AT, project_uuid=first.uuid)
    menu = op.draft_menu(actor=manager, at=AT, place=land.center, month=date(2026, 12, 15))
    assert (menu.month, menu.state) == (date(2026, 12, 1), "draft")
    assert [item.project for item in menu.items.all()] == [third, second]


def test_a_month_has_one_menu_and_the_past_none(land: Land, manager: Actor) -> None:
    op.draft_menu(actor=manager, at=AT, place=land.center, month=NOVEMBER)
    with pytest.raises(MenuExists):
        op.draft_menu(actor=manager, at=AT, place=land.center, month=NOVEMBER)
    with pytest.raises(MenuMonthOver):
        op.draft_menu(actor=manager, at=AT, place=land.center, month=date(2026, 10, 1))


def test_items_stand_in_the_given_order_each_once(
    land: Land, offered: Callable[..., Project], manager: Actor
) -> None:
    first, second = offered("一"), offered("二")
    menu = op.draft_menu(actor=manager, at=AT, place=land.center, month=NOVEMBER)
    wanted = [second.uuid, first.uuid, second.uuid]
    op.set_menu_items(actor=manager, at=AT, menu_uuid=menu.uuid, project_uuids=wanted)
    assert [item.project for item in menu.items.all()] == [second, first]


def test_a_menu_is_published_and_taken_back(
    land: Land, offered: Callable[..., Project], manager: Actor
) -> None:
    project = offered("上门理发")
    menu = op.draft_menu(actor=manager, at=AT, place=land.center, month=NOVEMBER)
    with pytest.raises(MenuEmpty):
        op.publish_menu(actor=manager, at=AT, menu_uuid=menu.uuid)
    op.set_menu_items(actor=manager, at=AT, menu_uuid=menu.uuid, project_uuids=[project.uuid])
    assert titles_at(land.station) == []
    op.publish_menu(actor=manager, at=AT, menu_uuid=menu.uuid)
    assert titles_at(land.station) == ["上门理发"]
    with pytest.raises(MenuAlready):
        op.publish_menu(actor=manager, at=AT, menu_uuid=menu.uuid)
    with pytest.raises(MenuEmpty):
        op.set_menu_items(actor=manager, at=AT, menu_uuid=menu.uuid, project_uuids=[])
    op.unpublish_menu(actor=manager, at=AT, menu_uuid=menu.uuid)
    assert titles_at(land.station) == []


def test_only_what_is_published_and_serves_here_goes_on_a_menu(
    land: Land, offered: Callable[..., Project], project: Project, manager: Actor
) -> None:
    beside = offered("留车镇的", area=land.other_town)
    menu = op.draft_menu(actor=manager, at=AT, place=land.town, month=NOVEMBER)
    for wrong in (beside.uuid, project.uuid, uuid4()):
        with pytest.raises(NotForThisMenu):
            op.set_menu_items(actor=manager, at=AT, menu_uuid=menu.uuid, project_uuids=[wrong])
    assert not menu.items.exists()


def test_a_center_also_lists_what_only_a_part_of_it_gets(
    land: Land, offered: Callable[..., Project], manager: Actor
) -> None:
    only_there = offered("留车镇的", area=land.other_town)
    menu = op.draft_menu(actor=manager, at=AT, place=land.center, month=NOVEMBER)
    op.set_menu_items(actor=manager, at=AT, menu_uuid=menu.uuid, project_uuids=[only_there.uuid])
    op.publish_menu(actor=manager, at=AT, menu_uuid=menu.uuid)
    assert titles_at(land.other_station) == ["留车镇的"]
    assert titles_at(land.station) == []


def test_a_suspended_project_keeps_its_place_for_when_it_resumes(
    land: Land, offered: Callable[..., Project], manager: Actor
) -> None:
    first, second = offered("一"), offered("二")
    menu = menu_of(land.center, first, second)
    op.suspend_project(actor=manager, at=AT, project_uuid=first.uuid)
    assert titles_at(land.station) == ["二"]
    op.set_menu_items(actor=manager, at=AT, menu_uuid=menu.uuid, project_uuids=[first.uuid, second.uuid])
    op.resume_project(actor=manager, at=AT, project_uuid=first.uuid)
    assert titles_at(land.station) == ["一", "二"]


def test_a_project_suspended_above_does_not_lock_a_township_s_menu(
    land: Land, offered: Callable[..., Project], manager: Actor, seeing: Callable[[Actor], None]
) -> None:
    first, second, third = offered("一"), offered("二"), offered("三")
    menu = menu_of(land.town, first, second)
    op.suspend_project(actor=manager, at=AT, project_uuid=first.uuid)
    director = actor_with(("director", land.town))
    seeing(director)
    assert not Project.objects.filter(pk=first.pk).exists()
    change = {"actor": director, "at": AT, "menu_uuid": menu.uuid}
    op.add_menu_item(**change, project_uuid=third.uuid)
    op.move_menu_item(**change, project_uuid=third.uuid, step="up")
    op.remove_menu_item(**change, project_uuid=second.uuid)
    assert [item.project_id for item in menu.items.all()] == [first.pk, third.pk]
    op.remove_menu_item(**change, project_uuid=first.uuid)
    with pytest.raises(NotForThisMenu) as told:
        op.add_menu_item(**change, project_uuid=first.uuid)
    assert told.type is UnknownForMenu


def test_strangers_and_mallory_draw_up_no_menu(
    land: Land, offered: Callable[..., Project], mallory: Actor
) -> None:
    menu = menu_of(land.center, offered("上门理发"))
    for actor in (
        mallory,
        NOBODY,
        actor_with(("dispatcher", land.center)),
        actor_with(("director", land.town)),
    ):
        with pytest.raises(NotYourMenu):
            op.draft_menu(actor=actor, at=AT, place=land.center, month=date(2026, 12, 1))
        with pytest.raises(NotYourMenu):
            op.set_menu_items(actor=actor, at=AT, menu_uuid=menu.uuid, project_uuids=[])
        with pytest.raises(NotYourMenu):
            op.publish_menu(actor=actor, at=AT, menu_uuid=menu.uuid)
        with pytest.raises(NotYourMenu):
            op.unpublish_menu(actor=actor, at=AT, menu_uuid=menu.uuid)
    with pytest.raises(NoSuchMenu):
        op.publish_menu(actor=mallory, at=AT, menu_uuid=uuid4())


def test_the_nearest_menu_comes_first_and_nothing_twice(land: Land, offered: Callable[..., Project]) -> None:
    county, town, village = offered("县里的"), offered("镇里的"), offered("村里的")
    menu_of(land.center, county, town)
    menu_of(land.town, town, county)
    menu_of(land.station, village)
    assert titles_at(land.station) == ["村里的", "镇里的", "县里的"]
    assert titles_at(land.town) == ["镇里的", "县里的"]
    assert titles_at(land.other_station) == ["县里的", "镇里的"]
    assert titles_at(land.far_station) == []


def test_an_older_menu_holds_until_a_newer_month_comes(land: Land, offered: Callable[..., Project]) -> None:
    old, new = offered("旧的"), offered("新的")
    menu_of(land.center, old, month=date(2026, 8, 1))
    menu_of(land.center, new, month=date(2026, 12, 1))
    assert titles_at(land.station) == ["旧的"]
    assert titles_at(land.station, today=date(2026, 12, 1)) == ["新的"]


def test_a_menu_is_searched_by_words_and_pinyin(land: Land, offered: Callable[..., Project]) -> None:
    menu_of(land.center, offered("上门理发"), offered("家电维修", title_en="Appliance repair"))
    for words in ("家电", "维修", "jiadianweixiu", "jdwx", "repair"):
        assert titles_at(land.station, MenuFilter(words=words)) == ["家电维修"], words
    page = menu_at(place_id=land.station.pk, today=TODAY, wanted=MenuFilter(words="接送"))
    assert (page.cards, page.has_menu) == ([], True)


def test_chips_count_top_categories(land: Land, offered: Callable[..., Project]) -> None:
    life = op.create_category(actor=SYSTEM, at=AT, name="生活服务", code="life")
    cooking = op.create_category(actor=SYSTEM, at=AT, name="做饭", code="cooking", parent=life)
    menu_of(land.center, offered("一"), offered("二", category=cooking), offered("三", category=life))
    page = menu_at(place_id=land.station.pk, today=TODAY, wanted=MenuFilter(category="life"))
    assert [card.title for card in page.cards] == ["二", "三"]
    assert {(chip.code, chip.count) for chip in page.chips} == {("hair", 1), ("life", 2)}


def test_a_long_menu_is_read_in_pages(land: Land, offered: Callable[..., Project]) -> None:
    projects = [offered(f"服务{number}") for number in range(5)]
    menu_of(land.center, *projects[:3])
    menu_of(land.town, *projects[3:])
    seen, cursor = [], ""
    while True:
        page = menu_at(place_id=land.station.pk, today=TODAY, wanted=EVERYTHING, cursor=cursor, limit=2)
        seen += [card.title for card in page.cards]
        if page.next_cursor is None:
            break
        cursor = page.next_cursor
    assert seen == ["服务3", "服务4", "服务0", "服务1", "服务2"]


@pytest.mark.parametrize("cursor", ["x", "1.2", "1.2.3.4", "-1.0.0", "١.0.0", "1." + "9" * 30 + ".1"])
def test_a_cursor_of_another_list_is_refused(land: Land, cursor: str) -> None:
    with pytest.raises(BadRequest):
        menu_at(place_id=land.station.pk, today=TODAY, wanted=EVERYTHING, cursor=cursor)


@pytest.mark.parametrize("count", [1, 3])
def test_a_menu_is_three_queries_however_long(
    land: Land, offered: Callable[..., Project], count: int
) -> None:
    menu_of(land.center, *[offered(f"服务{number}") for number in range(count)])
    with CaptureQueriesContext(connection) as queries:
        assert len(titles_at(land.station)) == count
    assert len(queries) == 3


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(data=st.data())
def test_a_project_is_on_the_menu_exactly_when_the_rule_says_so(
    land: Land, project: Project, data: st.DataObject
) -> None:
    """Published, serving the place, and on the newest published menu (month not ahead) of the place or one above it."""
    places = [land.center, land.town, land.other_town, land.station, land.other_station, land.far_center]
    MenuItem.objects.all().delete()
    Menu.objects.all().delete()
    state = data.draw(st.sampled_from([ProjectState.PUBLISHED] * 3 + [ProjectState.SUSPENDED]))
    area = data.draw(st.sampled_from(places))
    Project.unscoped.filter(pk=project.pk).update(state=state, area=area)
    months = [date(2026, 9, 1), date(2026, 11, 1), date(2026, 12, 1)]
    menus = data.draw(
        st.lists(
            st.tuples(st.sampled_from(places), st.sampled_from(months), st.booleans(), st.booleans()),
            unique_by=lambda row: row[:2],
            max_size=8,
        )
    )
    for place, month, is_published, holds in menus:
        menu = Menu.objects.create(
            place=place, month=month, state="published" if is_published else "draft",
            published_at=AT if is_published else None,
        )  # fmt: skip
        if holds:
            MenuItem.objects.create(menu=menu, project=project)
    here = data.draw(st.sampled_from([land.station, land.other_station, land.town, land.far_station]))
    line = {here.pk, here.parent_id, here.county_id}
    newest = {}
    for place, month, is_published, holds in sorted(menus, key=lambda row: row[1]):
        if is_published and month <= TODAY and place.pk in line:
            newest[place.pk] = holds
    expected = state == ProjectState.PUBLISHED and area.pk in line and any(newest.values())
    assert is_offered_at(project_id=project.pk, place_id=here.pk, today=TODAY) is expected
    assert titles_at(here) == ([project.title] if expected else [])
