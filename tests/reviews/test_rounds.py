"""An order that was opened again is done anew, perhaps by others: what is said of a round is of its teams alone."""

import pytest

from sidan.analytics.policies import Period
from sidan.analytics.queries import place_figures
from sidan.analytics.told import all_figures, satisfaction_of
from sidan.attendance.operations import Proof
from sidan.attendance.queries import present_code
from sidan.orders import operations as loop
from sidan.orders.models import Order, Review
from sidan.people.models import Person, Team, TeamMember
from sidan.reviews import operations, queries
from sidan.reviews.enums import AfterLow
from tests.orders.browsing import browser, text_of
from tests.orders.scene import SINCE, Scene, later
from tests.reviews.helpers import HAND, NEXT_DAY, decide, drawn, reviewed, served

pytestmark = pytest.mark.django_db
COMES, DONE, SAID = later(days=5), later(days=5, hours=1), later(days=6)


def done_by_others(scene: Scene) -> Order:
    """The first team is told "not done", the order opens again, and the other team does it."""
    decide(scene, after_not_done=AfterLow.REOPEN.value)
    order = Order.unscoped.get(pk=reviewed(scene, "not_done", stars=1, words="没理完").order_id)
    sun = Person.unscoped.get(account=scene.accounts["sun"])
    TeamMember.objects.create(team=scene.other_team, person=sun, joined_on=SINCE)
    return done_again(scene, order, team=scene.other_team, name="sun")


def done_again(scene: Scene, order: Order, *, team: Team, name: str) -> Order:
    """Let who leads a team do alone what was opened again."""
    actor, at, goes = scene.actor(name), later(days=4), Person.unscoped.get(account=scene.accounts[name])
    share = loop.dispatch_order(actor=scene.actor("li"), at=at, order=order, team=team)
    loop.accept_order(actor=actor, at=at, assignment=share)
    loop.name_members(actor=actor, at=at, assignment=share, person_uuids=[goes.uuid])
    visit = loop.schedule_visit(actor=actor, at=at, assignment=share, planned_from=COMES, planned_to=DONE)
    digits = present_code(cause_uuid=str(visit.uuid), at=COMES)
    loop.check_in(actor=actor, at=COMES, visit=visit, proof=Proof(way="code", code=digits))
    loop.check_out(actor=actor, at=DONE, visit=visit, proof=HAND)
    return loop.report_visit(actor=actor, at=DONE, visit=visit, report=loop.Report(words="修好了"))


def counts(scene: Scene) -> list[tuple[int, int, int]]:
    """Satisfied, counted and unanswered of the first team and of the other one."""
    found = [
        queries.satisfaction_of_team(team_id=team.pk, at=later(days=30))
        for team in (scene.team, scene.other_team)
    ]
    return [(each.satisfied, each.counted, each.unanswered) for each in found]


def test_a_review_counts_for_the_team_of_its_round_alone(scene: Scene) -> None:
    order = done_by_others(scene)
    assert counts(scene) == [(0, 1, 0), (0, 0, 0)]
    loop.review_order(actor=scene.actor("zhou"), at=SAID, order=order, outcome="done", stars=5)
    assert counts(scene) == [(0, 1, 0), (1, 1, 0)]
    project = queries.satisfaction_of_project(project_id=scene.project.pk, at=later(days=30))
    assert (project.satisfied, project.counted) == (1, 2)


def test_an_order_closed_without_a_word_is_unanswered_for_the_team_of_its_round_alone(scene: Scene) -> None:
    loop.close_unreviewed(at=later(days=20), order=done_by_others(scene))
    assert counts(scene) == [(0, 1, 0), (0, 0, 1)]


def test_an_order_opened_again_after_nobody_reviewed_it_counts_for_its_review_alone(scene: Scene) -> None:
    decide(scene, after_not_done=AfterLow.REOPEN.value)
    order = served(scene)
    loop.close_unreviewed(at=NEXT_DAY, order=order)
    assert counts(scene) == [(0, 0, 1), (0, 0, 0)]
    operations.look_to_call(actor=scene.actor("li"), at=NEXT_DAY, call_back=drawn(order))
    heard = operations.Heard("answered", "not_done")
    operations.record_call(actor=scene.actor("li"), at=NEXT_DAY, call_back=drawn(order), heard=heard)
    assert counts(scene) == [(0, 0, 0), (0, 0, 0)]
    done = done_again(scene, Order.unscoped.get(pk=order.pk), team=scene.team, name="wang")
    loop.review_order(actor=scene.actor("zhou"), at=SAID, order=done, outcome="done", stars=5)
    assert counts(scene) == [(1, 1, 0), (0, 0, 0)]
    project = queries.satisfaction_of_project(project_id=scene.project.pk, at=later(days=30))
    figures = [figure.code for figure in all_figures()]
    place = satisfaction_of(place_figures(root=scene.town, figures=figures, period=Period()).total)
    assert (project.counted, project.unanswered, project) == (1, 0, place)


def test_who_did_the_round_before_is_not_the_team_of_the_next_review(scene: Scene) -> None:
    order = done_by_others(scene)
    facts = {"order": order, "outcome": "done", "at": SAID}
    of_former = Review.objects.create(turn=order.turn, by_id=scene.accounts["wang"], **facts)
    assert operations.check_review(at=SAID, review_id=of_former.pk) == []
    of_team = Review.objects.create(turn=order.turn + 1, by_id=scene.accounts["sun"], **facts)
    assert operations.check_review(at=SAID, review_id=of_team.pk) == ["by_team"]


def test_the_list_of_reviews_names_the_team_of_each_round(scene: Scene) -> None:
    order = done_by_others(scene)
    loop.review_order(actor=scene.actor("zhou"), at=SAID, order=order, outcome="done", words="修得好")
    client = browser(scene, "li")
    first = text_of(client.get(f"/console/reviews/?team={scene.team.uuid}"))
    second = text_of(client.get(f"/console/reviews/?team={scene.other_team.uuid}"))
    assert ("没理完" in first, "修得好" in first) == (True, False)
    assert ("没理完" in second, "修得好" in second) == (False, True)
