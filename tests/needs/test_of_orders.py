"""What was said at a visit or in the talk about an order becomes a need, which says of which order it was."""

import json

import pytest
from django.urls import reverse

from sidan.core.scope import Scope, everything, scoped
from sidan.needs import operations, queries
from sidan.needs.models import Need
from sidan.orders.models import Order, VisitReport
from sidan.talk.operations import say
from tests.orders.browsing import browser, once, text_of
from tests.orders.scene import AT, Scene, later

pytestmark = pytest.mark.django_db
SAID = "她说楼道的灯坏了"


def reported(scene: Scene) -> Order:
    visit = scene.scheduled()
    VisitReport.objects.create(
        visit=visit, words=f"{SAID}，电话 12900001111", reported_by_id=scene.accounts["zhao"], reported_at=later(days=1)
    )  # fmt: skip
    return visit.assignment.order


def test_a_visits_report_becomes_a_need_that_leads_back_to_its_order(scene: Scene) -> None:
    order = reported(scene)
    client = browser(scene, "li")
    page = client.get(reverse("orders:queue_order", args=[order.uuid]))
    assert "Note as a need" in text_of(page)
    url = f"{reverse('needs:new')}?order={order.number}&source=visit"
    assert url.replace("&", "&amp;") in page.content.decode()
    form = client.get(url)
    shown = form.context["form"].initial
    assert SAID in shown["words"]
    assert "12900001111" not in shown["words"], "no more of it than the reader of the order reads"
    assert "title" not in shown
    assert shown["category"] == order.category_id
    assert not Need.unscoped.exists(), "it is read before it is kept"
    typed = {"place": str(scene.station.uuid), "title": "楼道灯坏了", "category": "", "source": "meeting",
             "voices": "1", "words": "楼道没有灯", "_once": once()}  # fmt: skip
    answer = client.post(url, typed)
    assert answer.status_code == 303, text_of(answer)
    need = Need.unscoped.get()
    assert (need.order_id, need.source, need.text.words) == (order.pk, "visit", "楼道没有灯")
    link = reverse("orders:queue_order", args=[order.uuid])
    assert link in client.get(reverse("needs:need", args=[need.uuid])).content.decode()
    told = client.get(f"/api/v1/needs/{need.uuid}").json()
    assert told["order"] == order.number


def test_a_message_is_noted_as_a_need_by_the_office_only(scene: Scene) -> None:
    order = scene.scheduled().assignment.order
    say(actor=scene.actor("zhou"), at=later(minutes=1), order=order, words="楼道灯坏了")
    thread = reverse("talk:thread", args=[order.number])
    url = f"{reverse('needs:new')}?order={order.number}&amp;source=message"
    assert url in browser(scene, "li").get(thread).content.decode()
    for name in ("zhou", "wang"):
        assert "Note as a need" not in text_of(browser(scene, name).get(thread))
    page = browser(scene, "li").get(url.replace("&amp;", "&"))
    assert page.context["form"].initial["source"] == "message"
    assert "words" not in page.context["form"].initial, "what was written to somebody is not copied"


def test_who_may_not_see_the_order_neither_notes_nor_reads_its_number(scene: Scene) -> None:
    order = reported(scene)
    url = f"{reverse('needs:new')}?order={order.number}&source=visit"
    assert browser(scene, "mallory").get(url).status_code == 404
    assert "Note as a need" not in text_of(
        browser(scene, "zhou").get(reverse("orders:order", args=[order.number]))
    )
    with everything("an order of another county, as after a move"):
        need = Need.unscoped.create(
            place=scene.far_center, county=scene.far_center, title="灯", source="visit", order=order, at=AT
        )
    page = browser(scene, "mallory").get(reverse("needs:need", args=[need.uuid]))
    assert page.status_code == 200
    assert order.number not in page.content.decode()
    assert browser(scene, "mallory").get(f"/api/v1/needs/{need.uuid}").json()["order"] is None


def test_a_private_order_is_never_referred_to(scene: Scene) -> None:
    order = reported(scene)
    order.is_private = True
    told = operations.NewNeed(place=scene.station, title="灯", source="visit", order=order)
    with pytest.raises(operations.NotOfThisOrder):
        operations.note_need(actor=scene.actor("keeper"), at=AT, told=told)
    told = operations.NewNeed(place=scene.station, title="灯", source="meeting", order=scene.placed())
    with pytest.raises(operations.NotOfThisOrder):
        operations.note_need(actor=scene.actor("keeper"), at=AT, told=told)


def test_no_need_leads_to_a_private_order_nor_tells_its_number(scene: Scene) -> None:
    need = operations.note_need(
        actor=scene.actor("keeper"), at=AT, told=operations.NewNeed(place=scene.station, title="灯", source="visit")
    )  # fmt: skip
    order, other = scene.placed(), scene.placed()
    order.is_private = True
    with pytest.raises(operations.PrivateOrder):
        operations.trace_to_order(actor=scene.actor("li"), at=AT, need=need, order=order)
    operations.trace_to_order(actor=scene.actor("li"), at=AT, need=need, order=other)
    seen = browser(scene, "li")
    assert other.number in seen.get(reverse("needs:need", args=[need.uuid])).content.decode()
    assert seen.get(f"/api/v1/needs/{need.uuid}").json()["traces"][0]["number"] == other.number
    with scoped(Scope()):
        (told,) = queries.traces_of(need=need)
    assert (told.trace.kind, told.order) == ("order", None), (
        "who does not see the order reads that there was one"
    )


def test_the_api_notes_it_too(scene: Scene) -> None:
    order = reported(scene)
    body = {"place": str(scene.station.uuid), "title": "楼道灯坏了", "source": "visit", "order": order.number}
    answer = browser(scene, "keeper").post(
        "/api/v1/needs",
        json.dumps(body),
        content_type="application/json",
        headers={"Idempotency-Key": once()},
    )
    assert answer.status_code == 201, answer.content
    assert Need.unscoped.get().order_id == order.pk
