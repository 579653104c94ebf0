"""The pages of places: public ones, and the console's tree, list and forms."""

from datetime import date

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import Client
from django.urls import reverse

from sidan.people.models import Directorship
from sidan.places.models import Place
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def _console(name: str, place: Place) -> str:
    return reverse(f"places:{name}", args=[place.uuid])


def test_everybody_reads_the_public_page_of_a_place(cast: Cast, client: Client) -> None:
    page = client.get(reverse("places:place", args=[cast.places.chengbei.uuid]))
    assert page.status_code == 200
    assert cast.places.chengbei.name in page.content.decode()
    assert client.get("/places/00000000-0000-7000-8000-000000000000/").status_code == 404


def test_everybody_reads_who_heads_a_place(cast: Cast, client: Client) -> None:
    url = reverse("places:place", args=[cast.places.chengbei.uuid])
    assert "负责人" not in client.get(url).content.decode()
    heads = Directorship.objects.create(
        place=cast.places.chengbei,
        person=cast.director.person,
        title="站长",
        term=DateRange(date(2026, 1, 5), None),
    )
    assert f"<dt>负责人</dt><dd>{cast.director.person.name} 站长</dd>" in client.get(url).content.decode()
    heads.term = DateRange(date(2025, 1, 5), date(2026, 1, 5))
    heads.save()
    assert cast.director.person.name not in client.get(url).content.decode()


def test_staff_read_who_heads_a_place_and_only_who_may_write_it_down_is_led_there(cast: Cast) -> None:
    place = cast.places.chengbei
    Directorship.objects.create(
        place=place, person=cast.director.person, title="站长", term=DateRange(date(2026, 1, 5), None)
    )
    link = reverse("people:directors", args=[place.uuid])
    for someone, is_led in (
        (cast.manager, True),
        (cast.dispatcher, False),
        (cast.supervisor, False),
        (cast.mallory, False),
    ):
        client = someone.client()
        page = client.get(_console("console_place", place)).content.decode()
        assert f"<dd>{cast.director.person.name} 站长</dd>" in page
        assert (link in page) is is_led
        assert (client.get(link).status_code == 200) is is_led


def test_the_console_is_for_staff(cast: Cast, client: Client) -> None:
    assert client.get(reverse("places:tree")).status_code == 302
    assert cast.zhou.client().get(reverse("places:tree")).status_code == 403
    assert cast.practitioner.client().get(reverse("places:tree")).status_code == 200


def test_a_manager_sees_the_county_as_a_tree(cast: Cast) -> None:
    page = cast.manager.client().get(reverse("places:tree")).content.decode()
    for place in (cast.places.center, cast.places.changning, cast.places.chengbei):
        assert place.short_name in page
    assert cast.places.other_station.short_name not in page


def test_a_supervisor_sees_the_centers_of_the_city(cast: Cast) -> None:
    page = cast.supervisor.client().get(reverse("places:tree")).content.decode()
    assert cast.places.other_center.short_name in page
    assert cast.places.chengbei.short_name not in page


@pytest.mark.parametrize("query", ["城北", "chengbei", "cbsq", "CHENG"])
def test_places_are_found_by_name_pinyin_and_initials(cast: Cast, query: str) -> None:
    page = cast.manager.client().get(reverse("places:tree"), {"q": query}).content.decode()
    assert cast.places.chengbei.name in page
    assert cast.places.datong.name not in page


def test_the_picker_offers_matches_below_a_place(cast: Cast, client: Client) -> None:
    url = reverse("places:pick")
    assert str(cast.places.chengbei.uuid) in client.get(url, {"q": "城北"}).content.decode()
    elsewhere = {"q": "城北", "under": cast.places.liuche.uuid}
    assert str(cast.places.chengbei.uuid) not in client.get(url, elsewhere).content.decode()


def test_a_station_is_opened_renamed_moved_and_closed(cast: Cast) -> None:
    client, places = cast.manager.client(), cast.places
    data = {"kind": "station", "name": "河东社区新时代文明实践站", "setting": "community"}
    assert client.post(_console("new", places.changning), data).status_code == 303
    station = Place.objects.get(name=data["name"])
    assert client.post(_console("rename", station), {"name": "河西社区新时代文明实践站"}).status_code == 303
    assert client.post(_console("move", station), {"parent": places.liuche.uuid}).status_code == 303
    facts = {"address": "河西路 1 号", "setting": "community", "coordinate_system": ""}
    assert client.post(_console("edit", station), facts).status_code == 303
    assert client.get(_console("close", station)).status_code == 200
    assert client.post(_console("close", station)).status_code == 303
    station.refresh_from_db()
    assert (station.short_name, station.state, station.parent_id) == ("河西社区", "closed", places.liuche.pk)
    page = client.get(_console("console_place", station)).content.decode()
    for word in (
        "河西路 1 号",
        places.changning.short_name,
        places.liuche.short_name,
        "河东社区新时代文明实践站",
    ):
        assert word in page


def test_a_refused_form_keeps_what_was_typed_and_says_why(cast: Cast) -> None:
    taken = cast.places.chengbei.name
    data = {"kind": "station", "name": taken, "setting": "community"}
    answer = cast.manager.client().post(_console("new", cast.places.changning), data)
    assert answer.status_code == 422
    assert f'value="{taken}"' in answer.content.decode()
    half = {"setting": "community", "longitude": "115.6"}
    assert cast.manager.client().post(_console("edit", cast.places.chengbei), half).status_code == 422


def test_a_stranger_is_refused_everywhere(cast: Cast) -> None:
    client = cast.mallory.client()
    for name in ("new", "edit", "rename", "move", "close"):
        assert client.get(_console(name, cast.places.changning)).status_code == 403
        assert client.post(_console(name, cast.places.changning), {}).status_code == 403
    assert client.post(_console("remove_photo", cast.places.changning), {"photo": "1"}).status_code in {
        403,
        404,
    }
    assert client.post(_console("add_photo", cast.places.changning)).status_code == 403


def test_the_list_is_exported_for_a_spreadsheet(cast: Cast) -> None:
    answer = cast.manager.client().get(reverse("places:export"), {"kind": "station"})
    text = b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined] # a streamed answer
    assert cast.places.chengbei.name in text
    assert cast.places.other_station.name not in text


@pytest.mark.parametrize(("parameters", "queries"), [({}, 6), ({"q": "社区"}, 6)])
def test_more_places_cost_no_more_queries(
    cast: Cast, parameters: dict[str, str], queries: int, django_assert_num_queries: pytest.FixtureRequest
) -> None:
    client = cast.manager.client()
    data = {"kind": "station", "setting": "community"}
    for number in (1, 3):
        with django_assert_num_queries(queries):  # type: ignore[operator] # a context manager of pytest-django
            client.get(reverse("places:tree"), parameters)
        for nth in range(number):
            name = f"第{number}{nth}社区新时代文明实践站"
            client.post(_console("new", cast.places.changning), {**data, "name": name})


def test_the_tree_is_folded_and_a_search_opens_what_it_finds(cast: Cast) -> None:
    client, places = cast.manager.client(), cast.places
    page = client.get(reverse("places:tree")).content.decode()
    assert page.count("<details open") == 1, "the county"
    assert page.count('<summary class="fold-row') == 3, "the county and its two institutes"
    assert places.datong.short_name in page
    found = client.get(reverse("places:tree"), {"q": "城北"}).content.decode()
    assert found.count('<summary class="fold-row') == found.count("<details open") == 2
    assert places.changning.short_name in found
    assert places.liuche.short_name not in found


def test_a_year_that_is_not_published_yet_says_so(cast: Cast) -> None:
    client, url = cast.manager.client(), _console("calendar", cast.places.chengbei)
    client.cookies["django_language"] = "en"
    pages = {year: client.get(f"{url}?year={year}").content.decode() for year in (2025, 2026, 2027, 2031)}
    assert "not entered yet" in pages[2027]
    assert "Of 2031 nothing is known yet" in pages[2031]
    for page in (pages[2025], pages[2026]):
        assert "not entered yet" not in page
        assert "nothing is known" not in page
