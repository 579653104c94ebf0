"""Signing up: never more than there are places, a fair line, and everybody told."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from random import Random
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.utils import DatabaseError
from hypothesis import given
from hypothesis import strategies as st

from sidan.activities import operations, queries, tasks
from sidan.activities.models import Activity, Enrolment, EnrolmentStep, EntryRules, Post
from sidan.activities.operations import Answers, EntryPlan, PostPlan
from sidan.activities.operations.coming import EnrolmentMovedOn
from sidan.activities.operations.enrolling import (
    AgeDoesNotFit,
    AgeNeeded,
    AlreadyEnrolled,
    FamilyTooLarge,
    NotOpenYet,
    NotYoursToEnrol,
    OnlyInvited,
    RefusedBefore,
    SignupOver,
    SkillMissing,
    VolunteersOnly,
    WrongEntryCode,
)
from sidan.activities.operations.leaving import (
    AnsweredAlready,
    NotAnsweredYet,
    NotOverYet,
    PostFull,
    SignoffOver,
    SomebodyElseDecides,
)
from sidan.activities.operations.posting import (
    CodeMissing,
    FewerThanCome,
    HelpersAreCounted,
    PostInUse,
    PostsFixed,
    PostThereAlready,
    SkillOfHelpersOnly,
)
from sidan.activities.permissions import NoSuchPost, NotYourActivities, NotYourEnrolment
from sidan.activities.policies import ANSWERED, COUNTS, Ages, absence_of, due_reminder
from sidan.bookings.policies import Span
from sidan.core.actor import NOBODY, Actor
from sidan.core.errors import NotSignedIn, SayWhy
from sidan.core.scope import Scope, scoped
from sidan.notify.models import Notice
from sidan.people.models import Person, Volunteer
from tests.activities.test_activities import announced, at, notices, span
from tests.at_once import all_at_once
from tests.cast import Cast
from tests.factories import AT, make_account, make_volunteer

SEATS = PostPlan(role="audience", name="听众", places=2)
HELP = PostPlan(role="volunteer", name="引导", places=1)


def post_of(cast: Cast, activity: Activity, plan: PostPlan = SEATS, **changes: Any) -> Post:
    return operations.add_post(
        actor=cast.practitioner.actor, at=AT, activity=activity, plan=replace(plan, **changes)
    )


def called(cast: Cast, post: Post, name: str) -> Enrolment:
    person = Person.unscoped.create(name=name, created_at=AT, county=cast.places.center)
    return operations.enrol_for(actor=cast.practitioner.actor, at=AT, post=post, person=person)


def counts(post: Post) -> tuple[int, int]:
    now = Post.objects.get(pk=post.pk)
    return now.taken, now.waiting


def state(enrolment: Enrolment) -> str:
    return Enrolment.unscoped.get(pk=enrolment.pk).state


def verbs(enrolment: Enrolment) -> list[str]:
    return list(EnrolmentStep.objects.filter(enrolment=enrolment).values_list("verb", flat=True))


@pytest.mark.django_db
def test_whoever_comes_first_has_a_place_and_the_others_stand_in_line(cast: Cast) -> None:
    post = post_of(cast, announced(cast), places=1)
    first = operations.enrol(actor=cast.zhou.actor, at=AT, post=post)
    second = operations.enrol(actor=cast.volunteer.actor, at=AT, post=post)
    assert (first.state, second.state) == ("enrolled", "waiting")
    assert counts(post) == (1, 1)
    assert queries.ahead_in_line(enrolment=second) == 0


@pytest.mark.django_db
def test_who_signs_off_gives_the_place_to_who_waits_longest(cast: Cast) -> None:
    post = post_of(cast, announced(cast), places=1)
    first = operations.enrol(actor=cast.zhou.actor, at=AT, post=post)
    second = operations.enrol(actor=cast.volunteer.actor, at=AT, post=post)
    third = called(cast, post, "第三")
    operations.withdraw(actor=cast.zhou.actor, at=AT, enrolment=first, words="有事")
    assert [state(one) for one in (first, second, third)] == ["withdrawn", "enrolled", "waiting"]
    assert counts(post) == (1, 1)
    assert "enrolment_moved_up" in notices(cast.volunteer)
    again = operations.enrol(actor=cast.zhou.actor, at=AT, post=post)
    assert (again.state, again.ticket) == ("waiting", 4)


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(6))
def test_a_line_is_fair_and_never_too_long_whatever_happens(cast: Cast, seed: int) -> None:
    """Property: places are kept, nobody waits at a free one, and who has one came before who waits."""
    dice, actor = Random(seed), cast.practitioner.actor
    post, here = post_of(cast, announced(cast), places=3), []
    for number in range(40):
        act = dice.choice(["come", "come", "leave", "refuse", "grow"])
        if act == "come":
            here.append(called(cast, post, f"某{number}"))
        elif act == "grow":
            plan = replace(SEATS, places=(Post.objects.get(pk=post.pk).places or 0) + dice.randint(0, 1))
            operations.change_post(actor=actor, at=AT, post=post, plan=plan)
        elif here:
            gone = here.pop(dice.randrange(len(here)))
            if act == "leave":
                operations.withdraw(actor=actor, at=AT, enrolment=gone)
            else:
                operations.refuse_enrolment(actor=actor, at=AT, enrolment=gone, words="重复")
        rows = Enrolment.unscoped.filter(post=post)
        come = list(rows.filter(state="enrolled").values_list("ticket", flat=True))
        wait = list(rows.filter(state="waiting").values_list("ticket", flat=True))
        now = Post.objects.get(pk=post.pk)
        assert (now.taken, now.waiting) == (len(come), len(wait))
        assert len(come) <= (now.places or 0)
        assert not wait or (len(come) == now.places and max(come) < min(wait))


@pytest.mark.django_db
def test_the_database_keeps_the_places_by_itself(cast: Cast) -> None:
    post = post_of(cast, announced(cast))
    made = called(cast, post, "某人")
    broken: tuple[Callable[[], object], ...] = (
        lambda: Post.objects.filter(pk=post.pk).update(taken=3),
        lambda: Post.objects.filter(pk=post.pk).update(waiting=1),
        lambda: Post.objects.filter(pk=post.pk).update(role="volunteer", places=None),
        lambda: Enrolment.unscoped.create(
            activity=made.activity, post=post, person=made.person, way="self", ticket=9, state="waiting",
            state_since=AT, created_at=AT,
        ),
    )  # fmt: skip
    for act in broken:
        with pytest.raises(IntegrityError), transaction.atomic():
            act()
    with pytest.raises(DatabaseError), transaction.atomic():
        EnrolmentStep.objects.filter(enrolment=made).update(verb="refuse")
    with pytest.raises(DatabaseError), transaction.atomic():
        Enrolment.unscoped.filter(pk=made.pk).update(state="refused")


@pytest.mark.django_db
def test_nobody_stands_twice_at_an_activity(cast: Cast) -> None:
    activity = announced(cast)
    post, other = post_of(cast, activity), post_of(cast, activity, name="站票")
    operations.enrol(actor=cast.zhou.actor, at=AT, post=post)
    with pytest.raises(AlreadyEnrolled):
        operations.enrol(actor=cast.zhou.actor, at=AT, post=other)


@pytest.mark.django_db
def test_one_signs_up_within_the_time(cast: Cast) -> None:
    early = announced(cast, signup_from=at(8))
    post = post_of(cast, early)
    with pytest.raises(NotOpenYet):
        operations.enrol(actor=cast.zhou.actor, at=AT, post=post)
    tasks.advance.run(at=at(8))
    plan = EntryPlan(signup_until=at(8, minute=30))
    operations.set_entry(actor=cast.practitioner.actor, at=at(8), activity=early, plan=plan)
    with pytest.raises(SignupOver):
        operations.enrol(actor=cast.zhou.actor, at=at(8, minute=30), post=post)
    operations.enrol(actor=cast.zhou.actor, at=at(8, minute=29), post=post)
    tasks.advance.run(at=at(9))
    with pytest.raises(SignupOver):
        operations.enrol(actor=cast.volunteer.actor, at=at(9), post=post)
    operations.enrol_for(actor=cast.practitioner.actor, at=at(9), post=post, person=cast.volunteer.person)
    tasks.advance.run(at=at(11))
    with pytest.raises(SignupOver):
        operations.enrol_for(actor=cast.practitioner.actor, at=at(11), post=post, person=cast.leader.person)


@pytest.mark.django_db
def test_one_signs_off_within_the_time_and_the_place_later(cast: Cast) -> None:
    activity = announced(cast)
    post = post_of(cast, activity)
    made = operations.enrol(actor=cast.zhou.actor, at=AT, post=post)
    plan = EntryPlan(signoff_until=at(8))
    operations.set_entry(actor=cast.practitioner.actor, at=AT, activity=activity, plan=plan)
    with pytest.raises(SignoffOver):
        operations.withdraw(actor=cast.zhou.actor, at=at(8), enrolment=made)
    with pytest.raises(NotYourEnrolment):
        operations.withdraw(actor=cast.volunteer.actor, at=AT, enrolment=made)
    operations.withdraw(actor=cast.practitioner.actor, at=at(8), enrolment=made, words="来电话了")
    assert "enrolment_withdrawn" in notices(cast.zhou)


@pytest.mark.django_db
def test_who_may_sign_up_is_said(cast: Cast) -> None:
    activity = announced(cast)
    post, actor = post_of(cast, activity), cast.practitioner.actor
    with pytest.raises(CodeMissing):
        operations.set_entry(actor=actor, at=AT, activity=activity, plan=EntryPlan(entry="code"))
    operations.set_entry(actor=actor, at=AT, activity=activity, plan=EntryPlan(entry="code", code="8866"))
    with pytest.raises(WrongEntryCode):
        operations.enrol(actor=cast.zhou.actor, at=AT, post=post, answers=Answers(code="8867"))
    operations.enrol(actor=cast.zhou.actor, at=AT, post=post, answers=Answers(code=" 8866 "))
    operations.set_entry(actor=actor, at=AT, activity=activity, plan=EntryPlan(entry="invited"))
    with pytest.raises(OnlyInvited):
        operations.enrol(actor=cast.volunteer.actor, at=AT, post=post)
    operations.enrol_for(actor=actor, at=AT, post=post, person=cast.volunteer.person)


@pytest.mark.django_db
def test_the_age_is_asked_compared_and_not_kept(cast: Cast) -> None:
    post = post_of(cast, announced(cast, youngest=60))
    with pytest.raises(AgeNeeded):
        operations.enrol(actor=cast.zhou.actor, at=AT, post=post)
    with pytest.raises(AgeDoesNotFit):
        operations.enrol(actor=cast.zhou.actor, at=AT, post=post, answers=Answers(age=59))
    operations.enrol(actor=cast.zhou.actor, at=AT, post=post, answers=Answers(age=60))


@pytest.mark.parametrize(
    ("ages", "age", "fits"),
    [
        (Ages(60), 59, False), (Ages(60), 60, True), (Ages(6, 12), 12, True), (Ages(6, 12), 13, False),
        (Ages(oldest=0), 0, True), (Ages(oldest=0), 1, False), (Ages(), 99, True),
    ],
)  # fmt: skip
def test_an_age_lies_within_what_is_said(ages: Ages, age: int, fits: bool) -> None:
    assert ages.fit(age) == fits
    assert ages.are_said == (ages != Ages())


@pytest.mark.django_db
def test_who_helps_is_a_volunteer_with_the_skill(cast: Cast) -> None:
    activity = announced(cast)
    post = post_of(cast, activity, HELP, skill="haircut")
    with pytest.raises(VolunteersOnly):
        operations.enrol(actor=cast.zhou.actor, at=AT, post=post)
    Volunteer.unscoped.filter(person=cast.volunteer.person).update(skills=["care"])
    with pytest.raises(SkillMissing):
        operations.enrol(actor=cast.volunteer.actor, at=AT, post=post)
    Volunteer.unscoped.filter(person=cast.volunteer.person).update(skills=["haircut"])
    assert operations.enrol(actor=cast.volunteer.actor, at=AT, post=post).state == "enrolled"


@pytest.mark.django_db
def test_family_is_signed_up_by_name_once_and_read_by_who_did(cast: Cast) -> None:
    activity = announced(cast)
    post = post_of(cast, activity)
    made = operations.enrol_relative(actor=cast.zhou.actor, at=AT, post=post, name="小孙子")
    assert made.way == "family"
    assert made.person.name == "小孙子"
    with pytest.raises(AlreadyEnrolled):
        operations.enrol_relative(actor=cast.zhou.actor, at=AT, post=post, name="小孙子")
    with scoped(Scope(person_id=cast.zhou.person.pk)):
        assert [one.pk for one in queries.my_enrolments(actor=cast.zhou.actor)] == [made.pk]
    operations.withdraw(actor=cast.zhou.actor, at=AT, enrolment=made)
    oneself = operations.enrol_relative(actor=cast.zhou.actor, at=AT, post=post, name=cast.zhou.person.name)
    assert (oneself.way, oneself.person) == ("self", cast.zhou.person)


@pytest.mark.django_db
def test_nobody_fills_an_activity_with_their_own_family(cast: Cast, settings: Any) -> None:
    settings.FAMILY_ENROLMENTS = 2
    activity = announced(cast)
    post = post_of(cast, activity, places=9)
    first, _second = (
        operations.enrol_relative(actor=cast.zhou.actor, at=AT, post=post, name=name)
        for name in ("大孙子", "二孙子")
    )
    with pytest.raises(FamilyTooLarge, match="2"):
        operations.enrol_relative(actor=cast.zhou.actor, at=AT, post=post, name="三孙子")
    operations.enrol(actor=cast.zhou.actor, at=AT, post=post)
    operations.withdraw(actor=cast.zhou.actor, at=AT, enrolment=first)
    operations.enrol_relative(actor=cast.zhou.actor, at=AT, post=post, name="三孙子")
    operations.enrol_for(actor=cast.practitioner.actor, at=AT, post=post, person=cast.leader.person)


@pytest.mark.django_db
def test_who_helps_is_old_enough_and_may_be_older_than_who_takes_part(cast: Cast) -> None:
    post = post_of(cast, announced(cast, youngest=16, oldest=30), HELP)
    for answers, refusal in ((Answers(), AgeNeeded), (Answers(age=15), AgeDoesNotFit)):
        with pytest.raises(refusal):
            operations.enrol(actor=cast.volunteer.actor, at=AT, post=post, answers=answers)
    made = operations.enrol(actor=cast.volunteer.actor, at=AT, post=post, answers=Answers(age=60))
    assert made.state == "enrolled"


@pytest.mark.django_db
def test_the_windows_move_with_the_date_and_one_can_sign_off_after_it(cast: Cast) -> None:
    activity = announced(cast, signup_from=at(8))
    begins, week = activity.span.begins, timedelta(days=7)
    plan = EntryPlan(signup_until=at(8, minute=30), signoff_until=at(8, minute=15))
    operations.set_entry(actor=cast.practitioner.actor, at=AT, activity=activity, plan=plan)
    later = Span(begins + week, activity.span.ends + week)
    change = partial(
        operations.change_activity, actor=cast.practitioner.actor, activity=activity, venue="礼堂"
    )
    change(at=AT, span=later)
    rules = EntryRules.objects.get(activity=activity)
    assert activity.signup_from == at(8) + week
    assert (rules.signup_until, rules.signoff_until) == (at(8, minute=30) + week, at(8, minute=15) + week)
    told = begins - timedelta(hours=2)
    change(at=told, span=Span(begins + timedelta(days=2), begins + timedelta(days=2, hours=1)))
    rules.refresh_from_db()
    assert rules.signoff_until == begins + timedelta(days=2) - timedelta(minutes=45)
    change(at=told, span=Span(begins + timedelta(hours=3), begins + timedelta(hours=4)))
    rules.refresh_from_db()
    assert rules.signoff_until == begins + timedelta(hours=3)


@pytest.mark.django_db
def test_the_place_is_told_whom_to_call_when_it_is_moved_or_called_off(cast: Cast) -> None:
    activity = announced(cast)
    post, place = post_of(cast, activity, places=9), cast.places.chengbei
    alone = make_volunteer("钟奶奶", at_place=place, phone="12100000777").person
    operations.enrol_for(actor=cast.practitioner.actor, at=AT, post=post, person=alone)
    operations.enrol(actor=cast.zhou.actor, at=AT, post=post)
    operations.enrol_relative(actor=cast.zhou.actor, at=AT, post=post, name="小孙子")
    span_later = Span(activity.span.begins + timedelta(days=1), activity.span.ends + timedelta(days=1))
    operations.change_activity(
        actor=cast.practitioner.actor, at=AT, activity=activity, span=span_later, venue="礼堂"
    )
    operations.cancel_activity(actor=cast.practitioner.actor, at=AT, activity=activity, words="下大雨")
    told = Notice.objects.filter(account=cast.practitioner.account.pk, kind="activity_to_call")
    assert [one.facts["number"] for one in told] == ["1", "1"]
    page = cast.practitioner.client().get(told[0].link).content.decode()
    assert "钟奶奶" in page
    assert "周奶奶" not in page
    assert "小孙子" not in page


@pytest.mark.django_db
def test_only_the_place_signs_others_up(cast: Cast) -> None:
    post = post_of(cast, announced(cast))
    with pytest.raises(NotYoursToEnrol):
        operations.enrol_for(actor=cast.volunteer.actor, at=AT, post=post, person=cast.leader.person)
    with pytest.raises(NotSignedIn):
        operations.enrol(actor=NOBODY, at=AT, post=post)


@pytest.mark.django_db
def test_who_is_refused_reads_why_and_does_not_come_back_alone(cast: Cast) -> None:
    post, actor = post_of(cast, announced(cast)), cast.practitioner.actor
    made = operations.enrol(actor=cast.zhou.actor, at=AT, post=post)
    with pytest.raises(SayWhy):
        operations.refuse_enrolment(actor=actor, at=AT, enrolment=made, words=" ")
    with pytest.raises(NotYourActivities):
        operations.refuse_enrolment(actor=cast.volunteer.actor, at=AT, enrolment=made, words="不行")
    operations.refuse_enrolment(actor=actor, at=AT, enrolment=made, words="这场只收老人")
    assert "enrolment_refused" in notices(cast.zhou)
    with pytest.raises(EnrolmentMovedOn):
        operations.refuse_enrolment(actor=actor, at=AT, enrolment=made, words="再来一次")
    with pytest.raises(RefusedBefore):
        operations.enrol(actor=cast.zhou.actor, at=AT, post=post)
    operations.enrol_for(actor=actor, at=AT, post=post, person=cast.zhou.person)


@pytest.mark.django_db
def test_another_post_is_given_where_a_place_is_free(cast: Cast) -> None:
    activity = announced(cast)
    full, free = post_of(cast, activity, places=1), post_of(cast, activity, name="站票", places=1)
    first, second = called(cast, full, "甲"), called(cast, full, "乙")
    actor = cast.practitioner.actor
    with pytest.raises(PostFull):
        operations.shift_enrolment(actor=actor, at=AT, enrolment=second, post=full)
    operations.shift_enrolment(actor=actor, at=AT, enrolment=second, post=free)
    assert (state(second), counts(full), counts(free)) == ("enrolled", (1, 0), (1, 0))
    with pytest.raises(PostFull):
        operations.shift_enrolment(actor=actor, at=AT, enrolment=first, post=free)
    third = called(cast, full, "丙")
    operations.withdraw(actor=actor, at=AT, enrolment=second)
    operations.shift_enrolment(actor=actor, at=AT, enrolment=first, post=free)
    assert (state(third), counts(full), counts(free)) == ("enrolled", (1, 0), (1, 0))


@pytest.mark.django_db
def test_who_was_not_there_is_told_answers_once_and_is_excused(cast: Cast) -> None:
    activity = announced(cast)
    made = operations.enrol(actor=cast.zhou.actor, at=AT, post=post_of(cast, activity))
    actor = cast.practitioner.actor
    with pytest.raises(NotOverYet):
        operations.miss_enrolment(actor=actor, at=AT, enrolment=made, words="没见到人")
    tasks.advance.run(at=at(11))
    with pytest.raises(SayWhy):
        operations.miss_enrolment(actor=actor, at=at(12), enrolment=made, words="")
    operations.miss_enrolment(actor=actor, at=at(12), enrolment=made, words="没见到人")
    assert "enrolment_missed" in notices(cast.zhou)
    with pytest.raises(NotYourEnrolment):
        operations.answer_absence(actor=cast.volunteer.actor, at=at(13), enrolment=made, words="在")
    operations.answer_absence(actor=cast.zhou.actor, at=at(13), enrolment=made, words="我坐最后一排")
    assert "absence_answered" in notices(cast.practitioner)
    with pytest.raises(AnsweredAlready):
        operations.answer_absence(actor=cast.zhou.actor, at=at(13), enrolment=made, words="真的")
    operations.excuse_enrolment(actor=actor, at=at(14), enrolment=made)
    assert verbs(made) == ["enrol", "miss", "answer", "excuse"]
    assert state(made) == "enrolled"


@pytest.mark.django_db
def test_an_absence_counts_when_nobody_answered_in_time_or_somebody_else_has_decided(cast: Cast) -> None:
    activity = announced(cast)
    made = operations.enrol(actor=cast.zhou.actor, at=AT, post=post_of(cast, activity))
    tasks.advance.run(at=at(11))
    writer, manager = cast.practitioner.actor, cast.manager.actor
    operations.miss_enrolment(actor=writer, at=at(12), enrolment=made, words="没见到人")
    with pytest.raises(NotAnsweredYet):
        operations.uphold_absence(actor=manager, at=at(12), enrolment=made, words="名单上没有")
    operations.answer_absence(actor=cast.zhou.actor, at=at(13), enrolment=made, words="我坐最后一排")
    with pytest.raises(SomebodyElseDecides):
        operations.uphold_absence(actor=writer, at=at(13), enrolment=made, words="就是没来")
    with pytest.raises(SayWhy):
        operations.uphold_absence(actor=manager, at=at(13), enrolment=made, words="")
    operations.uphold_absence(actor=manager, at=at(14), enrolment=made, words="签到和照片里都没有")
    assert "enrolment_upheld" in notices(cast.zhou)
    with pytest.raises(NotAnsweredYet):
        operations.uphold_absence(actor=manager, at=at(14), enrolment=made, words="再说一次")
    with pytest.raises(AnsweredAlready):
        operations.answer_absence(actor=cast.zhou.actor, at=at(14), enrolment=made, words="真的在")
    # Taken back and written down again, it is answered again.
    operations.excuse_enrolment(actor=manager, at=at(15), enrolment=made)
    operations.miss_enrolment(actor=writer, at=at(15), enrolment=made, words="还是没来")
    operations.answer_absence(actor=cast.zhou.actor, at=at(16), enrolment=made, words="我在")


@given(minutes=st.integers(0, 60 * 24 * 9), days=st.integers(0, 7))
def test_without_an_answer_it_counts_from_the_last_moment_for_one_on(minutes: int, days: int) -> None:
    later = AT + timedelta(minutes=minutes)
    standing = absence_of(verb="miss", said_at=AT, at=later, days=days)
    assert (standing == COUNTS) == (minutes >= days * 24 * 60)
    assert absence_of(verb="answer", said_at=AT, at=later, days=days) == ANSWERED
    assert absence_of(verb="uphold", said_at=AT, at=later, days=days) == COUNTS


@pytest.mark.django_db
def test_everybody_who_comes_is_told_of_a_change_and_of_the_calling_off_in_a_storm(cast: Cast) -> None:
    activity = announced(cast)
    post = post_of(cast, activity, places=1)
    operations.enrol(actor=cast.zhou.actor, at=AT, post=post)
    operations.enrol(actor=cast.volunteer.actor, at=AT, post=post)
    operations.change_activity(
        actor=cast.practitioner.actor, at=AT, activity=activity, span=span(14), venue="村口"
    )
    tasks.advance.run(at=at(14))
    activity.refresh_from_db()
    assert activity.state == "running"
    operations.cancel_activity(
        actor=cast.practitioner.actor, at=at(15), activity=activity, words="雷暴，改日再办"
    )
    for one in (cast.zhou, cast.volunteer):
        assert {"activity_changed", "activity_cancelled"} <= set(notices(one))


@pytest.mark.django_db
def test_who_comes_is_reminded_a_day_and_two_hours_before_each_once(cast: Cast) -> None:
    early = AT - timedelta(days=3)
    activity = announced(cast, span=span(9))
    post = post_of(cast, activity)
    made = operations.enrol(actor=cast.zhou.actor, at=early, post=post)
    late = operations.enrol(actor=cast.volunteer.actor, at=at(8), post=post)
    for moment in (at(9) - timedelta(hours=23), at(9) - timedelta(hours=22), at(7), at(8), at(8, minute=30)):
        tasks.remind.run(at=moment)
    assert notices(cast.zhou).count("enrolment_reminder") == 2
    assert notices(cast.volunteer).count("enrolment_reminder") == 0
    assert Enrolment.unscoped.get(pk=made.pk).reminded == "hours"
    assert Enrolment.unscoped.get(pk=late.pk).reminded == ""


@pytest.mark.django_db
def test_another_time_is_reminded_of_anew_and_another_spot_is_not(cast: Cast) -> None:
    activity, actor = announced(cast, span=span(9)), cast.practitioner.actor
    operations.enrol(actor=cast.zhou.actor, at=AT, post=post_of(cast, activity))
    tasks.remind.run(at=at(9) - timedelta(hours=23))
    reminded = [notices(cast.zhou).count("enrolment_reminder")]
    for hours, told in ((22, span(9)), (21, span(10))):
        moment = at(9) - timedelta(hours=hours)
        operations.change_activity(actor=actor, at=moment, activity=activity, span=told, venue=f"{hours}号楼")
        tasks.remind.run(at=moment)
        reminded.append(notices(cast.zhou).count("enrolment_reminder"))
    assert reminded == [1, 1, 2]


@pytest.mark.parametrize(
    ("hours_before", "since_before", "reminded", "due"),
    [
        (25, 72, "", ""), (24, 72, "", "day"), (3, 72, "day", ""), (2, 72, "day", "hours"), (2, 72, "hours", ""),
        (2, 72, "", "hours"), (10, 20, "", ""), (1, 1.5, "", ""), (1, 3, "", "hours"), (0, 72, "", ""),
    ],
)  # fmt: skip
def test_a_reminder_comes_when_its_hour_has(
    hours_before: float, since_before: float, reminded: str, due: str
) -> None:
    begins: datetime = at(9)
    at_, since = begins - timedelta(hours=hours_before), begins - timedelta(hours=since_before)
    assert due_reminder(begins=begins, since=since, reminded=reminded, at=at_) == due


@pytest.mark.django_db
def test_posts_are_kept_in_order(cast: Cast) -> None:
    activity, actor = announced(cast), cast.practitioner.actor
    post = post_of(cast, activity)
    with pytest.raises(PostThereAlready):
        post_of(cast, activity)
    with pytest.raises(HelpersAreCounted):
        post_of(cast, activity, HELP, places=None)
    with pytest.raises(SkillOfHelpersOnly):
        post_of(cast, activity, name="别的", skill="law")
    with pytest.raises(NotYourActivities):
        operations.add_post(actor=cast.volunteer.actor, at=AT, activity=activity, plan=HELP)
    for name in ("甲", "乙", "丙"):
        called(cast, post, name)
    with pytest.raises(FewerThanCome):
        operations.change_post(actor=actor, at=AT, post=post, plan=replace(SEATS, places=1))
    with pytest.raises(PostInUse):
        operations.change_post(actor=actor, at=AT, post=post, plan=replace(SEATS, role="volunteer"))
    with pytest.raises(PostInUse):
        operations.remove_post(actor=actor, at=AT, post=post)
    operations.change_post(actor=actor, at=AT, post=post, plan=replace(SEATS, places=None))
    assert counts(post) == (3, 0)
    operations.remove_post(actor=actor, at=AT, post=post_of(cast, activity, HELP))
    operations.cancel_activity(actor=actor, at=AT, activity=activity, words="下雨")
    with pytest.raises(PostsFixed):
        post_of(cast, activity, HELP)


@pytest.mark.django_db
def test_a_post_that_was_taken_away_meanwhile_is_told_of(cast: Cast) -> None:
    activity, actor = announced(cast), cast.practitioner.actor
    post, other = post_of(cast, activity), post_of(cast, activity, name="站票")
    made = operations.enrol(actor=cast.zhou.actor, at=AT, post=other)
    read_before = Post.objects.select_related("activity__place").get(pk=post.pk)
    operations.remove_post(actor=actor, at=AT, post=post)
    broken: tuple[Callable[[], object], ...] = (
        lambda: operations.enrol(actor=cast.volunteer.actor, at=AT, post=read_before),
        lambda: operations.shift_enrolment(actor=actor, at=AT, enrolment=made, post=read_before),
        lambda: operations.change_post(actor=actor, at=AT, post=read_before, plan=SEATS),
        lambda: operations.remove_post(actor=actor, at=AT, post=read_before),
    )
    for act in broken:
        with pytest.raises(NoSuchPost):
            act()


@pytest.mark.django_db
def test_what_else_is_at_the_same_time_is_told(cast: Cast) -> None:
    first, second = announced(cast), announced(cast, title="义诊", span=span(10))
    one = operations.enrol(actor=cast.zhou.actor, at=AT, post=post_of(cast, first))
    other = operations.enrol(actor=cast.zhou.actor, at=AT, post=post_of(cast, second))
    assert [found.subject for found in queries.at_the_same_time(enrolment=other)] == [first.uuid]
    operations.withdraw(actor=cast.zhou.actor, at=AT, enrolment=one)
    assert queries.at_the_same_time(enrolment=other) == []


@pytest.mark.django_db(transaction=True)
def test_two_hundred_at_once_for_fifty_places(cast: Cast) -> None:
    post = post_of(cast, announced(cast), places=50)
    people = [make_account(f"居民{number}", at_place=cast.places.chengbei) for number in range(200)]
    actors = [Actor(account_id=one.pk, person_id=one.person_id) for one in people]
    for begin in range(0, 200, 50):
        acts = [partial(operations.enrol, actor=one, at=AT, post=post) for one in actors[begin : begin + 50]]
        assert set(all_at_once(*acts)) == {"done"}
    assert counts(post) == (50, 150)
    rows = Enrolment.unscoped.filter(post=post).order_by("ticket")
    assert [one.ticket for one in rows] == list(range(1, 201))
    assert [one.state for one in rows] == ["enrolled"] * 50 + ["waiting"] * 150
