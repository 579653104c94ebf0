"""Villages, schools and enterprises order too (R-O3): told, found, filtered, counted; never of a private order."""

import csv
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.test import Client

from sidan.analytics.policies import Period
from sidan.analytics.queries import place_figures
from sidan.catalogue.models import Category
from sidan.orders import queries
from sidan.orders.chips import chip_choices
from sidan.orders.models import Order
from sidan.orders.operations import SPOKEN, admit_order, dispatch_order, place_order_for
from sidan.orders.operations.placing import OrganisationInTheOpen
from sidan.orders.queries import QueueFilter
from sidan.people.models import Person
from sidan.people.operations import issue_token
from sidan.people.operations.organisations import OrganisationRefused
from sidan.people.policies import Organisation
from tests.orders.browsing import browser, once, read_pages_at, text_of
from tests.orders.scene import AT, Scene, later

SCHOOL = Organisation("school", "城北小学")
VILLAGE = Organisation("village", "城北社区居委会")


@pytest.fixture(autouse=True)
def _at(monkeypatch: pytest.MonkeyPatch) -> None:
    read_pages_at(monkeypatch, AT)
    for module in ("acts", "console", "desk"):
        monkeypatch.setattr(f"sidan.orders.views.{module}.now", lambda: AT)
    monkeypatch.setattr("sidan.orders.api.orders.now", lambda: AT)


def on_behalf(scene: Scene, **changes: object) -> Order:
    person = Person.unscoped.get(account=scene.accounts["zhou"])
    return place_order_for(
        actor=scene.actor("li"), at=AT, wish=scene.wish(**changes), person=person, consent=SPOKEN
    )


def found(**chosen: str) -> set[str]:
    return {line.number for line in queries.queue_page(chosen=QueueFilter(**chosen, at=AT)).items}


@pytest.mark.parametrize(
    ("organisation", "pointer"),
    [
        (Organisation("school", ""), "/organisation_name"),
        (Organisation("", "城北小学"), "/organisation_kind"),
        (Organisation("school", "找王老师 12099998888"), "/organisation_name"),
    ],
)
def test_half_of_it_and_numbers_of_people_are_refused(
    scene: Scene, organisation: Organisation, pointer: str
) -> None:
    with pytest.raises(OrganisationRefused) as refused:
        scene.placed(organisation=organisation)
    assert [problem.pointer for problem in refused.value.errors] == [pointer]
    assert not Order.unscoped.exists()


def test_a_kind_that_nobody_knows_is_refused(scene: Scene) -> None:
    with pytest.raises(OrganisationRefused):
        scene.placed(organisation=Organisation("army", "某部"))


def test_a_private_order_stands_in_no_organisations_name(scene: Scene) -> None:
    with pytest.raises(OrganisationInTheOpen):
        scene.placed(organisation=SCHOOL, is_private=True)
    Category.objects.filter(pk=scene.project.category_id).update(is_private=True)
    with pytest.raises(OrganisationInTheOpen):
        scene.placed(organisation=SCHOOL)


def test_the_database_keeps_the_pair_together_and_as_it_was(scene: Scene) -> None:
    order = scene.placed(organisation=SCHOOL)
    rows = Order.unscoped.filter(pk=order.pk)
    for wrong in ({"organisation_name": "城南小学"}, {"organisation_kind": "", "organisation_name": ""}):
        with pytest.raises(DatabaseError, match="stays in the name"), transaction.atomic():
            rows.update(**wrong)
    order.pk, order.number, order.uuid = None, "900000001", once()  # type: ignore[assignment] # a row of its own
    order.organisation_name = ""
    with pytest.raises(IntegrityError), transaction.atomic():
        order.save(force_insert=True)


def test_who_asked_filters_the_queue_and_its_chips(scene: Scene) -> None:
    own, school = scene.placed(), scene.placed(organisation=SCHOOL)
    entered, village = on_behalf(scene), on_behalf(scene, organisation=VILLAGE)
    expected = {
        "resident": {own}, "on_behalf": {entered}, "organisation": {school, village}, "school": {school},
        "village": {village}, "enterprise": set(), "other": set(), "": {own, school, entered, village},
    }  # fmt: skip
    assert set(expected) == {*queries.BY, ""}
    for by, orders in expected.items():
        assert found(by=by) == {order.number for order in orders}, by
        assert queries.queue_counts(chosen=QueueFilter(by=by, at=AT))["to_admit"] == len(orders), by


def test_its_name_finds_the_order_also_after_the_words_have_changed(scene: Scene) -> None:
    school, _own = scene.placed(organisation=SCHOOL, need="给三年级的孩子剪头发"), scene.placed()
    assert found(text="城北小学") == found(text="城北小学 剪头发") == {school.number}
    school.text.search = []
    school.text.save(update_fields=["search"])
    assert found(text="城北小学") == {school.number}


def test_the_resident_orders_on_the_page_and_reads_it_there(scene: Scene) -> None:
    client, url = browser(scene, "zhou"), f"/services/{scene.project.uuid}/order/"
    shown = client.get(url).content.decode()
    assert "I ask for a village, a school or an enterprise" in shown
    fields = {
        "when": chip_choices(at=AT)[0][0], "own_time": "", "need": "", "name": "周婆婆", "phone": "12000000001",
        "address": "城北社区 3 号", "organisation_kind": "village", "organisation_name": "",
    }  # fmt: skip
    refused = client.post(url, {**fields, "once": once()})
    assert refused.status_code == 422
    assert 'class="panel by-hand" open' in refused.content.decode()
    assert "Please say what the organisation is called." in text_of(refused)
    both = {**fields, "organisation_name": VILLAGE.name, "is_private": "on"}
    assert "cannot stand in an organisation" in text_of(client.post(url, {**both, "once": once()}))
    placed = client.post(url, {**fields, "organisation_name": VILLAGE.name, "once": once()})
    order = Order.unscoped.get()
    assert placed.status_code == 303
    assert order.organisation_kind == "village"
    assert VILLAGE.name in text_of(client.get(f"/orders/{order.number}/"))


def test_the_office_the_team_and_the_table_read_whose_it_is(scene: Scene) -> None:
    order = scene.placed(organisation=SCHOOL)
    office = browser(scene, "li")
    assert SCHOOL.name in text_of(office.get(f"/console/queue/{order.uuid}/"))
    lines = b"".join(office.get("/console/queue/export.csv?by=school").streaming_content).decode("utf-8-sig")
    (row,) = csv.DictReader(lines.splitlines())
    assert (row["In the name of"], row["Kind of organisation"]) == (SCHOOL.name, "School")
    assert str(order.uuid) in office.get("/console/queue/?by=school").content.decode()
    assert str(order.uuid) not in office.get("/console/queue/?by=on_behalf").content.decode()
    admit_order(actor=scene.actor("li"), at=AT, order=order)
    offer = dispatch_order(
        actor=scene.actor("li"), at=AT, order=Order.unscoped.get(pk=order.pk), team=scene.team
    )
    for path in ("/console/board/", f"/console/board/{offer.uuid}/"):
        assert SCHOOL.name in text_of(browser(scene, "wang").get(path)), path


def test_the_api_takes_it_in_and_tells_it(scene: Scene) -> None:
    def call(name: str, path: str, body: dict[str, Any] | None = None) -> Any:
        token = issue_token(actor=scene.actor(name), at=AT)[0]
        headers = {"authorization": f"Bearer {token}"}
        if body is None:
            return Client().get(path, headers=headers).json()
        return Client().post(path, body, content_type="application/json", headers=headers).json()

    asked = {"kind": "enterprise", "name": "城北果业有限公司"}
    when = {"wished_from": later(days=1).isoformat(), "wished_to": later(days=1, hours=2).isoformat()}
    body = {"project": str(scene.project.uuid), **when, "organisation": asked}
    assert call("zhou", "/api/v1/orders", body)["organisation"] == asked
    assert call("zhou", "/api/v1/orders", {**body, "organisation": None})["organisation"] is None
    listed = call("li", "/api/v1/orders?by=enterprise")["items"]
    assert [each["organisation"] for each in listed] == [asked]


def test_figures_count_each_order_by_who_asked_once(scene: Scene) -> None:
    scene.placed()
    scene.placed(organisation=SCHOOL)
    on_behalf(scene)
    on_behalf(scene, organisation=VILLAGE)
    counted = place_figures(root=scene.center, figures=["orders.asked_by"], period=Period()).total
    expected = dict.fromkeys(("resident", "on_behalf", "school", "village"), 1)
    assert counted.parts("orders.asked_by") == expected
