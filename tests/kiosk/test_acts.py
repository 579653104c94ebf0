"""One act at the terminal, from the first touch to the reset."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from django.utils.translation import override

from sidan.attendance.operations import Proof
from sidan.attendance.queries import present_code
from sidan.audit.queries import who_looked
from sidan.catalogue.models import Category
from sidan.core.scope import everything
from sidan.desk import operations as desk
from sidan.kiosk.models import KioskOrder
from sidan.orders.models import Order, Review
from sidan.orders.operations import check_in
from sidan.people.models import Account, Person, SignInCode
from sidan.people.operations.persons import add_person
from tests.kiosk.helpers import MORNING, PHONE, code_sent, enrolled, it_is, kiosk, proven
from tests.orders.browsing import browser, text_of
from tests.orders.scene import AT, Scene, later
from tests.reviews.helpers import NEXT_DAY, served

pytestmark = pytest.mark.django_db
ZHOU = "12011110001"


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch) -> None:
    it_is(monkeypatch, later(minutes=5))


def phone_of(scene: Scene, name: str) -> str:
    return str(Account.objects.get(pk=scene.accounts[name]).phone)


def test_who_is_new_orders_by_telephone_alone_and_nothing_stays(scene: Scene) -> None:
    _terminal, token = enrolled(scene)
    client = kiosk(token)
    assert proven(client, what="order", service=str(scene.project.uuid)) == "/kiosk/time/"
    page = text_of(client.get("/kiosk/time/"))
    assert "Please call me first" in page
    assert "which the office knows" not in page
    assert client.post("/kiosk/time/", {"when": MORNING}).status_code == 422
    assert (
        client.post("/kiosk/time/", {"when": MORNING, "where": "ask"}).headers["Location"] == "/kiosk/done/"
    )
    order = Order.unscoped.get()
    assert (order.channel, order.origin_place) == ("kiosk", scene.station)
    assert KioskOrder.objects.get().order == order
    with everything("who was written down"):
        assert order.requester.contact_phone == PHONE
        assert order.requester.name.endswith("0007")
    done = client.get("/kiosk/done/")
    assert f"{order.number[:3]} {order.number[3:6]} {order.number[6:]}" in text_of(done)
    assert done.headers["Cache-Control"] == "no-store"
    slip = text_of(client.post("/kiosk/slip/"))
    assert "Good for 60 days" in slip
    client.get("/kiosk/leave/")
    for path in ("done", "time", "mine", "code"):
        assert client.get(f"/kiosk/{path}/").headers["Location"] == "/kiosk/"
    assert not Session.objects.exists()


def test_the_slip_opens_the_order_on_any_telephone(scene: Scene) -> None:
    _terminal, token = enrolled(scene)
    client = kiosk(token)
    proven(client, what="order", service=str(scene.project.uuid))
    client.post("/kiosk/time/", {"when": MORNING, "where": "ask"})
    page = client.post("/kiosk/slip/").content.decode()
    digits = page.partition('id="order-code" translate="no">')[2][:9]
    opened = kiosk().post(reverse("desk:code"), {"number": Order.unscoped.get().number, "code": digits})
    assert opened.headers["Location"] == reverse("desk:code_order")


def test_two_taps_are_one_order(scene: Scene) -> None:
    _terminal, token = enrolled(scene)
    client = kiosk(token)
    proven(client, what="order", service=str(scene.project.uuid))
    for _tap in range(2):
        assert (
            client.post("/kiosk/time/", {"when": MORNING, "where": "ask"}).headers["Location"]
            == "/kiosk/done/"
        )
    assert Order.unscoped.count() == 1


def test_who_is_known_is_the_same_person_and_keeps_no_right_of_an_office(scene: Scene) -> None:
    _terminal, token = enrolled(scene)
    client = kiosk(token)
    proven(client, what="order", service=str(scene.project.uuid), phone=phone_of(scene, "zhou"))
    client.post("/kiosk/time/", {"when": MORNING, "where": "ask"})
    order = Order.unscoped.get()
    assert order.placed_by_id == scene.accounts["zhou"]
    # A dispatcher proves a telephone like anybody else, and sees at the terminal their own orders only.
    dispatcher = kiosk(token)
    assert proven(dispatcher, what="look", phone=phone_of(scene, "li")) == "/kiosk/mine/"
    assert "There is no order with this telephone" in text_of(dispatcher.get("/kiosk/mine/"))
    assert dispatcher.get(reverse("kiosk:order", args=[order.number])).status_code == 404
    assert dispatcher.get(reverse("orders:queue")).headers["Location"].startswith("/sign-in/")


def test_a_wrong_code_is_told_and_the_telephone_is_not_shown(scene: Scene) -> None:
    _terminal, token = enrolled(scene)
    client = kiosk(token)
    client.post("/kiosk/begin/", {"what": "look"})
    assert "eleven digits" in text_of(client.post("/kiosk/phone/", {"phone": "120"}))
    client.post("/kiosk/phone/", {"phone": PHONE})
    assert PHONE not in client.get("/kiosk/code/").content.decode()
    assert "not right" in text_of(client.post("/kiosk/code/", {"code": "000000"}))
    assert not Account.objects.filter(phone_hash=PHONE).exists()


def test_the_session_holds_the_telephone_encrypted_and_only_until_its_code(scene: Scene) -> None:
    _terminal, token = enrolled(scene)
    client = kiosk(token)
    client.post("/kiosk/begin/", {"what": "look"})
    client.post("/kiosk/phone/", {"phone": PHONE})
    assert PHONE not in str(client.session["kiosk"])
    assert client.session["kiosk"]["phone"]
    client.post("/kiosk/code/", {"code": code_sent()})
    assert client.session["kiosk"]["phone"] == ""


def test_an_act_ends_by_itself(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    _terminal, token = enrolled(scene)
    client = kiosk(token)
    proven(client, what="look", phone=phone_of(scene, "zhou"))
    assert client.get("/kiosk/mine/").status_code == 200
    it_is(monkeypatch, later(minutes=16))
    assert client.get("/kiosk/mine/").headers["Location"] == "/kiosk/"


def family(scene: Scene, *names: str) -> list[Person]:
    with everything("a family with one telephone"):
        return [add_person(at=AT, name=name, place=scene.station, phone=PHONE) for name in names]


def test_who_shares_a_number_is_asked_who_they_are(scene: Scene) -> None:
    mother, daughter = family(scene, "王桂英", "王芳")
    _terminal, token = enrolled(scene)
    for person in (daughter, mother):
        client = kiosk(token)
        assert proven(client, what="order", service=str(scene.project.uuid)) == "/kiosk/who/"
        assert client.get("/kiosk/time/").headers["Location"] == "/kiosk/"
        page = text_of(client.get("/kiosk/who/"))
        assert "王*英" in page
        assert "桂" not in page
        assert [client.post("/kiosk/who/", {"person": bad}).status_code for bad in ("", str(uuid4()))] == [
            422,
            422,
        ]
        chosen = client.post("/kiosk/who/", {"person": str(person.uuid)})
        assert chosen.headers["Location"] == "/kiosk/time/"
        client.post("/kiosk/time/", {"when": MORNING, "where": "ask"})
        assert Order.unscoped.latest("id").requester == person
        client.get("/kiosk/leave/")
    # One account signs in with the number; it acts for both.
    assert Account.objects.get(phone_hash=PHONE).person == daughter


def test_a_shared_number_opens_no_private_order(scene: Scene) -> None:
    mother, _daughter = family(scene, "王桂英", "王芳")
    _terminal, token = enrolled(scene)
    client = kiosk(token)
    for is_private in (False, True):
        Category.objects.filter(code="hair").update(is_private=is_private)
        proven(client, what="order", service=str(scene.project.uuid))
        client.post("/kiosk/who/", {"person": str(mother.uuid)})
        client.post("/kiosk/time/", {"when": MORNING, "where": "ask"})
    public, private = (f"/kiosk/mine/{order.number}/" for order in Order.unscoped.order_by("id"))
    page = client.get("/kiosk/mine/").content.decode()
    assert (public in page, private in page) == (True, False)
    assert [client.get(url).status_code for url in (public, private)] == [200, 404]
    assert client.post(f"{private}review/", {"outcome": "done"}).status_code == 404


def test_names_that_look_alike_are_told_with_their_place(scene: Scene) -> None:
    family(scene, "王芳", "王英")
    _terminal, token = enrolled(scene)
    client = kiosk(token)
    proven(client, what="look")
    assert text_of(client.get("/kiosk/who/")).count(scene.station.short_name) >= 2


def test_nobody_chooses_without_a_number_that_was_proven(scene: Scene) -> None:
    mother, _daughter = family(scene, "王桂英", "王芳")
    _terminal, token = enrolled(scene)
    client = kiosk(token)
    client.post("/kiosk/begin/", {"what": "look"})
    client.post("/kiosk/phone/", {"phone": PHONE})
    assert client.get("/kiosk/who/").headers["Location"] == "/kiosk/"
    assert client.post("/kiosk/who/", {"person": str(mother.uuid)}).headers["Location"] == "/kiosk/"


def test_a_shared_number_that_was_proven_opens_no_other_number(scene: Scene) -> None:
    family(scene, "王桂英", "王芳")
    _terminal, token = enrolled(scene)
    client = kiosk(token)
    with everything("whose number is entered and never proven"):
        zhou = Account.objects.select_related("person").get(pk=scene.accounts["zhou"])
    assert proven(client, what="look") == "/kiosk/who/"
    client.post("/kiosk/phone/", {"phone": str(zhou.phone)})
    assert client.get("/kiosk/who/").headers["Location"] == "/kiosk/"
    chosen = client.post("/kiosk/who/", {"person": str(zhou.person.uuid)})
    assert chosen.headers["Location"] == "/kiosk/"
    assert client.get("/kiosk/mine/").headers["Location"] == "/kiosk/"


def test_another_number_is_begun_with_nothing_of_the_one_before(scene: Scene) -> None:
    mother, _daughter = family(scene, "王桂英", "王芳")
    _terminal, token = enrolled(scene)
    client = kiosk(token)
    proven(client, what="look")
    client.post("/kiosk/who/", {"person": str(mother.uuid)})
    assert client.get("/kiosk/mine/").status_code == 200
    client.post("/kiosk/phone/", {"phone": phone_of(scene, "zhou")})
    for path in ("mine", "who", "time"):
        assert client.get(f"/kiosk/{path}/").headers["Location"] == "/kiosk/"
    assert client.post("/kiosk/code/", {"code": code_sent()}).headers["Location"] == "/kiosk/mine/"
    kept = client.session["kiosk"]
    assert (kept["account"], kept["person"], kept["several"]) == (scene.accounts["zhou"], 0, False)


def test_another_number_after_an_order_makes_an_order_of_its_own(scene: Scene) -> None:
    _terminal, token = enrolled(scene)
    client = kiosk(token)
    proven(client, what="order", service=str(scene.project.uuid))
    told = {"when": MORNING, "where": "ask"}
    client.post("/kiosk/time/", told)
    first = Order.unscoped.get()
    # Somebody else goes back to the page of the telephone before the terminal has begun anew.
    client.post("/kiosk/phone/", {"phone": phone_of(scene, "zhou")})
    assert client.post("/kiosk/code/", {"code": code_sent()}).headers["Location"] == "/kiosk/time/"
    assert client.get("/kiosk/time/").status_code == 200
    assert client.get("/kiosk/done/").headers["Location"] == "/kiosk/"
    assert client.post("/kiosk/time/", told).headers["Location"] == "/kiosk/done/"
    second = Order.unscoped.exclude(pk=first.pk).get()
    done = text_of(client.get("/kiosk/done/"))
    assert f"{second.number[:3]} {second.number[3:6]} {second.number[6:]}" in done
    assert f"{first.number[:3]} {first.number[3:6]} {first.number[6:]}" not in done


@pytest.mark.parametrize("is_seen", [False, True])
def test_the_same_number_entered_again_goes_on_with_what_was_begun_until_it_was_seen_done(
    scene: Scene, is_seen: bool
) -> None:
    """Somebody taps, sees nothing come, goes back to the page of the telephone and enters it once more."""
    _terminal, token = enrolled(scene)
    client = kiosk(token)
    proven(client, what="order", service=str(scene.project.uuid))
    told = {"when": MORNING, "where": "ask"}
    client.post("/kiosk/time/", told)
    if is_seen:
        client.get("/kiosk/done/")
    for _each in range(2):
        client.post("/kiosk/phone/", {"phone": PHONE})
    assert client.post("/kiosk/code/", {"code": code_sent()}).headers["Location"] == "/kiosk/time/"
    client.post("/kiosk/time/", told)
    assert Order.unscoped.count() == (2 if is_seen else 1)
    number = Order.unscoped.latest("id").number
    assert f"{number[:3]} {number[3:6]} {number[6:]}" in text_of(client.get("/kiosk/done/"))


def test_who_shares_the_number_begins_something_of_their_own(scene: Scene) -> None:
    mother, daughter = family(scene, "王桂英", "王芳")
    _terminal, token = enrolled(scene)
    client = kiosk(token)
    told = {"when": MORNING, "where": "ask"}
    proven(client, what="order", service=str(scene.project.uuid))
    for person in (mother, daughter, mother):
        client.post("/kiosk/who/", {"person": str(person.uuid)})
        client.post("/kiosk/time/", told)
        client.post("/kiosk/phone/", {"phone": PHONE})
        client.post("/kiosk/code/", {"code": code_sent()})
    assert list(Order.unscoped.order_by("id").values_list("requester", flat=True)) == [
        mother.pk, daughter.pk, mother.pk,
    ]  # fmt: skip


def test_the_digits_for_the_door_are_shown_by_telephone(scene: Scene) -> None:
    visit = scene.scheduled()
    with everything("the order of the visit"):
        order = visit.assignment.order
    _terminal, token = enrolled(scene)
    client = kiosk(token)
    proven(client, what="look", phone=phone_of(scene, "zhou"))
    digits = present_code(cause_uuid=str(visit.uuid), at=later(minutes=5))
    assert f"{digits[:3]} {digits[3:]}" in text_of(client.get(reverse("kiosk:order", args=[order.number])))


def test_digits_that_a_shared_telephone_showed_prove_nothing_at_the_door(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    then, visit = later(days=1), scene.scheduled()
    it_is(monkeypatch, then)
    order, phone = visit.assignment.order, phone_of(scene, "zhao")
    with everything("whose mother orders by the same telephone"):
        mother = add_person(at=AT, name="赵桂兰", place=scene.station, phone=phone)
        Order.unscoped.filter(pk=order.pk).update(requester=mother)
    _terminal, token = enrolled(scene)
    client = kiosk(token)
    assert proven(client, what="look", phone=phone) == "/kiosk/who/"
    client.post("/kiosk/who/", {"person": str(mother.uuid)})
    digits = present_code(cause_uuid=str(visit.uuid), at=then)
    assert f"{digits[:3]} {digits[3:]}" in text_of(client.get(f"/kiosk/mine/{order.number}/"))
    with override("en"):
        (look,) = who_looked(subject=("order", order.pk))
    assert "at a terminal by the telephone you share" in look.what
    proof = Proof(way="code", code=digits)
    with everything("who comes to the door"):
        grades = {
            name: check_in(actor=scene.actor(name), at=then, visit=visit, proof=proof).grade
            for name in ("zhao", "qian")
        }
    assert grades == {"zhao": "weak", "qian": "strong"}


def test_of_an_order_of_ones_own_no_look_is_written_down(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    then, visit = later(days=1), scene.scheduled()
    it_is(monkeypatch, then)
    order, phone = visit.assignment.order, phone_of(scene, "zhou")
    with everything("who shares the telephone"):
        add_person(at=AT, name="周芳", place=scene.station, phone=phone)
        zhou = Account.objects.select_related("person").get(pk=scene.accounts["zhou"]).person
    _terminal, token = enrolled(scene)
    client = kiosk(token)
    assert proven(client, what="look", phone=phone) == "/kiosk/who/"
    client.post("/kiosk/who/", {"person": str(zhou.uuid)})
    digits = present_code(cause_uuid=str(visit.uuid), at=then)
    assert f"{digits[:3]} {digits[3:]}" in text_of(client.get(f"/kiosk/mine/{order.number}/"))
    assert who_looked(subject=("order", order.pk)) == []


def test_a_review_by_telephone_and_one_by_paper_say_kiosk(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    order = served(scene)
    it_is(monkeypatch, NEXT_DAY)
    monkeypatch.setattr("sidan.desk.views.own.now", lambda: NEXT_DAY)
    with everything("a code for the tests"):
        code = desk.issue_code(actor=scene.actor("keeper"), at=NEXT_DAY, order=order)
    _terminal, token = enrolled(scene)
    client = kiosk(token)
    client.post("/kiosk/begin/", {"what": "review"})
    assert client.post("/kiosk/paper/", {"number": order.number, "code": "00000000"}).status_code == 422
    opened = client.post("/kiosk/paper/", {"number": order.number, "code": code})
    assert opened.headers["Location"] == "/kiosk/paper/order/"
    assert "How was it?" in text_of(client.get("/kiosk/paper/order/"))
    assert client.post("/kiosk/paper/order/review/", {}).status_code == 422
    said = client.post("/kiosk/paper/order/review/", {"outcome": "done", "stars": "4"})
    assert said.headers["Location"] == "/kiosk/thanks/"
    review = Review.objects.get()
    assert (review.channel, review.by_id, review.stars) == ("kiosk", None, 4)
    again = client.post("/kiosk/paper/order/review/", {"outcome": "done"})
    assert again.status_code == 422
    assert Review.objects.count() == 1


def test_a_review_by_the_proven_telephone_is_ones_own(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    order = served(scene)
    it_is(monkeypatch, NEXT_DAY)
    _terminal, token = enrolled(scene)
    client = kiosk(token)
    proven(client, what="review", phone=phone_of(scene, "zhou"))
    assert client.post(reverse("kiosk:review", args=[order.number]), {"outcome": "half"}).status_code == 302
    review = Review.objects.get()
    assert (review.channel, review.by_id, review.outcome) == ("kiosk", scene.accounts["zhou"], "half")


def test_without_a_script_each_key_of_the_pad_is_sent(scene: Scene) -> None:
    _terminal, token = enrolled(scene)
    client = kiosk(token)
    client.post("/kiosk/begin/", {"what": "look"})
    typed = ""
    for key in "1208":
        page = client.post("/kiosk/phone/", {"phone": typed, "press": key})
        typed += key
        assert f'value="{typed}"' in page.content.decode()
    page = client.post("/kiosk/phone/", {"phone": typed, "press": "back"})
    assert 'value="120"' in page.content.decode()
    assert 'http-equiv="refresh" content="40;' in page.content.decode()
    assert 'http-equiv="refresh" content="300;' in client.get("/kiosk/phone/?more=1").content.decode()


def test_who_is_signed_in_at_the_device_is_not_who_orders(scene: Scene) -> None:
    _terminal, token = enrolled(scene)
    client = browser(scene, "li")
    client.cookies["sidan_kiosk"] = token
    proven(client, what="order", service=str(scene.project.uuid))
    client.post("/kiosk/time/", {"when": MORNING, "where": "ask"})
    assert Order.unscoped.get().placed_by_id != scene.accounts["li"]


def test_another_language_is_for_a_few_minutes(scene: Scene) -> None:
    _terminal, token = enrolled(scene)
    client = kiosk(token)
    chosen = client.post("/kiosk/language/", {"language": "zh-hans"})
    assert chosen.cookies["django_language"]["max-age"] == 300
    assert client.post("/kiosk/language/", {"language": "xx"}).status_code == 400
    assert client.get("/kiosk/leave/").cookies["django_language"]["max-age"] == 0


def test_more_than_five_a_day_are_for_the_staff(scene: Scene) -> None:
    _terminal, token = enrolled(scene)
    zhou = phone_of(scene, "zhou")
    for _nth in range(5):
        client = kiosk(token)
        # Codes by message have a measure of their own, five an hour: let each have been asked for long ago.
        SignInCode.objects.update(sent_at=AT - timedelta(hours=2))
        proven(client, what="order", service=str(scene.project.uuid), phone=zhou)
        assert client.post("/kiosk/time/", {"when": MORNING, "where": "ask"}).status_code == 302
    SignInCode.objects.update(sent_at=AT - timedelta(hours=2))
    client = kiosk(token)
    proven(client, what="order", service=str(scene.project.uuid), phone=zhou)
    refused = client.post("/kiosk/time/", {"when": MORNING, "where": "ask"})
    assert refused.status_code == 422
    assert "five times today" in text_of(refused)
    assert Order.unscoped.count() == 5
