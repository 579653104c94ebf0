"""A review from a volunteer's own telephone is noticed, by a mark that is compared and never shown (R-Z5)."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from sidan.core.clock import business_date, now
from sidan.desk.operations import issue_code
from sidan.orders.models import Order, Review
from sidan.people.devices import COOKIE, KEPT_FOR
from sidan.people.models import Account, DeviceMark
from sidan.people.tasks import clear_the_door
from sidan.reviews import operations
from sidan.reviews.models import ReviewDevice, ReviewStanding
from sidan.reviews.tasks import forget_devices
from tests.orders.browsing import browser, once
from tests.orders.scene import Scene
from tests.reviews.helpers import NEXT_DAY, served

pytestmark = pytest.mark.django_db
PASSWORD = "a-telephone-in-the-village"


def sign_in(client: Client, scene: Scene, name: str) -> str:
    """Sign somebody in at the door and return the mark that the browser has then."""
    account = Account.objects.get(pk=scene.accounts[name])
    account.set_password(PASSWORD)
    account.save(update_fields=["password"])
    answer = client.post("/sign-in/", {"phone": account.phone, "password": PASSWORD})
    assert answer.status_code in {302, 303}, answer.content.decode()
    return client.cookies[COOKIE].value


def review(client: Client, order: Order) -> Review:
    """Review an order on its page."""
    answer = client.post(f"/orders/{order.number}/review/", {"outcome": "done", "stars": "5", "once": once()})
    assert answer.status_code == 303, answer.content.decode()
    return Review.objects.get(order=order)


def read(given: Review) -> list[str]:
    return operations.check_review(at=NEXT_DAY, review_id=given.pk)


def test_a_review_from_the_telephone_on_which_the_leader_signed_in_is_noticed(scene: Scene) -> None:
    telephone, order = Client(), served(scene)
    first = sign_in(telephone, scene, "wang")
    telephone.post("/sign-out/")
    assert sign_in(telephone, scene, "zhou") == first
    assert read(review(telephone, order)) == ["team_device"]


def test_a_volunteer_who_signs_in_after_the_review_but_before_it_is_read_is_noticed_too(scene: Scene) -> None:
    telephone, order = Client(), served(scene)
    sign_in(telephone, scene, "zhou")
    given = review(telephone, order)
    telephone.post("/sign-out/")
    sign_in(telephone, scene, "qian")
    assert read(given) == ["team_device"]


def test_a_leader_who_types_the_paper_s_code_into_their_own_telephone_is_noticed(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    telephone, order = Client(), served(scene)
    sign_in(telephone, scene, "wang")
    telephone.post("/sign-out/")
    monkeypatch.setattr("sidan.desk.views.own.now", lambda: NEXT_DAY)
    digits = issue_code(actor=scene.actor("keeper"), at=NEXT_DAY, order=order)
    telephone.post(reverse("desk:code"), {"number": order.number, "code": digits})
    telephone.post(reverse("desk:code_review"), {"outcome": "done", "stars": "5"})
    assert read(Review.objects.get(order=order)) == ["team_device"]


def test_one_s_own_telephone_and_that_of_a_neighbour_say_nothing(scene: Scene) -> None:
    own, lent, order = Client(), Client(), served(scene)
    sign_in(lent, scene, "wang")
    sign_in(own, scene, "sun")
    own.post("/sign-out/")
    mark = sign_in(own, scene, "zhou")
    assert mark != lent.cookies[COOKIE].value
    assert read(review(own, order)) == []


def test_the_mark_is_no_secret_of_a_script_and_only_its_hash_is_kept_for_half_a_year(scene: Scene) -> None:
    telephone = Client()
    mark = sign_in(telephone, scene, "wang")
    cookie = telephone.cookies[COOKIE]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
    assert int(cookie["max-age"]) == KEPT_FOR.total_seconds()
    kept = DeviceMark.objects.get()
    assert mark.encode() not in bytes(kept.mark_hash)
    assert kept.seen_on == business_date(now())
    clear_the_door.run(at=now() + KEPT_FOR - timedelta(days=1))
    assert DeviceMark.objects.exists()
    clear_the_door.run(at=now() + KEPT_FOR + timedelta(days=1))
    assert not DeviceMark.objects.exists()


def test_the_mark_of_a_review_is_gone_a_day_later_once_it_has_been_read(scene: Scene) -> None:
    telephone, order = Client(), served(scene)
    sign_in(telephone, scene, "zhou")
    given = review(telephone, order)
    given.refresh_from_db()
    for hours, is_read, kept in ((0, False, True), (25, False, True), (0, True, True), (25, True, False)):
        if is_read:
            read(given)
        forget_devices.run(at=given.at + timedelta(hours=hours))
        assert ReviewDevice.objects.filter(review=given).exists() == kept


def by_code(
    client: Client, scene: Scene, monkeypatch: pytest.MonkeyPatch, *, hours: int = 0, minutes: int = 0
) -> Review:
    """Open an order in a browser by a code from paper, and review it there some minutes later."""
    order, at = served(scene), NEXT_DAY + timedelta(hours=hours)
    monkeypatch.setattr("sidan.desk.views.own.now", lambda: at)
    digits = issue_code(actor=scene.actor("keeper"), at=at, order=order)
    client.post(reverse("desk:code"), {"number": order.number, "code": digits})
    monkeypatch.setattr("sidan.desk.views.own.now", lambda: at + timedelta(minutes=minutes))
    client.post(reverse("desk:code_review"), {"outcome": "done", "stars": "5"})
    return Review.objects.get(order=order)


def test_what_the_office_types_by_the_code_it_gave_out_itself_is_noticed(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = browser(scene, "keeper")
    assert read(by_code(office, scene, monkeypatch, minutes=29)) == ["by_staff"]
    assert [row.standing for row in ReviewStanding.objects.all()] == ["pending"]
    for helping in ("sun", "zhou"):
        assert read(by_code(browser(scene, helping), scene, monkeypatch)) == [], (
            "a neighbour, and the resident"
        )


def test_what_the_office_types_by_a_code_after_signing_out_is_noticed_by_its_browser(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    computer = Client()
    sign_in(computer, scene, "keeper")
    computer.post("/sign-out/")
    assert read(by_code(computer, scene, monkeypatch)) == ["staff_device"]
    order = served(scene)
    sign_in(computer, scene, "zhou")
    assert read(review(computer, order)) == [], "proven by her own password"


def test_many_alike_by_codes_from_one_browser_are_noticed(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    telephone, other = Client(), Client()
    for client in (telephone, other):
        sign_in(client, scene, "sun")
        client.post("/sign-out/")
    for hours in range(4):
        assert read(by_code(telephone, scene, monkeypatch, hours=hours)) == []
    assert read(by_code(other, scene, monkeypatch, hours=4)) == []
    assert read(by_code(telephone, scene, monkeypatch, hours=5)) == ["alike_device"]


@pytest.mark.parametrize("sent", ["", "short", "x" * 500, "<script>alert(1)</script>"])
def test_a_mark_that_is_not_of_our_making_is_left_alone_and_a_new_one_given(scene: Scene, sent: str) -> None:
    telephone = Client()
    telephone.cookies[COOKIE] = sent
    assert sign_in(telephone, scene, "wang") != sent


def test_who_signs_in_with_the_resident_s_sign_in_telephone_in_their_file_is_noticed(scene: Scene) -> None:
    order = served(scene)
    Account.objects.filter(pk=scene.accounts["zhou"]).update(phone_hash="12010000077")
    resident = Account.objects.get(pk=scene.accounts["zhou"])
    resident.phone = "12010000077"
    resident.save(update_fields=["phone"])
    person = Account.objects.get(pk=scene.accounts["qian"]).person
    person.contact_phone = person.contact_phone_hash = "12010000077"
    person.save(update_fields=["contact_phone", "contact_phone_hash"])
    telephone = Client()
    sign_in(telephone, scene, "zhou")
    assert "team_phone" in read(review(telephone, order))
