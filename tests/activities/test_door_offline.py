"""The door of an activity without network: what telephones of staff and of who comes kept, sent later."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from sidan.activities import operations, queries
from sidan.activities.models import Activity
from sidan.attendance.enums import Direction
from sidan.attendance.models import Mark, OfflineRecord
from sidan.attendance.operations import MOST_RECORDS
from sidan.attendance.policies.door import MOST_WRONG_TOLD
from sidan.attendance.queries import own_code
from sidan.hours.models import Entry
from sidan.people.models import Account
from tests.activities.test_activities import at
from tests.activities.test_door import by_code, by_scan, end, fresh, helping
from tests.at_once import all_at_once
from tests.cast import Cast, Someone

URL = "/api/v1/activities/offline"
THEN = at(9)
BACK = at(10, minute=50)


@pytest.fixture(autouse=True)
def _at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sidan.activities.api.inbox.now", lambda: BACK)


def ms(moment: datetime) -> int:
    return round(moment.timestamp() * 1000)


def record(activity: Activity, moment: datetime, **changes: Any) -> dict[str, Any]:
    """A record of a telephone with a right clock that nobody moved, with all that `visit/send.js` puts into it."""
    return {
        "id": str(uuid4()), "activity": str(activity.uuid), "direction": "in", "device_ms": ms(moment), "offset_ms": 0,
        "elapsed_ms": ms(BACK) - ms(moment), "text": "", "reading": None, **changes,
    }  # fmt: skip


def scanned(whose: Someone, activity: Activity, moment: datetime = THEN, **changes: Any) -> dict[str, Any]:
    text = str(own_code(person_id=whose.person.pk, at=moment).code)
    return record(activity, moment, way="scan", text=text, **changes)


def typed(activity: Activity, moment: datetime = THEN, **changes: Any) -> dict[str, Any]:
    return record(
        activity, moment, way="code", code=queries.spot_code(activity=activity, at=moment), **changes
    )


def send(who: Someone, *records: dict[str, Any], client: Client | None = None) -> list[dict[str, Any]]:
    account = str(Account.objects.get(pk=who.actor.account_id).uuid)
    body = {"account": account, "sent_ms": ms(BACK), "records": records}
    answer = (client or who.client()).post(f"{URL}/inbox", body, content_type="application/json")
    assert answer.status_code == 200, answer.content
    told = answer.json()
    assert told["failed"] == []
    found: list[dict[str, Any]] = told["results"]
    return found


def outcomes(who: Someone, *records: dict[str, Any]) -> list[str]:
    return [one["outcome"] for one in send(who, *records)]


@pytest.mark.django_db
def test_codes_read_without_network_count_from_when_they_were_read(cast: Cast) -> None:
    activity = helping(cast)
    left = at(10, minute=30)
    sent = (scanned(cast.volunteer, activity), scanned(cast.volunteer, activity, left, direction="out"))
    assert outcomes(cast.practitioner, *sent, scanned(cast.zhou, activity)) == ["written"] * 3
    marks = Mark.objects.filter(person=cast.volunteer.person).order_by("at")
    assert [(mark.at, mark.way, mark.grade) for mark in marks] == [
        (THEN, "scan", "strong"),
        (left, "scan", "strong"),
    ]
    assert {mark.recorded_by_id for mark in marks} == {cast.practitioner.actor.account_id}
    kept = OfflineRecord.objects.filter(person=cast.volunteer.person).first()
    assert kept is not None
    assert kept.sent_by_id == cast.practitioner.actor.account_id
    end(activity)
    assert Entry.unscoped.get().minutes == 90


@pytest.mark.django_db
def test_hours_are_made_although_the_codes_arrive_after_the_end(cast: Cast, monkeypatch: Any) -> None:
    activity = helping(cast)
    end(activity)
    monkeypatch.setattr("sidan.activities.api.inbox.now", lambda: at(15, minute=10))
    sent = (
        scanned(cast.volunteer, activity, elapsed_ms=ms(at(15, minute=10)) - ms(THEN)),
        scanned(
            cast.volunteer, activity, at(10), direction="out", elapsed_ms=ms(at(15, minute=10)) - ms(at(10))
        ),
    )
    account = str(Account.objects.get(pk=cast.practitioner.actor.account_id).uuid)
    body = {"account": account, "sent_ms": ms(at(15, minute=10)), "records": sent}
    told = cast.practitioner.client().post(f"{URL}/inbox", body, content_type="application/json").json()
    assert [one["outcome"] for one in told["results"]] == ["written", "written"]
    assert Entry.unscoped.get().minutes == 60


@pytest.mark.django_db
def test_sent_twice_it_is_one_and_answered_alike(cast: Cast) -> None:
    activity = helping(cast)
    one = scanned(cast.zhou, activity)
    assert send(cast.practitioner, one) == send(cast.practitioner, one)
    assert (Mark.objects.count(), OfflineRecord.objects.count()) == (1, 1)


@pytest.mark.django_db
def test_two_telephones_that_read_the_same_person_write_one_coming(cast: Cast) -> None:
    activity = helping(cast)
    assert outcomes(cast.practitioner, scanned(cast.zhou, activity)) == ["written"]
    later = scanned(cast.zhou, activity, THEN + timedelta(minutes=2))
    assert outcomes(cast.director, later) == ["already_marked"]
    assert Mark.objects.get().at == THEN
    assert not queries.not_written_at(activity=activity).exists(), "nothing is missing there"
    # However often the coming was read, the going is as good as ever.
    again = [scanned(cast.zhou, activity, THEN + timedelta(minutes=nth)) for nth in range(3, 9)]
    assert set(outcomes(cast.practitioner, *again)) == {"already_marked"}
    outcomes(cast.practitioner, scanned(cast.zhou, activity, at(10), direction="out"))
    assert Mark.objects.get(direction="out").grade == "strong"


@pytest.mark.django_db(transaction=True)
def test_the_same_reading_sent_by_two_at_one_moment_is_one(cast: Cast) -> None:
    activity = helping(cast)
    one = scanned(cast.zhou, activity)
    told: list[str] = []
    all_at_once(*[lambda: told.extend(outcomes(cast.practitioner, one))] * 4)
    assert told == ["written"] * 4
    assert (Mark.objects.count(), OfflineRecord.objects.count()) == (1, 1)


@pytest.mark.django_db
def test_digits_that_were_not_fresh_are_as_weak_as_a_word(cast: Cast) -> None:
    activity = helping(cast)
    stale = str(own_code(person_id=cast.volunteer.person.pk, at=THEN - timedelta(hours=1)).code)
    told = send(cast.practitioner, scanned(cast.volunteer, activity) | {"text": stale})[0]
    assert told["outcome"] == "written"
    assert cast.volunteer.person.name not in told["sentence"]
    assert Mark.objects.get().grade == "weak"
    assert [one.name for one in queries.times_to_confirm(activity=activity)] == [cast.volunteer.person.name]


@pytest.mark.django_db
def test_the_digits_of_somebody_cannot_be_guessed_afterwards(cast: Cast) -> None:
    activity = helping(cast)
    right = scanned(cast.volunteer, activity)
    wrong = [
        scanned(cast.volunteer, activity) | {"text": right["text"][:-6] + f"{nth:06d}"} for nth in range(5)
    ]
    assert len(wrong) == MOST_WRONG_TOLD
    send(cast.practitioner, *wrong, right)
    assert [mark.grade for mark in Mark.objects.all()] == ["weak"]


@pytest.mark.django_db
def test_records_of_one_person_have_an_end(cast: Cast) -> None:
    activity = helping(cast)
    send(cast.practitioner, *(scanned(cast.zhou, activity) for _nth in range(MOST_RECORDS)))
    assert outcomes(cast.practitioner, scanned(cast.zhou, activity)) == ["too_many_records"]


@pytest.mark.django_db
def test_a_scan_of_nothing_is_kept_by_nobody(cast: Cast) -> None:
    activity = helping(cast)
    assert outcomes(cast.practitioner, record(activity, THEN, way="scan", code="")) == ["record_unreadable"]


@pytest.mark.django_db
def test_ones_own_coming_by_the_digits_of_the_door_is_taken_in(cast: Cast) -> None:
    activity = helping(cast)
    assert outcomes(cast.zhou, typed(activity)) == ["written"]
    assert (Mark.objects.get().at, Mark.objects.get().way) == (THEN, "code")


@pytest.mark.django_db
def test_wrong_digits_of_a_guest_are_kept_with_the_reason_and_shown(cast: Cast) -> None:
    activity = helping(cast)
    assert outcomes(cast.zhou, typed(activity) | {"code": "000000"}) == ["wrong_code"]
    kept = OfflineRecord.objects.get()
    assert (kept.mark, kept.person) == (None, cast.zhou.person)
    here = cast.zhou.client().get(reverse("activities:here", args=[activity.uuid])).content.decode()
    assert "门口当时显示的" in here
    desk = cast.practitioner.client()
    checking = reverse("activities:checking", args=[activity.uuid])
    page = desk.get(checking).content.decode()
    assert f"told={kept.uuid}" in page
    hand = reverse("activities:hand", args=[activity.uuid, cast.zhou.person.uuid])
    form = desk.get(hand, {"told": str(kept.uuid)}).content.decode()
    assert "2026-07-09T09:00" in form or 'T09:00"' in form
    operations.mark_by_hand(
        actor=cast.practitioner.actor, at=BACK, activity=fresh(activity), person=cast.zhou.person,
        reason="no_network", when=THEN,
    )  # fmt: skip
    assert f"told={kept.uuid}" not in desk.get(checking).content.decode()


@pytest.mark.django_db
def test_who_runs_the_place_comes_as_with_network(cast: Cast) -> None:
    activity = helping(cast)
    assert outcomes(cast.practitioner, typed(activity)) == ["written"]
    assert Mark.objects.get().grade == "weak", "they can read the digits anywhere"


@pytest.mark.django_db
def test_wrong_digits_of_a_helper_wait_for_a_second_person(cast: Cast) -> None:
    activity = helping(cast)
    assert outcomes(cast.volunteer, typed(activity) | {"code": "000000"}) == ["written"]
    assert Mark.objects.get().grade == "weak"


@pytest.mark.django_db
def test_what_lies_outside_the_hours_of_the_door_is_kept_and_not_written(cast: Cast) -> None:
    activity = helping(cast)
    assert outcomes(cast.practitioner, scanned(cast.zhou, activity, at(6))) == ["door_shut"]
    assert queries.not_written_at(activity=activity).get().person == cast.zhou.person


@pytest.mark.django_db
def test_who_was_written_down_as_absent_is_not_written_over(cast: Cast) -> None:
    activity = helping(cast)
    end(activity)
    enrolment = queries.standing_at(activity=activity, person_id=cast.volunteer.person.pk)
    assert enrolment is not None
    operations.miss_enrolment(actor=cast.practitioner.actor, at=at(11), enrolment=enrolment, words="没来")
    assert outcomes(cast.practitioner, scanned(cast.volunteer, activity)) == ["said_absent"]
    assert not Mark.objects.exists()


@pytest.mark.django_db
def test_who_had_come_to_help_before_it_was_called_off_has_given_the_time(cast: Cast) -> None:
    activity = helping(cast)
    operations.cancel_activity(actor=cast.director.actor, at=at(10), activity=activity, words="停电")
    came = scanned(cast.volunteer, activity)
    left = scanned(cast.volunteer, activity, at(10, minute=5), direction="out")
    late = scanned(cast.zhou, activity, at(10, minute=6))
    assert outcomes(cast.practitioner, came, left, late) == ["written", "written", "door_shut"]
    assert Entry.unscoped.get().minutes == 65


@pytest.mark.django_db
def test_who_does_not_run_the_place_reads_nobodys_code(cast: Cast) -> None:
    activity = helping(cast)
    assert outcomes(cast.volunteer, scanned(cast.zhou, activity)) == ["not_your_activities"]
    assert outcomes(cast.practitioner, scanned(cast.practitioner, activity)) == ["own_code_read_by_another"]
    assert not Mark.objects.exists()
    assert OfflineRecord.objects.count() == 1, "of the second it is kept why"


@pytest.mark.django_db
def test_what_cannot_be_read_stops_nothing_that_is_sent_with_it(cast: Cast) -> None:
    activity = helping(cast)
    broken = scanned(cast.zhou, activity) | {"way": "magic"}
    nobody = scanned(cast.zhou, activity) | {"text": "P" + "0" * 38}
    elsewhere = scanned(cast.zhou, activity) | {"activity": str(uuid4())}
    told = outcomes(cast.practitioner, broken, nobody, elsewhere, scanned(cast.zhou, activity))
    assert sorted(told) == ["not_found", "record_unreadable", "written", "wrong_code"]


@pytest.mark.django_db
def test_records_of_another_account_and_names_of_others_are_not_taken(cast: Cast) -> None:
    activity = helping(cast)
    one = scanned(cast.zhou, activity)
    account = str(Account.objects.get(pk=cast.practitioner.actor.account_id).uuid)
    body = {"account": account, "sent_ms": ms(BACK), "records": [one]}
    answer = cast.director.client().post(f"{URL}/inbox", body, content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (409, "records_of_another_account")
    send(cast.practitioner, one)
    assert outcomes(cast.director, one) == ["record_of_another"]


@pytest.mark.django_db
def test_a_telephone_keeps_what_is_on_and_names_nobody(cast: Cast) -> None:
    activity = helping(cast)
    told = cast.practitioner.client().get(URL).json()
    assert [(one["activity"], one["runs"]) for one in told["doors"]] == [(str(activity.uuid), True)]
    assert told["now_ms"] == ms(BACK)
    mine = cast.zhou.client().get(URL)
    assert [one["runs"] for one in mine.json()["doors"]] == [False]
    assert cast.zhou.person.name not in mine.content.decode()
    assert cast.mallory.client().get(URL).json()["doors"] == []
    assert Client().get(URL).status_code == 401


@pytest.mark.django_db
def test_what_was_told_is_never_changed_nor_does_it_hold_digits(cast: Cast) -> None:
    activity = helping(cast)
    one = scanned(cast.zhou, activity)
    send(cast.practitioner, one)
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(row::text, ' ') FROM attendance_offlinerecord AS row")
        assert one["text"][-6:] not in cursor.fetchone()[0]


@pytest.mark.django_db
def test_online_and_later_are_one_coming_whichever_is_first(cast: Cast) -> None:
    activity = helping(cast)
    by_scan(cast.practitioner, cast.zhou, activity, THEN)
    assert outcomes(cast.practitioner, scanned(cast.zhou, activity)) == ["already_marked"]
    assert outcomes(cast.practitioner, scanned(cast.volunteer, activity)) == ["written"]
    assert not by_code(cast.volunteer, activity, THEN + timedelta(minutes=1)).is_new
    assert by_code(cast.volunteer, activity, at(10), Direction.OUT).is_new


@pytest.mark.django_db
def test_the_pages_that_telephones_keep_are_the_same_for_everybody(cast: Cast) -> None:
    activity = helping(cast)
    for name in ("offline", "desk_offline"):
        page = cast.practitioner.client().get(reverse(f"activities:{name}")).content.decode()
        assert activity.title not in page
        assert cast.practitioner.person.name not in page
    for name in ("offline_worker", "desk_worker"):
        assert (
            Client().get(reverse(f"activities:{name}")).headers["Content-Type"].startswith("text/javascript")
        )
