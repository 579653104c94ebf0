"""The page of times that stand out: who oversees reads it, of their own orders only."""

from datetime import datetime, timedelta

import pytest

from sidan.attendance.models import Mark
from sidan.attendance.odd_times import odd_times
from sidan.attendance.operations import Proof, Told
from sidan.attendance.policies.standing_out import NIGHT
from sidan.core.clock import BUSINESS_ZONE
from sidan.core.scope import scoped
from sidan.orders import operations as orders
from sidan.orders.queries import visit_of_mark
from sidan.people.access import scope_for
from tests.orders.browsing import browser, text_of
from tests.orders.scene import Scene, later

HAND = Proof(way="hand", reason_code="no_phone")
EVENING = datetime.combine(later(days=1).astimezone(BUSINESS_ZONE).date(), datetime.min.time(), BUSINESS_ZONE)
EVENING += timedelta(hours=22, minutes=10)
URL = "/console/times/"


@pytest.fixture(autouse=True)
def _at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sidan.orders.views.standing_out.now", lambda: EVENING + timedelta(days=2))


def served_at_night(scene: Scene) -> str:
    visit = scene.scheduled()
    orders.check_in(actor=scene.actor("zhao"), at=EVENING, visit=visit, proof=HAND)
    visit.refresh_from_db()
    orders.check_out(actor=scene.actor("zhao"), at=EVENING + timedelta(hours=1), visit=visit, proof=HAND)
    return visit.assignment.order.number


def test_a_visit_at_night_stands_out_with_who_and_which_order(scene: Scene) -> None:
    served_at_night(scene)
    page = browser(scene, "supervisor").get(URL)
    text = text_of(page)
    assert "At night" in text
    assert "赵敏" in text
    assert "22:10" in text
    assert "Nothing stands out" in text_of(browser(scene, "supervisor").get(f"{URL}?kind=alike"))


def test_it_is_taken_along_as_a_table(scene: Scene) -> None:
    number = served_at_night(scene)
    answer = browser(scene, "supervisor").get(f"{URL}times.csv?kind=night")
    table = b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined] # a table streams
    assert number in table
    assert "赵敏" in table


def test_other_counties_see_nothing_and_who_oversees_nothing_is_refused(scene: Scene) -> None:
    served_at_night(scene)
    assert browser(scene, "zhao").get(URL).status_code == 403
    assert "赵敏" not in text_of(browser(scene, "mallory").get(URL))


@pytest.mark.parametrize("asked", ["?cursor=x", "?cursor=-1", "?days=7000", "?kind=wrong", "?cursor=99999"])
def test_what_cannot_be_understood_opens_the_page_all_the_same(scene: Scene, asked: str) -> None:
    assert browser(scene, "supervisor").get(f"{URL}{asked}").status_code == 200


@pytest.mark.parametrize("direction", ["in", "out"])
def test_a_time_that_somebody_says_is_wrong_stands_out_no_more(scene: Scene, direction: str) -> None:
    served_at_night(scene)
    at, wrong = EVENING + timedelta(hours=2), Mark.objects.get(direction=direction)
    with scoped(scope_for(scene.actor("supervisor"))):
        assert [one.kind for one in odd_times(since=EVENING).found] == [NIGHT]
        orders.judge_time(
            actor=scene.actor("wang"), at=at, visit=visit_of_mark(mark=wrong), written=wrong, is_right=False
        )
        assert odd_times(since=EVENING).found == []


def test_a_time_written_by_hand_days_later_stands_out_with_how_late(scene: Scene) -> None:
    visit = scene.scheduled()
    orders.check_in(actor=scene.actor("zhao"), at=EVENING, visit=visit, proof=HAND)
    visit.refresh_from_db()
    gone = Told(at=EVENING + timedelta(hours=1), is_steady=True)
    late = EVENING + timedelta(days=3, hours=2)
    orders.check_out(actor=scene.actor("zhao"), at=late, visit=visit, proof=HAND, told=gone)
    text = text_of(browser(scene, "supervisor").get(f"{URL}?kind=late"))
    assert "3 days later" in text
    assert "赵敏" in text
