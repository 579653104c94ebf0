"""The pages of time limits, and what queues, boards and order pages say of the time that is left."""

import re
from datetime import datetime

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from sidan.core.pressure import time_left
from sidan.limits.models import Limit
from sidan.orders.models import Order
from tests.limits.helpers import HOUR, seen_on
from tests.orders.browsing import browser, read_pages_at, text_of
from tests.orders.scene import AT, Scene

HOURS = {
    "amount": "6",
    "unit": "hours",
    "at_half": "who_acts",
    "at_end": "up",
    "person": "",
    "reason": "试行",
}


def show_at(monkeypatch: pytest.MonkeyPatch, at: datetime) -> None:
    read_pages_at(monkeypatch, at)
    monkeypatch.setattr("sidan.orders.views.console.now", lambda: at)
    monkeypatch.setattr("sidan.orders.templatetags.order_words.now", lambda: at)
    monkeypatch.setattr("sidan.core.clock.now", lambda: at)


def test_the_queue_tells_what_is_left_and_finds_what_is_late(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    order = scene.placed(urgency="urgent")
    Order.unscoped.filter(pk=order.pk).update(half_at=AT + HOUR, due_at=AT + 2 * HOUR)
    client = browser(scene, "li")
    for at, told, soon, overdue in (
        (AT, "2 office hours left", 0, 0),
        (AT + HOUR, "1 office hour left", 1, 0),
        (AT + 4 * HOUR, "overdue by 1 office hour", 0, 1),
    ):
        show_at(monkeypatch, at)
        assert told in text_of(client.get("/console/queue/"))
        for chip, rows in (("soon", soon), ("overdue", overdue)):
            shown = client.get(f"/console/queue/?chip={chip}").content.decode()
            assert shown.count("data-row=") == rows, f"{chip} at {at}"
            assert f'<span class="count">{rows}</span>' in shown


def test_the_board_and_the_order_say_until_when(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    assignment = scene.offered()
    show_at(monkeypatch, AT)
    assert "24 hours left" not in text_of(browser(scene, "wang").get("/console/board/"))
    assert "1 day left" in text_of(browser(scene, "wang").get("/console/board/"))
    page = text_of(browser(scene, "li").get(f"/console/queue/{assignment.order.uuid}/"))
    assert "the team is to answer by" in page


def test_staff_read_the_limits_and_managers_change_them(scene: Scene) -> None:
    place = scene.center
    url = reverse("limits:place", args=[place.uuid])
    page = text_of(browser(scene, "li").get(url))
    assert "1 working day" in page
    assert "Set a limit of its own" not in page
    change = f"{reverse('limits:change', args=[place.uuid])}?step=admit"
    assert browser(scene, "li").get(change).status_code == 403
    assert browser(scene, "zhou").get(url).status_code == 403
    assert browser(scene, "mallory").get(url).status_code == 403


def test_the_way_up_links_only_to_what_one_may_open(scene: Scene) -> None:
    client, places = browser(scene, "keeper"), (scene.center, scene.town)
    page = client.get(reverse("limits:place", args=[scene.station.uuid]))
    for place in places:
        above = reverse("limits:place", args=[place.uuid])
        assert place.short_name in text_of(page)
        assert above not in page.content.decode()
        assert client.get(above).status_code == 403
    seen = browser(scene, "li").get(reverse("limits:place", args=[scene.station.uuid])).content.decode()
    assert all(reverse("limits:place", args=[place.uuid]) in seen for place in places)


def test_a_director_writes_a_limit_and_takes_it_back(scene: Scene) -> None:
    client = browser(scene, "director")
    change = f"{reverse('limits:change', args=[scene.town.uuid])}?step=admit"
    assert client.get(change).status_code == 200
    assert client.post(change, {**HOURS, "reason": ""}).status_code == 422
    assert client.post(change, HOURS).status_code == 303
    url = reverse("limits:place", args=[scene.town.uuid])
    page = text_of(client.get(url))
    assert "6 hours" in page
    assert "试行" in page
    back = f"{reverse('limits:take_back', args=[scene.town.uuid])}?step=admit"
    assert "Orders that wait already keep their time" in text_of(client.get(back))
    assert client.post(back, {"reason": "试行结束", "seen": seen_on(client, back)}).status_code == 303
    assert "What stands above holds again. Orders that wait already keep" in text_of(client.get(url))
    assert client.post(back, {"reason": "试行结束"}).status_code == 422
    assert Limit.objects.filter(place=scene.town).count() == 2
    assert "1 working day" in text_of(client.get(url))


def test_of_two_who_have_the_same_form_open_the_second_reads_what_stands_now_and_keeps_what_was_typed(
    scene: Scene,
) -> None:
    client = browser(scene, "director")
    change = f"{reverse('limits:change', args=[scene.town.uuid])}?step=admit"
    opened = seen_on(client, change)
    assert client.post(change, {**HOURS, "seen": opened}).status_code == 303
    later_on = {**HOURS, "amount": "9", "reason": "我的意见", "seen": opened}
    refused = client.post(change, later_on)
    page = refused.content.decode()
    assert refused.status_code == 422
    assert "6 hours" in page
    assert "试行" in page
    assert 'value="9"' in page
    assert "我的意见" in page
    # Wrong in another way as well: what stands now is told all the same, for the form shown next replaces it.
    both = client.post(change, {**later_on, "reason": ""}).content.decode()
    assert "6 hours" in both
    told = re.search(r'name="seen" value="([0-9a-f-]+)"', page)
    assert told
    assert client.post(change, {**later_on, "seen": told[1]}).status_code == 303
    assert [limit.amount for limit in Limit.objects.filter(place=scene.town).order_by("id")] == [6, 9]
    back = f"{reverse('limits:take_back', args=[scene.town.uuid])}?step=admit"
    late = client.post(back, {"reason": "撤回", "seen": told[1]})
    assert (late.status_code, "9 hours" in late.content.decode()) == (422, True)
    assert client.post(back, {"reason": "撤回", "seen": seen_on(client, back)}).status_code == 303
    gone = client.post(change, {**later_on, "seen": told[1]})
    assert (gone.status_code, "says nothing itself" in gone.content.decode()) == (422, True)


def test_a_limit_sent_twice_by_one_form_is_written_once(scene: Scene) -> None:
    client = browser(scene, "director")
    change = f"{reverse('limits:change', args=[scene.town.uuid])}?step=admit"
    key = re.search(r'name="once" value="([^"]+)"', client.get(change).content.decode())
    assert key
    for _twice in range(2):
        assert client.post(change, {**HOURS, "once": key[1]}).status_code == 303
    assert Limit.objects.filter(place=scene.town).count() == 1


def test_what_would_hold_is_counted_from_any_moment(scene: Scene) -> None:
    url = reverse("limits:place", args=[scene.center.uuid])
    asked = {"category": "hair", "urgency": "urgent", "begins": "2026-09-30T10:00"}
    page = text_of(browser(scene, "li").get(url, asked))
    assert "over 8 Oct (Thu) 17:30" in page  # one working day, over the National Day
    assert "over 30 Sep (Wed) 12:00" in page  # the answer of a team to an urgent order


def test_a_wrong_address_is_not_found(scene: Scene) -> None:
    client = browser(scene, "director")
    url = reverse("limits:change", args=[scene.town.uuid])
    assert client.get(url).status_code == 404
    assert client.get(f"{url}?step=nothing").status_code == 404


moments = st.datetimes(min_value=datetime(2026, 1, 1), max_value=datetime(2027, 1, 1))  # noqa: DTZ001 - only compared


@given(moments, moments, moments)
def test_time_runs_from_fine_over_soon_to_overdue(half: datetime, due: datetime, now: datetime) -> None:
    half, due = sorted([half, due])
    told = time_left(due_at=due, half_at=half, now=now).pressure
    assert told == ("overdue" if now >= due else "soon" if now >= half else "fine")
    assert time_left(due_at=None, half_at=None, now=now).pressure == "none"
