"""A volunteer's past tasks: what they were named for and is over, and where they were, whatever became of it."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from sidan.orders.models import Assignment, Visit
from sidan.orders.operations import (
    Report,
    accept_take_over,
    ask_take_over,
    check_in,
    check_out,
    name_members,
    release_order,
    report_and_go_on,
    report_visit,
    take_back_order,
)
from sidan.orders.queries import my_past_tasks, times_there
from sidan.people.models import Person
from tests.attendance.test_called_off import SENT, called_off, send, told
from tests.orders.browsing import browser, text_of
from tests.orders.scene import Scene, later
from tests.orders.splits import HAND

pytestmark = pytest.mark.django_db
LetGo = Callable[[Scene, Assignment], None]
DONE_AT = later(days=1, hours=2)


def person(scene: Scene, name: str = "zhao") -> Person:
    return Person.unscoped.get(account=scene.accounts[name])


def been_there(scene: Scene, visit: Visit) -> Visit:
    """Zhao comes and goes; another visit is needed."""
    zhao = scene.actor("zhao")
    check_in(actor=zhao, at=visit.planned_from, visit=visit, proof=HAND)
    check_out(actor=zhao, at=visit.planned_from + timedelta(hours=1), visit=read(visit), proof=HAND)
    return read(visit)


def read(visit: Visit) -> Visit:
    return Visit.objects.select_related("assignment__order", "assignment__team").get(pk=visit.pk)


def share_after_one_visit(scene: Scene) -> Assignment:
    visit = been_there(scene, scene.scheduled())
    report_and_go_on(actor=scene.actor("zhao"), at=DONE_AT, visit=visit, report=Report(words="剪了一半"))
    return read(visit).assignment


def passed_on(scene: Scene, share: Assignment) -> None:
    asked = ask_take_over(
        actor=scene.actor("wang"), at=DONE_AT, assignment=share, to_team=scene.other_team,
        until=later(days=2), reason="no_people",
    )  # fmt: skip
    accept_take_over(actor=scene.actor("sun"), at=DONE_AT, asked=asked)


def taken_back(scene: Scene, share: Assignment) -> None:
    ask_take_over(
        actor=scene.actor("wang"), at=DONE_AT, assignment=share, to_team=None, until=later(days=2),
        reason="no_people",
    )  # fmt: skip
    share.order.refresh_from_db()
    take_back_order(actor=scene.actor("li"), at=DONE_AT, order=share.order)


def past(scene: Scene, name: str = "zhao") -> str:
    return text_of(browser(scene, name).get("/tasks/past/"))


@pytest.mark.parametrize(
    ("let_go", "state"), [(passed_on, "Taken over by another team"), (taken_back, "Given back")]
)
def test_where_one_was_stands_with_the_times_and_what_became_of_it(
    scene: Scene, let_go: LetGo, state: str
) -> None:
    let_go(scene, share_after_one_visit(scene))
    page = past(scene)
    assert ("上门理发" in page, state in page, page.count("You were there:")) == (True, True, 1)
    assert "You were there: 21 Nov (Sat) 9:00 – 10:00" in page
    assert "上门理发" not in past(scene, "sun")


def test_what_was_given_back_before_anybody_went_is_nobodys_past(scene: Scene) -> None:
    share = scene.scheduled().assignment
    release_order(actor=scene.actor("wang"), at=later(hours=1), assignment=share, reason="no_people")
    assert "No past tasks yet" in past(scene)


def test_a_visit_that_was_called_off_while_one_was_there_without_network_counts(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sidan.orders.api.inbox.now", lambda: SENT)
    visit = called_off(scene)
    assert "No past tasks yet" in past(scene)
    assert send(scene, told(visit)) == ["written"]
    assert "You came: 21 Nov (Sat) 9:00" in past(scene)


def test_whoever_went_first_and_was_replaced_for_the_next_visit_has_it_without_a_link(scene: Scene) -> None:
    share = share_after_one_visit(scene)
    wang = scene.actor("wang")
    name_members(actor=wang, at=DONE_AT, assignment=share, person_uuids=[person(scene, "qian").uuid])
    assert "No past tasks yet" in past(scene), "it goes on"
    Assignment.objects.filter(pk=share.pk).update(state="finished", ended_at=DONE_AT)
    answer = browser(scene, "zhao").get("/tasks/past/")
    assert "You were there:" in text_of(answer)
    assert f"/tasks/{share.uuid}/" not in answer.content.decode()
    other = browser(scene, "qian").get("/tasks/past/")
    assert "You were there:" not in text_of(other)
    assert f"/tasks/{share.uuid}/" in other.content.decode()


def test_of_a_finished_task_the_times_stand_too(scene: Scene) -> None:
    visit = been_there(scene, scene.scheduled())
    report_visit(actor=scene.actor("zhao"), at=DONE_AT, visit=visit, report=Report(words="好了"))
    answer = browser(scene, "zhao").get("/tasks/past/")
    assert "You were there:" in text_of(answer)
    assert f"/tasks/{visit.assignment.uuid}/" in answer.content.decode()


def test_it_is_told_once_however_often_one_was_there(scene: Scene) -> None:
    share = share_after_one_visit(scene)
    passed_on(scene, share)
    assert [task.pk for task in my_past_tasks(person_id=person(scene).pk)] == [share.pk]
    assert len(times_there(person_id=person(scene).pk, tasks=[share])[share.pk]) == 1
