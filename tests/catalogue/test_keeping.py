"""Categories, pictures, what teams serve, and the library's lists."""

from collections.abc import Callable

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from sidan.catalogue import operations as op
from sidan.catalogue.models import Category, Project, TeamService
from sidan.catalogue.operations.errors import (
    AreaElsewhere,
    CategoryInUse,
    CategoryLoop,
    CategoryRetired,
    CategoryStateUnchanged,
    CategoryTaken,
    NoSuchCategory,
    NoSuchPhoto,
    PhotosChanged,
    TooManyPhotos,
)
from sidan.catalogue.permissions import (
    NotYourCategories,
    NotYourProject,
    NotYourTeamToSet,
    may_see_photo,
)
from sidan.catalogue.queries import (
    LibraryFilter,
    audience_words,
    audiences,
    category_tree,
    library,
    teams_for,
)
from sidan.core.actor import NOBODY, SYSTEM, Actor
from sidan.core.pagination import keyset_page
from sidan.files.models import StoredFile
from sidan.people.enums import TeamState
from sidan.people.models import Team
from tests.catalogue.conftest import AT, Land, actor_with, make_team, publish


def picture(number: int) -> StoredFile:
    return StoredFile.objects.create(
        purpose="project_photo", content_type="image/webp", size=1, width=1, height=1, sha256="0" * 64,
        storage_key=f"picture-{number}", at=AT,
    )  # fmt: skip


def test_a_category_gets_a_code_from_its_pinyin(db: None) -> None:
    first = op.create_category(actor=SYSTEM, at=AT, name="上门理发")
    second = op.create_category(actor=SYSTEM, at=AT, name="上门理发", parent=first)
    assert (first.code, second.code) == ("shangmenlifa", "shangmenlifa-2")


def test_a_name_stands_once_on_a_level(hair: Category) -> None:
    with pytest.raises(CategoryTaken):
        op.create_category(actor=SYSTEM, at=AT, name=hair.name)
    with pytest.raises(CategoryTaken):
        op.create_category(actor=SYSTEM, at=AT, name="别的", code=hair.code)


def test_a_category_never_stands_below_itself(hair: Category) -> None:
    child = op.create_category(actor=SYSTEM, at=AT, name="剪发", parent=hair)
    with pytest.raises(CategoryLoop):
        op.edit_category(
            actor=SYSTEM,
            at=AT,
            code=hair.code,
            name="理发",
            name_en="",
            parent=child,
            icon="scissors",
            position=1,
        )


def test_a_category_in_use_is_not_retired(project: Project, manager: Actor, hair: Category) -> None:
    publish(project, manager)
    with pytest.raises(CategoryInUse):
        op.retire_category(actor=manager, at=AT, code=hair.code)
    op.withdraw_project(actor=manager, at=AT, project_uuid=project.uuid)
    op.retire_category(actor=manager, at=AT, code=hair.code)
    with pytest.raises(CategoryStateUnchanged):
        op.retire_category(actor=manager, at=AT, code=hair.code)
    assert op.restore_category(actor=manager, at=AT, code=hair.code).is_active


def test_only_managers_of_a_center_keep_categories(land: Land, hair: Category) -> None:
    for actor in (NOBODY, actor_with(("manager", land.town)), actor_with(("director", land.center))):
        with pytest.raises(NotYourCategories):
            op.create_category(actor=actor, at=AT, name="新的")
        with pytest.raises(NotYourCategories):
            op.retire_category(actor=actor, at=AT, code=hair.code)
    with pytest.raises(NoSuchCategory):
        op.retire_category(actor=actor_with(("manager", land.center)), at=AT, code="nothing")


def test_a_kind_says_for_whom_it_is_meant_or_leaves_it_to_the_kind_above(hair: Category) -> None:
    top = op.create_category(actor=SYSTEM, at=AT, name="关爱", code="care", audience=["elder", "disabled"])
    op.create_category(actor=SYSTEM, at=AT, name="午餐", code="lunch", parent=top)
    op.create_category(actor=SYSTEM, at=AT, name="作业", code="homework", parent=top, audience=["child"])
    found = audiences()
    assert found[hair.code] == frozenset()
    assert found["lunch"] == {"elder", "disabled"}
    assert found["homework"] == {"child"}
    assert audience_words(code="lunch") == ["老年人", "残疾人"]
    with pytest.raises(IntegrityError), transaction.atomic():
        Category.objects.filter(code="lunch").update(audience=["nobody"])


def test_the_tree_reads_like_a_table_of_contents(hair: Category) -> None:
    child = op.create_category(actor=SYSTEM, at=AT, name="剪发", parent=hair)
    other = op.create_category(actor=SYSTEM, at=AT, name="维修")
    nodes = [(node.category, node.depth) for node in category_tree()]
    assert nodes == [(hair, 0), (child, 1), (other, 0)]


def test_pictures_are_added_ordered_and_removed(project: Project, manager: Actor) -> None:
    photos = [
        op.add_photo(actor=manager, at=AT, project_uuid=project.uuid, file=picture(number))
        for number in range(3)
    ]
    ids = [photo.pk for photo in photos]
    op.order_photos(actor=manager, at=AT, project_uuid=project.uuid, photo_ids=ids[::-1])
    assert list(project.photos.values_list("pk", flat=True)) == ids[::-1]
    with pytest.raises(PhotosChanged):
        op.order_photos(actor=manager, at=AT, project_uuid=project.uuid, photo_ids=ids[:2])
    op.remove_photo(actor=manager, at=AT, project_uuid=project.uuid, photo_id=ids[0])
    with pytest.raises(NoSuchPhoto):
        op.remove_photo(actor=manager, at=AT, project_uuid=project.uuid, photo_id=ids[0])
    for number in range(3, 7):
        op.add_photo(actor=manager, at=AT, project_uuid=project.uuid, file=picture(number))
    with pytest.raises(TooManyPhotos):
        op.add_photo(actor=manager, at=AT, project_uuid=project.uuid, file=picture(9))


def test_a_picture_is_public_when_its_project_is(
    project: Project, manager: Actor, mallory: Actor, seeing: Callable[[Actor], None]
) -> None:
    file = picture(1)
    assert not may_see_photo(manager, file)
    op.add_photo(actor=manager, at=AT, project_uuid=project.uuid, file=file)
    assert may_see_photo(manager, file)
    assert not may_see_photo(mallory, file)
    assert not may_see_photo(NOBODY, file)
    publish(project, manager)
    assert may_see_photo(NOBODY, file)


def test_mallory_hangs_no_picture(
    project: Project, manager: Actor, mallory: Actor, seeing: Callable[[Actor], None]
) -> None:
    publish(project, manager)
    seeing(mallory)
    with pytest.raises(NotYourProject):
        op.add_photo(actor=mallory, at=AT, project_uuid=project.uuid, file=picture(1))


def test_a_team_serves_exactly_what_was_set(land: Land, team: Team, hair: Category, manager: Actor) -> None:
    repair = op.create_category(actor=SYSTEM, at=AT, name="维修")
    op.set_team_services(actor=manager, at=AT, team=team, services=[(hair, land.center), (repair, land.town)])
    kept = TeamService.objects.get(category=repair)
    op.set_team_services(actor=manager, at=AT, team=team, services=[(repair, land.town), (repair, land.town)])
    assert list(TeamService.objects.all()) == [kept]


def test_what_a_team_serves_is_set_by_its_own_managers_within_the_county(
    land: Land, team: Team, hair: Category, manager: Actor, mallory: Actor, leader: Actor
) -> None:
    for actor in (mallory, leader, NOBODY):
        with pytest.raises(NotYourTeamToSet):
            op.set_team_services(actor=actor, at=AT, team=team, services=[(hair, land.center)])
    with pytest.raises(AreaElsewhere):
        op.set_team_services(actor=manager, at=AT, team=team, services=[(hair, land.far_station)])
    op.retire_category(actor=manager, at=AT, code=hair.code)
    hair.refresh_from_db()
    with pytest.raises(CategoryRetired):
        op.set_team_services(actor=manager, at=AT, team=team, services=[(hair, land.center)])


def test_teams_for_an_order_serve_its_kind_or_one_above_in_an_area_around_it(
    land: Land, team: Team, hair: Category
) -> None:
    cutting = op.create_category(actor=SYSTEM, at=AT, name="剪发", parent=hair)
    repair = op.create_category(actor=SYSTEM, at=AT, name="维修")
    town_team, far_team, other = (
        make_team(land.town, "长宁队"), make_team(land.far_center, "安远队"), make_team(land.center, "维修队")
    )  # fmt: skip
    paused = make_team(land.center, "歇业队")
    Team.objects.filter(pk=paused.pk).update(state=TeamState.PAUSED)
    for who, what, where in (
        (team, hair, land.center), (town_team, cutting, land.town), (far_team, hair, land.far_center),
        (other, repair, land.center), (paused, hair, land.center),
    ):  # fmt: skip
        op.set_team_services(actor=SYSTEM, at=AT, team=who, services=[(what, where)])
    assert set(teams_for(category=cutting.code, place_id=land.station.pk)) == {team, town_team}
    assert set(teams_for(category=cutting.code, place_id=land.other_station.pk)) == {team}
    assert set(teams_for(category=hair.code, place_id=land.station.pk)) == {team}
    assert set(teams_for(category=hair.code, place_id=land.far_station.pk)) == {far_team}


def test_the_library_is_filtered_and_never_the_neighbours(
    land: Land, project: Project, manager: Actor, mallory: Actor, seeing: Callable[[Actor], None], team: Team
) -> None:
    publish(project, manager)

    def found(**wanted: object) -> int:
        return library(wanted=LibraryFilter(**wanted)).count()  # type: ignore[arg-type] # names are those of the filter

    assert (
        found()
        == found(words="理发")
        == found(words="smlf")
        == found(state="published")
        == found(category="hair")
        == 1
    )
    assert found(place_id=land.center.pk) == found(team_id=team.pk) == found(mode="at_home") == 1
    assert (
        found(words="维修")
        == found(state="draft")
        == found(place_id=land.town.pk)
        == found(mode="online")
        == 0
    )
    seeing(mallory)
    assert found() == 0


@pytest.mark.parametrize("count", [1, 3])
def test_a_page_of_the_library_is_one_query(
    land: Land,
    manager: Actor,
    text: Callable[..., op.ProjectText],
    seeing: Callable[[Actor], None],
    count: int,
) -> None:
    seeing(manager)
    for number in range(count):
        op.create_project(actor=manager, at=AT, place=land.center, text=text(title=f"服务{number}"))
    with CaptureQueriesContext(connection) as queries:
        page = keyset_page(rows=library(wanted=LibraryFilter()), sort="-id")
        told = [
            (row.title, row.category.name, row.team.name, row.place.name, row.area.name) for row in page.items
        ]
    assert (len(told), len(queries)) == (count, 1)
