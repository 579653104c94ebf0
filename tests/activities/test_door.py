"""The door of an activity: who comes and goes, how it is known, and what becomes hours when it is over."""

from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction
from django.db.utils import DatabaseError

from sidan.activities import operations, queries
from sidan.activities.models import Activity, Enrolment, Gathering, HeadCount
from sidan.activities.operations import Came, PostPlan
from sidan.activities.operations.checking import DoorShut, SaidAbsent
from sidan.activities.operations.counting import CorrectedAlready, CountedLater
from sidan.activities.operations.leaving import WasThere
from sidan.activities.permissions import NotYourActivities
from sidan.activities.policies import is_door_open
from sidan.activities.queries.checking import marks_at
from sidan.attendance.enums import Direction
from sidan.attendance.models import Interval, Mark
from sidan.attendance.operations import (
    CodeUsed,
    HandNeedsReason,
    NotCheckedIn,
    NotTheSame,
    ReadByAnother,
    WrongCode,
)
from sidan.attendance.policies.own_code import OwnCode, read_own_code
from sidan.attendance.queries import own_code
from sidan.core.errors import NotFound
from sidan.hours.models import Claim, Entry, Occasion
from tests.activities.test_activities import announced, at, span
from tests.activities.test_enrolment import HELP, SEATS, post_of
from tests.at_once import all_at_once
from tests.cast import Cast, Someone
from tests.factories import AT, make_account, make_volunteer

OUT = Direction.OUT
LATER = timedelta(minutes=3)


def helping(cast: Cast, plan: PostPlan = HELP) -> Activity:
    """From nine to eleven: the volunteer has a place to help, the resident one to listen; it has begun."""
    activity = announced(cast)
    operations.enrol(actor=cast.volunteer.actor, at=AT, post=post_of(cast, activity, plan))
    operations.enrol(actor=cast.zhou.actor, at=AT, post=post_of(cast, activity, SEATS))
    operations.advance_activity(at=at(9), activity_id=activity.pk)
    return fresh(activity)


def register(cast: Cast, who: Someone) -> None:
    make_volunteer(who.person.name, at_place=cast.places.chengbei, phone=who.phone)


def fresh(activity: Activity) -> Activity:
    return Activity.unscoped.select_related("place", "lead").get(pk=activity.pk)


def by_code(who: Someone, activity: Activity, moment: datetime, direction: Direction = Direction.IN) -> Came:
    code = queries.spot_code(activity=activity, at=moment)
    return operations.check_self(
        actor=who.actor, at=moment, activity=activity, code=code, direction=direction
    )


def by_scan(
    reader: Someone, whose: Someone, activity: Activity, moment: datetime, direction: Direction = Direction.IN
) -> Came:
    text = str(own_code(person_id=whose.person.pk, at=moment).code)
    return operations.scan(actor=reader.actor, at=moment, activity=activity, text=text, direction=direction)


def end(activity: Activity, moment: datetime | None = None) -> None:
    operations.advance_activity(at=moment or at(11), activity_id=activity.pk)


@pytest.mark.django_db
def test_who_helps_has_hours_when_it_is_over_and_a_guest_has_none(cast: Cast) -> None:
    activity = helping(cast)
    came = by_code(cast.volunteer, activity, at(9))
    guest = by_code(cast.zhou, activity, at(9))
    assert (came.helps, guest.helps) == (True, False)
    assert came.mark.grade == "strong"
    by_code(cast.volunteer, activity, at(10, minute=30), OUT)
    by_code(cast.zhou, activity, at(10, minute=30), OUT)
    assert not Entry.unscoped.exists()
    end(activity)
    entry = Entry.unscoped.get()
    assert (entry.person, entry.minutes, entry.way) == (cast.volunteer.person, 90, "code")
    occasion = Occasion.objects.get()
    assert (occasion.title, occasion.content, occasion.content_en) == ("反诈宣讲", "宣讲", "Lecture")
    assert (occasion.ended_at, occasion.lead) == (at(11), activity.lead)


@pytest.mark.django_db
def test_a_volunteer_who_comes_to_listen_has_no_hours(cast: Cast) -> None:
    activity = announced(cast)
    operations.enrol(actor=cast.volunteer.actor, at=AT, post=post_of(cast, activity, SEATS))
    post_of(cast, activity, HELP)
    operations.advance_activity(at=at(9), activity_id=activity.pk)
    by_code(cast.volunteer, fresh(activity), at(9))
    by_code(cast.volunteer, fresh(activity), at(10), OUT)
    end(activity)
    assert not Entry.unscoped.exists()
    assert Interval.objects.count() == 1


@pytest.mark.django_db
def test_a_guest_who_is_asked_to_help_comes_once_more_as_a_helper(cast: Cast) -> None:
    activity = announced(cast)
    post = post_of(cast, activity, HELP)
    operations.advance_activity(at=at(9), activity_id=activity.pk)
    activity = fresh(activity)
    assert not by_code(cast.volunteer, activity, at(9)).helps
    operations.enrol_for(
        actor=cast.practitioner.actor, at=at(9, minute=30), post=post, person=cast.volunteer.person
    )
    times = queries.own_times(activity=activity, person_id=cast.volunteer.person.pk)
    assert times.came_at is None
    assert by_code(cast.volunteer, activity, at(9, minute=30)).helps
    assert by_code(cast.volunteer, activity, at(11), OUT).helps
    end(activity)
    assert Entry.unscoped.get().minutes == 90


@pytest.mark.django_db
def test_who_goes_after_the_end_has_hours_too(cast: Cast) -> None:
    activity = helping(cast)
    by_code(cast.volunteer, activity, at(9))
    end(activity)
    assert not Entry.unscoped.exists()
    by_code(cast.volunteer, activity, at(11, minute=20), OUT)
    assert Entry.unscoped.get().minutes == 140


@pytest.mark.django_db
def test_the_code_of_the_door_changes_every_half_minute_and_proves_once(cast: Cast) -> None:
    activity, moment = helping(cast), at(9)
    shown = queries.spot_code(activity=activity, at=moment)
    assert queries.spot_code(activity=activity, at=moment + timedelta(seconds=29)) == shown
    assert queries.spot_code(activity=activity, at=moment + timedelta(seconds=30)) != shown
    check = partial(operations.check_self, actor=cast.volunteer.actor, activity=activity, code=shown)
    with pytest.raises(WrongCode):
        check(at=moment + timedelta(seconds=90))
    check(at=moment + timedelta(seconds=60))
    with pytest.raises(CodeUsed):
        check(at=moment + timedelta(seconds=61), direction=OUT)


@pytest.mark.django_db
def test_done_twice_it_is_the_same_mark(cast: Cast) -> None:
    activity = helping(cast)
    first = by_scan(cast.practitioner, cast.zhou, activity, at(9))
    again = by_code(cast.zhou, activity, at(9) + LATER)
    assert (first.is_new, again.is_new) == (True, False)
    assert again.mark.pk == first.mark.pk
    assert Mark.objects.count() == 1


@pytest.mark.django_db
def test_who_runs_the_place_proves_nothing_of_themselves_by_its_digits(cast: Cast) -> None:
    register(cast, cast.practitioner)
    activity = announced(cast)
    operations.enrol(actor=cast.practitioner.actor, at=AT, post=post_of(cast, activity, HELP))
    operations.advance_activity(at=at(9), activity_id=activity.pk)
    activity = fresh(activity)
    for moment, direction in ((at(9), Direction.IN), (at(11), OUT)):
        came = by_code(cast.practitioner, activity, moment, direction)
        assert came.mark.grade == "weak"
    end(activity)
    assert not Entry.unscoped.exists()
    for row in queries.times_to_confirm(activity=activity):
        written = Mark.objects.get(uuid=row.uuid)
        with pytest.raises(NotTheSame):
            operations.judge_mark(
                actor=cast.practitioner.actor, at=at(12), activity=activity, written=written, is_right=True
            )
        operations.judge_mark(
            actor=cast.manager.actor, at=at(12), activity=activity, written=written, is_right=True
        )
    assert Entry.unscoped.get().minutes == 120


@pytest.mark.django_db
def test_staff_read_the_code_of_others_and_never_their_own(cast: Cast) -> None:
    activity = helping(cast)
    came = by_scan(cast.practitioner, cast.volunteer, activity, at(9))
    assert (came.mark.way, came.mark.grade, came.helps) == ("scan", "strong", True)
    with pytest.raises(ReadByAnother):
        by_scan(cast.practitioner, cast.practitioner, activity, at(9))
    with pytest.raises(NotYourActivities):
        by_scan(cast.leader, cast.volunteer, activity, at(9))
    old = str(own_code(person_id=cast.zhou.person.pk, at=at(9)).code)
    for text in (old, "P123", "", str(OwnCode(activity.uuid, "123456"))):
        with pytest.raises(WrongCode):
            operations.scan(actor=cast.practitioner.actor, at=at(9) + LATER, activity=activity, text=text)


def test_an_own_code_is_read_as_it_was_written() -> None:
    code = OwnCode(UUID(int=7), "012345")
    assert read_own_code(f" {str(code).lower()}\n") == code
    assert read_own_code(str(code)[:-1]) is None


@pytest.mark.django_db
def test_a_time_by_hand_waits_for_a_second_person(cast: Cast) -> None:
    activity = helping(cast)
    write = partial(
        operations.mark_by_hand, actor=cast.practitioner.actor, at=at(11), activity=activity,
        person=cast.volunteer.person,
    )  # fmt: skip
    with pytest.raises(HandNeedsReason):
        write(reason="", when=at(9))
    with pytest.raises(NotCheckedIn):
        write(reason="no_phone", direction=OUT)
    for when, direction in ((at(9), Direction.IN), (at(11), OUT)):
        assert write(reason="no_phone", when=when, direction=direction).mark.grade == "weak"
    end(activity)
    waiting = queries.times_to_confirm(activity=activity)
    assert len(waiting) == 2
    for row in waiting:
        operations.judge_mark(
            actor=cast.manager.actor, at=at(12), activity=activity, written=Mark.objects.get(uuid=row.uuid),
            is_right=True,
        )  # fmt: skip
    assert Entry.unscoped.get().way == "hand"
    assert not Claim.unscoped.exists()


@pytest.mark.django_db
def test_what_is_written_days_later_goes_on_public_notice(cast: Cast) -> None:
    activity = helping(cast)
    end(activity)
    for when, direction in ((at(9), Direction.IN), (at(11), OUT)):
        came = operations.mark_by_hand(
            actor=cast.practitioner.actor, at=at(11) + timedelta(days=5), activity=activity,
            person=cast.volunteer.person, reason="forgotten", direction=direction, when=when,
        )  # fmt: skip
        operations.judge_mark(
            actor=cast.manager.actor, at=at(12) + timedelta(days=5), activity=activity, written=came.mark,
            is_right=True,
        )  # fmt: skip
    assert not Entry.unscoped.exists()
    assert Claim.unscoped.get().state == "noticed"


@pytest.mark.django_db
def test_a_time_of_something_else_is_not_judged_here(cast: Cast) -> None:
    activity, other = helping(cast), announced(cast, title="另一场", span=span(14))
    came = by_code(cast.volunteer, activity, at(9))
    with pytest.raises(NotFound):
        operations.judge_mark(
            actor=cast.manager.actor, at=at(9), activity=other, written=came.mark, is_right=False
        )


@pytest.mark.django_db
def test_the_door_opens_two_hours_before_and_shuts_four_after(cast: Cast) -> None:
    activity = announced(cast)
    for moment in (at(6, minute=59), at(15, minute=1)):
        with pytest.raises(DoorShut):
            by_code(cast.zhou, activity, moment)
    assert by_code(cast.zhou, activity, at(7)).is_new
    operations.advance_activity(at=at(11), activity_id=activity.pk)
    operations.file_activity(actor=cast.practitioner.actor, at=at(12), activity=fresh(activity))
    with pytest.raises(DoorShut):
        by_code(cast.zhou, fresh(activity), at(12), OUT)


@pytest.mark.parametrize(
    ("state", "comes", "goes"),
    [
        ("draft", False, False), ("announced", False, False), ("open", True, True), ("running", True, True),
        ("ended", True, True), ("cancelled", False, True), ("filed", False, False),
    ],
)  # fmt: skip
def test_in_which_states_one_comes_and_goes(state: str, comes: bool, goes: bool) -> None:
    told = {way: is_door_open(state=state, direction=way, span=span(), at=at(9)) for way in ("in", "out")}
    assert told == {"in": comes, "out": goes}


@pytest.mark.django_db
def test_of_what_is_called_off_while_it_goes_on_the_time_counts(cast: Cast) -> None:
    activity = helping(cast)
    by_code(cast.volunteer, activity, at(9))
    operations.cancel_activity(
        actor=cast.practitioner.actor, at=at(10), activity=fresh(activity), words="雷雨"
    )
    by_code(cast.volunteer, activity, at(10, minute=10), OUT)
    assert Entry.unscoped.get().minutes == 70


@pytest.mark.django_db
def test_of_what_nobody_helped_at_nothing_is_told_to_hours(cast: Cast) -> None:
    listened, off = announced(cast), announced(cast, title="另一场")
    post_of(cast, listened, SEATS)
    post_of(cast, off, HELP)
    operations.cancel_activity(actor=cast.practitioner.actor, at=AT, activity=off, words="雷雨")
    operations.advance_activity(at=at(11), activity_id=listened.pk)
    assert not Occasion.objects.exists()
    assert not Gathering.objects.exists()


@pytest.mark.django_db
def test_who_was_there_is_not_missed_and_who_was_missed_does_not_come(cast: Cast) -> None:
    activity = helping(cast)
    by_code(cast.zhou, activity, at(9))
    end(activity)
    zhou, volunteer = (
        Enrolment.unscoped.select_related("activity__place", "post", "person").get(person=who.person)
        for who in (cast.zhou, cast.volunteer)
    )
    miss = partial(operations.miss_enrolment, actor=cast.practitioner.actor, at=at(12), words="没见到")
    with pytest.raises(WasThere):
        miss(enrolment=zhou)
    miss(enrolment=volunteer)
    with pytest.raises(SaidAbsent):
        by_code(cast.volunteer, activity, at(12))


@pytest.mark.django_db
def test_heads_are_counted_apart_and_a_wrong_count_is_put_right(cast: Cast) -> None:
    activity = helping(cast)
    by_code(cast.zhou, activity, at(9))
    by_code(cast.volunteer, activity, at(9))
    count = partial(operations.count_heads, actor=cast.practitioner.actor, activity=activity)
    count(at=at(9), people=120)
    wrong = count(at=at(10), people=8000)
    right = count(at=at(10, minute=5), people=800, instead_of=wrong)
    assert right.at == at(10)
    with pytest.raises(CorrectedAlready):
        count(at=at(10, minute=6), people=80, instead_of=wrong)
    with pytest.raises(CountedLater):
        count(at=at(10), people=1, when=at(11))
    with pytest.raises(NotYourActivities):
        operations.count_heads(actor=cast.volunteer.actor, at=at(10), activity=activity, people=1)
    counted = queries.attendance_of(activity=activity)
    assert (counted.helpers, counted.guests, counted.heads, counted.there) == (1, 1, 800, 2)
    assert [one.people for one in queries.head_counts(activity=activity)] == [120, 800]


@pytest.mark.django_db
def test_the_database_keeps_what_was_counted(cast: Cast) -> None:
    activity, other = helping(cast), announced(cast, title="另一场")
    made = operations.count_heads(actor=cast.practitioner.actor, at=at(9), activity=activity, people=5)
    gathering = Gathering.objects.get(activity=activity)
    refused = (
        lambda: HeadCount.objects.filter(pk=made.pk).update(people=6),
        lambda: HeadCount.objects.filter(pk=made.pk).delete(),
        lambda: Gathering.objects.filter(activity=activity).delete(),
        lambda: Gathering.objects.create(
            activity=other, helpers_id=gathering.guests_id, guests_id=gathering.guests_id
        ),
        lambda: HeadCount.objects.create(
            activity=other, at=at(9), people=1, counted_by=cast.practitioner.account, recorded_at=at(9),
            instead_of=made,
        ),
        lambda: HeadCount.objects.create(
            activity=activity, at=at(10), people=1, counted_by=cast.practitioner.account, recorded_at=at(9)
        ),
    )  # fmt: skip
    for write in refused:
        with pytest.raises((IntegrityError, DatabaseError)), transaction.atomic():
            write()


@pytest.mark.django_db(transaction=True)
def test_a_going_at_the_very_end_is_never_lost(cast: Cast) -> None:
    plan = PostPlan(role="volunteer", name="引导", places=12)
    activity = announced(cast)
    post = post_of(cast, activity, plan)
    phones = [f"121000007{number:02}" for number in range(12)]
    helpers = [
        Someone(make_account(f"志愿者{phone}", phone=phone, at_place=cast.places.chengbei), phone)
        for phone in phones
    ]
    for one in helpers:
        register(cast, one)
    for one in helpers:
        operations.enrol(actor=one.actor, at=AT, post=post)
    operations.advance_activity(at=at(9), activity_id=activity.pk)
    activity = fresh(activity)
    acts = [partial(by_code, one, fresh(activity), at(9)) for one in helpers]
    assert set(all_at_once(*acts)) == {"done"}
    goings = [partial(by_code, one, fresh(activity), at(11), OUT) for one in helpers]
    assert set(all_at_once(*goings, partial(end, activity))) == {"done"}
    recorded = Entry.unscoped.values_list("person", flat=True)
    assert sorted(recorded) == sorted(one.person.pk for one in helpers)


def test_the_marks_of_an_activity_are_looked_for_by_its_causes_not_among_all_marks(cast: Cast) -> None:
    activity = helping(cast)
    by_code(cast.volunteer, activity, at(9))
    rows = marks_at(activity=activity)
    assert rows.count() == 1
    # A condition on each row, as one of two lists would be, is a filter over the marks of all years.
    assert "SubPlan" not in rows.explain()
