"""An order may take several visits, and a team may give it back before the first one."""

from datetime import timedelta

import pytest

from sidan.attendance.operations import Proof
from sidan.core.clock import now
from sidan.orders.enums import AssignmentState, OrderState, Reason, VisitState
from sidan.orders.models import Assignment, Visit
from sidan.orders.operations import (
    OrderMovedOn,
    Report,
    check_in,
    check_out,
    close_order,
    release_order,
    reopen_order,
    report_and_go_on,
    report_visit,
    schedule_visit,
)
from sidan.orders.operations.team_work import NotYoursNow, VisitsMade
from sidan.orders.permissions import NotYourTeam
from sidan.orders.policies import REVIEW_TIME
from sidan.orders.queries import live_visit, team_board, visit_reports
from tests.orders.browsing import browser, text_of
from tests.orders.scene import Scene, later

HAND = Proof(way="hand", reason_code="other")


def _served(scene: Scene, visit: Visit) -> Visit:
    """One volunteer comes and goes."""
    actor = scene.actor("zhao")
    check_in(actor=actor, at=visit.planned_from, visit=visit, proof=HAND)
    visit = Visit.objects.select_related("assignment__order", "assignment__team").get(pk=visit.pk)
    check_out(actor=actor, at=visit.planned_from + timedelta(hours=1), visit=visit, proof=HAND)
    return Visit.objects.select_related("assignment__order", "assignment__team").get(pk=visit.pk)


def _fresh(assignment: Assignment) -> Assignment:
    return Assignment.objects.select_related("order", "team").get(pk=assignment.pk)


def test_a_second_visit_is_agreed_on_after_the_first_one_and_the_last_ends_the_order(scene: Scene) -> None:
    first = _served(scene, scene.scheduled())
    order = report_and_go_on(
        actor=scene.actor("zhao"), at=later(days=1, hours=2), visit=first, report=Report(words="剪了一半")
    )
    assignment = _fresh(first.assignment)
    assert (order.state, assignment.state) == (OrderState.ACCEPTED, AssignmentState.ACCEPTED)
    assert live_visit(assignment=assignment) is None
    assert [card.pk for card in team_board(team_ids=(scene.team.pk,)).planned] == [assignment.pk]
    second = schedule_visit(
        actor=scene.actor("wang"), at=later(days=1, hours=2), assignment=assignment,
        planned_from=later(days=2), planned_to=later(days=2, hours=1),
    )  # fmt: skip
    second = _served(scene, Visit.objects.select_related("assignment__order").get(pk=second.pk))
    order = report_visit(
        actor=scene.actor("wang"), at=later(days=2, hours=2), visit=second, report=Report(words="都好了")
    )
    assert order.state == OrderState.DONE
    told = visit_reports(order=order, reader=scene.actor("zhou"))
    assert [report.words for report in told] == ["剪了一半", "都好了"]
    assert set(assignment.visits.values_list("state", flat=True)) == {VisitState.DONE}


def test_after_reopening_each_page_says_to_which_round_a_report_belongs(scene: Scene) -> None:
    first = _served(scene, scene.scheduled())
    office, closed = scene.actor("li"), later(days=1, hours=3)
    order = report_visit(actor=scene.actor("zhao"), at=closed, visit=first, report=Report(words="剪好了"))
    assert "Report of round" not in text_of(browser(scene, "zhou").get(f"/orders/{order.number}/"))
    close_order(actor=office, at=closed + REVIEW_TIME, order=order, words="好了")
    reopen_order(actor=office, at=closed + REVIEW_TIME, order=order, words="又漏")
    pages = {
        "zhou": f"/orders/{order.number}/", "zhao": f"/tasks/{first.assignment.uuid}/",
        "wang": f"/console/board/{first.assignment.uuid}/", "li": f"/console/queue/{order.uuid}/",
    }  # fmt: skip
    for who, url in pages.items():
        shown = text_of(browser(scene, who).get(url))
        assert "Report of round 1, before the order was opened again" in shown, who
        assert "round 2" not in shown
    assert [(told.round, told.is_earlier) for told in visit_reports(order=order, reader=office)] == [
        (1, True)
    ]
    (told,) = browser(scene, "zhao").get(f"/api/v1/orders/{order.number}").json()["visit_reports"]
    assert (told["round"], told["rounds"], told["words"], told["results"]) == (1, 2, "剪好了", [])


def test_long_before_the_time_the_forms_without_the_code_say_from_when_they_open(scene: Scene) -> None:
    visit, begins = scene.scheduled(), now() + timedelta(days=1)
    Visit.objects.filter(pk=visit.pk).update(planned_from=begins, planned_to=begins + timedelta(hours=2))
    sentence = "Without the resident's code, a coming can be written down from this time on"
    pages = {"zhao": f"/tasks/{visit.assignment.uuid}/", "wang": f"/console/board/{visit.assignment.uuid}/"}
    for who, url in pages.items():
        page = browser(scene, who).get(url)
        opens = (begins - timedelta(hours=2)).isoformat()
        assert sentence in text_of(page).replace("&#x27;", "'"), who
        assert f'<time datetime="{opens}">' in page.content.decode(), who
        assert 'name="reason" value="forgot' not in page.content.decode()
    Visit.objects.filter(pk=visit.pk).update(planned_from=now() + timedelta(minutes=90))
    for who, url in pages.items():
        assert sentence not in text_of(browser(scene, who).get(url)).replace("&#x27;", "'"), who


def test_a_question_that_is_answered_already_is_not_called_optional(scene: Scene) -> None:
    visit = _served(scene, scene.scheduled())
    shown = text_of(browser(scene, "zhao").get(f"/tasks/{visit.assignment.uuid}/report/"))
    assert "Is everything done? Yes, this was the last visit" in shown
    assert "What was done? (optional)" in shown


def test_a_team_gives_an_order_back_and_no_longer_sees_it(scene: Scene) -> None:
    visit = scene.scheduled()
    order = release_order(
        actor=scene.actor("wang"), at=later(hours=1), assignment=_fresh(visit.assignment),
        reason=Reason.NO_PEOPLE, words="都病了",
    )  # fmt: skip
    visit.refresh_from_db()
    assert order.state == OrderState.ADMITTED
    assert visit.state == VisitState.CALLED_OFF
    assert _fresh(visit.assignment).state == AssignmentState.RELEASED
    assert not order.parties.filter(team=scene.team, until=None).exists()
    assert order.steps.get(machine="order", verb="release").note.words == "都病了"


def test_what_was_begun_is_not_given_back(scene: Scene) -> None:
    first = _served(scene, scene.scheduled())
    wang = scene.actor("wang")
    with pytest.raises(OrderMovedOn):
        release_order(
            actor=wang, at=later(days=2), assignment=_fresh(first.assignment), reason=Reason.NO_PEOPLE
        )
    report_and_go_on(actor=wang, at=later(days=2), visit=first, report=Report())
    with pytest.raises(VisitsMade):
        release_order(
            actor=wang, at=later(days=2), assignment=_fresh(first.assignment), reason=Reason.NO_PEOPLE
        )


def test_only_the_leader_of_the_team_that_holds_it_gives_it_back(scene: Scene) -> None:
    offered = scene.offered()
    with pytest.raises(NotYoursNow):
        release_order(actor=scene.actor("wang"), at=later(), assignment=offered, reason=Reason.NO_PEOPLE)
    with pytest.raises(NotYourTeam):
        release_order(actor=scene.actor("sun"), at=later(), assignment=offered, reason=Reason.NO_PEOPLE)
