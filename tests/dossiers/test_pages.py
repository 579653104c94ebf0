"""The pages of the ledger: who keeps it with a telephone, who reads it in the office, and everybody."""

import pytest
from django.test import Client
from django.urls import reverse

from sidan.activities import operations as activities
from sidan.activities.models import Activity
from sidan.dossiers import queries
from sidan.dossiers.enums import Part
from sidan.dossiers.models import Minutes, News, Photo
from sidan.dossiers.queries import LedgerFilter
from tests.activities.test_pages import english, text
from tests.cast import Cast
from tests.dossiers.stage import NEXT, bare, held, hung, minuted, planned, published, upload
from tests.lectures import test_talks as talks
from tests.orders.browsing import once, sent, text_of

pytestmark = pytest.mark.django_db


def test_after_the_end_the_page_of_the_activity_asks_for_what_only_its_keeper_has(cast: Cast) -> None:
    activity = held(cast)
    url = reverse("activities:staff_activity", args=[activity.uuid])
    page = text(english(cast.practitioner.client()), url)
    asked = ("Add the photo", "Keep the minutes", "Publish what happened", 'capture="environment"')
    for words in ("3 of 7 parts", *asked):
        assert words in page, words
    watched = text(english(cast.supervisor.client()), url)
    assert "3 of 7 parts" in watched
    assert "Add the photo" not in watched


def test_a_photo_that_was_just_taken_leads_back_to_where_it_was_taken(cast: Cast) -> None:
    activity, client = held(cast), english(cast.practitioner.client())
    back = reverse("activities:staff_activity", args=[activity.uuid])
    data = {"once": once(), "pictures": upload(), "next": back}
    page = sent(client, reverse("dossiers:take_photo", args=[activity.uuid]), data)
    assert "The photo is in the ledger." in page
    assert "4 of 7 parts" in page
    photo = Photo.objects.get()
    assert client.get(reverse("files:thumb", args=[photo.file.uuid])).status_code == 200
    assert Client().get(reverse("files:thumb", args=[photo.file.uuid])).status_code == 404


def test_several_photos_come_at_once_are_described_and_taken_off(cast: Cast) -> None:
    activity, client = held(cast), english(cast.practitioner.client())
    args = [activity.uuid]
    data = {"once": once(), "pictures": [upload("a.jpg"), upload("b.jpg")], "caption": "开场"}
    assert "The photos are in the ledger." in sent(client, reverse("dossiers:add_photos", args=args), data)
    photo, other = Photo.objects.order_by("position")
    told = {"once": once(), "caption": "合影", "alt": "二十位老人站在广场上"}
    assert "合影" in sent(client, reverse("dossiers:describe_photo", args=[*args, photo.uuid]), told)
    page = text(client, reverse("dossiers:dossier", args=args))
    assert 'alt="二十位老人站在广场上"' in page
    sent(client, reverse("dossiers:remove_photo", args=[*args, other.uuid]), {"once": once()})
    assert Photo.objects.filter(removed_at=None).count() == 1


def test_nothing_and_what_is_no_picture_are_refused_in_words(cast: Cast) -> None:
    activity, client = held(cast), english(cast.practitioner.client())
    url = reverse("dossiers:add_photos", args=[activity.uuid])
    assert "Choose a picture first." in text_of(client.post(url, {"once": once()}))
    broken = upload()
    broken.file.seek(0)
    broken.file.truncate(20)
    answer = client.post(url, {"once": once(), "pictures": broken})
    assert answer.status_code == 422
    assert not Photo.objects.exists()


def test_minutes_that_are_refused_keep_what_was_typed(cast: Cast) -> None:
    activity, client = held(cast), english(cast.practitioner.client())
    url = reverse("dossiers:write_minutes", args=[activity.uuid])
    answer = client.post(url, {"once": once(), "words": "请打12900000001"})
    assert answer.status_code == 422
    assert "请打12900000001" in answer.content.decode()
    assert "leave out telephone numbers" in text_of(answer)
    assert "The minutes are kept." in sent(client, url, {"once": once(), "words": "讲了三个案例。"})
    assert Minutes.objects.count() == 1


def test_minutes_from_an_old_page_come_back_beside_what_stands_and_can_be_kept_then(cast: Cast) -> None:
    activity, client = held(cast), english(cast.practitioner.client())
    url = reverse("dossiers:write_minutes", args=[activity.uuid])
    minuted(cast, activity, "讲了两个案例。")
    answer = client.post(url, {"once": once(), "words": "讲了三个案例。", "seen": "0"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "The minutes were written anew since you opened this page." in text_of(answer)
    assert "讲了两个案例。" in page
    assert "讲了三个案例。</textarea>" in page
    assert 'name="seen" value="1"' in page
    both = "讲了两个案例，又讲了一个。"
    assert "The minutes are kept." in sent(client, url, {"once": once(), "words": both, "seen": "1"})
    assert Minutes.objects.count() == 2


def test_news_are_proposed_from_what_is_known_and_published_with_one_button(cast: Cast) -> None:
    activity, client = held(cast), cast.practitioner.client()
    photo = hung(cast, activity, "开场白")
    page = text(client, reverse("dossiers:dossier", args=[activity.uuid]))
    proposed = (
        "2026年11月23日，城北社区在文化广场举办“反诈宣讲”活动。\n现场有 40 人。\n"
        "1 名志愿者参与服务，服务时长 1.5 小时。\n给老人讲怎么防骗。"
    )
    assert proposed in page.replace("&quot;", '"')
    data = {"once": once(), "title": activity.title, "words": proposed, "photos": [str(photo.uuid)]}
    sent(client, reverse("dossiers:publish_news", args=[activity.uuid]), data)
    everybody = Client()
    told = text(everybody, reverse("dossiers:told", args=[activity.uuid]))
    assert "现场有 40 人。" in told
    assert "开场白" in told
    for name in (cast.volunteer.person.name, cast.zhou.person.name, activity.lead.name):
        assert name not in told
    assert everybody.get(reverse("files:picture", args=[photo.file.uuid])).status_code == 200


def test_what_was_withdrawn_nobody_reads(cast: Cast) -> None:
    activity = held(cast)
    published(cast, activity)
    url = reverse("dossiers:told", args=[activity.uuid])
    assert "反诈宣讲进社区" in text(Client(), reverse("dossiers:happened"))
    assert reverse("dossiers:told", args=[activity.uuid]) in text(
        Client(), reverse("activities:activity", args=[activity.uuid])
    )
    sent(
        cast.practitioner.client(), reverse("dossiers:withdraw_news", args=[activity.uuid]), {"once": once()}
    )
    assert Client().get(url).status_code == 404
    assert "反诈宣讲进社区" not in text(Client(), reverse("dossiers:happened"))
    assert News.objects.get().withdrawn_by_id == cast.practitioner.account.pk


def test_what_happened_is_found_by_place_kind_and_words(cast: Cast) -> None:
    published(cast, held(cast), words="四十多位老人来听课。")
    url = reverse("dossiers:happened")
    for asked, is_found in (
        ({"q": "听课"}, True), ({"q": "采茶戏"}, False), ({"kind": "lecture"}, True), ({"kind": "fair"}, False),
        ({"place": str(cast.places.chengbei.uuid)}, True), ({"place": str(cast.places.changning.uuid)}, True),
        ({"place": str(cast.places.datong.uuid)}, False),
    ):  # fmt: skip
        assert ("反诈宣讲进社区" in text(Client(), url, **asked)) == is_found, asked
    place = text(Client(), reverse("places:place", args=[cast.places.chengbei.uuid]))
    assert "反诈宣讲进社区" in place


def test_the_list_says_what_lacks_and_agrees_with_each_page(cast: Cast) -> None:
    activity, other = held(cast), bare(cast)
    planned(cast, activity)
    minuted(cast, activity)
    published(cast, activity, hung(cast, activity))
    rows = {row.pk: {part.value for part in Part if getattr(row, f"has_{part.value}")} for row in _rows(cast)}
    for one in (activity, other):
        assert rows[one.pk] == {part.value for part in queries.dossier_of(activity=one).parts.there}
    assert len(rows[activity.pk]) == 7
    page = text(english(cast.manager.client()), reverse("dossiers:desk"), lacking="photos")
    assert str(other.uuid) in page
    assert str(activity.uuid) not in page
    assert "1 of 7 parts" in page


def test_the_list_is_filtered_by_month_place_kind_task_and_state(cast: Cast) -> None:
    activity = held(cast)
    client, url = cast.manager.client(), reverse("dossiers:desk")
    for asked, is_found in (
        ({"month": "2026-11"}, True), ({"month": "2026-12"}, False), ({"month": "x"}, True),
        ({"kind": "lecture"}, True),
        ({"kind": "fair"}, False), ({"task": "policy"}, True), ({"task": "culture"}, False), ({"chip": "open"}, True),
        ({"chip": "filed"}, False), ({"place": str(cast.places.chengbei.uuid)}, True),
        ({"place": str(cast.places.datong.uuid)}, False), ({"lacking": "list"}, False), ({"lacking": "news"}, True),
    ):  # fmt: skip
        assert (str(activity.uuid) in text(client, url, **asked)) == is_found, asked
    assert str(activity.uuid) not in text(cast.mallory.client(), url)
    activities.file_activity(actor=cast.practitioner.actor, at=NEXT, activity=activity)
    assert str(activity.uuid) in text(client, url, chip="filed")


@pytest.mark.parametrize("words", ["防骗", "三个案例", "听课", "合影", "反诈", "实践计划", "文化广场"])
def test_words_are_found_wherever_they_stand(cast: Cast, words: str) -> None:
    """In the notice, the minutes, the news, a caption, a line of a plan; and in Chinese words of two characters."""
    activity = _told_all_over(cast)
    assert [one.pk for one in _rows(cast, text=words)] == [activity.pk]


@pytest.mark.parametrize("words", ["三个案例 听课", "李老师 合影", "城北义剪 防骗", "实践计划 反诈 文化广场"])
def test_each_of_some_words_may_stand_in_another_part(cast: Cast, words: str) -> None:
    activity = _told_all_over(cast)
    Activity.unscoped.filter(pk=activity.pk).update(team=cast.team)
    bare(cast)
    assert [one.pk for one in _rows(cast, text=words)] == [activity.pk]
    assert not _rows(cast, text=f"{words} 采茶")


def test_the_talk_that_was_given_and_who_gave_it_are_found(cast: Cast) -> None:
    activity, told = held(cast), talks.published(cast)
    talks.given(cast, told, activity, talks.lecturer(cast))
    for words in ("五招识破", cast.zhou.person.name, f"{cast.zhou.person.name} 骗局"):
        assert [one.pk for one in _rows(cast, text=words)] == [activity.pk], words


def test_what_is_not_said_or_not_said_any_more_is_not_found(cast: Cast) -> None:
    activity = _told_all_over(cast)
    minuted(cast, activity, "讲了四个问题。")
    for words in ("采茶", "三个案例", "？"):
        assert not _rows(cast, text=words), words


def test_who_only_watches_does_not_find_by_what_is_veiled(cast: Cast) -> None:
    activity = held(cast)
    minuted(cast, activity, "去了城北路88号看望。")
    hung(cast, activity, "城北路门口")
    for words in ("城北路", "88号"):
        assert _rows(cast, text=words)
        with cast.supervisor.at_work() as actor:
            assert not queries.ledger(actor=actor, chosen=LedgerFilter(text=words))
    page = text(cast.supervisor.client(), reverse("dossiers:dossier", args=[activity.uuid]))
    assert "88号" not in page
    assert "［门牌］" in page
    assert "城北路门口" not in page


def test_the_search_field_of_the_console_finds_it(cast: Cast) -> None:
    _told_all_over(cast)
    answer = cast.manager.client().get("/console/find/", {"q": "三个案例"})
    assert "反诈宣讲" in answer.content.decode()


def _told_all_over(cast: Cast) -> Activity:
    activity = held(cast)
    planned(cast, activity)
    minuted(cast, activity, "讲了三个案例。")
    published(cast, activity, hung(cast, activity, "老人合影"), words="四十多位老人来听课。")
    return activity


def _rows(cast: Cast, **chosen: str) -> list[Activity]:
    with cast.manager.at_work() as actor:
        return list(queries.ledger(actor=actor, chosen=LedgerFilter(**chosen)))
