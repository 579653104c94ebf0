"""Danger to life stands first: in the queue, on its chip, in the inbox of those who decide, over the API."""

import json
from datetime import timedelta

import pytest

from sidan.core.pagination import DEFAULT_LIMIT
from sidan.core.scope import Scope, everything, scoped
from sidan.notify.kinds import kind_of
from sidan.notify.models import Notice
from sidan.orders import queries
from sidan.orders.models import Order
from sidan.orders.operations import cancel_order
from sidan.orders.queries import QueueFilter
from tests.orders.browsing import browser, text_of
from tests.orders.scene import AT, Scene

DANGER = "厨房着火了"


def numbers(scene: Scene, chosen: QueueFilter) -> list[str]:
    with scoped(Scope(whole_county_ids=(scene.center.pk,))):
        return [line.number for line in queries.queue_page(chosen=chosen).items]


def waiting(scene: Scene, *, hours: int, need: str = "") -> Order:
    order = scene.placed(need=need)
    Order.unscoped.filter(pk=order.pk).update(state_since=AT - timedelta(hours=hours))
    return order


@pytest.mark.parametrize("chip", ["", "to_admit"])
def test_danger_stands_above_what_waits_longer(scene: Scene, chip: str) -> None:
    long, short = waiting(scene, hours=30), waiting(scene, hours=3)
    danger = waiting(scene, hours=1, need=DANGER)
    assert numbers(scene, QueueFilter(chip=chip)) == [danger.number, long.number, short.number]


def test_its_chip_has_it_alone_and_counts_it(scene: Scene) -> None:
    waiting(scene, hours=30)
    danger = waiting(scene, hours=1, need=DANGER)
    assert numbers(scene, QueueFilter(chip="danger")) == [danger.number]
    with scoped(Scope(whole_county_ids=(scene.center.pk,))):
        assert queries.queue_counts(chosen=QueueFilter())["danger"] == 1


@pytest.mark.parametrize("dangers", [0, 1, 2, 3, 4, 5, 7])
@pytest.mark.parametrize("sort", ["", "-state_since", "kind"])
def test_page_by_page_danger_comes_first_and_each_line_once_on_full_pages(
    scene: Scene, dangers: int, sort: str
) -> None:
    calm = [waiting(scene, hours=nth + 2).number for nth in range(4)]
    danger = [waiting(scene, hours=nth + 1, need=DANGER).number for nth in range(dangers)]
    pages, cursor = list[list[str]](), None
    with scoped(Scope(whole_county_ids=(scene.center.pk,))):
        while not pages or cursor:
            page = queries.queue_page(chosen=QueueFilter(sort=sort), cursor=cursor, limit=3)
            pages.append([line.number for line in page.items])
            cursor = page.next_cursor
    seen = [number for page in pages for number in page]
    assert (set(seen[:dangers]), set(seen[dangers:])) == (set(danger), set(calm))
    assert len(seen) == dangers + 4
    assert [len(page) for page in pages[:-1]] == [3] * (len(pages) - 1)
    assert pages[-1], "no page is promised that is empty"


def test_more_danger_than_a_page_holds_is_all_in_the_list_and_counted_alike(scene: Scene) -> None:
    for nth in range(DEFAULT_LIMIT + 2):
        waiting(scene, hours=nth + 2, need=DANGER)
    waiting(scene, hours=99)
    client = browser(scene, "li")
    first = client.get("/console/queue/")
    assert len(first.context["page"].items) == DEFAULT_LIMIT
    second = client.get("/console/queue/", {"cursor": first.context["page"].next_cursor})
    assert [line.urgency for line in second.context["page"].items] == ["danger", "danger", "normal"]
    assert first.context["filters"][0].count == DEFAULT_LIMIT + 3
    for wrong in ("~x", "~~x", "~~~"):
        assert client.get("/console/queue/", {"cursor": wrong}).status_code == 400


def test_what_is_over_is_no_longer_first(scene: Scene) -> None:
    danger = waiting(scene, hours=9, need=DANGER)
    cancel_order(actor=scene.actor("zhou"), at=AT, order=scene_order(danger))
    calm = waiting(scene, hours=1)
    assert numbers(scene, QueueFilter()) == [calm.number]
    assert numbers(scene, QueueFilter(chip="danger")) == []


def scene_order(order: Order) -> Order:
    with everything("read again"):
        return queries.order_by_uuid(uuid=order.uuid)


def test_its_row_says_it_in_a_word_with_an_icon_and_a_colour(scene: Scene) -> None:
    waiting(scene, hours=1, need=DANGER)
    page = browser(scene, "li").get("/console/queue/")
    assert 'class="is-danger"' in page.content.decode()
    assert "Danger to life" in text_of(page)


def test_those_who_decide_are_told_at_once_by_every_channel(scene: Scene) -> None:
    order = scene.placed(need=DANGER)
    notice = Notice.objects.get(account_id=scene.accounts["li"], kind="order_danger")
    assert order.number in str(notice.facts)
    assert kind_of("order_danger").goes_out
    assert kind_of("order_danger").is_urgent
    assert not kind_of("order_submitted").is_urgent


def test_the_api_says_whom_to_call(scene: Scene) -> None:
    wish = scene.wish()
    asked = {"project": str(wish.project_uuid), "wished_from": "2026-12-01T09:00:00+08:00",
             "wished_to": "2026-12-01T11:00:00+08:00", "need": DANGER}  # fmt: skip
    client = browser(scene, "zhou")
    told = client.post("/api/v1/orders", json.dumps(asked), content_type="application/json")
    assert told.status_code == 201
    assert told.json()["call_now"] == ["119"]
    assert told.json()["urgency"] == "danger"
    calm = client.post("/api/v1/orders", json.dumps({**asked, "need": ""}), content_type="application/json")
    assert calm.json()["call_now"] == []
