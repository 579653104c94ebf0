"""Calling back about what staff entered, and the resident's own way to it by a code."""

import io
import re
from datetime import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.db.utils import DatabaseError
from django.test import Client
from django.urls import reverse
from PIL import Image

from sidan.core.calls import TriedJustNow
from sidan.core.errors import Forbidden
from sidan.core.pagination import keyset_page
from sidan.core.scope import scoped
from sidan.desk import operations, queries
from sidan.desk.models import AccessCode, CallClaim, Confirmation
from sidan.desk.operations.confirming import BeingCalled, CalledEnough, NothingToConfirm
from sidan.desk.permissions import EnteredByYou
from sidan.desk.policies import CODE_TRIES, TASK
from sidan.limits.models import TaskTimer
from sidan.orders.models import Order, OrderConsent
from sidan.orders.operations import (
    TASK_CLOCKS,
    Consent,
    LookFirst,
    look_at_contact,
)
from sidan.orders.operations.consents import ConsentMissing, ConsentPaperMissing
from sidan.people.access import scope_for
from sidan.people.models import Account, Person
from sidan.people.operations import LockedOut
from tests.at_once import DONE, all_at_once
from tests.desk.helpers import PHONE, entered, looked
from tests.orders.browsing import browser, once, read_pages_at, sent, text_of
from tests.orders.scene import AT, Scene, later


def due(scene: Scene, name: str, *, hours: float = 0) -> list[int]:
    """The orders about which somebody may call, in the order in which the desk shows them."""
    actor = scene.actor(name)
    until = TASK_CLOCKS.due_at(task=TASK)
    with scoped(scope_for(actor)):
        rows = queries.calls_due(account_id=actor.account_id or 0, at=later(hours=hours), due_at=until)
        return [order.pk for order in keyset_page(rows=rows, sort="queued_at").items]


def call(scene: Scene, order: Order, outcome: str, *, by: str = "li", hours: float = 1) -> Confirmation:
    actor = scene.actor(by)
    with scoped(scope_for(actor)):
        fresh = Order.objects.get(pk=order.pk)
        looked(scene, by, fresh, later(hours=hours))
        return operations.confirm_order(actor=actor, at=later(hours=hours), order=fresh, outcome=outcome)


def test_an_order_for_another_needs_their_consent(scene: Scene, grandma: Person) -> None:
    with pytest.raises(ConsentMissing):
        entered(scene, grandma, Consent(way=""))
    with pytest.raises(ConsentPaperMissing):
        entered(scene, grandma, Consent(way="photo"))
    assert not Order.unscoped.exists()
    order = entered(scene, grandma, Consent(way="signed"))
    assert [consent.way for consent in order.consents.all()] == ["signed"]


@pytest.mark.parametrize("model", [OrderConsent, Confirmation])
def test_what_was_agreed_and_told_is_never_changed(scene: Scene, grandma: Person, model: type) -> None:
    call(scene, entered(scene, grandma), "no_answer")
    for statement in (f"UPDATE {model._meta.db_table} SET at = now()", f"DELETE FROM {model._meta.db_table}"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_somebody_else_calls_back(scene: Scene, grandma: Person) -> None:
    order = entered(scene, grandma)
    assert due(scene, "keeper") == []
    assert due(scene, "li") == [order.pk]
    assert due(scene, "mallory") == []
    with pytest.raises(EnteredByYou):
        call(scene, order, "confirmed", by="keeper")
    with pytest.raises((Forbidden, Order.DoesNotExist)):
        call(scene, order, "confirmed", by="mallory")
    call(scene, order, "confirmed")
    assert due(scene, "li") == []
    with pytest.raises(NothingToConfirm):
        call(scene, order, "not_wanted")


def test_nobody_writes_down_an_answer_of_a_number_they_did_not_open(scene: Scene, grandma: Person) -> None:
    """A colleague's look does not count, nor one of the day before yesterday."""
    order, li = entered(scene, grandma), scene.actor("li")
    looked(scene, "director", order, later(days=3))
    with scoped(scope_for(li)):
        fresh = Order.objects.get(pk=order.pk)
        look_at_contact(actor=li, at=later(days=1, hours=23), order=fresh)
        for outcome in ("confirmed", "not_wanted", "no_answer"):
            with pytest.raises(LookFirst):
                operations.confirm_order(actor=li, at=later(days=3), order=fresh, outcome=outcome)
        assert not Confirmation.objects.exists()
        operations.confirm_order(actor=li, at=later(days=2, hours=22), order=fresh, outcome="confirmed")


def test_the_resident_reads_who_opened_their_number_to_call_back(scene: Scene) -> None:
    with scoped(scope_for(scene.actor("zhou"))):
        zhou = Person.objects.get(pk=scene.actor("zhou").person_id)
    order = entered(scene, zhou)
    client = browser(scene, "li")
    back = reverse("desk:call_back", args=[order.uuid])
    refused = client.post(back, {"outcome": "confirmed", "once": once()})
    assert refused.status_code == 422
    assert "Please open whom to call first" in text_of(refused)
    assert re.search(r'value="confirmed"[^>]* checked', refused.content.decode()), "what was typed stands"
    client.post(reverse("orders:queue_contact", args=[order.uuid]), HTTP_HX_REQUEST="true")
    assert client.post(back, {"outcome": "confirmed", "once": once()}).status_code == 303
    shown = text_of(browser(scene, "zhou").get(f"/orders/{order.number}/"))
    assert "Who looked at your contact or code 李文 · address and telephone" in shown


def test_what_is_not_wanted_is_cancelled(scene: Scene, grandma: Person) -> None:
    order = entered(scene, grandma)
    call(scene, order, "not_wanted")
    assert Order.unscoped.get(pk=order.pk).state == "cancelled"
    assert due(scene, "li") == []


def test_who_does_not_answer_is_called_three_times(scene: Scene, grandma: Person) -> None:
    order = entered(scene, grandma)
    for nth in range(3):
        assert due(scene, "li") == [order.pk]
        call(scene, order, "no_answer", hours=2 * nth + 1)
        with pytest.raises(TriedJustNow if nth < 2 else CalledEnough):
            call(scene, order, "no_answer", hours=2 * nth + 1.02)
    assert Confirmation.objects.count() == 3
    assert due(scene, "li") == []
    with pytest.raises(NothingToConfirm):
        claim(scene, order, by="li", minutes=540)


@pytest.mark.parametrize(("said", "state"), [("confirmed", "submitted"), ("not_wanted", "cancelled")])
def test_who_rings_back_after_three_calls_in_vain_is_heard(
    scene: Scene, grandma: Person, said: str, state: str
) -> None:
    order = entered(scene, grandma)
    for nth in range(3):
        call(scene, order, "no_answer", hours=2 * nth + 1)
    with pytest.raises(CalledEnough):
        call(scene, order, "no_answer", hours=9)
    call(scene, order, said, hours=9)
    assert Order.unscoped.get(pk=order.pk).state == state
    for once_more in ("confirmed", "not_wanted", "no_answer"):
        with pytest.raises(NothingToConfirm):
            call(scene, order, once_more, hours=10)


def test_the_page_asks_what_was_said_also_after_three_calls_in_vain(
    scene: Scene, grandma: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_pages_at(monkeypatch, later(hours=9))
    monkeypatch.setattr("sidan.desk.views.phone.now", lambda: later(hours=9))
    order, client = entered(scene, grandma), browser(scene, "li")
    for nth in range(3):
        call(scene, order, "no_answer", hours=2 * nth + 1)
    url, in_vain = reverse("desk:order", args=[order.uuid]), "3 calls were in vain"
    page = client.get(url)
    assert in_vain in text_of(page)
    assert 'value="confirmed"' in page.content.decode()
    assert 'value="no_answer"' not in page.content.decode()
    assert in_vain not in text_of(browser(scene, "keeper").get(url)), "who entered it writes nothing down"
    back = reverse("desk:call_back", args=[order.uuid])
    looked(scene, "li", order, later(hours=8))
    assert in_vain in text_of(client.post(back, {"outcome": "no_answer", "once": once()}))
    looked(scene, "li", order, later(hours=8.5))
    assert client.post(back, {"outcome": "confirmed", "once": once()}).status_code == 303
    assert in_vain not in text_of(client.get(url))


def test_a_code_opens_one_order_and_a_new_one_ends_it(scene: Scene, grandma: Person) -> None:
    order, keeper = entered(scene, grandma), scene.actor("keeper")
    first = operations.issue_code(actor=keeper, at=AT, order=order)
    second = operations.issue_code(actor=keeper, at=later(minutes=1), order=order)
    assert not any(second.encode() in bytes(row.code_hash) for row in AccessCode.objects.all())
    with pytest.raises(operations.WrongOrderCode):
        opened(scene, order, first)
    row = opened(scene, order, second)
    assert queries.order_of_code(code_id=row.pk, opened_at=AT, at=later(minutes=20)) == order
    assert queries.order_of_code(code_id=row.pk, opened_at=AT, at=later(minutes=31)) is None
    with pytest.raises(operations.WrongOrderCode):
        opened(scene, order, second, days=61)
    with pytest.raises(Forbidden):
        operations.issue_code(actor=scene.actor("mallory"), at=AT, order=order)


def opened(
    scene: Scene, order: Order, digits: str, *, days: float = 0, address: str = "10.0.0.1"
) -> AccessCode:
    return operations.open_by_code(
        actor=scene.actor("zhou"), at=later(days=days, minutes=2), number=order.number, digits=digits, address=address
    )  # fmt: skip


def test_guessing_ends_early(scene: Scene, grandma: Person) -> None:
    order = entered(scene, grandma)
    code = operations.issue_code(actor=scene.actor("keeper"), at=AT, order=order)
    wrong = f"{(int(code) + 1) % 10**8:08d}"
    for _try in range(5):
        with pytest.raises(operations.WrongOrderCode):
            opened(scene, order, wrong)
    with pytest.raises(LockedOut):
        opened(scene, order, code)
    # A day later the lockout is over, and the code has a last try left.
    order.access_codes.update(tries=CODE_TRIES - 1)
    with pytest.raises(operations.WrongOrderCode):
        opened(scene, order, wrong, days=1)
    with pytest.raises(operations.WrongOrderCode):
        opened(scene, order, code, days=2)


# --- pages ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def _now(monkeypatch: pytest.MonkeyPatch) -> None:
    read_pages_at(monkeypatch, AT)
    for module in ("desk.views.phone", "desk.views.own", "orders.views.desk", "orders.telling"):
        monkeypatch.setattr(f"sidan.{module}.now", lambda: later(minutes=5))


def visitor() -> Client:
    client = Client()
    client.cookies["django_language"] = "en"
    return client


@pytest.mark.usefixtures("_now")
def test_a_caller_is_found_and_the_desk_is_there_again_after_the_order(scene: Scene, grandma: Person) -> None:
    client = browser(scene, "keeper")
    found = client.get(reverse("desk:phone"), {"q": PHONE})
    assert found.headers["Location"] == f"/console/orders/new/{grandma.uuid}/?next=/console/phone/"
    assert "Nobody of this name" in text_of(client.get(reverse("desk:phone"), {"q": "没有这人"}))
    values = {
        "service": str(scene.project.uuid), "when": "20261121T0900/1200", "consent": "spoken", "once": once(),
    }  # fmt: skip
    back = client.post(found.headers["Location"], values)
    order = Order.unscoped.get()
    assert back.headers["Location"] == f"/console/phone/?placed={order.uuid}"
    assert "The number, to read out" in text_of(client.get(back.headers["Location"]))
    earlier = client.get(reverse("desk:caller", args=[grandma.uuid]), HTTP_HX_REQUEST="true")
    assert scene.project.title in text_of(earlier)
    wish = reverse("wishes:enter_for", args=[grandma.uuid])
    for beside in (earlier, client.get(reverse("desk:caller", args=[grandma.uuid]))):
        assert f'href="{wish}"' in beside.content.decode(), "the same caller also wishes something"
    assert client.get(wish).status_code == 200


@pytest.mark.usefixtures("_now")
def test_the_picture_of_the_paper_is_kept_and_shown_to_those_who_may(scene: Scene, grandma: Person) -> None:
    source = io.BytesIO()
    Image.new("RGB", (60, 40), "white").save(source, "JPEG")
    paper = SimpleUploadedFile("paper.jpg", source.getvalue(), "image/jpeg")
    values = {
        "service": str(scene.project.uuid), "when": "20261121T0900/1200", "consent": "photo", "paper": paper,
        "once": once(),
    }  # fmt: skip
    browser(scene, "keeper").post(f"/console/orders/new/{grandma.uuid}/", values)
    consent = OrderConsent.objects.get()
    assert consent.paper is not None
    picture = reverse("files:picture", args=[consent.paper.uuid])
    assert browser(scene, "li").get(picture).status_code == 200
    assert [browser(scene, name).get(picture).status_code for name in ("mallory", "wang", "zhou")] == [
        404
    ] * 3
    assert Client().get(picture).status_code == 404


@pytest.mark.usefixtures("_now")
def test_the_desk_writes_down_what_came_of_a_call(scene: Scene, grandma: Person) -> None:
    order, client = entered(scene, grandma), browser(scene, "li")
    page = text_of(client.get(reverse("desk:order", args=[order.uuid])))
    assert "Said yes" in page
    assert PHONE not in page
    url = reverse("desk:call_back", args=[order.uuid])
    assert client.post(url, {"once": once()}).status_code == 422
    looked(scene, "li", order, AT)
    assert client.post(url, {"outcome": "confirmed", "once": once()}).status_code == 303
    assert Confirmation.objects.get().outcome == "confirmed"
    told = client.post(url, {"outcome": "not_wanted", "once": once()})
    assert told.status_code == 422
    assert "Nobody needs to be called back" in text_of(told)
    assert Order.unscoped.get(pk=order.pk).state == "submitted"


@pytest.mark.usefixtures("_now")
def test_who_has_no_telephone_is_asked_by_a_visit_or_through_who_entered_it(
    scene: Scene, grandma: Person
) -> None:
    order = entered(scene, grandma)
    page = reverse("desk:order", args=[order.uuid])
    assert "No telephone" not in text_of(browser(scene, "li").get(page))
    Person.unscoped.filter(pk=grandma.pk).update(contact_phone="", contact_phone_hash=None)
    assert "No telephone: go and see them, or ask" in text_of(browser(scene, "li").get(page))
    caller = reverse("desk:caller", args=[grandma.uuid])
    assert "no telephone" in text_of(browser(scene, "li").get(caller))


@pytest.mark.usefixtures("_now")
def test_with_number_and_code_a_visitor_sees_the_order_and_nothing_personal(
    scene: Scene, grandma: Person
) -> None:
    order = entered(scene, grandma)
    code = operations.issue_code(actor=scene.actor("keeper"), at=AT, order=order)
    client = visitor()
    wrong = client.post(reverse("desk:code"), {"number": order.number, "code": "0000 0000"})
    assert wrong.status_code == 422
    assert client.get(reverse("desk:code_order")).headers["Location"] == "/code/"
    spoken = f"{code[:4]} {code[4:]}"
    assert client.post(reverse("desk:code"), {"number": order.number, "code": spoken}).status_code == 303
    page = text_of(client.get(reverse("desk:code_order")))
    assert "We have your order" in page
    assert PHONE not in page
    client.post(reverse("desk:leave"))
    assert client.get(reverse("desk:code_order")).headers["Location"] == "/code/"


@pytest.mark.usefixtures("_now")
def test_an_order_is_claimed_by_the_telephone_the_office_knows(
    scene: Scene, grandma: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[str] = []
    monkeypatch.setattr("sidan.people.operations.codes.send_code", lambda *, code, **rest: sent.append(code))
    order = entered(scene, grandma)
    code = operations.issue_code(actor=scene.actor("keeper"), at=AT, order=order)
    client = visitor()
    client.post(reverse("desk:code"), {"number": order.number, "code": code})
    claim = reverse("desk:claim")
    for phone in ("12099990009", PHONE):
        assert client.post(claim, {"phone": phone}).status_code == 200
    stranger = client.post(claim, {"phone": "12099990009", "code": sent[0]})
    assert "the office knows" in text_of(stranger)
    assert not Account.objects.filter(person=grandma).exists()
    taken = client.post(claim, {"phone": PHONE, "code": sent[1]})
    assert taken.headers["Location"] == f"/orders/{order.number}/"
    assert Account.objects.get(person=grandma).phone == PHONE
    assert client.get(taken.headers["Location"]).status_code == 200


def test_what_is_due_later_comes_after_what_is_due(scene: Scene, grandma: Person) -> None:
    first, second, pressing, untimed = [entered(scene, grandma) for _nth in range(4)]
    TaskTimer.objects.filter(order=pressing).update(begun_at=AT, half_at=AT, due_at=later(hours=2))
    TaskTimer.objects.filter(order=untimed).delete()
    call(scene, first, "no_answer")
    assert due(scene, "li", hours=1.5) == [pressing.pk, second.pk, untimed.pk, first.pk]
    # two hours after nobody answered the call it is as pressing as it was
    assert due(scene, "li", hours=3.5) == [pressing.pk, first.pk, second.pk, untimed.pk]


def test_the_api_tells_until_when_to_call(scene: Scene, grandma: Person) -> None:
    order = entered(scene, grandma)
    (told,) = browser(scene, "li").get("/api/v1/desk/calls").json()["items"]
    assert told["number"] == order.number
    assert datetime.fromisoformat(told["due_at"]) == TaskTimer.objects.get(order=order).due_at


def claim(scene: Scene, order: Order, *, by: str, minutes: float = 0) -> CallClaim:
    actor = scene.actor(by)
    with scoped(scope_for(actor)):
        return operations.claim_call(
            actor=actor, at=later(minutes=minutes), order=Order.objects.get(pk=order.pk)
        )


def test_who_calls_says_so_and_nobody_else_does_until_it_runs_out(scene: Scene, grandma: Person) -> None:
    order = entered(scene, grandma)
    claim(scene, order, by="li")
    with pytest.raises(BeingCalled) as refused:
        claim(scene, order, by="director", minutes=14)
    assert refused.value.facts["name"] == "李文"
    claim(scene, order, by="li", minutes=14)
    with pytest.raises(BeingCalled):
        claim(scene, order, by="director", minutes=28)
    assert claim(scene, order, by="director", minutes=29).by_id == scene.accounts["director"]
    with pytest.raises(EnteredByYou):
        claim(scene, order, by="keeper", minutes=60)


def test_a_claim_is_given_back_by_its_own_and_ends_with_the_answer(scene: Scene, grandma: Person) -> None:
    order = entered(scene, grandma)
    claim(scene, order, by="li")
    for name, left in (("director", 1), ("li", 0), ("li", 0)):
        actor = scene.actor(name)
        with scoped(scope_for(actor)):
            operations.release_call(actor=actor, at=later(minutes=1), order=Order.objects.get(pk=order.pk))
        assert CallClaim.objects.count() == left
    claim(scene, order, by="li", minutes=2)
    call(scene, order, "confirmed", by="director")
    assert not CallClaim.objects.exists()
    with pytest.raises(NothingToConfirm):
        claim(scene, order, by="li", minutes=70)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_say_so_at_once_one_calls(scene: Scene, grandma: Person) -> None:
    order = entered(scene, grandma)
    told = all_at_once(lambda: claim(scene, order, by="li"), lambda: claim(scene, order, by="director"))
    assert sorted(told) == ["being_called", DONE]
    assert CallClaim.objects.count() == 1


def test_the_others_read_on_the_list_and_on_the_order_who_is_calling(
    scene: Scene, grandma: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_pages_at(monkeypatch, later(minutes=5))
    order = entered(scene, grandma)
    page, here = reverse("desk:phone"), reverse("desk:order", args=[order.uuid])
    li, director = browser(scene, "li"), browser(scene, "director")
    for client in (li, director):
        client.cookies["django_language"] = "en"
    assert 'data-key="p"' in li.get(here).content.decode()
    assert li.post(reverse("desk:calling", args=[order.uuid]), {"once": once()}).status_code == 303
    assert "You are calling" in text_of(li.get(page))
    assert "李文 is calling" in text_of(director.get(page))
    told = director.get(here).content.decode()
    assert "李文 is calling them" in told
    assert 'data-key="p"' not in told
    refused = sent(director, reverse("desk:calling", args=[order.uuid]), {"once": once()})
    assert "李文 is calling about this order at the moment." in refused


def test_who_calls_reads_how_long_there_is_for_it(scene: Scene, grandma: Person) -> None:
    order = entered(scene, grandma)
    page = text_of(browser(scene, "li").get(reverse("desk:order", args=[order.uuid])))
    TaskTimer.objects.filter(order=order).delete()
    assert "not timed" not in page
    assert "not timed" in text_of(browser(scene, "li").get(reverse("desk:order", args=[order.uuid])))
