"""Figures over the API: the same numbers as the page, of places in one's reach only."""

from tests.orders.browsing import browser
from tests.orders.scene import Scene

URL = "/api/v1/figures"


def test_the_api_tells_own_children_and_their_sum(scene: Scene) -> None:
    scene.accepted()
    told = browser(scene, "li").get(URL).json()
    town = next(child for child in told["children"] if child["place"] == str(scene.town.uuid))
    assert told["total"]["figures"]["orders.state"] == {"accepted": 1}
    assert town["figures"] == told["total"]["figures"]
    assert told["own"]["figures"] == {}


def test_a_period_without_orders_has_no_figures(scene: Scene) -> None:
    scene.accepted()
    told = browser(scene, "li").get(URL, {"place": str(scene.town.uuid), "period": "former"}).json()
    assert "orders.placed" not in told["total"]["figures"]


def test_a_place_out_of_reach_is_not_there(scene: Scene) -> None:
    answer = browser(scene, "li").get(URL, {"place": str(scene.far_center.uuid)})
    assert answer.status_code == 404


def test_who_oversees_nothing_is_refused(scene: Scene) -> None:
    assert browser(scene, "zhou").get(URL).status_code == 403


def test_a_period_that_is_none_is_told(scene: Scene) -> None:
    answer = browser(scene, "li").get(URL, {"period": "tomorrow"})
    assert answer.status_code == 422
    assert answer["Content-Type"].startswith("application/problem+json")
