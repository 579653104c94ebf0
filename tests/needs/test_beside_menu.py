"""The menu and the list of needs stand beside each other, from both sides (R-O2)."""

import pytest
from django.urls import reverse

from sidan.catalogue import operations as catalogue
from sidan.catalogue.models import Category, Menu, Project
from sidan.core.actor import SYSTEM
from sidan.core.clock import business_date, now
from sidan.core.scope import everything
from sidan.needs import operations, queries
from sidan.needs.models import Need
from tests.cast import Cast
from tests.factories import AT
from tests.orders.browsing import text_of

pytestmark = pytest.mark.django_db


def kind(code: str, name: str) -> Category:
    return catalogue.create_category(actor=SYSTEM, at=AT, name=name, code=code, icon="scissors")


def offered(cast: Cast, title: str, category: Category) -> Project:
    text = catalogue.ProjectText(title=title, category=category, team=cast.team, area=cast.places.center)
    project = catalogue.create_project(actor=SYSTEM, at=AT, place=cast.places.changning, text=text)
    for verb in ("propose", "publish"):
        catalogue.PROJECT_VERBS[verb](actor=SYSTEM, at=AT, project_uuid=project.uuid)
    return project


def menu_with(cast: Cast, project: Project) -> Menu:
    month = business_date(now()).replace(day=1)
    menu = catalogue.draft_menu(actor=SYSTEM, at=now(), place=cast.places.changning, month=month)
    catalogue.add_menu_item(actor=SYSTEM, at=now(), menu_uuid=menu.uuid, project_uuid=project.uuid)
    catalogue.publish_menu(actor=SYSTEM, at=now(), menu_uuid=menu.uuid)
    return menu


def needed(cast: Cast, category: Category | None, voices: int) -> Need:
    told = operations.NewNeed(
        place=cast.places.chengbei,
        title="想有人帮忙",
        source="visit",
        words="",
        voices=voices,
        category=category,
    )
    return operations.note_need(actor=cast.practitioner.actor, at=AT, told=told)


def test_a_menus_page_tells_what_is_needed_and_what_the_menu_has_for_it(cast: Cast) -> None:
    with everything("two kinds offered, one of them on the menu; a third nowhere"):
        hair, repair, law = kind("hair", "上门理发"), kind("repair", "家电维修"), kind("law", "法律咨询")
        menu = menu_with(cast, offered(cast, "义务理发", hair))
        offered(cast, "修家电", repair)
        for category, voices in ((hair, 2), (repair, 9), (repair, 1), (law, 5), (None, 40)):
            needed(cast, category, voices)
        answered = needed(cast, law, 7)
        operations.answer_need(actor=cast.practitioner.actor, at=AT, need=answered, answer="请拨打法律热线")
        told = [
            (one.code, one.needs, one.voices, one.on_menu, one.unserved)
            for one in queries.needed_beside(menu=menu)
        ]
    assert told == [("repair", 2, 10, 0, 0), ("law", 1, 5, 0, 1), ("hair", 1, 2, 1, 0), ("", 1, 40, 0, 0)]
    client = cast.manager.client()
    page = text_of(client.get(reverse("catalogue:menu", args=[menu.uuid])))
    told_at = page[page.index("这里的群众需要什么") :]
    for words in ("家电维修 2 10 项目库里有", "法律咨询 1 5 哪里都没有", "上门理发 1 2 1"):
        assert words in told_at


def test_a_needs_page_tells_which_services_are_on_a_menu_there(cast: Cast) -> None:
    with everything("two services for a need, one on the menu"):
        hair = kind("hair", "上门理发")
        on_menu, only_written = offered(cast, "义务理发", hair), offered(cast, "染发", hair)
        menu_with(cast, on_menu)
        need = needed(cast, hair, 3)
        found = queries.offered_beside(need=need, today=business_date(now()))
    assert dict(found) == {on_menu: True, only_written: False}
    page = text_of(cast.practitioner.client().get(reverse("needs:need", args=[need.uuid])))
    assert page.count("当地供单上有") == page.count("只在项目库里") == 1
