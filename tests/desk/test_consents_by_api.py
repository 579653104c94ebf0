"""How a resident agreed, over the API as on the page: the paper's picture is kept first, then named by the order."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from sidan.core.ids import format_number
from sidan.core.scope import everything
from sidan.files.models import StoredFile
from sidan.orders.models import Order, OrderConsent
from sidan.orders.operations import cancel_order
from sidan.people.models import Account, Person
from tests.files.conftest import picture_bytes
from tests.orders.browsing import browser, text_of
from tests.orders.scene import AT, Scene, later

API = "/api/v1/orders"
JSON = "application/json"
pytestmark = pytest.mark.django_db


def picture() -> SimpleUploadedFile:
    return SimpleUploadedFile("paper.jpg", picture_bytes(), "image/jpeg")


def order_in(scene: Scene, **more: Any) -> dict[str, Any]:
    person = Account.objects.select_related("person").get(pk=scene.accounts["zhou"]).person
    return {
        "project": str(scene.project.uuid), "wished_from": "2099-01-01T09:00:00+08:00",
        "wished_to": "2099-01-01T12:00:00+08:00", "person": str(person.uuid), **more,
    }  # fmt: skip


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    # The wish lies ahead whatever day it is: only the consent is looked at here.
    monkeypatch.setattr("sidan.orders.operations.placing.check_wish", lambda **wish: None)


def kept(client: Client) -> str:
    answer = client.post(f"{API}/on-behalf/papers", {"picture": picture()})
    assert answer.status_code == 201, text_of(answer)
    return str(answer.json()["paper"])


def test_an_order_names_the_paper_that_was_kept_before(scene: Scene) -> None:
    keeper = browser(scene, "keeper")
    sent = order_in(scene, consent="photo", paper=kept(keeper))
    placed = keeper.post(f"{API}/on-behalf", sent, content_type=JSON)
    assert placed.status_code == 201, text_of(placed)
    consent = OrderConsent.objects.get()
    assert (consent.way, str(consent.paper.uuid if consent.paper else "")) == ("photo", sent["paper"])
    url = f"{API}/{placed.json()['number']}/consents"
    for name in ("keeper", "li", "zhou"):
        told = browser(scene, name).get(url).json()
        assert [(each["way"], each["paper"]) for each in told] == [("photo", sent["paper"])]
    assert [browser(scene, name).get(url).status_code for name in ("mallory", "wang", "zhao")] == [404] * 3
    shown = [browser(scene, name).get(f"/files/{sent['paper']}/").status_code for name in ("li", "wang")]
    assert shown == [200, 404]


def test_the_paper_is_named_to_nobody_who_may_not_read_it(scene: Scene) -> None:
    keeper = browser(scene, "keeper")
    sent = order_in(scene, consent="photo", paper=kept(keeper))
    number = keeper.post(f"{API}/on-behalf", sent, content_type=JSON).json()["number"]
    with everything("its end"):
        cancel_order(actor=scene.actor("zhou"), at=later(minutes=1), order=Order.unscoped.get(number=number))
    for name, named in (("keeper", None), ("li", None), ("zhou", sent["paper"])):
        told = browser(scene, name).get(f"{API}/{number}/consents").json()
        assert [(each["way"], each["paper"]) for each in told] == [("photo", named)]
        assert opened(scene, sent["paper"], name) == [200 if named else 404]


def test_a_photo_needs_its_paper_and_a_paper_its_photo(scene: Scene) -> None:
    keeper = browser(scene, "keeper")
    for more in ({"consent": "photo"}, {"consent": "signed", "paper": kept(keeper)}):
        refused = keeper.post(f"{API}/on-behalf", order_in(scene, **more), content_type=JSON)
        assert (refused.status_code, refused.json()["code"]) == (422, "consent_paper_missing")
    assert not Order.unscoped.exists()


def test_a_paper_is_ones_own_and_for_one_order(scene: Scene) -> None:
    keeper, paper = browser(scene, "keeper"), kept(browser(scene, "li"))
    others = keeper.post(f"{API}/on-behalf", order_in(scene, consent="photo", paper=paper), content_type=JSON)
    assert others.json()["code"] == "consent_paper_missing"
    sent = order_in(scene, consent="photo", paper=kept(keeper))
    assert keeper.post(f"{API}/on-behalf", sent, content_type=JSON).status_code == 201
    again = keeper.post(f"{API}/on-behalf", sent, content_type=JSON)
    assert (again.status_code, again.json()["errors"][0]["pointer"]) == (422, "/paper")


def test_who_enters_for_nobody_leaves_no_picture(scene: Scene) -> None:
    for name in ("wang", "zhou"):
        assert browser(scene, name).post(f"{API}/on-behalf/papers", {"picture": picture()}).status_code == 403
    assert not StoredFile.objects.exists()


def test_the_desk_shows_with_each_earlier_order_how_the_resident_agreed(scene: Scene) -> None:
    keeper = browser(scene, "keeper")
    keeper.post(f"{API}/on-behalf", order_in(scene, consent="signed"), content_type=JSON)
    with everything("whose desk page"):
        person = Order.unscoped.get().requester
    page = text_of(keeper.get(f"/console/phone/callers/{person.uuid}/"))
    assert "Consent: Signed a paper" in page


def test_the_desk_shows_the_orders_of_all_rows_of_a_caller(scene: Scene) -> None:
    order, keeper = scene.placed(), browser(scene, "keeper")
    with everything("whose desk page"):
        kept = Person.unscoped.create(
            name="周桂英", home_place=scene.station, county=scene.center, created_at=AT
        )
    page = f"/console/phone/callers/{kept.uuid}/"
    assert format_number(order.number) not in text_of(keeper.get(page))
    Person.unscoped.filter(pk=order.requester_id).update(canonical=kept)
    assert format_number(order.number) in text_of(keeper.get(page))


def opened(scene: Scene, paper: str, *names: str) -> list[int]:
    return [browser(scene, name).get(f"/files/{paper}/").status_code for name in names]


def test_the_paper_of_a_private_order_is_seen_by_its_keeper_and_no_more_by_who_took_its_picture(
    scene: Scene,
) -> None:
    keeper = browser(scene, "keeper")
    sent = order_in(scene, consent="photo", paper=kept(keeper), is_private=True)
    assert opened(scene, sent["paper"], "keeper") == [200]
    placed = keeper.post(f"{API}/on-behalf", sent, content_type=JSON)
    assert placed.status_code == 201, text_of(placed)
    assert opened(scene, sent["paper"], "zhou", "li") == [200, 200]
    assert opened(scene, sent["paper"], "keeper", "director", "supervisor", "mallory") == [404] * 4


def test_each_look_at_a_signed_paper_is_read_by_the_resident_until_the_order_ends(scene: Scene) -> None:
    sent = order_in(scene, consent="photo", paper=kept(browser(scene, "keeper")))
    number = browser(scene, "keeper").post(f"{API}/on-behalf", sent, content_type=JSON).json()["number"]
    assert opened(scene, sent["paper"], "zhou", "li", "director", "supervisor") == [200, 200, 200, 404]
    assert browser(scene, "li").get(f"/files/{sent['paper']}/thumb/").status_code == 200
    looks = browser(scene, "zhou").get(f"{API}/{number}").json()["looks"]
    assert [(each["who"], each["what"]) for each in looks] == [
        ("李文", "the signed paper"), ("吴所", "the signed paper"), ("李文", "the signed paper"),
    ]  # fmt: skip
    page = f"/console/phone/orders/{OrderConsent.objects.get().order.uuid}/"
    assert ["See the paper" in text_of(browser(scene, name).get(page)) for name in ("li", "keeper")] == [
        True
    ] * 2
    assert browser(scene, "zhou").post(f"{API}/{number}/cancel", {}, content_type=JSON).status_code == 200
    assert opened(scene, sent["paper"], "zhou", "li", "director", "keeper") == [200, 404, 404, 404]
    assert "See the paper" not in text_of(browser(scene, "li").get(page))
