"""Which of several marks of one coming or going stands: what is denied or only told blocks nothing that is true."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from sidan.attendance.models import Interval, Mark
from sidan.attendance.operations import AlreadyMarked, AlreadySaid, NotCheckedIn
from sidan.attendance.queries import presences, standings, unconfirmed
from sidan.orders import operations as orders
from sidan.orders.models import Visit
from sidan.orders.operations import Report
from sidan.orders.operations.early import TooEarly
from sidan.orders.operations.reporting import NobodyCame
from tests.attendance.test_marks import HAND, ONE_HOUR, THEN, by_code, come, go
from tests.orders.browsing import browser
from tests.orders.scene import Scene

LEFT = THEN + ONE_HOUR
SOON = timedelta(minutes=5)


def judged(scene: Scene, visit: Visit, written: Mark, *, is_right: bool, who: str = "zhou") -> None:
    orders.judge_time(actor=scene.actor(who), at=LEFT, visit=visit, written=written, is_right=is_right)


def test_a_coming_that_was_denied_does_not_block_the_true_one(scene: Scene) -> None:
    visit = scene.scheduled()
    denied = come(scene, visit, HAND)
    judged(scene, visit, denied, is_right=False)
    assert presences(cause_id=visit.cause_id) == []
    assert standings(cause_id=visit.cause_id)[denied.person_id].denied
    page = browser(scene, "zhao").get(f"/tasks/{visit.assignment.uuid}/").content.decode()
    assert "Not there yet" in page
    assert "Somebody said that this time is not right" in page

    came = come(scene, visit, by_code(visit, THEN + SOON), at=THEN + SOON)
    go(scene, visit, by_code(visit, LEFT), at=LEFT)

    assert came.instead_of_id == denied.pk
    assert Interval.objects.get().grade == "strong"
    assert Interval.objects.get().during.lower == THEN + SOON
    assert standings(cause_id=visit.cause_id)[denied.person_id].counts
    assert Mark.objects.filter(pk=denied.pk).exists(), "what was told stays as it was told"


def test_after_a_denial_one_by_hand_waits_for_its_own_word(scene: Scene) -> None:
    visit = scene.scheduled()
    for number in range(2):
        written = come(scene, visit, HAND, at=THEN + number * SOON)
        assert [row.uuid for row in unconfirmed(cause_ids=[visit.cause_id])] == [written.uuid]
        judged(scene, visit, written, is_right=False)
    third = come(scene, visit, HAND, at=THEN + 2 * SOON)
    judged(scene, visit, third, is_right=True)
    go(scene, visit, by_code(visit, LEFT), at=LEFT)
    assert Interval.objects.get().during.lower == THEN + 2 * SOON


def test_a_proven_one_stands_instead_of_one_that_was_only_told(scene: Scene) -> None:
    visit = scene.scheduled()
    told = come(scene, visit, HAND)
    go(scene, visit, by_code(visit, LEFT), at=LEFT)
    assert Interval.objects.count() == 0

    come(scene, visit, by_code(visit, THEN + SOON), at=THEN + SOON)

    assert Interval.objects.get().during.lower == THEN + SOON, "the going was there before"
    assert unconfirmed(cause_ids=[visit.cause_id]) == []
    with pytest.raises(AlreadySaid):
        judged(scene, visit, told, is_right=True)


def test_what_counts_or_waits_gives_way_to_no_bare_word(scene: Scene) -> None:
    visit = scene.scheduled()
    told = come(scene, visit, HAND)
    with pytest.raises(AlreadyMarked):
        come(scene, visit, HAND, at=THEN + SOON)
    judged(scene, visit, told, is_right=True)
    with pytest.raises(AlreadyMarked):
        come(scene, visit, by_code(visit, THEN + SOON), at=THEN + SOON)
    come(scene, visit, by_code(visit, THEN), who="qian")
    with pytest.raises(AlreadyMarked):
        come(scene, visit, by_code(visit, THEN + SOON), who="qian", at=THEN + SOON)


def test_a_going_whose_coming_was_denied_is_written_anew_after_the_true_coming(scene: Scene) -> None:
    visit = scene.scheduled()
    early = come(scene, visit, HAND)
    void = go(scene, visit, HAND, at=THEN + SOON)
    judged(scene, visit, early, is_right=False)
    with pytest.raises(NotCheckedIn):
        go(scene, visit, HAND, at=THEN + 2 * SOON)

    come(scene, visit, by_code(visit, THEN + 2 * SOON), at=THEN + 2 * SOON)
    assert presences(cause_id=visit.cause_id)[0].went_at is None
    went = go(scene, visit, by_code(visit, LEFT), at=LEFT)

    assert went.instead_of_id == void.pk
    assert Interval.objects.get().during.upper == LEFT


def test_a_visit_whose_every_coming_was_denied_is_not_reported_as_done(scene: Scene) -> None:
    visit = scene.scheduled()
    marks = [come(scene, visit, HAND, who="qian"), go(scene, visit, HAND, who="qian")]
    judged(scene, visit, marks[0], is_right=False)
    visit.refresh_from_db()
    with pytest.raises(NobodyCame):
        orders.report_visit(actor=scene.actor("zhao"), at=LEFT, visit=visit, report=Report(words="好了"))


def test_the_database_keeps_what_counts(scene: Scene) -> None:
    visit = scene.scheduled()
    proven = come(scene, visit, by_code(visit, THEN))
    copied = (
        "INSERT INTO attendance_mark (uuid, cause_id, person_id, direction, at, recorded_at, recorded_by_id, way,"
        " grade, reason_code, place_id, county_id, measured_to, instead_of_id) SELECT gen_random_uuid(), cause_id,"
        " person_id, direction, at, recorded_at, recorded_by_id, 'hand', 'weak', 'other', place_id, county_id, '',"
        " %s::bigint FROM attendance_mark WHERE id = %s"
    )
    for instead_of in (None, proven.pk):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(copied, [instead_of, proven.pk])


def test_a_coming_that_is_only_told_lies_near_the_agreed_time(scene: Scene) -> None:
    visit, early = scene.scheduled(), THEN - timedelta(hours=2, minutes=1)
    with pytest.raises(TooEarly):
        come(scene, visit, HAND, at=early)
    visit.refresh_from_db()
    assert visit.state == "planned"
    assert Mark.objects.count() == 0
    assert come(scene, visit, HAND, at=early + timedelta(minutes=1)).grade == "weak"


def test_one_that_the_code_proves_is_as_early_as_it_was(scene: Scene) -> None:
    visit, early = scene.scheduled(), THEN - timedelta(hours=9)
    assert come(scene, visit, by_code(visit, early), at=early).grade == "strong"


def test_beside_one_whom_the_code_has_proven_there_another_may_be_told(scene: Scene) -> None:
    visit, early = scene.scheduled(), THEN - timedelta(hours=9)
    come(scene, visit, by_code(visit, early), at=early)
    with pytest.raises(TooEarly):
        come(scene, visit, HAND, who="qian", at=early - timedelta(minutes=1))
    assert come(scene, visit, HAND, who="qian", at=early).grade == "weak"
