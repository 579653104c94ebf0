"""Somebody was at the door, a telephone kept it without network, and meanwhile the visit was called off."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from sidan.attendance.models import Interval, Mark, OfflineRecord
from sidan.hours.models import Entry, Occasion
from sidan.hours.operations import tell_late_time
from sidan.notify.models import Notice
from sidan.orders import operations as orders
from sidan.orders.models import Order, Visit
from sidan.orders.operations.late import VisitCalledOff
from sidan.orders.operations.passing import expire_share
from sidan.orders.operations.reporting import NoVisitNow
from sidan.people.models import Person, Volunteer
from tests.attendance.test_marks import HAND, come
from tests.attendance.test_offline import THEN, answered, ms, record
from tests.orders.browsing import browser, text_of
from tests.orders.scene import SINCE, Scene, later
from tests.orders.splits import broken

SENTENCE = "before the visit was called off, as a telephone told later; the code of the door proves it:"
LEFT = THEN + timedelta(hours=1)
OFF = later(days=3, hours=2)
"""The Monday on which it is called off: the office has opened, the time of the team is over."""
SENT = later(days=4)
BARE = {"way": "hand", "code": "", "reason": "no_network"}


@pytest.fixture(autouse=True)
def _sent_on_tuesday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sidan.orders.api.inbox.now", lambda: SENT)


def _cancelled(scene: Scene, visit: Visit) -> None:
    orders.cancel_order(actor=scene.actor("zhou"), at=OFF, order=visit.assignment.order)


def _not_wanted(scene: Scene, visit: Visit) -> None:
    orders.cancel_order_for(
        actor=scene.actor("li"), at=OFF, order=visit.assignment.order, asked_by="telephone", reason="no_longer_needed"
    )  # fmt: skip


def _taken_from_team(scene: Scene, visit: Visit) -> None:
    Order.unscoped.update(due_at=LEFT)
    order = Order.unscoped.get()
    orders.take_from_team(actor=scene.actor("li"), at=OFF, order=order, reason="overdue")


def _by_the_clock(scene: Scene, visit: Visit) -> None:
    expire_share(at=OFF, order=visit.assignment.order)


def _released(scene: Scene, visit: Visit) -> None:
    orders.release_order(actor=scene.actor("wang"), at=OFF, assignment=visit.assignment, reason="no_people")


def _taken_over(scene: Scene, visit: Visit) -> None:
    asked = orders.ask_take_over(
        actor=scene.actor("wang"), at=LEFT, assignment=visit.assignment, to_team=scene.other_team,
        until=SENT, reason="no_people",
    )  # fmt: skip
    orders.accept_take_over(actor=scene.actor("sun"), at=OFF, asked=asked)


def _agreed_anew(scene: Scene, visit: Visit) -> None:
    orders.schedule_visit(
        actor=scene.actor("wang"), at=OFF, assignment=visit.assignment, planned_from=SENT,
        planned_to=SENT + timedelta(hours=1),
    )  # fmt: skip


WAYS = (_cancelled, _not_wanted, _taken_from_team, _by_the_clock, _released, _taken_over, _agreed_anew)
CallingOff = Callable[[Scene, Visit], None]


def called_off(scene: Scene, way: CallingOff = _cancelled) -> Visit:
    visit = scene.scheduled()
    Volunteer.unscoped.create(
        person=Person.unscoped.get(account=scene.accounts["zhao"]), number="V0001", place=scene.station,
        county=scene.center, state="active", registered_on=SINCE,
    )  # fmt: skip
    way(scene, visit)
    visit.refresh_from_db()
    assert visit.state == "called_off"
    return visit


def told(visit: Visit, at: Any = THEN, **changes: Any) -> dict[str, Any]:
    return record(visit, at, **{"elapsed_ms": ms(SENT) - ms(at), **changes})


def send(scene: Scene, *records: dict[str, Any], who: str = "zhao") -> list[str]:
    results = answered(scene, *records, who=who, sent_at=SENT)["results"]
    return [each["outcome"] for each in results]


@pytest.mark.parametrize("way", WAYS)
def test_what_the_code_proves_from_before_counts_whoever_called_the_visit_off(
    scene: Scene, way: CallingOff
) -> None:
    visit = called_off(scene, way)
    before = Order.unscoped.values_list("state", "turn").get()
    both = told(visit), told(visit, LEFT, direction="out")

    assert send(scene, *both) == ["written", "written"]
    assert send(scene, *both) == ["written", "written"]

    counted = Interval.objects.get()
    assert (counted.during.lower, counted.during.upper, counted.grade) == (THEN, LEFT, "strong")
    assert Entry.unscoped.get().minutes == 60
    assert (Occasion.objects.count(), Mark.objects.count()) == (1, 2)
    notice = Notice.objects.get(kind="order_was_there")
    assert notice.account_id == scene.accounts["li"]
    visit.refresh_from_db()
    assert visit.state == "called_off"
    assert Order.unscoped.values_list("state", "turn").get() == before, "no step is taken"
    assert not broken()


def test_the_office_reads_at_the_order_who_was_there(scene: Scene) -> None:
    visit = called_off(scene)
    url = f"/console/queue/{visit.assignment.order.uuid}/"
    assert "was there before the visit was called off" not in text_of(browser(scene, "li").get(url))
    send(scene, told(visit))
    assert f"赵敏 of 城北义剪队 came {SENTENCE} 21 Nov (Sat) 9:00 " in text_of(browser(scene, "li").get(url))
    send(scene, told(visit, LEFT, direction="out"))
    page = text_of(browser(scene, "li").get(url))
    assert f"赵敏 of 城北义剪队 was there {SENTENCE} 21 Nov (Sat) 9:00 – 10:00 " in page


def test_a_second_volunteer_is_told_to_the_office_no_second_time(scene: Scene) -> None:
    visit = called_off(scene)
    assert send(scene, told(visit)) == ["written"]
    assert send(scene, told(visit, THEN + timedelta(minutes=2)), who="qian") == ["written"]
    assert Notice.objects.filter(kind="order_was_there").count() == 1
    assert Mark.objects.count() == 2


def test_what_lies_after_the_calling_off_is_refused(scene: Scene) -> None:
    visit = called_off(scene)
    assert send(scene, told(visit, OFF + timedelta(minutes=1))) == ["visit_called_off"]
    assert not Mark.objects.exists()
    assert not Occasion.objects.exists()


def test_whoever_was_taken_off_the_list_before_is_refused(scene: Scene) -> None:
    visit = scene.scheduled()
    qian = Person.unscoped.get(account=scene.accounts["qian"])
    orders.name_members(
        actor=scene.actor("wang"), at=LEFT, assignment=visit.assignment, person_uuids=[qian.uuid]
    )
    _cancelled(scene, visit)
    assert send(scene, told(visit)) == ["not_named_for_visit"]
    assert not Mark.objects.exists()


@pytest.mark.parametrize("weak", [BARE, {"code": "000000"}])
def test_a_bare_word_is_refused_and_can_be_told_as_a_late_time_once_the_code_proves_another(
    scene: Scene, weak: dict[str, str]
) -> None:
    visit = called_off(scene)
    assert send(scene, told(visit, **weak)) == ["visit_called_off"]
    assert not Occasion.objects.exists()
    page = text_of(browser(scene, "zhao").get("/tasks/not-written/"))
    assert "can tell it as a late time" in page
    with pytest.raises(VisitCalledOff):
        orders.write_refused_time(
            actor=scene.actor("wang"), at=SENT, kept=OfflineRecord.objects.get(), visit=visit, reason="no_network"
        )  # fmt: skip

    assert send(scene, told(visit), who="qian") == ["written"]
    claims = tell_late_time(
        actor=scene.actor("wang"), at=SENT, occasion=Occasion.objects.get(),
        person=Person.unscoped.get(account=scene.accounts["zhao"]), begins=THEN, ends=LEFT, reason_code="no_network",
    )  # fmt: skip
    assert [(claim.kind, claim.minutes) for claim in claims] == [("late", 60)]


def test_digits_of_a_visit_that_was_called_off_are_not_guessed(scene: Scene) -> None:
    visit = called_off(scene)
    wrong = [told(visit, THEN + timedelta(minutes=number), code="000000") for number in range(5)]
    assert send(scene, *wrong) == ["visit_called_off"] * 5
    assert send(scene, told(visit)) == ["visit_called_off"]
    assert not Mark.objects.exists()


def test_at_the_door_itself_a_visit_that_was_called_off_takes_nothing(scene: Scene) -> None:
    visit = called_off(scene)
    with pytest.raises(NoVisitNow):
        come(scene, visit, HAND, at=SENT)
    assert not Mark.objects.exists()
