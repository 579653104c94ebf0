"""Evening schools: founded and closed, joined and left; classes in the room and from afar; viewers by a second word."""

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from sidan.activities import operations as activities
from sidan.activities.calendar import DaysOfWeek
from sidan.activities.models import Activity
from sidan.activities.operations import Plan, Rule
from sidan.bookings.policies import Span
from sidan.core.clock import BUSINESS_ZONE
from sidan.core.errors import SayWhy
from sidan.core.scope import everything
from sidan.hours.models import Entry
from sidan.notify.models import Notice
from sidan.schools import operations, queries
from sidan.schools.models import OnlineMark, Pupil, School, SchoolStep, Session, ViewerCount, ViewerWord
from sidan.schools.operations import (
    BadDayOfViewers,
    CorrectedAlready,
    CountedAlready,
    HadAlready,
    HadOnline,
    Held,
    NoClass,
    NotAPupil,
    NotOnline,
    NotYourOwnNumber,
    PupilAlready,
    RoomTaken,
    SaidAlready,
    SchoolClosed,
    SchoolFacts,
    SchoolFromElsewhere,
    SchoolMovedOn,
    SchoolNameTaken,
    Viewers,
    WindowShut,
    WordGiven,
)
from sidan.schools.permissions import NoSuchPupil, NotYourSchools
from sidan.schools.policies import window_of
from tests.at_once import DONE, all_at_once
from tests.cast import Cast, Someone
from tests.factories import AT

DAY = date(2026, 11, 26)
BEGINS = datetime.combine(DAY, time(19, 30), BUSINESS_ZONE)
DURING = BEGINS + timedelta(minutes=20)


def facts(**changes: Any) -> SchoolFacts:
    told = {"name": "城北微夜校", "venue": "村民活动室", "subjects": ["phone"]}
    return SchoolFacts(**{**told, **changes})


def founded(cast: Cast, **changes: Any) -> School:
    return operations.found_school(
        actor=cast.practitioner.actor, at=AT, place=cast.places.chengbei, facts=facts(**changes)
    )


def lesson(cast: Cast, kind: str = "class", **changes: Any) -> Activity:
    """An announced activity of the station on a Thursday evening."""
    plan = Plan(
        kind=kind, title="手机摄影", task="culture", span=Span(BEGINS, BEGINS + timedelta(hours=2)), venue="村民活动室",
        risks="没有特别的风险。", **changes,
    )  # fmt: skip
    made = activities.draft_activity(
        actor=cast.practitioner.actor, at=AT, place=cast.places.chengbei, plan=plan
    )
    activities.submit_activity(actor=cast.practitioner.actor, at=AT, activity=made)
    activities.announce_activity(actor=cast.manager.actor, at=AT, activity=made)
    return made


def had(cast: Cast, activity: Activity, school: School, way: str = "video", **changes: Any) -> Session:
    return operations.have_class(
        actor=cast.practitioner.actor, at=AT, activity=activity, school=school, held=Held(way=way, **changes)
    )


def joined(who: Someone, school: School) -> Pupil:
    return operations.join(actor=who.actor, at=AT, school=school)


def says(who: Someone, session: Session, at: datetime = DURING) -> OnlineMark:
    return operations.say_with_it(actor=who.actor, at=at, session=session)


def counted(cast: Cast, session: Session, people: int = 120, day: date = DAY) -> ViewerCount:
    return operations.count_viewers(
        actor=cast.practitioner.actor, at=BEGINS + timedelta(hours=3), session=session,
        viewers=Viewers(source="stream", day=day, people=people),
    )  # fmt: skip


def refused_by_the_database(*writes: Any) -> None:
    for write in writes:
        with pytest.raises(DatabaseError), transaction.atomic():
            write()


def test_a_school_is_founded_changed_closed_with_a_reason_and_opened_again(cast: Cast) -> None:
    school = founded(cast)
    joined(cast.zhou, school)
    keeper = cast.practitioner.actor
    operations.edit_school(actor=keeper, at=AT, school=school, facts=facts(venue="新礼堂"))
    with pytest.raises(SayWhy):
        operations.close_school(actor=keeper, at=AT, school=school, words=" ")
    operations.close_school(actor=keeper, at=AT, school=school, words="老师退休了")
    with everything("to look"):
        assert queries.why_closed(school=school) == "老师退休了"
    operations.reopen_school(actor=keeper, at=AT, school=school)
    verbs = SchoolStep.objects.filter(school=school).order_by("turn").values_list("verb", flat=True)
    assert list(verbs) == ["found", "edit", "close", "reopen"]
    told = Notice.objects.filter(account=cast.zhou.account.pk).order_by("id").values_list("kind", flat=True)
    assert list(told) == ["school_closed", "school_reopened"]


def test_only_who_keeps_schools_of_the_place_founds_and_closes_them(cast: Cast) -> None:
    school = founded(cast)
    for who in (cast.zhou, cast.operator, cast.supervisor, cast.mallory):
        with pytest.raises(NotYourSchools):
            operations.found_school(
                actor=who.actor, at=AT, place=cast.places.chengbei, facts=facts(name="别的")
            )
        with pytest.raises(NotYourSchools):
            operations.close_school(actor=who.actor, at=AT, school=school, words="关")


def test_whoever_read_an_older_turn_comes_second(cast: Cast) -> None:
    school = founded(cast)
    older = School.unscoped.get(pk=school.pk)
    operations.edit_school(actor=cast.practitioner.actor, at=AT, school=school, facts=facts(about="新的"))
    with pytest.raises(SchoolMovedOn):
        operations.close_school(actor=cast.manager.actor, at=AT, school=older, words="关")


def test_two_schools_of_a_place_that_hold_classes_have_two_names(cast: Cast) -> None:
    school = founded(cast)
    with pytest.raises(SchoolNameTaken):
        founded(cast)
    operations.close_school(actor=cast.practitioner.actor, at=AT, school=school, words="并校")
    founded(cast)
    with pytest.raises(SchoolNameTaken):
        operations.reopen_school(actor=cast.practitioner.actor, at=AT, school=school)
    assert School.unscoped.get(pk=school.pk).state == "closed"


def test_somebody_belongs_to_a_school_once_and_can_come_back(cast: Cast) -> None:
    school = founded(cast)
    pupil = joined(cast.zhou, school)
    with pytest.raises(PupilAlready):
        operations.write_down(actor=cast.practitioner.actor, at=AT, school=school, person=cast.zhou.person)
    operations.leave(actor=cast.zhou.actor, at=AT + timedelta(days=1), pupil=pupil)
    with pytest.raises(NoSuchPupil):
        operations.leave(actor=cast.zhou.actor, at=AT + timedelta(days=1), pupil=pupil)
    again = operations.join(actor=cast.zhou.actor, at=AT + timedelta(days=2), school=school)
    assert again.pk != pupil.pk


def test_a_practitioner_writes_down_who_has_no_telephone_and_who_left_and_nobody_else_does(
    cast: Cast,
) -> None:
    school = founded(cast)
    with pytest.raises(NotYourSchools):
        operations.write_down(actor=cast.operator.actor, at=AT, school=school, person=cast.zhou.person)
    pupil = operations.write_down(
        actor=cast.practitioner.actor, at=AT, school=school, person=cast.zhou.person
    )
    assert pupil.way == "office"
    with pytest.raises(NotYourSchools):
        operations.leave(actor=cast.volunteer.actor, at=AT, pupil=pupil)
    operations.leave(actor=cast.practitioner.actor, at=AT, pupil=pupil)
    assert Pupil.unscoped.get(pk=pupil.pk).left_by == cast.practitioner.person


def test_nobody_joins_a_closed_school_and_it_has_no_classes(cast: Cast) -> None:
    school, activity = founded(cast), lesson(cast)
    operations.close_school(actor=cast.practitioner.actor, at=AT, school=school, words="关")
    with pytest.raises(SchoolClosed):
        joined(cast.zhou, school)
    with pytest.raises(SchoolClosed):
        had(cast, activity, school)


def test_pupils_are_seen_by_their_office_and_by_themselves_alone(cast: Cast) -> None:
    school = founded(cast)
    joined(cast.zhou, school)
    for who, sees in ((cast.zhou, 1), (cast.volunteer, 0), (cast.practitioner, 1), (cast.mallory, 0)):
        with who.at_work():
            assert Pupil.objects.filter(school=school).count() == sees


def test_one_class_by_video_is_had_by_many_schools_and_in_the_room_by_one(cast: Cast) -> None:
    first, second, activity = founded(cast), founded(cast, name="河边微夜校"), lesson(cast)
    had(cast, activity, first, "room")
    with pytest.raises(RoomTaken):
        had(cast, activity, second, "room")
    had(cast, activity, second, "video")
    with pytest.raises(HadAlready):
        had(cast, activity, second, "chat")
    with everything("to look"):
        assert [one.way for one in queries.sessions_of(activity=activity)] == ["room", "video"]


def test_a_school_has_evening_classes_of_its_own_county_only(cast: Cast) -> None:
    school = founded(cast)
    with pytest.raises(NoClass):
        had(cast, lesson(cast, "lecture"), school)
    other = operations.found_school(
        actor=cast.mallory.actor, at=AT, place=cast.places.other_station, facts=facts()
    )
    with pytest.raises(SchoolFromElsewhere):
        operations.have_class(
            actor=cast.mallory.actor, at=AT, activity=lesson(cast), school=other, held=Held(way="film")
        )
    with pytest.raises(NotYourSchools):
        operations.have_class(
            actor=cast.mallory.actor, at=AT, activity=lesson(cast), school=school, held=Held(way="film")
        )


def test_every_class_of_a_series_is_had_those_ahead_and_those_made_later_also_after_a_change(
    cast: Cast,
) -> None:
    school = founded(cast)
    rule = Rule(
        pattern=DaysOfWeek(frozenset({3}), since=DAY), first=DAY, begins_at=time(19, 30), ends_at=time(21)
    )
    plan = Plan(
        kind="class", title="每周一课", task="culture", span=Span(BEGINS, BEGINS + timedelta(hours=1)),
        venue="村民活动室", risks="没有特别的风险。",
    )  # fmt: skip
    series = activities.begin_series(
        actor=cast.manager.actor, at=AT, place=cast.places.chengbei, rule=rule, plan=plan
    )
    made = list(Activity.unscoped.filter(series=series).select_related("series").order_by("occurrence"))
    held = Held(way="film", days=10)
    ahead = operations.have_series(
        actor=cast.practitioner.actor, at=AT, activity=made[0], school=school, held=held
    )
    assert ahead == len(made) > 1
    later = made[-1].span.begins
    activities.make_activities(at=later, recurring_id=series.pk)
    after = Activity.unscoped.filter(series=series).count()
    assert after > len(made)
    assert Session.objects.filter(school=school, open_days=10).count() == after
    cut = activities.change_series(
        actor=cast.manager.actor, at=later, recurring=series, day=later.date() + timedelta(days=2),
        rule=Rule(pattern=DaysOfWeek(frozenset({4}), since=DAY), first=DAY, begins_at=time(19), ends_at=time(20)),
        plan=plan, words="改到周五",
    )  # fmt: skip
    assert cut.follows is not None
    fridays = Activity.unscoped.filter(series=cut.follows)
    assert fridays.exists()
    assert not fridays.exclude(pk__in=Session.objects.filter(school=school).values("activity")).exists()


def test_a_pupil_says_once_that_they_were_with_a_class_and_it_makes_no_hours(cast: Cast) -> None:
    school, activity = founded(cast), lesson(cast)
    session = had(cast, activity, school)
    with pytest.raises(NotAPupil):
        says(cast.zhou, session)
    joined(cast.zhou, school)
    says(cast.zhou, session)
    with pytest.raises(SaidAlready):
        says(cast.zhou, session)
    assert not Entry.unscoped.filter(person=cast.zhou.person).exists()
    told = queries.attended(sessions=[session])[0]
    assert (told.room, told.online, told.viewers) == (0, 1, 0)


def test_who_belongs_to_two_schools_is_with_the_same_class_once(cast: Cast) -> None:
    schools, activity = [founded(cast), founded(cast, name="河边微夜校")], lesson(cast)
    sessions = [had(cast, activity, school) for school in schools]
    for school in schools:
        joined(cast.zhou, school)
    says(cast.zhou, sessions[0])
    with pytest.raises(SaidAlready):
        says(cast.zhou, sessions[1])


@pytest.mark.parametrize(
    ("way", "late", "is_open"),
    [
        ("video", timedelta(minutes=-1), False), ("video", timedelta(), True), ("chat", timedelta(hours=25), True),
        ("video", timedelta(hours=26), False), ("film", timedelta(days=29), True), ("film", timedelta(days=31), False),
    ],
)  # fmt: skip
def test_one_can_say_it_from_the_beginning_on_and_a_day_or_thirty_after_the_end(
    cast: Cast, way: str, late: timedelta, is_open: bool
) -> None:
    school, activity = founded(cast), lesson(cast)
    session = had(cast, activity, school, way)
    joined(cast.zhou, school)
    if is_open:
        says(cast.zhou, session, BEGINS + late)
    else:
        with pytest.raises(WindowShut):
            says(cast.zhou, session, BEGINS + late)


def test_the_end_of_a_window_lies_outside() -> None:
    window = window_of(begins=BEGINS, ends=BEGINS + timedelta(hours=2), days=1)
    assert window.holds(BEGINS)
    assert not window.holds(window.closes)
    assert window.is_over(window.closes)


def test_a_class_in_the_room_or_called_off_is_not_said_online(cast: Cast) -> None:
    school, room, off = founded(cast), lesson(cast), lesson(cast)
    joined(cast.zhou, school)
    with pytest.raises(NotOnline):
        says(cast.zhou, had(cast, room, school, "room"))
    session = had(cast, off, school)
    activities.cancel_activity(actor=cast.manager.actor, at=AT, activity=off, words="停电")
    with pytest.raises(WindowShut):
        says(cast.zhou, Session.objects.select_related("activity").get(pk=session.pk))


def test_viewers_count_once_somebody_else_calls_them_right(cast: Cast) -> None:
    session = had(cast, lesson(cast), founded(cast))
    count = counted(cast, session)
    assert queries.attended(sessions=[session])[0].viewers == 0
    with pytest.raises(NotYourOwnNumber):
        operations.confirm_viewers(actor=cast.practitioner.actor, at=DURING, count=count)
    operations.confirm_viewers(actor=cast.manager.actor, at=DURING, count=count)
    assert queries.attended(sessions=[session])[0].viewers == 120
    with pytest.raises(WordGiven):
        operations.deny_viewers(actor=cast.director.actor, at=DURING, count=count)


def test_a_number_is_corrected_by_another_that_waits_for_a_word_of_its_own(cast: Cast) -> None:
    session = had(cast, lesson(cast), founded(cast))
    count = counted(cast, session)
    operations.confirm_viewers(actor=cast.manager.actor, at=DURING, count=count)
    better = operations.correct_viewers(actor=cast.practitioner.actor, at=DURING, count=count, people=12)
    told = queries.attended(sessions=[session])[0]
    assert (told.viewers, told.waiting) == (0, 1)
    with pytest.raises(CorrectedAlready):
        operations.correct_viewers(actor=cast.manager.actor, at=DURING, count=count, people=13)
    operations.confirm_viewers(actor=cast.manager.actor, at=DURING, count=better)
    assert queries.attended(sessions=[session])[0].viewers == 12


def test_viewers_are_of_a_day_since_the_class_and_counted_once_a_source(cast: Cast) -> None:
    session = had(cast, lesson(cast), founded(cast))
    counted(cast, session)
    with pytest.raises(CountedAlready):
        counted(cast, session, 5)
    for day in (DAY - timedelta(days=1), DAY + timedelta(days=1)):
        with pytest.raises(BadDayOfViewers):
            counted(cast, session, day=day)


def test_a_class_that_somebody_attended_stays_with_the_school(cast: Cast) -> None:
    school, activity = founded(cast), lesson(cast)
    session = had(cast, activity, school)
    joined(cast.zhou, school)
    says(cast.zhou, session)
    with pytest.raises(HadOnline):
        operations.take_class_off(actor=cast.practitioner.actor, at=DURING, session=session)
    free = had(cast, lesson(cast), school)
    operations.take_class_off(actor=cast.practitioner.actor, at=DURING, session=free)
    assert not Session.objects.filter(pk=free.pk).exists()


def test_the_database_keeps_what_was_attended_whoever_writes(cast: Cast) -> None:
    school, activity = founded(cast), lesson(cast)
    session, pupil = had(cast, activity, school), joined(cast.zhou, school)
    mark, count = says(cast.zhou, session), counted(cast, session)
    stranger = operations.write_down(
        actor=cast.practitioner.actor,
        at=AT,
        school=founded(cast, name="河边微夜校"),
        person=cast.volunteer.person,
    )
    refused_by_the_database(
        lambda: OnlineMark.objects.filter(pk=mark.pk).delete(),
        lambda: ViewerCount.objects.filter(pk=count.pk).update(people=1),
        lambda: SchoolStep.objects.filter(school=school).delete(),
        lambda: Pupil.unscoped.filter(pk=pupil.pk).delete(),
        lambda: Pupil.unscoped.filter(pk=pupil.pk).update(joined_on=DAY),
        lambda: Session.objects.filter(pk=session.pk).update(way="film"),
        lambda: School.unscoped.filter(pk=school.pk).update(state="closed"),
        lambda: School.unscoped.filter(pk=school.pk).update(place=cast.places.liuche),
        lambda: OnlineMark.objects.create(
            session=session, activity=activity, pupil=stranger, person=cast.volunteer.person, at=DURING
        ),
        lambda: ViewerWord.objects.create(count=count, is_right=True, at=DURING, by_id=count.by_id),
        lambda: Session.objects.create(
            activity=lesson(cast, "lecture"), school=school, way="film", open_days=3, said_at=AT
        ),
    )


def test_figures_stand_at_each_place_above_and_add_up(cast: Cast) -> None:
    school, activity = founded(cast), lesson(cast)
    session = had(cast, activity, school)
    joined(cast.zhou, school)
    says(cast.zhou, session)
    operations.confirm_viewers(actor=cast.manager.actor, at=DURING, count=counted(cast, session))
    for verb in ("run", "end"):
        act = getattr(activities, f"{verb}_activity")
        act(actor=cast.practitioner.actor, at=DURING, activity=activity)
    first, until = date(2026, 11, 1), date(2026, 12, 1)
    for root in (cast.places.center, cast.places.changning, cast.places.chengbei):
        rows = queries.figures_by_place(root=root, first=first, until=until)
        schools, pupils, told = queries.all_places(rows)
        assert (schools, pupils) == (1, 1)
        assert (told.classes, told.room, told.online, told.viewers) == (1, 0, 1, 120)
        (month,) = queries.figures_by_month(root=root, first=first, until=until)
        assert (month.month, month.told) == (first, told)
    assert (
        queries.all_places(queries.figures_by_place(root=cast.places.other_center, first=first, until=until))[
            0
        ]
        == 0
    )
    assert queries.figures_by_month(root=cast.places.center, first=date(2026, 1, 1), until=first) == []


@pytest.mark.django_db(transaction=True)
def test_who_presses_twice_joins_once_and_is_with_a_class_once(cast: Cast) -> None:
    school = founded(cast)
    activity = lesson(cast)
    session = had(cast, activity, school)
    answers = all_at_once(*[lambda: joined(cast.zhou, school)] * 4)
    assert sorted(answers) == [DONE, *["pupil_already"] * 3]
    answers = all_at_once(*[lambda: says(cast.zhou, session)] * 4)
    assert sorted(answers) == [DONE, *["with_class_already"] * 3]


@pytest.mark.django_db(transaction=True)
def test_two_words_on_a_number_and_a_correction_at_once_leave_one_truth(cast: Cast) -> None:
    session = had(cast, lesson(cast), founded(cast))
    count = counted(cast, session)
    all_at_once(
        lambda: operations.confirm_viewers(actor=cast.manager.actor, at=DURING, count=count),
        lambda: operations.deny_viewers(actor=cast.director.actor, at=DURING, count=count),
        lambda: operations.correct_viewers(actor=cast.director.actor, at=DURING, count=count, people=3),
    )
    assert ViewerWord.objects.filter(count=count).count() <= 1
    assert ViewerCount.objects.filter(instead_of=count).count() == 1
