"""The pages and the API of what stands somewhere for a while, and stops as somebody types them."""

from datetime import date, time, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from sidan.core.clock import BUSINESS_ZONE, now
from sidan.people.operations import issue_token
from sidan.places import operations
from sidan.places.coordinates import Point
from sidan.places.models import PopUp
from sidan.places.operations import NewPopUp, Stop
from sidan.places.policies import BadStop, StopLine, read_stops, written_stops
from tests.cast import Cast

HOUR = timedelta(hours=1)
API = "/api/v1/pop-ups"
SQUARE = Point(115.648, 24.963, "gcj02")


def bus(cast: Cast, name: str = "便民服务车") -> PopUp:
    at = now()
    begins = (at.astimezone(BUSINESS_ZONE) + timedelta(days=1)).replace(
        hour=9, minute=0, second=0, microsecond=0
    )
    stops = [
        Stop("城北村口", begins, begins + HOUR, SQUARE), Stop("黄乡圩", begins + 2 * HOUR, begins + 3 * HOUR)
    ]  # fmt: skip
    told = NewPopUp(
        kind="bus_route", name=name, begins=begins, ends=begins + 4 * HOUR, stops=stops, point=SQUARE
    )
    return operations.announce_pop_up(actor=cast.manager.actor, at=at, place=cast.places.chengbei, told=told)


def form_of(found: PopUp, **changed: str) -> dict[str, str]:
    local = found.begins.astimezone(BUSINESS_ZONE)
    return {
        "kind": found.kind, "name": found.name, "begins": f"{local:%Y-%m-%dT%H:%M}",
        "ends": f"{local + 4 * HOUR:%Y-%m-%dT%H:%M}", "stops": "09:00-10:00 城北村口\n11:00-12:00 黄乡圩",
        "turn": str(found.turn), **changed,
    }  # fmt: skip


def page_of(client: Client, name: str, *args: object) -> str:
    answer = client.get(reverse(f"places:{name}", args=args))
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("9:00-10:00 南门", [StopLine("南门", time(9), time(10))]),
        ("9:00-10:00 南门 | South gate", [StopLine("南门", time(9), time(10), None, "South gate")]),
        ("9：00至10：30，南门", [StopLine("南门", time(9), time(10, 30))]),
        ("\n 2026-12-05 08:05~8:20  城北 村口 \n", [StopLine("城北 村口", time(8, 5), time(8, 20), date(2026, 12, 5))]),
        ("", []),
    ],
)  # fmt: skip
def test_stops_are_read_one_a_line_as_people_write_them(typed: str, read: list[StopLine]) -> None:
    assert read_stops(typed) == read
    assert read_stops(written_stops(read)) == read


@pytest.mark.parametrize(
    "typed", ["南门", "9:00 南门", "25:00-26:00 南门", "2026-02-30 9:00-10:00 南门", "9:00-10:00"]
)
def test_a_line_that_is_no_stop_is_told(typed: str) -> None:
    with pytest.raises(BadStop) as found:
        read_stops(f"9:00-10:00 北门\n{typed}")
    assert str(found.value) == typed


@pytest.mark.django_db
def test_everybody_finds_it_on_the_list_on_its_page_and_on_the_page_of_its_place(
    cast: Cast, client: Client
) -> None:
    made = bus(cast)
    link = reverse("places:pop_up", args=[made.uuid])
    for place in (cast.places.chengbei, cast.places.changning):
        assert link in page_of(client, "place", place.uuid)
    assert link not in page_of(client, "place", cast.places.huangxiang.uuid)
    assert link in page_of(client, "pop_ups")
    page = page_of(client, "pop_up", made.uuid)
    assert page.index("城北村口") < page.index("黄乡圩")
    # the day stands once, with the route; of its stops the hours
    assert page.count("明天") == 1
    assert "上午 11:00 – 中午 12:00" in page
    assert page.count('href="geo:') == 2
    assert client.get(f"/pop-ups/{cast.team.uuid}/").status_code == 404


@pytest.mark.django_db
def test_a_manager_announces_by_the_form_and_is_shown_the_code_of_the_public_page(cast: Cast) -> None:
    client, place = cast.manager.client(), cast.places.chengbei
    local = (now() + timedelta(days=2)).astimezone(BUSINESS_ZONE).replace(hour=9, minute=0)
    typed = {
        "place": str(place.uuid), "kind": "bus_route", "name": "便民服务车", "spot": "城北村",
        "begins": f"{local:%Y-%m-%dT%H:%M}", "ends": f"{local + 3 * HOUR:%Y-%m-%dT%H:%M}",
        "stops": "9:00-10:00 村口\n10:30-12:00 学校", "coordinate_system": "gcj02", "longitude": "115.648",
        "latitude": "24.963",
    }  # fmt: skip
    answer = client.post(reverse("places:new_pop_up"), typed)
    made = PopUp.objects.get()
    assert answer.headers["Location"] == reverse("places:staff_pop_up", args=[made.uuid])
    assert [(stop.name, stop.arrives) for stop in made.stops.all()] == [
        ("村口", made.begins), ("学校", made.begins + 1.5 * HOUR),
    ]  # fmt: skip
    page = page_of(client, "staff_pop_up", made.uuid)
    assert f"http://testserver/pop-ups/{made.uuid}/" in page
    assert "<svg" in page[page.index('aria-label="页面二维码"') :].split("</section>")[0]
    paper = client.get(reverse("places:pop_up_paper", args=[made.uuid]))
    assert paper.content.startswith(b"%PDF")


@pytest.mark.django_db
def test_what_cannot_be_stays_in_the_form_with_a_word_why(cast: Cast) -> None:
    made, client = bus(cast), cast.manager.client()
    url = reverse("places:change_pop_up", args=[made.uuid])
    for changed, word in (
        ({"stops": "明天 南门"}, "看不懂"),
        ({"ends": "2020-01-01T09:00"}, "结束时间要晚于开始时间"),
        ({"longitude": "115.648"}, "三样都填"),
    ):
        answer = client.post(url, form_of(made, **changed))
        assert answer.status_code == 422
        assert word in answer.content.decode()
    made.refresh_from_db()
    assert made.turn == 1


@pytest.mark.django_db
def test_a_stop_keeps_its_point_when_the_form_writes_the_stops_anew(cast: Cast) -> None:
    made, client = bus(cast), cast.manager.client()
    assert "09:00-10:00 城北村口" in page_of(client, "change_pop_up", made.uuid)
    typed = form_of(made, stops="09:00-10:30 城北村口\n11:00-12:00 新店")
    assert client.post(reverse("places:change_pop_up", args=[made.uuid]), typed).status_code == 303
    assert [(stop.name, stop.coordinate_system) for stop in made.stops.all()] == [
        ("城北村口", "gcj02"),
        ("新店", ""),
    ]


@pytest.mark.django_db
def test_a_stop_over_midnight_is_typed_and_shown_by_its_hours(cast: Cast) -> None:
    made, client = bus(cast), cast.manager.client()
    night = made.begins.astimezone(BUSINESS_ZONE).replace(hour=22)
    typed = form_of(
        made, begins=f"{night:%Y-%m-%dT%H:%M}", ends=f"{night + 4 * HOUR:%Y-%m-%dT%H:%M}", stops="23:30-00:30 城北村口"
    )  # fmt: skip
    for turn in (1, 2):
        answer = client.post(reverse("places:change_pop_up", args=[made.uuid]), {**typed, "turn": str(turn)})
        assert answer.status_code == 303
        (stop,) = made.stops.all()
        assert stop.leaves - stop.arrives == HOUR
        assert "23:30-00:30 城北村口" in page_of(client, "change_pop_up", made.uuid)


@pytest.mark.django_db
def test_who_has_read_an_older_one_is_told_and_writes_nothing(cast: Cast) -> None:
    made, client = bus(cast), cast.manager.client()
    url = reverse("places:change_pop_up", args=[made.uuid])
    assert client.post(url, form_of(made, spot="东门")).status_code == 303
    answer = client.post(url, form_of(made, spot="西门"))
    assert (answer.status_code, "请重新查看" in answer.content.decode()) == (422, True)
    made.refresh_from_db()
    assert made.spot == "东门"


@pytest.mark.django_db
def test_what_is_called_off_says_why_to_everybody_and_has_no_sheet_any_more(
    cast: Cast, client: Client
) -> None:
    made, manager = bus(cast), cast.manager.client()
    url = reverse("places:call_off_pop_up", args=[made.uuid])
    assert manager.post(url, {"why": "", "turn": "1"}).status_code == 422
    assert manager.post(url, {"why": "暴雨，周六再来", "turn": "1"}).status_code == 303
    assert "暴雨，周六再来" in page_of(client, "pop_up", made.uuid)
    assert made.name not in page_of(client, "pop_ups")
    assert manager.get(reverse("places:pop_up_paper", args=[made.uuid])).status_code == 404
    listed = manager.get(reverse("places:staff_pop_ups"), {"chip": "called_off"}).content.decode()
    assert made.name in listed


@pytest.mark.django_db
def test_the_list_of_an_office_holds_its_own_only(cast: Cast) -> None:
    made = bus(cast)
    for someone, is_shown in ((cast.manager, True), (cast.practitioner, True), (cast.mallory, False)):
        page = someone.client().get(reverse("places:staff_pop_ups")).content.decode()
        assert (made.name in page) is is_shown
    table = cast.manager.client().get(reverse("places:export_pop_ups"))
    assert made.name in b"".join(table.streaming_content).decode()  # type: ignore[attr-defined] # it streams


@pytest.mark.django_db
def test_a_program_announces_reads_and_calls_off(cast: Cast, client: Client) -> None:
    token = issue_token(actor=cast.manager.actor, at=now(), name="test")[0]
    program = Client(headers={"authorization": f"Bearer {token}"})
    begins = (now() + timedelta(days=2)).replace(microsecond=0)
    told = {
        "place_id": str(cast.places.chengbei.uuid), "kind": "bus_route", "name": "便民服务车",
        "begins": begins.isoformat(), "ends": (begins + 2 * HOUR).isoformat(),
        "stops": [{
            "name": "村口", "arrives": begins.isoformat(), "leaves": (begins + HOUR).isoformat(),
            "point": {"longitude": 115.648, "latitude": 24.963, "system": "gcj02"},
        }],
    }  # fmt: skip
    made = program.post(API, told, content_type="application/json")
    assert made.status_code == 201
    one = f"{API}/{made.json()['id']}"
    read = client.get(one).json()
    assert read["stops"][0]["point"] == {"longitude": 115.648, "latitude": 24.963, "system": "gcj02"}
    assert [row["id"] for row in client.get(API).json()["items"]] == [read["id"]]
    gone = program.post(f"{one}/call-off", {"why": "暴雨", "turn": 1}, content_type="application/json")
    assert (gone.json()["state"], gone.json()["turn"]) == ("called_off", 2)
    again = program.post(f"{one}/call-off", {"why": "暴雨", "turn": 2}, content_type="application/json")
    assert (again.status_code, again.json()["code"]) == (409, "pop_up_moved_on")
    assert client.get(API).json()["items"] == []


@pytest.mark.django_db
def test_who_reads_english_reads_where_it_stands_and_where_it_stops(cast: Cast) -> None:
    begins = now() + timedelta(days=1)
    told = NewPopUp(
        kind="bus_route", name="便民服务车", name_en="Service bus", begins=begins, ends=begins + timedelta(hours=3),
        spot="农贸市场", spot_en="Farmers’ market", about="理发", about_en="Haircuts",
        stops=[Stop("村口", begins, begins + timedelta(hours=1), None, "Village gate")],
    )  # fmt: skip
    made = operations.announce_pop_up(
        actor=cast.manager.actor, at=now(), place=cast.places.chengbei, told=told
    )
    url = reverse("places:pop_up", args=[made.uuid])
    chinese, client = Client().get(url).content.decode(), Client()
    client.cookies["django_language"] = "en"
    english = client.get(url).content.decode()
    for theirs, ours in (("Farmers’ market", "农贸市场"), ("Haircuts", "理发"), ("Village gate", "村口")):
        assert theirs in english
        assert ours not in english
        assert ours in chinese
        assert theirs not in chinese
    form = cast.manager.client().get(reverse("places:change_pop_up", args=[made.uuid])).content.decode()
    assert "村口 | Village gate" in form
