"""Danger to life in what is typed: every box that is listened to has a place for the number."""

import re

import pytest
from django.urls import reverse

from sidan.orders.queries import order_by_number
from tests.orders.browsing import browser
from tests.orders.scene import Scene

pytestmark = pytest.mark.django_db


def pages_that_listen(scene: Scene) -> list[tuple[str, str]]:
    """Return who opens which page with a box whose words are listened to."""
    order = scene.placed()
    requester = order_by_number(number=order.number).requester
    return [
        ("zhou", f"/services/{scene.project.uuid}/order/"),
        ("zhou", f"/orders/{order.number}/change/"),
        ("li", f"/console/queue/{order.uuid}/change/"),
        ("li", reverse("orders:enter_for", args=[requester.uuid])),
        ("zhou", reverse("wishes:new")),
        ("li", reverse("wishes:enter_for", args=[requester.uuid])),
    ]


def test_every_box_that_is_listened_to_has_one_place_for_the_number_below_it(scene: Scene) -> None:
    for name, url in pages_that_listen(scene):
        page = browser(scene, name).get(url).content.decode()
        assert len(re.findall(r'hx-target="#danger"', page)) == 1, url
        after = page[page.index('hx-target="#danger"') :]
        assert page.count('id="danger"') == after.count('id="danger"') == 1, url
