"""What the database asks of a record: a time that is proven, a second person, and the public notice (R-Z2)."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.utils import DatabaseError

from sidan.attendance.enums import Direction, Grade, Way
from sidan.attendance.models import Confirmation, Mark
from sidan.attendance.operations import derive_intervals
from sidan.hours import operations
from sidan.hours.enums import ClaimState
from sidan.hours.models import Claim, ClaimStep, Entry, Occasion
from sidan.hours.permissions import NotYourOwnHours
from sidan.hours.tasks import end_notices
from tests.cast import Cast, Someone
from tests.factories import AT
from tests.hours.serving import a_cause, come_and_go, hours, over, served
from tests.hours.test_records import THE_DAY, claims, entries, told_late

pytestmark = pytest.mark.django_db


def a_record(cast: Cast, occasion: Occasion, who: Someone, **changes: Any) -> Entry:
    told = {
        "occasion": occasion, "person_id": who.person.pk, "team": cast.team, "place": cast.places.chengbei,
        "county_id": cast.places.center.pk, "during": DateTimeTZRange(AT, AT + hours(1)), "day": THE_DAY,
        "minutes": 60, "way": "code", "grade": "strong", "entered_at": AT + hours(9),
    }  # fmt: skip
    with transaction.atomic():
        return Entry.unscoped.create(**told | changes)


def test_without_a_proven_time_there_is_no_record(cast: Cast) -> None:
    occasion = over(cast, a_cause(cast), day=AT)
    with pytest.raises(DatabaseError, match="within a time that is proven"):
        a_record(cast, occasion, cast.volunteer)


def test_a_record_is_no_longer_than_what_is_proven_nor_of_somebody_else(cast: Cast) -> None:
    cause = a_cause(cast)
    occasion = over(cast, cause, day=AT)
    come_and_go(cast, cause, cast.zhou, AT, AT + hours(1))
    longer = {"during": DateTimeTZRange(AT, AT + hours(2)), "minutes": 120}
    for who, wrong in ((cast.zhou, longer), (cast.zhou, {"minutes": 61}), (cast.volunteer, {})):
        with pytest.raises(DatabaseError):
            a_record(cast, occasion, who, **wrong)
    assert a_record(cast, occasion, cast.zhou).minutes == 60


def test_a_time_that_nobody_confirmed_makes_no_record(cast: Cast) -> None:
    cause = a_cause(cast)
    for direction, moment in ((Direction.IN, AT), (Direction.OUT, AT + hours(1))):
        Mark.objects.create(
            cause=cause, person_id=cast.volunteer.person.pk, direction=direction, at=moment, recorded_at=moment,
            recorded_by_id=cast.leader.actor.account_id, way=Way.HAND, grade=Grade.WEAK, reason_code="forgotten",
            place_id=cause.place_id, county_id=cause.county_id,
        )  # fmt: skip
    occasion = over(cast, cause, day=AT)
    with pytest.raises(DatabaseError, match="within a time that is proven"):
        a_record(cast, occasion, cast.volunteer, way="hand", grade="weak")
    own = [cast.volunteer.actor.account_id, cast.leader.actor.account_id]
    for mark in Mark.objects.filter(cause=cause):
        for said_by in own:
            with pytest.raises(DatabaseError, match="second person"), transaction.atomic():
                Confirmation.objects.create(mark=mark, is_right=True, said_by_id=said_by, said_at=AT)


def test_nobody_stands_as_the_second_person_of_their_own_record(cast: Cast) -> None:
    cause = a_cause(cast)
    occasion = over(cast, cause, day=AT)
    come_and_go(cast, cause, cast.zhou, AT, AT + hours(1))
    with pytest.raises(DatabaseError, match="their own hours"):
        a_record(cast, occasion, cast.zhou, confirmed_by_id=cast.zhou.actor.account_id)


def test_a_late_time_makes_no_record_before_its_notice_is_over(cast: Cast) -> None:
    told_late(cast, AT, hours(1))
    (claim,) = claims(cast.volunteer)
    Claim.unscoped.filter(pk=claim.pk).update(state=ClaimState.ENTERED, turn=claim.turn + 1)
    same = {"claim": claim, "way": "hand", "grade": "weak", "confirmed_by_id": cast.manager.actor.account_id}
    assert claim.public_until is not None
    early = {"entered_at": claim.public_until - timedelta(seconds=1)}
    with pytest.raises(DatabaseError, match="public notice is over"):
        a_record(cast, claim.occasion, cast.volunteer, **same | early)
    told_by_themselves = {"confirmed_by_id": cast.leader.actor.account_id, "entered_at": claim.public_until}
    with pytest.raises(DatabaseError, match="second person"):
        a_record(cast, claim.occasion, cast.volunteer, **same | told_by_themselves)
    shorter = {"minutes": 59, "entered_at": claim.public_until}
    with pytest.raises(DatabaseError, match="its claim"):
        a_record(cast, claim.occasion, cast.volunteer, **same | shorter)
    assert a_record(cast, claim.occasion, cast.volunteer, **same | {"entered_at": claim.public_until})


def test_a_late_time_that_meets_another_record_goes_on_public_notice_all_the_same(cast: Cast) -> None:
    """Agreed to as a mere overlap, it would have counted at once."""
    written = AT + timedelta(days=9)
    told_late(cast, AT, hours(1))
    end_notices.run(at=AT + timedelta(days=8))
    (earlier,) = entries(cast.volunteer)
    served(cast, cast.volunteer, AT, hours(2), way=Way.HAND, written=written)
    claim = claims(cast.volunteer)[-1]
    assert (claim.kind, claim.state, claim.public_until) == ("late", ClaimState.WAITING, None)
    operations.take_back(actor=cast.director.actor, at=written, entry=earlier, reason="twice", words="记重了")
    claim = operations.publish_claim(actor=cast.manager.actor, at=written, claim=claim)
    end_notices.run(at=written + timedelta(days=6))
    assert [one.minutes for one in entries(cast.volunteer)] == [60, -60]
    end_notices.run(at=written + timedelta(days=7))
    assert [one.minutes for one in entries(cast.volunteer)] == [60, -60, 120]


def test_nobody_agrees_to_their_own_long_day(cast: Cast) -> None:
    served(cast, cast.volunteer, AT, hours(11))
    (claim,) = claims(cast.volunteer)
    with pytest.raises(NotYourOwnHours):
        operations.agree_to_claim(actor=cast.volunteer.actor, at=AT + hours(12), claim=claim)
    for account_id in (cast.volunteer.actor.account_id, claim.told_by):
        for verb in ("agree", "publish", "dismiss"):
            with pytest.raises(DatabaseError, match="served or told themselves"), transaction.atomic():
                ClaimStep.objects.create(
                    claim=claim, turn=9, verb=verb, from_state="waiting", to_state="entered", actor_id=account_id,
                    at=AT,
                )  # fmt: skip
    operations.agree_to_claim(actor=cast.director.actor, at=AT + hours(12), claim=claim)
    assert sum(one.minutes for one in entries(cast.volunteer)) == 11 * 60


def test_a_time_after_a_break_is_not_taken_back_with_the_morning(cast: Cast) -> None:
    cause = a_cause(cast)
    come_and_go(cast, cause, cast.volunteer, AT, AT + hours(10))
    for direction, moment in ((Direction.IN, AT + hours(11)), (Direction.OUT, AT + hours(12))):
        Mark.objects.create(
            cause=cause, person_id=cast.volunteer.person.pk, direction=direction, at=moment, recorded_at=moment,
            recorded_by_id=cast.leader.actor.account_id, way=Way.CODE, grade=Grade.STRONG, nth=2,
            place_id=cause.place_id, county_id=cause.county_id,
        )  # fmt: skip
    derive_intervals(cause_ids=[cause.pk], at=AT + hours(12))
    over(cast, cause, day=AT + hours(12))
    (entry,) = entries(cast.volunteer)
    assert [one.minutes for one in claims(cast.volunteer)] == [120, 60]
    operations.take_back(
        actor=cast.director.actor, at=AT + hours(13), entry=entry, reason="not_there", words="上午没来"
    )
    states = [one.state for one in claims(cast.volunteer)]
    assert states == [ClaimState.REFUSED, ClaimState.WAITING]
