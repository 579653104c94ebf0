"""Times that were sent later and could not be written: told, shown with the reason, put right by the leader's hand."""

from datetime import timedelta

import pytest

from sidan.attendance.models import Interval, Mark, OfflineRecord
from sidan.notify.models import Notice
from sidan.orders import operations as orders
from sidan.orders.models import Visit
from sidan.orders.operations.early import TooEarly
from sidan.orders.operations.inbox import NoLongerNamed
from sidan.orders.operations.late import AfterTheEnd
from sidan.orders.permissions import NotYourTeam
from sidan.orders.queries import refused_time
from sidan.people.models import Person
from tests.attendance.test_marks import by_code, come
from tests.attendance.test_offline import (  # noqa: F401 # the moment at which the telephones send
    BACK,
    REPORTED,
    THEN,
    _at,
    record,
    reported_without_the_third,
    send,
)
from tests.orders.browsing import browser, once, read_pages_at, sent, text_of
from tests.orders.scene import Scene

PAGE = "/tasks/not-written/"
LEFT = THEN + timedelta(hours=1)
BARE = {"way": "hand", "code": "", "reason": "no_network"}


def refused_after_the_report(scene: Scene) -> Visit:
    visit = reported_without_the_third(scene)
    send(scene, record(visit, THEN, **BARE), record(visit, LEFT, direction="out", **BARE))
    return visit


def write(scene: Scene, kept: OfflineRecord, who: str = "wang") -> Mark:
    found, visit = refused_time(uuid=kept.uuid)
    return orders.write_refused_time(
        actor=scene.actor(who), at=BACK, kept=found, visit=visit, reason="no_network"
    )


def test_the_volunteer_reads_each_with_its_reason_and_what_to_do(scene: Scene) -> None:
    refused_after_the_report(scene)
    client = browser(scene, "zhao")
    assert "2 times that were sent later could not be written" in text_of(client.get("/tasks/"))

    page = text_of(client.get(PAGE))

    assert "上门理发" in page
    assert "had been reported or handed back before this arrived" in page
    assert "Your leader can write it down by hand with a reason" in page
    assert "Write it down by hand" not in page, "that is the leader's"


def test_volunteer_and_leader_are_told_once_a_visit(scene: Scene) -> None:
    refused_after_the_report(scene)
    told = {
        (row.account_id, row.kind) for row in Notice.objects.filter(kind__startswith="order_time_refused")
    }
    assert told == {
        (scene.accounts["zhao"], "order_time_refused"),
        (scene.accounts["wang"], "order_time_refused_to_leader"),
    }
    assert Notice.objects.filter(kind__startswith="order_time_refused").count() == 2


def test_the_leader_writes_it_and_it_counts_once_a_second_person_has_said_so(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    visit = refused_after_the_report(scene)
    read_pages_at(monkeypatch, BACK)
    monkeypatch.setattr("sidan.orders.views.not_written.now", lambda: BACK)
    client = browser(scene, "wang")
    assert "Write it down by hand" in text_of(client.get(PAGE))
    for kept in OfflineRecord.objects.order_by("claimed_at"):
        told = sent(client, f"{PAGE}{kept.uuid}/", {"reason": "no_network", "next": PAGE, "once": once()})
        assert "It counts once somebody else has said" in told

    marks = Mark.objects.filter(person__account=scene.accounts["zhao"]).order_by("at")
    assert [(each.at, each.grade, each.way) for each in marks] == [
        (THEN, "weak", "hand"), (LEFT, "weak", "hand")
    ]  # fmt: skip
    assert not Interval.objects.filter(person__account=scene.accounts["zhao"]).exists()
    for each in marks:
        orders.judge_time(actor=scene.actor("li"), at=BACK, visit=visit, written=each, is_right=True)
    assert Interval.objects.get(person__account=scene.accounts["zhao"]).during.lower == THEN
    assert "A coming stands there now" in text_of(client.get(PAGE))
    visit.refresh_from_db()
    assert visit.state == "done", "what was reported stays"


def test_the_office_and_the_leader_see_it_at_the_order(scene: Scene) -> None:
    visit = refused_after_the_report(scene)
    queue = text_of(browser(scene, "li").get(f"/console/queue/{visit.assignment.order.uuid}/"))
    assert "Sent later, not written" in queue
    assert "赵敏" in queue
    card = text_of(browser(scene, "wang").get(f"/console/board/{visit.assignment.uuid}/"))
    assert "Sent later, not written" in card
    own = text_of(browser(scene, "zhou").get(f"/orders/{visit.assignment.order.number}/"))
    assert "Sent later, not written" not in own


def test_what_was_handed_back_is_still_found_by_its_leader(scene: Scene) -> None:
    visit = scene.scheduled()
    orders.give_up(actor=scene.actor("wang"), at=REPORTED, assignment=visit.assignment, reason="nobody_home")
    send(scene, record(visit, THEN, **BARE))
    assert "Write it down by hand" in text_of(browser(scene, "wang").get(PAGE))
    assert write(scene, OfflineRecord.objects.get()).at == THEN


def test_nobody_else_writes_it(scene: Scene) -> None:
    refused_after_the_report(scene)
    kept = OfflineRecord.objects.earliest("claimed_at")
    for who in ("zhao", "sun", "mallory", "li"):
        with pytest.raises(NotYourTeam):
            write(scene, kept, who)
        if who != "zhao":
            assert "上门理发" not in text_of(browser(scene, who).get(PAGE))


def test_a_time_after_the_report_is_nobodys_to_add(scene: Scene) -> None:
    visit = reported_without_the_third(scene)
    send(scene, record(visit, REPORTED + timedelta(minutes=1)))
    assert "It cannot be added" in text_of(browser(scene, "zhao").get(PAGE))
    with pytest.raises(AfterTheEnd):
        write(scene, OfflineRecord.objects.get())


def test_who_is_no_longer_named_is_named_again_first(scene: Scene) -> None:
    visit = scene.scheduled()
    wang, qian = scene.actor("wang"), Person.unscoped.get(account=scene.accounts["qian"])
    zhao = Person.unscoped.get(account=scene.accounts["zhao"])
    orders.name_members(actor=wang, at=THEN, assignment=visit.assignment, person_uuids=[qian.uuid])
    assert send(scene, record(visit, THEN))[0]["outcome"] == "not_named_for_visit"
    kept = OfflineRecord.objects.get()
    with pytest.raises(NoLongerNamed):
        write(scene, kept)
    orders.name_members(actor=wang, at=BACK, assignment=visit.assignment, person_uuids=[qian.uuid, zhao.uuid])
    assert write(scene, kept).at == THEN
    visit.refresh_from_db()
    assert visit.state == "under_way"


def test_what_stands_already_asks_for_nothing(scene: Scene) -> None:
    visit = scene.scheduled()
    come(scene, visit, by_code(visit, THEN), at=THEN)
    send(scene, record(visit, THEN + timedelta(minutes=3)))
    client = browser(scene, "zhao")
    assert "could not be written" not in text_of(client.get("/tasks/"))
    assert "A coming stands there now" in text_of(client.get(PAGE))
    assert not Notice.objects.filter(kind__startswith="order_time_refused").exists()


def test_over_the_api_it_is_the_same(scene: Scene) -> None:
    refused_after_the_report(scene)
    url = "/api/v1/team-work/offline/refused"
    rows = browser(scene, "wang").get(url).json()["items"]
    assert {(row["direction"], row["outcome"], row["name"], row["stands_at"]) for row in rows} == {
        ("in", "visit_ended", "赵敏", None), ("out", "not_checked_in", "赵敏", None)
    }  # fmt: skip
    coming = next(row for row in rows if row["direction"] == "in")
    made = browser(scene, "wang").post(
        f"{url}/{coming['id']}/write", {"reason": "no_network"}, content_type="application/json"
    )
    assert (made.status_code, made.json()["grade"]) == (201, "weak")


def test_a_coming_told_hours_before_the_agreed_time_is_kept_with_the_reason(scene: Scene) -> None:
    visit, early = scene.scheduled(), THEN - timedelta(hours=3)
    told = send(scene, record(visit, early, **BARE))
    assert told[0]["outcome"] == "too_early"
    visit.refresh_from_db()
    assert (visit.state, Mark.objects.count()) == ("planned", 0)
    for who, read in (
        ("zhao", "check in at the agreed time"),
        ("wang", "more than two hours before the agreed"),
    ):
        assert read in text_of(browser(scene, who).get(PAGE))
    with pytest.raises(TooEarly):
        write(scene, OfflineRecord.objects.get())


def test_the_leader_writes_it_once_the_code_proves_that_another_was_there(scene: Scene) -> None:
    visit, early = scene.scheduled(), THEN - timedelta(hours=3)
    send(scene, record(visit, early, **BARE))
    come(scene, visit, by_code(visit, early), who="qian", at=early)
    assert write(scene, OfflineRecord.objects.get()).at == early


def test_a_coming_too_early_is_not_written_after_the_report_either(scene: Scene) -> None:
    visit = reported_without_the_third(scene)
    send(scene, record(visit, THEN - timedelta(hours=3), **BARE))
    with pytest.raises(TooEarly):
        write(scene, OfflineRecord.objects.get())
    assert not Mark.objects.filter(person__account=scene.accounts["zhao"]).exists()
