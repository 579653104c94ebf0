"""A team is dissolved: what the resident writes still reaches somebody who can read it."""

import pytest

from sidan.core.actor import SYSTEM
from sidan.notify.models import Notice
from sidan.orders.operations import Report, check_in, check_out, report_visit
from sidan.people.operations import dissolve_team
from sidan.talk.enums import Side
from sidan.talk.permissions import NoPartOfIt, seat_of
from tests.orders.browsing import browser, once, sent, text_of
from tests.orders.scene import Scene, later
from tests.orders.splits import HAND
from tests.orders.test_portal_order import finished
from tests.talk.test_after_the_visit import DONE, fresh, told
from tests.talk.test_talk import heard, say

pytestmark = pytest.mark.django_db
DAY = 24 * 60


def test_after_the_report_the_office_hears_what_no_team_can_read(scene: Scene) -> None:
    order = finished(scene)
    dissolve_team(actor=SYSTEM, at=later(minutes=DONE), uuid=scene.team.uuid)
    say(scene, "zhou", order, "有把剪刀落在我家了。", minutes=DONE + 1)
    assert told(scene) == {"li": 1}
    assert seat_of(actor=scene.actor("li"), order=fresh(order)).side == Side.OFFICE
    for name in ("wang", "zhao", "qian"):
        with pytest.raises(NoPartOfIt):
            seat_of(actor=scene.actor(name), order=fresh(order))


def test_who_is_at_the_door_reads_and_answers_until_the_report_and_the_office_hears_it_too(
    scene: Scene,
) -> None:
    visit = scene.scheduled()
    order, zhao = visit.assignment.order, "zhao"
    check_in(actor=scene.actor(zhao), at=later(days=1), visit=visit, proof=HAND)
    dissolve_team(actor=SYSTEM, at=later(days=1, minutes=5), uuid=scene.team.uuid)
    Notice.objects.all().delete()
    say(scene, "zhou", order, "门没有锁。", minutes=DAY + 10)
    assert told(scene) == {"zhao": 1, "qian": 1, "li": 1}
    assert heard(scene, zhao, order) == ["门没有锁。"]
    seat = seat_of(actor=scene.actor(zhao), order=fresh(order))
    assert (seat.side, seat.team_id, seat.may_write) == (Side.TEAM, scene.team.pk, True)
    with pytest.raises(NoPartOfIt):
        seat_of(actor=scene.actor("wang"), order=fresh(order))
    url = f"/talk/{order.number}/"
    assert "门没有锁" in text_of(browser(scene, zhao).get(url))
    as_read_out = f"/talk/{order.number[:3]}-{order.number[3:6]} {order.number[6:]}/"
    assert "门没有锁" in text_of(browser(scene, zhao).get(as_read_out))
    assert browser(scene, zhao).get("/talk/123/").status_code == 404
    assert browser(scene, "wang").get(url).status_code == 404
    sent(browser(scene, zhao), f"{url}say/", {"once": once(), "words": "我在里面。"})
    assert heard(scene, "zhou", order)[-1] == "我在里面。"
    check_out(actor=scene.actor(zhao), at=later(days=1, minutes=40), visit=visit, proof=HAND)
    report_visit(actor=scene.actor(zhao), at=later(days=1, hours=1), visit=visit, report=Report(words="好了"))
    with pytest.raises(NoPartOfIt):
        seat_of(actor=scene.actor(zhao), order=fresh(order))
