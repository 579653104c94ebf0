"""The code on paper is the resident's side of the proof: nobody who serves holds it as well (R-Z2)."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from sidan.attendance.operations import Told
from sidan.core.scope import everything
from sidan.desk import operations
from sidan.orders import operations as loop
from sidan.orders.models import Order, Review, Visit
from sidan.orders.permissions import ServesHere
from sidan.orders.queries import looks_at
from sidan.reviews.operations import check_review
from tests.attendance.test_marks import by_code, come
from tests.attendance.test_two_sides import joins, named_too
from tests.desk.test_by_code import it_is
from tests.orders.browsing import browser, text_of
from tests.orders.scene import Scene, later
from tests.reviews.helpers import NEXT_DAY, served

ISSUED = later(minutes=1)
THEN = later(days=1)
API = "/api/v1/desk"


def order_of(visit: Visit) -> Order:
    with everything("the order of the visit"):
        return visit.assignment.order


def issued(scene: Scene, order: Order, *, by: str = "keeper", at: datetime = ISSUED) -> dict[str, str]:
    with everything("a code for the tests"):
        digits = operations.issue_code(actor=scene.actor(by), at=at, order=order)
    return {"number": order.number, "code": digits}


def by_keeper_later_in_the_team(scene: Scene, visit: Visit, prepare: Callable[[], object]) -> Visit:
    """Let the practitioner do something first, and be named for the visit afterwards."""
    with everything("preparing"):
        prepare()
        joins(scene)
        named_too(scene, visit)
    return visit


def test_who_serves_gives_out_no_code(scene: Scene) -> None:
    order = order_of(scene.scheduled())
    joins(scene)
    with pytest.raises(ServesHere):
        issued(scene, order)
    answer = browser(scene, "keeper").post(f"{API}/orders/{order.number}/code")
    assert (answer.status_code, answer.json()["code"]) == (403, "serves_this_order")
    assert issued(scene, order, by="li")


def test_nor_once_the_visit_is_over_and_the_review_is_awaited(scene: Scene) -> None:
    order = served(scene)
    joins(scene)
    with pytest.raises(ServesHere):
        issued(scene, order, at=NEXT_DAY)


def test_the_desk_says_so_and_shows_no_button(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    order = order_of(scene.scheduled())
    it_is(monkeypatch, later(minutes=5))
    url = reverse("desk:order", args=[order.uuid])
    client = browser(scene, "keeper")
    assert "Give out a code" in text_of(client.get(url))
    joins(scene)
    page = text_of(client.get(url))
    assert "Give out a code" not in page
    assert "a visit is proven by two sides" in page
    assert client.post(reverse("desk:issue", args=[order.uuid])).status_code == 403


def test_digits_behind_a_code_that_one_gave_out_before_prove_nothing(scene: Scene) -> None:
    visit = scene.scheduled()
    by_keeper_later_in_the_team(scene, visit, lambda: issued(scene, order_of(visit)))
    with everything("at the door"):
        assert come(scene, visit, by_code(visit, THEN), who="keeper", at=THEN).grade == "weak"
        assert come(scene, visit, by_code(visit, THEN), who="zhao", at=THEN).grade == "strong"


def test_nor_when_they_were_kept_without_network(scene: Scene) -> None:
    visit = scene.scheduled()
    by_keeper_later_in_the_team(scene, visit, lambda: issued(scene, order_of(visit)))
    with everything("told afterwards"):
        written = loop.check_in(
            actor=scene.actor("keeper"), at=THEN + timedelta(hours=2), visit=visit, proof=by_code(visit, THEN),
            told=Told(at=THEN, is_steady=True),
        )  # fmt: skip
    assert written.grade == "weak"


@pytest.mark.parametrize("way", ["page", "api"])
def test_who_opens_an_order_by_its_code_signed_in_has_looked_and_proves_nothing_for_half_an_hour(
    scene: Scene, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    visit = scene.scheduled()
    order = order_of(visit)
    with everything("both are asked to come"):
        joins(scene)
        named_too(scene, visit)
    paper = issued(scene, order, by="li")
    it_is(monkeypatch, THEN)
    if way == "page":
        assert browser(scene, "keeper").post(reverse("desk:code"), paper).status_code == 303
    else:
        sent = browser(scene, "keeper").post(f"{API}/code", paper, content_type="application/json")
        assert sent.status_code == 200
    with everything("what the resident reads"):
        looks = [(look.who, look.at) for look in looks_at(order=order, reader=scene.actor("zhou"))]
        assert looks == [("郑员", THEN), ("李文", ISSUED)]
        soon, much_later = THEN + timedelta(minutes=20), THEN + timedelta(minutes=40)
        assert come(scene, visit, by_code(visit, soon), who="keeper", at=soon).grade == "weak"
        again = loop.check_out(
            actor=scene.actor("keeper"), at=much_later, visit=visit, proof=by_code(visit, much_later)
        )
    assert again.grade == "strong", "read at the door"


def test_the_resident_looks_at_nothing_of_somebody_elses(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    order = order_of(scene.scheduled())
    paper = issued(scene, order, by="li")
    it_is(monkeypatch, THEN)
    for client in (Client(), browser(scene, "zhou")):
        assert client.post(reverse("desk:code"), paper).status_code == 303
    with everything("what the resident reads"):
        assert [look.who for look in looks_at(order=order, reader=scene.actor("zhou"))] == ["李文"]


@pytest.mark.parametrize(("is_of_the_team", "expected"), [(True, ["by_team"]), (False, [])])
def test_a_review_by_a_code_that_somebody_of_the_team_gave_out_is_noticed(
    scene: Scene, monkeypatch: pytest.MonkeyPatch, is_of_the_team: bool, expected: list[str]
) -> None:
    order = served(scene)
    paper = issued(scene, order)
    if is_of_the_team:
        joins(scene)
    it_is(monkeypatch, NEXT_DAY)
    client = Client()
    client.post(reverse("desk:code"), paper)
    client.post(reverse("desk:code_review"), {"outcome": "done", "stars": "5"})
    review = Review.objects.get()
    assert (review.channel, review.by_id) == ("paper", None)
    with everything("the rules"):
        assert check_review(at=NEXT_DAY, review_id=review.pk) == expected
