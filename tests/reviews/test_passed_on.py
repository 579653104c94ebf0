"""A team that was there and then passed the order on is of those who served it: no call, no code, a flagged review."""

import pytest

from sidan.attendance.operations import Proof
from sidan.attendance.queries import present_code
from sidan.desk.operations import issue_code
from sidan.orders import operations as loop
from sidan.orders.models import Assignment, Order, Visit
from sidan.orders.permissions import ServesHere
from sidan.people.models import Person, TeamMember
from sidan.reviews import queries
from sidan.reviews.operations import check_review
from sidan.reviews.permissions import NotOutside, require_calling
from tests.attendance.test_two_sides import joins
from tests.orders.scene import AT, SINCE, Scene, later
from tests.reviews.helpers import HAND, decide, drawn

pytestmark = pytest.mark.django_db
COMES, GOES, SAID = later(days=3), later(days=3, hours=1), later(days=4)


def gone_to(scene: Scene, visit: Visit, who: str) -> None:
    """Somebody comes by the code of the door and goes an hour later."""
    digits = present_code(cause_uuid=str(visit.uuid), at=visit.planned_from)
    actor, came = scene.actor(who), visit.planned_from
    loop.check_in(actor=actor, at=came, visit=visit, proof=Proof(way="code", code=digits))
    loop.check_out(actor=actor, at=visit.planned_to, visit=visit, proof=HAND)


def passed_on(scene: Scene) -> Assignment:
    """Wang's team was there once and says that one more visit is needed; Sun's team takes the order over."""
    visit = scene.scheduled()
    gone_to(scene, visit, "zhao")
    at = visit.planned_to
    loop.report_and_go_on(actor=scene.actor("zhao"), at=at, visit=visit, report=loop.Report(words="理了一半"))
    share = Assignment.objects.select_related("order", "team").get(pk=visit.assignment_id)
    asked = loop.ask_take_over(
        actor=scene.actor("wang"), at=at, assignment=share, to_team=scene.other_team, until=later(days=2),
        reason="no_people",
    )  # fmt: skip
    return loop.accept_take_over(actor=scene.actor("sun"), at=at, asked=asked)


def done(scene: Scene) -> Order:
    share, sun = passed_on(scene), Person.unscoped.get(account=scene.accounts["sun"])
    TeamMember.objects.create(team=scene.other_team, person=sun, joined_on=SINCE)
    actor = scene.actor("sun")
    share = Assignment.objects.select_related("order", "team").get(pk=share.pk)
    loop.name_members(actor=actor, at=later(days=2), assignment=share, person_uuids=[sun.uuid])
    visit = loop.schedule_visit(
        actor=actor, at=later(days=2), assignment=share, planned_from=COMES, planned_to=GOES
    )
    gone_to(scene, visit, "sun")
    return loop.report_visit(actor=actor, at=GOES, visit=visit, report=loop.Report(words="理好了"))


def test_who_is_of_the_team_that_passed_it_on_does_not_call_back(scene: Scene) -> None:
    decide(scene)
    joins(scene)
    order = done(scene)
    loop.review_order(actor=scene.actor("zhou"), at=SAID, order=order, outcome="done")
    call_back = drawn(order)
    assert list(queries.call_backs(actor=scene.actor("keeper"))) == []
    assert list(queries.call_backs(actor=scene.actor("li"))) == [call_back]
    with pytest.raises(NotOutside):
        require_calling(actor=scene.actor("keeper"), order=call_back.order)


def test_nor_do_they_give_out_a_code(scene: Scene) -> None:
    joins(scene)
    order = done(scene)
    with pytest.raises(ServesHere):
        issue_code(actor=scene.actor("keeper"), at=SAID, order=order)
    assert issue_code(actor=scene.actor("li"), at=SAID, order=order)


def test_a_review_by_one_of_them_is_noticed(scene: Scene) -> None:
    zhou = Person.unscoped.get(account=scene.accounts["zhou"])
    TeamMember.objects.create(team=scene.team, person=zhou, joined_on=AT.date())
    order = done(scene)
    review = loop.review_order(actor=scene.actor("zhou"), at=SAID, order=order, outcome="done")
    assert check_review(at=SAID, review_id=review.pk) == ["by_team"]
