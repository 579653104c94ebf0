"""Entering an order for a resident: find them or write them down, choose, done; only for one's own place."""

from datetime import date

import pytest

from sidan.catalogue.models import Menu, MenuItem
from sidan.core.search import name_terms
from sidan.orders.models import Order, OrderText
from sidan.people.models import Person
from sidan.people.operations import write_down_resident
from tests.orders.browsing import browser, once, read_pages_at, text_of
from tests.orders.scene import AT, Scene

NEW = "/console/orders/new/"


@pytest.fixture(autouse=True)
def _at(monkeypatch: pytest.MonkeyPatch) -> None:
    read_pages_at(monkeypatch, AT)
    monkeypatch.setattr("sidan.orders.views.desk.now", lambda: AT)


@pytest.fixture
def zhou(scene: Scene) -> Person:
    menu = Menu.objects.create(
        place=scene.center, county=scene.center, month=date(2026, 11, 1), state="published", published_at=AT
    )
    MenuItem.objects.create(menu=menu, project=scene.project, position=1)
    person = Person.unscoped.get(account=scene.accounts["zhou"])
    person.contact_phone_hash = "12010000001"
    person.search = name_terms(person.name)
    person.save()
    return person


def form(scene: Scene, **changes: str) -> dict[str, str]:
    values = {
        "service": str(scene.project.uuid),
        "when": "20261121T0900/1200",
        "consent": "spoken",
        "once": once(),
    }
    return {**values, **changes}


@pytest.mark.parametrize("name", ["zhou", "wang", "supervisor"])
def test_who_may_not_enter_orders_is_refused(scene: Scene, zhou: Person, name: str) -> None:
    client = browser(scene, name)
    for address in (NEW, f"{NEW}resident/", f"{NEW}{zhou.uuid}/"):
        assert client.get(address).status_code == 403


def test_mallory_finds_nobody_of_another_county(scene: Scene, zhou: Person) -> None:
    client = browser(scene, "mallory")
    assert "周桂英" not in text_of(client.get(f"{NEW}?q=周桂英"))
    assert client.get(f"{NEW}{zhou.uuid}/").status_code == 404
    assert client.post(f"{NEW}{zhou.uuid}/", form(scene)).status_code == 404
    data = {"name": "王五", "phone": "12055550000", "home": str(scene.station.uuid), "once": once()}
    # Her form offers only places of her own, so it says at the field that this is none of them.
    assert client.post(f"{NEW}resident/", data).status_code == 422
    assert not Person.unscoped.filter(name="王五").exists()


@pytest.mark.parametrize("query", ["12010000001", "120 1000 0001", "周桂英", "zhou"])
def test_a_resident_is_found_by_telephone_and_by_name(scene: Scene, zhou: Person, query: str) -> None:
    page = text_of(browser(scene, "keeper").get(NEW, {"q": query}))
    assert "周桂英" in page
    assert "12010000001" not in page


def test_an_order_is_entered_with_what_is_known_already(scene: Scene, zhou: Person) -> None:
    client = browser(scene, "keeper")
    page = client.get(f"{NEW}{zhou.uuid}/")
    assert "上门理发" in text_of(page)
    assert "12010000001" not in page.content.decode()
    response = client.post(f"{NEW}{zhou.uuid}/", form(scene))
    assert (response.status_code, response.headers["Location"]) == (303, NEW)
    order = Order.objects.get()
    assert (order.channel, order.requester_id) == ("on_behalf", zhou.pk)
    assert OrderText.objects.get().contact_phone == ""
    consent = order.consents.get()
    assert (consent.way, consent.by_id, consent.paper) == ("spoken", scene.accounts["keeper"], None)
    assert "read out" in text_of(client.get(NEW))


@pytest.mark.parametrize(("ticked", "urgency"), [({}, "normal"), ({"is_urgent": "on"}, "urgent")])
def test_who_enters_it_says_whether_it_is_urgent(
    scene: Scene, zhou: Person, ticked: dict[str, str], urgency: str
) -> None:
    client = browser(scene, "li")
    client.post(f"{NEW}{zhou.uuid}/", form(scene, **ticked))
    order = Order.objects.get()
    assert order.urgency == urgency
    page = text_of(client.get(f"/console/queue/{order.uuid}/"))
    assert ("Urgent" in page) == (urgency == "urgent")


def test_a_dispatcher_goes_on_to_the_order(scene: Scene, zhou: Person) -> None:
    response = browser(scene, "li").post(f"{NEW}{zhou.uuid}/", form(scene, phone="12077770000"))
    order = Order.objects.get()
    assert response.headers["Location"] == f"/console/queue/{order.uuid}/"
    assert OrderText.objects.get().contact_phone == "12077770000"


@pytest.mark.parametrize(
    "wrong",
    [
        {"service": ""},
        {"service": "x"},
        {"when": ""},
        {"when": "own", "own_time": "2020-01-01T09:00"},
        {"phone": "12"},
        {"consent": ""},
        {"consent": "own_wish"},
        {"consent": "photo"},
    ],
)
def test_what_is_not_right_is_told_and_what_was_typed_stays(
    scene: Scene, zhou: Person, wrong: dict[str, str]
) -> None:
    response = browser(scene, "keeper").post(f"{NEW}{zhou.uuid}/", form(scene, **wrong, need="家住四楼"))
    assert response.status_code == 422
    assert "家住四楼" in response.content.decode()
    assert not Order.objects.exists()


def test_services_narrow_while_one_types(scene: Scene, zhou: Person) -> None:
    client = browser(scene, "keeper")
    piece = client.get(f"{NEW}{zhou.uuid}/?service_words=没有", HTTP_HX_REQUEST="true")
    assert "Nothing on the menu fits these words." in text_of(piece)


def test_a_new_resident_is_written_down_once(scene: Scene) -> None:
    client = browser(scene, "keeper")
    assert "城北社区" in text_of(client.get(f"{NEW}resident/?q=王五"))
    data = {"name": "王五", "phone": "12055550000", "home": str(scene.station.uuid), "address": "1 号"}
    targets = {
        client.post(f"{NEW}resident/", {**data, "once": once()}).headers["Location"] for _try in range(2)
    }
    person = Person.unscoped.get(name="王五")
    assert targets == {f"{NEW}{person.uuid}/"}
    assert person.home_place_id == scene.station.pk


def test_who_is_known_here_is_found_although_somebody_elsewhere_was_written_down_before(scene: Scene) -> None:
    elsewhere, here, again = (
        write_down_resident(
            actor=scene.actor(who), at=AT, name="王五", phone="12055550000", home_place_id=home.pk
        )
        for who, home in (("li", scene.town), ("keeper", scene.station), ("keeper", scene.station))
    )
    assert here.pk != elsewhere.pk
    assert again.pk == here.pk


def written_down(scene: Scene, **facts: str) -> Person:
    return write_down_resident(
        actor=scene.actor("keeper"), at=AT, name="王五", home_place_id=scene.station.pk, **facts
    )


def test_a_resident_without_telephone_is_written_down_once(scene: Scene) -> None:
    client = browser(scene, "keeper")
    data = {"name": "王五", "phone": "", "home": str(scene.station.uuid), "address": "1 号"}
    targets = {
        client.post(f"{NEW}resident/", {**data, "once": once()}).headers["Location"] for _try in range(2)
    }
    person = Person.unscoped.get(name="王五")
    assert targets == {f"{NEW}{person.uuid}/"}
    assert (person.contact_phone, person.contact_phone_hash) == ("", None)
    assert "no telephone" in text_of(client.get(f"{NEW}?q=王五"))


def test_people_of_one_name_without_telephone_are_told_apart_by_their_addresses(scene: Scene) -> None:
    first, second = written_down(scene, address="1 号"), written_down(scene, address="2 号")
    assert first.pk != second.pk
    assert written_down(scene, address="2 号").pk == second.pk
    called = written_down(scene, phone="12055550000", address="3 号")
    assert written_down(scene, address="3 号").pk == called.pk


def test_nobody_who_has_a_telephone_is_taken_for_a_namesake_of_whom_only_the_name_is_told(
    scene: Scene,
) -> None:
    called = written_down(scene, phone="12055550000")
    named = written_down(scene)
    assert named.pk != called.pk
    assert written_down(scene).pk == named.pk


def test_an_order_without_any_telephone_says_through_whom_to_ask(scene: Scene) -> None:
    person, client = written_down(scene, address="1 号"), browser(scene, "keeper")
    assert "the number of a neighbour" in text_of(client.get(f"{NEW}{person.uuid}/"))
    assert client.post(f"{NEW}{person.uuid}/", form(scene)).status_code == 303
    order = Order.objects.get()
    looked = browser(scene, "li").post(f"/console/queue/{order.uuid}/contact/")
    keeper = Person.unscoped.get(account=scene.accounts["keeper"])
    assert f"No telephone: go and see them, or ask {keeper.name}, who entered the order." in text_of(looked)
    assert "tel:" not in looked.content.decode()


def test_a_neighbours_number_goes_with_the_order_and_not_into_the_file(scene: Scene) -> None:
    person, client = written_down(scene), browser(scene, "keeper")
    assert client.post(f"{NEW}{person.uuid}/", form(scene, phone="12077770000")).status_code == 303
    assert OrderText.objects.get().contact_phone == "12077770000"
    # Who proves the file's telephone is taken for the person: a neighbour's may not stand there.
    assert Person.unscoped.get(pk=person.pk).contact_phone == ""


def test_a_new_resident_elsewhere_or_with_a_wrong_telephone_is_refused(scene: Scene) -> None:
    client = browser(scene, "keeper")
    data = {"name": "王五", "phone": "12055550000", "home": str(scene.far_center.uuid), "once": once()}
    assert client.post(f"{NEW}resident/", data).status_code == 422
    assert client.post(f"{NEW}resident/", {**data, "phone": "12"}).status_code == 422
    assert not Person.unscoped.filter(name="王五").exists()


def test_where_more_are_found_than_stand_there_the_page_says_how_to_narrow(scene: Scene) -> None:
    """Else somebody who is not among the first is written down a second time."""
    names = [f"刘{given}" for given in "一二三四五六七八九十甲乙丙丁戊己庚辛壬癸子"]
    Person.unscoped.bulk_create(
        Person(
            name=name, home_place=scene.station, county_id=scene.center.pk, search=name_terms(name), created_at=AT
        )
        for name in names
    )  # fmt: skip
    more = "More than 20 people are found"
    client = browser(scene, "keeper")
    for address in (NEW, "/console/phone/"):
        assert more in text_of(client.get(f"{address}?q=刘"))
        assert more not in text_of(client.get(f"{address}?q=刘一"))
