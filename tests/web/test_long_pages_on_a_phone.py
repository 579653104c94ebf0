"""Pages with many rows begin short on a telephone: twenty rows and the way to the rest; at the desk nothing is cut."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from sidan.catalogue.models import Category, Menu, MenuItem, Project
from sidan.core.clock import business_date, now
from tests.cast import Cast, Someone
from tests.factories import make_team, make_volunteer

pytestmark = pytest.mark.django_db
MANY = 23
PHONE = {"HTTP_SEC_CH_UA_MOBILE": "?1"}


def english(someone: Someone) -> Client:
    client = someone.client()
    client.cookies["django_language"] = "en"
    return client


def text(client: Client, url: str, **headers: str) -> str:
    answer = client.get(url, **headers)  # type: ignore[arg-type] # headers are extra keywords here
    assert answer.status_code == 200
    return answer.content.decode()


def is_folded(page: str) -> Callable[[str], bool]:
    """Tell of words whether they stand in a part of the page that begins closed."""
    closed = "".join(re.findall(r"<details(?: class=\"[^\"]*\")?>.*?</details>", page, re.DOTALL))
    return lambda words: words in closed


def test_members_of_a_team_come_twenty_a_page(cast: Cast) -> None:
    people = [make_volunteer(f"队员{nth:02}", at_place=cast.places.chengbei).person for nth in range(MANY)]
    team = make_team("大队", at_place=cast.places.chengbei, leader=cast.leader.person, members=people)
    client, url = english(cast.leader), reverse("people:team", args=[team.uuid])
    first = text(client, url, **PHONE)
    assert "24 members" in first  # the leader is one of them
    assert ("队员19" in first, "队员20" in first) == (True, False)
    [more] = re.findall(r'href="(\?cursor=[^"]+)"', first)
    assert "队员22" in text(client, url + more, **PHONE)
    assert "队员22" in text(client, url)


def test_teams_below_a_team_are_folded_behind_the_first_twenty(cast: Cast) -> None:
    above = make_team("总队", at_place=cast.places.center)
    for nth in range(MANY):
        team = make_team(f"分队{nth:02}", at_place=cast.places.center)
        team.parent = above
        team.save(update_fields=["parent"])
    client, url = english(cast.manager), reverse("people:team", args=[above.uuid])
    on_phone = text(client, url, **PHONE)
    assert "Show 3 more" in on_phone
    assert (is_folded(on_phone)("分队19"), is_folded(on_phone)("分队20")) == (False, True)
    assert "Show 3 more" not in text(client, url)


def test_projects_of_a_menu_are_folded_behind_the_first_twenty_and_keep_their_numbers(cast: Cast) -> None:
    place = cast.places.center
    menu = Menu.objects.create(
        place=place, county_id=place.pk, month=business_date(now()).replace(day=1), state="draft"
    )
    for nth in range(MANY):
        project = Project.unscoped.create(
            title=f"项目{nth + 1:02}", category_id=_category(), team=cast.team, place=place, county_id=place.pk,
            area=place, state="published", created_at=now(),
        )  # fmt: skip
        MenuItem.objects.create(menu=menu, project=project, position=nth)
    client, url = english(cast.manager), reverse("catalogue:menu", args=[menu.uuid])
    on_phone = text(client, url, **PHONE)
    assert "23 projects on the menu" in on_phone
    assert (is_folded(on_phone)("20. 项目20"), is_folded(on_phone)("21. 项目21")) == (False, True)
    assert "Move 项目01 up" not in on_phone
    assert "Move 项目21 up" in on_phone
    assert "Move 项目23 down" not in on_phone
    assert not is_folded(text(client, url))("项目23")


def _category() -> str:
    return Category.objects.get_or_create(code="hair", defaults={"name": "义剪"})[0].code


def test_a_year_is_folded_by_quarters_and_the_one_that_is_asked_for_is_open(cast: Cast) -> None:
    client, url = english(cast.manager), reverse("places:calendar", args=[cast.places.chengbei.uuid])
    on_phone = text(client, f"{url}?day=2026-05-04", **PHONE)
    assert on_phone.count("<caption>") == 12
    assert is_folded(on_phone)("<caption>March</caption>")
    assert not is_folded(on_phone)("<caption>May</caption>")
    other = text(client, f"{url}?year=2025", **PHONE)
    assert not is_folded(other)("<caption>January</caption>")
    assert "<details" not in text(client, f"{url}?year=2025").partition("<main")[2]
