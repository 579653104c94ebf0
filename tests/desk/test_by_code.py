"""What number and code open, on the page and over the API: the order, its door, the last word."""

from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse

from sidan.attendance.queries import present_code
from sidan.core.scope import everything
from sidan.desk import operations
from sidan.orders.models import Order, Review
from tests.orders.browsing import read_pages_at, text_of
from tests.orders.scene import Scene, later
from tests.reviews.helpers import NEXT_DAY, served

API = "/api/v1/desk/code"


@pytest.fixture
def client() -> Client:
    opened = Client(headers={"accept-language": "en"})
    opened.cookies["django_language"] = "en"
    return opened


def it_is(monkeypatch: pytest.MonkeyPatch, at: datetime) -> None:
    read_pages_at(monkeypatch, at)
    for module in ("desk.views.own", "desk.api", "orders.telling"):
        monkeypatch.setattr(f"sidan.{module}.now", lambda: at)


def coded(scene: Scene, order: Order) -> dict[str, str]:
    with everything("a code for the tests"):
        digits = operations.issue_code(actor=scene.actor("keeper"), at=later(minutes=1), order=order)
    return {"number": order.number, "code": digits}


def test_the_code_for_the_door_stands_on_the_page_that_paper_opens(
    scene: Scene, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    visit = scene.scheduled()
    with everything("the order of the visit"):
        order = visit.assignment.order
    it_is(monkeypatch, at := later(minutes=5))
    assert client.get(reverse("desk:code_door")).headers["HX-Refresh"] == "true"
    paper = coded(scene, order)
    client.post(reverse("desk:code"), paper)
    digits = present_code(cause_uuid=str(visit.uuid), at=at)
    spoken = f"{digits[:3]} {digits[3:]}"
    assert spoken in text_of(client.get(reverse("desk:code_order")))
    piece = text_of(client.get(reverse("desk:code_door")))
    assert piece.startswith(spoken)
    assert client.post(API, paper, content_type="application/json").json()["door_code"] == digits


def test_before_a_visit_there_is_no_code_for_the_door(
    scene: Scene, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    it_is(monkeypatch, later(minutes=5))
    paper = coded(scene, scene.placed())
    client.post(reverse("desk:code"), paper)
    assert "At the door" not in text_of(client.get(reverse("desk:code_order")))
    assert client.get(reverse("desk:code_door")).status_code == 204
    assert client.post(API, paper, content_type="application/json").json()["door_code"] == ""
    wrong = client.post(API, {**paper, "code": "12345678"}, content_type="application/json")
    assert (wrong.status_code, wrong.json()["code"]) == (422, "wrong_order_code")


def test_with_the_paper_one_says_how_it_was_once(
    scene: Scene, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    order = served(scene)
    it_is(monkeypatch, NEXT_DAY)
    review = reverse("desk:code_review")
    assert client.post(review, {"outcome": "done"}).headers["Location"] == "/code/"
    client.post(reverse("desk:code"), coded(scene, order))
    assert "How was it?" in text_of(client.get(reverse("desk:code_order")))
    empty = client.post(review, {})
    assert empty.status_code == 422
    assert "say first whether it was done" in text_of(empty)
    client.post(review, {"outcome": "done", "stars": "5", "words": "很好"})
    page = text_of(client.get(reverse("desk:code_order")))
    assert "Thank you" in page
    assert "How was it?" not in page
    said = Review.objects.get()
    assert (said.channel, said.by_id, said.outcome, said.stars) == ("paper", None, "done", 5)
    client.post(review, {"outcome": "not_done"})
    assert Review.objects.count() == 1


def test_the_api_takes_a_review_by_code(
    scene: Scene, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    order = served(scene)
    it_is(monkeypatch, NEXT_DAY)
    sent = {**coded(scene, order), "outcome": "half", "wish": "早一点来"}
    told = client.post(f"{API}/review", sent, content_type="application/json")
    assert (told.status_code, Review.objects.get().outcome) == (200, "half")
    again = client.post(f"{API}/review", sent, content_type="application/json")
    assert (again.status_code, Review.objects.count()) == (409, 1)


def tried(client: Client, number: str, code: str, *, address: str = "203.0.113.7") -> int:
    sent = {"number": number, "code": code}
    return client.post(API, sent, content_type="application/json", REMOTE_ADDR=address).status_code


def locked(client: Client, paper: dict[str, str], *, address: str = "203.0.113.7") -> None:
    """Somebody guesses from one address until the page says to ask at the station."""
    wrong = "0" * 8 if paper["code"] != "0" * 8 else "1" * 8
    answers = [tried(client, paper["number"], wrong, address=address) for _each in range(6)]
    assert answers == [422] * 5 + [429]


def test_a_new_code_opens_at_once_after_wrong_tries(
    scene: Scene, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    it_is(monkeypatch, later(minutes=5))
    order = scene.placed()
    locked(client, paper := coded(scene, order))
    assert tried(client, **paper) == 429
    assert tried(client, **coded(scene, order)) == 200


def test_a_stranger_who_knows_the_number_locks_out_nobody_but_themselves(
    scene: Scene, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    it_is(monkeypatch, later(minutes=5))
    paper = coded(scene, scene.placed())
    for nth in (1, 2, 3):
        locked(client, paper, address=f"198.51.100.{nth}")
    assert tried(client, **paper) == 200


def test_a_number_that_is_guessed_from_everywhere_is_locked(
    scene: Scene, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    it_is(monkeypatch, later(minutes=5))
    paper = coded(scene, scene.placed())
    for nth in range(10):
        locked(client, paper, address=f"198.51.100.{nth}")
    assert tried(client, **paper) == 429


@pytest.mark.parametrize("digits", ["０１２３４５６７８９", "٠١٢٣٤٥٦٧٨٩"])
def test_the_code_opens_in_whatever_digits_it_is_typed(
    scene: Scene, client: Client, monkeypatch: pytest.MonkeyPatch, digits: str
) -> None:
    it_is(monkeypatch, later(minutes=5))
    paper = coded(scene, scene.placed())
    typed = paper | {"code": paper["code"].translate(str.maketrans("0123456789", digits))}
    assert client.post(API, typed, content_type="application/json").status_code == 200
    assert client.post(reverse("desk:code"), typed).headers["Location"] == reverse("desk:code_order")


def test_danger_in_what_is_said_by_the_paper_is_answered_with_whom_to_call(
    scene: Scene, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    order = served(scene)
    it_is(monkeypatch, NEXT_DAY)
    client.post(reverse("desk:code"), coded(scene, order))
    said = {"outcome": "still_needed", "words": "老人摔倒了起不来"}
    assert client.post(reverse("desk:code_review"), said).status_code == 303
    page = text_of(client.get(reverse("desk:code_order")))
    assert "120 Ambulance" in page
    assert "Danger to life was spoken of" in page
    assert Order.unscoped.get(pk=order.pk).state == "reopened"
