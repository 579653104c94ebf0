"""The printed menu: as many services as the place shows, each with a number that any search of a menu finds."""

import re
from datetime import date
from typing import Any

import pytest
from django.core.cache import cache, caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sidan.catalogue.models import Menu, MenuItem, Project
from sidan.catalogue.operations import PROJECT_VERBS
from sidan.catalogue.queries import MenuFilter, menu_at
from sidan.core.actor import SYSTEM
from sidan.core.pdf import pdf_of, qr_of
from sidan.core.scope import everything
from sidan.desk.models import ServiceNumber
from sidan.desk.operations import number_services
from sidan.desk.policies import row_of_number, service_number
from sidan.desk.views.paper import SIZES
from tests.orders.browsing import browser, text_of
from tests.orders.scene import AT, Scene

MONTH = date(2026, 11, 1)


@pytest.fixture
def printed(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> str:
    """The address of the menu on paper, of a place whose center has published one."""
    menu = Menu.objects.create(
        place=scene.center, county=scene.center, month=MONTH, state="published", published_at=AT
    )
    MenuItem.objects.create(menu=menu, project=scene.project, position=1)
    number_services(project_ids=[scene.project.pk])
    cache.clear()
    caches["paper"].clear()
    monkeypatch.setattr("sidan.desk.views.paper.now", lambda: AT)
    return reverse("desk:menu_paper", args=[scene.station.uuid])


@pytest.mark.parametrize("size", ["a4", "a3"])
def test_anybody_prints_the_menu_of_a_place(printed: str, size: str) -> None:
    answer = Client().get(printed, {"size": size})
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")


def test_a_sheet_is_set_once_as_long_as_it_shows_the_same(
    scene: Scene, printed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[object] = []

    def counted(**asked: Any) -> bytes:
        made.append(asked["facts"]["size"])
        return pdf_of(**asked)

    monkeypatch.setattr("sidan.desk.views.paper.pdf_of", counted)
    client = Client()
    sheets = {client.get(printed, {"size": size}).content for size in ("a4", "a3", "a4", "a3")}
    assert (len(sheets), made) == (2, ["a4", "a3"])
    with everything("a test"):
        Project.objects.filter(pk=scene.project.pk).update(title="修电灯", title_en="")
    assert client.get(printed).content not in sheets
    assert made == ["a4", "a3", "a4"]


def test_what_is_full_that_month_is_said_on_the_sheet(
    scene: Scene, printed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[list[str]] = []

    def told(**asked: Any) -> bytes:
        # As on the page where it is typed, and not as an order's number.
        assert asked["facts"]["number"] == "服务编号"
        said.append([one["full"] for one in asked["facts"]["services"]])
        return pdf_of(**asked)

    monkeypatch.setattr("sidan.desk.views.paper.pdf_of", told)
    with everything("a test"):
        Project.objects.filter(pk=scene.project.pk).update(month_capacity=1)
    assert Client().get(printed).status_code == 200
    scene.placed()
    assert Client().get(printed, {"size": "a3"}).status_code == 200
    assert said == [[""], ["本月已满"]]


def test_who_has_the_sheet_already_is_told_so(printed: str, monkeypatch: pytest.MonkeyPatch) -> None:
    client = Client()
    first = client.get(printed)
    assert first.headers["Cache-Control"] == "private, no-cache"
    monkeypatch.setattr("sidan.desk.views.paper.SET_A_MINUTE", 0)
    caches["paper"].clear()
    again = client.get(printed, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get(printed, headers={"If-None-Match": '"another"'}).status_code == 429


def test_who_asks_for_one_sheet_after_another_waits(printed: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sidan.desk.views.paper.SET_A_MINUTE", 1)
    client = Client()
    codes = [client.get(printed, {"size": size}).status_code for size in ("a4", "a3", "a4")]
    assert codes == [200, 429, 200], "what is kept costs nothing"
    assert client.get(printed, {"size": "a3"}, REMOTE_ADDR="203.0.113.9").status_code == 200


def test_a_service_is_numbered_when_it_can_be_ordered_and_keeps_its_number(scene: Scene) -> None:
    numbers = []
    for verb in ("suspend", "resume", "suspend", "resume"):
        with everything("a test"):
            PROJECT_VERBS[verb](actor=SYSTEM, at=AT, project_uuid=scene.project.uuid)
        numbers.append(list(ServiceNumber.objects.filter(project=scene.project).values_list("pk", flat=True)))
    assert len(numbers[1]) == 1
    assert numbers == [[], numbers[1], numbers[1], numbers[1]]


def test_who_prints_writes_nothing(printed: str) -> None:
    ServiceNumber.objects.all().delete()
    with CaptureQueriesContext(connection) as asked:
        assert Client().get(printed).content.startswith(b"%PDF")
    written = [one["sql"] for one in asked if one["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    assert written == []
    assert not ServiceNumber.objects.exists()


@pytest.mark.parametrize("month", ["9999-12", "9999-11", "0001-01", "2100-01", "2026-12"])
def test_a_month_far_away_has_no_menu(printed: str, month: str) -> None:
    assert Client().get(printed, {"month": month}).status_code == 404


def test_a_month_to_come_is_printed_once_its_menu_is_published(scene: Scene, printed: str) -> None:
    ahead = {"month": "2026-12"}
    assert Client().get(printed, ahead).status_code == 404
    menu = Menu.objects.create(
        place=scene.center, county=scene.center, month=date(2026, 12, 1), state="published", published_at=AT
    )
    MenuItem.objects.create(menu=menu, project=scene.project, position=1)
    assert Client().get(printed, ahead).status_code == 200


@pytest.mark.parametrize("asked", [{"size": "a0"}, {"month": "2026-13"}, {"month": "soon"}])
def test_what_nobody_can_print_is_refused(printed: str, asked: dict[str, str]) -> None:
    assert Client().get(printed, asked).status_code == 400


def test_without_a_menu_there_is_nothing_to_print(scene: Scene, printed: str) -> None:
    elsewhere = reverse("desk:menu_paper", args=[scene.far_center.uuid])
    assert Client().get(elsewhere).status_code == 404
    assert Client().get(printed, {"month": "2026-10"}).status_code == 404


def test_a_draft_is_not_printed(printed: str) -> None:
    Menu.objects.update(state="draft", published_at=None)
    assert Client().get(printed).status_code == 404


def test_a_number_is_read_back_and_a_slip_is_found() -> None:
    for row_id in (1, 7, 99, 12345):
        number = service_number(row_id)
        assert row_of_number(number) == row_id
        assert row_of_number(f" {number[:2]} {number[2:]}") == row_id
        wrong = f"{(int(number[0]) + 1) % 10}{number[1:]}"
        assert row_of_number(wrong) is None
    assert [row_of_number(text) for text in ("", "理发", "１００４", "99", "1" * 40)] == [None] * 5


def test_a_caller_orders_by_the_number_on_the_paper(scene: Scene, printed: str) -> None:
    Client().get(printed)
    number = service_number(ServiceNumber.objects.get().pk)
    found = menu_at(place_id=scene.station.pk, today=MONTH, wanted=MenuFilter(words=number))
    assert [card.uuid for card in found.cards] == [scene.project.uuid]
    assert menu_at(place_id=scene.station.pk, today=MONTH, wanted=MenuFilter(words="10009")).cards == []


def test_residents_are_led_to_the_paper(scene: Scene, printed: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sidan.catalogue.views.portal.now", lambda: AT)
    page = browser(scene, "zhou").get(reverse("catalogue:services"))
    assert f'href="{printed}"' in page.content.decode()
    assert "As a poster (A3)" in text_of(page)


def _poster(count: int, title: str) -> bytes:
    service = {
        "title": title, "about": "家政帮扶 · 上门 · 约 30 分钟", "team": "城北义剪队", "full": "",
        "summary": "上门理发。" * 40,
        "number": "1003", "qr": qr_of("https://sidan.example/services/1/order/"),
    }  # fmt: skip
    words = dict.fromkeys(("title", "place", "month", "how", "by_phone", "at_station", "number"), "一句话")
    return pdf_of(sheet=SIZES["a3"], facts={**words, "services": [service] * count})


@pytest.mark.parametrize(("count", "pages"), [(1, 1), (6, 1), (7, 2), (9, 2), (13, 3), (200, 34)])
def test_a_poster_has_few_large_cards_and_takes_more_pages_instead(count: int, pages: int) -> None:
    poster = _poster(count, "义剪")
    assert re.findall(rb"/Count (\d+)", poster) == [str(pages).encode()]


def test_the_longest_title_fits_its_card_of_a_poster() -> None:
    assert _poster(6, "长" * 80).startswith(b"%PDF")
