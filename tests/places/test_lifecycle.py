"""Opening, renaming, moving and closing places."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest

from sidan.audit.models import AuditEntry
from sidan.core import events
from sidan.core.actor import SYSTEM, Actor
from sidan.places import operations
from sidan.places.events import PlaceMoved
from sidan.places.models import Place, PlaceChange, PlaceLink
from sidan.places.operations import close_place, move_place, open_place, rename_place
from sidan.places.operations.errors import (
    AlreadyThere,
    DayAhead,
    DayTooEarly,
    HasOpenChildren,
    IntoItself,
    NameTaken,
    NotOpen,
    OtherCounty,
    ParentClosed,
    SameName,
    WrongParent,
)
from sidan.places.permissions import EDITING_ROLES, MayNotChangeRoots, MayNotEditPlaces
from sidan.places.queries import ancestor_ids, ancestors_of, subtree_ids
from tests.places.conftest import FOUNDED

County = dict[str, Place]
ManagerOf = Callable[[Place], Actor]


def test_a_new_place_knows_all_above_it_its_county_and_how_it_is_found(county: County) -> None:
    station = county["chengbei"]
    assert [place.short_name for place in ancestors_of(place_id=station.pk)] == [
        "江西省",
        "赣州市",
        "寻乌县",
        "长宁镇",
    ]
    assert station.county_id == county["center"].pk
    assert station.path_names == "寻乌县 › 长宁镇 › 城北社区"
    assert station.pinyin == "chengbeishequ"
    assert county["center"].county_id == county["center"].pk
    assert county["city"].county_id is None
    assert county["city"].path_names == "江西省 › 赣州市"


def test_a_village_alone_is_its_own_county(opened: Callable[..., Place]) -> None:
    village = opened("station", "河角村新时代文明实践站")
    assert village.county_id == village.pk
    assert village.path_names == "河角村"


def test_opening_is_kept_in_history_and_audit(county: County) -> None:
    change = PlaceChange.objects.get(place=county["liuche"])
    assert (change.kind, change.on, change.after["parent"]) == ("opened", FOUNDED, county["center"].pk)
    entry = AuditEntry.objects.get(verb="places.opened", subject_id=county["liuche"].pk)
    assert entry.county_id == county["center"].pk


def test_a_kind_stands_only_where_it_belongs(county: County, at: datetime) -> None:
    with pytest.raises(WrongParent):
        open_place(actor=SYSTEM, at=at, kind="center", name="x", parent_id=county["chengbei"].pk)


def test_two_open_places_under_one_parent_have_two_names(county: County, at: datetime) -> None:
    name, parent_id = county["chengbei"].name, county["changning"].pk
    with pytest.raises(NameTaken):
        open_place(actor=SYSTEM, at=at, kind="station", name=name, parent_id=parent_id)
    close_place(actor=SYSTEM, at=at, place_id=county["chengbei"].pk)
    assert open_place(actor=SYSTEM, at=at, kind="station", name=name, parent_id=parent_id).is_open


def test_a_place_cannot_be_older_than_its_parent_nor_of_tomorrow(county: County, at: datetime) -> None:
    parent_id = county["changning"].pk
    with pytest.raises(DayTooEarly):
        open_place(
            actor=SYSTEM, at=at, kind="station", name="x", parent_id=parent_id, on=FOUNDED - timedelta(days=1)
        )
    with pytest.raises(DayAhead):
        open_place(actor=SYSTEM, at=at, kind="station", name="x", parent_id=parent_id, on=date(2026, 11, 21))


def test_a_move_ends_the_old_links_on_its_day_and_begins_new_ones(county: County, at: datetime) -> None:
    day = date(2026, 6, 1)
    moved = move_place(
        actor=SYSTEM, at=at, place_id=county["chengbei"].pk, parent_id=county["liuche"].pk, on=day
    )
    assert moved.path_names == "寻乌县 › 留车镇 › 城北社区"
    old = PlaceLink.objects.get(ancestor=county["changning"], descendant=moved)
    new = PlaceLink.objects.get(ancestor=county["liuche"], descendant=moved)
    assert (old.during.lower, old.during.upper) == (FOUNDED, day)
    assert (new.during.lower, new.during.upper) == (day, None)
    before, after = (
        [place.short_name for place in ancestors_of(place_id=moved.pk, on=on)][-1]
        for on in (date(2026, 5, 31), day)
    )
    assert (before, after) == ("长宁镇", "留车镇")


def test_a_move_on_the_day_of_opening_leaves_no_empty_link(county: County, at: datetime) -> None:
    moved = move_place(
        actor=SYSTEM, at=at, place_id=county["chengbei"].pk, parent_id=county["liuche"].pk, on=FOUNDED
    )
    assert not PlaceLink.objects.filter(ancestor=county["changning"], descendant=moved).exists()
    assert ancestor_ids(place_id=moved.pk) == {
        county[name].pk for name in ("province", "city", "center", "liuche", "chengbei")
    }


def test_a_move_takes_along_all_below(county: County, opened: Callable[..., Place], at: datetime) -> None:
    booth = opened("point", "城北夜市摊位", under=county["chengbei"])
    move_place(actor=SYSTEM, at=at, place_id=county["chengbei"].pk, parent_id=county["liuche"].pk)
    booth.refresh_from_db()
    assert booth.path_names == "寻乌县 › 留车镇 › 城北社区 › 城北夜市摊位"
    assert booth.pk in subtree_ids(place_id=county["liuche"].pk)
    assert booth.pk not in subtree_ids(place_id=county["changning"].pk)


def test_a_move_is_refused_where_it_cannot_be(
    county: County, opened: Callable[..., Place], at: datetime
) -> None:
    other = opened("center", "安远县新时代文明实践中心", under=county["city"])
    station, home = county["chengbei"].pk, county["changning"].pk
    with pytest.raises(AlreadyThere):
        move_place(actor=SYSTEM, at=at, place_id=station, parent_id=home)
    with pytest.raises(IntoItself):
        move_place(actor=SYSTEM, at=at, place_id=home, parent_id=station)
    with pytest.raises(OtherCounty):
        move_place(actor=SYSTEM, at=at, place_id=station, parent_id=other.pk)
    with pytest.raises(MayNotChangeRoots):
        move_place(actor=SYSTEM, at=at, place_id=county["province"].pk, parent_id=county["city"].pk)


def test_a_move_is_not_dated_before_the_last_change_it_touches(county: County, at: datetime) -> None:
    station, liuche, changning = (county[name].pk for name in ("chengbei", "liuche", "changning"))
    move_place(actor=SYSTEM, at=at, place_id=station, parent_id=liuche, on=date(2026, 6, 1))
    with pytest.raises(DayTooEarly) as refused:
        move_place(actor=SYSTEM, at=at, place_id=station, parent_id=changning, on=date(2026, 5, 1))
    assert refused.value.facts["day"] == "2026-06-01"


def test_a_center_may_go_to_another_city_with_all_its_places(
    county: County, opened: Callable[..., Place], at: datetime
) -> None:
    ji_an = opened("city", "吉安市", under=county["province"])
    center = move_place(actor=SYSTEM, at=at, place_id=county["center"].pk, parent_id=ji_an.pk)
    assert center.county_id == center.pk
    assert county["chengbei"].pk in subtree_ids(place_id=ji_an.pk)
    assert county["chengbei"].pk not in subtree_ids(place_id=county["city"].pk)


def test_a_new_name_is_seen_in_the_paths_below_and_found(county: County, at: datetime) -> None:
    rename_place(
        actor=SYSTEM,
        at=at,
        place_id=county["changning"].pk,
        name="城关镇新时代文明实践所",
        name_en="Chengguan",
    )
    county["chengbei"].refresh_from_db()
    assert county["chengbei"].path_names == "寻乌县 › 城关镇 › 城北社区"
    change = PlaceChange.objects.get(kind="renamed")
    assert (change.before["short_name"], change.after["short_name"]) == ("长宁镇", "城关镇")
    with pytest.raises(SameName):
        rename_place(
            actor=SYSTEM,
            at=at,
            place_id=county["changning"].pk,
            name="城关镇新时代文明实践所",
            name_en="Chengguan",
        )


def test_only_an_empty_place_is_closed_and_it_stays_visible_to_those_above(
    county: County, at: datetime
) -> None:
    with pytest.raises(HasOpenChildren) as refused:
        close_place(actor=SYSTEM, at=at, place_id=county["changning"].pk)
    assert refused.value.facts["count"] == 2
    closed = close_place(actor=SYSTEM, at=at, place_id=county["chengbei"].pk)
    assert not closed.is_open
    assert closed.pk in subtree_ids(place_id=county["changning"].pk)
    with pytest.raises(NotOpen):
        close_place(actor=SYSTEM, at=at, place_id=closed.pk)
    with pytest.raises(ParentClosed):
        open_place(actor=SYSTEM, at=at, kind="point", name="x", parent_id=closed.pk)


def test_a_manager_changes_only_what_is_below(county: County, manager_of: ManagerOf, at: datetime) -> None:
    stranger = manager_of(county["liuche"])
    with pytest.raises(MayNotEditPlaces):
        close_place(actor=stranger, at=at, place_id=county["chengbei"].pk)
    with pytest.raises(MayNotEditPlaces):
        move_place(actor=stranger, at=at, place_id=county["chengbei"].pk, parent_id=county["liuche"].pk)
    with pytest.raises(MayNotEditPlaces):
        open_place(actor=stranger, at=at, kind="institute", name="x", parent_id=county["center"].pk)
    with pytest.raises(MayNotChangeRoots):
        open_place(actor=stranger, at=at, kind="province", name="x", parent_id=None)
    local = manager_of(county["changning"])
    assert not close_place(actor=local, at=at, place_id=county["chengbei"].pk).is_open


def test_a_move_needs_the_right_at_both_ends(county: County, manager_of: ManagerOf, at: datetime) -> None:
    giver, above = manager_of(county["changning"]), manager_of(county["center"])
    with pytest.raises(MayNotEditPlaces):
        move_place(actor=giver, at=at, place_id=county["chengbei"].pk, parent_id=county["liuche"].pk)
    assert move_place(actor=above, at=at, place_id=county["chengbei"].pk, parent_id=county["liuche"].pk)


def test_a_move_is_told_to_apps_above(county: County, at: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[object] = []
    monkeypatch.setitem(events._receivers, PlaceMoved, [told.append])
    move_place(actor=SYSTEM, at=at, place_id=county["chengbei"].pk, parent_id=county["liuche"].pk)
    assert [type(event) for event in told] == [PlaceMoved]


def test_the_editing_roles_are_those_of_people() -> None:
    from sidan.people.enums import MANAGING_ROLES  # above places: only this test may look at both

    assert frozenset(MANAGING_ROLES) == EDITING_ROLES


def test_every_operation_is_offered() -> None:
    assert {name for name in operations.__all__ if name.endswith("_place")} == {
        "open_place", "rename_place", "move_place", "close_place", "correct_place",
    }  # fmt: skip
