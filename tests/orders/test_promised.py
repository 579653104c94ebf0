"""A visit and an activity at the same time are known to each other: told to who asks for the time, never forbidden."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.urls import reverse

from sidan.activities import operations as activities
from sidan.activities.models import Enrolment
from sidan.activities.operations import PostPlan
from sidan.activities.queries import at_the_same_time
from sidan.bookings.policies import Span
from sidan.core.clock import BUSINESS_ZONE, now
from sidan.orders.models import Order, Visit
from sidan.orders.operations import cancel_order
from tests.matrix.stage_activities import a_plan
from tests.orders.browsing import browser, once, text_of
from tests.orders.scene import Scene


def enrolled(scene: Scene, name: str, begins: datetime, *, title: str = "义诊") -> Enrolment:
    """Sign somebody up for two hours of an activity at the station."""
    keeper, director, at = scene.actor("keeper"), scene.actor("director"), now()
    plan = replace(a_plan(Span(begins, begins + timedelta(hours=2))), title=title)
    made = activities.draft_activity(actor=keeper, at=at, place=scene.station, plan=plan)
    activities.submit_activity(actor=keeper, at=at, activity=made)
    activities.announce_activity(actor=director, at=at, activity=made)
    seats = PostPlan(role="audience", name="听众", places=9)
    post = activities.add_post(actor=keeper, at=at, activity=made, plan=seats)
    return activities.enrol(actor=scene.actor(name), at=at, post=post)


def tomorrow(hour: int) -> datetime:
    day = now().astimezone(BUSINESS_ZONE) + timedelta(days=1)
    return day.replace(hour=hour, minute=0, second=0, microsecond=0)


def shifted(scene: Scene, begins: datetime) -> Visit:
    """A visit of two volunteers, as if it had been agreed on for that time."""
    visit = scene.scheduled()
    Visit.objects.filter(pk=visit.pk).update(planned_from=begins, planned_to=begins + timedelta(hours=2))
    return visit


@pytest.mark.django_db
def test_who_signs_up_is_told_of_a_visit_at_the_same_time_until_it_is_called_off(scene: Scene) -> None:
    visit = shifted(scene, tomorrow(9))
    made = enrolled(scene, "zhao", tomorrow(10))
    assert [(one.subject, one.title) for one in at_the_same_time(enrolment=made)] == [
        (visit.uuid, "上门服务")
    ]
    assert at_the_same_time(enrolment=enrolled(scene, "zhao", tomorrow(11), title="晚课"))[0].title == "义诊"
    assert at_the_same_time(enrolment=enrolled(scene, "sun", tomorrow(10), title="早课")) == []
    cancel_order(actor=scene.actor("zhou"), at=now(), order=Order.unscoped.get(), reason="no_longer_needed")
    assert [one.title for one in at_the_same_time(enrolment=made)] == ["晚课"]


@pytest.mark.django_db
def test_who_names_those_who_go_is_told_that_one_has_something_else_but_not_what(scene: Scene) -> None:
    visit = shifted(scene, tomorrow(9))
    enrolled(scene, "qian", tomorrow(10), title="戒酒小组")
    leader, share = browser(scene, "wang"), visit.assignment
    chosen = [str(uuid) for uuid in share.members.values_list("person__uuid", flat=True)]
    page = reverse("orders:members", args=[share.uuid])
    answer = leader.post(page, {"people": chosen, "once": once()})
    told = text_of(leader.get(answer["Location"]))
    assert "钱多 has something else at that time: tomorrow" in told
    assert "戒酒小组" not in told
    assert "赵敏 has something else" not in told
