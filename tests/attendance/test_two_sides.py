"""A visit is proven by two sides: nobody who serves holds the other side of the proof as well (R-Z2)."""

from datetime import timedelta

import pytest

from sidan.attendance import operations as attendance
from sidan.attendance.operations import NotTheSame
from sidan.audit.models import AuditEntry
from sidan.orders import operations as orders
from sidan.orders.models import AssignmentMember, Order, OrderPoint, Visit
from sidan.orders.operations import visiting
from sidan.orders.permissions import MayNotJudgeTime, NotNamedForVisit, ServesHere
from sidan.orders.views.times import times_to_judge
from sidan.people.models import Account, Person, Team, TeamMember
from tests.attendance.test_marks import HAND, THEN, by_code, by_place, come, go, home, on_the_map
from tests.orders.browsing import browser, text_of
from tests.orders.scene import SINCE, Scene


def person_of(scene: Scene, name: str) -> Person:
    found = Account.objects.get(pk=scene.accounts[name]).person
    assert found is not None
    return found


def joins(scene: Scene, name: str = "keeper") -> None:
    TeamMember.objects.create(team=scene.team, person=person_of(scene, name), joined_on=SINCE)


def named_too(scene: Scene, visit: Visit, name: str = "keeper") -> None:
    people = [person_of(scene, each).uuid for each in ("zhao", "qian", name)]
    orders.name_members(actor=scene.actor("wang"), at=THEN, assignment=visit.assignment, person_uuids=people)


def pinned(scene: Scene, who: str, order: Order) -> OrderPoint:
    return orders.pin_point(
        actor=scene.actor(who), at=THEN, order=order, reading=home(metres_north=3000), resident_agrees=True
    )


def test_who_is_of_the_team_neither_reads_the_code_nor_pins_the_door(scene: Scene) -> None:
    order = scene.scheduled().assignment.order
    pinned(scene, "keeper", order)
    joins(scene)

    with pytest.raises(ServesHere, match=r"居民|The resident"):
        orders.look_at_code(actor=scene.actor("keeper"), at=THEN, order=order)
    with pytest.raises(ServesHere):
        pinned(scene, "keeper", order)
    assert not AuditEntry.objects.filter(verb="order.look_code").exists()
    # What the resident wants removed goes whoever is there.
    orders.unpin_point(actor=scene.actor("keeper"), at=THEN, order=order)
    assert orders.look_at_code(actor=scene.actor("li"), at=THEN, order=order)
    assert pinned(scene, "li", order)


def test_nor_does_who_is_named_without_being_of_the_team(scene: Scene) -> None:
    visit = scene.scheduled()
    AssignmentMember.objects.filter(assignment=visit.assignment, person=person_of(scene, "qian")).update(
        person=person_of(scene, "keeper")
    )
    with pytest.raises(ServesHere):
        orders.look_at_code(actor=scene.actor("keeper"), at=THEN, order=visit.assignment.order)
    with pytest.raises(ServesHere):
        pinned(scene, "keeper", visit.assignment.order)


def test_digits_that_one_was_shown_before_being_named_prove_nothing(scene: Scene) -> None:
    visit = scene.scheduled()
    orders.look_at_code(actor=scene.actor("keeper"), at=THEN, order=visit.assignment.order)
    joins(scene)
    named_too(scene, visit)

    soon, left = THEN + timedelta(minutes=1), THEN + timedelta(hours=1)
    assert come(scene, visit, by_code(visit, THEN), who="keeper", at=soon).grade == "weak"
    assert come(scene, visit, by_code(visit, THEN), who="zhao", at=soon).grade == "strong"
    assert go(scene, visit, by_code(visit, left), who="keeper", at=left).grade == "strong", "read at the door"


def test_a_point_that_one_pinned_oneself_is_not_measured_to(scene: Scene) -> None:
    visit = scene.scheduled()
    on_the_map(scene)
    pinned(scene, "keeper", visit.assignment.order)
    joins(scene)
    named_too(scene, visit)
    for who in ("keeper", "zhao"):
        attendance.give_location_consent(actor=scene.actor(who), at=THEN)

    mine = come(scene, visit, by_place(metres_north=3010), who="keeper")
    other = come(scene, visit, by_place(metres_north=3010), who="zhao")

    assert (mine.grade, mine.measured_to) == ("weak", "place")
    assert (other.grade, other.measured_to) == ("fair", "visit")


def test_no_teammate_says_a_word_on_a_time(scene: Scene) -> None:
    visit = scene.scheduled()
    written = come(scene, visit, HAND)
    joins(scene)

    for teammate in ("qian", "keeper"):
        with pytest.raises(MayNotJudgeTime):
            orders.judge_time(
                actor=scene.actor(teammate), at=THEN, visit=visit, written=written, is_right=True
            )
        assert [each.by_other for each in times_to_judge(actor=scene.actor(teammate), visits=[visit])] == [
            True
        ]
    for second in ("wang", "zhou", "li"):
        assert [each.by_other for each in times_to_judge(actor=scene.actor(second), visits=[visit])] == [
            False
        ]


def test_nobody_confirms_their_own_time_whoever_wrote_it(scene: Scene) -> None:
    visit = scene.scheduled()
    written = orders.check_in(
        actor=scene.actor("wang"), at=THEN, visit=visit, proof=HAND, person_id=person_of(scene, "zhao").pk
    )
    for who in ("zhao", "wang"):
        with pytest.raises(NotTheSame):
            orders.judge_time(actor=scene.actor(who), at=THEN, visit=visit, written=written, is_right=True)
    orders.judge_time(actor=scene.actor("zhou"), at=THEN, visit=visit, written=written, is_right=True)


def test_digits_of_ones_own_order_prove_nothing_of_oneself(scene: Scene) -> None:
    visit = scene.scheduled()
    joins(scene, "zhou")
    named_too(scene, visit, "zhou")
    assert come(scene, visit, by_code(visit, THEN), who="zhou").grade == "weak"
    assert come(scene, visit, by_code(visit, THEN)).grade == "strong", "told to a teammate at the door"
    left = THEN + timedelta(hours=1)
    kept = orders.check_out(
        actor=scene.actor("zhou"), at=left + timedelta(hours=1), visit=visit, proof=by_code(visit, left),
        told=attendance.Told(at=left, is_steady=True),
    )  # fmt: skip
    assert kept.grade == "weak", "nor what a telephone kept without network"


@pytest.mark.parametrize("is_leader", [False, True])
def test_who_asked_for_it_and_is_of_the_team_confirms_no_times(scene: Scene, is_leader: bool) -> None:
    visit = scene.scheduled()
    written = come(scene, visit, HAND)
    joins(scene, "zhou")
    if is_leader:
        Team.objects.filter(pk=scene.team.pk).update(leader=person_of(scene, "zhou"))
    zhou = scene.actor("zhou")
    assert (scene.team.pk in zhou.led_team_ids) is is_leader
    with pytest.raises(MayNotJudgeTime):
        orders.judge_time(actor=zhou, at=THEN, visit=visit, written=written, is_right=True)
    assert [each.by_other for each in times_to_judge(actor=zhou, visits=[visit])] == [True]
    orders.judge_time(actor=scene.actor("li"), at=THEN, visit=visit, written=written, is_right=True)


def test_who_was_taken_off_while_they_waited_does_not_check_out(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    visit = scene.scheduled()
    come(scene, visit, HAND)
    lock = visiting.locked_order

    def taken_off_meanwhile(*, visit: Visit) -> Order:
        locked = lock(visit=visit)
        AssignmentMember.objects.filter(person=person_of(scene, "zhao")).update(removed_at=THEN)
        return locked

    monkeypatch.setattr(visiting, "locked_order", taken_off_meanwhile)
    with pytest.raises(NotNamedForVisit):
        go(scene, visit, HAND)


def test_the_page_says_who_can_and_shows_no_button(scene: Scene) -> None:
    order = scene.scheduled().assignment.order
    pinned(scene, "keeper", order)
    url = f"/console/queue/{order.uuid}/"
    client = browser(scene, "keeper")
    before = text_of(client.get(url))
    assert "Tell the code at the door" in before
    assert "Keep another place" in before

    joins(scene)
    page = text_of(client.get(url))

    assert "The resident can do this, or somebody else of the office" in page
    assert "Tell the code at the door" not in page
    assert "Keep another place" not in page
    assert "Remove it" in page
    assert client.post(f"{url}code/").status_code == 403
