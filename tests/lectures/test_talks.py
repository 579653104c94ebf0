"""Talks: written, read by a second person, published; given at lectures by who lectures; passed on for a month."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from sidan.activities import operations as activities
from sidan.activities.models import Activity
from sidan.bookings.policies import Span
from sidan.core.errors import SayWhy
from sidan.core.scope import everything
from sidan.lectures import operations, queries
from sidan.lectures.models import Given, Lecturer, Material, PassedOn, Talk, TalkStep
from sidan.lectures.operations import (
    FiledAlready,
    GivenAlready,
    LecturerFacts,
    LecturerFromElsewhere,
    LecturesAlready,
    MaterialThere,
    NewMaterial,
    NoTalksHere,
    NotPassedOnHere,
    OthersMustRead,
    PassedOnAlready,
    TalkFacts,
    TalkMovedOn,
    TalkNotPublished,
    WordNeeded,
)
from sidan.lectures.permissions import NoSuchLecturer, NoSuchTalk, NotYoursToPublish, NotYourTalks
from sidan.notify.models import Notice
from sidan.people.queries import account_ids_of_persons
from tests.activities.test_activities import announced
from tests.cast import Cast, Someone
from tests.factories import AT

FILM = NewMaterial(kind="film", title="反诈小剧场", address="https://film.example.cn/1", minutes=8)
MONTH = date(2026, 11, 23)


def facts(**changes: Any) -> TalkFacts:
    told = {"title": "五招识破骗局", "about": "讲给老人听的防骗课。", "task": "policy", "minutes": 40}
    return TalkFacts(**{**told, **changes})


def drafted(cast: Cast, **changes: Any) -> Talk:
    return operations.draft_talk(
        actor=cast.practitioner.actor, at=AT, place=cast.places.chengbei, facts=facts(**changes)
    )


def published(cast: Cast, **changes: Any) -> Talk:
    talk = drafted(cast, **changes)
    operations.add_material(actor=cast.practitioner.actor, at=AT, talk=talk, new=FILM)
    operations.submit_talk(actor=cast.practitioner.actor, at=AT, talk=talk)
    return operations.publish_talk(actor=cast.manager.actor, at=AT, talk=talk)


def lecturer(cast: Cast, *, agreed: bool = True) -> Lecturer:
    return operations.name_lecturer(
        actor=cast.practitioner.actor, at=AT, place=cast.places.chengbei, person=cast.zhou.person,
        facts=LecturerFacts(has_agreed=agreed, tasks=["policy"], about="退休教师"),
    )  # fmt: skip


def given(cast: Cast, talk: Talk, activity: Activity, who: Lecturer | None = None) -> Given:
    return operations.say_given(
        actor=cast.practitioner.actor, at=AT, activity=activity, talk=talk, lecturer=who
    )


def notices(one: Someone) -> list[str]:
    return list(Notice.objects.filter(account=one.account.pk).order_by("id").values_list("kind", flat=True))


def test_a_talk_is_written_by_one_person_and_published_by_another(cast: Cast) -> None:
    talk = published(cast)
    assert talk.state == "published"
    verbs = TalkStep.objects.filter(talk=talk).order_by("turn").values_list("verb", flat=True)
    assert list(verbs) == ["draft", "edit", "submit", "publish"]
    assert "talk_submitted" in notices(cast.director)
    assert notices(cast.practitioner) == ["talk_published"]


def test_who_submitted_a_talk_does_not_publish_it_where_somebody_else_could(cast: Cast) -> None:
    talk = operations.draft_talk(actor=cast.director.actor, at=AT, place=cast.places.changning, facts=facts())
    operations.submit_talk(actor=cast.director.actor, at=AT, talk=talk)
    with pytest.raises(OthersMustRead):
        operations.publish_talk(actor=cast.director.actor, at=AT, talk=talk)
    operations.publish_talk(actor=cast.manager.actor, at=AT, talk=talk)
    assert Talk.unscoped.get(pk=talk.pk).state == "published"


def test_where_nobody_else_could_publish_the_history_says_so(cast: Cast) -> None:
    talk = operations.draft_talk(actor=cast.manager.actor, at=AT, place=cast.places.center, facts=facts())
    operations.submit_talk(actor=cast.manager.actor, at=AT, talk=talk)
    operations.publish_talk(actor=cast.manager.actor, at=AT, talk=talk)
    assert TalkStep.objects.filter(talk=talk).latest("turn").verb == "publish_own"


def test_a_talk_is_sent_back_with_words_and_can_be_changed_again(cast: Cast) -> None:
    talk = drafted(cast)
    operations.submit_talk(actor=cast.practitioner.actor, at=AT, talk=talk)
    with pytest.raises(SayWhy):
        operations.send_talk_back(actor=cast.manager.actor, at=AT, talk=talk, words="")
    operations.send_talk_back(actor=cast.manager.actor, at=AT, talk=talk, words="请加上短片")
    operations.edit_talk(actor=cast.practitioner.actor, at=AT, talk=talk, facts=facts(minutes=30))
    assert Talk.unscoped.get(pk=talk.pk).minutes == 30
    assert "talk_sent_back" in notices(cast.practitioner)


def test_what_was_submitted_is_fixed_whoever_writes(cast: Cast) -> None:
    talk = published(cast)
    with pytest.raises(TalkMovedOn):
        operations.edit_talk(actor=cast.manager.actor, at=AT, talk=talk, facts=facts())
    for write in (
        lambda: Talk.unscoped.filter(pk=talk.pk).update(title="别的"),
        lambda: Material.objects.filter(talk=talk).delete(),
        lambda: Material.objects.filter(talk=talk).update(title="别的"),
        lambda: Talk.unscoped.filter(pk=talk.pk).update(state="draft"),
        lambda: TalkStep.objects.filter(talk=talk).delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            write()


def test_a_published_talk_is_taken_back_to_be_written_anew(cast: Cast) -> None:
    talk = published(cast)
    operations.withdraw_talk(actor=cast.manager.actor, at=AT, talk=talk)
    operations.edit_talk(actor=cast.practitioner.actor, at=AT, talk=talk, facts=facts(title="六招识破骗局"))
    assert Talk.unscoped.get(pk=talk.pk).title == "六招识破骗局"


def test_of_two_who_act_on_the_same_talk_the_second_is_told(cast: Cast) -> None:
    talk = drafted(cast)
    stale = Talk.unscoped.get(pk=talk.pk)
    operations.edit_talk(actor=cast.practitioner.actor, at=AT, talk=talk, facts=facts(minutes=20))
    with pytest.raises(TalkMovedOn):
        operations.submit_talk(actor=cast.practitioner.actor, at=AT, talk=stale)


def test_an_address_stands_once_with_a_talk_and_begins_with_https(cast: Cast) -> None:
    talk = drafted(cast)
    operations.add_material(actor=cast.practitioner.actor, at=AT, talk=talk, new=FILM)
    with pytest.raises(MaterialThere):
        operations.add_material(actor=cast.practitioner.actor, at=AT, talk=talk, new=FILM)
    with pytest.raises(DatabaseError), transaction.atomic():
        Material.objects.create(talk=talk, kind="film", title="明文", address="http://film.example.cn/1")


def test_another_county_neither_writes_nor_publishes_here(cast: Cast) -> None:
    talk = drafted(cast)
    with pytest.raises(NotYourTalks):
        operations.edit_talk(actor=cast.mallory.actor, at=AT, talk=talk, facts=facts())
    operations.submit_talk(actor=cast.practitioner.actor, at=AT, talk=talk)
    with pytest.raises(NotYoursToPublish):
        operations.publish_talk(actor=cast.mallory.actor, at=AT, talk=talk)
    with cast.mallory.at_work(), pytest.raises(NoSuchTalk):
        queries.talk_by_uuid(uuid=talk.uuid)


def test_somebody_lectures_with_their_word_only_and_once_at_a_place(cast: Cast) -> None:
    with pytest.raises(WordNeeded):
        lecturer(cast, agreed=False)
    one = lecturer(cast)
    with pytest.raises(LecturesAlready):
        lecturer(cast)
    operations.end_lecturer(actor=cast.practitioner.actor, at=AT, lecturer=one)
    with pytest.raises(NoSuchLecturer):
        operations.end_lecturer(actor=cast.practitioner.actor, at=AT, lecturer=one)
    assert lecturer(cast).pk != one.pk


def test_a_talk_is_given_at_a_lecture_once_and_by_somebody_of_the_county(cast: Cast) -> None:
    talk, activity, who = published(cast), announced(cast), lecturer(cast)
    row = given(cast, talk, activity, who)
    with pytest.raises(GivenAlready):
        given(cast, talk, activity, who)
    with everything("test"):
        assert [one.lecturer for one in queries.given_at(activity=activity)] == [who]
    operations.take_off(actor=cast.practitioner.actor, at=AT, given=row)
    operations.end_lecturer(actor=cast.practitioner.actor, at=AT, lecturer=who)
    with pytest.raises(LecturerFromElsewhere):
        given(cast, talk, activity, who)


def test_no_talk_is_given_at_a_fair_or_before_it_is_published(cast: Cast) -> None:
    fair, lecture = announced(cast, kind="fair", title="文明集市"), announced(cast)
    talk = published(cast)
    with pytest.raises(NoTalksHere):
        given(cast, talk, fair)
    with pytest.raises(TalkNotPublished):
        given(cast, drafted(cast), lecture)
    with pytest.raises(DatabaseError), transaction.atomic():
        Given.objects.create(activity=fair, talk=talk, said_at=AT, said_by=cast.practitioner.person)


def test_how_often_a_talk_was_given_is_counted_of_what_is_over(cast: Cast) -> None:
    talk, activity = published(cast), announced(cast)
    given(cast, talk, activity)
    with everything("test"):
        assert queries.talk_by_uuid(uuid=talk.uuid).times == 0  # type: ignore[attr-defined] # by the query
        Activity.unscoped.filter(pk=activity.pk).update(state="ended", turn=activity.turn + 1)
        assert queries.talk_by_uuid(uuid=talk.uuid).times == 1  # type: ignore[attr-defined] # by the query
        assert [one.activity for one in queries.heard(talk=talk)] == [activity]


def passed(cast: Cast, talk: Talk) -> PassedOn:
    return operations.pass_on(
        actor=cast.manager.actor, at=AT, talk=talk, place=cast.places.center, month=MONTH
    )


def test_a_talk_is_passed_on_to_every_place_below_once_a_month(cast: Cast) -> None:
    talk = published(cast)
    one = passed(cast, talk)
    with pytest.raises(PassedOnAlready):
        passed(cast, talk)
    with everything("test"):
        told = {row.place: (row.has_read, row.times) for row in queries.places_told(passed=one)}
    assert told[cast.places.chengbei] == (False, 0)
    assert cast.places.center not in told
    assert cast.places.other_station not in told


def test_those_below_are_told_what_is_passed_on_to_them(cast: Cast) -> None:
    passed(cast, published(cast))
    assert "talk_passed_on" in notices(cast.practitioner)
    assert "talk_passed_on" in notices(cast.director)
    assert "talk_passed_on" not in notices(cast.mallory) + notices(cast.manager)


def test_what_was_taken_back_meanwhile_is_neither_given_nor_passed_on(cast: Cast) -> None:
    talk, activity = published(cast), announced(cast)
    stale = Talk.unscoped.get(pk=talk.pk)
    operations.withdraw_talk(actor=cast.manager.actor, at=AT, talk=talk)
    with pytest.raises(TalkNotPublished):
        given(cast, stale, activity)
    with pytest.raises(NoSuchTalk):
        passed(cast, stale)
    with pytest.raises(DatabaseError), transaction.atomic():
        Given.objects.create(activity=activity, talk=talk, said_at=AT, said_by=cast.practitioner.person)


def test_what_was_spoken_about_is_closed_when_the_activity_is_filed(cast: Cast) -> None:
    talk, activity = published(cast), announced(cast)
    row = given(cast, talk, activity)
    for state in ("ended", "filed"):
        activity.turn += 1
        Activity.unscoped.filter(pk=activity.pk).update(state=state, turn=activity.turn)
    row.activity.refresh_from_db()
    with pytest.raises(FiledAlready):
        operations.take_off(actor=cast.practitioner.actor, at=AT, given=row)


def test_who_lectures_no_more_is_named_no_more(cast: Cast) -> None:
    who = lecturer(cast)
    talk, activity = published(cast, lecturer=who), announced(cast)
    row = given(cast, talk, activity, who)
    assert talk.speaker == row.speaker == who
    operations.end_lecturer(actor=cast.practitioner.actor, at=AT, lecturer=who)
    assert talk.speaker is None
    assert row.speaker is None


def test_a_place_says_that_it_has_read_what_was_passed_on_to_it(cast: Cast) -> None:
    one = passed(cast, published(cast))
    with cast.practitioner.at_work():
        assert queries.own_places(actor=cast.practitioner.actor, passed=one) == [cast.places.chengbei]
    for _twice in range(2):
        operations.receive(actor=cast.practitioner.actor, at=AT, passed=one, place=cast.places.chengbei)
    with everything("test"):
        told = {row.place: row.has_read for row in queries.places_told(passed=one)}
    assert told[cast.places.chengbei]
    with cast.practitioner.at_work():
        assert queries.own_places(actor=cast.practitioner.actor, passed=one) == []
    with pytest.raises(NotPassedOnHere):
        operations.receive(actor=cast.mallory.actor, at=AT, passed=one, place=cast.places.other_station)


def test_those_below_see_what_is_passed_on_to_them_and_others_do_not(cast: Cast) -> None:
    one = passed(cast, published(cast))
    with cast.practitioner.at_work():
        assert queries.passed_by_uuid(uuid=one.uuid) == one
    with cast.mallory.at_work():
        assert not queries.passed_on().exists()


def test_given_in_another_month_does_not_count_for_what_a_month_passes_on(cast: Cast) -> None:
    talk, activity = published(cast), announced(cast)
    given(cast, talk, activity)
    Activity.unscoped.filter(pk=activity.pk).update(state="ended", turn=activity.turn + 1)
    held = activity.span.begins.date()
    months = {"same": held, "next": held.replace(day=1) + timedelta(days=35)}
    times = {}
    for name, month in months.items():
        one = operations.pass_on(
            actor=cast.manager.actor, at=AT, talk=talk, place=cast.places.center, month=month
        )
        with everything("test"):
            told = {row.place: row.times for row in queries.places_told(passed=one)}
        times[name] = told[cast.places.chengbei]
    assert times == {"same": 1, "next": 0}


def test_who_lectures_is_told_when_it_is_moved_or_called_off(cast: Cast) -> None:
    activity = announced(cast, kind="lecture")
    who = lecturer(cast)
    given(cast, published(cast), activity, who)
    account = account_ids_of_persons(person_ids=[who.person_id])[0]
    before = Notice.objects.filter(account=account).count()
    span = Span(activity.span.begins + timedelta(hours=1), activity.span.ends + timedelta(hours=1))
    activities.change_activity(
        actor=cast.practitioner.actor, at=AT, activity=activity, span=span, venue="村礼堂"
    )
    activity = Activity.unscoped.select_related("place").get(pk=activity.pk)
    activities.cancel_activity(actor=cast.practitioner.actor, at=AT, activity=activity, words="有雨")
    told = list(Notice.objects.filter(account=account).order_by("id"))[before:]
    assert [one.kind for one in told] == ["lecture_moved", "lecture_cancelled"]
    assert told[0].facts["venue"] == "村礼堂"


def test_who_lectures_no_more_is_not_told(cast: Cast) -> None:
    activity = announced(cast, kind="lecture")
    who = lecturer(cast)
    given(cast, published(cast), activity, who)
    operations.end_lecturer(actor=cast.manager.actor, at=AT, lecturer=who)
    activities.cancel_activity(actor=cast.practitioner.actor, at=AT, activity=activity, words="有雨")
    assert not Notice.objects.filter(kind__startswith="lecture_").exists()
