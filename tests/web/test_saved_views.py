"""One's own views of lists: kept, renamed, opened with, thrown away; never another's."""

import pytest
from django.test import Client
from django.urls import reverse

from sidan.web.models import SavedView
from tests.cast import Cast

pytestmark = pytest.mark.django_db

PAGE = "people:volunteers"
QUERY = "state=active&sort=-name&cols=phone&cols=state"


def _keep(client: Client, **values: str) -> SavedView:
    data = {"page": PAGE, "name": "自己的名单", "query": f"{QUERY}&cursor=abc&count=1", **values}
    assert client.post(reverse("web:keep_view"), data).status_code == 302
    return SavedView.objects.get(name=data["name"])


def test_a_view_is_kept_without_how_far_one_has_read(cast: Cast) -> None:
    client = cast.manager.client()
    view = _keep(client)
    assert view.query == QUERY
    page = client.get(f"{reverse(PAGE)}?{QUERY}").content.decode()
    assert "自己的名单" in page
    chip = next(part for part in page.split("<a ") if "自己的名单</a>" in part)
    assert 'aria-current="true"' in chip


@pytest.mark.parametrize("name", ["", "一" * 31])
def test_a_view_without_a_name_is_asked_for_one_where_it_was_to_be_kept(cast: Cast, name: str) -> None:
    client = cast.manager.client()
    data = {"page": PAGE, "name": name, "query": QUERY}
    answer = client.post(reverse("web:keep_view"), data, follow=True)
    assert answer.redirect_chain == [(f"{reverse(PAGE)}?{QUERY}", 302)]
    assert "最多 30 个字" in answer.content.decode()
    assert not SavedView.objects.exists()
    view = _keep(client)
    answer = client.post(reverse("web:rename_view", args=[view.uuid]), {"name": name}, follow=True)
    assert "最多 30 个字" in answer.content.decode()
    assert SavedView.objects.get().name == view.name


def test_the_same_name_takes_the_new_filters(cast: Cast) -> None:
    client = cast.manager.client()
    _keep(client)
    assert _keep(client, query="state=paused").query == "state=paused"
    assert SavedView.objects.count() == 1


def test_a_list_opens_with_its_default_view_until_all_is_asked(cast: Cast) -> None:
    client = cast.manager.client()
    view = _keep(client)
    client.post(reverse("web:begin_with", args=[view.uuid]))
    answer = client.get(reverse(PAGE))
    assert (answer.status_code, answer.headers["Location"]) == (302, f"{reverse(PAGE)}?{QUERY}")
    assert client.get(f"{reverse(PAGE)}?all=1").status_code == 200
    client.post(reverse("web:begin_plain", args=[view.uuid]))
    assert client.get(reverse(PAGE)).status_code == 200


def test_only_one_view_opens_a_list(cast: Cast) -> None:
    client = cast.manager.client()
    first, second = _keep(client), _keep(client, name="暂停")
    for view in (first, second):
        client.post(reverse("web:begin_with", args=[view.uuid]))
    assert list(SavedView.objects.filter(is_default=True)) == [second]


def test_a_view_is_renamed_and_thrown_away(cast: Cast) -> None:
    client = cast.manager.client()
    view = _keep(client)
    client.post(reverse("web:rename_view", args=[view.uuid]), {"name": "新名"})
    assert "新名" in client.get(reverse("web:views")).content.decode()
    client.post(reverse("web:throw_view_away", args=[view.uuid]))
    assert not SavedView.objects.exists()


def test_a_taken_name_is_refused(cast: Cast) -> None:
    client = cast.manager.client()
    first = _keep(client)
    _keep(client, name="暂停")
    client.post(reverse("web:rename_view", args=[first.uuid]), {"name": "暂停"})
    first.refresh_from_db()
    assert first.name == "自己的名单"


def test_nobody_touches_the_view_of_another(cast: Cast) -> None:
    view = _keep(cast.manager.client())
    other = cast.director.client()
    for verb in ("begin_with", "begin_plain", "throw_view_away"):
        assert other.post(reverse(f"web:{verb}", args=[view.uuid])).status_code == 404
    assert other.post(reverse("web:rename_view", args=[view.uuid]), {"name": "x"}).status_code == 404
    assert "自己的名单" not in other.get(reverse(PAGE)).content.decode()


@pytest.mark.parametrize("page", ["https://elsewhere.example/", "web:home", "nowhere:at_all"])
def test_only_a_list_of_the_console_can_be_kept(cast: Cast, page: str) -> None:
    answer = cast.manager.client().post(reverse("web:keep_view"), {"page": page, "name": "x", "query": ""})
    assert answer.status_code == 400


@pytest.mark.parametrize(
    "page", ["orders:queue", "people:volunteers", "supply:fairness", "wishes:desk", "talk:reports"]
)
def test_a_view_of_a_place_that_is_no_longer_ones_own_never_shuts_its_list(cast: Cast, page: str) -> None:
    far = f"place={cast.places.other_center.uuid}"
    client = cast.manager.client(HTTP_ACCEPT_LANGUAGE="en")
    client.cookies["django_language"] = "en"
    view = _keep(client, page=page, query=f"{far}&sort=-id", name="远处")
    client.post(reverse("web:begin_with", args=[view.uuid]))
    answer = client.get(reverse(page), follow=True)
    assert (answer.status_code, answer.request["QUERY_STRING"]) == (200, "sort=-id")
    told = answer.content.decode()
    assert "The view “远处” asks for a place that is not among yours now" in told
    assert reverse("web:views") in told
    _keep(client, page=page, query="sort=-id", name="远处")
    assert "not among yours" not in client.get(reverse(page), follow=True).content.decode()


def test_a_view_of_an_own_place_is_shown_as_it_was_kept(cast: Cast) -> None:
    client = cast.manager.client()
    near = f"place={cast.places.chengbei.uuid}"
    _keep(client, query=near)
    assert client.get(f"{reverse(PAGE)}?{near}").status_code == 200


def test_a_view_that_asks_for_what_is_gone_shows_the_whole_list(cast: Cast) -> None:
    client = cast.manager.client()
    client.cookies["django_language"] = "en"
    page, query = "catalogue:projects", "state=long-gone"
    view = _keep(client, page=page, query=query)
    client.post(reverse("web:begin_with", args=[view.uuid]))
    answer = client.get(reverse(page), follow=True)
    assert (answer.status_code, answer.request["QUERY_STRING"]) == (200, "all=1")
    assert "asks for something that is no longer there" in answer.content.decode()


def test_an_address_that_is_no_view_is_refused_as_ever(cast: Cast) -> None:
    far = f"place={cast.places.other_center.uuid}"
    assert cast.manager.client().get(f"{reverse('supply:fairness')}?{far}").status_code == 404
