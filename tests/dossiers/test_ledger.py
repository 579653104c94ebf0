"""The ledger of an activity: what is read from elsewhere, what is written here, and the filing."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import DatabaseError
from django.test.utils import CaptureQueriesContext

from sidan.activities import operations as activities
from sidan.activities import queries as of_activities
from sidan.activities.models import Activity, ActivityStep
from sidan.activities.permissions import NotYourActivities
from sidan.activities.policies import DOOR_AFTER
from sidan.attendance.enums import Direction
from sidan.attendance.models import Mark
from sidan.core.errors import SayWhy
from sidan.dossiers import operations, queries
from sidan.dossiers.models import Minutes, MinutesText, News, NewsPhoto, NewsText, Photo, Tally
from sidan.dossiers.operations import (
    MinutesMovedOn,
    NewsStand,
    NoNewsStand,
    NotFiledYet,
    NotHeldYet,
    NothingChanged,
    NotOverYet,
    PersonalWords,
    PublishedNews,
    SameMinutes,
    TooManyPhotos,
)
from sidan.dossiers.operations import photos as hanging
from sidan.dossiers.permissions import NoSuchPhoto, may_see_photo
from sidan.files.operations import remove_orphans
from sidan.files.permissions import ids_in_use
from sidan.hours import operations as hours
from sidan.hours.models import Entry
from tests.activities.test_activities import announced, at
from tests.activities.test_door import by_code, end, fresh, helping
from tests.at_once import all_at_once
from tests.cast import Cast
from tests.dossiers.stage import NEXT, OVER, bare, held, hung, minuted, parts, planned, published
from tests.factories import AT

DAYS = 14
SHUT = OVER + DOOR_AFTER + timedelta(seconds=1)


@pytest.mark.django_db
def test_what_is_known_elsewhere_is_read_and_not_asked_for(cast: Cast) -> None:
    found = queries.dossier_of(activity=held(cast))
    one = of_activities.attendance_of(activity=found.activity)
    assert (
        (found.live.guests, found.live.helpers, found.live.heads)
        == (one.guests, one.helpers, one.heads)
        == (1, 1, 40)
    )
    assert (found.live.signed_up, found.live.minutes, found.live.hours) == (2, 90, 1.5)
    assert [part.value for part in found.parts.lacking] == ["plan", "photos", "minutes", "news"]


@pytest.mark.django_db
def test_of_what_nobody_wrote_down_only_the_notice_is_there(cast: Cast) -> None:
    assert [part.value for part in queries.dossier_of(activity=bare(cast)).parts.there] == ["notice"]


@pytest.mark.django_db
def test_many_are_read_by_as_many_queries_as_one(cast: Cast) -> None:
    one, other = held(cast), bare(cast)
    counts = []
    for activities_read in ([one], [one, other]):
        with CaptureQueriesContext(connection) as ran:
            queries.dossiers_of(activities=activities_read)
        counts.append(len(ran))
    assert counts[0] == counts[1]


@pytest.mark.django_db
def test_photos_hang_in_their_order_and_one_that_was_taken_off_stays_off(cast: Cast) -> None:
    activity = held(cast)
    first, second = hung(cast, activity, "开场"), hung(cast, activity)
    assert [photo.pk for photo in queries.photos_of(activity_ids=[activity.pk])] == [first.pk, second.pk]
    operations.remove_photo(actor=cast.practitioner.actor, at=NEXT, photo=first)
    assert [photo.pk for photo in queries.photos_of(activity_ids=[activity.pk])] == [second.pk]
    with pytest.raises(NoSuchPhoto):
        operations.remove_photo(actor=cast.practitioner.actor, at=NEXT, photo=first)
    third = hung(cast, activity)
    assert third.position == 2


@pytest.mark.django_db
def test_the_bytes_of_a_photo_that_was_taken_off_go_with_the_orphans(cast: Cast) -> None:
    activity = held(cast)
    kept, off = hung(cast, activity), hung(cast, activity)
    operations.remove_photo(actor=cast.practitioner.actor, at=NEXT, photo=off)
    assert ids_in_use([kept.file_id, off.file_id]) == {kept.file_id}
    assert remove_orphans(at=NEXT + timedelta(days=2)) == 1


@pytest.mark.django_db
def test_a_photo_is_for_its_keepers_until_news_show_it(cast: Cast) -> None:
    activity = held(cast)
    shown, kept = hung(cast, activity), hung(cast, activity)
    everybody = {name: who.actor for name, who in cast.everybody().items()}
    may = {name for name, actor in everybody.items() if may_see_photo(actor, shown.file)}
    assert may == {"practitioner", "director", "manager"}
    published(cast, activity, shown)
    assert all(may_see_photo(actor, shown.file) for actor in everybody.values())
    assert not may_see_photo(cast.zhou.actor, kept.file)
    operations.withdraw_news(actor=cast.practitioner.actor, at=NEXT, activity=activity)
    assert not may_see_photo(cast.zhou.actor, shown.file)
    published(cast, activity, shown)
    operations.remove_photo(actor=cast.practitioner.actor, at=NEXT, photo=shown)
    assert not may_see_photo(cast.zhou.actor, shown.file)
    assert not may_see_photo(cast.practitioner.actor, shown.file)


@pytest.mark.django_db
def test_there_are_only_so_many_photos(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hanging, "MOST_PHOTOS", 1)
    activity = held(cast)
    hung(cast, activity)
    with pytest.raises(TooManyPhotos):
        hung(cast, activity)


@pytest.mark.django_db
def test_minutes_are_corrected_by_another_version(cast: Cast) -> None:
    activity = held(cast)
    minuted(cast, activity, "讲了两个案例。")
    with pytest.raises(SameMinutes):
        minuted(cast, activity, "讲了两个案例。")
    minuted(cast, activity, "讲了三个案例。")
    assert queries.dossier_of(activity=activity).words == "讲了三个案例。"
    assert [one.text.words for one in queries.minutes_versions(activity=activity)] == [
        "讲了三个案例。",
        "讲了两个案例。",
    ]


@pytest.mark.django_db(transaction=True)
def test_of_two_who_write_after_the_same_minutes_at_once_the_second_is_told(cast: Cast) -> None:
    activity = held(cast)
    acts = [
        lambda words=words: operations.write_minutes(
            actor=cast.practitioner.actor, at=NEXT, activity=activity, words=words, seen=0
        )
        for words in ("讲了两个案例。", "讲了三个案例。")
    ]
    assert sorted(all_at_once(*acts)) == ["done", "minutes_moved_on"]
    assert Minutes.objects.count() == 1


@pytest.mark.django_db
def test_minutes_from_an_old_page_are_refused(cast: Cast) -> None:
    activity = held(cast)
    minuted(cast, activity, "讲了两个案例。")
    for seen in (0, 2):
        with pytest.raises(MinutesMovedOn):
            operations.write_minutes(
                actor=cast.director.actor, at=NEXT, activity=activity, words="讲了三个案例。", seen=seen
            )
    operations.write_minutes(
        actor=cast.director.actor, at=NEXT, activity=activity, words="讲了三个案例。", seen=1
    )


@pytest.mark.django_db
def test_numbers_that_point_at_somebody_stay_out_of_words_that_many_read(cast: Cast) -> None:
    activity = held(cast)
    photo = hung(cast, activity)
    with pytest.raises(PersonalWords):
        minuted(cast, activity, "找张三，电话12900000001")
    with pytest.raises(PersonalWords):
        published(cast, activity, words="电话 129 0000 0001")
    with pytest.raises(PersonalWords):
        operations.describe_photo(
            actor=cast.practitioner.actor, at=NEXT, photo=photo, caption="12900000001", alt=""
        )


@pytest.mark.django_db
def test_nothing_is_written_before_it_begins_and_no_news_before_it_is_over(cast: Cast) -> None:
    activity = announced(cast)
    with pytest.raises(NotHeldYet):
        minuted(cast, activity, when=AT)
    activities.advance_activity(at=at(9), activity_id=activity.pk)
    minuted(cast, fresh(activity), when=at(10))
    with pytest.raises(NotOverYet):
        published(cast, fresh(activity))


@pytest.mark.django_db
def test_one_piece_of_news_stands_and_is_withdrawn_before_another(cast: Cast) -> None:
    activity = held(cast)
    published(cast, activity)
    with pytest.raises(NewsStand):
        published(cast, activity)
    operations.withdraw_news(actor=cast.practitioner.actor, at=NEXT, activity=activity)
    with pytest.raises(NoNewsStand):
        operations.withdraw_news(actor=cast.practitioner.actor, at=NEXT, activity=activity)
    assert published(cast, activity).version == 2
    with pytest.raises(SayWhy):
        operations.publish_news(
            actor=cast.practitioner.actor, at=NEXT, activity=activity, told=PublishedNews("", "话")
        )


@pytest.mark.django_db
def test_news_show_only_photos_of_their_own_activity(cast: Cast) -> None:
    activity, other = held(cast), bare(cast)
    foreign = hung(cast, other)
    for uuid in (foreign.uuid, uuid4()):
        with pytest.raises(NoSuchPhoto):
            operations.publish_news(
                actor=cast.practitioner.actor,
                at=NEXT,
                activity=activity,
                told=PublishedNews("题", "话", [uuid]),
            )
    news = published(cast, activity)
    with pytest.raises(IntegrityError, match="another activity"), transaction.atomic():
        NewsPhoto.objects.create(news=news, photo=foreign)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name", ["zhou", "volunteer", "leader", "supervisor", "dispatcher", "grid_keeper", "mallory"]
)
def test_only_who_runs_the_activity_writes(cast: Cast, name: str) -> None:
    activity, who = held(cast), getattr(cast, name)
    photo = hung(cast, activity)
    acts = (
        lambda: operations.write_minutes(actor=who.actor, at=NEXT, activity=activity, words="话"),
        lambda: operations.add_photos(actor=who.actor, at=NEXT, activity=activity, files=[]),
        lambda: operations.describe_photo(actor=who.actor, at=NEXT, photo=photo, caption="", alt=""),
        lambda: operations.remove_photo(actor=who.actor, at=NEXT, photo=photo),
        lambda: operations.publish_news(
            actor=who.actor, at=NEXT, activity=activity, told=PublishedNews("题", "话")
        ),
        lambda: operations.withdraw_news(actor=who.actor, at=NEXT, activity=activity),
        lambda: operations.count_again(actor=who.actor, at=NEXT, activity=activity),
    )
    for act in acts:
        with pytest.raises(NotYourActivities):
            act()


@pytest.mark.django_db
def test_a_whole_ledger_files_itself_and_keeps_its_numbers(cast: Cast) -> None:
    activity = held(cast)
    hung(cast, activity)
    minuted(cast, activity)
    published(cast, activity)
    assert parts(activity) == ("plan",)
    assert not queries.due_to_be_filed(at=SHUT, days=DAYS, most=9)
    assert not operations.file_due(at=SHUT, activity_id=activity.pk, days=DAYS)
    planned(cast, activity)
    assert list(queries.due_to_be_filed(at=SHUT, days=DAYS, most=9)) == [activity.pk]
    assert operations.file_due(at=SHUT, activity_id=activity.pk, days=DAYS)
    assert not operations.file_due(at=SHUT, activity_id=activity.pk, days=DAYS)
    assert not queries.due_to_be_filed(at=SHUT, days=DAYS, most=9)
    kept = Tally.objects.get()
    assert (kept.signed_up, kept.guests, kept.helpers, kept.heads, kept.minutes) == (2, 1, 1, 40, 90)
    assert (kept.at, kept.counted_by_id) == (SHUT, None)
    step = ActivityStep.objects.get(activity=activity, verb="file")
    assert step.actor_id is None


def whole(cast: Cast, activity: Activity) -> Activity:
    """Nothing lacks in its ledger."""
    hung(cast, activity)
    minuted(cast, activity)
    published(cast, activity)
    planned(cast, activity)
    return fresh(activity)


def is_due(activity: Activity, moment: datetime) -> bool:
    """Ask both ways: of all that are due, and of this one; what is done is taken back."""
    listed = activity.pk in queries.due_to_be_filed(at=moment, days=DAYS, most=9)
    with transaction.atomic():
        filed = operations.file_due(at=moment, activity_id=activity.pk, days=DAYS)
        transaction.set_rollback(True)
    assert listed is filed
    return filed


@pytest.mark.django_db
def test_nothing_files_itself_while_somebody_can_still_come_or_go(cast: Cast) -> None:
    activity = whole(cast, held(cast))
    assert not is_due(activity, OVER + DOOR_AFTER)
    assert is_due(activity, SHUT)


@pytest.mark.django_db
def test_nothing_files_itself_while_a_time_waits_for_a_second_person(cast: Cast) -> None:
    activity = helping(cast)
    for who in (cast.volunteer, cast.zhou):
        by_code(who, activity, at(9))
    end(activity)
    activities.mark_by_hand(
        actor=cast.practitioner.actor, at=OVER, activity=activity, person=cast.volunteer.person,
        reason="no_phone", when=at(10, minute=30), direction=Direction.OUT,
    )  # fmt: skip
    whole(cast, activity)
    assert not is_due(activity, SHUT)
    assert is_due(activity, OVER + timedelta(days=DAYS))
    [waits] = of_activities.times_to_confirm(activity=activity)
    activities.judge_mark(
        actor=cast.director.actor,
        at=SHUT,
        activity=activity,
        written=Mark.objects.get(uuid=waits.uuid),
        is_right=True,
    )
    assert is_due(activity, SHUT)


@pytest.mark.django_db
def test_what_nobody_completes_is_filed_after_its_days_with_what_lacks(cast: Cast) -> None:
    activity = bare(cast)
    due = OVER + timedelta(days=DAYS)
    assert not queries.due_to_be_filed(at=due - timedelta(seconds=1), days=DAYS, most=9)
    assert list(queries.due_to_be_filed(at=due, days=DAYS, most=9)) == [activity.pk]
    assert operations.file_due(at=due, activity_id=activity.pk, days=DAYS)
    assert parts(activity) == ("plan", "list", "photos", "minutes", "numbers", "news")


@pytest.mark.django_db
def test_filed_by_hand_it_keeps_the_same_numbers_and_who_filed_it(cast: Cast) -> None:
    activity = held(cast)
    activities.file_activity(actor=cast.practitioner.actor, at=NEXT, activity=activity)
    assert Tally.objects.get().counted_by_id == cast.practitioner.account.pk
    found = queries.dossier_of(activity=fresh(activity))
    assert (found.numbers, found.has_changed) == (found.live, False)
    with pytest.raises(NothingChanged):
        operations.count_again(actor=cast.practitioner.actor, at=NEXT, activity=activity)


@pytest.mark.django_db
def test_a_correction_after_the_filing_is_counted_again_beside_the_first(cast: Cast) -> None:
    activity = held(cast)
    with pytest.raises(NotFiledYet):
        operations.count_again(actor=cast.practitioner.actor, at=NEXT, activity=activity)
    activities.file_activity(actor=cast.practitioner.actor, at=NEXT, activity=activity)
    hours.take_back(
        actor=cast.director.actor, at=NEXT, entry=Entry.unscoped.get(), reason="not_there", words="没有来"
    )
    found = queries.dossier_of(activity=fresh(activity))
    assert (found.numbers.minutes, found.live.minutes, found.has_changed) == (90, 0, True)
    operations.count_again(actor=cast.practitioner.actor, at=NEXT, activity=activity)
    assert [(one.version, one.minutes) for one in Tally.objects.all()] == [(1, 90), (2, 0)]
    assert queries.dossier_of(activity=fresh(activity)).numbers.minutes == 0


@pytest.mark.django_db
def test_photos_and_minutes_may_follow_the_filing(cast: Cast) -> None:
    activity = held(cast)
    activities.file_activity(actor=cast.practitioner.actor, at=NEXT, activity=activity)
    hung(cast, activity)
    minuted(cast, activity)
    published(cast, activity)
    assert parts(activity) == ("plan",)


@pytest.mark.django_db(transaction=True)
def test_two_who_publish_at_once_publish_once(cast: Cast) -> None:
    activity = held(cast)
    told = PublishedNews("题", "话")

    def press() -> object:
        return operations.publish_news(actor=cast.practitioner.actor, at=NEXT, activity=activity, told=told)

    assert sorted(all_at_once(press, press)) == ["done", "news_stand"]
    assert News.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_who_write_minutes_at_once_write_two_versions(cast: Cast) -> None:
    activity = held(cast)
    acts = [
        lambda words=words: minuted(cast, activity, words) for words in ("讲了两个案例。", "讲了三个案例。")
    ]
    assert all_at_once(*acts) == ["done", "done"]
    assert list(Minutes.objects.values_list("version", flat=True)) == [1, 2]


@pytest.mark.django_db
def test_the_database_keeps_what_was_written(cast: Cast) -> None:
    activity = held(cast)
    photo = hung(cast, activity)
    minuted(cast, activity)
    news = published(cast, activity, photo)
    activities.file_activity(actor=cast.practitioner.actor, at=NEXT, activity=activity)
    operations.remove_photo(actor=cast.practitioner.actor, at=NEXT, photo=photo)
    operations.withdraw_news(actor=cast.practitioner.actor, at=NEXT, activity=activity)
    changes = (
        lambda: Minutes.objects.update(version=9), lambda: Minutes.objects.all().delete(),
        lambda: MinutesText.objects.update(words="别的"), lambda: NewsText.objects.update(words="别的"),
        lambda: Tally.objects.update(guests=99), lambda: Tally.objects.all().delete(),
        lambda: Photo.objects.update(removed_at=None, removed_by=None), lambda: _delete("dossiers_photo"),
        lambda: News.objects.update(withdrawn_at=None, withdrawn_by=None), lambda: _delete("dossiers_news"),
        lambda: NewsPhoto.objects.filter(news=news).delete(),
    )  # fmt: skip
    for change in changes:
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    MinutesText.objects.all().delete()
    assert queries.dossier_of(activity=fresh(activity)).words == "", (
        "words are erased where the law asks for it"
    )


@pytest.mark.django_db
def test_the_database_takes_nothing_of_what_was_not_held(cast: Cast) -> None:
    activity, ended = announced(cast), held(cast)
    photo = hung(cast, ended)
    rows = (
        lambda: News.objects.create(activity=activity, version=1, published_at=NEXT),
        lambda: Photo.objects.filter(pk=photo.pk).update(activity=activity),
        lambda: Tally.objects.create(
            activity=ended, version=1, at=NEXT, signed_up=1, guests=1, helpers=1, minutes=1
        ),
    )
    for write in rows:
        with pytest.raises(DatabaseError), transaction.atomic():
            write()


def _delete(table: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table}")
