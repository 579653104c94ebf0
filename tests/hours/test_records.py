"""Records made of proof, limits of a day, counter-records, and what the database refuses (R-H1, R-Z1, R-Z2)."""

from datetime import date, datetime, timedelta

import pytest
from django.db import connection, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.utils import DatabaseError

from sidan.attendance.enums import Way
from sidan.core.scope import Scope, everything, scoped
from sidan.hours import operations, queries
from sidan.hours.enums import ClaimState, Subject, Tier
from sidan.hours.models import Claim, Entry, Occasion, Standing, Total
from sidan.hours.operations.claiming import NoNoticeNeeded, NoVolunteer
from sidan.hours.operations.correcting import OnlyShorter, TakenBackAlready
from sidan.hours.operations.door import ClaimMovedOn, ServesElsewhere, WordsMissing
from sidan.hours.permissions import (
    NoSuchRecord,
    NotYourOwnHours,
    NotYoursToAgree,
    NotYoursToCorrect,
    NotYoursToTell,
)
from sidan.hours.tasks import end_notices, record_missing
from sidan.notify.models import Notice
from sidan.people.models import Person, Volunteer
from tests.cast import Cast, Someone
from tests.factories import AT
from tests.hours.serving import a_cause, come_and_go, hours, over, served

THE_DAY = date(2026, 11, 20)


def entries(who: Someone) -> list[Entry]:
    return list(Entry.unscoped.filter(person=who.actor.person_id).order_by("id"))


def claims(who: Someone) -> list[Claim]:
    return list(Claim.unscoped.filter(person=who.actor.person_id).order_by("id"))


def told(who: Someone) -> list[str]:
    return list(
        Notice.objects.filter(account=who.actor.account_id).order_by("id").values_list("kind", flat=True)
    )


def total(who: Someone) -> int:
    rows = Total.objects.filter(subject=Subject.PERSON, subject_id=who.actor.person_id)
    return sum(rows.values_list("minutes", flat=True))


def test_what_is_proven_becomes_a_record_with_what_the_law_asks_for(cast: Cast) -> None:
    occasion = served(cast, cast.volunteer, AT, hours(2.5))
    (entry,) = entries(cast.volunteer)
    assert (entry.minutes, entry.day, entry.way, entry.grade) == (150, THE_DAY, "code", "strong")
    assert (entry.during.lower, entry.during.upper) == (AT, AT + hours(2.5))
    assert (entry.occasion, entry.team, entry.place) == (occasion, cast.team, cast.places.chengbei)
    assert (occasion.title, occasion.content, occasion.day, occasion.lead_id) == (
        "上门理发", "义剪", THE_DAY, cast.team.leader_id,
    )  # fmt: skip
    assert told(cast.volunteer) == ["hours_recorded"]


def test_a_time_is_recorded_once_however_often_it_is_asked_for(cast: Cast) -> None:
    occasion = served(cast, cast.volunteer, AT, hours(2))
    assert operations.record_hours(at=AT, cause_ids=[occasion.cause_id]) == 0
    assert len(entries(cast.volunteer)) == 1


def test_what_is_not_over_is_recorded_when_it_is(cast: Cast) -> None:
    cause = a_cause(cast)
    come_and_go(cast, cause, cast.volunteer, AT, AT + hours(1))
    assert entries(cast.volunteer) == []
    over(cast, cause, day=AT + hours(1))
    assert [entry.minutes for entry in entries(cast.volunteer)] == [60]


def test_what_is_proven_after_the_end_is_recorded_then(cast: Cast) -> None:
    cause = a_cause(cast)
    over(cast, cause)
    come_and_go(cast, cause, cast.volunteer, AT, AT + hours(1))
    assert [entry.minutes for entry in entries(cast.volunteer)] == [60]


def test_hours_are_recorded_of_registered_volunteers_and_found_once_they_are(cast: Cast) -> None:
    served(cast, cast.zhou, AT, hours(1))
    assert entries(cast.zhou) == []
    with everything("a test"):
        record_missing.run(at=AT + hours(1))
        assert entries(cast.zhou) == []
        Volunteer.unscoped.create(
            person_id=cast.zhou.actor.person_id, number="T1", place=cast.places.chengbei, registered_on=THE_DAY,
            state="active",
        )  # fmt: skip
    record_missing.run(at=AT + hours(2))
    record_missing.run(at=AT + hours(3))
    assert [entry.minutes for entry in entries(cast.zhou)] == [60]


def test_beyond_eight_hours_of_a_day_the_place_above_agrees(cast: Cast) -> None:
    served(cast, cast.volunteer, AT, hours(5))
    served(cast, cast.volunteer, AT + hours(5), hours(4))
    assert [entry.minutes for entry in entries(cast.volunteer)] == [300, 180]
    (claim,) = claims(cast.volunteer)
    assert (claim.minutes, claim.tier, claim.state) == (60, Tier.PARENT, ClaimState.WAITING)
    assert claim.holder_id == cast.places.changning.pk
    assert "hours_to_agree" in told(cast.director)

    for somebody in (cast.practitioner, cast.mallory, cast.zhou):
        with pytest.raises(NotYoursToAgree):
            operations.agree_to_claim(actor=somebody.actor, at=AT, claim=claim)
    with pytest.raises(NotYourOwnHours):
        operations.agree_to_claim(actor=cast.volunteer.actor, at=AT, claim=claim)
    operations.agree_to_claim(actor=cast.director.actor, at=AT, claim=claim)
    assert total(cast.volunteer) == 540
    assert entries(cast.volunteer)[-1].confirmed_by_id == cast.director.actor.account_id
    stale = Claim.unscoped.get(pk=claim.pk)
    with pytest.raises(ClaimMovedOn):
        operations.agree_to_claim(actor=cast.manager.actor, at=AT, claim=stale)
    assert total(cast.volunteer) == 540


def test_beyond_twelve_hours_the_county_agrees_and_a_refusal_counts_nothing(cast: Cast) -> None:
    served(cast, cast.volunteer, AT, hours(13))
    parent, county = claims(cast.volunteer)
    assert (parent.minutes, county.minutes) == (240, 60)
    assert county.holder_id == cast.places.center.pk
    with pytest.raises(NotYoursToAgree):
        operations.agree_to_claim(actor=cast.director.actor, at=AT, claim=county)
    with pytest.raises(WordsMissing):
        operations.refuse_claim(actor=cast.manager.actor, at=AT, claim=county, words=" ")
    operations.refuse_claim(actor=cast.manager.actor, at=AT, claim=county, words="夜里没有服务")
    assert total(cast.volunteer) == 480
    assert told(cast.volunteer)[-1] == "hours_refused"
    (_told, refused) = queries.claim_history(claim=county)
    assert refused.note.words == "夜里没有服务"


def test_a_time_written_late_goes_before_everybody_and_counts_after_a_week(cast: Cast) -> None:
    written = AT + timedelta(days=5)
    served(cast, cast.volunteer, AT, hours(2), way=Way.HAND, written=written)
    (claim,) = claims(cast.volunteer)
    assert (claim.kind, claim.state, claim.reason_code) == ("late", ClaimState.NOTICED, "forgotten")
    assert claim.confirmed_by_id == cast.practitioner.actor.account_id
    end_notices.run(at=written + timedelta(days=6))
    assert total(cast.volunteer) == 0
    end_notices.run(at=written + timedelta(days=7))
    end_notices.run(at=written + timedelta(days=8))
    assert total(cast.volunteer) == 120
    assert entries(cast.volunteer)[0].claim_id == claim.pk


def test_an_objection_stops_a_late_time_until_somebody_has_looked_into_it(cast: Cast) -> None:
    written = AT + timedelta(days=5)
    served(cast, cast.volunteer, AT, hours(2), way=Way.HAND, written=written)
    (claim,) = claims(cast.volunteer)
    with pytest.raises(NotYourOwnHours):
        operations.object_to_claim(actor=cast.volunteer.actor, at=written, claim=claim, words="不对")
    with pytest.raises(WordsMissing):
        operations.object_to_claim(actor=cast.zhou.actor, at=written, claim=claim, words="")
    operations.object_to_claim(actor=cast.zhou.actor, at=written, claim=claim, words="那天他不在村里")
    end_notices.run(at=written + timedelta(days=30))
    assert total(cast.volunteer) == 0
    assert told(cast.volunteer)[-1] == "hours_disputed"
    operations.dismiss_objection(actor=cast.director.actor, at=written, claim=claim, words="签到表在")
    end_notices.run(at=written + timedelta(days=30))
    assert total(cast.volunteer) == 120


def test_by_hand_on_the_day_counts_at_once(cast: Cast) -> None:
    served(cast, cast.volunteer, AT, hours(2), way=Way.HAND, written=AT + hours(3))
    assert claims(cast.volunteer) == []
    (entry,) = entries(cast.volunteer)
    assert (entry.minutes, entry.confirmed_by_id) == (120, cast.practitioner.actor.account_id)


def test_a_forgotten_volunteer_is_told_late_by_the_leader_and_agreed_to_by_another(cast: Cast) -> None:
    occasion = served(cast, cast.volunteer, AT, hours(2))
    leader = Person.unscoped.get(pk=cast.leader.actor.person_id)
    late = {"begins": AT, "ends": AT + hours(1), "reason_code": "forgotten"}

    def tell(who: Someone, person: Person) -> None:
        operations.tell_late_time(
            actor=who.actor,
            at=AT + hours(9),
            occasion=occasion,
            person=person,
            **late,  # type: ignore[arg-type] # three of their own
        )

    with pytest.raises(NotYoursToTell):
        tell(cast.mallory, leader)
    with pytest.raises(ServesElsewhere):
        tell(cast.practitioner, Person.unscoped.get(pk=cast.volunteer.actor.person_id))
    with pytest.raises(NoVolunteer):
        tell(cast.practitioner, Person.unscoped.get(pk=cast.zhou.actor.person_id))
    tell(cast.practitioner, leader)
    (claim,) = claims(cast.leader)
    assert claim.state == ClaimState.WAITING
    operations.publish_claim(actor=cast.manager.actor, at=AT + hours(9), claim=claim)
    end_notices.run(at=AT + timedelta(days=8))
    assert total(cast.leader) == 60


def test_a_record_is_taken_back_by_a_counter_record_and_the_volunteer_is_told(cast: Cast) -> None:
    served(cast, cast.volunteer, AT, hours(2))
    (entry,) = entries(cast.volunteer)
    for somebody in (cast.mallory, cast.practitioner, cast.leader):
        with pytest.raises(NotYoursToCorrect):
            operations.take_back(actor=somebody.actor, at=AT, entry=entry, reason="not_there", words="没有来")
    with pytest.raises(NotYourOwnHours):
        operations.take_back(
            actor=cast.volunteer.actor, at=AT, entry=entry, reason="not_there", words="没有来"
        )
    operations.take_back(actor=cast.director.actor, at=AT, entry=entry, reason="not_there", words="没有来")
    assert [one.minutes for one in entries(cast.volunteer)] == [120, -120]
    assert (total(cast.volunteer), Standing.objects.count()) == (0, 0)
    assert told(cast.volunteer)[-1] == "hours_taken_back"
    with pytest.raises(TakenBackAlready):
        operations.take_back(actor=cast.director.actor, at=AT, entry=entry, reason="twice", words="再来一次")


def test_times_are_corrected_within_the_record_and_by_two_rows(cast: Cast) -> None:
    served(cast, cast.volunteer, AT, hours(4))
    (entry,) = entries(cast.volunteer)

    def right(begins: float, ends: float) -> Entry:
        return operations.correct_times(
            actor=cast.director.actor, at=AT, entry=entry, begins=AT + hours(begins), ends=AT + hours(ends),
            reason="not_left", words="忘了签退",
        )  # fmt: skip

    for begins, ends in ((0, 5), (-1, 2), (0, 4), (3, 3), (3, 2)):
        with pytest.raises(OnlyShorter):
            right(begins, ends)
    corrected = right(0, 1.5)
    assert [one.minutes for one in entries(cast.volunteer)] == [240, -240, 90]
    assert corrected.follows is not None
    assert corrected.follows.counters_id == entry.pk
    assert (total(cast.volunteer), Standing.objects.get().entry_id) == (90, corrected.pk)
    assert told(cast.volunteer)[-1] == "hours_corrected"


def test_where_the_only_one_who_agrees_told_it_the_place_above_is_asked(cast: Cast) -> None:
    occasion = over(cast, a_cause(cast), day=AT)
    person = Person.unscoped.get(pk=cast.volunteer.actor.person_id)
    operations.tell_late_time(
        actor=cast.director.actor, at=AT + hours(9), occasion=occasion, person=person, begins=AT,
        ends=AT + hours(1), reason_code="forgotten",
    )  # fmt: skip
    assert "hours_to_agree" not in told(cast.director)
    assert "hours_to_agree" in told(cast.manager)


def test_what_was_taken_back_frees_the_time_for_another_record(cast: Cast) -> None:
    served(cast, cast.volunteer, AT, hours(2))
    other = over(cast, a_cause(cast), day=AT)
    person = Person.unscoped.get(pk=cast.volunteer.actor.person_id)
    late = {"begins": AT, "ends": AT + hours(1), "reason_code": "forgotten"}

    def tell() -> None:
        operations.tell_late_time(
            actor=cast.leader.actor,
            at=AT + hours(9),
            occasion=other,
            person=person,
            **late,  # type: ignore[arg-type] # three of their own
        )

    with pytest.raises(ServesElsewhere):
        tell()
    operations.take_back(
        actor=cast.director.actor, at=AT, entry=entries(cast.volunteer)[0], reason="twice", words="记错了"
    )
    tell()
    assert len(claims(cast.volunteer)) == 1


def told_late(cast: Cast, begins: datetime, length: timedelta) -> Occasion:
    """Let the leader tell a time of the volunteer a day later, and the manager put it on public notice then."""
    occasion, person = over(cast, a_cause(cast), day=AT), Person.unscoped.get(pk=cast.volunteer.person.pk)
    (claim,) = operations.tell_late_time(
        actor=cast.leader.actor, at=AT + timedelta(days=1), occasion=occasion, person=person, begins=begins,
        ends=begins + length, reason_code="forgotten",
    )  # fmt: skip
    operations.publish_claim(actor=cast.manager.actor, at=AT + timedelta(days=1), claim=claim)
    return occasion


def test_a_late_time_that_meets_a_record_in_the_end_is_refused_by_itself(cast: Cast) -> None:
    written = AT + timedelta(days=5)
    told_late(cast, AT, hours(2))
    served(cast, cast.volunteer, AT, hours(2), way=Way.HAND, written=written)
    (_earlier, claim) = sorted(claims(cast.volunteer), key=lambda one: one.pk)
    assert (claim.kind, claim.state) == ("late", ClaimState.NOTICED)
    end_notices.run(at=written + timedelta(days=7))
    claim.refresh_from_db()
    assert claim.state == ClaimState.REFUSED
    assert total(cast.volunteer) == 120
    assert told(cast.volunteer)[-1] == "hours_refused"
    page = cast.volunteer.client().get(f"/hours/claims/{claim.uuid}/").content.decode()
    assert "这段时间已有其他记录" in page


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE hours_entry SET minutes = 600",
        "DELETE FROM hours_entry",
        "UPDATE hours_occasion SET title = '别的'",
        "UPDATE hours_total SET minutes = 6000",
        "DELETE FROM hours_total",
        "DELETE FROM hours_standing",
        "INSERT INTO hours_total (subject, subject_id, month, minutes, records) VALUES ('team', 1, '2026-11-01', 9, 1)",
        "UPDATE hours_claim SET state = 'entered'",
        "UPDATE hours_claim SET minutes = minutes + 60, turn = turn + 1",
        "DELETE FROM hours_claimstep",
    ],
)
def test_the_database_refuses_every_other_hand(cast: Cast, statement: str) -> None:
    served(cast, cast.volunteer, AT, hours(9))
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_a_counter_record_that_takes_more_than_its_record_is_refused(cast: Cast) -> None:
    occasion = served(cast, cast.volunteer, AT, hours(2))
    (entry,) = entries(cast.volunteer)
    same = {
        "occasion": occasion, "person_id": entry.person_id, "team_id": entry.team_id, "place_id": entry.place_id,
        "county_id": entry.county_id, "during": entry.during, "day": entry.day, "way": entry.way,
        "grade": entry.grade, "entered_at": AT,
    }  # fmt: skip
    wrong = (
        {"minutes": -121, "counters": entry, "reason": "twice"},
        {"minutes": -120, "counters": entry, "reason": ""},
        {"minutes": 121, "follows": entry},
        {"minutes": -120},
    )
    for change in wrong:
        with pytest.raises(DatabaseError), transaction.atomic():
            Entry.unscoped.create(**same, **change)
    assert total(cast.volunteer) == 120


def test_a_correction_outside_of_its_record_or_of_another_service_is_refused(cast: Cast) -> None:
    served(cast, cast.volunteer, AT, hours(2))
    (entry,) = entries(cast.volunteer)
    other = over(cast, a_cause(cast), day=AT)
    counter = operations.take_back(
        actor=cast.director.actor, at=AT, entry=entry, reason="wrong_time", words="记错了"
    )
    same = {
        "occasion": entry.occasion, "person_id": entry.person_id, "team_id": entry.team_id, "way": entry.way,
        "place_id": entry.place_id, "county_id": entry.county_id, "day": entry.day, "grade": entry.grade,
        "during": DateTimeTZRange(AT, AT + hours(1)), "minutes": 60, "entered_at": AT, "follows": counter,
    }  # fmt: skip
    wrong = (
        {"during": DateTimeTZRange(AT + hours(1), AT + hours(3)), "minutes": 119},
        {"during": entry.during, "minutes": 120},
        {"occasion": other},
        {"day": THE_DAY + timedelta(days=1)},
        {"team_id": None},
    )
    for change in wrong:
        with pytest.raises(DatabaseError, match="within the record"), transaction.atomic():
            Entry.unscoped.create(**same | change)
    Entry.unscoped.create(**same)
    assert total(cast.volunteer) == 60


def test_totals_of_persons_and_teams_by_month_and_year(cast: Cast) -> None:
    served(cast, cast.volunteer, AT, hours(2))
    served(cast, cast.leader, AT, hours(1))
    served(cast, cast.volunteer, AT + timedelta(days=20), hours(3))
    mine = queries.totals_of(subject=Subject.PERSON, ids=[cast.volunteer.actor.person_id or 0], year=2026)
    assert [(one.month, one.minutes, one.records) for one in mine] == [
        (date(2026, 11, 1), 120, 1), (date(2026, 12, 1), 180, 1),
    ]  # fmt: skip
    team = queries.years_of(subject=Subject.TEAM, ids=[cast.team.pk])
    assert [(one.month.year, one.minutes, one.records) for one in team] == [(2026, 360, 3)]


def test_hours_are_seen_by_whose_they_are_and_by_those_who_work_there(cast: Cast) -> None:
    served(cast, cast.volunteer, AT, hours(2))
    (entry,) = entries(cast.volunteer)

    def sees(scope: Scope) -> bool:
        with scoped(scope):
            try:
                return queries.entry_by_uuid(uuid=entry.uuid) == entry
            except NoSuchRecord:
                return False

    assert sees(Scope(person_id=cast.volunteer.actor.person_id))
    assert sees(Scope(whole_county_ids=(cast.places.center.pk,)))
    assert not sees(Scope(person_id=cast.leader.actor.person_id, team_ids=(cast.team.pk,)))
    assert not sees(Scope(whole_county_ids=(cast.places.other_center.pk,)))
    assert not sees(Scope())


def test_a_late_time_is_not_told_over_what_is_proven_for_something_else(cast: Cast) -> None:
    occasion = over(cast, a_cause(cast), day=AT)
    come_and_go(cast, a_cause(cast), cast.volunteer, AT, AT + hours(2))
    person = Person.unscoped.get(pk=cast.volunteer.actor.person_id)
    with pytest.raises(ServesElsewhere):
        operations.tell_late_time(
            actor=cast.leader.actor, at=AT + hours(9), occasion=occasion, person=person, begins=AT + hours(1),
            ends=AT + hours(3), reason_code="forgotten",
        )  # fmt: skip


def test_a_visit_is_over_although_one_of_its_people_is_recorded_elsewhere_at_that_time(cast: Cast) -> None:
    """The time of a late one that counts by now and that of a visit reported after it: somebody looks which it was."""
    cause = a_cause(cast)
    told_late(cast, AT, hours(1))
    end_notices.run(at=AT + timedelta(days=8))
    come_and_go(cast, cause, cast.volunteer, AT, AT + hours(2))
    come_and_go(cast, cause, cast.leader, AT, AT + hours(2))
    over(cast, cause, day=AT + hours(2))
    assert [one.minutes for one in entries(cast.leader)] == [120]
    (_earlier, claim) = sorted(claims(cast.volunteer), key=lambda one: one.pk)
    assert (claim.kind, claim.state, claim.minutes) == ("overlap", ClaimState.WAITING, 120)
    with pytest.raises(NoNoticeNeeded):
        operations.publish_claim(actor=cast.manager.actor, at=AT, claim=claim)
    with pytest.raises(ServesElsewhere):
        operations.agree_to_claim(actor=cast.manager.actor, at=AT, claim=claim)
    first = entries(cast.volunteer)[0]
    operations.take_back(actor=cast.manager.actor, at=AT, entry=first, reason="twice", words="记到别处了")
    operations.agree_to_claim(actor=cast.manager.actor, at=AT, claim=Claim.unscoped.get(pk=claim.pk))
    assert total(cast.volunteer) == 120


def test_who_left_earlier_has_no_later_part_of_a_long_day(cast: Cast) -> None:
    served(cast, cast.volunteer, AT, hours(13))
    parent, county = claims(cast.volunteer)
    operations.agree_to_claim(actor=cast.director.actor, at=AT, claim=parent)
    assert total(cast.volunteer) == 720
    first = entries(cast.volunteer)[0]
    operations.correct_times(
        actor=cast.manager.actor, at=AT, entry=first, begins=AT, ends=AT + hours(2), reason="not_left",
        words="两小时就走了",
    )  # fmt: skip
    assert total(cast.volunteer) == 120
    county.refresh_from_db()
    assert county.state == ClaimState.REFUSED


def test_what_was_recorded_too_short_is_told_late_for_the_same_service(cast: Cast) -> None:
    occasion = served(cast, cast.volunteer, AT, hours(0.5))
    person = Person.unscoped.get(pk=cast.volunteer.actor.person_id)

    def rest() -> Claim:
        return operations.tell_late_time(
            actor=cast.practitioner.actor, at=AT + hours(9), occasion=occasion, person=person,
            begins=AT + hours(0.5), ends=AT + hours(3), reason_code="forgotten",
        )[0]  # fmt: skip

    claim = rest()
    with pytest.raises(ServesElsewhere):
        rest()
    operations.refuse_claim(actor=cast.manager.actor, at=AT, claim=claim, words="再核对")
    again = rest()
    operations.publish_claim(actor=cast.manager.actor, at=AT + hours(9), claim=again)
    end_notices.run(at=AT + timedelta(days=8))
    assert total(cast.volunteer) == 180


def test_what_lies_after_midnight_is_of_the_day_on_which_it_began(cast: Cast) -> None:
    evening = AT + hours(8)  # five o'clock in the afternoon
    served(cast, cast.volunteer, evening, hours(10))
    (claim,) = claims(cast.volunteer)
    assert (claim.minutes, claim.day) == (120, THE_DAY)
