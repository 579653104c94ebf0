"""The page of what the clocks did: its filters, its table, and who sees what."""

import csv
import io
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from sidan.core.clock import business_date
from sidan.core.ids import format_number
from sidan.core.scope import everything
from sidan.limits.models import TaskTimer
from sidan.limits.tasks import fire
from sidan.orders.models import Order
from sidan.orders.operations import SPOKEN, place_order_for
from sidan.people.enums import Role
from sidan.people.models import Person
from tests.cast import Cast
from tests.limits.helpers import DAY
from tests.limits.test_clocks_of_wishes import wished
from tests.orders.browsing import browser, text_of
from tests.orders.scene import AT, Scene, later

URL = "/console/limits/clocks/"


@pytest.fixture
def fired(scene: Scene) -> Scene:
    """An order reminded at half, one whose offer was taken back, and one that nobody could take further."""
    assignment = scene.offered()
    fire.run(at=later(hours=24))
    order = scene.placed()
    assert order.half_at is not None
    assert order.due_at is not None
    fire.run(at=order.half_at)
    fire.run(at=order.due_at)
    assert assignment.order.number != order.number
    return scene


def rows_of(response: Any) -> int:
    return int(response.content.decode().count("<tr data-row"))


def test_every_moment_stands_there_once_with_what_happened(fired: Scene) -> None:
    page = browser(fired, "li").get(URL)
    told = text_of(page)
    assert "The offer or call was ended; another team is looked for" in told
    assert "Who must act was reminded" in told
    assert "for what the limit says was not possible" in told
    first = Order.unscoped.order_by("id")[0]
    assert reverse("orders:queue_order", args=[first.uuid]) in page.content.decode()


def test_it_is_filtered_searched_and_sorted(fired: Scene) -> None:
    client = browser(fired, "li")
    first, second = Order.unscoped.order_by("id")
    everything = rows_of(client.get(URL))
    taken_back = client.get(URL, {"step": "accept", "kind": "end"})
    assert (rows_of(taken_back), format_number(first.number) in text_of(taken_back)) == (1, True)
    found = client.get(URL, {"q": second.number})
    assert 0 < rows_of(found) < everything
    assert format_number(first.number) not in text_of(found)
    assert rows_of(client.get(URL, {"q": "no number"})) == 0
    assert rows_of(client.get(URL, {"place": str(fired.station.uuid)})) == everything
    assert rows_of(client.get(URL, {"place": str(fired.far_center.uuid)})) == 0
    day = business_date(later(hours=24))
    assert rows_of(client.get(URL, {"last": str(day - DAY)})) == 0
    assert rows_of(client.get(URL, {"first": str(day)})) == everything
    backwards = client.get(URL, {"first": str(day), "last": str(day - timedelta(days=3))})
    assert "The first day is after the last one." in text_of(backwards)
    oldest = client.get(URL, {"sort": "id"}).content.decode()
    assert oldest.index(format_number(first.number)) < oldest.index(format_number(second.number))


def test_it_is_taken_away_as_a_table(fired: Scene) -> None:
    answer = browser(fired, "li").get(f"{URL}export/", {"kind": "end", "sort": "id"})
    text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined] # a table streams
    head, *rows = list(csv.reader(io.StringIO(text)))
    assert head[:2] == ["When", "Order"]
    assert [row[4] for row in rows][:1] == ["Team answers"]
    assert all(row[5] == "The time is over" for row in rows)


def test_who_looks_after_other_orders_sees_none_of_these(fired: Scene) -> None:
    assert rows_of(browser(fired, "mallory").get(URL)) == 0
    assert browser(fired, "zhou").get(URL).status_code == 403
    assert browser(fired, "wang").get(URL).status_code == 403


def test_a_private_order_is_shown_to_who_handles_it_only(scene: Scene) -> None:
    order = scene.placed(is_private=True)
    assert order.half_at is not None
    fire.run(at=order.half_at)
    assert format_number(order.number) in text_of(browser(scene, "li").get(URL))
    seen = browser(scene, "supervisor").get(URL)
    assert seen.status_code == 200
    assert format_number(order.number) not in text_of(seen)
    assert scene.actor("supervisor").roles == {Role.SUPERVISOR}
    assert order.half_at > AT


def test_what_the_clocks_of_tasks_did_stands_there_too_and_is_found_by_the_order(scene: Scene) -> None:
    zhou = Person.unscoped.get(account=scene.accounts["zhou"])
    order = place_order_for(
        actor=scene.actor("keeper"), at=AT, wish=scene.wish(), person=zhou, consent=SPOKEN
    )
    fire.run(at=TaskTimer.objects.get(effect="confirm").due_at)
    client = browser(scene, "li")
    page = client.get(URL, {"of": "task"})
    assert (rows_of(page), "Call back to confirm" in text_of(page)) == (1, True)
    assert reverse("orders:queue_order", args=[order.uuid]) in page.content.decode()
    assert rows_of(client.get(URL, {"of": "task", "q": order.number, "step": "confirm"})) == 1
    assert rows_of(client.get(URL, {"of": "task", "step": "follow_up"})) == 0
    assert rows_of(client.get(URL, {"of": "task", "step": "accept"})) == 1, (
        "a step of orders means nothing here"
    )
    assert "Call back to confirm" not in rows_told(client.get(URL))
    assert rows_of(browser(scene, "mallory").get(URL, {"of": "task"})) == 0
    answer = client.get(f"{URL}export/", {"of": "task"})
    text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined] # a table streams
    assert [row[1] for row in csv.reader(io.StringIO(text))] == ["Order", order.number]


def rows_told(response: Any) -> str:
    return str(response.content.decode().partition("<tbody")[2])


@pytest.mark.django_db
def test_what_the_clock_of_a_wish_did_is_shown_to_the_offices_of_its_place(cast: Cast) -> None:
    wish = wished(cast)
    assert wish.due_at is not None
    with everything("the job"):
        fire.run(at=wish.due_at)
    page = cast.dispatcher.client().get(URL, {"of": "wish"})
    told = text_of(page)
    assert (rows_of(page), "答复心愿" in told, "还没看" in told) == (1, True, True)
    assert reverse("wishes:staff_wish", args=[wish.uuid]) in page.content.decode()
    assert rows_of(cast.dispatcher.client().get(URL, {"of": "wish", "kind": "half"})) == 0
    assert rows_of(cast.mallory.client().get(URL, {"of": "wish"})) == 0
