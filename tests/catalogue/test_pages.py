"""The portal's services and the console's library, menus and kinds of service, as people see them."""

import io
from collections.abc import Callable
from datetime import date
from http import HTTPStatus
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image

from sidan.catalogue import operations as op
from sidan.catalogue.models import Category, Menu, MenuItem, Project, TeamService
from sidan.core.actor import SYSTEM
from sidan.core.clock import business_date, now
from sidan.core.scope import everything
from sidan.people.models import Team
from sidan.places.models import Place
from tests.cast import Cast


@pytest.fixture
def hair(db: None) -> Category:
    return op.create_category(
        actor=SYSTEM, at=now(), name="上门理发", name_en="Haircuts", code="hair", icon="scissors"
    )


@pytest.fixture
def written(cast: Cast, hair: Category) -> Callable[..., Project]:
    """A project in any state: `written("上门理发", verbs=("propose", "publish"))`."""

    def write(title: str = "上门理发", *, verbs: tuple[str, ...] = (), **given: object) -> Project:
        text = op.ProjectText(
            **{"title": title, "category": hair, "team": cast.team, "area": cast.places.center, **given}  # type: ignore[arg-type] # a test's shorthand
        )
        with everything("test"):
            project = op.create_project(actor=SYSTEM, at=now(), place=cast.places.center, text=text)
            for verb in verbs:
                project = op.PROJECT_VERBS[verb](actor=SYSTEM, at=now(), project_uuid=project.uuid)
        return project

    return write


@pytest.fixture
def published(written: Callable[..., Project]) -> Callable[..., Project]:
    return lambda title="上门理发", **given: written(title, verbs=("propose", "publish"), **given)


def put_on_menu(place: Place, *projects: Project) -> Menu:
    month = business_date(now()).replace(day=1)
    menu = Menu.objects.create(
        place=place, county_id=place.county_id, month=month, state="published", published_at=now()
    )
    MenuItem.objects.bulk_create(
        MenuItem(menu=menu, project=project, position=number) for number, project in enumerate(projects)
    )
    return menu


def visitor_at(place: Place) -> Client:
    client = Client()
    client.cookies["sidan_place"] = str(place.uuid)
    return client


def page(client: Client, name: str, *args: object, **query: str) -> str:
    answer = client.get(reverse(name, args=args), query)
    assert answer.status_code == HTTPStatus.OK, answer.content.decode()[:2000]
    return answer.content.decode()


# --- the portal -------------------------------------------------------------------------------------------------


def test_a_visitor_without_an_account_sees_the_menu_of_the_place(
    cast: Cast, published: Callable[..., Project]
) -> None:
    project = published("上门理发")
    put_on_menu(cast.places.center, project)
    client = visitor_at(cast.places.chengbei)
    for name in ("web:home", "catalogue:services"):
        text = page(client, name)
        assert "上门理发" in text
        assert f"/services/{project.uuid}/order/" in text
        assert "城北社区" in text


def test_a_visitor_of_nowhere_is_asked_for_the_place(cast: Cast) -> None:
    for name in ("web:home", "catalogue:services"):
        assert reverse("web:place") in page(Client(), name)


def test_a_resident_sees_the_menu_of_the_home_place(cast: Cast, published: Callable[..., Project]) -> None:
    put_on_menu(cast.places.chengbei, published("只在城北"))
    assert "只在城北" in page(cast.zhou.client(), "web:home")
    assert "只在城北" not in page(cast.mallory.client(), "web:home")


def test_services_are_filtered_searched_and_told_when_none_matches(
    cast: Cast, published: Callable[..., Project]
) -> None:
    put_on_menu(cast.places.center, published("上门理发"), published("线上问诊", mode="online"))
    client = visitor_at(cast.places.chengbei)
    assert page(client, "catalogue:services", q="wenzhen").count('class="service-card"') == 1
    assert page(client, "catalogue:services", mode="online").count('class="service-card"') == 1
    assert "service-card" not in page(client, "catalogue:services", q="接送老人")


@pytest.mark.parametrize(
    "query", [{"mode": "by_post"}, {"category": "<b>"}, {"cursor": "x"}, {"q": "a\x07b"}, {"q": "长" * 61}]
)
def test_a_made_up_filter_is_a_bad_request(cast: Cast, query: dict[str, str]) -> None:
    client = visitor_at(cast.places.chengbei)
    assert client.get(reverse("catalogue:services"), query).status_code == HTTPStatus.BAD_REQUEST


def test_the_page_of_a_service_leads_to_ordering_only_where_it_is_offered(
    cast: Cast, published: Callable[..., Project]
) -> None:
    project = published("上门理发", to_prepare="请准备一把椅子")
    put_on_menu(cast.places.changning, project)
    offered = page(visitor_at(cast.places.chengbei), "catalogue:service", project.uuid)
    assert "请准备一把椅子" in offered
    assert f"/services/{project.uuid}/order/" in offered
    elsewhere = page(visitor_at(cast.places.datong), "catalogue:service", project.uuid)
    assert f"/services/{project.uuid}/order/" not in elsewhere


@pytest.mark.parametrize("verbs", [(), ("propose",), ("propose", "publish", "suspend"), ("withdraw",)])
def test_only_published_services_have_a_public_page(
    cast: Cast, written: Callable[..., Project], verbs: tuple[str, ...]
) -> None:
    project = written(verbs=verbs)
    for client in (Client(), cast.manager.client()):
        assert (
            client.get(reverse("catalogue:service", args=[project.uuid])).status_code == HTTPStatus.NOT_FOUND
        )


def test_english_readers_read_english(cast: Cast, published: Callable[..., Project]) -> None:
    project = published(
        "上门理发", title_en="Haircut at home", summary="为老人理发", summary_en="For the old"
    )
    put_on_menu(cast.places.center, project)
    client = visitor_at(cast.places.chengbei)
    client.cookies["django_language"] = "en"
    assert "Haircut at home" in page(client, "catalogue:services")
    text = page(client, "catalogue:service", project.uuid)
    assert "For the old" in text
    assert "为老人理发" not in text


@pytest.mark.parametrize("count", [1, 3])
def test_the_menu_page_asks_the_database_as_often_for_three_services_as_for_one(
    cast: Cast, published: Callable[..., Project], count: int
) -> None:
    put_on_menu(cast.places.center, *[published(f"服务{number}") for number in range(count)])
    client = visitor_at(cast.places.chengbei)
    with CaptureQueriesContext(connection) as queries:
        page(client, "catalogue:services")
    assert len(queries) == 4


def test_a_place_is_chosen_and_kept_by_this_device(cast: Cast) -> None:
    client = Client()
    answer = client.post(
        reverse("web:place"), {"place": str(cast.places.chengbei.uuid), "next": "/services/"}
    )
    assert answer.headers["Location"] == "/services/"
    assert "城北社区" in page(client, "web:home")
    assert "黄坳村" in page(client, "web:place", q="huangao")
    assert client.post(reverse("web:place"), {"place": str(uuid4())}).status_code == HTTPStatus.NOT_FOUND
    assert client.post(reverse("web:place"), {"place": "x"}).status_code == HTTPStatus.NOT_FOUND


# --- the console ------------------------------------------------------------------------------------------------

CONSOLE = (
    "web:console",
    "catalogue:projects",
    "catalogue:review",
    "catalogue:export",
    "catalogue:menus",
    "catalogue:categories",
)


@pytest.mark.parametrize("name", CONSOLE)
def test_residents_and_visitors_stay_out_of_the_console(cast: Cast, name: str) -> None:
    assert Client().get(reverse(name)).status_code == HTTPStatus.FOUND
    assert cast.zhou.client().get(reverse(name)).status_code == HTTPStatus.FORBIDDEN


@pytest.mark.parametrize("name", CONSOLE)
def test_staff_and_leaders_see_their_pages(cast: Cast, name: str) -> None:
    for someone in (cast.manager, cast.director, cast.leader, cast.dispatcher, cast.supervisor, cast.mallory):
        assert someone.client().get(reverse(name)).status_code == HTTPStatus.OK


def test_mallory_finds_nothing_of_this_library(cast: Cast, published: Callable[..., Project]) -> None:
    project = published("上门理发")
    menu = put_on_menu(cast.places.center, project)
    client = cast.mallory.client()
    assert str(project.uuid) not in page(client, "catalogue:projects")
    assert "上门理发" not in b"".join(client.get(reverse("catalogue:export")).streaming_content).decode()
    for name, args in (
        ("catalogue:project", [project.uuid]), ("catalogue:edit", [project.uuid]),
        ("catalogue:move", [project.uuid, "suspend"]), ("catalogue:menu", [menu.uuid]),
    ):  # fmt: skip
        assert client.get(reverse(name, args=args)).status_code == HTTPStatus.NOT_FOUND
    assert (
        client.post(reverse("catalogue:move", args=[project.uuid, "suspend"])).status_code
        == HTTPStatus.NOT_FOUND
    )
    for name in ("publish_menu", "unpublish_menu"):
        answer = client.post(reverse(f"catalogue:{name}", args=[menu.uuid]))
        assert answer.status_code == HTTPStatus.FORBIDDEN
    answer = client.post(reverse("catalogue:remove_item", args=[menu.uuid]), {"project": str(project.uuid)})
    assert answer.status_code == HTTPStatus.FORBIDDEN
    services = reverse("catalogue:team_services", args=[cast.team.uuid])
    given = {"category": "hair", "area": str(cast.places.center.uuid)}
    assert client.post(services, given).status_code == HTTPStatus.FORBIDDEN
    assert not TeamService.objects.exists()


def test_a_manager_writes_proposes_and_publishes(cast: Cast, hair: Category) -> None:
    client = cast.manager.client()
    given = {
        "title": "家电维修", "category": "hair", "team": str(cast.team.uuid), "place": str(cast.places.center.uuid),
        "area": str(cast.places.changning.uuid), "mode": "at_home", "duration_minutes": "90", "people_needed": "2",
        "summary": "修灯换锁。\n小家电。",
    }  # fmt: skip
    made = client.post(reverse("catalogue:new"), given)
    project = Project.unscoped.get()
    assert made.headers["Location"] == reverse("catalogue:project", args=[project.uuid])
    for verb in ("propose", "publish"):
        assert "<button" in page(client, "catalogue:move", project.uuid, verb)
        client.post(reverse("catalogue:move", args=[project.uuid, verb]))
    text = page(client, "catalogue:project", project.uuid)
    assert "卫主任" in text
    assert Project.unscoped.get().state == "published"
    refused = client.get(reverse("catalogue:edit", args=[project.uuid]))
    assert refused.status_code == HTTPStatus.CONFLICT


def test_a_refused_form_keeps_what_was_typed(cast: Cast, hair: Category) -> None:
    given = {"title": "", "category": "hair", "duration_minutes": "3", "summary": "修灯换锁"}
    answer = cast.manager.client().post(reverse("catalogue:new"), given)
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "修灯换锁" in answer.content.decode()
    assert not Project.unscoped.exists()


def test_a_leader_hands_in_and_a_director_elsewhere_does_not_see_it(
    cast: Cast, written: Callable[..., Project]
) -> None:
    project = written()
    client = cast.leader.client()
    client.post(reverse("catalogue:move", args=[project.uuid, "propose"]))
    assert project.title in page(cast.manager.client(), "catalogue:review")
    assert project.title not in page(cast.director.client(), "catalogue:review")
    answer = client.post(reverse("catalogue:move", args=[project.uuid, "publish"]))
    assert answer.status_code == HTTPStatus.FORBIDDEN


def test_a_step_that_came_too_late_is_told_on_the_page(cast: Cast, published: Callable[..., Project]) -> None:
    project = published()
    client = cast.manager.client()
    client.post(reverse("catalogue:move", args=[project.uuid, "publish"]))
    assert 'class="notice tone-overdue"' in page(client, "catalogue:project", project.uuid)


@pytest.mark.parametrize("count", [1, 3])
def test_a_list_of_projects_asks_as_often_for_three_as_for_one(
    cast: Cast, written: Callable[..., Project], count: int
) -> None:
    for number in range(count):
        written(f"服务{number}")
    client = cast.manager.client()
    with CaptureQueriesContext(connection) as queries:
        page(client, "catalogue:projects")
    # session, account, bell, the list, its categories, and one's kept views of it
    assert len(queries) == 6


def test_the_export_holds_the_list_and_no_formula(cast: Cast, written: Callable[..., Project]) -> None:
    written("=1+1")
    answer = cast.manager.client().get(reverse("catalogue:export"))
    text = b"".join(answer.streaming_content).decode()
    assert text.startswith("\ufeff")
    assert "'=1+1,上门理发,城北义剪队" in text


def test_a_menu_is_begun_filled_sorted_and_published(cast: Cast, published: Callable[..., Project]) -> None:
    first, second = published("一号"), published("二号")
    client, places = cast.manager.client(), cast.places
    month = business_date(now()).replace(day=1)
    begun = client.post(
        reverse("catalogue:begin_menu"), {"place": str(places.center.uuid), "month": f"{month:%Y-%m}"}
    )
    menu = Menu.objects.get()
    editor = reverse("catalogue:menu", args=[menu.uuid])
    assert begun.headers["Location"] == editor
    assert "一号" in page(client, "catalogue:menu", menu.uuid)
    for project in (first, second):
        client.post(reverse("catalogue:add_item", args=[menu.uuid]), {"project": str(project.uuid)})
    client.post(reverse("catalogue:move_item", args=[menu.uuid]), {"project": str(second.uuid), "step": "up"})
    assert [item.project for item in menu.items.all()] == [second, first]
    client.post(reverse("catalogue:remove_item", args=[menu.uuid]), {"project": str(first.uuid)})
    client.post(reverse("catalogue:publish_menu", args=[menu.uuid]))
    assert "二号" in page(visitor_at(places.chengbei), "web:home")
    assert page(client, "catalogue:menus").count("data-row>") == 6
    client.post(reverse("catalogue:unpublish_menu", args=[menu.uuid]))
    assert "二号" not in page(visitor_at(places.chengbei), "web:home")


def test_what_stands_on_a_menu_leads_to_a_page_that_opens_for_its_reader(
    cast: Cast, published: Callable[..., Project], written: Callable[..., Project]
) -> None:
    project, resting = published(), written("三号", verbs=("propose", "publish", "suspend"))
    menu = put_on_menu(cast.places.changning, project, resting)
    library = reverse("catalogue:project", args=[project.uuid])
    portal = reverse("catalogue:service", args=[project.uuid])
    for someone, way in ((cast.manager, library), (cast.director, portal)):
        client = someone.client()
        shown = page(client, "catalogue:menu", menu.uuid)
        assert f'href="{way}"' in shown
        assert client.get(way).status_code == HTTPStatus.OK
        assert (library in shown) == (client.get(library).status_code == HTTPStatus.OK)
        assert "三号" in shown
    assert reverse("catalogue:project", args=[resting.uuid]) not in shown


def test_an_old_menu_is_kept_as_it_was(cast: Cast, published: Callable[..., Project]) -> None:
    menu = put_on_menu(cast.places.center, published())
    Menu.objects.filter(pk=menu.pk).update(month=date(2025, 1, 1))
    client = cast.manager.client()
    assert reverse("catalogue:unpublish_menu", args=[menu.uuid]) not in page(
        client, "catalogue:menu", menu.uuid
    )
    client.post(reverse("catalogue:unpublish_menu", args=[menu.uuid]))
    assert Menu.objects.get().state == "published"


def test_pictures_are_hung_seen_and_taken_down(cast: Cast, published: Callable[..., Project]) -> None:
    project = published()
    client = cast.manager.client()
    content = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(content, "PNG")
    content.seek(0)
    content.name = "a.png"
    client.post(reverse("catalogue:add_photo", args=[project.uuid]), {"picture": content})
    photo = project.photos.get()
    assert Client().get(reverse("files:thumb", args=[photo.file.uuid])).status_code == HTTPStatus.OK
    assert reverse("files:thumb", args=[photo.file.uuid]) in page(client, "catalogue:project", project.uuid)
    client.post(reverse("catalogue:remove_photo", args=[project.uuid]), {"photo": photo.pk})
    assert not project.photos.exists()


def test_what_is_no_picture_is_refused_in_words(cast: Cast, published: Callable[..., Project]) -> None:
    project = published()
    content = io.BytesIO(b"<script>alert(1)</script>")
    content.name = "a.png"
    client = cast.manager.client()
    client.post(reverse("catalogue:add_photo", args=[project.uuid]), {"picture": content})
    assert 'class="notice tone-overdue"' in page(client, "catalogue:project", project.uuid)
    assert not project.photos.exists()


def test_categories_are_added_changed_retired_and_brought_back(cast: Cast, hair: Category) -> None:
    client = cast.manager.client()
    client.post(reverse("catalogue:new_category"), {"name": "维修", "icon": "wrench", "parent": "hair"})
    made = Category.objects.get(name="维修")
    assert made.parent == hair
    edit = reverse("catalogue:edit_category", args=[made.code])
    assert (
        client.post(
            edit, {"name": "家电维修", "icon": "wrench", "position": "2", "audience": ["elder", "woman"]}
        ).status_code
        == HTTPStatus.SEE_OTHER
    )
    assert Category.objects.get(code=made.code).audience == ["elder", "woman"]
    assert "老年人 · 妇女" in page(client, "catalogue:categories")
    assert client.post(edit, {"name": "维修", "icon": "wrench", "audience": ["all"]}).status_code == 422
    again = client.post(reverse("catalogue:new_category"), {"name": "上门理发", "icon": "wrench"})
    assert again.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    client.post(reverse("catalogue:retire_category", args=[made.code]))
    assert not Category.objects.get(code=made.code).is_active
    client.post(reverse("catalogue:restore_category", args=[made.code]))
    assert Category.objects.get(code=made.code).is_active
    for someone in (cast.director, cast.leader):
        answer = someone.client().post(reverse("catalogue:new_category"), {"name": "新", "icon": "wrench"})
        assert answer.status_code == HTTPStatus.FORBIDDEN


def test_what_a_team_serves_is_added_and_ended(cast: Cast, hair: Category) -> None:
    client = cast.manager.client()
    url = reverse("catalogue:team_services", args=[cast.team.uuid])
    client.post(url, {"category": "hair", "area": str(cast.places.changning.uuid)})
    service = TeamService.objects.get()
    assert (service.category, service.area) == (hair, cast.places.changning)
    assert "长宁镇" in client.get(url).content.decode()
    client.post(reverse("catalogue:end_team_service", args=[cast.team.uuid, service.pk]))
    assert not TeamService.objects.exists()
    assert Team.objects.filter(pk=cast.team.pk).exists()


def test_reviewers_are_told_of_what_is_handed_in_and_the_leader_of_what_follows(
    cast: Cast, written: Callable[..., Project]
) -> None:
    project = written()
    cast.leader.client().post(reverse("catalogue:move", args=[project.uuid, "propose"]))
    assert "上门理发" in page(cast.manager.client(), "notify:inbox")
    assert "上门理发" not in page(cast.leader.client(), "notify:inbox")
    note = {"note": "请写明时间"}
    cast.manager.client().post(reverse("catalogue:move", args=[project.uuid, "return"]), note)
    leader = cast.leader.client()
    assert "上门理发" in page(leader, "notify:inbox")
    assert "请写明时间" in page(leader, "catalogue:project", project.uuid)
