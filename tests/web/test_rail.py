"""The console's rail and home page lead nobody before a closed door."""

import re
from http import HTTPStatus

import pytest

from tests.cast import Cast

pytestmark = pytest.mark.django_db
LINK = re.compile(r'href="(/[^"#?]*)')


@pytest.mark.parametrize(
    "name", ["practitioner", "dispatcher", "director", "manager", "supervisor", "operator"]
)
def test_every_page_that_the_console_offers_opens(cast: Cast, name: str) -> None:
    client = getattr(cast, name).client()
    home = client.get("/console/").content.decode()
    offered = {path for path in LINK.findall(home) if path.startswith("/console/")}
    assert "/console/queue/" in offered
    answers = {path: client.get(path).status_code for path in offered}
    assert {path for path, status in answers.items() if status >= HTTPStatus.BAD_REQUEST} == set()


def test_only_who_enters_orders_is_shown_where_to(cast: Cast) -> None:
    for someone, is_shown in ((cast.practitioner, True), (cast.dispatcher, True), (cast.supervisor, False)):
        home = someone.client().get("/console/").content.decode()
        assert ('href="/console/orders/new/"' in home) is is_shown


def test_on_the_way_from_the_telephone_desk_the_rail_stays_there(cast: Cast) -> None:
    client = cast.practitioner.client()
    current = re.compile(r'<a href="([^"]*)" aria-current="page">')
    person = cast.zhou.person.uuid
    desk, way = "/console/phone/", f"/console/orders/new/{person}/"
    for address, door in (
        (desk, desk),
        (f"{way}?next={desk}", desk),
        (way, "/console/orders/new/"),
        (f"{way}?next=/console/accounts/nothing/", "/console/orders/new/"),
    ):
        page = client.get(address)
        assert page.status_code == HTTPStatus.OK, address
        assert current.findall(page.content.decode()) == [door]
